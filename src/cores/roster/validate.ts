import type { ClosedLoopBlock, Officer, OpenDemand, Roster, RosterProblem, RosterRules } from './model.ts'
import { bandsOfCell, DEFAULT_RULES, LONG_DUTY_MINUTES, MINUTES_PER_DAY, postOfCell } from './model.ts'
import type { RuleId } from './rules.ts'
import { asked } from './validate-asked.ts'

/**
 * A broken hard rule. `officer` is the index, `day` the duty day on which it shows. `fixed` is true when every
 * duty involved is locked or past, so that no roster could avoid it.
 */
export type Breach = {
  rule: RuleId
  officer: number
  officerId: string
  day: number
  detail: string
  fixed: boolean
}

export type Validation = { breaches: Breach[]; open: OpenDemand[] }

/** One duty as the clock sees it. */
export type Duty = {
  day: number
  from: number
  until: number
  minutes: number
  night: boolean
  post: number
  fixed: boolean
}

/**
 * Judges a roster from cells and clock times, without anything of the engine but the model's types. Open demand
 * is listed apart: it is a shortage, not a breach.
 */
export function validate(problem: RosterProblem, roster: Roster): Validation {
  const checker = new Checker(problem)
  const breaches: Breach[] = []
  problem.officers.forEach((_, o) => {
    const row = roster.cells.subarray(o * problem.days, (o + 1) * problem.days)
    breaches.push(...checker.row(o, row))
  })
  breaches.push(...teamSizes(problem, roster))
  return { breaches, open: openDemand(problem, roster) }
}

/** The breaches of one officer's row, team sizes of his closed loops included. Meant for every edit by hand. */
export function checkOfficer(problem: RosterProblem, roster: Roster, officer: number): Breach[] {
  const row = roster.cells.subarray(officer * problem.days, (officer + 1) * problem.days)
  const teams = teamSizes(problem, roster).filter(b => b.officer === officer)
  return [...new Checker(problem).row(officer, row), ...teams]
}

/** Judges single rows; made once for a problem, then asked for many rows. */
export class Checker {
  private readonly problem: RosterProblem
  private readonly rules: RosterRules
  private readonly patterns: Map<string, RosterProblem['patterns'][number]>
  private readonly blocks: (ClosedLoopBlock & { at: number })[]
  private readonly loops: Set<number>
  private found: Breach[] = []

  constructor(problem: RosterProblem) {
    this.problem = problem
    this.rules = { ...DEFAULT_RULES, ...problem.rules }
    this.patterns = new Map(problem.patterns.map(p => [p.id, p]))
    const at = new Map(problem.posts.map((p, i) => [p.id, i]))
    this.blocks = (problem.blocks ?? []).map(b => ({ ...b, at: at.get(b.post) ?? -1 }))
    this.loops = new Set(this.blocks.map(b => b.at))
  }

  /** Breaches of officer `o` if his row were `row` (one cell per day). */
  row(o: number, row: Int32Array): Breach[] {
    this.found = []
    const officer = this.problem.officers[o]!
    const duties: Duty[] = []
    for (let day = 0; day < this.problem.days; day++) {
      const fixed = isFixed(this.problem, this.patterns, o, day, row[day]!)
      if (fixed === 'changed') this.report('RST13', o, day, 'locked', false)
      if (row[day] === 0) continue
      const duty = this.read(o, day, row[day]!, fixed === 'same')
      if (duty !== undefined) duties.push(duty)
    }
    for (const duty of duties) this.checkDuty(o, officer, duty)
    this.checkRest(o, officer, duties)
    this.checkMinutes(o, officer, duties)
    this.checkRuns(o, officer, duties)
    this.checkClosedLoop(o, officer, duties)
    this.found.push(...asked(this.problem, o, duties))
    return this.found
  }

  private report(rule: RuleId, officer: number, day: number, detail: string, fixed: boolean): void {
    const officerId = this.problem.officers[officer]!.id
    this.found.push({ rule, officer, officerId, day, detail, fixed })
  }

