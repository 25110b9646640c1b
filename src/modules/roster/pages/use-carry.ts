// Carrying somebody over the board: picked up, held over places, put down or put back; by pointer and by keys alike.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import { landings } from '../contracts.ts'
import type { BoardModel, BoardView } from './board-layout.ts'
import {
  type Carried,
  type Carrying,
  carriedAt,
  editsFor,
  knownLandings,
  type Target,
  targetPlace,
  type Verdict,
  verdictOf,
  verdictOff,
  withFreePlaces,
} from './carry.ts'
import { chipAt, type Place, placeOf, samePlace } from './place.ts'
import { dutyBefore } from './SeatPanel.tsx'
import type { Edits } from './use-edits.ts'

export type Over = Target | 'off' | null
/** What has just happened, to be said and shown. */
export type CarryEvent =
  | { kind: 'put'; name: string; over: Target | 'off'; with: string | null }
  | { kind: 'back'; name: string }
  | { kind: 'refused'; name: string; obstacle: NonNullable<Verdict['obstacle']> }

export interface Carry {
  carrying: Carrying | null
  by: 'pointer' | 'keys'
  over: Over
  /** Of what he is held over; null over nothing. */
  verdict: Verdict | null
  event: CarryEvent | null
  /** The board, with free places while somebody is carried. */
  model: BoardModel | null
  ghost: RefObject<HTMLDivElement | null>
  /** Known at once, before anything is drawn. */
  isHolding: () => boolean
  pick: (place: Place, by: 'pointer' | 'keys') => boolean
  hold: (over: Over) => void
  drop: () => void
  putBack: () => void
  /** Days in sight: what is asked for. */
  see: (fromDay: number, untilDay: number) => void
  forget: () => void
}

interface Options {
  view: BoardView | undefined
  model: BoardModel | null
  plan: { planId: string; revision: number } | null
  edits: Edits
  nowMinute: number
}

const sameOver = (a: Over, b: Over) =>
  a === b ||
  (a !== null && b !== null && a !== 'off' && b !== 'off' && samePlace(targetPlace(a), targetPlace(b)))

interface Hand {
  carried: Carried | null
  by: 'pointer' | 'keys'
  over: Over
  event: CarryEvent | null
}
const nobody: Hand = { carried: null, by: 'pointer', over: null, event: null }

/** What is in hand, drawn as state and readable at once: the next event of a pointer may come before a frame does. */
function useHand() {
  const [hand, setHand] = useState<Hand>(nobody)
  const now = useRef<Hand>(nobody)
  const change = useCallback((next: Partial<Hand>) => {
    now.current = { ...now.current, ...next }
    setHand(now.current)
  }, [])
  return { hand, now, change }
}

export function useCarry({ view, model, plan, edits, nowMinute }: Options): Carry {
  const { hand, now, change } = useHand()
  const { carried, by, over, event } = hand
  const [span, see] = useSpan(carried !== null)
  const ghost = useRef<HTMLDivElement>(null)
  const carrying = useLandings(carried, plan, span)
  useSteady(hand, change, view, model)
  const shown = useMemo(
    () => (carried && model ? withFreePlaces(model, nowMinute) : model),
    [carried, model, nowMinute],
  )
  const judge = (at: Over): Verdict | null =>
    !carrying || !at ? null : at === 'off' ? verdictOff(carrying) : verdictOf(carrying, at)
  const putBack = () => {
    const { carried: held } = now.current
    if (held) change({ ...nobody, event: { kind: 'back', name: held.name } })
  }
  const drop = () => {
    const { carried: held, over: at, by: how } = now.current
    const verdict = judge(at)
    if (!held || !at) return putBack()
    if (verdict?.state === 'not' && verdict.obstacle) {
      const refused: CarryEvent = { kind: 'refused', name: held.name, obstacle: verdict.obstacle }
      // By keys he stays in hand, and the next place can be tried at once.
      return change(how === 'keys' ? { event: refused } : { ...nobody, event: refused })
    }
    const made = editsFor(held, at)
    if (made.length === 0) return putBack()
    change(nobody)
    void edits.apply(made).then(isDone => (isDone ? change({ event: putDown(held, at) }) : undefined))
  }
  return {
    carrying,
    by,
    over,
    verdict: judge(over),
    event,
    model: shown,
    ghost,
    isHolding: () => now.current.carried !== null,
    pick: (place, how) => {
      const next = plan && view && model ? pickedUp(view, model, place) : null
      if (!next) return false
      edits.clear()
      change({ carried: next.carried, over: next.home, by: how, event: null })
      return true
    },
    hold: next => {
      if (now.current.carried && !sameOver(now.current.over, next)) change({ over: next, event: null })
    },
    drop,
    putBack,
    see,
    forget: () => change({ event: null }),
  }
}

