import type { Compiled } from './compile.ts'

/**
 * Soft cost of one officer's row as the objective counts it: changes, wishes, nearness, post changes,
 * closed-loop entries and the convex fairness ledger. The dynamic program uses the same terms arc by arc.
 */
export function officerCost(c: Compiled, o: number, cells: Int32Array): number {
  const w = c.weights
  const l = c.limits[o]!
  let cost = 0
  let nights = l.ledgerNights
  let weekends = l.ledgerWeekends
  let heavy = l.ledgerHeavy
  let minutes = l.ledgerMinutes
  let lastPost = -1
  let block = l.block
  for (let d = 0; d < c.days; d++) {
    const at = o * c.days + d
    const cell = cells[at]!
    cost += cellCost(c, o, d, cell)
    if (cell <= 0) continue
    const p = (cell >> 8) - 1
    const k = c.maskClass[p * 256 + (cell & 255)]!
    if (lastPost >= 0 && lastPost !== p) cost += w.otherPost
    lastPost = p
    const b = c.blockAt[p * c.days + d]!
    if (b !== 0 && b !== block) cost += entryCost(c, b - 1, d)
    block = b
    if (k < 0) continue
    nights += c.classNight[k]!
    weekends += c.weekend[d]!
    heavy += c.heavy[p]!
    minutes += c.classMinutes[k]!
  }
  return cost + fairness(c, nights, weekends, heavy, minutes)
}

/** Cost of joining a closed-loop block on day d; joining late mixes teams and costs more each day. */
export function entryCost(c: Compiled, block: number, d: number): number {
  return c.weights.blockEntry + c.weights.blockLateDay * Math.max(0, d - Math.max(0, c.blockFirst[block]!))
}

/** Convex, so that the next night goes to whoever has fewest; minutes in 8 h duties. */
export function fairness(
  c: Compiled,
  nights: number,
  weekends: number,
  heavy: number,
  minutes: number,
): number {
  const w = c.weights
  const duties = minutes / 480
  return (
    w.nights * nights * nights +
    w.weekends * weekends * weekends +
    w.heavy * heavy * heavy +
    0.5 * w.minutes * duties * duties
  )
}

/** The part of the cost that hangs on one cell alone. */
export function cellCost(c: Compiled, o: number, d: number, cell: number): number {
  const at = o * c.days + d
  if (cell <= 0) return c.wishOff[at]! + (c.previous[at]! > 0 ? c.weights.change : 0)
  const k = c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
  const hours = k >= 0 && c.classNight[k] === 1 ? c.wishNight[at]! : c.wishDay[at]!
  return hours + placeCost(c, o, d, cell, k)
}

/** What of it tells duties of the same hours (class `k`) from each other. */
export function placeCost(c: Compiled, o: number, d: number, cell: number, k: number): number {
  const at = o * c.days + d
  const p = (cell >> 8) - 1
  let cost = c.postCost[o * c.posts + p]! + changeCost(c, c.previous[at]!, cell, k)
  for (let i = c.wishPostAt[at]!; i < c.wishPostAt[at + 1]!; i++) {
    if (c.wishPost[i] === p) cost += c.wishPostCost[i]!
  }
  return cost
}

/** Moving to another post at the same times disturbs less than another time or a lost day off. */
export function changeCost(c: Compiled, before: number, cell: number, k: number): number {
  if (before === -1 || before === cell) return 0
  if (before > 0 && c.maskClass[((before >> 8) - 1) * 256 + (before & 255)] === k) return c.weights.changePost
  return c.weights.change
}
