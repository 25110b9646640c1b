// The server half of a command: who may touch these rows, and what is done.
import type { Compilable, Kysely } from 'kysely'
import type { z } from 'zod'
import type { BulkStore } from './bulk/store.ts'
import type { ActorRole, CommandContract, InputOf, OutputOf, Problem } from './contract.ts'
import type { AnyTables } from './db/connection.ts'
import type { Scope } from './db/scope.ts'

export interface Actor {
  /** The account; null for the system. */
  accountId: string | null
  officerId: string | null
  name: string
  roles: readonly ActorRole[]
  scope: Scope
  deviceId: string | null
}

export interface AgencySettings {
  agencyId: string
  code: string
  name: string
  kind: 'real' | 'rehearsal'
  timeZone: string
  /** Minutes after midnight at which a duty day starts. */
  handOverMinute: number
}

export interface CommandMeta {
  commandId: string
  /** The device's corrected claim; never decides acceptance. */
  occurredAt: string
  /** The installation's clock. Handlers take time from nowhere else. */
  receivedAt: string
  actor: Actor
  agency: AgencySettings
  /** An id of this command; the same label gives the same id when the journal is run again. */
  id(label: string): string
  /** Runs a command of a lower module inside this one. */
  call<C extends CommandContract>(contract: C, input: InputOf<C>): Promise<OutputOf<C>>
}

export interface WriteExpectation {
  /** How many rows the statement must touch; under row-level security an UPDATE that sees nothing is silent. */
  rows: number
  otherwise: Problem
}

export interface CommandTx<T> {
  /** Reads wait for their answer and see this command's own writes. Never write through it. */
  db: Kysely<T>
  /** Buffered and pipelined: a refusal before the first read after it has cost nothing. */
  write(statement: Compilable, expect?: WriteExpectation): void
}

export interface CommandHandler<C extends CommandContract = CommandContract, T = AnyTables> {
  /** Throws a Problem where this actor may not touch these rows. */
  allow?(tx: CommandTx<T>, input: InputOf<C>, meta: CommandMeta): Promise<void> | void
  handle(tx: CommandTx<T>, input: InputOf<C>, meta: CommandMeta): Promise<OutputOf<C>> | OutputOf<C>
  /** Changes the agency's own settings, which `meta.agency` hands to the commands behind it. */
  changesAgency?: boolean
}

export interface HandledCommand {
  contract: CommandContract
  handler: CommandHandler
  /** Where a bulk fact is stored instead of being handled. */
  store?: BulkStore
}

/** Binds handlers to the tables of one module: `const on = commandsOn<PeopleTables>()`. */
export function commandsOn<T>() {
  return <C extends CommandContract<z.ZodType, z.ZodType>>(
    contract: C,
    handler: CommandHandler<C, T>,
  ): HandledCommand => ({
    contract,
    handler: handler as unknown as CommandHandler,
  })
}
