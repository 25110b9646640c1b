/**
 * Words of the roster core. Everything here is plain data: it survives structuredClone, so a problem can be
 * posted to a worker thread and the answer posted back.
 *
 * Time: minutes counted from the start of duty day 0 (the agency's hand-over hour). Duty day d runs from
 * d·1440 to (d+1)·1440; a band may pass the end of its duty day. History lies at negative minutes.
 */

export const MINUTES_PER_DAY = 1440

/** No limit, as an integer that can still be added to. */
export const UNLIMITED = 1 << 29

/** One stretch of a duty day. `start` 0..1439 and `end` > start in minutes of the duty day; `end` may pass 1440. */
export type Band = { id: string; start: number; end: number; night: boolean }

/**
 * How a duty day is cut. At most 8 bands. `pairing` says which two bands one officer may take on one day:
 * `adjoining` (end of one is start of the next), `any` (a break between is allowed), `none`.
 * `singles: false` forbids a single band, so only pairs are worked (4×6 h worked as 12 h).
 */
export type ShiftPattern = {
  id: string
  bands: Band[]
  pairing: 'none' | 'adjoining' | 'any'
  singles?: boolean
}

/** `standby` and `dutyLeader` alone may have duties of more than 12 h (24 h at most). */
export type PostKind = 'post' | 'standby' | 'dutyLeader'

export type Post = {
  id: string
  /** id of a ShiftPattern */
  pattern: string
  kind?: PostKind
  /** skills that everybody at this post must have, valid on the day (hard) */
  requires?: string[]
  /** unit the post belongs to; an officer of another unit costs `weights.otherUnit` */
  unit?: string
  /** posts at which nobody may have a duty on the day after one here */
  notFollowedBy?: string[]
  /** burden of one duty here for the fairness ledger (sampling day, hours in a suit); default 0 */
  heavy?: number
}

/** At least `need` of those at the post in this band have the skill. One officer counts for every skill he has. */
export type SkillMinimum = { skill: string; need: number }

/** How many a post needs in one band of one day. At most one line per post, band and day. */
export type Demand = {
  post: string
  band: string
  day: number
  need: number
  minima?: SkillMinimum[]
  /** multiplies the cost of a missing officer; default 1 */
  priority?: number
  /** cost of one officer too many; default weights.over */
  over?: number
}

/**
 * A closed-loop team's stay at a post. Who works there on a day of the block stays until `lastDay` (works
 * nowhere else, may rest in the hotel) and then has `restDays` days without duty. A post that has blocks is
 * worked inside them only. `firstDay` may be negative: the block was running when the horizon begins.
 */
export type ClosedLoopBlock = {
  id: string
  post: string
  firstDay: number
  lastDay: number
  restDays: number
  /** most members of the team (rooms); default no limit */
  membersMost?: number
}

/**
 * A wish costs `weight` when it is not met. `day` and `night` are met by a duty of that sort or by a day off, `at` by a
 * duty at the post and by nothing else, `notAt` by anything else.
 */
export type Wish =
  | { day: number; want: 'off' | 'work' | 'day' | 'night'; weight: number }
  | { day: number; want: 'at' | 'notAt'; post: string; weight: number }

/** What the officer did before minute 0. */
export type OfficerHistory = {
  /** end of the last duty, ≤ 0 normally (later when it passes into the horizon) */
  lastEnd?: number
  /** rest due after that duty in minutes; default rules.minRestMinutes */
  restAfter?: number
  /** duty days in a row up to and with day −1 */
  workRun?: number
  /** nights in a row up to and with day −1 */
  nightRun?: number
  /** minutes worked on the last days, oldest first; the last entry is day −1 */
  minutesByDay?: number[]
  /** id of the closed-loop block in which the officer stands at minute 0 */
  block?: string
  /** counts of the fairness ledger (rolling 90 days) brought along */
  ledger?: { nights?: number; weekends?: number; heavy?: number; minutes?: number }
}

export type Officer = {
  id: string
  skills: string[]
  /** last duty day on which a skill counts (certificate runs out) */
  skillEnds?: Record<string, number>
  unit?: string
  /** half-open spans in minutes in which no duty may lie */
  unavailable?: { from: number; until: number }[]
  noNight?: boolean
  /** if given, only these posts may be worked */
  posts?: string[]
  maxMinutes?: number
  maxMinutesIn7Days?: number
  maxNightsInRow?: number
  maxWorkDaysInRow?: number
  /** least minutes in the horizon; default none */
  minMinutes?: number
  /** least duty days in a row; a run that touches an end of the horizon may go on outside it. Default 1 */
  minWorkDaysInRow?: number
  /** least days off in a row, as above. Default 1 */
  minDaysOffInRow?: number
  /** most weekends with a duty: days of `weekendDays` that follow each other are one. Default no limit */
  maxWeekends?: number
  /** most duties at a post in the horizon, by post */
  mostAt?: Record<string, number>
  history?: OfficerHistory
  /** cost of one duty at a post (nearness, familiarity); absent posts cost 0 */
  postCosts?: Record<string, number>
  wishes?: Wish[]
  /** locked cells: `cell` 0 means the day must stay free */
  fixed?: { day: number; cell: number }[]
}

