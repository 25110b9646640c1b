// Who goes in which turn: whoever has gone least often goes first, so that everybody comes round. Pure.
import type { TurnKind } from './contracts.ts'

export interface Turn {
  turnId: string
  kind: TurnKind
  fromMinute: number
  minutes: number
  heads: number | null
}
export interface Present {
  officerId: string
  /** On duty, in minutes after the hand-over hour of the day; may begin before it and end behind it. */
  spans: { from: number; until: number }[]
}
/** How often an officer has gone: in a sitting, and in any round of disinfection. */
export class Times {
  private readonly counts = new Map<string, number>()
  add(officerId: string, what: string): void {
    this.counts.set(`${officerId} ${what}`, this.of(officerId, what) + 1)
  }
  of(officerId: string, what: string): number {
    return this.counts.get(`${officerId} ${what}`) ?? 0
  }
}
export const timesKey = (turn: Pick<Turn, 'turnId' | 'kind'>): string =>
  turn.kind === 'meal' ? turn.turnId : 'disinfection'

export interface Made {
  turnId: string
  officerIds: string[]
  /** Heads that nobody on duty could fill. */
  short: number
}

/** Sittings that begin within two hours of the one before are one meal: each goes to one of them. */
const mealGapMinutes = 120

export function mealsOf(turns: readonly Turn[]): Turn[][] {
  const meals: Turn[][] = []
  const sittings = turns.filter(one => one.kind === 'meal')
  for (const turn of sittings.toSorted(
    (a, b) => a.fromMinute - b.fromMinute || (a.turnId < b.turnId ? -1 : 1),
  )) {
    const last = meals.at(-1)
    const before = last?.at(-1)
    if (last && before && turn.fromMinute - before.fromMinute <= mealGapMinutes) last.push(turn)
    else meals.push([turn])
  }
  return meals
}

const isThere = (one: Present, turn: Turn) =>
  one.spans.some(span => span.from < turn.fromMinute + turn.minutes && span.until > turn.fromMinute)
const staysAll = (one: Present, turn: Turn) =>
  one.spans.some(span => span.from <= turn.fromMinute && span.until >= turn.fromMinute + turn.minutes)

/** `kept` were set by hand and stay; who stands there is not asked twice. Adds what it makes to `times`. */
export function madeFor(
  turns: readonly Turn[],
  present: readonly Present[],
  times: Times,
  kept: ReadonlyMap<string, readonly string[]>,
): Made[] {
  const people = present.toSorted((a, b) => (a.officerId < b.officerId ? -1 : 1))
  const made: Made[] = []
  const put = (turn: Turn, officerIds: string[], short: number) => {
    for (const officerId of officerIds) times.add(officerId, timesKey(turn))
    made.push({ turnId: turn.turnId, officerIds, short })
  }
  for (const meal of mealsOf(turns)) {
    const placed = new Set(meal.flatMap(turn => kept.get(turn.turnId) ?? []))
    const free = meal.filter(turn => !kept.has(turn.turnId))
    let waiting = people.filter(one => !placed.has(one.officerId) && free.some(turn => isThere(one, turn)))
    free.forEach((turn, at) => {
      const able = waiting.filter(one => isThere(one, turn))
      const share = turn.heads ?? Math.ceil(waiting.length / (free.length - at))
      // Whoever is gone before the later sittings goes now, whatever his turn.
      const last = (one: Present) => !free.slice(at + 1).some(other => isThere(one, other))
      const chosen = able
        .toSorted(
          (a, b) =>
            Number(last(b)) - Number(last(a)) ||
            times.of(a.officerId, turn.turnId) - times.of(b.officerId, turn.turnId),
        )
        .slice(0, at === free.length - 1 && turn.heads === null ? undefined : share)
        .map(one => one.officerId)
      put(turn, chosen, 0)
      waiting = waiting.filter(one => !chosen.includes(one.officerId))
    })
  }
  for (const turn of turns) {
    if (turn.kind !== 'disinfection' || kept.has(turn.turnId)) continue
    const heads = turn.heads ?? 1
    const chosen = people
      .filter(one => staysAll(one, turn))
      .toSorted((a, b) => times.of(a.officerId, timesKey(turn)) - times.of(b.officerId, timesKey(turn)))
      .slice(0, heads)
      .map(one => one.officerId)
    put(turn, chosen, heads - chosen.length)
  }
  return made
}
