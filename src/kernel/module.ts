// What a module declares, and the registry that collects the declarations. Everything else follows from them:
// endpoints, OpenAPI, client, permissions, journal, CLI.
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { bulkTaken, takingBulk } from './bulk/taken.ts'
import type { Actor, AgencySettings, HandledCommand } from './command.ts'
import {
  type ActorRole,
  type Both,
  type CountUnit,
  catalogueOf,
  type CommandContract,
  type OutputOf,
  type Problem,
  type ProblemEntry,
  type QueryContract,
  type Role,
} from './contract.ts'
import type { AnyTables } from './db/connection.ts'
import type { EnclosureHands } from './enclosures.ts'
import { markedPaths } from './input.ts'
import type { ClaimedMark, FoundMark } from './marks.ts'
import type { Push } from './push/push.ts'
import type { HandledQuery } from './query.ts'

/** Duty days, both inclusive, and the instants that bound them. */
export interface Span {
  from: string
  until: string
  /** First instant of `from`, and of the day after `until`. */
  begins: string
  ends: string
}

export interface Measure {
  /** Names the subject, as in the published facts: `zones.sealed`. */
  key: string
  title: Both
  unit: CountUnit
  roles: readonly Role[]
  /** Counts rows. Never a constant, never a sum of other units. `now` for what still goes on. */
  count(db: Kysely<AnyTables>, span: Span, now: string): Promise<number>
  /** The query that lists the records behind the figure. */
  records: { query: QueryContract; input(span: Span): Record<string, unknown> }
}

export interface Sighting {
  /** What the alert is about; one open alert per watch and subject. */
  subject: string
  title: Both
  severity: 'red' | 'amber'
  /** Page that shows it, as a path of the desk. */
  link: string
  unitId: string | null
  /** By when somebody must have done something. */
  dueAt: string
}

export interface Watch {
  key: string
  title: Both
  owner: Role
  detect(db: Kysely<AnyTables>, now: string): Promise<Sighting[]>
}

/** Work that follows a command of a lower module, by the system, once per command. */
export interface FollowUp {
  name: string
  after: CommandContract
  run(commandId: string, kernel: SystemHands): Promise<void>
}

/** Work on a clock, by the system. */
export interface Routine {
  name: string
  everySeconds: number
  run(kernel: SystemHands, agency: AgencySettings): Promise<void>
}

/** What a job may do: read as the system, and run commands as the system. */
export interface SystemHands {
  agency: AgencySettings
  actor: Actor
  now(): Date
  read<R>(work: (db: Kysely<AnyTables>) => Promise<R>): Promise<R>
  run<C extends CommandContract>(contract: C, input: unknown, id?: string): Promise<unknown>
  /** Opens boxes of this agency's phones: src/kernel/box.ts. Null where one does not open. */
  openBoxes(boxes: readonly { factId: string; box: string }[]): Promise<(string | null)[]>
  /** Keyed hash by which a subject is found. */
  mark(...parts: string[]): string
  /** Takes marks that nobody has, and gives whose each of them is then: src/kernel/marks.ts. */
  claimMarks(claims: readonly ClaimedMark[]): Promise<FoundMark[]>
  /** For functions of sys that keep tables in order and change nothing that is in the books. */
  upkeep<R>(work: (db: Kysely<AnyTables>) => Promise<R>): Promise<R>
  /** Tells people on their devices; absent where it is turned off. */
  push?: Push | undefined
}

/** A file made on demand: an Excel sheet, a print sheet, a GeoJSON. `GET /api/files/NAME?input=…` */
export interface FileMaker<I extends z.ZodType = z.ZodType> {
  name: string
  title: Both
  roles: readonly ActorRole[]
  input: I
  make(input: z.output<I>, hands: ReaderHands): Promise<MadeFile>
}
export interface MadeFile {
  fileName: string
  contentType: string
  bytes: Buffer
}

/** A file brought by a user, looked at and answered; changes follow by a command. `POST /api/uploads/NAME` */
export interface Upload<I extends z.ZodType = z.ZodType> {
  name: string
  title: Both
  roles: readonly ActorRole[]
  input: I
  bytesMost: number
  read(file: { fileName: string; bytes: Buffer }, input: z.output<I>, hands: ReaderHands): Promise<unknown>
}

/** Long work with progress that can be cancelled. `POST /api/tasks/NAME`, `GET /api/tasks/ID`, `…/cancel` */
export interface Task<I extends z.ZodType = z.ZodType> {
  name: string
  title: Both
  roles: readonly ActorRole[]
  input: I
  run(input: z.output<I>, hands: ReaderHands, control: TaskControl): Promise<unknown>
}
export interface TaskControl {
  taskId: string
  /** Aborted when the user cancels; the task then returns its best so far or throws. */
  signal: AbortSignal
  /** Shown on the page while it runs; `best` is any JSON (the best so far). */
  progress(step: { done: number; total: number; note: Both; best?: unknown }): void
  /** Nobody else waits for this process, as in a replay: work need not step back for requests. */
  alone?: boolean
}

