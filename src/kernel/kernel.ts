// The kernel put together: registry, pools, sealer and pipeline, with the two doors: submit and ask.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { agencyPrivateKey, openBox } from './box.ts'
import { flushLanes } from './bulk/lanes.ts'
import { BulkRoad } from './bulk/road.ts'
import { canonical } from './canonical.ts'
import type { Actor, AgencySettings } from './command.ts'
import {
  type CommandContract,
  type CommandEntry,
  type InputOf,
  type OutputOf,
  Problem,
  type QueryContract,
  type Standing,
  type Verdict,
} from './contract.ts'
import { type AnyTables, Pool } from './db/connection.ts'
import { Contacts } from './devices/contacts.ts'
import { quarantined } from './devices/quarantine.ts'
import { enclosureHands } from './enclosures.ts'
import { entrySchema, hasId } from './entry.ts'
import { uuidv7 } from './ids.ts'
import { believable, parseInput, plainText, scanProse } from './input.ts'
import { agencySettings, standingNow } from './journal.ts'
import { Announcer, type LiveEvent } from './live.ts'
import type { Log } from './log.ts'
import type { ReaderHands, Registry, Span, SystemHands } from './module.ts'
import { claimMarks } from './marks.ts'
import { type BatchOrder, Pipeline, type PreparedCommand } from './pipeline.ts'
import { kernelProblems, problemOf } from './problem.ts'
import { Push, type PushParts } from './push/push.ts'
import { reading, runQuery, upkeep } from './query.ts'
import { ErasedOwner, Sealer } from './seal.ts'
import { spanOf } from './time.ts'

export interface KernelParts {
  registry: Registry
  /** Connection settings of the app's role. */
  database: import('pg').ClientConfig
  masterKey: Buffer
  now: () => Date
  log: Log
  /** Absent: nothing is pushed to any browser. */
  push?: PushParts
  commandConnections?: number
  queryConnections?: number
  /** Bulk facts that may wait in memory; more are asked for again. */
  bulkRowsMost?: number
  /** Re-execution only: reads without a complete order come in another order than the first time. */
  reverseUnordered?: boolean
}

export const batchMost = 500
/** Facts of one request on the hot road. */
export const factsMost = 1_000
/** How long another process may go on with an agency's settings of before. */
const settingsMs = 5_000

export class Kernel {
  readonly registry: Registry
  readonly now: () => Date
  readonly log: Log
  readonly sealer: Sealer
  readonly reads: Pool
  readonly push: Push | undefined
  readonly contacts: Contacts
  private readonly writes: Pool
  private readonly pipeline: Pipeline
  private readonly flushes: Pool
  readonly bulk: BulkRoad
  private readonly announcer: Announcer
  private readonly agencies = new Map<string, { settings: AgencySettings; until: number }>()

  constructor(parts: KernelParts) {
    this.registry = parts.registry
    this.now = parts.now
    this.log = parts.log
    const database = { ...parts.database, options: '-c search_path=app,ref,public' }
    this.reads = new Pool(database, parts.queryConnections ?? 6)
    this.writes = new Pool(database, parts.commandConnections ?? 4, parts.reverseUnordered)
    this.sealer = new Sealer(this.reads, parts.masterKey, parts.now)
    this.push = parts.push ? new Push(this, parts.push) : undefined
    this.contacts = new Contacts(this)
    this.announcer = new Announcer(parts.database, parts.log)
    this.pipeline = new Pipeline({
      pool: this.writes,
      lookup: (name, version) => this.registry.command(name, version),
      constraintProblem: constraint => this.registry.constraintProblem(constraint),
      followUps: name => this.registry.followUpNames(name),
      agencySeen: settings => this.remember(settings),
      committed: event => this.committed(event),
      reportBug: (error, commandId) => this.reportBug(error, commandId),
    })
    this.flushes = new Pool(database, flushLanes)
    this.bulk = new BulkRoad({
      pool: this.flushes,
      registry: this.registry,
      now: this.now,
      rowsMost: parts.bulkRowsMost ?? 50_000,
      read: (agencyId, work) =>
        reading(this.reads, { agencyId, unitIds: '*' }, connection =>
          work(connection.db as Kysely<AnyTables>),
        ),
      prepare: (actor, raw, receivedAt) => this.prepare(actor, raw, receivedAt),
      apply: order => this.apply(order),
      committed: (agency, seq, name) => this.announcer.announce({ agency, seq, names: [name] }),
      reportBug: (error, about) => this.reportBug(error, about),
    })
  }

