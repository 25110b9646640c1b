// Queries: typed, permission-checked, paged reads in one read-only transaction under the actor's scope.
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { agencyPublicKey } from './box.ts'
import type { Actor, AgencySettings } from './command.ts'
import { type InputOf, type OutputOf, type QueryContract, problemAnswer } from './contract.ts'
import type { AnyTables, Connection, Pool } from './db/connection.ts'
import { staleStatements } from './db/fault.ts'
import { bulkStatement, scopeStatements } from './db/scope.ts'
import { uuidv7 } from './ids.ts'
import { parseInput, scanProse } from './input.ts'
import { kernelProblems } from './problem.ts'
import type { Sealer } from './seal.ts'

export interface QueryMeta {
  now: string
  actor: Actor
  agency: AgencySettings
  /** Opens sealed values; only in a query whose contract says `opens`. A destroyed key gives null. */
  open(values: readonly (string | null)[]): Promise<(string | null)[]>
  /** Says in the log whom the answer is about, where the input did not (`subjectId`). */
  about(subjectId: string): void
  /** Keyed hash by which a subject is found. */
  mark(...parts: string[]): string
  /** A secret of the agency that follows from what it is for: 32 bytes in base64url, stored nowhere. */
  secret(...parts: string[]): string
  /** To which phones of this agency seal boxes: SPKI, base64url. */
  publicKey(): Promise<string>
}

export interface QueryHandler<C extends QueryContract = QueryContract, T = AnyTables> {
  /** 'agency' for an answer that its own text limits; 'unit' (default) leaves it to the database's policies. */
  sees?: 'unit' | 'agency'
  run(db: Kysely<T>, input: InputOf<C>, meta: QueryMeta): Promise<OutputOf<C>>
}

export interface HandledQuery {
  contract: QueryContract
  handler: QueryHandler
}

export function queriesOn<T>() {
  return <C extends QueryContract<z.ZodType, z.ZodType>>(
    contract: C,
    handler: QueryHandler<C, T>,
  ): HandledQuery => ({
    contract,
    handler: handler as unknown as QueryHandler,
  })
}

export interface QueryEngine {
  pool: Pool
  sealer: Sealer
  now(): Date
}

/** Runs reads under a scope in one snapshot. */
export async function reading<R>(
  pool: Pool,
  scope: Actor['scope'],
  work: (connection: Connection) => Promise<R>,
  writable = false,
): Promise<R> {
  return pool.with(async connection => {
    // The begin is not awaited: it travels with the first query, and its failure fails that query too.
    const begun = connection.script(
      `begin isolation level repeatable read${writable ? '' : ' read only'}; set local statement_timeout = '20s'; set local idle_in_transaction_session_timeout = '60s'; ${scopeStatements(scope)}`,
    )
    begun.catch(() => undefined)
    try {
      const result = await work(connection)
      await begun
      await connection.commit()
      return result
    } catch (error) {
      if (staleStatements(error)) connection.broken = true
      await connection.rollback()
      throw error
    }
  })
}

/** Runs what keeps tables of facts in bulk in order. */
export const upkeep = <R>(
  pool: Pool,
  scope: Actor['scope'],
  id: string,
  work: (db: Kysely<AnyTables>) => Promise<R>,
): Promise<R> =>
  reading(
    pool,
    scope,
    async connection => {
      await connection.setting(bulkStatement(id))
      return work(connection.db as Kysely<AnyTables>)
    },
    true,
  )

export async function runQuery(
  engine: QueryEngine,
  handled: HandledQuery,
  actor: Actor,
  agency: AgencySettings,
  raw: unknown,
): Promise<unknown> {
  const { contract, handler } = handled
  if (!contract.roles.some(role => actor.roles.includes(role))) {
    throw kernelProblems.noRight({ what: contract.title.zh })
  }
  const input = parseInput(contract.input, raw) as Opened
  if (contract.opens) {
    if ((input.purpose ?? '').trim().length < 2) throw kernelProblems.purposeNeeded()
    // The log is never edited: nobody's number may stand in a purpose.
    scanProse(contract.input, input)
  }
  const scope = handler.sees === 'agency' ? { ...actor.scope, unitIds: '*' as const } : actor.scope
  const now = engine.now()
  return reading(
    engine.pool,
    scope,
    async connection => {
      let about = input.subjectId ?? null
      const answer = await handler.run(connection.db, input, {
        now: now.toISOString(),
        actor,
        agency,
        open: async values => {
          if (!contract.opens) throw new Error(`invariant: ${contract.name} does not say that it opens`)
          return engine.sealer.open(scope.agencyId, values)
        },
        about: subjectId => {
          about = subjectId
        },
        mark: (...parts) => engine.sealer.mark(scope.agencyId, ...parts),
        secret: (...parts) => engine.sealer.secret(scope.agencyId, ...parts),
        publicKey: () => agencyPublicKey(engine, scope.agencyId),
      })
      if (contract.opens) await logOpening(connection, contract, actor, input, about, now)
      return answer
    },
    contract.opens,
  )
}

/** What a query that opens is asked with. */
interface Opened {
  purpose?: string
  caseRef?: string
  subjectId?: string
}

/** In the transaction of the answer: what could not be logged is not answered. */
async function logOpening(
  connection: Connection,
  { name }: QueryContract,
  { accountId, scope }: Actor,
  { purpose, caseRef }: Opened,
  subjectId: string | null,
  now: Date,
): Promise<void> {
  await connection.db
    .insertInto('opening')
    .values({
      agency_id: scope.agencyId,
      opening_id: uuidv7(now.getTime()),
      query: name,
      actor_id: accountId,
      purpose,
      at: now.toISOString(),
      subject_id: subjectId,
      case_ref: caseRef ?? null,
    })
    .execute()
}

export { problemAnswer }
