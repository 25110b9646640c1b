// The books of one batch: what came before, what is written at the end. SQL first, with its reasons.
import type { AgencySettings } from './command.ts'
import type { CommandKind, Standing, Verdict } from './contract.ts'
import type { Connection } from './db/connection.ts'
import { type Scope, scopeStatements } from './db/scope.ts'

export interface JournalRow {
  seq: number
  id: string
  parentId: string | null
  name: string
  version: number
  kind: CommandKind
  actorId: string | null
  actor: { roles: readonly string[]; officerId: string | null; units: '*' | readonly string[] }
  deviceId: string | null
  occurredAt: string
  receivedAt: string
  digest: string
  input: unknown
  verdict: 'done' | 'refused' | 'held'
  answer: unknown
}

export interface EarlierAnswer {
  id: string
  digest: string
  seq: number
  verdict: 'done' | 'refused' | 'held'
  answer: unknown
}

interface AgencyRow {
  agency_id: string
  code: string
  name: string
  kind: 'real' | 'rehearsal'
  host_name: string | null
  time_zone: string
  hand_over_minute: number
}
export const agencyColumns = 'agency_id, code, name, kind, host_name, time_zone, hand_over_minute'

export function agencySettings(row: AgencyRow): AgencySettings & { hostName: string | null } {
  return {
    agencyId: row.agency_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    hostName: row.host_name,
    timeZone: row.time_zone,
    handOverMinute: row.hand_over_minute,
  }
}

/** The agency's settings as the transaction sees them: handlers count duty days by them, so they are never cached. */
export async function agencyNow(
  connection: Connection,
  agencyId: string,
): Promise<AgencySettings | undefined> {
  const { rows } = await connection.send<AgencyRow>(
    `select ${agencyColumns} from agency where agency_id = $1`,
    [agencyId],
  )
  return rows[0] && agencySettings(rows[0])
}

/** Where the agency's books stand, as the transaction sees them. */
export async function standingNow(connection: Connection, agencyId: string): Promise<Standing> {
  const { rows } = await connection.send<Standing>(
    `select sys.restore_epoch() as "restoreEpoch",
       coalesce((select seq from journal_head where agency_id = $1), 0) as "headSeq"`,
    [agencyId],
  )
  const [standing] = rows
  if (!standing) throw new Error('invariant: a select without a table has one row')
  return standing
}

export async function earlierAnswers(
  connection: Connection,
  agencyId: string,
  ids: readonly string[],
): Promise<Map<string, EarlierAnswer>> {
  const { rows } = await connection.send<EarlierAnswer>(
    'select id, digest, seq, verdict, answer from journal where agency_id = $1 and id = any ($2::uuid[])',
    [agencyId, ids],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/**
 * Begin, settings, the agency's lock, the look-up of repeated ids, the last seq and the agency's settings: one
 * flight. The lock comes before the look-up, so that the look-up's snapshot sees every batch before this one.
 */
export async function openBatch(
  connection: Connection,
  scope: Scope,
  ids: readonly string[],
): Promise<{ earlier: Map<string, EarlierAnswer>; standing: Standing; agency: AgencySettings | undefined }> {
  // A handler that waits for something else than the database must not hold its agency's lock for ever.
  const begun = connection.script(
    `begin; set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '30s'; ` +
      `${scopeStatements(scope)}; select pg_advisory_xact_lock(hashtextextended('${scope.agencyId}', 0))`,
  )
  const found = earlierAnswers(connection, scope.agencyId, ids)
  const head = standingNow(connection, scope.agencyId)
  const settings = agencyNow(connection, scope.agencyId)
  const [, earlier, standing, agency] = await Promise.all([begun, found, head, settings])
  return { earlier, standing, agency }
}

/** Writes the journal rows of the batch at once and moves the head; the commit follows. */
export function closeBatch(
  connection: Connection,
  agencyId: string,
  rows: readonly JournalRow[],
): Promise<unknown>[] {
  const last = rows.at(-1)
  if (!last) return []
  const column = <K extends keyof JournalRow>(key: K) => rows.map(row => row[key])
  const json = (key: 'actor' | 'input' | 'answer') => rows.map(row => JSON.stringify(row[key] ?? null))
  return [
    connection.send(
      `insert into journal (agency_id, seq, id, parent_id, name, version, kind, actor_id, actor, device_id,
         occurred_at, received_at, digest, input, verdict, answer)
       select $1, * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::uuid[],
         $9::jsonb[], $10::uuid[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::jsonb[], $15::text[],
         $16::jsonb[])`,
      [
        agencyId,
        column('seq'),
        column('id'),
        column('parentId'),
        column('name'),
        column('version'),
        column('kind'),
        column('actorId'),
        json('actor'),
        column('deviceId'),
        column('occurredAt'),
        column('receivedAt'),
        column('digest'),
        json('input'),
        column('verdict'),
        json('answer'),
      ],
    ),
    connection.send(
      'insert into journal_head values ($1, $2) on conflict (agency_id) do update set seq = excluded.seq',
      [agencyId, last.seq],
    ),
  ]
}

/** The verdict that a stored answer gives again, under the id that was asked with. */
export function repeatedVerdict(row: EarlierAnswer, id: string): Verdict {
  const { seq } = row
  if (row.verdict === 'done') return { id, verdict: 'done', seq, answer: row.answer }
  if (row.verdict === 'refused') return { id, verdict: 'refused', seq, problem: row.answer as never }
  const held = row.answer as { reviewId: string; problem: never }
  return { id, verdict: 'held', seq, reviewId: held.reviewId, problem: held.problem }
}