  private read(o: number, day: number, cell: number, fixed: boolean): Duty | undefined {
    const at = postOfCell(cell)
    const post = this.problem.posts[at]
    const pattern = post && this.patterns.get(post.pattern)
    const mask = bandsOfCell(cell)
    const bands = pattern?.bands.filter((_, i) => (mask >> i) & 1) ?? []
    if (
      post === undefined ||
      pattern === undefined ||
      bands.length === 0 ||
      mask >> pattern.bands.length !== 0
    ) {
      this.report('RST1', o, day, `cell ${cell} names no duty`, fixed)
      return undefined
    }
    bands.sort((a, b) => a.start - b.start)
    let fits =
      bands.length === 1 ? pattern.singles !== false : bands.length === 2 && pattern.pairing !== 'none'
    if (bands.length === 2) {
      const gap = bands[1]!.start - bands[0]!.end
      if (gap < 0 || (gap > 0 && pattern.pairing === 'adjoining')) fits = false
    }
    if (!fits) this.report('RST1', o, day, `bands ${bands.map(b => b.id).join('+')} of ${post.id}`, fixed)
    const minutes = bands.reduce((sum, b) => sum + (b.end - b.start), 0)
    const long = post.kind === 'standby' || post.kind === 'dutyLeader'
    const most = long ? LONG_DUTY_MINUTES : this.rules.maxDutyMinutes
    if (minutes > most) this.report('RST2', o, day, `${minutes} > ${most} minutes`, fixed)
    const from = day * MINUTES_PER_DAY + bands[0]!.start
    const until = day * MINUTES_PER_DAY + Math.max(...bands.map(b => b.end))
    return { day, from, until, minutes, night: bands.some(b => b.night), post: at, fixed }
  }

  private checkDuty(o: number, officer: Officer, duty: Duty): void {
    const post = this.problem.posts[duty.post]!
    for (const skill of post.requires ?? []) {
      if (!hasSkill(officer, skill, duty.day)) this.report('RST4', o, duty.day, skill, duty.fixed)
    }
    for (const span of officer.unavailable ?? []) {
      if (span.from < duty.until && span.until > duty.from) {
        this.report('RST5', o, duty.day, `${span.from}–${span.until}`, duty.fixed)
      }
    }
    if (officer.noNight === true && duty.night) this.report('RST6', o, duty.day, post.id, duty.fixed)
    if (officer.posts !== undefined && !officer.posts.includes(post.id)) {
      this.report('RST14', o, duty.day, post.id, duty.fixed)
    }
  }

  private checkRest(o: number, officer: Officer, duties: Duty[]): void {
    const { rules } = this
    const history = officer.history
    let due = -Infinity
    let before = true
    if (history?.lastEnd !== undefined) due = history.lastEnd + (history.restAfter ?? rules.minRestMinutes)
    for (const duty of duties) {
      if (duty.from < due) {
        this.report('RST3', o, duty.day, `${due - duty.from} minutes short`, duty.fixed && before)
      }
      let rest = rules.minRestMinutes
      if (duty.night) rest = Math.max(rest, rules.minRestAfterNightMinutes)
      if (duty.minutes > 720) rest = Math.max(rest, rules.minRestAfterLongMinutes)
      // A long duty may reach over a day without any; the latest end counts, not the last duty.
      if (duty.until + rest > due) {
        due = duty.until + rest
        before = duty.fixed
      }
    }
  }

