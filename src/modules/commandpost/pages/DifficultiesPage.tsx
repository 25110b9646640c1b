// Difficulties 一线困难 at the desk: the open ones first, those whose time runs out soonest at the top.
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay, useServerNow } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  Signal,
  useFolded,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  difficulties,
  difficultyKinds,
  difficultyKindTitles,
  difficultyOrders,
  difficultyStates,
  difficultyStateTitles,
  owners,
  ownerTitles,
  raiseDifficulty,
  setClocks,
  urgencies,
  urgencyTitles,
} from '../contracts.ts'
import { ClocksDrawer } from './ClocksDrawer.tsx'
import { CommandFrame, Moment, type Running, usePostOptions, useUnitOptions } from './CommandFrame.tsx'
import { DifficultyDrawer } from './DifficultyDrawer.tsx'
import { DifficultyForm } from './DifficultyForm.tsx'
import { difficultyWords } from './difficulty-words.ts'
import { foldedRow } from './LogPage.tsx'
import { dueTone, stretch, untilWords } from './stretch.ts'
import { commandWords } from './words.ts'

export type DifficultyRow = OutputOf<typeof difficulties>['rows'][number]
const words = { ...commandWords, ...difficultyWords }

export default function DifficultiesPage() {
  return <CommandFrame>{running => <Difficulties running={running} />}</CommandFrame>
}

export function StateWord({ row }: { row: Pick<DifficultyRow, 'state' | 'overdue' | 'owner'> }) {
  const t = useWords(words)
  const { lang } = useLang()
  const open = row.state === 'raised' || row.state === 'working'
  const kind =
    row.state === 'closed' ? 'green' : row.overdue ? 'red' : open && row.owner !== 'unit' ? 'amber' : null
  return (
    <span className="cmd-sign">
      {kind ? <Signal kind={kind} size={14} label={row.overdue ? t('overdue') : undefined} /> : null}
      {difficultyStateTitles[row.state][lang]}
    </span>
  )
}

export function DueWord({ dueAt, beganAt }: { dueAt: string | null; beganAt?: string }) {
  const t = useWords(words)
  const now = useServerNow()
  if (dueAt === null) return <>—</>
  const tone = dueTone(dueAt, now, beganAt)
  return (
    <span className={tone ? `cmd-sign fx-tone-${tone}` : 'cmd-sign'}>
      {tone ? <Signal kind={tone} size={14} /> : null}
      {untilWords(t, dueAt, now)}
    </span>
  )
}

/** On a narrow screen one column says it all. */
function useFoldedColumns(): Column<DifficultyRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  const folded = useFolded()
  return [
    {
      key: 'post',
      title: t('place'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <span className="cmd-ends">
            <strong>{row.postName}</strong> <StateWord row={row} />
          </span>
          <span className="cmd-two">
            {difficultyKindTitles[row.kind][lang]} {row.text}
          </span>
          <small>
            {urgencyTitles[row.urgency][lang]} · {ownerTitles[row.owner][lang]}
            {row.dueAt ? ' · ' : null}
            {row.dueAt ? <DueWord dueAt={row.dueAt} beganAt={row.raisedAt} /> : null}
          </small>
        </span>
      ),
    },
  ]
}

function useColumns(): Column<DifficultyRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  const late = useLateColumns()
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  return [
    { key: 'n', title: t('number'), width: 64, grow: 0, align: 'end', render: row => row.n },
    {
      key: 'post',
      title: t('place'),
      width: 160,
      grow: 2,
      render: row => (
        <span className="cmd-two">
          {row.postName} <span className="cmd-quiet">{row.unitName}</span>
        </span>
      ),
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 104,
      grow: 0,
      render: row => difficultyKindTitles[row.kind][lang],
    },
    {
      key: 'urgency',
      title: t('urgency'),
      width: 88,
      grow: 0,
      render: row => (
        <span className="cmd-sign">
          {row.urgency === 'urgent' ? <Signal kind="amber" size={14} /> : null}
          {urgencyTitles[row.urgency][lang]}
        </span>
      ),
    },
    {
      key: 'text',
      title: t('what'),
      width: 200,
      grow: 3,
      render: row => (
        <span className="cmd-two">
          {row.text || <span className="cmd-quiet">{t('noText')}</span>}{' '}
          {row.merged > 0 ? <span className="cmd-quiet">{t('merged', { n: row.merged })}</span> : null}{' '}
          {row.reopened > 0 ? <span className="cmd-quiet">{t('reopened', { n: row.reopened })}</span> : null}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('state'),
      width: 168,
      grow: 0,
      render: row => <StateWord row={row} />,
    },
    ...late,
  ]
}

