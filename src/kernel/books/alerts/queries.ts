// Reading alerts: what stands, what is past, one with its steps. Everybody sees what concerns the whole bureau, his
// units or himself.
import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, AgencySettings } from '../../command.ts'
import type { Both, InputOf, OutputOf, Role } from '../../contract.ts'
import { kernelProblems } from '../../problem.ts'
import { queriesOn } from '../../query.ts'
import { spanOf } from '../../time.ts'
import {
  alertDetail,
  type alertRow,
  alertTakers,
  alerts,
  type AlertState,
  pastAlerts,
  type Severity,
  watchList,
} from './contracts.ts'
import {
  type AlertRow,
  type AlertTables,
  alertSeen,
  climbOf,
  isMine,
  mayAct,
  notYours,
  sees,
} from './rules.ts'
import { ownSetting } from './setting.ts'
import type { z } from 'zod'

const on = queriesOn<AlertTables>()
type Db = Kysely<AlertTables>
type Shown = z.output<typeof alertRow>
type Asker = { actor: Actor; agency: AgencySettings; now: string }
type Narrowed = Pick<InputOf<typeof alerts>, 'search' | 'watches' | 'severities' | 'owners' | 'mine'>
type Found = SelectQueryBuilder<AlertTables, 'alert', Record<never, never>>

/** What is known of a watch by its key. */
export interface WatchName {
  title: Both
  owner: Role
}
export type WatchNames = ReadonlyMap<string, WatchName>

const anyOf = (values: readonly string[]): RawBuilder<string> => sql<string>`any (${values}::text[])`
const peopleOf = (row: AlertRow) => [row.owner_account_id, row.acknowledged_by]

async function namesOf(db: Db, agencyId: string, ids: readonly (string | null)[]) {
  const wanted = [...new Set(ids.filter(id => id !== null))].sort()
  if (wanted.length === 0) return new Map<string, string>()
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'name'])
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', sql<string>`any (${wanted}::uuid[])`)
    .orderBy('account_id')
    .execute()
  return new Map(rows.map(row => [row.account_id, row.name]))
}

function stateOf(row: AlertRow): AlertState {
  if (row.snoozed_until !== null && row.cleared_at === null) return 'snoozed'
  return row.acknowledged_at === null ? 'waiting' : 'acknowledged'
}

function shown(row: AlertRow, asker: Asker, names: ReadonlyMap<string, string>, watches: WatchNames): Shown {
  const named = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const title = watches.get(row.watch)?.title
  const ends = row.cleared_at ?? asker.now
  return {
    alertId: row.alert_id,
    watch: row.watch,
    watchZh: title?.zh ?? row.watch,
    watchEn: title?.en ?? row.watch,
    subject: row.subject,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    severity: row.severity as Severity,
    link: row.link,
    ownerRole: row.owner_role,
    ownerId: row.owner_account_id,
    ownerName: named(row.owner_account_id),
    raisedAt: row.raised_at,
    dueAt: row.due_at,
    state: stateOf(row),
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: named(row.acknowledged_by),
    snoozedUntil: row.snoozed_until,
    clearedAt: row.cleared_at,
    times: row.times,
    wentUp: row.went_up,
    stoodMinutes: Math.max(0, Math.round((Date.parse(ends) - Date.parse(row.raised_at)) / 60_000)),
    mine: isMine(asker.actor, row),
    may: row.cleared_at === null && mayAct(asker.actor, row),
  }
}

function seen(db: Db, asker: Asker): Found {
  return db
    .selectFrom('alert')
    .where('alert.agency_id', '=', asker.agency.agencyId)
    .where(alertSeen(asker.actor)) as Found
}

/** Nobody's by name and of a role of the asker, or the asker's own. */
const mineNow = ({ actor }: Asker) => sql<boolean>`(case when alert.owner_account_id is null
  then alert.owner_role = any (${[...actor.roles]}::text[])
  else alert.owner_account_id = ${actor.accountId}::uuid end)`
const didSomething = ({ actor }: Asker) => sql<boolean>`(alert.owner_account_id = ${actor.accountId}::uuid
  or exists (select from alert_step s where s.agency_id = alert.agency_id and s.alert_id = alert.alert_id
    and s.by_account = ${actor.accountId}::uuid))`

function narrow(from: Found, input: Narrowed): Found {
  let found = from
  if (input.watches?.length) found = found.where('watch', '=', anyOf(input.watches))
  if (input.severities?.length) found = found.where('severity', '=', anyOf(input.severities))
  if (input.owners?.length) found = found.where('owner_role', '=', anyOf(input.owners))
  const search = input.search?.trim().toLowerCase()
  if (search) {
    found = found.where(sql<boolean>`(strpos(lower(title_zh), ${search}) > 0
      or strpos(lower(title_en), ${search}) > 0)`)
  }
  return found
}

const stateNow = sql<string>`(case when snoozed_until is not null then 'snoozed'
  when acknowledged_at is null then 'waiting' else 'acknowledged' end)`

