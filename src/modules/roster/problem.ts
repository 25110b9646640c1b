// From the books to the solver's problem: officers, posts cut by patterns, demand, history and what is fixed.
import {
  bandsOfCell,
  cellOf,
  type Demand,
  type Post,
  postOfCell,
  type RosterProblem,
  type ShiftPattern,
} from '../../cores/roster/index.ts'
import { addDays } from '../../kernel/time.ts'
import { blocksOf, loopHistory } from './closed-loop.ts'
import { historyDays, publishedAt, publishedDays, type RosterInputs, tailDays } from './inputs.ts'
import type { Preference } from './contracts-preference.ts'
import { bandsOfMask, type Duty, maskOf, PlanCells } from './matrix.ts'
import { Nearness } from './nearness.ts'
import { aroundOf, closedLoopSkill, membersOf, officerFor } from './problem-officers.ts'
import { weightsOf } from './preference.ts'
import { isNight, solverRules } from './rest.ts'

const day1440 = 1440

export interface Slot {
  postId: string
  patternId: string
}

/** The solver's problem with the way back to ids. */
export interface BuiltProblem {
  inputs: RosterInputs
  problem: RosterProblem
  /** Days of the problem: the span and, behind it, published days that are fixed. */
  horizon: number
  slots: Slot[]
  slotAt: ReadonlyMap<string, number>
  officerAt: ReadonlyMap<string, number>
  nearness: Nearness
  bandsOf: ReadonlyMap<string, readonly string[]>
  /** Minutes from the span's first instant to now; duties that begin before have begun. */
  nowMinute: number
  /** Minutes after the hand-over hour at which duties begin, as far as somebody has asked. */
  starts: Map<Duty, number>
}

export const slotKey = (postId: string, patternId: string): string => `${postId} ${patternId}`

export interface BuildOptions {
  /** Cells of a draft: posts that stand in it are part of the problem even without demand. */
  cells?: PlanCells
  /** Cells that must stay as they are. */
  fixed?: { officerId: string; day: number; duty: Duty | null }[]
  /** Hours from now for which the published roster stands. */
  keepHours?: number
  /** What it leans to; else as it is set for the operation. */
  preference?: Preference | null
}

export function buildProblem(inputs: RosterInputs, options: BuildOptions = {}): BuiltProblem {
  const bandsOf = new Map([...inputs.patterns].map(([id, { bands }]) => [id, bands.map(band => band.key)]))
  const nowMinute = Math.ceil((Date.parse(inputs.now) - inputs.beginsMs) / 60_000)
  const horizon = inputs.days + tailOf(inputs)
  const slots = slotsOf(inputs, horizon, options.cells)
  const slotAt = new Map(slots.map((slot, at) => [slotKey(slot.postId, slot.patternId), at]))
  const built: BuiltProblem = {
    inputs,
    problem: { days: horizon, patterns: [], posts: [], demands: [], officers: [] },
    horizon,
    slots,
    slotAt,
    officerAt: new Map(inputs.officers.map((officer, at) => [officer.officerId, at])),
    nearness: new Nearness(inputs),
    bandsOf,
    nowMinute,
    starts: new Map(),
  }
  const { problem } = built
  problem.patterns = patternsFor(built)
  problem.posts = slots.map(slot => postFor(inputs, slot))
  problem.demands = demandsFor(built)
  problem.skills = [
    ...new Set([
      ...problem.demands.flatMap(line => (line.minima ?? []).map(one => one.skill)),
      closedLoopSkill,
    ]),
  ]
  problem.blocks = blocksOf(inputs, slots, horizon)
  problem.weekendDays = range(horizon).filter(day => inputs.isWeekend(addDays(inputs.fromDay, day)))
  problem.rules = solverRules(inputs.rules)
  problem.weights = weightsOf(options.preference ?? inputs.preference)
  const loops = loopHistory(inputs, slots, problem.blocks)
  const members = membersOf(inputs)
  const around = aroundOf(built, postCostsOf(built))
  problem.officers = inputs.officers.map(officer => officerFor(around, officer, members, loops))
  addFixed(built, options)
  return built
}

/** By unit: what posts cost its people for being far. People of one unit share one table. */
function postCostsOf({ nearness, problem, slots }: BuiltProblem): (unitId: string) => Record<string, number> {
  const otherUnit = problem.weights?.otherUnit ?? 0
  const postIds = slots.map(slot => slot.postId)
  const known = new Map<string, Record<string, number>>()
  return unitId => {
    let costs = known.get(unitId)
    if (!costs) {
      const all = nearness.costs(unitId, postIds, otherUnit)
      costs = Object.fromEntries(problem.posts.map((post, at) => [post.id, all[at] ?? 0]))
      known.set(unitId, costs)
    }
    return costs
  }
}

const range = (length: number) => Array.from({ length }, (_, at) => at)

