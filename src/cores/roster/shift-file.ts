/**
 * The text format of the public shift-scheduling instances (Curtois and Qu, 2014): sections with one record a line, read
 * into a problem of this engine. A shift type becomes a post with one band; clock times are not in the file, so rest is
 * left to the list of shifts that may not follow.
 */
import type { Demand, Officer, Post, RosterProblem, ShiftPattern, Wish } from './model.ts'
import { MINUTES_PER_DAY, postOfCell, UNLIMITED } from './model.ts'

/** What is wrong with a file, and on which of its lines (1-based; 0 for what is missing altogether). */
export class ShiftFileFault extends Error {
  readonly line: number
  readonly reason: string
  constructor(line: number, reason: string) {
    super(line > 0 ? `line ${line}: ${reason}` : reason)
    this.line = line
    this.reason = reason
  }
}

const SECTIONS = [
  'HORIZON',
  'SHIFTS',
  'STAFF',
  'DAYS_OFF',
  'SHIFT_ON_REQUESTS',
  'SHIFT_OFF_REQUESTS',
  'COVER',
] as const
type Section = (typeof SECTIONS)[number]
const needed: readonly Section[] = ['HORIZON', 'SHIFTS', 'STAFF', 'COVER']

const DAYS_MOST = 400
const LINES_MOST = 500_000
/** The post's only band. */
const BAND = 'shift'

type Line = { at: number; fields: string[] }
type Lines = Record<Section, Line[]>

export function readShiftFile(text: string): RosterProblem {
  const lines = sections(text)
  const [horizon] = lines.HORIZON
  if (horizon === undefined) throw new ShiftFileFault(0, 'SECTION_HORIZON has no number of days')
  const days = whole(horizon, 0, 'days of the horizon', 1, DAYS_MOST)
  const { posts, patterns } = shifts(lines.SHIFTS)
  const at = new Map(posts.map((post, i) => [post.id, i]))
  const officers = staff(lines.STAFF, at, days)
  const byName = new Map(officers.map(officer => [officer.id, officer]))
  daysOff(lines.DAYS_OFF, byName, days)
  requests(lines.SHIFT_ON_REQUESTS, 'at', byName, at, days)
  requests(lines.SHIFT_OFF_REQUESTS, 'notAt', byName, at, days)
  return {
    days,
    patterns,
    posts,
    officers,
    demands: cover(lines.COVER, at, days),
    weekendDays: Array.from({ length: days }, (_, d) => d).filter(d => d % 7 >= 5),
    rules: {
      minRestMinutes: 0,
      minRestAfterNightMinutes: 0,
      minRestAfterLongMinutes: 0,
      maxMinutes: UNLIMITED,
      maxMinutesIn7Days: UNLIMITED,
      maxNightsInRow: UNLIMITED,
      maxWorkDaysInRow: days,
      daysOffIn7: 0,
    },
    weights: {
      cover: COVER,
      minimum: 0,
      over: 0,
      change: 0,
      changePost: 0,
      otherUnit: 0,
      otherPost: 0,
      nights: 0,
      weekends: 0,
      heavy: 0,
      minutes: 0,
      closedLoop: 1,
      blockEntry: 0,
      blockLateDay: 0,
    },
  }
}

/** One line per officer in file order, one tab-separated cell per day: a shift's id, or nothing. */
export function writeShiftSolution(problem: RosterProblem, cells: Int32Array): string {
  const { days, officers, posts } = problem
  return officers
    .map((_, o) => {
      const row = Array.from(cells.subarray(o * days, (o + 1) * days))
      return `${row.map(cell => posts[postOfCell(cell)]?.id ?? '').join('\t')}\n`
    })
    .join('')
}

export function readShiftSolution(problem: RosterProblem, text: string): Int32Array {
  const { days, officers, posts } = problem
  const cells = new Int32Array(officers.length * days)
  const at = new Map(posts.map((post, p) => [post.id, p]))
  const lines = text.replace(/\r/g, '').replace(/\n$/, '').split('\n')
  if (lines.length !== officers.length) {
    throw new ShiftFileFault(0, `${lines.length} lines for ${officers.length} people`)
  }
  lines.forEach((line, o) => {
    const row = line.split('\t')
    if (row.length !== days) throw new ShiftFileFault(o + 1, `${row.length} cells for ${days} days`)
    row.forEach((id, d) => {
      if (id.trim() === '') return
      const post = at.get(id.trim())
      if (post === undefined) throw new ShiftFileFault(o + 1, `day ${d}: no shift is called "${id.trim()}"`)
      cells[o * days + d] = ((post + 1) << 8) | 1
    })
  })
  return cells
}

const COVER = 100

function sections(text: string): Lines {
  const found = Object.fromEntries(SECTIONS.map(name => [name, [] as Line[]])) as Lines
  const seen = new Set<string>()
  let current: Section | undefined
  const all = text.replace(/^\uFEFF/, '').split('\n', LINES_MOST + 1)
  if (all.length > LINES_MOST) throw new ShiftFileFault(LINES_MOST + 1, `more than ${LINES_MOST} lines`)
  all.forEach((raw, i) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return
    if (line.startsWith('SECTION_')) {
      current = SECTIONS.find(name => line === `SECTION_${name}`)
      if (current === undefined) throw new ShiftFileFault(i + 1, `no section is called ${line.slice(0, 60)}`)
      if (seen.has(current)) throw new ShiftFileFault(i + 1, `${line} stands here a second time`)
      seen.add(current)
    } else if (current === undefined) {
      throw new ShiftFileFault(i + 1, 'before the first section')
    } else found[current].push({ at: i + 1, fields: line.split(',').map(field => field.trim()) })
  })
  for (const name of needed) if (!seen.has(name)) throw new ShiftFileFault(0, `SECTION_${name} is missing`)
  return found
}

