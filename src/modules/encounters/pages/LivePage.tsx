// The posts as they are now, from counters alone: how many pass, where it is warm, who is held, who had to pass.
import './desk.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useLive, useMay, useServerNow } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Column, Icon, ListPage, useFormat, useLang, useList, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { findSubject } from '../../subjects/contracts.ts'
import { emergencies, holdings, live } from '../contracts-lists.ts'
import { setRules } from '../contracts-rules.ts'
import {
  type EmergencyKind,
  emergencyKindWords,
  type VerdictReason,
  verdictReasonWords,
} from '../contracts-words.ts'
import { deskWords } from './desk-words.ts'
import { RulesDrawer } from './RulesDrawer.tsx'

type Row = OutputOf<typeof live>['rows'][number]
const refetchSeconds = 30

function useColumns(): Column<Row>[] {
  const t = useWords(deskWords)
  const format = useFormat()
  const figure = (key: keyof Row & string, title: string, alarming = false): Column<Row> => ({
    key,
    title,
    width: 90,
    grow: 0,
    align: 'end',
    render: row => {
      const n = Number(row[key])
      return alarming && n > 0 ? <b>{format.number(n)}</b> : format.number(n)
    },
  })
  return [
    {
      key: 'postName',
      title: t('post'),
      width: 220,
      grow: 2,
      narrow: true,
      render: row => <b>{row.postName}</b>,
    },
    { ...figure('passes', t('hour')), narrow: true },
    figure('passesBefore', t('hourBefore')),
    figure('today', t('today')),
    figure('people', t('people')),
    { ...figure('fevers', t('fevers'), true), narrow: true },
    figure('turnedBack', t('turnedBack')),
    figure('refusals', t('refusals'), true),
    {
      key: 'last',
      title: t('last'),
      width: 90,
      grow: 0,
      align: 'end',
      render: row => format.time(row.lastAt),
    },
  ]
}

export default function LivePage() {
  const t = useWords(deskWords)
  const go = useGo()
  const list = useList(useAddress(), {})
  const [setting, setSetting] = useState(false)
  const mayRule = useMay(setRules)
  const mayLook = useMay(findSubject)
  useLive()
  const answer = useAsk(live, {}, { refetchSeconds })
  const all = answer.data?.rows ?? []
  const wanted = list.state.q?.trim() ?? ''
  const rows = all.filter(row => row.postName.includes(wanted))
  const sum = (key: 'today' | 'people') => all.reduce((n, row) => n + row[key], 0)
  return (
    <ListPage
      id="encounters-live"
      title={t('title')}
      counts={
        all.length > 0 ? (
          <>
            <span>{t('posts', { n: all.length })}</span>
            <span>{t('passesToday', { n: sum('today') })}</span>
            <span>{t('peopleToday', { n: sum('people') })}</span>
          </>
        ) : null
      }
      actions={
        <>
          <Button onClick={() => go('/encounters/records')}>{t('records')}</Button>
          {mayLook ? <Button onClick={() => go('/subjects')}>{t('subjects')}</Button> : null}
          {mayRule ? <Button onClick={() => setSetting(true)}>{t('rules')}</Button> : null}
        </>
      }
      above={<Weighty />}
      answer={answer}
      rows={rows}
      total={rows.length}
      rowKey={row => row.postId}
      rowName={row => row.postName}
      columns={useColumns()}
      {...list.page}
      searchHint={t('search')}
      empty={{ sentence: t('empty'), example: t('emptyExample') }}
      onOpen={row => go(`/encounters/records?post=${row.postId}`)}
    >
      {setting ? <RulesDrawer onClose={() => setSetting(false)} /> : null}
    </ListPage>
  )
}

/** Who is held and who had to pass: few, and each of them somebody's. */
function Weighty() {
  const t = useWords(deskWords)
  const { lang } = useLang()
  const format = useFormat()
  const now = useServerNow()
  const current = useAsk(currentOperation, {})
  const day = current.data?.dutyDay
  const held = useAsk(holdings, {}, { refetchSeconds })
  const passed = useAsk(
    emergencies,
    { dayFrom: day ?? '2000-01-01', dayUntil: day ?? '2000-01-01', limit: 5 },
    { refetchSeconds, enabled: day !== undefined },
  )
  const open = held.data?.rows ?? []
  const total = passed.data?.total ?? 0
  if (open.length === 0 && total === 0) return null
  return (
    <div className="en-weighty" role="status">
      {open.length > 0 ? (
        <section>
          <h2>
            <Icon name="clock" /> {t('held', { n: open.length })}
          </h2>
          {open.map(one => (
            <p key={one.holdingId}>
              {t(Date.parse(one.endsAt) > now ? 'heldUntil' : 'heldOver', {
                post: one.postName,
                basis: verdictReasonWords[one.basis][lang],
                at: format.time(one.endsAt),
              })}
            </p>
          ))}
        </section>
      ) : null}
      {total > 0 ? (
        <section>
          <h2>
            <Icon name="siren" /> {t('emergencies', { n: total })}
          </h2>
          {(passed.data?.rows ?? []).map(one => (
            <p key={one.passageId}>
              {t('emergencyLine', {
                at: format.time(one.passedAt),
                post: one.postName,
                what: emergencyKindWords[one.emergency as EmergencyKind]?.[lang] ?? one.emergency,
              })}
            </p>
          ))}
        </section>
      ) : null}
    </div>
  )
}
