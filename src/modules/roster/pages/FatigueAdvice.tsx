// Advice on how sleepy a duty makes: beside the reasons of a place, and the worst places of a draft.
import { Button, Modal } from 'antd'
import { useAsk } from '../../../device/hooks.ts'
import { ProblemNote, Signal, SkeletonPanel, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { planFatigue } from '../contracts.ts'
import { fatigueWords } from './fatigue-words.ts'
import type { Explained } from './SeatPanel.tsx'

/** As the model has it: from here on the scale calls it sleepy. */
export const sleepyFrom = 7
type Advice = NonNullable<NonNullable<Explained['facts']>['fatigue']>

const one = (value: number) => value.toFixed(1)
const hours = (minutes: number) => Math.round(minutes / 30) / 2

/** `04:00 推算困倦度 7.8，偏困 · 本班约 5 小时偏困` */
function AdviceLine({ advice, timeZone }: { advice: Advice; timeZone: string }) {
  const t = useWords(fatigueWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const tired = advice.peak >= sleepyFrom
  return (
    <>
      <b className="fx-date">{t('value', { time: format.time(advice.at), n: one(advice.peak) })}</b>
      {lang === 'zh' ? '，' : ', '}
      {t(tired ? 'sleepy' : 'fair')}
      {advice.sleepyMinutes >= 30 ? (
        <span className="rb-quiet"> · {t('minutes', { n: hours(advice.sleepyMinutes) })}</span>
      ) : null}
    </>
  )
}

export function FatigueSection({ answer, timeZone }: { answer: Explained; timeZone: string }) {
  const t = useWords(fatigueWords)
  const advice = answer.facts?.fatigue
  if (!advice) return null
  return (
    <section>
      <h2>{t('title')}</h2>
      <div className="rb-breaks">
        <Signal kind={advice.peak >= sleepyFrom ? 'amber' : 'green'} size={16} />
        <div>
          <AdviceLine advice={advice} timeZone={timeZone} />
          <p className="rb-quiet">{t('advice')}</p>
        </div>
      </div>
    </section>
  )
}

export interface FatigueDialogProps {
  planId: string
  timeZone: string
  onShow: (place: { postId: string; day: string }) => void
  onClose: () => void
}

/** Places without names: what is judged is the plan. */
export function FatigueDialog({ planId, timeZone, onShow, onClose }: FatigueDialogProps) {
  const t = useWords(fatigueWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const found = useAsk(planFatigue, { planId })
  const { data } = found
  return (
    <Modal
      open
      width={680}
      title={t('planTitle')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="rb-dialog">
        {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
        {!data ? (
          <SkeletonPanel lines={6} />
        ) : (
          <>
            <p>
              {data.sleepy === 0
                ? t('none')
                : t('planNote', { all: data.duties, n: data.sleepy, places: data.places })}
            </p>
            <ol className="rb-changes">
              {data.rows.map(row => (
                <li key={`${row.day} ${row.postId} ${row.bands.map(band => band.key).join('+')}`}>
                  <Signal kind="amber" size={14} />
                  <b>{row.postName}</b>
                  <span>{row.bands.map(band => band[lang]).join(t('comma'))}</span>
                  <span className="rb-quiet fx-date">
                    {format.span(row.begins, row.ends, { days: true })} · {t('heads', { n: row.heads })}
                  </span>
                  <span>
                    <AdviceLine advice={row} timeZone={timeZone} />
                  </span>
                  <button
                    type="button"
                    className="rb-link"
                    aria-label={`${t('show')} ${row.postName} ${row.day}`}
                    onClick={() => onShow({ postId: row.postId, day: row.day })}
                  >
                    {t('show')}
                  </button>
                </li>
              ))}
            </ol>
            {data.places > data.rows.length ? (
              <p className="rb-quiet">{t('more', { n: data.rows.length })}</p>
            ) : null}
            <p className="rb-quiet">{t('advice')}</p>
          </>
        )}
      </div>
    </Modal>
  )
}
