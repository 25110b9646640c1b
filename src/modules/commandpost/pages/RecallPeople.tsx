import { Button } from 'antd'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  ProblemNote,
  Signal,
  useFolded,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  exemptClassTitles,
  recalled,
  recalledOrders,
  recalledStates,
  recalledStateTitles,
  recallKinds,
  recallKindTitles,
  rollRecalled,
} from '../contracts.ts'
import { Moment, useUnitOptions } from './CommandFrame.tsx'
import { foldedRow } from './LogPage.tsx'
import { RecalledDrawer } from './RecalledDrawer.tsx'
import { recallWords } from './recall-words.ts'
import { commandWords } from './words.ts'

export type Recalled = OutputOf<typeof recalled>['rows'][number]
const words = { ...commandWords, ...recallWords }

export function RecalledState({ row }: { row: Recalled }) {
  const t = useWords(words)
  const { lang } = useLang()
  const kind = row.overdue
    ? 'red'
    : row.unanswered || row.state === 'asked'
      ? 'amber'
      : row.state === 'arrived'
        ? 'green'
        : null
  return (
    <span className={row.overdue ? 'cmd-sign fx-tone-red' : 'cmd-sign'}>
      {kind ? <Signal kind={kind} size={14} /> : null}
      {row.overdue ? t('overdue') : recalledStateTitles[row.state][lang]}
    </span>
  )
}

/** What else there is to know, in a few words. */
export function useRecalledNote(): (row: Recalled) => string {
  const t = useWords(words)
  const { lang } = useLang()
  return row =>
    [
      row.overdue && row.state !== 'called' ? recalledStateTitles[row.state][lang] : '',
      row.exemptClass ? exemptClassTitles[row.exemptClass][lang] : '',
      row.dutyPostName === null ? '' : t('atPost', { post: row.dutyPostName }),
      row.arrivedHow === null ? '' : t(row.arrivedHow === 'self' ? 'bySelf' : 'byRoll'),
      row.tries > 0 ? t('tries', { n: row.tries }) : '',
      row.seconded ? t('seconded') : '',
      row.leaveEnded ? t('leaveEnded') : row.away ? t('away') : '',
    ]
      .filter(Boolean)
      .join(' · ')
}

function useFoldedColumns(): Column<Recalled>[] {
  const t = useWords(words)
  const note = useRecalledNote()
  return [
    {
      key: 'name',
      title: t('name'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <span className="cmd-ends">
            <strong>{row.name || '—'}</strong> <RecalledState row={row} />
          </span>
          <span className="cmd-two">{row.unitName}</span>
          <small>
            {row.arrivedAt ? <Moment at={row.arrivedAt} /> : row.eta ? <Moment at={row.eta} /> : null}{' '}
            {note(row)}
          </small>
        </span>
      ),
    },
  ]
}

function useColumns(): Column<Recalled>[] {
  const t = useWords(words)
  const { lang } = useLang()
  const note = useRecalledNote()
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  const moment = (at: string | null) => (at ? <Moment at={at} /> : '—')
  return [
    { key: 'state', title: t('state'), width: 112, grow: 0, render: row => <RecalledState row={row} /> },
    { key: 'name', title: t('name'), width: 96, render: row => <b>{row.name || '—'}</b> },
    { key: 'badge', title: t('badge'), width: 88, grow: 0, render: row => row.badge },
    { key: 'kind', title: t('kind'), width: 72, grow: 0, render: row => recallKindTitles[row.kind][lang] },
    { key: 'unit', title: t('unit'), width: 120, render: row => row.unitName },
    { key: 'eta', title: t('eta'), width: 120, grow: 0, render: row => moment(row.eta) },
    { key: 'arrivedAt', title: t('arrivedAt'), width: 120, grow: 0, render: row => moment(row.arrivedAt) },
    {
      key: 'reachedAt',
      title: t('reachedAt'),
      width: 120,
      grow: 0,
      hidden: true,
      render: row => moment(row.reachedAt),
    },
    {
      key: 'exemptUntil',
      title: t('exemptUntil'),
      width: 120,
      grow: 0,
      render: row => moment(row.exemptUntil),
    },
    {
      key: 'note',
      title: t('note'),
      width: 180,
      grow: 2,
      render: row => <span className="cmd-two">{note(row)}</span>,
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
      options: recalledStates.map(one => ({ value: one, label: recalledStateTitles[one][lang] })),
    },
    {
      key: 'kind',
      label: t('kind'),
      options: recallKinds.map(one => ({ value: one, label: recallKindTitles[one][lang] })),
    },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    {
      key: 'only',
      label: t('only'),
      single: true,
      options: [
        { value: 'overdue', label: t('overdue') },
        { value: 'unanswered', label: t('unanswered') },
      ],
    },
  ]
}

export function RecallPeople({ recallId, mayKeep }: { recallId: string; mayKeep: boolean }) {
  const t = useWords(words)
  const client = useClient()
  const filters = ['state', 'kind', 'unit', 'only']
  const list = useList(useAddress(), { filters, orders: recalledOrders, keep: ['recall'] })
  const only = list.one('only', ['overdue', 'unanswered'])
  const asked = {
    recallId,
    ...list.asked,
    states: list.many('state', recalledStates),
    kinds: list.many('kind', recallKinds),
    unitId: list.id('unit'),
    overdue: only === 'overdue' ? true : undefined,
    unanswered: only === 'unanswered' ? true : undefined,
  }
  const answer = useAsk(recalled, { ...asked, limit: 5_000 }, { refetchSeconds: 60 })
  return (
    <ListPage
      id="recalled"
      title={t('people')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.officerId}
      rowName={row => row.name}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 36}
      {...list.page}
      searchHint={t('searchPeople')}
      filters={useFilters()}
      empty={{ sentence: t('emptyPeople'), example: t('emptyPeopleExample') }}
      bulk={mayKeep ? (selected, clear) => <Roll selected={selected} onDone={clear} /> : undefined}
      onOpen={row => list.show(row.officerId)}
      file={() => client.fileUrl('commandpost.exportRecalled', asked)}
    >
      {list.open ? (
        <RecalledDrawer recallId={recallId} officerId={list.open} onClose={() => list.show(null)} />
      ) : null}
    </ListPage>
  )
}

/** The roll: whoever is marked stands here. */
function Roll({ selected, onDone }: { selected: Recalled[]; onDone: () => void }) {
  const t = useWords(words)
  const roll = useDo(rollRecalled)
  const out = selected.filter(row => row.state !== 'arrived' && row.state !== 'onDuty')
  const [first] = out
  return (
    <>
      {roll.error ? <ProblemNote error={roll.error} /> : null}
      <Button
        type="primary"
        disabled={!first}
        loading={roll.isPending}
        onClick={() =>
          first &&
          roll.mutate(
            { recallId: first.recallId, officerIds: out.map(row => row.officerId).slice(0, 1_000) },
            { onSuccess: onDone },
          )
        }
      >
        {t('roll', { n: out.length })}
      </Button>
    </>
  )
}
