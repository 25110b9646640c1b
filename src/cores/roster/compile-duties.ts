import type { Band, Post, RosterProblem, RosterRules, ShiftPattern } from './model.ts'
import { bandsOfCell, LONG_DUTY_MINUTES, postOfCell } from './model.ts'

/** Clock times that hard rules can tell apart; `rest` is the rest due afterwards. */
type DutyClass = { start: number; end: number; minutes: number; night: boolean; rest: number }

/** Duties of every post, see the fields of the same names in Compiled. */
export type Duties = ReturnType<typeof compileDuties>

/** Lists which bands may be worked together at each post and sorts these duties into classes. */
export function compileDuties(problem: RosterProblem, rules: RosterRules) {
  const { posts } = problem
  const standing = standingMasks(problem)
  const apart = setApart(problem)
  const patterns = new Map(problem.patterns.map(p => [p.id, p]))
  const keys = new Map<string, number>()
  const rows: (DutyClass & { post: number })[] = []
  const maskClass = new Int16Array(posts.length * 256).fill(-1)
  const offered = new Uint8Array(posts.length * 256)
  const slotBase = new Int32Array(posts.length + 1)
  const slotMasks: number[][] = []
  const slotPost: number[] = []
  posts.forEach((post, p) => {
    const pattern = patterns.get(post.pattern)!
    slotBase[p] = slotMasks.length
    const masks: number[] = []
    const regular = new Set(patternMasks(pattern))
    for (const mask of new Set([...regular, ...(standing.get(p) ?? [])])) {
      const duty = dutyClass(pattern.bands, mask, rules)
      const fits = regular.has(mask) && duty.minutes <= longest(post, rules)
      if (!fits && standing.get(p)?.has(mask) !== true) continue
      const key = [...Object.values(duty), apart(p)].join('|')
      const k = keys.get(key) ?? rows.push({ ...duty, post: p }) - 1
      keys.set(key, k)
      maskClass[p * 256 + mask] = k
      if (!fits) continue
      offered[p * 256 + mask] = 1
      masks.push(mask)
    }
    pattern.bands.forEach((_, i) => {
      slotMasks.push(masks.filter(m => (m >> i) & 1))
      slotPost.push(p)
    })
  })
  slotBase[posts.length] = slotMasks.length
  return {
    classes: rows.length,
    classStart: Int32Array.from(rows, r => r.start),
    classEnd: Int32Array.from(rows, r => r.end),
    classMinutes: Int32Array.from(rows, r => r.minutes),
    classNight: Uint8Array.from(rows, r => (r.night ? 1 : 0)),
    classRest: Int32Array.from(rows, r => r.rest),
    classBars: rows.map(({ post }) => {
      const barred = new Set(posts[post]!.notFollowedBy)
      return rows.flatMap((other, k) => (barred.has(posts[other.post]!.id) ? [k] : []))
    }),
    maskClass,
    offered,
    slotBase,
    slotMasks,
    slotPost: Int32Array.from(slotPost),
    slots: slotMasks.length,
  }
}

/**
 * What else than clock times tells the duties of a post from those of others: which posts it bars on the next day, which
 * bar it, and whether somebody's duties there are counted.
 */
function setApart(problem: RosterProblem): (post: number) => string {
  const counted = new Set(problem.officers.flatMap(o => Object.keys(o.mostAt ?? {})))
  const barring = problem.posts.filter(post => (post.notFollowedBy ?? []).length > 0)
  return p => {
    const { id, notFollowedBy = [] } = problem.posts[p]!
    const barredBy = barring.filter(post => post.notFollowedBy!.includes(id)).map(post => post.id)
    return JSON.stringify([[...notFollowedBy].sort(), barredBy, counted.has(id) ? id : ''])
  }
}

/** With a break between two bands the span may be longer than the work; the limit is on the work. */
function longest(post: Post, rules: RosterRules): number {
  return post.kind === 'standby' || post.kind === 'dutyLeader' ? LONG_DUTY_MINUTES : rules.maxDutyMinutes
}

function dutyClass(all: Band[], mask: number, rules: RosterRules): DutyClass {
  const bands = all.filter((_, i) => (mask >> i) & 1)
  const minutes = bands.reduce((sum, b) => sum + b.end - b.start, 0)
  const night = bands.some(b => b.night)
  let rest = rules.minRestMinutes
  if (night) rest = Math.max(rest, rules.minRestAfterNightMinutes)
  if (minutes > 720) rest = Math.max(rest, rules.minRestAfterLongMinutes)
  const start = Math.min(...bands.map(b => b.start))
  const end = Math.max(...bands.map(b => b.end))
  return { start, end, minutes, night, rest }
}

function patternMasks(pattern: ShiftPattern): number[] {
  const masks: number[] = []
  const { bands, pairing } = pattern
  for (let i = 0; i < bands.length; i++) {
    if (pattern.singles !== false) masks.push(1 << i)
    for (let j = 0; j < bands.length; j++) {
      const a = bands[i]!
      const b = bands[j]!
      if (i === j || pairing === 'none') continue
      const fits = pairing === 'adjoining' ? a.end === b.start : a.end <= b.start
      if (fits) masks.push((1 << i) | (1 << j))
    }
  }
  return masks
}

/** Band masks beyond the pattern that stand in locked or published cells: they must count, though none is added. */
function standingMasks(problem: RosterProblem): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  const note = (cell: number) => {
    if (cell <= 0) return
    const p = postOfCell(cell)
    found.set(p, (found.get(p) ?? new Set()).add(bandsOfCell(cell)))
  }
  problem.previous?.cells.forEach(note)
  for (const officer of problem.officers) for (const lock of officer.fixed ?? []) note(lock.cell)
  return found
}
