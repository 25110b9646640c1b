// Everything that a roster is made of, read once for a span of duty days.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween, instantAt } from '../../kernel/time.ts'
import {
  closedLoopTeams,
  type ClosedLoopTeam,
  type RosterOfficer,
  rosterOfficers,
  unitPlaces,
} from '../people/index.ts'
import {
  type DayDemand,
  demandFor,
  type Pattern,
  patternsOf,
  type PostForRoster,
  postsFor,
  suitsWorn,
  type SuitsWorn,
} from '../posts/index.ts'
import { keeper } from './cache.ts'
import type { Preference } from './contracts-preference.ts'
import type { Duty, PlanCells } from './matrix.ts'
import { standingPreference } from './preference-reads.ts'
import { dutiesElsewhere, newestVersion, publishedCells, type RosterDb } from './published.ts'
import { type RestRules, rulesOn } from './rest.ts'
import { type Granted, restsGranted } from './rest-grants.ts'
import { type IsWeekend, weekendsIn } from './special-days.ts'

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
  /** Where the units are, as far as it is known. */
  unitPlaces: ReadonlyMap<string, { lng: number; lat: number }>
  /** Where suits are worn: a duty there weighs more. */
  worn: SuitsWorn
  isWeekend: IsWeekend
  /** Compulsory rest: no duty may lie in it. */
  granted: Granted[]
  /** From `historyDays` before the span to `tailDays` behind it; day 0 is the first of the history. */
  published: PlanCells
  elsewhere: { officerId: string; begins: string; ends: string }[]
  /** Newest publication that touches the span. */
  basedOn: number | null
  /** What rosters of the operation lean to. */
  preference: Preference
}

/** A span's published cells, seen from its own first day. */
export function publishedAt(inputs: RosterInputs, officerId: string, day: number) {
  return inputs.published.get(officerId, day + historyDays)
}

/** The same of one officer, looked up once. */
export function publishedDays(inputs: RosterInputs, officerId: string): (day: number) => Duty | null {
  const row = inputs.published.rowsByOfficer().get(officerId)
  return day => row?.[day + historyDays] ?? null
}

/** A part of the inputs: what it is about, the tables that it is read from, and the reading. */
type Gather = <T>(about: string, tables: readonly string[], read: () => Promise<T>) => Promise<T>

export interface RosterSpan {
  operationId: string
  fromDay: string
  untilDay: string
}

/** For commands, whose transaction sees its own writes. */
export function readInputs(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  fromDay: string,
  untilDay: string,
  now: string,
): Promise<RosterInputs> {
  return gathered(db, agency, { operationId, fromDay, untilDay }, now, (_about, _tables, read) => read())
}

/** Parts of inputs and of boards; those of a day are some tens of kilobytes. */
export const partsKept = keeper(60)

export function keptPatterns(db: Kysely<AnyTables>, agencyId: string): Promise<Pattern[]> {
  return partsKept(db, { agencyId, about: 'patterns', tables: inputTables.patterns }, () =>
    patternsOf(db, agencyId),
  )
}

/** For queries: a part is read again only after a row of its tables has changed. Nobody may change what is given. */
export function keptInputs(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  span: RosterSpan,
  now: string,
): Promise<RosterInputs> {
  const { agencyId } = agency
  return gathered(db, agency, span, now, (about, tables, read) =>
    partsKept(db, { agencyId, about, tables }, read),
  )
}

/** Tables that the inputs of a roster are read from, by part. A test holds them against what the database reads. */
export const inputTables = {
  rules: ['rest_rule'],
  officers: ['agency', 'officer', 'officer_skill', 'unit', 'availability', 'secondment'],
  patterns: ['shift_pattern'],
  posts: ['post'],
  demand: ['demand', 'post', 'sampling_round'],
  teams: ['team', 'team_member'],
  units: ['unit'],
  suits: ['post', 'zone_stage'],
  weekends: ['special_day'],
  rests: ['rest_grant'],
  published: ['assignment'],
  newest: ['roster_version'],
  preference: ['roster_preference'],
} as const

/** All of them: what a problem rests on, beside the draft that it is made for. */
export const problemTables: readonly string[] = [...new Set(Object.values(inputTables).flat())]