/** Days behind the span that have published duties, so that rest and runs across its end are judged. */
function tailOf(inputs: RosterInputs): number {
  let last = -1
  const first = historyDays + inputs.days
  for (const officerId of inputs.published.officers()) {
    for (let day = tailDays - 1; day > last; day -= 1) {
      if (inputs.published.get(officerId, first + day)) last = day
    }
  }
  return last + 1
}

function slotsOf(inputs: RosterInputs, horizon: number, cells: PlanCells | undefined): Slot[] {
  const keys = new Set<string>()
  // Fifteen thousand cells hold a few hundred duties, one object each.
  const known = new Set<Duty>()
  const add = (postId: string, patternId: string) => {
    if (inputs.posts.has(postId) && inputs.patterns.has(patternId)) keys.add(slotKey(postId, patternId))
  }
  const addDuty = (duty: Duty | null | undefined) => {
    if (!duty || known.has(duty)) return
    known.add(duty)
    add(duty.postId, duty.patternId)
  }
  let [post, pattern] = ['', '']
  for (const { postId, patternId } of inputs.demand) {
    // Ten thousand lines come by place.
    if (postId === post && patternId === pattern) continue
    add(postId, patternId)
    post = postId
    pattern = patternId
  }
  for (const row of inputs.published.rowsByOfficer().values()) {
    for (let day = historyDays; day < historyDays + horizon; day += 1) addDuty(row[day])
  }
  for (const row of cells?.rowsByOfficer().values() ?? []) for (const duty of row) addDuty(duty)
  return [...keys].sort().map(key => {
    const [postId = '', patternId = ''] = key.split(' ')
    return { postId, patternId }
  })
}

function patternsFor(built: BuiltProblem): ShiftPattern[] {
  const { inputs, slots } = built
  const used = [...new Set(slots.map(slot => slot.patternId))]
  return used.map(patternId => {
    const pattern = inputs.patterns.get(patternId)
    if (!pattern) throw new Error('invariant: a slot has a pattern that is known')
    return {
      id: patternId,
      bands: pattern.bands.map(band => ({
        id: band.key,
        start: band.from,
        end: band.from + band.minutes,
        night: isNight(inputs.agency.handOverMinute, band),
      })),
      pairing: pattern.adjoining ? 'adjoining' : 'any',
    }
  })
}

function postFor(inputs: RosterInputs, slot: Slot): Post {
  const post = inputs.posts.get(slot.postId)
  const pattern = inputs.patterns.get(slot.patternId)
  if (!post || !pattern) throw new Error('invariant: a slot is made of a post and a pattern that are known')
  const long = pattern.kind === 'standby24'
  const kind = post.kind === 'reserve' ? 'standby' : post.kind === 'commandPost' ? 'dutyLeader' : 'post'
  return {
    id: slotKey(slot.postId, slot.patternId),
    pattern: slot.patternId,
    kind: long ? kind : 'post',
    unit: post.unitId,
    heavy: inputs.worn.at(post.postId, heavyAt(inputs)) ? 1 : 0,
    ...(post.closedLoop && inputs.teams.some(team => team.members.length > 0)
      ? { requires: [closedLoopSkill] }
      : {}),
  }
}

/** What a post of the span is, as far as is known: now, or on its first day where that lies ahead. */
function heavyAt({ beginsMs, now }: RosterInputs): string {
  const begins = new Date(beginsMs).toISOString()
  return begins > now ? begins : now
}

/** Demand 1 is filled first: what is missing there costs twice. */
const priorities: Record<number, number> = { 1: 2, 2: 1, 3: 0.5 }

/** Lines come by place, crew before skills, so neighbours mostly share post, pattern and day. */
function demandsFor(built: BuiltProblem): Demand[] {
  const { inputs, slotAt } = built
  const days = new Map(range(inputs.days + tailDays).map(at => [addDays(inputs.fromDay, at), at]))
  const froms = new Map(
    [...inputs.patterns].map(([id, { bands }]) => [id, new Map(bands.map(band => [band.key, band.from]))]),
  )
  const lines = new Map<number, Demand>()
  const minima: { line: number; skill: string; need: number }[] = []
  let here = { postId: '', patternId: '', post: '', slot: slotAt.get('') }
  for (const entry of inputs.demand) {
    const { postId, patternId } = entry
    if (here.postId !== postId || here.patternId !== patternId) {
      const post = slotKey(postId, patternId)
      here = { postId, patternId, post, slot: slotAt.get(post) }
    }
    const { post, slot } = here
    const from = froms.get(entry.patternId)?.get(entry.band)
    if (slot === undefined || from === undefined) continue
    const day = days.get(entry.day) ?? -1
    // What has begun is covered or was not: nobody can be sent there any more.
    if (day * day1440 + from < built.nowMinute) continue
    // No two bands of a pattern begin together, so this names the place.
    const key = (slot * 100 + day) * day1440 + from
    if (entry.skill === null) {
      const priority = priorities[entry.priority] ?? 1
      lines.set(key, { post, band: entry.band, day, need: entry.heads, minima: [], priority })
    } else minima.push({ line: key, skill: entry.skill, need: entry.heads })
  }
  for (const { line, skill, need } of minima) lines.get(line)?.minima?.push({ skill, need })
  return [...lines.values()]
}

