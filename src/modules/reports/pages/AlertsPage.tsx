// The inbox of alerts: what stands, by its clock; whose it is; and what one may do about it.
import './situation.css'
import './alerts.css'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient, useDo, useServerNow } from '../../../device/hooks.ts'
import {
  acknowledgeAlerts,
  acknowledgedAtOnceMost,
  alerts,
  alertStates,
  alertStateTitles,
  ownerRoles,
  severities,
  severityTitles,
  watchList,
} from '../../../kernel/books/contracts.ts'
import { roleTitles } from '../../../kernel/contract.ts'
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
import { AlertDrawer } from './AlertDrawer.tsx'
import { AlertSettingDrawer } from './AlertSettingDrawer.tsx'
import { groupOf } from './alert-clock.ts'
import {
  type Alert,
  At,
  Clock,
  ownerWords,
  StateWords,
  stretchWords,
  Times,
  titleOf,
  watchOf,
} from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'
import { reportWords } from './words.ts'

const foldedRow = 84

/** What the open ones and the past ones are narrowed by alike. */
export function useAlertFilters(): FilterDef[] {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const watches = useAsk(watchList, {})
  return [
    {
      key: 'severity',
      label: t('severity'),
      options: severities.map(value => ({ value, label: severityTitles[value][lang] })),
    },
    {
      key: 'watch',
      label: t('watch'),
      options: (watches.data?.rows ?? []).map(row => ({
        value: row.watch,
        label: lang === 'zh' ? row.titleZh : row.titleEn,
      })),
    },
    {
      key: 'owner',
      label: t('owner'),
      options: ownerRoles.map(value => ({ value, label: roleTitles[value][lang] })),
    },
  ]
}

/** Anybody can write an address: what no watch could be called is left out. */
export function watchesAsked(chosen: string[] | undefined): string[] | undefined {
  const found = (chosen ?? []).filter(one => one.length <= 100).slice(0, 60)
  return found.length > 0 ? found : undefined
}

function useFilters(): FilterDef[] {
  const t = useWords(alertWords)
  const { lang } = useLang()
  return [
    { key: 'only', label: t('only'), single: true, options: [{ value: 'mine', label: t('mine') }] },
    {
      key: 'state',
      label: t('state'),
      options: alertStates.map(value => ({ value, label: alertStateTitles[value][lang] })),
    },
    ...useAlertFilters(),
  ]
}

export function What({ row }: { row: Alert }) {
  const { lang } = useLang()
  return (
    <span className="alert-what">
      <span>
        {titleOf(row, lang)}
        <Times row={row} />
      </span>
      <small>{watchOf(row, lang)}</small>
    </span>
  )
}

export function SeverityWord({ row }: { row: Alert }) {
  const t = useWords(alertWords)
  return (
    <span className="alert-sign">
      <Signal kind={row.severity} size={14} /> {t(row.severity)}
    </span>
  )
}

/** On a narrow screen one column says it all. */
export function useFoldedColumns(behind: (row: Alert) => ReactNode): Column<Alert>[] {
  const t = useWords(alertWords)
  const { lang } = useLang()
  return [
    {
      key: 'what',
      title: t('what'),
      width: 200,
      narrow: true,
      render: row => (
        <div className="situation-folded">
          <Signal kind={row.severity} size={14} label={t(row.severity)} />
          <span className="situation-what">
            <span className="situation-two">{titleOf(row, lang)}</span>
            <small>
              {ownerWords(row, lang)} · {behind(row)}
            </small>
          </span>
        </div>
      ),
    },
  ]
}

function useColumns(): Column<Alert>[] {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const narrow = useFoldedColumns(row => <StateWords row={row} />)
  const clock: Column<Alert> = {
    key: 'clock',
    title: t('clock'),
    width: 104,
    grow: 0,
    narrow: true,
    render: row => <Clock row={row} />,
  }
  if (useFolded()) return [...narrow, { ...clock, width: 96, align: 'end' }]
  return [
    {
      key: 'severity',
      title: t('severity'),
      width: 88,
      grow: 0,
      render: row => <SeverityWord row={row} />,
    },
    { key: 'what', title: t('what'), width: 300, grow: 3, render: row => <What row={row} /> },
    clock,
    { key: 'due', title: t('due'), width: 132, grow: 0, render: row => <At instant={row.dueAt} /> },
    { key: 'state', title: t('state'), width: 140, grow: 0, render: row => <StateWords row={row} /> },
    { key: 'owner', title: t('owner'), width: 180, render: row => ownerWords(row, lang) },
    {
      key: 'stood',
      title: t('standsSince'),
      width: 112,
      grow: 0,
      render: row => stretchWords(t, row.stoodMinutes),
    },
    {
      key: 'raised',
      title: t('raised'),
      width: 132,
      grow: 0,
      hidden: true,
      render: row => <At instant={row.raisedAt} />,
    },
  ]
}