export type RosterRules = {
  /** rest between the duties of two duty days; default 660 */
  minRestMinutes: number
  /** rest after a duty with a night band; default 660 */
  minRestAfterNightMinutes: number
  /** rest after a duty of more than 12 h; default 1440 */
  minRestAfterLongMinutes: number
  /** longest duty of one day (both bands together); default 720 */
  maxDutyMinutes: number
  /** most minutes in the horizon; default 9600 */
  maxMinutes: number
  /** most minutes in any 7 duty days in a row; default 3600 */
  maxMinutesIn7Days: number
  /** default 5 */
  maxNightsInRow: number
  /** default 6 */
  maxWorkDaysInRow: number
  /** least days without duty in any 7 days in a row; default 1 */
  daysOffIn7: number
}

/** Costs of the soft rules, all for one unit. Cover outweighs everything else by default. */
export type RosterWeights = {
  cover: number
  minimum: number
  over: number
  change: number
  changePost: number
  otherUnit: number
  otherPost: number
  nights: number
  weekends: number
  heavy: number
  minutes: number
  /** multiplies the priority of demand at closed-loop posts: a hole there is the hardest to fill */
  closedLoop: number
  blockEntry: number
  blockLateDay: number
}

/** The published roster. `cells` is officers × days as in Roster, in the officer order of this problem. */
export type PreviousRoster = { cells: Int32Array }

export type RosterProblem = {
  /** horizon in duty days */
  days: number
  patterns: ShiftPattern[]
  posts: Post[]
  demands: Demand[]
  officers: Officer[]
  /** catalogue of skills; one named in a demand and neither here nor owned by anybody is refused */
  skills?: string[]
  blocks?: ClosedLoopBlock[]
  /** duty days that count as weekend or holiday for fairness */
  weekendDays?: number[]
  rules?: Partial<RosterRules>
  weights?: Partial<RosterWeights>
  previous?: PreviousRoster
  /** with `previous`: duties that start before this minute stand as published and none is added */
  frozenUntil?: number
}

/** cells[officer · days + day]; 0 is a day off, otherwise see {@link cellOf}. */
export type Roster = { days: number; cells: Int32Array }

export type OpenDemand = { post: string; band: string; day: number; skill: string | null; missing: number }

export type Milestone = { iteration: number; seconds: number; cost: number; open: number }

export type RosterResult = Roster & {
  open: OpenDemand[]
  cost: number
  iterations: number
  seconds: number
  seed: number
  /** each improvement of the best roster, thinned to at most some hundred entries */
  bestHistory: Milestone[]
}

export const DEFAULT_RULES: RosterRules = {
  minRestMinutes: 660,
  minRestAfterNightMinutes: 660,
  minRestAfterLongMinutes: 1440,
  maxDutyMinutes: 720,
  maxMinutes: 9600,
  maxMinutesIn7Days: 3600,
  maxNightsInRow: 5,
  maxWorkDaysInRow: 6,
  daysOffIn7: 1,
}

export const DEFAULT_WEIGHTS: RosterWeights = {
  cover: 600,
  minimum: 400,
  over: 60,
  change: 60,
  changePost: 20,
  otherUnit: 2,
  otherPost: 2,
  nights: 1,
  weekends: 1,
  heavy: 0.5,
  minutes: 1,
  closedLoop: 2,
  blockEntry: 20,
  blockLateDay: 10,
}

/** Longest duty at standby and duty-leader posts. */
export const LONG_DUTY_MINUTES = 1440

/** Number of a cell: post index (in problem.posts) and bands as bits (bit i is band i of the post's pattern). */
export function cellOf(post: number, bandMask: number): number {
  return ((post + 1) << 8) | bandMask
}

/** Post index of a cell, −1 for a day off. */
export function postOfCell(cell: number): number {
  return (cell >> 8) - 1
}

/** Bands of a cell as bits. */
export function bandsOfCell(cell: number): number {
  return cell & 255
}

/** Reads a cell into ids; undefined for a day off or a cell that names nothing in the problem. */
export function readCell(
  problem: RosterProblem,
  cell: number,
): { post: string; bands: string[] } | undefined {
  const post = problem.posts[postOfCell(cell)]
  const pattern = problem.patterns.find(p => p.id === post?.pattern)
  if (post === undefined || pattern === undefined) return undefined
  const bands = pattern.bands.filter((_, i) => (bandsOfCell(cell) >> i) & 1).map(b => b.id)
  return { post: post.id, bands }
}

/** Writes ids into a cell; 0 when the post or no band is known. */
export function writeCell(problem: RosterProblem, post: string, bands: string[]): number {
  const index = problem.posts.findIndex(p => p.id === post)
  const pattern = problem.patterns.find(p => p.id === problem.posts[index]?.pattern)
  if (pattern === undefined) return 0
  let mask = 0
  pattern.bands.forEach((b, i) => {
    if (bands.includes(b.id)) mask |= 1 << i
  })
  return mask === 0 ? 0 : cellOf(index, mask)
}
