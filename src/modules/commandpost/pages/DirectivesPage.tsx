// Directives 指令 at the desk: what is open first, soonest due at the top.
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
import {
  addresseeStates,
  addresseeStateTitles,
  directiveOrders,
  directives,
  directiveStates,
  issueDirective,
  sources,
  sourceTitles,
} from '../contracts.ts'
import { CommandFrame, Moment, type Running, useUnitOptions } from './CommandFrame.tsx'
import { DueWord } from './DifficultiesPage.tsx'
import { DirectiveDrawer } from './DirectiveDrawer.tsx'
import { DirectiveForm } from './DirectiveForm.tsx'
import { directiveWords } from './directive-words.ts'
import { foldedRow } from './LogPage.tsx'
import { commandWords } from './words.ts'

export type DirectiveRow = OutputOf<typeof directives>['rows'][number]
const words = { ...commandWords, ...directiveWords }

export default function DirectivesPage() {
  return <CommandFrame>{running => <Directives running={running} />}</CommandFrame>
}

export function DirectiveState({ row }: { row: Pick<DirectiveRow, 'state' | 'overdue'> }) {
  const t = useWords(words)
  const kind = row.overdue ? 'red' : row.state === 'completed' ? 'green' : null
  return (
    <span className="cmd-sign">
      {kind ? <Signal kind={kind} size={14} /> : null}
      {row.overdue ? t('overdue') : t(row.state)}
    </span>
  )
}

/** 2/5 and what the others wait for: 待签收 1 · 办理中 2. */
function Progress({ row }: { row: DirectiveRow }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { counts } = row
  const waiting = (['sent', 'received', 'done', 'returned'] as const).filter(key => counts[key] > 0)
  return (
    <span className="cmd-two">
      {counts.completed}/{counts.all}{' '}
      <span className="cmd-quiet">
        {waiting.map(key => `${addresseeStateTitles[key][lang]} ${counts[key]}`).join(' · ')}
      </span>{' '}
      {counts.supervised > 0 ? (
        <span className="cmd-sign fx-tone-amber">
          <Signal kind="amber" size={14} />
          {t('supervised')}
        </span>
      ) : null}
    </span>
  )
}

/** On a narrow screen one column says it all. */
function useFoldedColumns(): Column<DirectiveRow>[] {
  const t = useWords(words)
  const folded = useFolded()
  return [
    {
      key: 'title',
      title: t('title'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <span className="cmd-two">{row.title}</span>
          <span className="cmd-ends">
            <small>{row.fromWhom}</small>{' '}
            {row.state === 'open' ? (
              <DueWord dueAt={row.dueAt} beganAt={row.issuedAt} />
            ) : (
              <DirectiveState row={row} />
            )}
          </span>
          <Progress row={row} />
        </span>
      ),
    },
  ]
}

function useColumns(): Column<DirectiveRow>[] {
  const t = useWords(words)
  const { lang } = useLang()
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  return [
    { key: 'n', title: t('number'), width: 64, grow: 0, align: 'end', render: row => row.n },
    {
      key: 'number',
      title: t('docNumber'),
      width: 184,
      render: row => <span className="cmd-two">{row.number}</span>,
    },
    {
      key: 'title',
      title: t('title'),
      width: 200,
      grow: 3,
      render: row => (
        <span className="cmd-two">
          {row.title} {row.passedDown ? <span className="cmd-quiet">{t('passedDown')}</span> : null}
        </span>
      ),
    },
    {
      key: 'source',
      title: t('source'),
      width: 104,
      grow: 0,
      render: row => sourceTitles[row.source][lang],
    },
    { key: 'from', title: t('fromWhom'), width: 112, render: row => row.fromWhom },
    {
      key: 'issuedAt',
      title: t('issuedAt'),
      width: 128,
      grow: 0,
      render: row => <Moment at={row.issuedAt} />,
    },
    {
      key: 'dueAt',
      title: t('dueAt'),
      width: 160,
      grow: 0,
      render: row =>
        row.state === 'open' ? (
          <DueWord dueAt={row.dueAt} beganAt={row.issuedAt} />
        ) : (
          <Moment at={row.dueAt} />
        ),
    },
    {
      key: 'progress',
      title: t('progress'),
      width: 200,
      grow: 2,
      render: row => <Progress row={row} />,
    },
    { key: 'state', title: t('state'), width: 96, grow: 0, render: row => <DirectiveState row={row} /> },
    {
      key: 'issuer',
      title: t('issuer'),
      width: 96,
      hidden: true,
      render: row => row.issuerUnitName ?? t('commandPost'),
    },
  ]
}

function useFilters(): FilterDef[] {
  const t = useWords(words)
  const { lang } = useLang()
  return [
    {
      key: 'state',
      label: t('state'),
      options: directiveStates.map(state => ({ value: state, label: t(state) })),
    },
    {
      key: 'with',
      label: t('addresseeState'),
      options: addresseeStates.map(one => ({ value: one, label: addresseeStateTitles[one][lang] })),
    },
    {
      key: 'source',
      label: t('source'),
      options: sources.map(one => ({ value: one, label: sourceTitles[one][lang] })),
    },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    {
      key: 'only',
      label: t('only'),
      single: true,
      options: [
        { value: 'overdue', label: t('overdue') },
        { value: 'supervised', label: t('supervised') },
      ],
    },
  ]
}

function Directives({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(words)
  const client = useClient()
  const mayIssue = useMay(issueDirective)
  const filters = ['state', 'with', 'source', 'unit', 'only']
  const list = useList(useAddress(), { filters, orders: directiveOrders })
  const only = list.one('only', ['overdue', 'supervised'])
  const asked = {
    operationId,
    ...list.asked,
    states: list.many('state', directiveStates),
    addresseeStates: list.many('with', addresseeStates),
    sources: list.many('source', sources),
    unitId: list.id('unit'),
    overdue: only === 'overdue' ? true : undefined,
    supervised: only === 'supervised' ? true : undefined,
  }
  const answer = useAsk(directives, { ...asked, limit: 1_000 }, { refetchSeconds: 60 })
  const [issuing, setIssuing] = useState(false)
  return (
    <ListPage
      id="directives"
      title={t('directives')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.directiveId}
      rowName={row => row.title}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 44}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters()}
      empty={{ sentence: t('emptyList'), example: t('emptyExample') }}
      first={mayIssue ? { label: t('issue'), onClick: () => setIssuing(true) } : undefined}
      onOpen={row => list.show(row.directiveId)}
      file={() => client.fileUrl('commandpost.exportDirectives', asked)}
    >
      {list.open ? (
        <DirectiveDrawer
          directiveId={list.open}
          running={running}
          onOpen={list.show}
          onClose={() => list.show(null)}
        />
      ) : null}
      {issuing ? <DirectiveForm running={running} onClose={() => setIssuing(false)} /> : null}
    </ListPage>
  )
}