  private committed(event: LiveEvent): void {
    // Before the answer: whoever has revoked a device may count on it.
    if (event.names.some(name => name.startsWith('devices.'))) this.contacts.forget()
    this.announcer.announce(event)
  }

  async close(): Promise<void> {
    await this.contacts.close()
    await Promise.all([this.reads.close(), this.writes.close(), this.flushes.close()])
    await this.announcer.close()
  }

  /** Logs an unexpected error under a short reference that the user can read out. */
  reportBug(error: unknown, about: string): string {
    const reference = randomBytes(3).toString('hex').toUpperCase()
    const { name, message, stack, code, constraint, routine } = error as Error & Record<string, string>
    this.log.error('unexpected', { reference, about, name, code, constraint, routine, message, stack })
    return reference
  }

  // ------------------------------------------------------------------------------------------------- agencies

  async agency(agencyId: string): Promise<AgencySettings> {
    const known = this.agencies.get(agencyId)
    if (known && known.until > performance.now()) return known.settings
    const found = (await this.agencyList()).find(one => one.agencyId === agencyId)
    if (!found) throw kernelProblems.missing({ what: 'agency' })
    return found
  }

  private remember(settings: AgencySettings): void {
    this.agencies.set(settings.agencyId, { settings, until: performance.now() + settingsMs })
  }

  async agencyList(): Promise<(AgencySettings & { hostName: string | null })[]> {
    const { rows } = await this.reads.with(connection =>
      connection.send<Parameters<typeof agencySettings>[0]>('select * from sys.agencies()', []),
    )
    const list = rows.map(agencySettings)
    for (const one of list) this.remember(one)
    return list
  }

  // ------------------------------------------------------------------------------------------------- commands

  /** Submits entries of one actor; one verdict each, in order. A `retry` verdict means: not stored, send again. */
  async submit(actor: Actor, raw: readonly unknown[], founding?: AgencySettings): Promise<Verdict[]> {
    return (await this.submitBatch(actor, raw, founding)).verdicts
  }

  /** As `submit`, with where the agency's books stand behind it; absent where nothing was there to store, or could be. */
  async submitBatch(
    actor: Actor,
    raw: readonly unknown[],
    founding?: AgencySettings,
  ): Promise<{ verdicts: Verdict[]; standing?: Standing | undefined }> {
    if (raw.length === 0) return { verdicts: [] }
    const agency = founding ?? (await this.agency(actor.scope.agencyId))
    const receivedAt = this.now().toISOString()
    const order = { actor, agency, receivedAt }
    const { hot, rest, large } = await this.bulk.sort(actor, agency, receivedAt, raw)
    const [stored, applied] = await Promise.all([
      hot.length > 0 ? this.bulk.store(order, hot) : undefined,
      rest.length > 0 ? this.apply({ ...order, commands: rest.map(({ one }) => one) }) : undefined,
    ])
    const verdicts: Verdict[] = []
    // The client finds its own spelling of its ids again.
    const put = (index: number, verdict: Verdict | undefined) => {
      if (verdict) verdicts[index] = { ...verdict, id: (raw[index] as { id: string }).id }
    }
    for (const { index, one } of large) put(index, one)
    for (const [n, { index }] of hot.entries()) put(index, stored?.verdicts[n])
    for (const [n, { index }] of rest.entries()) put(index, applied?.verdicts[n])
    return { verdicts, standing: further(stored?.standing, applied?.standing) }
  }

  /** What a revoked device still held: none of it is applied, all of it is kept whole for a person to look at. */
  async quarantine(actor: Actor, raw: readonly unknown[]) {
    const agency = await this.agency(actor.scope.agencyId)
    const receivedAt = this.now().toISOString()
    const prepared = await Promise.all(raw.map(one => this.prepare(actor, one, receivedAt)))
    return this.apply({ actor, agency, receivedAt, commands: prepared.map(quarantined) })
  }

