// The three sheets of paper, as tables of texts (docs of the paper: by post for a day, by post for a week, by unit).
// Names are Chinese because the sheets are: they are filed with the bureau's other papers.
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, instantAt } from '../../kernel/time.ts'
import { officerNames, type RosterOfficer, rosterOfficers, unitNames, unitSubtree } from '../people/index.ts'
import {
  type Pattern,
  patternsOf,
  type PostForRoster,
  type PostOnPaper,
  postsFor,
  postsOnPaper,
} from '../posts/index.ts'
import type { sheetInput } from './contracts.ts'
import { type PublishedDuty, publishedDuties, type RosterDb } from './published.ts'

export type SheetInput = z.output<typeof sheetInput>

export interface SheetPerson {
  name: string
  badge: string
  kind: string
  unitId: string
  leads: boolean
}

/** Everything that a sheet is written from. */
export interface SheetSource {
  agency: AgencySettings
  input: SheetInput
  days: string[]
  duties: PublishedDuty[]
  people: Map<string, SheetPerson>
  posts: Map<string, PostForRoster>
  papers: Map<string, PostOnPaper>
  patterns: Map<string, Pattern>
  units: Awaited<ReturnType<typeof unitNames>>
  /** Of the sheet by unit; null means all. */
  inUnits: Set<string> | null
}

export async function readSheet(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  input: SheetInput,
): Promise<SheetSource> {
  const { agencyId, timeZone, handOverMinute } = agency
  const length = input.kind === 'daily' ? 1 : 7
  const days = Array.from({ length }, (_, at) => addDays(input.fromDay, at))
  const untilDay = days.at(-1) ?? input.fromDay
  const begins = instantAt(timeZone, input.fromDay, handOverMinute)
  const ends = instantAt(timeZone, addDays(untilDay, 1), handOverMinute)
  const [all, officers, posts, papers, patterns, units, inUnits] = await Promise.all([
    publishedDuties(db as unknown as RosterDb, agencyId, input.operationId, input.fromDay, untilDay),
    rosterOfficers(db, agencyId, begins, ends),
    postsFor(db, agencyId, input.operationId),
    postsOnPaper(db, agencyId, input.operationId),
    patternsOf(db, agencyId),
    unitNames(db, agencyId),
    input.unitId === null ? null : unitSubtree(db, agencyId, input.unitId),
  ])
  const wanted = input.postIds && new Set(input.postIds)
  const duties = wanted ? all.filter(duty => wanted.has(duty.postId)) : all
  const people = new Map(officers.map(one => [one.officerId, personOf(one, untilDay)]))
  const gone = [...new Set(duties.map(duty => duty.officerId))].filter(id => !people.has(id)).sort()
  for (const [officerId, { name, badge, kind, unitId }] of await officerNames(db, agencyId, gone)) {
    people.set(officerId, { name, badge, kind, unitId, leads: false })
  }
  return {
    agency,
    input,
    days,
    duties,
    people,
    posts: new Map(posts.map(post => [post.postId, post])),
    papers,
    patterns: new Map(patterns.map(pattern => [pattern.patternId, pattern])),
    units,
    inUnits: inUnits && new Set(inUnits),
  }
}

function personOf(officer: RosterOfficer, untilDay: string): SheetPerson {
  const { name, badge, kind, unitId } = officer
  const leads = officer.skills.some(one => one.skill === 'leader' && (one.validUntil ?? untilDay) >= untilDay)
  return { name, badge, kind, unitId, leads }
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
export const weekdayOn = (day: string): string => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
export const slashDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`
export const signatures = '填表人:　　　　审核人:　　　　单位负责人:　　　　联系电话:'

/** `20:00—次日08:00` from minutes after the hand-over hour. */
export function hoursOf(handOverMinute: number, from: number, minutes: number): string {
  const clock = (minute: number) => {
    const inDay = ((minute % 1440) + 1440) % 1440
    return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
  }
  const start = handOverMinute + from
  const end = start + minutes
  const nextDay = Math.floor(end / 1440) > Math.floor(start / 1440)
  if (nextDay && end % 1440 === 0) return `${clock(start)}—24:00`
  return `${clock(start)}—${nextDay ? '次日' : ''}${clock(end)}`
}

export interface Figures {
  posts: number
  bands: number
  police: number
  auxiliary: number
  others: number
}

/** Counted from the duties themselves: one band worked is one deployment, a duty of two bands is two. */
export function figuresOf(source: SheetSource, duties: readonly PublishedDuty[]): Figures {
  const figures: Figures = { posts: 0, bands: 0, police: 0, auxiliary: 0, others: 0 }
  const posts = new Set<string>()
  const bands = new Set<string>()
  for (const duty of duties) {
    posts.add(duty.postId)
    for (const band of duty.bands) bands.add(`${duty.day} ${duty.postId} ${duty.patternId} ${band}`)
    const kind = source.people.get(duty.officerId)?.kind
    const column = kind === 'police' ? 'police' : kind === 'auxiliary' ? 'auxiliary' : 'others'
    figures[column] += duty.bands.length
  }
  figures.posts = posts.size
  figures.bands = bands.size
  return figures
}

export function sumLine(figures: Figures): string {
  const others = figures.others > 0 ? `、支援及职工 ${figures.others} 人次` : ''
  return `合计: 点位 ${figures.posts} 个,班次 ${figures.bands} 班,民警 ${figures.police} 人次、辅警 ${figures.auxiliary} 人次${others}。`
}