  private checkMinutes(o: number, officer: Officer, duties: Duty[]): void {
    const most = officer.maxMinutes ?? this.rules.maxMinutes
    const total = duties.reduce((sum, d) => sum + d.minutes, 0)
    if (total > most) {
      const last = duties.at(-1)!
      this.report(
        'RST7',
        o,
        last.day,
        `${total} > ${most}`,
        duties.every(d => d.fixed),
      )
    }
    const week = officer.maxMinutesIn7Days ?? this.rules.maxMinutesIn7Days
    const past = officer.history?.minutesByDay ?? []
    const worked = new Map(duties.map(d => [d.day, d]))
    for (const duty of duties) {
      let sum = 0
      let fixed = true
      for (let day = duty.day - 6; day <= duty.day; day++) {
        if (day < 0) sum += past[past.length + day] ?? 0
        const other = worked.get(day)
        sum += other?.minutes ?? 0
        if (other?.fixed === false) fixed = false
      }
      if (sum > week) this.report('RST8', o, duty.day, `${sum} > ${week}`, fixed)
    }
  }

  private checkRuns(o: number, officer: Officer, duties: Duty[]): void {
    const { rules, problem } = this
    const past = officer.history?.minutesByDay ?? []
    let known = 0
    while (known < past.length && past[past.length - 1 - known]! > 0) known++
    const before = Math.max(known, officer.history?.workRun ?? 0)
    const worked = new Map(duties.map(d => [d.day, d]))
    const works = (day: number) =>
      day >= 0 ? worked.has(day) : -day <= before || (past[past.length + day] ?? 0) > 0
    let run = before
    let nights = officer.history?.nightRun ?? 0
    let fixed = true
    let fixedNights = true
    const mostRun = officer.maxWorkDaysInRow ?? rules.maxWorkDaysInRow
    const mostNights = officer.maxNightsInRow ?? rules.maxNightsInRow
    for (let day = 0; day < problem.days; day++) {
      const duty = worked.get(day)
      run = duty === undefined ? 0 : run + 1
      nights = duty?.night === true ? nights + 1 : 0
      fixed = duty === undefined || (fixed && duty.fixed)
      fixedNights = duty?.night !== true || (fixedNights && duty.fixed)
      if (duty === undefined) continue
      if (run > mostRun) this.report('RST10', o, day, `${run} > ${mostRun}`, fixed)
      if (nights > mostNights) this.report('RST9', o, day, `${nights} > ${mostNights}`, fixedNights)
      let off = 0
      let locked = true
      for (let d = day - 6; d <= day; d++) {
        if (!works(d)) off++
        else if (worked.get(d)?.fixed === false) locked = false
      }
      if (off < rules.daysOffIn7) this.report('RST11', o, day, `${off} < ${rules.daysOffIn7}`, locked)
    }
  }

  private checkClosedLoop(o: number, officer: Officer, duties: Duty[]): void {
    for (const duty of duties) {
      if (!this.loops.has(duty.post)) continue
      const inside = this.blocks.some(
        b => b.at === duty.post && b.firstDay <= duty.day && duty.day <= b.lastDay,
      )
      if (!inside) this.report('RST12', o, duty.day, 'outside the block', duty.fixed)
    }
    for (const block of this.blocks) {
      const mine = duties.filter(
        d => d.post === block.at && d.day >= block.firstDay && d.day <= block.lastDay,
      )
      const since = officer.history?.block === block.id ? 0 : mine[0]?.day
      if (since === undefined) continue
      const until = block.lastDay + block.restDays
      for (const duty of duties) {
        if (duty.day < since || duty.day > until || mine.includes(duty)) continue
        const detail = duty.day <= block.lastDay ? `elsewhere during ${block.id}` : `rest after ${block.id}`
        const bound = officer.history?.block === block.id || mine.some(d => d.fixed && d.day <= duty.day)
        this.report('RST12', o, duty.day, detail, duty.fixed && bound)
      }
    }
  }
}

function hasSkill(officer: Officer, skill: string, day: number): boolean {
  return officer.skills.includes(skill) && day <= (officer.skillEnds?.[skill] ?? Infinity)
}

