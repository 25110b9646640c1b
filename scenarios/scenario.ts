// What a scenario is: a published operation, played day by day through real commands in a rehearsal agency, and
// compared figure by figure with what was published. Days are offsets from an anchor, so that the same operation
// can be replayed at its own date or shown as if it were running today.
import type { Actor, AgencySettings } from '../src/kernel/command.ts'
import type { Both, CommandContract, InputOf, OutputOf, QueryContract } from '../src/kernel/contract.ts'

export interface Fact {
  key: string
  zh: string
  en: string
  value: number
  unit: string
  atLeast?: boolean
  atMost?: number
}

export interface StatedFact {
  contract: CommandContract
  input: unknown
  /** The same label at the same instant gives the same id. */
  label: string
  at: string
}

/** What a scenario may use: the doors of the kernel, with a clock that it sets itself. */
export interface Stage {
  agency: AgencySettings
  /** First duty day of the operation. */
  anchor: string
  /** The same label gives the same id, so that a scenario cut off half-way goes on where it stopped. */
  id(label: string): string
  /** False when the instant lies behind the end of what is to be played: the demonstration stops at now. */
  setClock(instant: string): boolean
  run<C extends CommandContract>(
    contract: C,
    input: InputOf<C>,
    label: string,
    actor?: Actor,
  ): Promise<OutputOf<C>>
  /** Many facts at once, as phones send them; each with the instant at which it happened. Throws for the first not taken. */
  state(facts: readonly StatedFact[]): Promise<void>
  ask<C extends QueryContract>(contract: C, input: unknown): Promise<OutputOf<C>>
  /** Whether the command of this label is in the journal as done. */
  isDone(label: string): Promise<boolean>
  upload(name: string, fileName: string, bytes: Buffer, input: unknown): Promise<unknown>
  task(name: string, input: unknown): Promise<unknown>
  say(line: Both): void
}

/** Somebody to show the demonstration as. */
export interface DemonstrationAccount {
  role: string
  badge: string
  accountId: string
}

export interface Scenario {
  name: string
  title: Both
  agency: { code: string; name: string }
  /** Length of the operation in duty days, and its first day as it was. */
  days: number
  start: string
  facts: readonly Fact[]
  /** Plays the whole operation. */
  play(stage: Stage): Promise<{ accounts: DemonstrationAccount[]; holds: Both }>
}
