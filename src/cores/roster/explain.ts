import { compile } from './compile.ts'
import type { OpenDemand, Roster, RosterProblem } from './model.ts'
import { bandsOfCell, cellOf, postOfCell } from './model.ts'
import { cellCost, officerCost } from './officer-cost.ts'
import type { RuleId } from './rules.ts'
import { State } from './state.ts'
import { type Breach, Checker } from './validate.ts'

/** A seat that somebody looks at: a band of a post on a day, for anybody or for one skill. */
export type Seat = { post: string; band: string; day: number; skill?: string | null }

/** Why a candidate is cheap or dear; the screen has the words. */
export type CandidateReason =
  | 'off-that-day'
  | 'extends-duty'
  | 'leaves-other-post'
  | 'opens-hole'
  | 'same-unit'
  | 'other-unit'
  | 'against-wish'
  | 'changes-published'
  | 'few-minutes'
  | 'many-minutes'

/** `cell` is what the officer's day would become; `cost` the change of the whole objective. */
export type Candidate = {
  officer: number
  officerId: string
  cell: number
  cost: number
  reasons: CandidateReason[]
}

export type Forbidden = { officer: number; officerId: string; rule: RuleId; detail: string }

export type WhoElse = {
  candidates: Candidate[]
  forbidden: Forbidden[]
  counts: { legal: number; forbidden: number }
}

/**
 * Who could take the seat, cheapest first, and the first of those who may not, each with the rule that forbids.
 * Officers already in the seat are left out. Lists are cut at `most`; the counts are whole.
 */
export function whoElse(problem: RosterProblem, roster: Roster, seat: Seat, most = 20): WhoElse {
  const look = lookAt(problem, roster, seat)
  const candidates: Candidate[] = []
  const forbidden: Forbidden[] = []
  if (look === undefined) return { candidates, forbidden, counts: { legal: 0, forbidden: 0 } }
  const state = stateOf(problem, roster)
  problem.officers.forEach((officer, o) => {
    const cell = look.cellFor(o)
    if (cell === 0) return
    const breach = look.skillBreach(o) ?? look.newBreach(o, cell)
    if (breach !== undefined) {
      forbidden.push({ officer: o, officerId: officer.id, rule: breach.rule, detail: breach.detail })
      return
    }
    candidates.push(price(problem, state, o, seat.day, cell))
  })
  // That somebody lacks the skill is no news; a rest or a cap is something that can be talked about.
  forbidden.sort((a, b) => Number(isSkill(a.rule)) - Number(isSkill(b.rule)) || a.officer - b.officer)
  candidates.sort((a, b) => a.cost - b.cost || a.officer - b.officer)
  const counts = { legal: candidates.length, forbidden: forbidden.length }
  return { candidates: candidates.slice(0, most), forbidden: forbidden.slice(0, most), counts }
}

function isSkill(rule: RuleId): boolean {
  return rule === 'RST4' || rule === 'RST14' || rule === 'RST21'
}

export type OpenReason =
  | 'nobody-has-skill'
  | 'all-unavailable'
  | 'all-resting'
  | 'all-at-cap'
  | 'all-busy'
  | 'closed-loop'
  | 'mixed'
  | 'somebody-is-free'

/** Every officer is counted once, under the first thing that keeps him from the seat. */
export type WhyOpen = {
  reason: OpenReason
  able: number
  counts: {
    officers: number
    lacksSkill: number
    there: number
    unavailable: number
    busy: number
    resting: number
    atCap: number
    closedLoop: number
    locked: number
    free: number
  }
}

type Count = Exclude<keyof WhyOpen['counts'], 'officers'>

const COUNT_OF_RULE: Partial<Record<RuleId, Count>> = {
  RST3: 'resting',
  RST4: 'lacksSkill',
  RST5: 'unavailable',
  RST6: 'unavailable',
  RST7: 'atCap',
  RST8: 'atCap',
  RST9: 'resting',
  RST10: 'resting',
  RST11: 'resting',
  RST12: 'closedLoop',
  RST13: 'locked',
  RST14: 'lacksSkill',
}