  /** As the pipeline applies it; where it could not be stored, each is asked for again. */
  private async apply(order: BatchOrder): Promise<{ verdicts: Verdict[]; standing?: Standing | undefined }> {
    const { actor, agency, receivedAt, commands } = order
    try {
      return await this.pipeline.apply(actor, agency, receivedAt, commands)
    } catch (error) {
      const names = [...new Set(commands.map(one => one.entry.name))].join(' ').slice(0, 200)
      const reference = this.reportBug(error, names)
      this.log.warn('batch not stored', { reference, commands: commands.length })
      const problem = kernelProblems.busy().toJSON()
      return { verdicts: commands.map(({ entry }) => ({ id: entry.id, verdict: 'retry', problem })) }
    }
  }

  /** Where the books of the actor's agency stand now. */
  async standing({ scope }: Actor): Promise<Standing> {
    return reading(this.reads, scope, connection => standingNow(connection, scope.agencyId))
  }

  /** For code that runs a single command: the answer, or the Problem thrown. */
  async run<C extends CommandContract>(
    actor: Actor,
    contract: C,
    input: InputOf<C>,
    id = uuidv7(this.now().getTime()),
    founding?: AgencySettings,
  ): Promise<OutputOf<C>> {
    const { name, version } = contract
    const occurredAt = this.now().toISOString()
    const [verdict] = await this.submit(actor, [{ id, name, version, occurredAt, input }], founding)
    if (verdict?.verdict === 'done') return verdict.answer as OutputOf<C>
    if (!verdict) throw new Error('invariant: one verdict per command')
    throw problemOf(verdict.problem)
  }

  private async prepare(actor: Actor, raw: unknown, receivedAt: string): Promise<PreparedCommand> {
    const parsed = entrySchema.safeParse(raw)
    if (!parsed.success) return this.unreadable(actor, raw, receivedAt, parsed.error.issues[0])
    const entry: CommandEntry = {
      ...parsed.data,
      id: parsed.data.id.toLowerCase(),
      occurredAt: believable(parsed.data.occurredAt, receivedAt),
    } as CommandEntry
    const handled = this.registry.command(entry.name, entry.version)
    const digest = this.sealer.digest(actor.accountId ?? 'system', entry.name, canonical(entry.input))
    // An entry that nobody here knows is kept whole as a fact would be: it may come from a newer app.
    const kind = handled?.contract.kind ?? 'fact'
    const base = { entry, handled, kind, digest }
    const { agencyId } = actor.scope
    try {
      if (!handled) throw kernelProblems.unknownCommand({ name: entry.name, version: entry.version })
      const input = parseInput(handled.contract.input, entry.input)
      scanProse(handled.contract.input, input)
      this.needVouched(agencyId, handled.contract, input)
      const sealed = await this.sealer.sealInput(agencyId, handled.contract.input, input)
      const allowed = handled.contract.roles.some(role => actor.roles.includes(role))
      const problem = allowed ? undefined : kernelProblems.noRight({ what: handled.contract.title.zh })
      return { ...base, input: sealed, problem }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const kept =
        handled && error instanceof ErasedOwner ? error.without(handled.contract.input) : entry.input
      return { ...base, input: await this.sealer.sealWhole(agencyId, kept), problem: error }
    }
  }

  /**
   * What a task vouches for when it hands it to a client. Looked at before the journal and never again: there it stands
   * as it was taken, and another master key would know nothing of it.
   */
  private voucher(agencyId: string, task: string, value: unknown): string {
    return this.sealer.digest('voucher', agencyId, task, canonical(value))
  }

  private needVouched(agencyId: string, { vouched }: CommandContract, input: unknown): void {
    const value = vouched?.of(input as never) ?? null
    if (!vouched || value === null) return
    const given = Buffer.from(String((input as { voucher?: unknown }).voucher ?? ''))
    const right = Buffer.from(this.voucher(agencyId, vouched.by, value))
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw kernelProblems.notVouched()
  }