function putDown({ view, name }: Carried, over: Target | 'off'): CarryEvent {
  const other = over !== 'off' && over.chip.kind === 'duty' ? view.officers[over.chip.officer] : undefined
  return { kind: 'put', name, over, with: other?.[1] ?? null }
}

/** A change, also somebody else's, may move every row. Who still stands where he was picked up stays in hand. */
function useSteady(
  { carried, over }: Hand,
  change: (next: Partial<Hand>) => void,
  view: BoardView | undefined,
  model: BoardModel | null,
): void {
  useEffect(() => {
    if (!carried || carried.view === view) return
    const found = view && model ? foundAgain(carried, view, model) : null
    if (found) change({ carried: found.carried, over: over === 'off' ? over : found.home })
    else change({ ...nobody, event: { kind: 'back', name: carried.name } })
  }, [carried, over, view, model, change])
}

/** The days in sight; they grow while somebody is carried on, and begin anew with the next. */
function useSpan(isCarrying: boolean) {
  const [span, setSpan] = useState<{ from: number; until: number } | null>(null)
  useEffect(() => {
    if (!isCarrying) setSpan(null)
  }, [isCarrying])
  const see = useCallback((from: number, until: number) => {
    setSpan(known => {
      if (known && known.from <= from && known.until >= until) return known
      const wide = known ? { from: Math.min(known.from, from), until: Math.max(known.until, until) } : null
      return wide && wide.until - wide.from < 14 ? wide : { from, until }
    })
  }, [])
  return [span, see] as const
}

function pickedUp(view: BoardView, model: BoardModel, place: Place) {
  const row = model.items.find(one => one.type === 'row' && one.row === place.row)
  if (row?.type !== 'row') return null
  const chip = chipAt(row, place)
  const carried = chip ? carriedAt(view, row, place, chip) : null
  return chip && carried ? { carried, home: { row, day: place.day, chip } } : null
}

/** The same officer in the same duty on a newer board. */
function foundAgain(
  { officerId, duty, place }: Carried,
  view: BoardView,
  model: BoardModel,
): { carried: Carried; home: Target } | null {
  if (JSON.stringify(dutyBefore(view, officerId, place.day)) !== JSON.stringify(duty)) return null
  for (const row of model.items) {
    if (row.type !== 'row' || row.post.postId !== duty.postId) continue
    if (row.pattern.patternId !== duty.patternId) continue
    const chip = row.days[place.day]?.find(one => view.officers[one.officer]?.[0] === officerId)
    const at = chip ? placeOf(row.row, place.day, chip) : null
    const carried = chip && at ? carriedAt(view, row, at, chip) : null
    if (carried && chip) return { carried, home: { row, day: place.day, chip } }
  }
  return null
}

/** Asked once for whom is carried and the days in sight; an answer for somebody else or an older draft is none. */
function useLandings(
  carried: Carried | null,
  plan: { planId: string; revision: number } | null,
  span: { from: number; until: number } | null,
): Carrying | null {
  const days = carried?.view.days ?? []
  const day = days[carried?.place.day ?? -1] ?? ''
  const input = {
    planId: plan?.planId ?? '',
    officerId: carried?.officerId ?? '',
    day,
    fromDay: days[span?.from ?? 0] ?? '',
    untilDay: days[span?.until ?? 0] ?? '',
  }
  const enabled = carried !== null && plan !== null && span !== null
  const { data } = useAsk(landings, input, { enabled })
  const fits =
    data !== undefined &&
    data.planId === plan?.planId &&
    data.revision === carried?.view.revision &&
    data.officerId === carried.officerId &&
    data.day === day
  const known = useMemo(() => (fits && data ? knownLandings(data) : null), [fits, data])
  return useMemo(() => (carried ? { carried, known } : null), [carried, known])
}