/** What of a selection the reader may do; of the rest the bar says that it is not his. */
function BulkActs({ chosen, onDone }: { chosen: Alert[]; onDone: (n: number) => void }) {
  const t = useWords(alertWords)
  const doing = useDo(acknowledgeAlerts)
  const may = chosen.filter(row => row.may).slice(0, acknowledgedAtOnceMost)
  const waiting = may.filter(row => row.acknowledgedAt === null)
  const send = (rows: Alert[], take: boolean) =>
    doing.mutate(
      { alertIds: rows.map(row => row.alertId), take },
      { onSuccess: answer => onDone(answer.acknowledged) },
    )
  const foreign = chosen.filter(row => !row.may).length
  return (
    <span className="alert-acts">
      {doing.error ? <ProblemNote error={doing.error} /> : null}
      {foreign > 0 ? <span className="alert-quiet">{t('notYours', { n: foreign })}</span> : null}
      <Button disabled={may.length === 0} loading={doing.isPending} onClick={() => send(may, true)}>
        {t('takeMany', { n: may.length })}
      </Button>
      <Button
        type="primary"
        disabled={waiting.length === 0}
        loading={doing.isPending}
        onClick={() => send(waiting, false)}
      >
        {t('acknowledgeMany', { n: waiting.length })}
      </Button>
    </span>
  )
}

/** The drawer of the record that the address names, with the ones before and behind it in the list. */
export function OpenAlert({
  rows,
  open,
  show,
}: {
  rows: Alert[]
  open: string | undefined
  show: (alertId: string | null) => void
}) {
  if (!open) return null
  const at = rows.findIndex(row => row.alertId === open)
  const [before, behind] = [at > 0 ? rows[at - 1] : undefined, at >= 0 ? rows[at + 1] : undefined]
  return (
    <AlertDrawer
      alertId={open}
      onClose={() => show(null)}
      onPrevious={before ? () => show(before.alertId) : undefined}
      onNext={behind ? () => show(behind.alertId) : undefined}
    />
  )
}

export default function AlertsPage() {
  const t = useWords(alertWords)
  const say = useWords(reportWords)
  const go = useGo()
  const client = useClient()
  const now = useServerNow()
  const folded = useFolded()
  const [done, setDone] = useState(0)
  const [setting, setSetting] = useState(false)
  const list = useList(useAddress(), { filters: ['only', 'state', 'severity', 'watch', 'owner'] })
  const watches = watchesAsked(list.state.filters.watch)
  const asked = {
    ...list.asked,
    states: list.many('state', alertStates),
    severities: list.many('severity', severities),
    owners: list.many('owner', ownerRoles),
    watches,
    mine: list.one('only', ['mine']) ? true : undefined,
  }
  const answer = useAsk(alerts, { ...asked, limit: 5_000 }, { refetchSeconds: 60 })
  const { total: n = 0, red = 0, waiting = 0, rows = [] } = answer.data ?? {}
  return (
    <ListPage
      id="alerts"
      title={t('alerts')}
      counts={n > 0 ? t(red > 0 ? 'countsRed' : 'counts', { n, red, waiting }) : undefined}
      answer={answer}
      rowKey={row => row.alertId}
      rowName={row => titleOf(row, 'zh')}
      columns={useColumns()}
      rowHeight={folded ? foldedRow : 48}
      group={row => say(groupOf(row.dueAt, now))}
      {...list.page}
      searchHint={t('searchHint')}
      filters={useFilters()}
      actions={
        <>
          <Button onClick={() => setSetting(true)}>{t('setting')}</Button>
          <Button onClick={() => go('/alerts/past')}>{t('past')}</Button>
        </>
      }
      empty={{ sentence: t('empty'), example: t('emptyExample') }}
      above={
        done > 0 ? (
          <p role="status" className="alert-did">
            {t('didMany', { n: done })}
          </p>
        ) : undefined
      }
      bulk={(chosen, clear) => (
        <BulkActs
          chosen={chosen}
          onDone={many => {
            setDone(many)
            clear()
          }}
        />
      )}
      onOpen={row => list.show(row.alertId)}
      file={() => client.fileUrl('reports.exportAlerts', asked)}
    >
      <OpenAlert rows={rows} open={list.open} show={list.show} />
      {setting ? <AlertSettingDrawer onClose={() => setSetting(false)} /> : null}
    </ListPage>
  )
}
