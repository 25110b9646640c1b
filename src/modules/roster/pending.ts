// What waits for an officer: duty ahead that he has not acknowledged, how often he was chased for it, swaps to answer.
import { sql } from 'kysely'
import type { RosterDb } from './published.ts'

export interface AheadRow {
  officerId: string
  /** The newest version that touches him. */
  version: number
  /** His next duty begins. */
  next: string
  postId: string
  /** When he acknowledged that version. */
  at: string | null
  /** Chases since that version was published. */
  chased: number
  chasedAt: string | null
}

/** Everybody with duty ahead, or some of them. */
export async function aheadByOfficer(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  now: string,
  officerIds: readonly string[] | null = null,
): Promise<AheadRow[]> {
  const { rows } = await sql<AheadRow>`
    with ahead as (
      select officer_id, max(version) as version, min(lower(period)) as next,
        (array_agg(post_id order by lower(period), assignment_id))[1] as post_id
      from assignment
      where agency_id = ${agencyId} and operation_id = ${operationId} and lower(period) > ${now}::timestamptz
        and (${officerIds === null} or officer_id = any (${[...(officerIds ?? [])]}::uuid[]))
      group by officer_id
    )
    select a.officer_id as "officerId", a.version, a.next, a.post_id as "postId",
      (select min(k.at) from acknowledgement k where k.agency_id = ${agencyId} and k.operation_id = ${operationId}
        and k.officer_id = a.officer_id and k.version >= a.version) as at,
      coalesce(c.n, 0)::int as chased, c.at as "chasedAt"
    from ahead a left join lateral (
      select count(*) as n, max(h.at) as at from chase h where h.agency_id = ${agencyId}
        and h.operation_id = ${operationId} and h.officer_id = a.officer_id and h.version >= a.version
    ) c on true
    order by a.next, a.officer_id`.execute(db)
  return rows
}

/** Of some officers those who have not acknowledged. */
export async function pendingOf(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  now: string,
  officerIds: readonly string[],
): Promise<AheadRow[]> {
  const rows = await aheadByOfficer(db, agencyId, operationId, now, officerIds)
  return rows.filter(row => row.at === null)
}

export interface Chased {
  times: number
  at: string
  by: string | null
}

/** How often an officer was chased for duty ahead that he has still not acknowledged; null: not at all. */
export async function chasedFor(
  db: RosterDb,
  agencyId: string,
  officerId: string,
  now: string,
): Promise<Chased | null> {
  const { rows } = await sql<Chased>`
    select count(*)::int as times, max(h.at) as at, (array_agg(p.name order by h.at desc, h.n desc))[1] as by
    from chase h left join account p on p.agency_id = h.agency_id and p.account_id = h.by_account
    where h.agency_id = ${agencyId} and h.officer_id = ${officerId}
      and not exists (select from acknowledgement k where k.agency_id = h.agency_id
        and k.operation_id = h.operation_id and k.officer_id = h.officer_id and k.version >= h.version)
      and exists (select from assignment a where a.agency_id = h.agency_id and a.operation_id = h.operation_id
        and a.officer_id = h.officer_id and a.version = h.version and lower(a.period) > ${now}::timestamptz)`.execute(
    db,
  )
  const [row] = rows
  return row && row.times > 0 ? row : null
}

/** Swaps put to an officer by name that he has not answered. */
export async function askedOf(
  db: RosterDb,
  agencyId: string,
  officerId: string,
  now: string,
): Promise<number> {
  const { n } = await db
    .selectFrom('swap_request')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('agency_id', '=', agencyId)
    .where('partner_id', '=', officerId)
    .where('state', '=', 'asked')
    .where('due_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(n)
}
