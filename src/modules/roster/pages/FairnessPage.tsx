// How duties were shared, as a spread, and apart from it who is owed rest, by name.
import './fairness.css'
import { Button } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import {
  type Column,
  ListPage,
  ProblemNote,
  Signal,
  useConfirm,
  useFolded,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { grantRest, restCauseTitles, restOwed } from '../contracts.ts'
import { fairnessWords } from './fairness-words.ts'
import { LivedFrame, OfficerWords } from './LivedFrame.tsx'
import { RestDrawer, type RestRow, restHours, RestState } from './RestDrawer.tsx'
import { SpreadPanel } from './SpreadPanel.tsx'

export default function FairnessPage() {
  return <LivedFrame>{operationId => <Fairness operationId={operationId} />}</LivedFrame>
}

const keyOf = (row: RestRow) => `${row.officerId}.${row.cause}`

function Fairness({ operationId }: { operationId: string }) {
  const [search, setSearch] = useAddress()
  const unitId = search.unit
  const onUnit = (next: string | undefined) => {
    const { unit: _before, ...rest } = search
    setSearch(next === undefined ? rest : { ...rest, unit: next })
  }
  const folded = useFolded()
  const spread = <SpreadPanel unitId={unitId} onUnit={onUnit} />
  return (
    <div className="rf-page">
      {folded ? null : spread}
      <div className="rf-list">
        <Owed operationId={operationId} unitId={unitId} />
      </div>
      {/* On a phone what has to be done comes before what is only looked at. */}
      {folded ? spread : null}
    </div>
  )
}

function useSpan() {
  const format = useFormat(useSession().agency.timeZone)
  return (row: RestRow) => <span className="fx-date">{format.span(row.from, row.until, { days: true })}</span>
}

interface ColumnsOptions {
  onGrant: (row: RestRow) => void
  busy: boolean
}

function useColumns({ onGrant, busy }: ColumnsOptions): Column<RestRow>[] {
  const t = useWords(fairnessWords)
  const { lang } = useLang()
  const span = useSpan()
  const folded = useFolded()
  const act = (row: RestRow) =>
    row.state === 'owed' ? (
      <Button
        size="small"
        disabled={busy}
        aria-label={`${t('grant')} ${row.name}`}
        onClick={event => {
          event.stopPropagation()
          onGrant(row)
        }}
      >
        {t('grant')}
      </Button>
    ) : null
  const why = (row: RestRow) => (
    <span className="sw-two">
      {restCauseTitles[row.cause][lang]}
      <br />
      <span className="sw-small">{row[lang]}</span>
    </span>
  )
  if (folded) {
    return [
      {
        key: 'officer',
        title: t('officer'),
        width: 240,
        narrow: true,
        render: row => (
          <span className="sw-two">
            <b>{row.name}</b> <span className="sw-small">{row.unitName}</span> <RestState row={row} />
            {why(row)}
            {span(row)} {act(row)}
          </span>
        ),
      },
    ]
  }
  return [
    {
      key: 'officer',
      title: t('officer'),
      width: 120,
      render: row => <OfficerWords officer={row} />,
    },
    { key: 'why', title: t('why'), width: 260, grow: 2, render: why },
    { key: 'owed', title: t('owed'), width: 88, grow: 0, render: row => t('hours', { n: restHours(row) }) },
    { key: 'rest', title: t('rest'), width: 340, grow: 1, render: span },
    { key: 'state', title: t('state'), width: 120, grow: 0, render: row => <RestState row={row} /> },
    { key: 'act', title: '', width: 112, grow: 0, render: act },
  ]
}

/** Asks first, with the rest as it is proposed, then grants it. */
function useGrant(operationId: string, onDone: () => void) {
  const t = useWords(fairnessWords)
  const navigate = useNavigate()
  const span = useSpan()
  const command = useDo(grantRest)
  const [ask, question] = useConfirm()
  const [duties, setDuties] = useState<number | null>(null)
  const done = (many: number) => {
    setDuties(many)
    onDone()
  }
  const grant = async (row: RestRow) => {
    const what = (
      <span>
        <b>{row.name}</b> {span(row)}
      </span>
    )
    if (!(await ask({ title: t('grantAsk'), what, then: t('grantThen'), ok: t('grant') }))) return
    const { officerId, cause, arisenAt, from, until } = row
    const named = { grantId: newId(), operationId, officerId, cause, arisenAt }
    done((await command.mutateAsync({ ...named, from, until })).duties)
  }
  const note = command.error ? (
    <ProblemNote error={command.error} safe="kept" />
  ) : duties !== null ? (
    <p className="sw-done" role="status">
      <Signal kind="green" size={14} /> {duties > 0 ? t('grantedDuties', { n: duties }) : t('granted')}
      {duties > 0 ? (
        <Button size="small" onClick={() => void navigate({ to: '/roster/breaks' })}>
          {t('toBreaks')}
        </Button>
      ) : null}
    </p>
  ) : undefined
  return {
    // What went wrong stands in the note.
    grant: (row: RestRow) => void grant(row).catch(() => undefined),
    busy: command.isPending,
    done,
    note,
    question,
  }
}

function Owed({ operationId, unitId }: { operationId: string; unitId: string | undefined }) {
  const t = useWords(fairnessWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const folded = useFolded()
  const list = useList(useAddress(), { keep: ['unit'] })
  const answer = useAsk(restOwed, unitId ? { unitId } : {}, { refetchSeconds: 120 })
  const { grant, busy, done, note, question } = useGrant(operationId, () => list.show(null))
  const all = answer.data?.rows ?? []
  const { q } = list.state
  const rows = all.filter(row => q === '' || `${row.name} ${row.badge} ${row.unitName}`.includes(q))
  const open = all.find(row => keyOf(row) === list.open)
  const { error } = answer
  return (
    <ListPage
      id="roster.restOwed"
      title={t('owedTitle')}
      counts={answer.data ? t('owedCount', { n: all.length }) : undefined}
      rows={rows}
      loading={answer.isPending}
      error={error ? <ProblemNote error={error} onRetry={() => void answer.refetch()} /> : undefined}
      rowKey={keyOf}
      rowName={row => `${row.name} ${restCauseTitles[row.cause][lang]}`}
      columns={useColumns({ onGrant: grant, busy })}
      rowHeight={folded ? 136 : 52}
      {...list.page}
      searchHint={t('search')}
      above={note}
      empty={{
        sentence: t('owedEmpty'),
        action: { label: t('toAttendance'), onClick: () => void navigate({ to: '/attendance' }) },
        example: t('owedExample'),
      }}
      onOpen={row => list.show(keyOf(row))}
    >
      {open ? (
        <RestDrawer
          key={keyOf(open)}
          row={open}
          operationId={operationId}
          busy={busy}
          onGrant={grant}
          onGranted={done}
          onClose={() => list.show(null)}
        />
      ) : null}
      {question}
    </ListPage>
  )
}