/** What reading work may do, as the user who asked. */
export interface ReaderHands {
  agency: AgencySettings
  actor: Actor
  now(): Date
  read<R>(work: (db: Kysely<AnyTables>) => Promise<R>): Promise<R>
  ask<C extends QueryContract>(contract: C, input: unknown): Promise<OutputOf<C>>
  /** Bytes of photos and documents, which stand outside the books. */
  enclosures: EnclosureHands
  /** For a command that takes what this task found only from this task: its `voucher`. */
  vouch(task: string, value: unknown): string
}

/** Keeps the input's type while a module lists its files, uploads and tasks together. */
export const fileMaker = <I extends z.ZodType>(maker: FileMaker<I>): FileMaker =>
  maker as unknown as FileMaker
export const upload = <I extends z.ZodType>(one: Upload<I>): Upload => one as unknown as Upload
export const task = <I extends z.ZodType>(one: Task<I>): Task => one as unknown as Task

export interface Module {
  name: string
  title: Both
  commands: readonly HandledCommand[]
  queries: readonly HandledQuery[]
  measures?: readonly Measure[]
  watches?: readonly Watch[]
  followUps?: readonly FollowUp[]
  routines?: readonly Routine[]
  files?: readonly FileMaker[]
  uploads?: readonly Upload[]
  tasks?: readonly Task[]
  /** From `problems(…)`. */
  problems: readonly object[]
  /** Constraint name → the problem that its violation means. */
  constraints?: Readonly<Record<string, () => Problem>>
}

export class Registry {
  readonly modules: readonly Module[]
  readonly commands = new Map<string, HandledCommand>()
  readonly queries = new Map<string, HandledQuery>()
  readonly measures = new Map<string, Measure>()
  readonly watches: Watch[] = []
  readonly followUps = new Map<string, FollowUp>()
  readonly routines: Routine[] = []
  readonly files = new Map<string, FileMaker>()
  readonly uploads = new Map<string, Upload>()
  readonly tasks = new Map<string, Task>()
  readonly problems = new Map<string, ProblemEntry>()
  private readonly constraints = new Map<string, () => Problem>()
  private readonly followUpsOf = new Map<string, string[]>()

  constructor(modules: readonly Module[]) {
    this.modules = modules
    this.commands.set(commandKey(bulkTaken), takingBulk)
    for (const module of modules) this.add(module)
  }

  private add(module: Module): void {
    const once = <V>(map: Map<string, V>, key: string, value: V) => {
      if (map.has(key)) throw new Error(`invariant: ${key} is declared twice`)
      map.set(key, value)
    }
    for (const handled of module.commands) {
      // Looked through now, so that a contract with a field that could not be sealed does not start.
      markedPaths(handled.contract.input)
      once(this.commands, commandKey(handled.contract), handled)
    }
    for (const handled of module.queries) once(this.queries, handled.contract.name, handled)
    for (const measure of module.measures ?? []) once(this.measures, measure.key, measure)
    for (const makers of module.problems) {
      for (const [code, entry] of Object.entries(catalogueOf(makers).entries))
        once(this.problems, code, entry)
    }
    for (const file of module.files ?? []) once(this.files, file.name, file)
    for (const one of module.uploads ?? []) once(this.uploads, one.name, one)
    for (const one of module.tasks ?? []) once(this.tasks, one.name, one)
    for (const [name, problem] of Object.entries(module.constraints ?? {}))
      once(this.constraints, name, problem)
    this.watches.push(...(module.watches ?? []))
    this.routines.push(...(module.routines ?? []))
    for (const followUp of module.followUps ?? []) {
      once(this.followUps, followUp.name, followUp)
      const list = this.followUpsOf.get(followUp.after.name) ?? []
      this.followUpsOf.set(followUp.after.name, [...list, followUp.name])
    }
  }

  command(name: string, version: number): HandledCommand | undefined {
    return this.commands.get(`${name}@${version}`)
  }

  /** The newest version of a command, for the CLI and `POST /api/commands/NAME`. */
  newest(name: string): HandledCommand | undefined {
    let best: HandledCommand | undefined
    for (const handled of this.commands.values()) {
      if (handled.contract.name !== name) continue
      if (!best || handled.contract.version > best.contract.version) best = handled
    }
    return best
  }

  constraintProblem(constraint: string): Problem | undefined {
    return this.constraints.get(constraint)?.()
  }

  followUpNames(command: string): readonly string[] {
    return this.followUpsOf.get(command) ?? []
  }
}

export function commandKey(contract: { name: string; version: number }): string {
  return `${contract.name}@${contract.version}`
}
