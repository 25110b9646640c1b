// The fairness ledger: what fell to an officer in ninety duty days. One count, which the engine weighs, the officer reads
// of himself and the planner sees spread out. What was really worked counts where the books have it; the published roster
// counts for what is still ahead, and for days of which nobody recorded anything.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween, instantAt } from '../../kernel/time.ts'
import { patternsOf, postsByIds, suitsWorn, type SuitsWorn } from '../posts/index.ts'
import { keeper } from './cache.ts'
import type { ledgerFigures } from './contracts.ts'
import { isNight } from './rest.ts'
import { type IsWeekend, weekendsIn } from './special-days.ts'
import { msTogether, seatWord, workedSource } from './worked.ts'

export const ledgerDays = 90
export type LedgerKey = (typeof ledgerFigures)[number]
/** Counts of duty days; hours are in minutes. */
export type Ledger = Record<LedgerKey, number>

export const emptyLedger = (): Ledger => ({
  nights: 0,
  weekends: 0,
  suitMinutes: 0,
  suitDays: 0,
  samplingDays: 0,
  minutes: 0,
})

/** A band that counts: worked, or to be worked. */
interface Counted {
  day: string
  postId: string
  patternId: string
  band: string
  from: number
  until: number
}

export interface LedgerAsk {
  /** The last duty day of the ninety. */
  untilDay: string
  now: string
  /** Null: everybody. */
  officerIds: readonly string[] | null
}

/** Officer → figures; who has none is not in it. `db` must see the whole agency. */
export async function ledgerOf(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  ask: LedgerAsk,
): Promise<Map<string, Ledger>> {
  const { agencyId, handOverMinute } = agency
  const counted = await countedBands(db, agency, ask)
  const postIds = [...new Set([...counted.values()].flatMap(own => own.map(one => one.postId)))].sort()
  const [patterns, posts, worn, isWeekend] = await Promise.all([
    patternsOf(db, agencyId),
    postsByIds(db, agencyId, postIds),
    suitsWorn(db, agencyId),
    weekendsIn(db, agencyId, addDays(ask.untilDay, 1 - ledgerDays), ask.untilDay),
  ])
  const nights = new Set(
    patterns.flatMap(({ patternId, bands }) =>
      bands.filter(band => isNight(handOverMinute, band)).map(band => `${patternId} ${band.key}`),
    ),
  )
  const sites = new Set([...posts.values()].filter(one => one.kind === 'samplingSite').map(one => one.postId))
  return new Map(
    [...counted].map(([officerId, own]) => [officerId, figuresOf(own, { nights, sites, worn, isWeekend })]),
  )
}

function figuresOf(
  bands: readonly Counted[],
  known: { nights: ReadonlySet<string>; sites: ReadonlySet<string>; worn: SuitsWorn; isWeekend: IsWeekend },
): Ledger {
  const inSuits = bands.filter(
    one => known.worn.ever(one.postId) && known.worn.at(one.postId, new Date(one.from).toISOString()),
  )
  const days = (some: readonly Counted[]) => new Set(some.map(one => one.day))
  const minutes = (some: readonly Counted[]) => Math.floor(msTogether(some) / 60_000)
  return {
    nights: days(bands.filter(one => known.nights.has(`${one.patternId} ${one.band}`))).size,
    weekends: [...days(bands)].filter(known.isWeekend).length,
    suitMinutes: minutes(inSuits),
    suitDays: days(inSuits).size,
    samplingDays: days(bands.filter(one => known.sites.has(one.postId))).size,
    minutes: minutes(bands),
  }
}

