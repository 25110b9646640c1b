import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  type FilterDef,
  Figure,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  Signal,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { openZone, zoneKinds, zoneKindTitles, zoneList } from '../contracts.ts'
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

function useFilters(): FilterDef[] {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const kinds: StageKind[] = [...zoneKinds, 'lifted']
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
  const mayOpen = useMay(openZone)
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, ['kind', 'only'])
  const { kind, only } = state.filters
  const answer = useAsk(zoneList, {
    operationId,
    limit: 1_000,
    ...(state.q ? { search: state.q } : {}),
    ...(kind?.[0] ? { kind: kind[0] as StageKind } : {}),
    ...(only?.[0] ? { overdue: true } : {}),
  })
  const [opening, setOpening] = useState(false)
  const show = (zoneId: string | undefined) => {
    const { open: _before, ...rest } = address
    setAddress(zoneId ? { ...rest, open: zoneId } : rest)
  }
  return (
    <ListPage
      id="zones"
      title={t('zones')}
      counts={answer.data ? t('zoneCount', { n: answer.data.total }) : undefined}
      rows={answer.data?.rows ?? []}
      total={answer.data?.total}
      rowKey={row => row.zoneId}
      rowName={row => row.name}
      columns={useColumns(running.now)}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      searchHint={t('searchZones')}
      filters={useFilters()}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={
        <EmptyState
          sentence={t('emptyZones')}
          action={mayOpen ? { label: t('openZone'), onClick: () => setOpening(true) } : undefined}
          example={t('emptyZonesExample')}
        />
      }
      actions={mayOpen ? <HeadButtons onOpen={() => setOpening(true)} /> : undefined}
      onOpen={row => show(row.zoneId)}
      openKey={address.open}
      onExport={() =>
        window.location.assign(
          client.fileUrl('posts.exportZones', { operationId, ...(state.q ? { search: state.q } : {}) }),
        )
      }
    >
      {address.open ? (
        <ZoneDrawer zoneId={address.open} running={running} onClose={() => show(undefined)} />
      ) : null}
      {opening ? <ZoneForm running={running} onClose={() => setOpening(false)} /> : null}
    </ListPage>
  )
}

function HeadButtons({ onOpen }: { onOpen: () => void }) {
  const t = useWords(postsWords)
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => void navigate({ to: '/posts/map', search: { draw: 'zone' } as never })}>
        {t('drawZone')}
      </Button>
      <Button type="primary" onClick={onOpen}>
        {t('openZone')}
      </Button>
    </>
  )
}