/** Why a seat stands open: how many have the skill, and what keeps each of them from it. */
export function whyOpen(problem: RosterProblem, roster: Roster, open: OpenDemand): WhyOpen {
  const look = lookAt(problem, roster, open)
  const counts: WhyOpen['counts'] = {
    officers: problem.officers.length,
    lacksSkill: 0,
    there: 0,
    unavailable: 0,
    busy: 0,
    resting: 0,
    atCap: 0,
    closedLoop: 0,
    locked: 0,
    free: 0,
  }
  problem.officers.forEach((_, o) => {
    counts[look === undefined ? 'lacksSkill' : obstacle(problem, roster, open, look, o)]++
  })
  const able = counts.officers - counts.lacksSkill
  return { reason: reasonOf(counts, able), able, counts }
}

function obstacle(problem: RosterProblem, roster: Roster, open: OpenDemand, look: Look, o: number): Count {
  if (look.skillBreach(o) !== undefined) return 'lacksSkill'
  const cell = look.cellFor(o)
  if (cell === 0) return 'there'
  const breach = look.newBreach(o, cell)
  const count = breach && (COUNT_OF_RULE[breach.rule] ?? 'busy')
  if (count === 'lacksSkill' || count === 'unavailable' || count === 'locked') return count
  if (roster.cells[o * problem.days + open.day] !== 0) return 'busy'
  return count ?? 'free'
}

function reasonOf(counts: WhyOpen['counts'], able: number): OpenReason {
  if (able === 0) return 'nobody-has-skill'
  if (counts.free > 0) return 'somebody-is-free'
  const left = able - counts.there - counts.locked
  if (left === counts.unavailable) return 'all-unavailable'
  const present = left - counts.unavailable
  if (counts.busy * 10 >= present * 9) return 'all-busy'
  if (counts.resting * 10 >= present * 9) return 'all-resting'
  if (counts.atCap * 10 >= present * 9) return 'all-at-cap'
  if (counts.closedLoop * 10 >= present * 9) return 'closed-loop'
  return 'mixed'
}

type Look = {
  /** what the officer's day would be with the seat; 0 if he is in it already */
  cellFor: (o: number) => number
  skillBreach: (o: number) => { rule: RuleId; detail: string } | undefined
  newBreach: (o: number, cell: number) => { rule: RuleId; detail: string } | undefined
}

function lookAt(problem: RosterProblem, roster: Roster, seat: Seat): Look | undefined {
  const post = problem.posts.findIndex(p => p.id === seat.post)
  const pattern = problem.patterns.find(p => p.id === problem.posts[post]?.pattern)
  const band = pattern?.bands.findIndex(b => b.id === seat.band) ?? -1
  if (pattern === undefined || band < 0 || seat.day < 0 || seat.day >= problem.days) return undefined
  const checker = new Checker(problem)
  const full = fullTeam(problem, roster, post, seat.day)
  const cellFor = (o: number) => {
    const now = roster.cells[o * problem.days + seat.day]!
    const here = postOfCell(now) === post
    if (here && (bandsOfCell(now) >> band) & 1) return 0
    if (here) return cellOf(post, bandsOfCell(now) | (1 << band))
    return cellOf(post, pattern.singles === false ? pairWith(pattern.bands, band) : 1 << band)
  }
  const skillBreach = (o: number) => {
    const officer = problem.officers[o]!
    if (!seat.skill) return undefined
    const has =
      officer.skills.includes(seat.skill) && seat.day <= (officer.skillEnds?.[seat.skill] ?? Infinity)
    return has ? undefined : { rule: 'RST21' as const, detail: seat.skill }
  }
  const newBreach = (o: number, cell: number) => {
    const row = roster.cells.slice(o * problem.days, (o + 1) * problem.days)
    const now = row[seat.day]!
    row[seat.day] = cell
    let fresh = checker.row(o, row)
    if (fresh.length > 0) {
      row[seat.day] = now
      const before = new Set(checker.row(o, row).map(key))
      fresh = fresh.filter(b => !before.has(key(b)))
    }
    fresh.sort((a, b) => weight(a) - weight(b))
    if (fresh.length > 0) return fresh[0]
    return full && !full.members.has(o)
      ? { rule: 'RST12' as const, detail: `${full.block} is full` }
      : undefined
  }
  return { cellFor, skillBreach, newBreach }
}

