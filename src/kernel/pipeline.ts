// The only way anything changes. A batch of one actor's commands is one transaction under the agency's lock,
// pipelined and without savepoints; when a command fails in the database the batch is redone one by one with
// savepoints. Measured steps: docs/decisions/0001-command-pipeline.md.
import { Batch, RedoCarefully } from './batch.ts'
import type { Actor, AgencySettings, HandledCommand } from './command.ts'
import type { CommandEntry, CommandKind, Problem, Standing, Verdict } from './contract.ts'
import type { Connection, Pool } from './db/connection.ts'
import { faultOf } from './db/fault.ts'
import type { LiveEvent } from './live.ts'

export type CommandLookup = (name: string, version: number) => HandledCommand | undefined

/** A command that intake has parsed, scanned, role-checked, digested and sealed; or the problem it found. */
export interface PreparedCommand {
  entry: CommandEntry
  handled: HandledCommand | undefined
  kind: CommandKind
  input: unknown
  digest: string
  problem: Problem | undefined
}

export interface PipelineParts {
  pool: Pool
  lookup: CommandLookup
  /** Turns a constraint's name into the problem that it means to the user. */
  constraintProblem(constraint: string): Problem | undefined
  /** Jobs to enqueue when a command of this name is done, in the same transaction. */
  followUps(name: string): readonly string[]
  /** The agency's settings as this batch found or left them. */
  agencySeen(agency: AgencySettings): void
  /** Called once what the event tells of is committed. */
  committed(event: LiveEvent): void
  reportBug(error: unknown, commandId: string): string
}

/** What one batch is about. */
export interface BatchOrder {
  actor: Actor
  agency: AgencySettings
  receivedAt: string
  commands: readonly PreparedCommand[]
}

/** What became of a batch, and where the agency's books stand behind it. */
export interface Applied {
  verdicts: Verdict[]
  standing: Standing
}

const triesMost = 3

export class Pipeline {
  private readonly parts: PipelineParts
  constructor(parts: PipelineParts) {
    this.parts = parts
  }

  /** One verdict per command, in order. Throws only when the whole batch could not be stored. */
  async apply(
    actor: Actor,
    agency: AgencySettings,
    receivedAt: string,
    commands: readonly PreparedCommand[],
  ): Promise<Applied> {
    const order = { actor, agency, receivedAt, commands }
    return this.parts.pool.with(async connection => {
      try {
        return await new Batch(this.parts, connection, order, false).run()
      } catch (error) {
        // Whatever a command did wrong, the careful path finds out which one it was.
        if (connection.broken || (!(error instanceof RedoCarefully) && faultOf(error) === 'elsewhere'))
          throw error
      }
      return this.carefully(connection, order)
    })
  }

  /** A serialization failure may come again; a bounded number of tries, then the client is asked to retry. */
  private async carefully(connection: Connection, order: BatchOrder): Promise<Applied> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await new Batch(this.parts, connection, order, true).run()
      } catch (error) {
        if (attempt >= triesMost || faultOf(error) !== 'conflict') throw error
      }
    }
  }
}
