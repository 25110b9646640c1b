import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  Figure,
  ProblemNote,
  RecordHistory,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { openZone, postKindTitles, postStateTitles, zoneDetail } from '../contracts.ts'
import type { Running } from './PostsFrame.tsx'
import { useDayTime, ZoneKindWord } from './parts.tsx'
import { postsWords } from './words.ts'
import { type ZoneOrder, ZoneOrderForm } from './ZoneOrderForm.tsx'
import { ZoneEnd } from './ZonesPage.tsx'

export type ZoneDetail = OutputOf<typeof zoneDetail>

export function ZoneDrawer({
  zoneId,
  running,
  onClose,
}: {
  zoneId: string
  running: Running
  onClose: () => void
}) {
  const t = useWords(postsWords)
  const navigate = useNavigate()
  const answer = useAsk(zoneDetail, { zoneId })
  const may = useMay(openZone)
  const [order, setOrder] = useState<ZoneOrder | null>(null)
  const zone = answer.data?.zoneId === zoneId ? answer.data : undefined
  if (zone && order) {
    return <ZoneOrderForm order={order} zone={zone} running={running} onClose={() => setOrder(null)} />
  }
  const acts = zone && may && zone.liftedAt === null
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={zone?.name ?? ''}
      subtitle={zone?.orderNumber}
      head={zone?.kind ? <ZoneKindWord kind={zone.kind} /> : undefined}
      loading={!zone && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={
        acts ? (
          <Button onClick={() => void navigate({ to: '/posts/map', search: { draw: zoneId } as never })}>
            {zone.drawn ? t('redraw') : t('drawZone')}
          </Button>
        ) : null
      }
      footEnd={
        acts ? (
          <>
            <Button onClick={() => setOrder('extend')}>{t('extend')}</Button>
            <Button onClick={() => setOrder('kind')}>{t('changeKind')}</Button>
            <Button type="primary" onClick={() => setOrder('lift')}>
              {t('lift')}
            </Button>
          </>
        ) : null
      }
    >
      {zone ? <ZoneContent zone={zone} now={running.now} /> : null}
    </DetailDrawer>
  )
}

function ZoneContent({ zone, now }: { zone: ZoneDetail; now: string }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const dayTime = useDayTime()
  const past = useRecordHistory({ table: 'zone', rowId: zone.zoneId, parts: ['zone_stage'] })
  return (
    <>
      <Facts
        facts={[
          { label: t('openedAs'), value: <ZoneKindWord kind={zone.openedAs} /> },
          { label: t('beginsAt'), value: dayTime(zone.beginsAt) },
          { label: t('plannedEndAt'), value: <ZoneEnd zone={zone} now={now} /> },
          { label: t('approver'), value: zone.approver },
          { label: t('unit'), value: zone.unitName ?? '—' },
          {
            label: t('households'),
            value:
              zone.households === null ? '—' : <Figure value={zone.households} unit={t('householdUnit')} />,
          },
          {
            label: t('map'),
            value: zone.polygon ? t('drawn', { n: zone.polygon.length }) : t('notDrawn'),
            aside: zone.polygon ? (
              <Button
                size="small"
                onClick={() => void navigate({ to: '/posts/map', search: { show: zone.zoneId } as never })}
              >
                {t('onMap')}
              </Button>
            ) : undefined,
          },
        ]}
      />
      <Stages zone={zone} />
      <DetailSection
        title={t('postsInZone')}
        note={zone.postRows.length === 0 ? t('noPostsInZone') : undefined}
      >
        <table className="fx-posts-plain">
          <tbody>
            {zone.postRows.map(post => (
              <tr key={post.postId}>
                <td>{post.code}</td>
                <td>
                  <Button
                    type="link"
                    size="small"
                    onClick={() =>
                      void navigate({ to: '/posts', search: { q: post.code, open: post.postId } as never })
                    }
                  >
                    {post.name}
                  </Button>
                </td>
                <td>{postKindTitles[post.kind][lang]}</td>
                <td>{postStateTitles[post.state][lang]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DetailSection>
      <RecordHistory {...past} />
    </>
  )
}

function Stages({ zone }: { zone: ZoneDetail }) {
  const t = useWords(postsWords)
  const dayTime = useDayTime()
  return (
    <DetailSection title={t('stages')}>
      <ol className="fx-posts-stages">
        {zone.stages.map((stage, index) => (
          <li key={stage.n}>
            <time dateTime={stage.at}>{dayTime(stage.at)}</time>
            <span>
              <ZoneKindWord kind={stage.kind} />{' '}
              {stage.kind === zone.stages[index - 1]?.kind ? t('stageExtended') : null}
            </span>
            <p>
              {stage.orderNumber} · {stage.approver}
            </p>
            {stage.reason ? <p className="fx-posts-note">{stage.reason}</p> : null}
          </li>
        ))}
      </ol>
    </DetailSection>
  )
}
