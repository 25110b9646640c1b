import { compileDuties, type Duties } from './compile-duties.ts'
import type { RosterProblem, RosterRules, RosterWeights } from './model.ts'
import { fromLeast, limitsOf, type OfficerLimits, rowRules } from './compile-limits.ts'
import {
  bandsOfCell,
  DEFAULT_RULES,
  DEFAULT_WEIGHTS,
  MINUTES_PER_DAY,
  postOfCell,
  UNLIMITED,
} from './model.ts'

/**
 * The problem as flat arrays for the search. Index orders: officer·days + day, day·slots + slot,
 * (officer·days + day)·classes + class. A *slot* is a band of a post; a *class* is a set of duties that no hard
 * rule can tell apart (same clock times), so the dynamic program works on classes and picks the post after.
 */
export type Compiled = {
  officers: number
  days: number
  posts: number
  slots: number
  classes: number
  rules: RosterRules
  weights: RosterWeights
  classStart: Int32Array
  classEnd: Int32Array
  classMinutes: Int32Array
  classNight: Uint8Array
  classRest: Int32Array
  /** classes that may not follow on the next day */
  classBars: number[][]
  /** first slot of a post */
  slotBase: Int32Array
  slotPost: Int32Array
  /** class of post·256 + band mask, −1 when these bands may not be worked together */
  maskClass: Int16Array
  /** 1 for post·256 + mask that may be given out; others stand only where they were locked */
  offered: Uint8Array
  /** band masks of a slot's post that contain the slot */
  slotMasks: number[][]
  need: Int32Array
  priority: Float64Array
  /** cost of one too many, by (day, slot) */
  over: Float64Array
  /** skill minima of (day, slot): entries minimaAt[i] .. minimaAt[i+1] of the two arrays below */
  minimaAt: Int32Array
  minimaSkill: Int32Array
  minimaNeed: Int32Array
  skillMask: Int32Array
  requires: Int32Array
  allowed: Uint8Array
  postAllowed: Uint8Array
  postCost: Float64Array
  wishOff: Float64Array
  wishDay: Float64Array
  wishNight: Float64Array
  /** wishes for or against a post of (officer, day): entries wishPostAt[i] .. wishPostAt[i+1] of the two below */
  wishPostAt: Int32Array
  wishPost: Int32Array
  wishPostCost: Float64Array
  /** −1 where nothing was published */
  previous: Int32Array
  /** −1 where free */
  fixed: Int32Array
  /** block index + 1 of (post, day), 0 none */
  blockAt: Int16Array
  closedLoop: Uint8Array
  blockFirst: Int32Array
  blockLast: Int32Array
  blockRest: Int32Array
  blockMost: Int32Array
  blockPost: Int32Array
  weekend: Uint8Array
  /** weekend of a day, as a number; −1 for other days */
  weekendOf: Int32Array
  weekends: number
  heavy: Float64Array
  limits: OfficerLimits[]
  skills: string[]
  /** how many days the state of an officer looks back or forward */
  memory: number
}

/** Index of a band by pattern and band id. */
function bandIndexes(problem: RosterProblem): Map<string, Map<string, number>> {
  return new Map(problem.patterns.map(p => [p.id, new Map(p.bands.map((band, i) => [band.id, i]))]))
}

function compileDemand(
  problem: RosterProblem,
  duties: Duties,
  skillBit: Map<string, number>,
  weights: RosterWeights,
) {
  const loops = new Set((problem.blocks ?? []).map(b => b.post))
  const { slots, slotBase } = duties
  const cells = problem.days * slots
  const need = new Int32Array(cells)
  const priority = new Float64Array(cells).fill(1)
  const over = new Float64Array(cells).fill(weights.over)
  const minimaOf = new Map<number, { skill: number; need: number }[]>()
  const bands = bandIndexes(problem)
  const postIndex = new Map(problem.posts.map((p, i) => [p.id, i]))
  for (const line of problem.demands) {
    const p = postIndex.get(line.post)!
    const at = line.day * slots + slotBase[p]! + bands.get(problem.posts[p]!.pattern)!.get(line.band)!
    need[at] = line.need
    if (line.over !== undefined) over[at] = line.over
    priority[at] = (line.priority ?? 1) * (loops.has(line.post) ? weights.closedLoop : 1)
    const minima = (line.minima ?? []).filter(m => m.need > 0)
    if (minima.length > 0) {
      minimaOf.set(
        at,
        minima.map(m => ({ skill: 1 << skillBit.get(m.skill)!, need: m.need })),
      )
    }
  }
  const minimaAt = new Int32Array(cells + 1)
  const flat: { skill: number; need: number }[] = []
  for (let at = 0; at < cells; at++) {
    flat.push(...(minimaOf.get(at) ?? []))
    minimaAt[at + 1] = flat.length
  }
  return {
    need,
    priority,
    over,
    minimaAt,
    minimaSkill: Int32Array.from(flat, m => m.skill),
    minimaNeed: Int32Array.from(flat, m => m.need),
  }
}