function key(b: Breach): string {
  return `${b.rule} ${b.day} ${b.detail}`
}

/** What an officer cannot help comes first; what another day's cell causes comes last. */
function weight(b: Breach): number {
  const order: RuleId[] = ['RST13', 'RST4', 'RST14', 'RST5', 'RST6', 'RST12', 'RST3']
  const at = order.indexOf(b.rule)
  return at < 0 ? order.length : at
}

function pairWith(bands: { start: number; end: number }[], band: number): number {
  const other = bands.findIndex(
    (b, i) => i !== band && (b.start === bands[band]!.end || b.end === bands[band]!.start),
  )
  return other < 0 ? 1 << band : (1 << band) | (1 << other)
}

function fullTeam(problem: RosterProblem, roster: Roster, post: number, day: number) {
  const id = problem.posts[post]!.id
  const block = (problem.blocks ?? []).find(b => b.post === id && b.firstDay <= day && day <= b.lastDay)
  if (block?.membersMost === undefined) return undefined
  const members = new Set<number>()
  for (let o = 0; o < problem.officers.length; o++) {
    if (problem.officers[o]!.history?.block === block.id) members.add(o)
    for (let d = Math.max(0, block.firstDay); d <= block.lastDay && d < problem.days; d++) {
      if (postOfCell(roster.cells[o * problem.days + d]!) === post) members.add(o)
    }
  }
  return members.size >= block.membersMost ? { block: block.id, members } : undefined
}

function stateOf(problem: RosterProblem, roster: Roster): State {
  const state = new State(compile(problem))
  for (let o = 0; o < problem.officers.length; o++) {
    for (let d = 0; d < problem.days; d++) state.set(o, d, roster.cells[o * problem.days + d]!)
    state.refresh(o)
  }
  return state
}

function price(problem: RosterProblem, state: State, o: number, day: number, cell: number): Candidate {
  const { c } = state
  const now = state.cells[o * c.days + day]!
  const before = state.cost
  const rowBefore = state.rowCost[o]!
  const openBefore = state.cover.openTotal
  state.set(o, day, 0)
  const opens = now !== 0 && state.cover.openTotal > openBefore
  state.set(o, day, cell)
  const cost = state.cover.cost + state.softTotal - rowBefore + officerCost(c, o, state.cells) - before
  const reasons: CandidateReason[] = []
  const post = problem.posts[postOfCell(cell)]!
  const officer = problem.officers[o]!
  if (now === 0) reasons.push('off-that-day')
  else reasons.push(postOfCell(now) === postOfCell(cell) ? 'extends-duty' : 'leaves-other-post')
  if (opens && postOfCell(now) !== postOfCell(cell)) reasons.push('opens-hole')
  if (post.unit !== undefined && officer.unit !== undefined) {
    reasons.push(post.unit === officer.unit ? 'same-unit' : 'other-unit')
  }
  const wish =
    c.classNight[c.maskClass[postOfCell(cell) * 256 + bandsOfCell(cell)]!] === 1 ? c.wishNight : c.wishDay
  if (wish[o * c.days + day]! > 0) reasons.push('against-wish')
  if (problem.previous && cellCost(c, o, day, cell) > 0 && c.previous[o * c.days + day] !== cell) {
    reasons.push('changes-published')
  }
  const share = state.minutes[o]! / Math.max(1, c.limits[o]!.maxMinutes)
  if (share < 0.6) reasons.push('few-minutes')
  if (share > 0.9) reasons.push('many-minutes')
  state.set(o, day, now)
  return { officer: o, officerId: officer.id, cell, cost: Math.round(cost * 100) / 100, reasons }
}
