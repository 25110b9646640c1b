// How a row of the list reads: its state with its shape, and what is to be said of it.
import { Signal, type SignalKind, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type SeatView, seatStateTitles, wayTitles } from '../contracts.ts'
import { attendanceWords } from './words.ts'

const signals: Partial<Record<SeatView['state'], SignalKind>> = {
  missing: 'red',
  absent: 'red',
  unavailable: 'amber',
  open: 'amber',
  present: 'green',
}

/** Late, early and two posts at once are said by the state itself: that is what the eye looks for. */
export function StateMark({ row }: { row: SeatView }) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const late = row.presence !== null && row.presence.lateMinutes > 0
  const kind: SignalKind | undefined = row.overlaps ? 'red' : late ? 'amber' : signals[row.state]
  const said = row.overlaps ? t('overlap') : seatStateTitles[row.state][lang]
  return (
    <span className="at-state">
      {kind ? <Signal kind={kind} size={14} /> : <i className="at-nothing" />} {said}
    </span>
  )
}

export function useNote(): (row: SeatView) => string {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const format = useFormat()
  return row => {
    const { presence } = row
    const said: string[] = []
    if (presence && presence.lateMinutes > 0) said.push(t('lateBy', { n: presence.lateMinutes }))
    if (presence && presence.earlyMinutes > 0) said.push(t('earlyBy', { n: presence.earlyMinutes }))
    if (row.replacesName) said.push(t('standsInFor', { name: row.replacesName }))
    if (row.replacedByName) said.push(t('replacedBy', { name: row.replacedByName }))
    if (presence && Date.parse(presence.recordedAt) - Date.parse(presence.cameAt) > 10 * 60_000)
      said.push(t('enteredAt', { time: format.time(presence.recordedAt) }))
    return said.join(lang === 'zh' ? '，' : ', ')
  }
}

export function useWay(): (row: SeatView) => string {
  const { lang } = useLang()
  return row => (row.presence ? wayTitles[row.presence.way][lang] : '')
}