function compileAllowed(problem: RosterProblem, duties: Duties): Uint8Array {
  const { days, officers } = problem
  const { classes, classStart, classEnd, classNight } = duties
  const frozen = problem.previous ? (problem.frozenUntil ?? -UNLIMITED) : -UNLIMITED
  const allowed = new Uint8Array(officers.length * days * classes).fill(1)
  const latest = Math.max(0, ...classEnd)
  /** Takes out the duties of the days that begin in `from..until − 1` for which `bars` holds. */
  const bar = (o: number, from: number, until: number, bars: (start: number, k: number) => boolean) => {
    const last = Math.min(days, Math.ceil(until / MINUTES_PER_DAY))
    for (let d = Math.max(0, Math.floor((from - latest) / MINUTES_PER_DAY)); d < last; d++) {
      const at = (o * days + d) * classes
      for (let k = 0; k < classes; k++) {
        if (bars(d * MINUTES_PER_DAY + classStart[k]!, k)) allowed[at + k] = 0
      }
    }
  }
  officers.forEach((officer, o) => {
    if (frozen > 0) bar(o, 0, frozen, start => start < frozen)
    if (officer.noNight === true) bar(o, 0, days * MINUTES_PER_DAY, (_, k) => classNight[k] === 1)
    for (const away of officer.unavailable ?? []) {
      bar(o, away.from, away.until, (start, k) => {
        const end = start + classEnd[k]! - classStart[k]!
        return away.from < end && start < away.until
      })
    }
  })
  return allowed
}

function compileSkills(problem: RosterProblem, skillBit: Map<string, number>): Int32Array {
  const { days } = problem
  const mask = new Int32Array(problem.officers.length * days)
  problem.officers.forEach((officer, o) => {
    for (const skill of officer.skills) {
      const bit = skillBit.get(skill)
      if (bit === undefined) continue
      const last = officer.skillEnds?.[skill] ?? days
      for (let d = 0; d < days && d <= last; d++) mask[o * days + d]! |= 1 << bit
    }
  })
  return mask
}

function compileFixed(problem: RosterProblem, duties: Duties): { previous: Int32Array; fixed: Int32Array } {
  const { days, officers } = problem
  const size = officers.length * days
  const previous = problem.previous ? Int32Array.from(problem.previous.cells) : new Int32Array(size).fill(-1)
  const fixed = new Int32Array(size).fill(-1)
  const frozen = problem.previous ? (problem.frozenUntil ?? 0) : 0
  for (let i = 0; i < size && problem.previous; i++) {
    const day = i % days
    const cell = previous[i]!
    const k = cell > 0 ? duties.maskClass[postOfCell(cell) * 256 + bandsOfCell(cell)]! : -1
    const start = day * MINUTES_PER_DAY + (k >= 0 ? duties.classStart[k]! : 0)
    // A day off of the running day is not past: somebody may still be called for the evening.
    const past = cell > 0 ? start < frozen : (day + 1) * MINUTES_PER_DAY <= frozen
    if (past) fixed[i] = cell
  }
  officers.forEach((officer, o) => {
    for (const lock of officer.fixed ?? []) {
      if (fixed[o * days + lock.day] === -1) fixed[o * days + lock.day] = lock.cell
    }
  })
  return { previous, fixed }
}

