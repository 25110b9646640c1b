// From lines of demand to what each post needs in each band of each duty day. Pure: data in, data out.
import { addDays, daysBetween } from '../../kernel/time.ts'
import type { DemandSkill } from './contracts-words.ts'

export interface DemandLine {
  demandId: string
  postId: string
  patternId: string
  bands: readonly string[]
  skill: DemandSkill | null
  heads: number
  priority: number
  beginsOn: string
  endsOn: string
  weekdays: readonly number[] | null
  /** The duty day of its sampling round, for a line that hangs on one. */
  roundDay: string | null
}

export interface PostUse {
  postId: string
  state: string
  opensOn: string | null
  closesOn: string | null
}

/** What one post needs in one band of one duty day: the whole crew (skill null), or a minimum within it. */
export interface DayDemand {
  postId: string
  day: string
  patternId: string
  band: string
  skill: DemandSkill | null
  heads: number
  /** 1 is filled first. */
  priority: number
}

export interface DayDemandOfLines extends DayDemand {
  demandIds: string[]
}

/** ISO weekday of a day: 1 Monday … 7 Sunday. A night band belongs to the weekday of its duty day. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

/**
 * Whether the post is worked on a duty day. `closesOn` is the last day; a closed post without one was never taken
 * into use. Planned and paused posts need nobody.
 */
export function inUseOn(post: PostUse, day: string): boolean {
  if (post.opensOn !== null && day < post.opensOn) return false
  if (post.state === 'active') return post.closesOn === null || day <= post.closesOn
  return post.state === 'closed' && post.closesOn !== null && day <= post.closesOn
}

/** The duty days between `from` and `until` on which a line applies. */
export function daysOfLine(
  line: Pick<DemandLine, 'beginsOn' | 'endsOn' | 'weekdays' | 'roundDay'>,
  from: string,
  until: string,
): string[] {
  const first = line.beginsOn > from ? line.beginsOn : from
  const last = line.endsOn < until ? line.endsOn : until
  if (line.roundDay !== null) return line.roundDay >= first && line.roundDay <= last ? [line.roundDay] : []
  const days: string[] = []
  for (let step = 0; step <= daysBetween(first, last); step += 1) {
    const day = addDays(first, step)
    if (line.weekdays === null || line.weekdays.includes(weekdayOf(day))) days.push(day)
  }
  return days
}

/**
 * One entry per post, day, pattern, band and skill, in that order, the crew before the skills. Lines that meet
 * after a round was moved add up. A crew is never smaller than a minimum within it, and where only minima were
 * written the largest of them is the crew, because one officer counts for every skill he has.
 */
export function expandDemand(
  lines: readonly DemandLine[],
  posts: readonly PostUse[],
  from: string,
  until: string,
): DayDemandOfLines[] {
  const postsById = new Map(posts.map(post => [post.postId, post]))
  const cells = new Map<string, Map<string, DayDemandOfLines>>()
  for (const line of lines) {
    const post = postsById.get(line.postId)
    if (!post) continue
    for (const day of daysOfLine(line, from, until)) {
      if (!inUseOn(post, day)) continue
      for (const band of line.bands) addTo(cells, line, day, band)
    }
  }
  const all: DayDemandOfLines[] = []
  for (const bySkill of cells.values()) all.push(...withCrew(bySkill))
  return all.sort(byPlace)
}

function addTo(
  cells: Map<string, Map<string, DayDemandOfLines>>,
  line: DemandLine,
  day: string,
  band: string,
): void {
  const key = `${line.postId} ${day} ${line.patternId} ${band}`
  let bySkill = cells.get(key)
  if (!bySkill) {
    bySkill = new Map()
    cells.set(key, bySkill)
  }
  const there = bySkill.get(line.skill ?? '')
  if (there) {
    there.heads += line.heads
    there.priority = Math.min(there.priority, line.priority)
    there.demandIds.push(line.demandId)
    return
  }
  const { postId, patternId, skill, heads, priority, demandId } = line
  bySkill.set(skill ?? '', { postId, day, patternId, band, skill, heads, priority, demandIds: [demandId] })
}

function withCrew(bySkill: Map<string, DayDemandOfLines>): DayDemandOfLines[] {
  const all = [...bySkill.values()]
  const crew = bySkill.get('')
  const minima = all.filter(one => one.skill !== null)
  const least = Math.max(0, ...minima.map(one => one.heads))
  if (crew) {
    crew.heads = Math.max(crew.heads, least)
    return all
  }
  const [first] = minima
  if (!first) return all
  const priority = Math.min(...minima.map(one => one.priority))
  return [{ ...first, skill: null, heads: least, priority, demandIds: [] }, ...all]
}

function byPlace(a: DayDemand, b: DayDemand): number {
  return (
    compare(a.day, b.day) ||
    compare(a.postId, b.postId) ||
    compare(a.patternId, b.patternId) ||
    compare(a.band, b.band) ||
    compare(a.skill ?? '', b.skill ?? '')
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
