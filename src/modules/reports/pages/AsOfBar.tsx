// The bar under the map: drag or step back to any minute of the operation. What has not come is hatched.
import { Button, Segmented } from 'antd'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useAsk, useServerNow, useSession } from '../../../device/hooks.ts'
import { useFormat, useWords } from '../../../ui/index.ts'
import { moments } from '../contracts.ts'
import { type Line, held, labelsOf, lineOf, minuteMs, share, type Stretch, stepOf } from './as-of.ts'
import { reportWords } from './words.ts'

interface Props {
  operationId: string
  beginsOn: string
  /** Undefined: now. */
  at: string | undefined
  onAt: (at: string | undefined) => void
}
/** While the knob is dragged, the page follows at this pace. */
const followMs = 150
const percent = (part: number) => `${(part * 100).toFixed(3)}%`

/** The moment under the knob runs ahead of the address, which follows at a measured pace. */
function useKnob(at: string | undefined, onAt: Props['onAt']) {
  const [ahead, setAhead] = useState<number | undefined>()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const wanted = useRef<number | undefined>(undefined)
  const tell = useRef(onAt)
  tell.current = onAt
  useEffect(() => () => clearTimeout(timer.current), [])
  const now = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    setAhead(undefined)
    tell.current(undefined)
  }
  const move = (next: number) => {
    setAhead(next)
    wanted.current = next
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      setAhead(undefined)
      if (wanted.current !== undefined) tell.current(new Date(wanted.current).toISOString())
    }, followMs)
  }
  return { moment: ahead ?? (at === undefined ? undefined : Date.parse(at)), move, now }
}

export function AsOfBar({ operationId, beginsOn, at, onAt }: Props) {
  const t = useWords(reportWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  const [stretch, setStretch] = useState<Stretch>('day')
  const knob = useKnob(at, onAt)
  const shown = knob.moment ?? now
  const line = lineOf(agency, stretch, shown, now, beginsOn)
  const least = lineOf(agency, 'all', shown, now, beginsOn).from
  const go = (next: number | 'now' | undefined) => {
    if (next === undefined) return
    if (next === 'now' || next > now - minuteMs) knob.now()
    else knob.move(held(next, least, now))
  }
  // From the beginning of the operation, so that one may go back past the line that is shown.
  const span = { from: new Date(least).toISOString(), until: new Date(line.until).toISOString() }
  const found = useAsk(moments, { operationId, ...span }, { refetchSeconds: 60 })
  const marks = found.data?.rows ?? []
  const before = marks.findLast(one => Date.parse(one.at) < shown - minuteMs)
  const after = marks.find(one => Date.parse(one.at) > shown && Date.parse(one.at) <= now)
  /** The minute after which it stood so. */
  const to = (one: { at: string } | undefined) =>
    one && go(Math.ceil(Date.parse(one.at) / minuteMs) * minuteMs)
  return (
    <section className="fx-panel asof" aria-label={t('asOfSlider')}>
      <div className="asof-when">
        <small>
          {t('asOf')} <span className="fx-date">{format.day(shown)}</span>
        </small>
        <strong>{format.time(shown)}</strong>
        <em data-past={knob.moment === undefined ? undefined : true}>
          {t(knob.moment === undefined ? 'realTime' : 'past')}
        </em>
      </div>
      <Track line={line} shown={shown} now={now} marks={marks} go={go} />
      <div className="asof-acts">
        <Button size="small" disabled={!before} onClick={() => to(before)}>
          {t('before')}
        </Button>
        <Button size="small" disabled={!after} onClick={() => to(after)}>
          {t('after')}
        </Button>
        <Segmented
          size="small"
          aria-label={t('span')}
          value={stretch}
          onChange={next => setStretch(next)}
          options={[
            { value: 'day' as const, label: t('spanDay') },
            { value: 'week' as const, label: t('spanWeek') },
            { value: 'all' as const, label: t('spanAll') },
          ]}
        />
        <Button size="small" disabled={knob.moment === undefined} onClick={() => knob.now()}>
          {t('backToNow')}
        </Button>
      </div>
    </section>
  )
}

interface TrackProps {
  line: Line
  shown: number
  now: number
  marks: readonly { at: string; kind: string }[]
  go: (next: number | 'now' | undefined) => void
}

function Track({ line, shown, now, marks, go }: TrackProps) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  const rail = useRef<HTMLDivElement>(null)
  const oneDay = line.until - line.from < 26 * 60 * minuteMs
  const point = (event: PointerEvent) => {
    const box = rail.current?.getBoundingClientRect()
    if (!box || box.width === 0) return
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    go(line.from + part * (line.until - line.from))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const next = stepOf(event.key, shown, line)
    if (next === undefined) return
    event.preventDefault()
    go(next)
  }
  return (
    <div
      className="asof-track"
      role="slider"
      tabIndex={0}
      aria-label={t('asOfSlider')}
      aria-description={t('asOfKeys')}
      title={t('asOfKeys')}
      aria-valuemin={Math.floor(line.from / minuteMs)}
      aria-valuemax={Math.floor(Math.min(now, line.until) / minuteMs)}
      aria-valuenow={Math.floor(shown / minuteMs)}
      aria-valuetext={`${format.day(shown)} ${format.time(shown)}`}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        point(event)
      }}
      onPointerMove={event => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event)
      }}
    >
      <div className="asof-marks" aria-hidden="true">
        {marks
          .filter(one => Date.parse(one.at) >= line.from)
          .map(one => (
            <i
              key={`${one.at} ${one.kind}`}
              data-kind={one.kind}
              style={{ insetInlineStart: percent(share(line, Date.parse(one.at))) }}
            />
          ))}
      </div>
      <div ref={rail} className="asof-rail">
        <span className="asof-come" style={{ inlineSize: percent(share(line, now)) }} />
        <span className="asof-done" style={{ inlineSize: percent(share(line, shown)) }} />
        <b style={{ insetInlineStart: percent(share(line, shown)) }} />
      </div>
      <div className="asof-labels" aria-hidden="true">
        {labelsOf(line).map(one => (
          <span key={one} style={{ insetInlineStart: percent(share(line, one)) }}>
            {oneDay ? format.time(one) : format.day(one, { weekday: false })}
          </span>
        ))}
      </div>
    </div>
  )
}
