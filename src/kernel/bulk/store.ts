// What a module says of a bulk fact: the table it goes to, what is looked at before, and what is counted.
import type { Kysely } from 'kysely'
import type { HandledCommand } from '../command.ts'
import type { CommandContract, InputOf, Problem } from '../contract.ts'
import type { AnyTables } from '../db/connection.ts'

/** A word goes into an array literal as it is: an id, a number, a truth, one of a closed list. Never free text. */
export type Word = string | number | boolean | null

export interface BulkColumn<Input> {
  name: string
  /** The PostgreSQL type of the column. */
  type: 'uuid' | 'text' | 'integer' | 'boolean' | 'jsonb'
  /** For `jsonb` the value itself; else a word. */
  of(input: Input): unknown
}

/**
 * A table has besides: agency_id, the key, commit_id, digest, occurred_at, claimed_at, received_at, account_id,
 * device_id. Its primary key is (agency_id, key).
 */
export interface BulkStore<Input = never, Known = unknown> {
  table: string
  /** The column that holds the fact's id. */
  key: string
  columns: readonly BulkColumn<Input>[]
  gate: {
    /** Everything that facts of the agency may be about; read some times a minute, kept in memory. */
    load(db: Kysely<AnyTables>, agencyId: string): Promise<ReadonlyMap<string, Known>>
    keyOf(input: Input): string
    /** Why a fact about something else is held. */
    missing(): Problem
  }
  /** A table of sums with the key (agency_id, duty_day, hour, …keys), and last_at. */
  counts: {
    table: string
    keys: readonly { name: string; type: 'uuid' | 'text' }[]
    sums: readonly string[]
    of(input: Input, known: Known): { keys: readonly string[]; sums: readonly number[] }
  }
}

/** Binds a bulk fact to where it is stored. */
export function stored<C extends CommandContract & { bulk: true }, Known>(
  contract: C,
  store: BulkStore<InputOf<C>, Known>,
): HandledCommand {
  return {
    contract,
    handler: {
      handle() {
        throw new Error(`invariant: ${contract.name} is stored in bulk and not handled`)
      },
    },
    store: store as unknown as BulkStore,
  }
}
