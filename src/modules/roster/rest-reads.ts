// Who is owed rest, with what was granted and ordered: from what was worked, the published roster and the rules in force.
import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { patternsOf, postsByIds } from '../posts/index.ts'
import type { RestCause, restDebt } from './contracts.ts'
import type { RosterDb } from './published.ts'
import { isNight, rulesOn } from './rest.ts'
import { type Ahead, type Debt, debtsOf, type Known, shiftsOf } from './rest-owed.ts'
import { workedSource } from './worked.ts'

/** Duty days that are gone through: what is older was slept off, or has broken a rule since. */
const lookBackDays = 14
/** So far ahead a duty can lie and still begin too soon. */
const lookAheadDays = 4

export type DebtView = z.output<typeof restDebt>
export interface OwnedDebt {
  officerId: string
  debt: Debt
  view: DebtView
}

interface Decisions {
  grants: { officerId: string; from: string; until: string }[]
  orders: Map<string, NonNullable<DebtView['order']>>
}

export const debtKey = (officerId: string, cause: string, arisenAt: string | number): string =>
  `${officerId} ${cause} ${new Date(arisenAt).toISOString()}`

/** Of everybody, or of some; in the order of their ids and of the causes. `db` must see the whole agency. */
export async function restDebts(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  now: string,
  officerIds: readonly string[] | null,
): Promise<OwnedDebt[]> {
  const { agencyId } = agency
  const own = db as unknown as RosterDb
  const today = dutyDayOf(agency, now)
  const span = { fromDay: addDays(today, -lookBackDays), untilDay: today, now, officerIds }
  const [worked, { rules }, ahead] = await Promise.all([
    workedSource().bands(db, agencyId, span),
    rulesOn(own, agencyId, today),
    dutiesNotOver(db, agencyId, now, today, officerIds),
  ])
  const known = await knownOf(db, agency, [...worked.values()].flat())
  const found: { officerId: string; debts: Debt[] }[] = []
  for (const officerId of [...worked.keys()].sort()) {
    const shifts = shiftsOf(worked.get(officerId) ?? [], known)
    const ask = { shifts, ahead: ahead.get(officerId) ?? [], rules, now: Date.parse(now) }
    const debts = debtsOf(ask)
    if (debts.length > 0) found.push({ officerId, debts })
  }
  const decided = await decisionsOf(
    own,
    agencyId,
    found.map(one => one.officerId),
    now,
  )
  return found.flatMap(({ officerId, debts }) =>
    debts.map(debt => ({ officerId, debt, view: viewOf(officerId, debt, decided) })),
  )
}

async function knownOf(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  bands: readonly { postId: string }[],
): Promise<Known> {
  const postIds = [...new Set(bands.map(one => one.postId))].sort()
  const [patterns, posts] = await Promise.all([
    patternsOf(db, agency.agencyId),
    postsByIds(db, agency.agencyId, postIds),
  ])
  const standby = new Set(patterns.filter(one => one.kind === 'standby24').map(one => one.patternId))
  const nights = new Set(
    patterns.flatMap(({ patternId, bands: cut }) =>
      cut.filter(band => isNight(agency.handOverMinute, band)).map(band => `${patternId} ${band.key}`),
    ),
  )
  const inside = new Set(
    [...posts.values()]
      .filter(post => post.kind === 'reserve' || post.kind === 'commandPost')
      .map(post => post.postId),
  )
  return {
    isNight: (patternId, band) => nights.has(`${patternId} ${band}`),
    longAllowed: (postId, patternId) => standby.has(patternId) || inside.has(postId),
  }
}