/** What makes a duty heavy, near or a weekend's, and rests that bind. */
async function sharesAndRests(
  db: Kysely<AnyTables>,
  agencyId: string,
  span: { fromDay: string; tailUntil: string; begins: string; ends: string },
  gather: Gather,
): Promise<Pick<RosterInputs, 'worn' | 'unitPlaces' | 'isWeekend' | 'granted'>> {
  const { fromDay, tailUntil, begins, ends } = span
  const [places, worn, isWeekend, granted] = await Promise.all([
    gather('units', inputTables.units, () => unitPlaces(db, agencyId)),
    gather('suits', inputTables.suits, () => suitsWorn(db, agencyId)),
    gather(`weekends ${fromDay} ${tailUntil}`, inputTables.weekends, () =>
      weekendsIn(db, agencyId, fromDay, tailUntil),
    ),
    gather(`rests ${begins} ${ends}`, inputTables.rests, () =>
      restsGranted(db as unknown as RosterDb, agencyId, begins, ends),
    ),
  ])
  return { unitPlaces: places, worn, isWeekend, granted }
}

async function gathered(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  { operationId, fromDay, untilDay }: RosterSpan,
  now: string,
  gather: Gather,
): Promise<RosterInputs> {
  const { agencyId, timeZone, handOverMinute } = agency
  const own = db as unknown as RosterDb
  const days = daysBetween(fromDay, untilDay) + 1
  const historyFrom = addDays(fromDay, -historyDays)
  const tailUntil = addDays(untilDay, tailDays)
  const begins = instantAt(timeZone, fromDay, handOverMinute)
  const ends = instantAt(timeZone, addDays(tailUntil, 1), handOverMinute)
  const [here, window] = [`${operationId} ${fromDay} ${untilDay}`, `${begins} ${ends}`]
  const [rest, officers, patterns, posts, demand, teams, around, published, elsewhere, basedOn, leaning] =
    await Promise.all([
      gather(`rules ${fromDay}`, inputTables.rules, () => rulesOn(own, agencyId, fromDay)),
      gather(`officers ${window}`, inputTables.officers, () => rosterOfficers(db, agencyId, begins, ends)),
      gather('patterns', inputTables.patterns, () => patternsOf(db, agencyId)),
      gather(`posts ${operationId}`, inputTables.posts, () => postsFor(db, agencyId, operationId)),
      gather(`demand ${here}`, inputTables.demand, () =>
        demandFor(db, agencyId, operationId, fromDay, untilDay),
      ),
      gather(`teams ${fromDay} ${untilDay}`, inputTables.teams, () =>
        closedLoopTeams(db, agencyId, fromDay, untilDay),
      ),
      sharesAndRests(db, agencyId, { fromDay, tailUntil, begins, ends }, gather),
      gather(`published ${here}`, inputTables.published, () =>
        publishedCells(own, agencyId, operationId, historyFrom, tailUntil),
      ),
      gather(`elsewhere ${operationId} ${window}`, inputTables.published, () =>
        dutiesElsewhere(own, agencyId, operationId, begins, ends),
      ),
      gather(`newest ${here}`, inputTables.newest, () =>
        newestVersion(own, agencyId, operationId, fromDay, untilDay),
      ),
      gather(`preference ${operationId}`, inputTables.preference, () =>
        standingPreference(own, agencyId, operationId),
      ),
    ])
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
    ...around,
    published,
    elsewhere,
    basedOn,
    preference: leaning.preference,
  }
}

/**
 * The newest moment at or before `now` at which something of the span could begin or a duty day end, in minutes from
 * the span's first instant. Until the next one, what has begun stays what it is.
 */
export function stageOf(
  agency: AgencySettings,
  fromDay: string,
  patterns: readonly Pattern[],
  now: string,
): number {
  const begins = Date.parse(instantAt(agency.timeZone, fromDay, agency.handOverMinute))
  const minute = Math.ceil((Date.parse(now) - begins) / 60_000) - 1
  // A day is over when its last minute has passed.
  const steps = [1439, ...patterns.flatMap(pattern => pattern.bands.map(band => band.from % 1440))]
  const day = Math.floor(minute / 1440)
  const passed = steps.filter(step => step <= minute - day * 1440)
  return passed.length > 0 ? day * 1440 + Math.max(...passed) : (day - 1) * 1440 + Math.max(...steps)
}
