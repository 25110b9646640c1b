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
import { weekdayOf } from '../posts/index.ts'
import { blocksOf, loopHistory } from './closed-loop.ts'
import { historyDays, publishedAt, type RosterInputs, tailDays } from './inputs.ts'
import { bandsOfMask, type Duty, maskOf, PlanCells } from './matrix.ts'
import { closedLoopSkill, membersOf, officerFor } from './problem-officers.ts'
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
  bandsOf: ReadonlyMap<string, readonly string[]>
  /** Minutes from the span's first instant to now; duties that begin before have begun. */
  nowMinute: number
}

export const slotKey = (postId: string, patternId: string): string => `${postId} ${patternId}`

export interface BuildOptions {
  /** Cells of a draft: posts that stand in it are part of the problem even without demand. */
  cells?: PlanCells
  /** Cells that must stay as they are. */
  fixed?: { officerId: string; day: number; duty: Duty | null }[]
  /** Hours from now for which the published roster stands. */
  keepHours?: number
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
    bandsOf,
    nowMinute,
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
  problem.weekendDays = range(horizon).filter(day => weekdayOf(addDays(inputs.fromDay, day)) >= 6)
  problem.rules = solverRules(inputs.rules)
  const loops = loopHistory(inputs, slots, problem.blocks)
  const members = membersOf(inputs)
  problem.officers = inputs.officers.map(officer => officerFor(built, officer, members, loops))
  addFixed(built, options)
  return built
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
  const add = (postId: string, patternId: string) => {
    if (inputs.posts.has(postId) && inputs.patterns.has(patternId)) keys.add(slotKey(postId, patternId))
  }
  for (const line of inputs.demand) add(line.postId, line.patternId)
  for (const { day, duty } of inputs.published.each()) {
    if (day >= historyDays && day < historyDays + horizon) add(duty.postId, duty.patternId)
  }
  if (cells) for (const { duty } of cells.each()) add(duty.postId, duty.patternId)
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
    heavy: post.kind === 'samplingSite' || post.kind === 'isolationHotel' ? 1 : 0,
    ...(post.closedLoop && inputs.teams.some(team => team.members.length > 0)
      ? { requires: [closedLoopSkill] }
      : {}),
  }
}

/** Demand 1 is filled first: what is missing there costs twice. */
const priorities: Record<number, number> = { 1: 2, 2: 1, 3: 0.5 }

function demandsFor(built: BuiltProblem): Demand[] {
  const { inputs, slotAt } = built
  const lines = new Map<string, Demand>()
  const minima: { line: string; skill: string; need: number }[] = []
  for (const entry of inputs.demand) {
    const post = slotKey(entry.postId, entry.patternId)
    const pattern = inputs.patterns.get(entry.patternId)
    const band = pattern?.bands.find(one => one.key === entry.band)
    if (!slotAt.has(post) || !band) continue
    const day = dayOffset(inputs, entry.day)
    // What has begun is covered or was not: nobody can be sent there any more.
    if (day * day1440 + band.from < built.nowMinute) continue
    const key = `${post} ${entry.band} ${day}`
    if (entry.skill === null) {
      const priority = priorities[entry.priority] ?? 1
      lines.set(key, { post, band: entry.band, day, need: entry.heads, minima: [], priority })
    } else minima.push({ line: key, skill: entry.skill, need: entry.heads })
  }
  for (const { line, skill, need } of minima) lines.get(line)?.minima?.push({ skill, need })
  return [...lines.values()]
}

const offsets = new WeakMap<RosterInputs, Map<string, number>>()
function dayOffset(inputs: RosterInputs, day: string): number {
  let known = offsets.get(inputs)
  if (!known) {
    known = new Map(range(inputs.days + tailDays).map(at => [addDays(inputs.fromDay, at), at]))
    offsets.set(inputs, known)
  }
  return known.get(day) ?? -1
}

// ------------------------------------------------------------------------------------------------------- fixed

function addFixed(built: BuiltProblem, options: BuildOptions): void {
  const { inputs, problem, officerAt } = built
  const published = toRoster(built, (officerId, day) => publishedAt(inputs, officerId, day))
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
  for (const { officerId, day, duty } of options.fixed ?? []) {
    const officer = problem.officers[officerAt.get(officerId) ?? -1]
    if (officer && !hasBegun(built, day, publishedAt(inputs, officerId, day), duty))
      officer.fixed = [...(officer.fixed ?? []), { day, cell: cellFor(built, duty) }]
  }
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

/** Cells in the order of the problem, over its whole horizon. */
export function toRoster(
  built: BuiltProblem,
  dutyAt: (officerId: string, day: number) => Duty | null,
): Int32Array {
  const cells = new Int32Array(built.inputs.officers.length * built.horizon)
  const known = new Map<Duty, number>()
  built.inputs.officers.forEach(({ officerId }, o) => {
    for (let day = 0; day < built.horizon; day += 1) {
      const duty = dutyAt(officerId, day)
      if (!duty) continue
      let cell = known.get(duty)
      if (cell === undefined) {
        cell = cellFor(built, duty)
        known.set(duty, cell)
      }
      cells[o * built.horizon + day] = cell
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
export function startMinute(built: Pick<BuiltProblem, 'inputs'>, day: number, duty: Duty): number {
  const bands = built.inputs.patterns.get(duty.patternId)?.bands ?? []
  const starts = bands.filter(band => duty.bands.includes(band.key)).map(band => band.from)
  return day * day1440 + (starts.length > 0 ? Math.min(...starts) : 0)
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
