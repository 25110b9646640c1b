import type { Duties } from './compile-duties.ts'
import { MINUTES_PER_DAY } from './model.ts'

/** What one officer's row may do from one day to the next: the limits that look at days in a row and at rest. */
export type RowLimits = {
  maxRun: number
  minRun: number
  minOff: number
  maxNights: number
}

/** Where a row stands before the first day. */
export type RowStart = { run: number; nights: number; free: number }

type Clocks = Pick<Duties, 'classes' | 'classStart' | 'classEnd' | 'classRest' | 'classNight' | 'classBars'>

/**
 * `off` days off in a row up to what is asked; `run` duty days and `nights` in a row up to one more than allowed;
 * `wait` first minute of the coming day at which a duty may begin; `after` the class of yesterday if it bars others;
 * `edge` 1 before the first day, `begun` 1 while a run that began at the edge is shorter than a run must be.
 */
type Stand = {
  off: number
  run: number
  nights: number
  wait: number
  after: number
  edge: number
  begun: number
}

/**
 * The rules on days in a row, nights in a row, rest and succession as a machine of states: one number says all that
 * they need to know of the past. Runs and stretches off that touch an end of the horizon may be shorter than asked,
 * because nobody knows how they go on.
 *
 * `next[state·width + arc]` is the state after a day off (arc 0) or a duty of class arc − 1; it exists for what is
 * forbidden too, because a locked cell may have to be walked over. `over` says by how much that breaks a rule, 0 when
 * it breaks none.
 */
export class RowRules {
  readonly width: number
  next = new Int32Array(0)
  over = new Float64Array(0)
  /** duty days in a row, by state */
  run = new Int32Array(0)
  size = 0
  private readonly limits: RowLimits
  private readonly clocks: Clocks
  private readonly countsNights: boolean
  private readonly starts: number[]
  /** of classes that bar the same ones the first; −1 for what bars none */
  private readonly barring: number[]
  private readonly known = new Map<string, number>()
  private readonly stands: Stand[] = []
  private explored = 0

  constructor(limits: RowLimits, clocks: Clocks) {
    this.limits = limits
    // No more nights than duty days come in a row: a limit that the runs keep anyway needs no count of its own.
    this.countsNights = limits.maxNights < limits.maxRun
    this.clocks = clocks
    this.width = clocks.classes + 1
    const bars = clocks.classBars.map(list => list.join())
    this.barring = bars.map(list => (list === '' ? -1 : bars.indexOf(list)))
    this.starts = [...new Set(clocks.classStart)].sort((a, b) => a - b)
  }

  /** State before day 0. */
  begin({ run, nights, free }: RowStart): number {
    const at = this.stateOf({
      off: run > 0 ? 0 : Math.max(1, this.limits.minOff),
      run: Math.min(run, this.limits.maxRun + 1),
      nights: this.countsNights ? Math.min(nights, this.limits.maxNights + 1) : 0,
      wait: this.rounded(free),
      after: -1,
      edge: 1,
      begun: 1,
    })
    this.explore()
    return at
  }

  private explore(): void {
    for (; this.explored < this.stands.length; this.explored++) {
      const from = this.stands[this.explored]!
      const row = this.explored * this.width
      this.grow(row + this.width)
      this.run[this.explored] = from.run
      this.note(row, this.rest(from))
      for (let k = 0; k < this.clocks.classes; k++) this.note(row + k + 1, this.work(from, k))
    }
    this.size = this.stands.length
  }

  private note(at: number, [to, over]: [Stand, number]): void {
    this.next[at] = this.stateOf(to)
    this.over[at] = over
  }

  private grow(least: number): void {
    if (this.next.length >= least) return
    const size = Math.max(least * 2, 64 * this.width)
    const [next, over, run] = [this.next, this.over, this.run]
    this.next = new Int32Array(size)
    this.over = new Float64Array(size)
    this.run = new Int32Array(size / this.width + 1)
    this.next.set(next)
    this.over.set(over)
    this.run.set(run)
  }

  private stateOf(stand: Stand): number {
    const key = Object.values(stand).join()
    const at = this.known.get(key) ?? this.stands.push(stand) - 1
    this.known.set(key, at)
    return at
  }

  /** Up to the next minute at which any duty begins; what lies between is all the same. */
  private rounded(wait: number): number {
    if (wait <= (this.starts[0] ?? 0)) return 0
    const days = Math.floor(wait / MINUTES_PER_DAY)
    const start = this.starts.find(minute => minute >= wait - days * MINUTES_PER_DAY)
    return start === undefined ? (days + 1) * MINUTES_PER_DAY : days * MINUTES_PER_DAY + start
  }

  private rest(s: Stand): [Stand, number] {
    const { minRun, minOff } = this.limits
    const full = Math.max(1, minOff)
    const off = s.run > 0 ? 1 : Math.min(s.off + 1, full)
    const to = {
      off,
      run: 0,
      nights: 0,
      wait: this.rounded(s.wait - MINUTES_PER_DAY),
      after: -1,
      edge: 0,
      begun: 0,
    }
    return [to, s.run > 0 && s.begun === 0 ? Math.max(0, minRun - s.run) : 0]
  }

  private work(s: Stand, k: number): [Stand, number] {
    const { maxRun, minRun, minOff, maxNights } = this.limits
    const { classStart, classEnd, classRest, classNight, classBars } = this.clocks
    const night = this.countsNights && classNight[k] === 1
    const run = s.run + 1
    const nights = night ? s.nights + 1 : 0
    // By how much, not only whether: beside a locked cell that breaks a rule anyway, more would else be free.
    let over = Math.max(0, s.wait - classStart[k]!) / 60
    over += Math.max(0, run - maxRun) + Math.max(0, nights - maxNights)
    if (s.run === 0) over += Math.max(0, minOff - s.off)
    if (s.after >= 0 && classBars[s.after]!.includes(k)) over++
    const fresh = s.run === 0 && s.edge === 0
    const to = {
      off: 0,
      run: Math.min(run, maxRun + 1),
      nights: Math.min(nights, maxNights + 1),
      wait: this.rounded(Math.max(s.wait, classEnd[k]! + classRest[k]!) - MINUTES_PER_DAY),
      after: this.barring[k]!,
      edge: 0,
      begun: !fresh && s.begun === 1 && run < minRun ? 1 : 0,
    }
    return [to, over]
  }
}