/** Whose it is, how long it has, and what is shown when chosen. */
function useLateColumns(): Column<DifficultyRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  return [
    { key: 'owner', title: t('owner'), width: 128, grow: 0, render: row => ownerTitles[row.owner][lang] },
    {
      key: 'dueAt',
      title: t('due'),
      width: 152,
      grow: 0,
      render: row => <DueWord dueAt={row.dueAt} beganAt={row.raisedAt} />,
    },
    { key: 'stood', title: t('stood'), width: 112, grow: 0, render: row => stretch(t, row.stoodMinutes) },
    {
      key: 'raisedAt',
      title: t('raisedAt'),
      width: 128,
      grow: 0,
      hidden: true,
      render: row => <Moment at={row.raisedAt} />,
    },
    {
      key: 'raisedBy',
      title: t('raisedBy'),
      width: 88,
      hidden: true,
      render: row => row.raisedBy ?? t('system'),
    },
    {
      key: 'closedAt',
      title: t('closedAt'),
      width: 128,
      grow: 0,
      hidden: true,
      render: row => (row.closedAt ? <Moment at={row.closedAt} /> : '—'),
    },
  ]
}

function useFilters(running: Running): FilterDef[] {
  const t = useWords(words)
  const { lang } = useLang()
  const of = <K extends string>(keys: readonly K[], titles: Record<K, { zh: string; en: string }>) =>
    keys.map(key => ({ value: key, label: titles[key][lang] }))
  return [
    { key: 'state', label: t('state'), options: of(difficultyStates, difficultyStateTitles) },
    { key: 'kind', label: t('kind'), options: of(difficultyKinds, difficultyKindTitles) },
    { key: 'urgency', label: t('urgency'), options: of(urgencies, urgencyTitles) },
    { key: 'owner', label: t('owner'), options: of(owners, ownerTitles) },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    { key: 'post', label: t('place'), single: true, options: usePostOptions(running.operationId) },
    { key: 'only', label: t('only'), single: true, options: [{ value: 'overdue', label: t('overdue') }] },
  ]
}

function Difficulties({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(words)
  const client = useClient()
  const [mayRaise, maySet] = [useMay(raiseDifficulty), useMay(setClocks)]
  const filters = ['state', 'kind', 'urgency', 'owner', 'unit', 'post', 'only']
  const list = useList(useAddress(), { filters, orders: difficultyOrders })
  const asked = {
    operationId,
    ...list.asked,
    states: list.many('state', difficultyStates),
    kinds: list.many('kind', difficultyKinds),
    urgencies: list.many('urgency', urgencies),
    owners: list.many('owner', owners),
    unitId: list.id('unit'),
    postId: list.id('post'),
    overdue: list.one('only', ['overdue']) ? true : undefined,
  }
  const answer = useAsk(difficulties, { ...asked, limit: 1_000 }, { refetchSeconds: 60 })
  const [open, setOpen] = useState<'raise' | 'clocks' | null>(null)
  return (
    <ListPage
      id="difficulties"
      title={t('difficulties')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.difficultyId}
      rowName={row => t('no', { n: row.n })}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 44}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters(running)}
      empty={{ sentence: t('emptyList'), example: t('emptyExample') }}
      actions={maySet ? <Button onClick={() => setOpen('clocks')}>{t('clocks')}</Button> : undefined}
      first={mayRaise ? { label: t('raise'), onClick: () => setOpen('raise') } : undefined}
      onOpen={row => list.show(row.difficultyId)}
      file={() => client.fileUrl('commandpost.exportDifficulties', asked)}
    >
      {list.open ? <DifficultyDrawer difficultyId={list.open} onClose={() => list.show(null)} /> : null}
      {open === 'raise' ? <DifficultyForm running={running} onClose={() => setOpen(null)} /> : null}
      {open === 'clocks' ? <ClocksDrawer onClose={() => setOpen(null)} /> : null}
    </ListPage>
  )
}