  /** An entry with an id and nothing else that can be understood is kept whole too, or it would block its outbox. */
  private async unreadable(
    actor: Actor,
    raw: unknown,
    receivedAt: string,
    issue: z.core.$ZodIssue | undefined,
  ): Promise<PreparedCommand> {
    const reason = plainText(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    const known = hasId.safeParse(raw)
    if (!known.success) throw kernelProblems.badBody({ reason })
    const name = 'kernel.unreadable'
    return {
      entry: { id: known.data.id.toLowerCase(), name, version: 1, occurredAt: receivedAt, input: null },
      handled: undefined,
      kind: 'fact',
      input: await this.sealer.sealWhole(actor.scope.agencyId, raw),
      digest: this.sealer.digest(actor.accountId ?? 'system', name, canonical(raw)),
      problem: kernelProblems.badBody({ reason }),
    }
  }

  /** Applies commands whose input is sealed already, at a given instant: re-execution in tests. */
  async replay(
    actor: Actor,
    agency: AgencySettings,
    receivedAt: string,
    commands: readonly PreparedCommand[],
  ): Promise<Verdict[]> {
    return (await this.pipeline.apply(actor, agency, receivedAt, commands)).verdicts
  }

  // -------------------------------------------------------------------------------------------------- queries

  async ask<C extends QueryContract>(actor: Actor, contract: C, input: unknown): Promise<OutputOf<C>> {
    return (await this.askByName(actor, contract.name, input)) as OutputOf<C>
  }

  async askByName(actor: Actor, name: string, input: unknown): Promise<unknown> {
    const handled = this.registry.queries.get(name)
    if (!handled) throw kernelProblems.unknownQuery({ name })
    const agency = await this.agency(actor.scope.agencyId)
    return runQuery({ pool: this.reads, sealer: this.sealer, now: this.now }, handled, actor, agency, input)
  }

  async measure(actor: Actor, key: string, from: string, until: string): Promise<number> {
    const measure = this.registry.measures.get(key)
    if (!measure) throw kernelProblems.unknownMeasure({ key })
    if (!measure.roles.some(role => actor.roles.includes(role)) && !actor.roles.includes('system')) {
      throw kernelProblems.noRight({ what: measure.title.zh })
    }
    const agency = await this.agency(actor.scope.agencyId)
    const span: Span = spanOf(agency, from, until)
    return reading(this.reads, actor.scope, connection =>
      measure.count(connection.db, span, this.now().toISOString()),
    )
  }

  /** The hands of reading work that a user asked for: files, uploads, tasks. */
  async reader(actor: Actor): Promise<ReaderHands> {
    return {
      agency: await this.agency(actor.scope.agencyId),
      actor,
      now: this.now,
      read: work => reading(this.reads, actor.scope, connection => work(connection.db as Kysely<AnyTables>)),
      ask: (contract, input) => this.ask(actor, contract, input),
      enclosures: enclosureHands(this, actor),
      vouch: (task, value) => this.voucher(actor.scope.agencyId, task, value),
    }
  }

  // --------------------------------------------------------------------------------------------------- system

  /**
   * The system's hands in one agency, for jobs, watches and follow-ups. `founding` stands in for the agency in
   * the one command that founds it.
   */
  async system(agencyId: string, founding?: AgencySettings): Promise<SystemHands> {
    const agency = founding ?? (await this.agency(agencyId))
    const actor: Actor = {
      accountId: null,
      officerId: null,
      name: '系统',
      roles: ['system'],
      scope: { agencyId, unitIds: '*' },
      deviceId: null,
    }
    return {
      agency,
      actor,
      now: this.now,
      read: work => reading(this.reads, actor.scope, connection => work(connection.db as Kysely<AnyTables>)),
      run: (contract, input, id) => this.run(actor, contract, input as never, id, founding),
      openBoxes: async boxes => {
        const engine = { pool: this.reads, sealer: this.sealer, now: this.now }
        const key = await agencyPrivateKey(engine, agencyId)
        return boxes.map(({ factId, box }) => openBox(key, factId, box))
      },
      mark: (...parts) => this.sealer.mark(agencyId, ...parts),
      claimMarks: claims => claimMarks(this.reads, actor.scope, claims, this.now().toISOString()),
      upkeep: work => upkeep(this.reads, actor.scope, uuidv7(this.now().getTime()), work),
      push: this.push,
    }
  }
}

/** Of two parts of a batch, where the books stand behind the later one. */
function further(a: Standing | undefined, b: Standing | undefined): Standing | undefined {
  return a && b ? (a.headSeq > b.headSeq ? a : b) : (a ?? b)
}