/** Whether the cell may be changed: `free`, or locked and the `same`, or locked and `changed`. */
function isFixed(
  problem: RosterProblem,
  patterns: Map<string, RosterProblem['patterns'][number]>,
  o: number,
  day: number,
  cell: number,
): 'free' | 'same' | 'changed' {
  const published = problem.previous?.cells[o * problem.days + day]
  if (published !== undefined && problem.frozenUntil !== undefined) {
    const begun = (c: number) => {
      if (c === 0) return false
      const bands = patterns.get(problem.posts[postOfCell(c)]?.pattern ?? '')?.bands ?? []
      const starts = bands.filter((_, i) => (bandsOfCell(c) >> i) & 1).map(b => b.start)
      return day * MINUTES_PER_DAY + Math.min(...starts) < problem.frozenUntil!
    }
    const isOver = (day + 1) * MINUTES_PER_DAY <= problem.frozenUntil
    if (isOver || begun(published) || begun(cell)) return cell === published ? 'same' : 'changed'
  }
  const lock = problem.officers[o]!.fixed?.find(f => f.day === day)
  if (lock === undefined) return 'free'
  return lock.cell === cell ? 'same' : 'changed'
}

function teamSizes(problem: RosterProblem, roster: Roster): Breach[] {
  const breaches: Breach[] = []
  const patterns = new Map(problem.patterns.map(p => [p.id, p]))
  for (const block of problem.blocks ?? []) {
    if (block.membersMost === undefined) continue
    const post = problem.posts.findIndex(p => p.id === block.post)
    const members: { officer: number; day: number; fixed: boolean }[] = []
    let brought = 0
    problem.officers.forEach(({ history }, officer) => {
      if (history?.block === block.id) {
        brought++
        return
      }
      let first: number | undefined
      let fixed = false
      for (let day = Math.max(0, block.firstDay); day <= block.lastDay && day < problem.days; day++) {
        const cell = roster.cells[officer * problem.days + day]!
        if (postOfCell(cell) !== post) continue
        first ??= day
        if (isFixed(problem, patterns, officer, day, cell) === 'same') fixed = true
      }
      if (first !== undefined) members.push({ officer, day: first, fixed })
    })
    // Whoever is bound to the team by a locked or past duty has his place before those who are not.
    const ranked = [...members.filter(m => m.fixed), ...members.filter(m => !m.fixed)]
    for (const { officer, day, fixed } of ranked.slice(Math.max(0, block.membersMost - brought))) {
      const detail = `${brought + members.length} > ${block.membersMost} in ${block.id}`
      const officerId = problem.officers[officer]!.id
      breaches.push({ rule: 'RST12', officer, officerId, day, detail, fixed })
    }
  }
  return breaches
}

/** Demand that the roster leaves unmet; `skill` null is a missing person of any kind. */
export function openDemand(problem: RosterProblem, roster: Roster): OpenDemand[] {
  const there = new Map<string, number[]>()
  const patterns = new Map(problem.patterns.map(p => [p.id, p]))
  roster.cells.forEach((cell, at) => {
    if (cell === 0) return
    const post = problem.posts[postOfCell(cell)]
    patterns.get(post?.pattern ?? '')?.bands.forEach((band, i) => {
      if (((bandsOfCell(cell) >> i) & 1) === 0) return
      const key = `${post!.id}\n${band.id}\n${at % problem.days}`
      const list = there.get(key)
      if (list === undefined) there.set(key, [Math.floor(at / problem.days)])
      else list.push(Math.floor(at / problem.days))
    })
  })
  const open: OpenDemand[] = []
  for (const { post, band, day, need, minima } of problem.demands) {
    const crew = there.get(`${post}\n${band}\n${day}`) ?? []
    if (crew.length < need) open.push({ post, band, day, skill: null, missing: need - crew.length })
    for (const m of minima ?? []) {
      const able = crew.filter(o => hasSkill(problem.officers[o]!, m.skill, day)).length
      if (able < m.need) open.push({ post, band, day, skill: m.skill, missing: m.need - able })
    }
  }
  return open
}