async function countedBands(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  { untilDay, now, officerIds }: LedgerAsk,
): Promise<Map<string, Counted[]>> {
  const fromDay = addDays(untilDay, 1 - ledgerDays)
  const span = { fromDay, untilDay, now, officerIds }
  const source = workedSource()
  const [worked, absent, published] = await Promise.all([
    source.bands(db, agency.agencyId, span),
    source.absences(db, agency.agencyId, span),
    publishedBands(db, agency, span),
  ])
  const nowMs = Date.parse(now)
  const counted = new Map<string, Counted[]>([...worked].map(([officerId, own]) => [officerId, [...own]]))
  for (const [officerId, own] of published) {
    const done = worked.get(officerId) ?? []
    const daysWorked = new Set(done.map(one => one.day))
    for (const one of own) {
      // Of a day on which something of his was recorded only what is still ahead is taken from the roster. Asked first:
      // of ninety days that leaves a handful, and a word for each of fifty thousand seats costs more than all the rest.
      if (daysWorked.has(one.day) && (one.from <= nowMs || done.some(other => sameSeat(one, other)))) continue
      if (absent.size > 0 && absent.has(seatWord({ officerId, ...one }))) continue
      const all = counted.get(officerId) ?? []
      counted.set(officerId, all)
      all.push(one)
    }
  }
  return counted
}

const sameSeat = (one: Counted, other: Counted): boolean =>
  one.day === other.day &&
  one.postId === other.postId &&
  one.patternId === other.patternId &&
  one.band === other.band

/** Bands of the published roster, in whatever operation, by officer. */
async function publishedBands(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  span: { fromDay: string; untilDay: string; officerIds: readonly string[] | null },
): Promise<Map<string, Counted[]>> {
  const { agencyId } = agency
  const ids = span.officerIds ? [...span.officerIds] : null
  const [patterns, { rows }] = await Promise.all([
    patternsOf(db, agencyId),
    // As in `publishedCells`: all of one place in one text.
    sql<{ post_id: string; pattern_id: string; bands: string; people: string }>`
      select post_id, pattern_id, array_to_string(bands, '+') as bands,
        string_agg(concat(officer_id, day), '') as people
      from assignment
      where agency_id = ${agencyId}::uuid and day between ${span.fromDay}::date and ${span.untilDay}::date
        and (${ids}::uuid[] is null or officer_id = any (${ids}::uuid[]))
      group by 1, 2, 3 order by 1, 2, 3`.execute(db),
  ])
  const cut = new Map(patterns.map(one => [one.patternId, one.bands]))
  const begins = dayBegins(agency, span.fromDay, span.untilDay)
  const found = new Map<string, Counted[]>()
  for (const { post_id: postId, pattern_id: patternId, bands: text, people } of rows) {
    const keys = text.split('+')
    const bands = (cut.get(patternId) ?? []).filter(band => keys.includes(band.key))
    for (let at = 0; at < people.length; at += 46) {
      const officerId = people.slice(at, at + 36)
      const day = people.slice(at + 36, at + 46)
      const zero = begins.get(day) ?? 0
      const own = found.get(officerId) ?? []
      found.set(officerId, own)
      for (const band of bands) {
        const from = zero + band.from * 60_000
        own.push({ day, postId, patternId, band: band.key, from, until: from + band.minutes * 60_000 })
      }
    }
  }
  return found
}

/** The first millisecond of each duty day. */
function dayBegins(agency: AgencySettings, fromDay: string, untilDay: string): Map<string, number> {
  const days = daysBetween(fromDay, untilDay) + 1
  return new Map(
    Array.from({ length: days }, (_, at) => {
      const day = addDays(fromDay, at)
      return [day, Date.parse(instantAt(agency.timeZone, day, agency.handOverMinute))]
    }),
  )
}

const ledgersKept = keeper(4)
export const ledgerTables: readonly string[] = [
  'assignment',
  'shift_pattern',
  'post',
  'zone_stage',
  'special_day',
]

/**
 * Of everybody, for queries: read again when something of it has changed, and each quarter of an hour, because what
 * runs goes on.
 */
export function keptLedger(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  { untilDay, now }: Omit<LedgerAsk, 'officerIds'>,
): Promise<Map<string, Ledger>> {
  const quarter = Math.floor(Date.parse(now) / 900_000)
  const about = `ledger ${untilDay} ${quarter} ${agency.timeZone} ${agency.handOverMinute}`
  const tables = [...ledgerTables, ...workedSource().tables]
  return ledgersKept(db, { agencyId: agency.agencyId, about, tables }, () =>
    ledgerOf(db, agency, { untilDay, now, officerIds: null }),
  )
}