const openOnes = (watches: WatchNames) =>
  on(alerts, {
    async run(db, input, meta) {
      let found = narrow(seen(db, meta).where('cleared_at', 'is', null), input)
      if (input.watch) found = found.where('watch', '=', input.watch)
      if (input.mine) found = found.where(mineNow(meta))
      found = input.states
        ? found.where(stateNow, '=', anyOf(input.states))
        : found.where('snoozed_until', 'is', null)
      const counts = await found
        .select([
          sql<number>`count(*)`.as('total'),
          sql<number>`count(*) filter (where severity = 'red')`.as('red'),
          sql<number>`count(*) filter (where acknowledged_at is null)`.as('waiting'),
        ])
        .executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .orderBy('due_at')
        .orderBy('alert_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      const names = await namesOf(db, meta.agency.agencyId, rows.flatMap(peopleOf))
      return { ...counts, rows: rows.map(row => shown(row, meta, names, watches)) }
    },
  })

/** Who last did something about each. */
async function handlers(db: Db, agencyId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ alert_id: string; by_account: string }>`
    select distinct on (alert_id) alert_id, by_account from alert_step
    where agency_id = ${agencyId} and alert_id = any (${ids}::uuid[]) and by_account is not null
    order by alert_id, n desc`.execute(db)
  return new Map(rows.map(row => [row.alert_id, row.by_account]))
}

const past = (watches: WatchNames) =>
  on(pastAlerts, {
    async run(db, input, meta) {
      let found = narrow(seen(db, meta).where('cleared_at', 'is not', null), input)
      if (input.mine) found = found.where(didSomething(meta))
      const [from, until] = [input.from ?? input.until, input.until ?? input.from]
      if (from && until) {
        const span = spanOf(meta.agency, from, until)
        found = found.where('cleared_at', '>=', span.begins).where('cleared_at', '<', span.ends)
      }
      const { total } = await found.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const way = input.descending ? 'desc' : 'asc'
      const by = {
        raisedAt: sql`raised_at`,
        clearedAt: sql`cleared_at`,
        stood: sql`(cleared_at - raised_at)`,
      }
      let ordered = found.selectAll()
      if (input.order) ordered = ordered.orderBy(by[input.order], way)
      const rows = await ordered
        .orderBy('cleared_at', 'desc')
        .orderBy('alert_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      const { agencyId } = meta.agency
      const by_ = await handlers(
        db,
        agencyId,
        rows.map(row => row.alert_id),
      )
      const names = await namesOf(db, agencyId, [...rows.flatMap(peopleOf), ...by_.values()])
      return {
        total,
        rows: rows.map(row => ({
          ...shown(row, meta, names, watches),
          handledBy: names.get(by_.get(row.alert_id) ?? '') ?? null,
        })),
      }
    },
  })

async function needSeen(db: Db, asker: Asker, alertId: string): Promise<AlertRow> {
  const row = await db
    .selectFrom('alert')
    .selectAll()
    .where('agency_id', '=', asker.agency.agencyId)
    .where('alert_id', '=', alertId)
    .executeTakeFirst()
  if (!row || !sees(asker.actor, row)) throw kernelProblems.missing({ what: '预警' })
  return row
}

type Step = OutputOf<typeof alertDetail>['steps'][number]

const detail = (watches: WatchNames) =>
  on(alertDetail, {
    async run(db, input, meta) {
      const row = await needSeen(db, meta, input.alertId)
      const { agencyId } = meta.agency
      const done = await db
        .selectFrom('alert_step')
        .selectAll()
        .where('agency_id', '=', agencyId)
        .where('alert_id', '=', input.alertId)
        .orderBy('n')
        .execute()
      const people = [...peopleOf(row), ...done.flatMap(one => [one.by_account, one.owner_account_id])]
      const names = await namesOf(db, agencyId, people)
      const named = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
      const bySystem = { by: null, text: '', ownerName: null, until: null }
      const ownerRole = row.first_owner_role ?? row.owner_role
      const steps: Step[] = [
        { ...bySystem, n: 0, kind: 'raised', at: row.raised_at, ownerRole },
        ...done.map(one => ({
          n: one.n,
          kind: one.kind as Step['kind'],
          at: one.at,
          by: named(one.by_account),
          text: one.text,
          ownerRole: one.owner_role,
          ownerName: named(one.owner_account_id),
          until: one.until,
        })),
      ]
      if (row.cleared_at !== null) {
        const n = (done.at(-1)?.n ?? 0) + 1
        steps.push({ ...bySystem, n, kind: 'ended', at: row.cleared_at, ownerRole: row.owner_role })
      }
      const climb = climbOf(row)
      return {
        ...shown(row, meta, names, watches),
        goesUpAt: climb?.at ?? null,
        goesUpTo: climb?.to ?? null,
        steps,
      }
    },
  })

const takersMost = 200
const takers = on(alertTakers, {
  // Whom it can be handed to is not bound to the asker's units.
  sees: 'agency',
  async run(db, input, meta) {
    const row = await needSeen(db, meta, input.alertId)
    if (!mayAct(meta.actor, row)) throw notYours(row)
    let found = db
      .selectFrom('account')
      .select(['account_id', 'name', 'roles'])
      .where('agency_id', '=', meta.agency.agencyId)
      .where('active', '=', true)
      .where(sql<boolean>`roles <> array['viewer']`)
    if (row.owner_account_id !== null) found = found.where('account_id', '<>', row.owner_account_id)
    const search = input.search?.trim()
    if (search) found = found.where(sql<boolean>`strpos(name, ${search}) > 0`)
    const rows = await found.orderBy('name').orderBy('account_id').limit(takersMost).execute()
    return {
      rows: rows.map(one => ({ accountId: one.account_id, name: one.name, roles: one.roles as Role[] })),
    }
  },
})

const list = (watches: WatchNames) =>
  on(watchList, {
    run: async () => ({
      rows: [...watches].map(([watch, { title, owner }]) => ({
        watch,
        titleZh: title.zh,
        titleEn: title.en,
        ownerRole: owner,
      })),
    }),
  })

export const alertQueries = (watches: WatchNames) => [
  openOnes(watches),
  past(watches),
  detail(watches),
  takers,
  list(watches),
  ownSetting,
]
