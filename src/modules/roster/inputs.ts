// Everything that a roster is made of, read once for a span of duty days.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween, instantAt } from '../../kernel/time.ts'
import { closedLoopTeams, type ClosedLoopTeam, type RosterOfficer, rosterOfficers } from '../people/index.ts'
import {
  type DayDemand,
  demandFor,
  type Pattern,
  patternsOf,
  type PostForRoster,
  postsFor,
} from '../posts/index.ts'
import { PlanCells } from './matrix.ts'
import { dutiesElsewhere, newestVersion, publishedCells, type RosterDb } from './published.ts'
import { type RestRules, rulesOn } from './rest.ts'

/** Duty days before the span that count for runs, weeks and the thirty-day cap. */
export const historyDays = 30
/** Published days behind the span against which its last days are checked. */
export const tailDays = 7

export interface RosterInputs {
  agency: AgencySettings
  operationId: string
  fromDay: string
  untilDay: string
  days: number
  /** First instant of the span in milliseconds. */
  beginsMs: number
  now: string
  rules: RestRules
  officers: RosterOfficer[]
  patterns: Map<string, Pattern>
  posts: Map<string, PostForRoster>
  demand: DayDemand[]
  teams: ClosedLoopTeam[]
  /** From `historyDays` before the span to `tailDays` behind it; day 0 is the first of the history. */
  published: PlanCells
  elsewhere: { officerId: string; begins: string; ends: string }[]
  /** Newest publication that touches the span. */
  basedOn: number | null
}

/** A span's published cells, seen from its own first day. */
export function publishedAt(inputs: RosterInputs, officerId: string, day: number) {
  return inputs.published.get(officerId, day + historyDays)
}

export async function readInputs(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  fromDay: string,
  untilDay: string,
  now: string,
): Promise<RosterInputs> {
  const { agencyId, timeZone, handOverMinute } = agency
  const own = db as unknown as RosterDb
  const days = daysBetween(fromDay, untilDay) + 1
  const historyFrom = addDays(fromDay, -historyDays)
  const tailUntil = addDays(untilDay, tailDays)
  const begins = instantAt(timeZone, fromDay, handOverMinute)
  const ends = instantAt(timeZone, addDays(tailUntil, 1), handOverMinute)
  const published = new PlanCells(historyDays + days + tailDays)
  const [rest, officers, patterns, posts, demand, teams, cells, elsewhere, basedOn] = await Promise.all([
    rulesOn(own, agencyId, fromDay),
    rosterOfficers(db, agencyId, begins, ends),
    patternsOf(db, agencyId),
    postsFor(db, agencyId, operationId),
    demandFor(db, agencyId, operationId, fromDay, untilDay),
    closedLoopTeams(db, agencyId, fromDay, untilDay),
    publishedCells(own, agencyId, operationId, historyFrom, tailUntil, published),
    dutiesElsewhere(own, agencyId, operationId, begins, ends),
    newestVersion(own, agencyId, operationId, fromDay, untilDay),
  ])
  for (const { officerId, day, duty } of cells) published.set(officerId, day, duty)
  return {
    agency,
    operationId,
    fromDay,
    untilDay,
    days,
    beginsMs: Date.parse(begins),
    now,
    rules: rest.rules,
    officers,
    patterns: new Map(patterns.map(pattern => [pattern.patternId, pattern])),
    posts: new Map(posts.map(post => [post.postId, post])),
    demand,
    teams,
    published,
    elsewhere,
    basedOn,
  }
}
