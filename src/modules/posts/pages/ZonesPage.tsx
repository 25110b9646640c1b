import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  type FilterDef,
  Figure,
  ListPage,
  Signal,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { openZone, zoneKinds, zoneKindTitles, zoneList, zoneOrders } from '../contracts.ts'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { type StageKind, useDayTime, ZoneKindWord } from './parts.tsx'
import { postsWords } from './words.ts'
import { ZoneDrawer } from './ZoneDrawer.tsx'
import { ZoneForm } from './ZoneForm.tsx'

export type ZoneRow = OutputOf<typeof zoneList>['rows'][number]
const dayMs = 86_400_000

export default function ZonesPage() {
  return <PostsFrame>{running => <Zones running={running} />}</PostsFrame>
}

export function ZoneEnd({ zone, now }: { zone: ZoneRow; now: string }) {
  const t = useWords(postsWords)
  const dayTime = useDayTime()
  if (zone.kind === 'lifted') return <>{zone.liftedAt ? dayTime(zone.liftedAt) : '—'}</>
  const soon = Date.parse(zone.plannedEndAt) - Date.parse(now) < dayMs
  return (
    <span className={zone.overdue ? 'fx-tone-red fx-posts-kind' : soon ? 'fx-tone-amber fx-posts-kind' : ''}>
      {zone.overdue || soon ? (
        <Signal
          kind={zone.overdue ? 'red' : 'amber'}
          size={14}
          label={t(zone.overdue ? 'overdue' : 'endsSoon')}
        />
      ) : null}
      {dayTime(zone.plannedEndAt)}
    </span>
  )
}

function useColumns(now: string): Column<ZoneRow>[] {
  const t = useWords(postsWords)
  const dayTime = useDayTime()
  return [
    { key: 'name', title: t('name'), width: 160, grow: 2, narrow: true, render: row => row.name },
    {
      key: 'kind',
      title: t('kind'),
      width: 144,
      grow: 0,
      narrow: true,
      render: row => (row.kind ? <ZoneKindWord kind={row.kind} /> : t('notYet')),
    },
    { key: 'orderNumber', title: t('orderNumber'), width: 160, render: row => row.orderNumber },
    { key: 'approver', title: t('approver'), width: 96, render: row => row.approver },
    { key: 'beginsAt', title: t('beginsAt'), width: 136, grow: 0, render: row => dayTime(row.beginsAt) },
    {
      key: 'plannedEndAt',
      title: t('plannedEndAt'),
      width: 152,
      grow: 0,
      narrow: true,
      render: row => <ZoneEnd zone={row} now={now} />,
    },
    {
      key: 'households',
      title: t('households'),
      width: 96,
      grow: 0,
      align: 'end',
      render: row => (row.households === null ? '—' : <Figure value={row.households} />),
    },
    {
      key: 'gates',
      title: t('gates'),
      width: 96,
      grow: 0,
      align: 'end',
      render: row =>
        row.gates === 0 && row.kind !== 'lifted' && row.kind !== 'precaution' ? (
          <span className="fx-tone-amber">{t('noGate')}</span>
        ) : (
          row.gates
        ),
    },
    { key: 'unit', title: t('unit'), width: 96, render: row => row.unitName ?? '—' },
  ]
}

const kinds: readonly StageKind[] = [...zoneKinds, 'lifted']

function useFilters(): FilterDef[] {
  const t = useWords(postsWords)
  const { lang } = useLang()
  return [
    {
      key: 'kind',
      label: t('kind'),
      single: true,
      options: kinds.map(kind => ({ value: kind, label: zoneKindTitles[kind][lang] })),
    },
    { key: 'only', label: t('only'), single: true, options: [{ value: 'overdue', label: t('overdue') }] },
  ]
}

function Zones({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(postsWords)
  const client = useClient()
  const navigate = useNavigate()
  const mayOpen = useMay(openZone)
  const list = useList(useAddress(), { filters: ['kind', 'only'], orders: zoneOrders })
  const asked = {
    operationId,
    ...list.asked,
    kind: list.one('kind', kinds),
    overdue: list.one('only', ['overdue']) ? true : undefined,
  }
  const answer = useAsk(zoneList, { ...asked, limit: 1_000 })
  const [opening, setOpening] = useState(false)
  return (
    <ListPage
      id="zones"
      title={t('zones')}
      counts={answer.data ? t('zoneCount', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.zoneId}
      rowName={row => row.name}
      columns={useColumns(running.now)}
      {...list.page}
      searchHint={t('searchZones')}
      filters={useFilters()}
      empty={{ sentence: t('emptyZones'), example: t('emptyZonesExample') }}
      actions={
        mayOpen ? (
          <Button onClick={() => void navigate({ to: '/posts/map', search: { draw: 'zone' } as never })}>
            {t('drawZone')}
          </Button>
        ) : undefined
      }
      first={mayOpen ? { label: t('openZone'), onClick: () => setOpening(true) } : undefined}
      onOpen={row => list.show(row.zoneId)}
      file={() => client.fileUrl('posts.exportZones', asked)}
    >
      {list.open ? <ZoneDrawer zoneId={list.open} running={running} onClose={() => list.show(null)} /> : null}
      {opening ? <ZoneForm running={running} onClose={() => setOpening(false)} /> : null}
    </ListPage>
  )
}