// ------------------------------------------------------------------------------------------------------- fixed

function addFixed(built: BuiltProblem, options: BuildOptions): void {
  const { inputs, problem } = built
  const published = toRoster(built, officerId => publishedDays(inputs, officerId))
  const anything = published.some(cell => cell !== 0)
  if (anything) {
    problem.previous = { cells: published }
    problem.frozenUntil = Math.max(0, built.nowMinute + (options.keepHours ?? 0) * 60)
  } else if (built.nowMinute > 0) {
    for (const officer of problem.officers) {
      officer.unavailable = [...(officer.unavailable ?? []), { from: -day1440, until: built.nowMinute }]
    }
  }
  problem.officers.forEach((officer, o) => {
    const tail = range(built.horizon - inputs.days).map(at => {
      const day = inputs.days + at
      return { day, cell: published[o * built.horizon + day] ?? 0 }
    })
    if (tail.length > 0) officer.fixed = tail
  })
  problem.officers = withFixed(built, options.fixed ?? []).problem.officers
}

/** The same with cells that must stay; what is given is kept for other questions and stays as it is. */
export function withFixed(built: BuiltProblem, fixed: NonNullable<BuildOptions['fixed']>): BuiltProblem {
  const officers = [...built.problem.officers]
  for (const { officerId, day, duty } of fixed) {
    const at = built.officerAt.get(officerId) ?? -1
    const officer = officers[at]
    if (!officer || hasBegun(built, day, publishedAt(built.inputs, officerId, day), duty)) continue
    officers[at] = { ...officer, fixed: [...(officer.fixed ?? []), { day, cell: cellFor(built, duty) }] }
  }
  return { ...built, problem: { ...built.problem, officers } }
}

export function cellFor(built: BuiltProblem, duty: Duty | null): number {
  if (!duty) return 0
  const slot = built.slotAt.get(slotKey(duty.postId, duty.patternId))
  if (slot === undefined) return 0
  const mask = maskOf(built.bandsOf.get(duty.patternId) ?? [], duty.bands)
  return mask === 0 ? 0 : cellOf(slot, mask)
}

export function dutyOf(built: BuiltProblem, cell: number): Duty | null {
  const slot = built.slots[postOfCell(cell)]
  if (!slot) return null
  return { ...slot, bands: bandsOfMask(built.bandsOf.get(slot.patternId) ?? [], bandsOfCell(cell)) }
}

/** Cells in the order of the problem, over its whole horizon. Each officer is looked up once. */
export function toRoster(
  built: BuiltProblem,
  dutiesOf: (officerId: string) => (day: number) => Duty | null,
): Int32Array {
  const { inputs, horizon } = built
  const cells = new Int32Array(inputs.officers.length * horizon)
  const known = new Map<Duty, number>()
  inputs.officers.forEach(({ officerId }, o) => {
    const dutyAt = dutiesOf(officerId)
    for (let day = 0; day < horizon; day += 1) {
      const duty = dutyAt(day)
      if (!duty) continue
      let cell = known.get(duty)
      if (cell === undefined) {
        cell = cellFor(built, duty)
        known.set(duty, cell)
      }
      cells[o * horizon + day] = cell
    }
  })
  return cells
}

/** The span's part of a solved roster. */
export function fromRoster(built: BuiltProblem, roster: Int32Array): PlanCells {
  const cells = new PlanCells(built.inputs.days)
  const known = new Map<number, Duty | null>()
  built.inputs.officers.forEach(({ officerId }, o) => {
    const row = cells.addOfficer(officerId)
    for (let day = 0; day < cells.days; day += 1) {
      const cell = roster[o * built.horizon + day] ?? 0
      if (cell === 0) continue
      if (!known.has(cell)) {
        const duty = dutyOf(built, cell)
        known.set(cell, duty && cells.same(duty))
      }
      row[day] = known.get(cell) ?? null
    }
  })
  return cells
}

/** Minute at which a duty begins, from the span's first instant. */
function startMinute(built: BuiltProblem, day: number, duty: Duty): number {
  let start = built.starts.get(duty)
  if (start === undefined) {
    const bands = built.inputs.patterns.get(duty.patternId)?.bands ?? []
    const starts = bands.filter(band => duty.bands.includes(band.key)).map(band => band.from)
    start = starts.length > 0 ? Math.min(...starts) : 0
    built.starts.set(duty, start)
  }
  return day * day1440 + start
}

/** Whether an officer's day can no longer change: it is over, or what stood or was meant there has begun. */
export function hasBegun(
  built: BuiltProblem,
  day: number,
  published: Duty | null,
  meant: Duty | null,
): boolean {
  if ((day + 1) * 1440 <= built.nowMinute) return true
  if (published && startMinute(built, day, published) < built.nowMinute) return true
  return meant !== null && startMinute(built, day, meant) < built.nowMinute
}
