// Visits 检查指导、慰问 at the desk: who was where, what was found, and which promises are still open.
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
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
import { recordVisit, visitKinds, visitKindTitles, visitOrders, visits } from '../contracts.ts'
import { CommandFrame, Moment, type Running, usePostOptions, useUnitOptions } from './CommandFrame.tsx'
import { foldedRow } from './LogPage.tsx'
import { VisitDrawer } from './VisitDrawer.tsx'
import { VisitForm } from './VisitForm.tsx'
import { visitWords } from './visit-words.ts'
import { commandWords } from './words.ts'

type VisitRow = OutputOf<typeof visits>['rows'][number]
const words = { ...commandWords, ...visitWords }

export default function VisitsPage() {
  return <CommandFrame>{running => <Visits running={running} />}</CommandFrame>
}

function Promises({ row }: { row: VisitRow }) {
  const t = useWords(words)
  const { all, open, overdue } = row.promises
  if (all === 0) return <>—</>
  if (overdue > 0) {
    return (
      <span className="cmd-sign fx-tone-amber">
        <Signal kind="amber" size={14} />
        {t('overdueCount', { n: overdue })}
      </span>
    )
  }
  return (
    <span className="cmd-sign">
      {open === 0 ? <Signal kind="green" size={14} /> : null}
      {open === 0 ? t('allKept', { all }) : t('promiseCount', { open, all })}
    </span>
  )
}

function useFoldedColumns(): Column<VisitRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  return [
    {
      key: 'visitor',
      title: t('visitor'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <span className="cmd-ends">
            <strong>{row.visitor}</strong> <Promises row={row} />
          </span>
          <span className="cmd-two">
            {row.postName} {row.found}
          </span>
          <small>
            {visitKindTitles[row.kind][lang]} · <Moment at={row.visitedAt} />
          </small>
        </span>
      ),
    },
  ]
}

function useColumns(): Column<VisitRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  return [
    { key: 'n', title: t('number'), width: 64, grow: 0, align: 'end', render: row => row.n },
    {
      key: 'visitedAt',
      title: t('visitedAt'),
      width: 120,
      grow: 0,
      render: row => <Moment at={row.visitedAt} />,
    },
    { key: 'kind', title: t('kind'), width: 112, grow: 0, render: row => visitKindTitles[row.kind][lang] },
    {
      key: 'visitor',
      title: t('visitor'),
      width: 168,
      grow: 2,
      render: row => <span className="cmd-two">{row.visitor}</span>,
    },
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
      key: 'found',
      title: t('found'),
      width: 200,
      grow: 3,
      render: row => (
        <span className="cmd-two">{row.found || <span className="cmd-quiet">{t('noFound')}</span>}</span>
      ),
    },
    { key: 'promises', title: t('promises'), width: 152, grow: 0, render: row => <Promises row={row} /> },
    {
      key: 'recordedBy',
      title: t('recordedBy'),
      width: 88,
      hidden: true,
      render: row => row.recordedBy ?? t('system'),
    },
  ]
}

function useFilters(running: Running): FilterDef[] {
  const t = useWords(words)
  const { lang } = useLang()
  return [
    {
      key: 'kind',
      label: t('kind'),
      options: visitKinds.map(one => ({ value: one, label: visitKindTitles[one][lang] })),
    },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    { key: 'post', label: t('place'), single: true, options: usePostOptions(running.operationId) },
    {
      key: 'only',
      label: t('only'),
      single: true,
      options: [
        { value: 'open', label: t('openPromises') },
        { value: 'overdue', label: t('overduePromises') },
      ],
    },
  ]
}

function Visits({ running }: { running: Running }) {
  const t = useWords(words)
  const client = useClient()
  const mayRecord = useMay(recordVisit)
  const list = useList(useAddress(), { filters: ['kind', 'unit', 'post', 'only'], orders: visitOrders })
  const asked = {
    operationId: running.operationId,
    ...list.asked,
    kinds: list.many('kind', visitKinds),
    unitId: list.id('unit'),
    postId: list.id('post'),
    promises: list.one('only', ['open', 'overdue']),
  }
  const answer = useAsk(visits, { ...asked, limit: 1_000 }, { refetchSeconds: 60 })
  const [recording, setRecording] = useState(false)
  return (
    <ListPage
      id="visits"
      title={t('visits')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.visitId}
      rowName={row => row.visitor}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 44}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters(running)}
      empty={{ sentence: t('emptyList'), example: t('emptyExample') }}
      first={mayRecord ? { label: t('record'), onClick: () => setRecording(true) } : undefined}
      onOpen={row => list.show(row.visitId)}
      file={() => client.fileUrl('commandpost.exportVisits', asked)}
    >
      {list.open ? (
        <VisitDrawer visitId={list.open} running={running} onClose={() => list.show(null)} />
      ) : null}
      {recording ? <VisitForm running={running} onClose={() => setRecording(false)} /> : null}
    </ListPage>
  )
}