function whole(line: Line, field: number, name: string, least: number, most: number): number {
  const text = line.fields[field] ?? ''
  const value = Number(text)
  if (text === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new ShiftFileFault(
      line.at,
      `${name}: "${text.slice(0, 40)}" is no whole number from ${least} to ${most}`,
    )
  }
  return value
}

function known<T>(map: ReadonlyMap<string, T>, line: Line, field: number, what: string): T {
  const name = line.fields[field] ?? ''
  const found = map.get(name)
  if (found === undefined) throw new ShiftFileFault(line.at, `no ${what} is called "${name.slice(0, 40)}"`)
  return found
}

function named(seen: Set<string>, line: Line, what: string): string {
  const id = line.fields[0] ?? ''
  if (id === '') throw new ShiftFileFault(line.at, `a ${what} without a name`)
  if (seen.has(id))
    throw new ShiftFileFault(line.at, `the ${what} ${id.slice(0, 40)} stands here a second time`)
  seen.add(id)
  return id
}

function shifts(lines: Line[]): { posts: Post[]; patterns: ShiftPattern[] } {
  const seen = new Set<string>()
  const posts: Post[] = []
  const patterns: ShiftPattern[] = []
  for (const line of lines) {
    const id = named(seen, line, 'shift')
    const length = whole(line, 1, 'length in minutes', 1, MINUTES_PER_DAY)
    const notFollowedBy = (line.fields[2] ?? '').split('|').filter(name => name !== '')
    posts.push({ id, pattern: id, kind: length > 720 ? 'standby' : 'post', notFollowedBy })
    patterns.push({ id, pairing: 'none', bands: [{ id: BAND, start: 0, end: length, night: false }] })
  }
  posts.forEach((post, i) => {
    for (const name of post.notFollowedBy ?? []) {
      if (!seen.has(name)) throw new ShiftFileFault(lines[i]!.at, `no shift is called "${name.slice(0, 40)}"`)
    }
  })
  return { posts, patterns }
}

function staff(lines: Line[], posts: ReadonlyMap<string, number>, days: number): Officer[] {
  const seen = new Set<string>()
  return lines.map(line => {
    const id = named(seen, line, 'person')
    const most = new Map<string, number>()
    for (const part of (line.fields[1] ?? '').split('|').filter(text => text !== '')) {
      const [name = '', count = ''] = part.split('=')
      known(posts, { at: line.at, fields: [name] }, 0, 'shift')
      most.set(name, whole({ at: line.at, fields: [count] }, 0, `most shifts ${name}`, 0, 100_000))
    }
    const minutes = (field: number, name: string) => whole(line, field, name, 0, 10_000_000)
    return {
      id,
      skills: [],
      wishes: [],
      unavailable: [],
      posts: [...posts.keys()].filter(post => most.get(post) !== 0),
      mostAt: Object.fromEntries([...most].filter(([, count]) => count > 0 && count < days)),
      maxMinutes: minutes(2, 'most minutes'),
      minMinutes: minutes(3, 'least minutes'),
      maxWorkDaysInRow: Math.min(days, minutes(4, 'most shifts in a row')),
      minWorkDaysInRow: Math.max(1, minutes(5, 'least shifts in a row')),
      minDaysOffInRow: Math.max(1, minutes(6, 'least days off in a row')),
      maxWeekends: minutes(7, 'most weekends'),
    }
  })
}

function daysOff(lines: Line[], officers: ReadonlyMap<string, Officer>, days: number): void {
  for (const line of lines) {
    const officer = known(officers, line, 0, 'person')
    for (let field = 1; field < line.fields.length; field++) {
      const day = whole(line, field, 'day off', 0, days - 1)
      officer.unavailable!.push({ from: day * MINUTES_PER_DAY, until: (day + 1) * MINUTES_PER_DAY })
    }
  }
}

function requests(
  lines: Line[],
  want: 'at' | 'notAt',
  officers: ReadonlyMap<string, Officer>,
  posts: ReadonlyMap<string, number>,
  days: number,
): void {
  for (const line of lines) {
    const officer = known(officers, line, 0, 'person')
    const day = whole(line, 1, 'day', 0, days - 1)
    known(posts, line, 2, 'shift')
    const wish: Wish = { day, want, post: line.fields[2]!, weight: whole(line, 3, 'weight', 0, 1_000_000) }
    officer.wishes!.push(wish)
  }
}

function cover(lines: Line[], posts: ReadonlyMap<string, number>, days: number): Demand[] {
  const seen = new Set<string>()
  return lines.map(line => {
    const day = whole(line, 0, 'day', 0, days - 1)
    known(posts, line, 1, 'shift')
    const post = line.fields[1]!
    const key = `${day} ${post}`
    if (seen.has(key))
      throw new ShiftFileFault(line.at, `day ${day} and shift ${post} stand here a second time`)
    seen.add(key)
    const need = whole(line, 2, 'number needed', 0, 10_000)
    const under = whole(line, 3, 'weight of one too few', 0, 1_000_000)
    const over = whole(line, 4, 'weight of one too many', 0, 1_000_000)
    return { post, band: BAND, day, need, priority: under / COVER, over }
  })
}
