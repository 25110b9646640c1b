// What is seen and heard while somebody is carried: his name beside the pointer with the verdict, a line below the
// board, the frame around the place that he is held over, and the same in words for readers.
import './carry.css'
import { Button } from 'antd'
import { Icon, Signal, useFormat, useLang, useWords } from '../../../ui/index.ts'
import type { BoardView } from './board-layout.ts'
import { fromFirst } from './board-sizes.ts'
import type { Target, Verdict } from './carry.ts'
import { chipBox } from './place.ts'
import type { Carry, CarryEvent } from './use-carry.ts'
import { rosterWords } from './words.ts'

/** What would happen, in words: where, what with whom, and whether it may. */
function useCarryWords(view: BoardView | undefined, timeZone: string) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const where = ({ row, day, chip }: Target) => {
    const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
    return `${row.post.name} ${format.day(view?.days[day] ?? '')} ${bands.join(t('comma'))}`
  }
  const what = (over: Target | 'off') => {
    if (over === 'off') return t('carryOff')
    const other = over.chip.kind === 'duty' ? view?.officers[over.chip.officer]?.[1] : undefined
    if (other) return t('carrySwap', { name: other })
    return over.chip.kind === 'free' ? t('carryJoin') : t('carryFill')
  }
  const rule = (obstacle: NonNullable<Verdict['obstacle']>) =>
    `${obstacle.rule} ${obstacle.name} ${format.day(obstacle.day, { weekday: false })} ${obstacle[lang]}`
  const judged = (verdict: Verdict) => {
    if (verdict.state === 'home') return t('carryHome')
    if (verdict.state === 'asking') return t('carryAsking')
    return verdict.obstacle ? t('carryNot', { rule: rule(verdict.obstacle) }) : t('carryMay')
  }
  const happened = (event: CarryEvent) => {
    if (event.kind === 'back') return t('carryBack', { name: event.name })
    if (event.kind === 'refused') return t('carryRefused', { name: event.name, rule: rule(event.obstacle) })
    if (event.over === 'off') return t('carryPutOff', { name: event.name })
    const put = { name: event.name, place: where(event.over), other: event.with ?? '' }
    return t(event.with ? 'carrySwapped' : 'carryPut', put)
  }
  return { where, what, judged, happened }
}

export interface CarryLayerProps {
  carry: Carry
  view: BoardView | undefined
  timeZone: string
}

/** Beside the pointer; it is moved without drawing the page again. */
export function CarryGhost({ carry, view, timeZone }: CarryLayerProps) {
  const words = useCarryWords(view, timeZone)
  const { carrying, by, over, verdict } = carry
  if (!carrying || by !== 'pointer') return null
  return (
    <div ref={carry.ghost} className="rb-ghost" aria-hidden="true">
      <strong>{carrying.carried.name}</strong>
      {over && verdict ? (
        <>
          {verdict.state === 'home' ? null : <span className="rb-quiet">{words.what(over)}</span>}
          <VerdictLine verdict={verdict} text={words.judged(verdict)} />
        </>
      ) : null}
    </div>
  )
}

function VerdictLine({ verdict, text }: { verdict: Verdict; text: string }) {
  const kind = verdict.state === 'may' ? 'green' : verdict.state === 'not' ? 'red' : null
  return (
    <span className={kind ? `rb-verdict fx-tone-${kind}` : 'rb-verdict rb-quiet'}>
      {kind ? <Signal kind={kind} size={14} /> : null}
      {text}
    </span>
  )
}

/** In the place of the keys: what can be done now, and what is held over. */
export function CarryLine({ carry, view, timeZone }: CarryLayerProps) {
  const t = useWords(rosterWords)
  const words = useCarryWords(view, timeZone)
  const { carrying, over, verdict, by } = carry
  if (!carrying) return null
  const how = { name: carrying.carried.name }
  return (
    <p className="rb-foot rb-carry-line">
      <span>{t(by === 'keys' ? 'carryKeys' : 'carryPointer', how)}</span>
      {over && verdict ? (
        <>
          <b>{over === 'off' ? words.what(over) : `${words.where(over)} · ${words.what(over)}`}</b>
          <VerdictLine verdict={verdict} text={words.judged(verdict)} />
        </>
      ) : null}
    </p>
  )
}

/** What readers say: every place that somebody is held over, and what came of it. */
export function CarryVoice({ carry, view, timeZone }: CarryLayerProps) {
  const t = useWords(rosterWords)
  const words = useCarryWords(view, timeZone)
  const { carrying, by, over, verdict, event } = carry
  let said = event ? words.happened(event) : ''
  if (carrying && by === 'keys' && over && verdict && event?.kind !== 'refused') {
    const held =
      verdict.state === 'home'
        ? t('carryPicked', { name: carrying.carried.name })
        : `${over === 'off' ? words.what(over) : `${words.where(over)} ${words.what(over)}`}: ${words.judged(verdict)}`
    said = held
  }
  return (
    <div className="fx-hidden" role="status" aria-live="assertive">
      {said}
    </div>
  )
}

/** Shown until the next thing is done: a drop that was not made, with the rule in the way. */
export function CarryNote({ carry, view, timeZone }: CarryLayerProps) {
  const t = useWords(rosterWords)
  const words = useCarryWords(view, timeZone)
  const { event } = carry
  if (event?.kind !== 'refused') return null
  return (
    <div className="rb-note fx-tone-red">
      <Signal kind="red" size={16} />
      <span>{words.happened(event)}</span>
      <Button
        type="text"
        size="small"
        aria-label={t('close')}
        onClick={carry.forget}
        icon={<Icon name="close" size={14} />}
      />
    </div>
  )
}

/** The frame around the place that he is held over. */
export function CarryFrame({ carry, dayWidth }: { carry: Carry; dayWidth: number }) {
  const { over, verdict } = carry
  if (!over || over === 'off' || !verdict) return null
  const { row, day, chip } = over
  const box = chipBox(chip, row, day, dayWidth)
  const style = { left: fromFirst(box.x), top: row.y + box.y, width: box.width, height: box.height }
  return <div className={`rb-over rb-over-${verdict.state}`} style={style} aria-hidden="true" />
}