function compileWishes(problem: RosterProblem) {
  const { days, officers } = problem
  const size = officers.length * days
  const [wishOff, wishDay, wishNight] = [0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const posts = new Map(problem.posts.map((post, p) => [post.id, p]))
  const atPost: { at: number; post: number; cost: number }[] = []
  officers.forEach((officer, o) => {
    for (const wish of officer.wishes ?? []) {
      const at = o * days + wish.day
      const { want, weight } = wish
      if (want === 'work' || want === 'at') wishOff[at]! += weight
      if (want === 'off' || want === 'night' || want === 'at') wishDay[at]! += weight
      if (want === 'off' || want === 'day' || want === 'at') wishNight[at]! += weight
      // What everybody else pays for, the one at the post gets back.
      if (wish.want === 'at') atPost.push({ at, post: posts.get(wish.post)!, cost: -weight })
      if (wish.want === 'notAt') atPost.push({ at, post: posts.get(wish.post)!, cost: weight })
    }
  })
  atPost.sort((a, b) => a.at - b.at)
  const wishPostAt = new Int32Array(size + 1)
  for (const { at } of atPost) wishPostAt[at + 1]!++
  for (let i = 0; i < size; i++) wishPostAt[i + 1]! += wishPostAt[i]!
  return {
    wishOff,
    wishDay,
    wishNight,
    wishPostAt,
    wishPost: Int32Array.from(atPost, w => w.post),
    wishPostCost: Float64Array.from(atPost, w => w.cost),
  }
}

function compilePostCosts(problem: RosterProblem, weights: RosterWeights) {
  const { officers, posts } = problem
  const postCost = new Float64Array(officers.length * posts.length)
  const postAllowed = new Uint8Array(officers.length * posts.length).fill(1)
  const postIndex = new Map(posts.map((post, p) => [post.id, p]))
  const strangers = new Map<string | undefined, Float64Array>()
  officers.forEach((officer, o) => {
    const { unit } = officer
    const known =
      strangers.get(unit) ?? Float64Array.from(posts, post => costOfUnit(unit, post.unit, weights))
    strangers.set(unit, known)
    const base = o * posts.length
    postCost.set(known, base)
    for (const [id, cost] of Object.entries(officer.postCosts ?? {})) {
      const p = postIndex.get(id)
      if (p !== undefined) postCost[base + p]! += cost
    }
    if (officer.posts === undefined) return
    const only = new Set(officer.posts)
    posts.forEach((post, p) => {
      if (!only.has(post.id)) postAllowed[base + p] = 0
    })
  })
  return { postCost, postAllowed }
}

function costOfUnit(unit: string | undefined, post: string | undefined, weights: RosterWeights): number {
  return unit !== undefined && post !== undefined && unit !== post ? weights.otherUnit : 0
}

function compileBlocks(problem: RosterProblem) {
  const blocks = problem.blocks ?? []
  const { posts, days } = problem
  const blockAt = new Int16Array(posts.length * days)
  const closedLoop = new Uint8Array(posts.length)
  const blockPost = Int32Array.from(blocks, b => posts.findIndex(p => p.id === b.post))
  blocks.forEach((block, i) => {
    const p = blockPost[i]!
    closedLoop[p] = 1
    for (let d = Math.max(0, block.firstDay); d <= block.lastDay && d < days; d++)
      blockAt[p * days + d] = i + 1
  })
  return {
    blockAt,
    closedLoop,
    blockPost,
    blockFirst: Int32Array.from(blocks, b => b.firstDay),
    blockLast: Int32Array.from(blocks, b => b.lastDay),
    blockRest: Int32Array.from(blocks, b => b.restDays),
    blockMost: Int32Array.from(blocks, b => b.membersMost ?? UNLIMITED),
  }
}

/** Compiles a problem that {@link checkProblem} found sound. Cost grows with officers × days × classes. */
export function compile(problem: RosterProblem): Compiled {
  const rules: RosterRules = { ...DEFAULT_RULES, ...problem.rules }
  const weights: RosterWeights = { ...DEFAULT_WEIGHTS, ...problem.weights }
  const duties = compileDuties(problem, rules)
  const named = new Set<string>()
  for (const line of problem.demands) for (const m of line.minima ?? []) named.add(m.skill)
  for (const post of problem.posts) for (const s of post.requires ?? []) named.add(s)
  const skills = [...named].sort()
  const skillBit = new Map(skills.map((s, i) => [s, i]))
  const rows = rowRules(duties)
  const limits = fromLeast(problem.officers.map(o => limitsOf(o, problem, rules, rows)))
  const weekend = new Uint8Array(problem.days)
  for (const d of problem.weekendDays ?? []) if (d >= 0 && d < problem.days) weekend[d] = 1
  const weekendOf = new Int32Array(problem.days).fill(-1)
  let weekends = 0
  for (let d = 0; d < problem.days; d++) {
    if (weekend[d] === 1) weekendOf[d] = d > 0 && weekend[d - 1] === 1 ? weekends - 1 : weekends++
  }
  // Who works on the first day of a stay is bound until the rest after it ends, so the look behind a change must
  // reach as far: with the rest alone, a stay longer than it let somebody into two teams at once.
  const stay = Math.max(
    0,
    ...(problem.blocks ?? []).map(b => b.lastDay - Math.max(0, b.firstDay) + b.restDays + 1),
  )
  const longest = limits.reduce(
    (most, l) =>
      Math.max(most, Math.min(l.maxRun, problem.days), Math.min(l.maxNights, problem.days), l.minOff),
    6,
  )
  return {
    ...duties,
    ...compileDemand(problem, duties, skillBit, weights),
    ...compileFixed(problem, duties),
    ...compileWishes(problem),
    ...compilePostCosts(problem, weights),
    ...compileBlocks(problem),
    officers: problem.officers.length,
    days: problem.days,
    posts: problem.posts.length,
    rules,
    weights,
    skillMask: compileSkills(problem, skillBit),
    requires: Int32Array.from(problem.posts, p =>
      (p.requires ?? []).reduce((mask, s) => mask | (1 << skillBit.get(s)!), 0),
    ),
    allowed: compileAllowed(problem, duties),
    weekend,
    weekendOf,
    weekends,
    heavy: Float64Array.from(problem.posts, p => p.heavy ?? 0),
    limits,
    skills,
    memory: Math.min(problem.days, Math.max(longest, stay)),
  }
}
