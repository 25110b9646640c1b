// Tells whoever sits at a desk that something new is his: in words to a screen reader, and by a short tone where he
// wants one. Stands in the frame of the desk, so that it works on every page.
import { useEffect, useRef, useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useAsk, useClient, useSession } from '../../../device/hooks.ts'
import { onPushed } from '../../../device/push.ts'
import { awaitTouch, playTone } from '../../../device/tone.ts'
import { alerts, isQuiet, ownAlertSetting, usualSetting } from '../../../kernel/books/contracts.ts'
import { useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type Alert, titleOf } from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'

/** One that turned red, or came up to another role, is news again. */
const newsOf = (row: Alert) => `${row.alertId} ${row.severity} ${row.ownerRole}`
const toldMost = 3

/** The minute of the day of a clock time, `20:05`. */
const minuteOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

export function AlertWatcher() {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const { clock } = useClient()
  const format = useFormat(useSession().agency.timeZone)
  const setting = useAsk(ownAlertSetting, {})
  const answer = useAsk(
    alerts,
    { mine: true, states: ['waiting', 'snoozed'], limit: 500 },
    { refetchSeconds: 60 },
  )
  const [said, setSaid] = useState('')
  const known = useRef<Set<string> | null>(null)
  const go = useGo()
  useEffect(() => awaitTouch(), [])
  useEffect(() => onPushed(go), [go])
  useEffect(() => {
    const rows = answer.data?.rows
    if (!rows || !setting.data) return
    const before = known.current
    const waiting = rows.filter(row => row.state === 'waiting')
    const next = new Set([...(before ?? []), ...waiting.map(newsOf)])
    // What is put off will be news when it comes back.
    for (const row of rows) if (row.state === 'snoozed') next.delete(newsOf(row))
    known.current = next
    // What stood there when the page was opened is no news.
    const fresh = before ? waiting.filter(row => !before.has(newsOf(row))) : []
    if (fresh.length === 0) return
    const named = fresh
      .slice(0, toldMost)
      .map(row => titleOf(row, lang))
      .join(lang === 'zh' ? '；' : '; ')
    const text = t('newOnes', { n: fresh.length, what: named })
    // The very same words would not be a change to whoever reads the page out.
    setSaid(before => (before === text ? `${text}\u00a0` : text))
    const { soundRed, soundAmber } = setting.data ?? usualSetting
    const minute = minuteOf(format.time(clock.now()))
    const wanted = fresh.filter(
      row => (row.severity === 'red' ? soundRed : soundAmber) && !isQuiet(setting.data, row.severity, minute),
    )
    if (wanted.length === 0) return
    void playTone(wanted.some(row => row.severity === 'red') ? 'red' : 'amber')
  }, [answer.data, setting.data])
  return (
    <p className="fx-hidden" role="status" aria-live="polite">
      {said}
    </p>
  )
}
