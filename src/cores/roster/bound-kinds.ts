import type { Compiled } from './compile.ts'
import type { OfficerLimits } from './compile-limits.ts'
import { UNLIMITED } from './model.ts'
import type { RowRules } from './row-rules.ts'

/** Arcs of one graph, by the same rule, and of the graphs of all officers together, 6 bytes each. */
const ARCS_MOST = 1_500_000
const ARCS_LEAST = 100_000
export const ALL_ARCS_MOST = 60_000_000

/**
 * What the rows of an officer hang on, so that officers of whom all of it is the same share one graph. `forced[d]` is
 * the class of a locked duty plus 1, 0 for a locked day off, −1 where the day is free.
 */
export type RowKind = {
  rules: RowRules
  start: number
  /** closed loop (index + 1) in which the row begins, 0 none */
  layer: number
  forced: Int16Array
  /** closed loop (index + 1) of a locked duty */
  forcedBlock: Int16Array
  /** free minutes in the problem's unit: least and most, the most UNLIMITED when it cannot bind */
  unitsLow: number
  unitsLeft: number
  weekendsLeft: number
  /** 1 for a weekend that a locked duty has taken already */
  paid: Uint8Array
  /** counted posts, and how many duties there may still come */
  counted: number[]
  left: number[]
}

/**
 * What an officer may choose on a day, as numbers: 0 a day off, `1 + class` a duty outside closed loops, then for each
 * class of each closed loop staying in it and coming into it.
 */
export class Choices {
  readonly count: number
  readonly klass: number[] = []
  readonly block: number[] = []
  /** 1 where the choice is the first duty of a stay */
  readonly enters: number[] = []
  private readonly at = new Map<number, number>()
  private readonly classes: number

  constructor(c: Compiled) {
    this.classes = c.classes
    const add = (k: number, block: number, enters: number) => {
      this.klass.push(k)
      this.block.push(block)
      this.enters.push(enters)
    }
    add(-1, 0, 0)
    for (let k = 0; k < c.classes; k++) add(k, 0, 0)
    for (let b = 1; b <= c.blockPost.length; b++) {
      const p = c.blockPost[b - 1]!
      const classes = new Set(c.maskClass.subarray(p * 256, p * 256 + 256))
      for (const k of classes) {
        if (k < 0) continue
        this.at.set(b * (this.classes + 1) + k, this.klass.length)
        add(k, b, 0)
        add(k, b, 1)
      }
    }
    this.count = this.klass.length
  }

  /** The duty's number, or that of staying in its loop: coming into it is the next. −1 if there is none. */
  of(k: number, block: number): number {
    return block === 0 ? k + 1 : (this.at.get(block * (this.classes + 1) + k) ?? -1)
  }
}

/** Per problem: what a graph needs beside the kind of row. */
export type GraphFrame = {
  c: Compiled
  choices: Choices
  /** minutes of the problem's unit */
  unit: number
  /** units that one day can bring at most */
  unitsADay: number
  /** 1 if anybody could choose it on that day at all: day·choices + choice */
  open: Uint8Array
  /** post whose duties the class belongs to where they are counted, −1 elsewhere */
  countedPost: Int32Array
  /** arcs that one graph may have; more officers, fewer, for graphs that cannot be kept are built again each round */
  arcsMost: number
}

export function frameOf(c: Compiled): GraphFrame {
  const choices = new Choices(c)
  const unit = Math.max(1, c.classMinutes.reduce(divisor, 0))
  const unitsADay = Math.max(0, ...c.classMinutes) / unit
  const open = new Uint8Array(c.days * choices.count)
  const countedPost = new Int32Array(c.classes).fill(-1)
  const counted = new Set<number>()
  for (const { mostOf } of c.limits) mostOf?.forEach((most, p) => most < UNLIMITED && counted.add(p))
  for (let p = 0; p < c.posts; p++) {
    for (let mask = 1; mask < 256; mask++) {
      const k = c.maskClass[p * 256 + mask]!
      if (k < 0) continue
      if (counted.has(p)) countedPost[k] = p
      for (let d = 0; d < c.days; d++) {
        const block = c.blockAt[p * c.days + d]!
        if (c.closedLoop[p] === 1 && block === 0) continue
        const choice = choices.of(k, block)
        open[d * choices.count + choice] = 1
        if (block !== 0) open[d * choices.count + choice + 1] = 1
      }
    }
  }
  const fair = Math.floor(ALL_ARCS_MOST / Math.max(1, c.officers))
  const arcsMost = Math.max(ARCS_LEAST, Math.min(ARCS_MOST, fair))
  return { c, choices, unit, unitsADay, open, countedPost, arcsMost }
}

/** Which of the rules that count a graph has. What no cheapest row has broken yet need not be counted. */
export type Counts = { minutes: boolean; weekends: boolean; posts: number[] }

/** The kind of row of an officer, with these rules counted. */
export function kindOf(frame: GraphFrame, o: number, counts: Counts): RowKind {
  const { c } = frame
  const counted = counts.posts
  const limits: OfficerLimits = c.limits[o]!
  const forced = new Int16Array(c.days).fill(-1)
  const forcedBlock = new Int16Array(c.days)
  const paid = new Uint8Array(c.weekends)
  const taken = new Int32Array(c.posts)
  let minutes = 0
  let free = 0
  let weekendsLeft = limits.maxWeekends
  for (let d = 0; d < c.days; d++) {
    const cell = c.fixed[o * c.days + d]!
    if (cell < 0) free++
    if (cell < 0) continue
    const p = (cell >> 8) - 1
    const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
    forced[d] = k + 1
    if (k < 0) continue
    forcedBlock[d] = c.blockAt[p * c.days + d]!
    minutes += c.classMinutes[k]!
    taken[p]!++
    const weekend = c.weekendOf[d]!
    if (weekend < 0 || paid[weekend] === 1) continue
    paid[weekend] = 1
    weekendsLeft--
  }
  const most = minutes + free * frame.unitsADay * frame.unit
  const countsMinutes = counts.minutes && (limits.maxMinutes < most || limits.minMinutes > minutes)
  const left = counted.map(p => Math.max(0, (limits.mostOf?.[p] ?? UNLIMITED) - taken[p]!))
  return {
    rules: limits.rules,
    start: limits.start,
    layer: limits.block,
    forced,
    forcedBlock,
    unitsLow: countsMinutes ? Math.max(0, Math.ceil((limits.minMinutes - minutes) / frame.unit)) : 0,
    unitsLeft: countsMinutes
      ? Math.max(0, Math.floor((limits.maxMinutes - minutes) / frame.unit))
      : UNLIMITED,
    weekendsLeft: !counts.weekends || weekendsLeft >= c.weekends ? UNLIMITED : Math.max(0, weekendsLeft),
    paid,
    counted,
    left,
  }
}

export function keyOf(kind: RowKind, machine: number): string {
  const { start, layer, forced, forcedBlock, unitsLow, unitsLeft, weekendsLeft, paid, counted, left } = kind
  const free = forced.every(k => k < 0)
  const lists = [free ? [] : forced, free ? [] : forcedBlock, weekendsLeft === UNLIMITED ? [] : paid]
  return [machine, start, layer, unitsLow, unitsLeft, weekendsLeft, counted, left, ...lists].join('|')
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