/** Published duties that run or are ahead, by officer. */
async function dutiesNotOver(
  db: Kysely<AnyTables>,
  agencyId: string,
  now: string,
  today: string,
  officerIds: readonly string[] | null,
): Promise<Map<string, Ahead[]>> {
  const ids = officerIds ? [...officerIds] : null
  const { rows } = await sql<{ officer_id: string; begins: string; ends: string }>`
    select officer_id, lower(period) as begins, upper(period) as ends from assignment
    where agency_id = ${agencyId}::uuid and upper(period) > ${now}::timestamptz
      and day between ${addDays(today, -1)}::date and ${addDays(today, lookAheadDays)}::date
      and (${ids}::uuid[] is null or officer_id = any (${ids}::uuid[]))
    order by officer_id, begins, ends`.execute(db)
  const found = new Map<string, Ahead[]>()
  for (const row of rows) {
    const own = found.get(row.officer_id) ?? []
    found.set(row.officer_id, own)
    own.push({ from: Date.parse(row.begins), until: Date.parse(row.ends) })
  }
  return found
}

async function decisionsOf(
  db: RosterDb,
  agencyId: string,
  officerIds: readonly string[],
  now: string,
): Promise<Decisions> {
  const anyOfThem = sql<string>`any (${[...officerIds]}::uuid[])`
  const [grants, orders] = await Promise.all([
    db
      .selectFrom('rest_grant')
      .select(['officer_id', 'begins_at', 'ends_at'])
      .where('agency_id', '=', agencyId)
      .where('officer_id', '=', anyOfThem)
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .orderBy('begins_at')
      .orderBy('grant_id')
      .execute(),
    db
      .selectFrom('rest_order')
      .select(['officer_id', 'cause', 'arisen_at', 'orderer', 'reason', 'ordered_at'])
      .where('agency_id', '=', agencyId)
      .where('officer_id', '=', anyOfThem)
      .orderBy('ordered_at')
      .orderBy('order_id')
      .execute(),
  ])
  return {
    grants: grants.map(row => ({ officerId: row.officer_id, from: row.begins_at, until: row.ends_at })),
    orders: new Map(
      orders.map(row => [
        debtKey(row.officer_id, row.cause, row.arisen_at),
        { orderer: row.orderer, reason: row.reason, at: row.ordered_at },
      ]),
    ),
  }
}

function viewOf(officerId: string, debt: Debt, decided: Decisions): DebtView {
  const iso = (ms: number) => new Date(ms).toISOString()
  const owedMs = debt.owedMinutes * 60_000
  const arisenAt = iso(debt.arisenAt)
  const order = decided.orders.get(debtKey(officerId, debt.cause, arisenAt)) ?? null
  // One rest that is long enough is had for all that is owed.
  const grant = decided.grants.find(
    one =>
      one.officerId === officerId &&
      // He worked into an earlier one, which is no rest any more; pages give whole minutes.
      Date.parse(one.from) >= debt.from - 60_000 &&
      Date.parse(one.until) - Date.parse(one.from) >= owedMs,
  )
  return {
    ...{ cause: debt.cause, arisenAt, ...wordsOf(debt), owedMinutes: debt.owedMinutes },
    state: grant ? 'granted' : order ? 'ordered' : 'owed',
    from: grant?.from ?? iso(debt.from),
    until: grant?.until ?? iso(debt.from + owedMs),
    order,
  }
}

const hours = (minutes: number) => String(Math.round(minutes / 6) / 10)

function wordsOf({ cause, was, rule, ahead }: Debt): { zh: string; en: string } {
  const said: Record<RestCause, { zh: string; en: string }> = {
    short: ahead
      ? {
          zh: `下岗到下一班只有 ${hours(was)} 小时，应休 ${hours(rule)} 小时`,
          en: `only ${hours(was)} h until the next duty; ${hours(rule)} h of rest are due`,
        }
      : {
          zh: `两班之间只休了 ${hours(was)} 小时，应休 ${hours(rule)} 小时`,
          en: `rested ${hours(was)} h between duties; ${hours(rule)} h are due`,
        },
    long: {
      zh: `连续在岗 ${hours(was)} 小时，上限 ${hours(rule)} 小时`,
      en: `on duty for ${hours(was)} h; ${hours(rule)} h at most`,
    },
    noDayOff: {
      zh: `七天里上勤 ${was} 天，至多 ${rule} 天`,
      en: `${was} days of seven worked; ${rule} at most`,
    },
  }
  return said[cause]
}
