// What I worked: one line on the page of today, and the month with its bands on my own page.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { dutyDayOf } from '../../../kernel/time.ts'
import {
  PhoneCard,
  PlainButton,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
  leftWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { myHours } from '../contracts.ts'
import { meWords } from './me-words.ts'

type Month = OutputOf<typeof myHours>
const minuteMs = 60_000

export function HoursCard() {
  const t = useWords(meWords)
  const navigate = useNavigate()
  const found = useAsk(myHours, {}, { refetchSeconds: 300 })
  const [last] = found.data?.rows ?? []
  if (!found.data || !last) return null
  return (
    <PhoneCard
      icon="clock"
      title={t('thisMonth', { time: leftWords(t, found.data.minutes * minuteMs) })}
      note={t('last', { post: last.postName, time: leftWords(t, last.minutes * minuteMs) })}
      onOpen={() => void navigate({ to: '/me' })}
    />
  )
}

const monthBeside = (month: string, step: number): string => {
  const [year = 0, at = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, at - 1 + step, 1)).toISOString().slice(0, 7)
}

export function MyMonth() {
  const t = useWords(meWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const [asked, setAsked] = useState<string | undefined>()
  const found = useAsk(myHours, asked ? { month: asked } : {}, { refetchSeconds: 300 })
  const { data } = found
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  if (!data) return <SkeletonPanel lines={6} />
  const shown = asked ?? data.month
  const [year = '', month = ''] = shown.split('-')
  return (
    <section className="me-month" aria-label={t('hours')}>
      <h2>{t('hours')}</h2>
      <div className="me-turn">
        <PlainButton aria-label={t('monthBefore')} onClick={() => setAsked(monthBeside(shown, -1))}>
          ‹
        </PlainButton>
        <strong className="fx-date">
          {t('monthName', { year, month: lang === 'zh' ? String(Number(month)) : month })}
        </strong>
        <PlainButton
          aria-label={t('monthAfter')}
          disabled={shown >= dutyDayOf(agency, data.now).slice(0, 7)}
          onClick={() => setAsked(monthBeside(shown, 1))}
        >
          ›
        </PlainButton>
      </div>
      {data.rows.length === 0 ? <PhoneCard icon="clock" title={t('none')} note={t('noneNote')} /> : null}
      {data.rows.length > 0 ? <Bands month={data} /> : null}
    </section>
  )
}

function Bands({ month }: { month: Month }) {
  const t = useWords(meWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const note = (row: Month['rows'][number]) => {
    const late = row.lateMinutes > 0 ? ` · ${t('late', { n: row.lateMinutes })}` : ''
    const state = row.state === 'left' ? '' : ` · ${t(row.state)}`
    return `${late}${state}`
  }
  return (
    <>
      <p className="me-sum">
        <strong>{leftWords(t, month.minutes * minuteMs)}</strong> {t('bands', { n: month.rows.length })}
        {month.late > 0 ? ` · ${t('lateTimes', { n: month.late })}` : null}
      </p>
      <ul className="me-bands">
        {month.rows.map(row => (
          <li key={row.presenceId}>
            <PhoneCard
              attention={row.state === 'open'}
              title={`${row.postName} ${lang === 'zh' ? row.zh : row.en}`}
              note={
                <>
                  <span className="fx-date">{format.day(row.day)}</span>{' '}
                  <span className="fx-date">{format.span(row.cameAt, row.until)}</span>
                  {note(row)}
                </>
              }
              aside={leftWords(t, row.minutes * minuteMs)}
            />
          </li>
        ))}
      </ul>
      <p className="td-quiet">{t('how')}</p>
    </>
  )
}
