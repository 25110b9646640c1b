// One batch in one transaction: reads wait, writes are buffered and travel without waiting, the journal is written
// once at the end. The careful kind gives every command a savepoint and waits, so that each failure finds its own.
import type {
  Actor,
  AgencySettings,
  CommandMeta,
  CommandTx,
  HandledCommand,
  WriteExpectation,
} from './command.ts'
import { type CommandContract, Problem, type ProblemAnswer, problemAnswer, type Verdict } from './contract.ts'
import { sendable } from './db/burst.ts'
import type { Answer, AnyTables, Connection } from './db/connection.ts'
import { faultOf, refusedByPolicy, staleStatements, violatedConstraint } from './db/fault.ts'
import { commandStatement } from './db/scope.ts'
import { derivedId } from './ids.ts'
import {
  agencyNow,
  closeBatch,
  type EarlierAnswer,
  earlierAnswers,
  type JournalRow,
  openBatch,
  repeatedVerdict,
} from './journal.ts'
import type { Applied, BatchOrder, PipelineParts, PreparedCommand } from './pipeline.ts'
import { kernelProblems } from './problem.ts'

/** Raised on the fast path when only the careful path can say what happened. */
export class RedoCarefully extends Error {}

/** Open reviews of one device. */
export const heldMost = 500

interface BufferedWrite {
  commandId: string
  sql: string
  values: readonly unknown[]
  expect: WriteExpectation | undefined
}

export class Batch {
  private readonly parts: PipelineParts
  private readonly connection: Connection
  private readonly actor: Actor
  private readonly receivedAt: string
  private readonly commands: readonly PreparedCommand[]
  private readonly careful: boolean
  private readonly rows: JournalRow[] = []
  private readonly jobs: { hook: string; commandId: string }[] = []
  private readonly sent: Promise<unknown>[] = []
  private agency: AgencySettings
  /** A command changed the agency's settings: the next one must be handed the new ones. */
  private agencyChanged = false
  private buffer: BufferedWrite[] = []
  /** Writes of the running command are on the wire: only a savepoint could take them back. */
  private wroteOnWire = false
  /** Where the running command's writes begin in the buffer. */
  private ownFrom = 0
  private wireCommandId = ''
  /** Row counts that were asserted and not yet answered. */
  private expecting = false
  private seq = 0

  constructor(parts: PipelineParts, connection: Connection, order: BatchOrder, careful: boolean) {
    this.parts = parts
    this.connection = connection
    this.actor = order.actor
    this.agency = order.agency
    this.receivedAt = order.receivedAt
    this.commands = order.commands
    this.careful = careful
  }

  async run(): Promise<Applied> {
    const { connection, agency, rows } = this
    try {
      const ids = this.commands.map(command => command.entry.id)
      const opened = await openBatch(connection, this.actor.scope, ids)
      const { earlier, standing } = opened
      this.seq = standing.headSeq
      // Absent only in the batch that founds the agency.
      if (opened.agency) this.agency = opened.agency
      connection.beforeRead = () => this.flush()
      const verdicts: Verdict[] = []
      for (const command of this.commands) {
        const from = rows.length
        verdicts.push((await this.repeated(command, earlier)) ?? (await this.one(command)))
        const row = rows[from]
        if (row) earlier.set(row.id, row)
      }
      if (this.agencyChanged) await this.readAgency()
      this.flush()
      for (const { hook, commandId } of this.jobs) {
        this.track(connection.send('select sys.enqueue($1, $2, $3)', [hook, agency.agencyId, commandId]))
      }
      for (const step of closeBatch(connection, agency.agencyId, rows)) this.track(step)
      // To PostgreSQL a row that was not there is no error: a commit that travelled with the assertion would keep
      // what the careful path is about to refuse.
      if (this.expecting) await Promise.all(this.sent)
      this.track(connection.commit())
      await Promise.all(this.sent)
      this.parts.agencySeen(this.agency)
      this.announce()
      return { verdicts, standing: { ...standing, headSeq: this.seq } }
    } catch (error) {
      await Promise.allSettled(this.sent)
      if (staleStatements(error) && this.careful) connection.broken = true
      await connection.rollback()
      throw error
    } finally {
      connection.beforeRead = undefined
    }
  }

  private announce(): void {
    if (this.rows.length === 0) return
    const names = [...new Set(this.rows.filter(row => row.verdict === 'done').map(row => row.name))]
    this.parts.committed({ agency: this.agency.agencyId, seq: this.seq, names })
  }

  /** The first answer again, to the same actor, name and input only. */
  private async repeated(
    command: PreparedCommand,
    earlier: Map<string, EarlierAnswer>,
  ): Promise<Verdict | undefined> {
    const { id } = command.entry
    const before = earlier.get(id)
    if (!before) return undefined
    if (before.digest === command.digest) return repeatedVerdict(before, id)
    const problem = kernelProblems.idReused()
    if (command.kind === 'request') {
      return { id, verdict: 'refused', seq: before.seq, problem: problemAnswer(problem) }
    }
    // What happened in the field is not lost because a device gave it a number twice: it is held under its own.
    const ownId = derivedId(id, `again ${command.digest}`)
    const again = await earlierAnswers(this.connection, this.agency.agencyId, [ownId])
    const held = earlier.get(ownId) ?? again.get(ownId)
    if (held) return repeatedVerdict(held, id)
    const verdict = await this.one({ ...command, entry: { ...command.entry, id: ownId }, problem })
    return { ...verdict, id }
  }

  private async one(command: PreparedCommand): Promise<Verdict> {
    const { entry } = command
    const rowsBefore = this.rows.length
    const seqBefore = this.seq
    if (this.agencyChanged) await this.readAgency()
    this.wroteOnWire = false
    this.ownFrom = this.buffer.length
    if (this.careful) {
      await this.settle()
      await this.connection.script('savepoint one')
    }
    try {
      if (command.problem) throw command.problem
      if (!command.handled) throw kernelProblems.unknownCommand({ name: entry.name, version: entry.version })
      const answer = await this.execute(
        command.handled,
        entry.id,
        null,
        command.input,
        entry.occurredAt,
        command.digest,
      )
      if (this.careful) {
        await this.settle()
        await this.connection.script('release savepoint one')
      }
      for (const done of this.rows.slice(rowsBefore)) {
        for (const hook of this.parts.followUps(done.name)) this.jobs.push({ hook, commandId: done.id })
      }
      return { id: entry.id, verdict: 'done', seq: seqBefore + 1, answer }
    } catch (raised) {
      const problem = this.careful ? await this.takenBack(raised, command) : this.dropped(raised, command)
      this.rows.length = rowsBefore
      this.seq = seqBefore
      if (command.kind === 'fact' && (await this.overQuota())) {
        return { id: entry.id, verdict: 'retry', problem: problemAnswer(kernelProblems.tooManyHeld()) }
      }
      return this.turnedDown(command, problem)
    }
  }

  /** A device that sends nothing but what must be looked at by a person is told to keep it until somebody has. */
  private async overQuota(): Promise<boolean> {
    const { agencyId } = this.agency
    this.flush()
    const { rows } = await this.connection.send<{ n: number }>(
      `select count(*) as n from review where agency_id = $1 and state = 'open'
         and actor_id is not distinct from $2::uuid and device_id is not distinct from $3::uuid`,
      [agencyId, this.actor.accountId, this.actor.deviceId],
    )
    return (rows[0]?.n ?? 0) >= heldMost
  }

  /** Everything so far is on the wire and answered. */
  private async settle(): Promise<void> {
    this.flush()
    this.ownFrom = 0
    await Promise.all(this.sent.splice(0))
  }

  /** Fast path: a refusal whose writes have not left yet costs nothing; anything else is redone carefully. */
  private dropped(raised: unknown, command: PreparedCommand): Problem {
    const fault = faultOf(raised)
    if (this.connection.broken || fault === 'elsewhere' || fault === 'conflict') throw raised
    if (this.wroteOnWire || fault === 'command' || raised instanceof RedoCarefully) throw new RedoCarefully()
    this.buffer.length = this.ownFrom
    return this.problemOf(raised, command)
  }

  /** Careful path: back to the savepoint. What failed first is the reason; the rest follows from it. */
  private async takenBack(raised: unknown, command: PreparedCommand): Promise<Problem> {
    this.buffer = []
    this.ownFrom = 0
    const settled = await Promise.allSettled(this.sent.splice(0))
    const first = settled.find(one => one.status === 'rejected')
    const reason: unknown = first ? first.reason : raised
    const fault = faultOf(reason)
    if (this.connection.broken || fault === 'elsewhere' || fault === 'conflict' || staleStatements(reason))
      throw reason
    await this.connection.script('rollback to savepoint one; release savepoint one')
    this.wireCommandId = ''
    return this.problemOf(reason, command)
  }

  private problemOf(reason: unknown, command: PreparedCommand): Problem {
    if (reason instanceof Problem) return reason
    const constraint = violatedConstraint(reason)
    if (constraint !== undefined) {
      return (
        this.parts.constraintProblem(constraint) ??
        kernelProblems.constraint({ constraint: constraint || '?' })
      )
    }
    if (refusedByPolicy(reason))
      return kernelProblems.noRight({ what: command.handled?.contract.title.zh ?? '' })
    return kernelProblems.internal({ reference: this.parts.reportBug(reason, command.entry.id) })
  }

  private turnedDown(command: PreparedCommand, problem: Problem): Verdict {
    const { entry, kind } = command
    const answer = problemAnswer(problem)
    this.seq += 1
    const held = kind === 'fact'
    const reviewId = derivedId(entry.id, 'review')
    if (held) this.holdForReview(entry, reviewId, answer)
    this.rows.push({
      ...this.rowOf(entry.id, null, command.digest, entry.occurredAt),
      seq: this.seq,
      name: entry.name,
      version: entry.version,
      kind,
      input: command.input,
      verdict: held ? 'held' : 'refused',
      answer: held ? { reviewId, problem: answer } : answer,
    })
    return held
      ? { id: entry.id, verdict: 'held', seq: this.seq, reviewId, problem: answer }
      : { id: entry.id, verdict: 'refused', seq: this.seq, problem: answer }
  }

  private holdForReview(entry: PreparedCommand['entry'], reviewId: string, reason: ProblemAnswer): void {
    const statement = this.connection.db.insertInto('review').values({
      agency_id: this.agency.agencyId,
      review_id: reviewId,
      command_id: entry.id,
      name: entry.name,
      version: entry.version,
      reason: JSON.stringify(reason),
      actor_id: this.actor.accountId,
      device_id: this.actor.deviceId,
      held_at: this.receivedAt,
    })
    const { sql, parameters } = statement.compile()
    this.buffer.push({ commandId: entry.id, sql, values: sendable(parameters), expect: undefined })
  }

  private rowOf(id: string, parentId: string | null, digest: string, occurredAt: string) {
    const { actor } = this
    return {
      id,
      parentId,
      digest,
      occurredAt,
      receivedAt: this.receivedAt,
      actorId: actor.accountId,
      actor: { roles: actor.roles, officerId: actor.officerId, units: actor.scope.unitIds },
      deviceId: actor.deviceId,
    }
  }

  private async execute(
    handled: HandledCommand,
    id: string,
    parentId: string | null,
    input: unknown,
    occurredAt: string,
    digest: string,
  ): Promise<unknown> {
    const { contract, handler } = handled
    this.seq += 1
    const row: JournalRow = {
      ...this.rowOf(id, parentId, digest, occurredAt),
      seq: this.seq,
      name: contract.name,
      version: contract.version,
      kind: contract.kind,
      input,
      verdict: 'done',
      answer: null,
    }
    this.rows.push(row)
    const tx = this.txOf(id)
    let calls = 0
    const meta: CommandMeta = {
      commandId: id,
      occurredAt,
      receivedAt: this.receivedAt,
      actor: this.actor,
      agency: this.agency,
      id: label => derivedId(id, label),
      call: async (child, childInput) => {
        calls += 1
        return (await this.callChild(child, id, calls, childInput, occurredAt)) as never
      },
    }
    if (handler.allow) await handler.allow(tx, input as never, meta)
    const answer = (await handler.handle(tx, input as never, meta)) ?? {}
    row.answer = answer
    if (handler.changesAgency) this.agencyChanged = true
    return answer
  }

  private async callChild(
    contract: CommandContract,
    parentId: string,
    n: number,
    input: unknown,
    occurredAt: string,
  ): Promise<unknown> {
    const handled = this.parts.lookup(contract.name, contract.version)
    if (!handled) throw new Error(`invariant: ${contract.name} is called but not registered`)
    const id = derivedId(parentId, `call ${n} ${contract.name}`)
    // The parent's input was sealed and parsed; what it hands on is typed, so the child is not parsed again.
    return this.execute(handled, id, parentId, input, occurredAt, 'child')
  }

  private txOf(commandId: string): CommandTx<AnyTables> {
    return {
      db: this.connection.db,
      write: (statement, expect) => {
        // Made ready here, so that what cannot be compiled or sent is this command's failure and no other's.
        const { sql, parameters } = statement.compile()
        this.buffer.push({ commandId, sql, values: sendable(parameters), expect })
      },
    }
  }

  private async readAgency(): Promise<void> {
    this.flush()
    const settings = await agencyNow(this.connection, this.agency.agencyId)
    if (settings) this.agency = settings
    this.agencyChanged = false
  }

  /** Puts the buffered writes on the wire, in order, without waiting. */
  private flush(): void {
    const writes = this.buffer
    if (writes.length === 0) return
    this.buffer = []
    if (writes.length > this.ownFrom) this.wroteOnWire = true
    this.ownFrom = 0
    for (const { commandId, sql, values, expect } of writes) {
      if (this.wireCommandId !== commandId) {
        this.track(this.connection.setting(commandStatement(commandId)))
        this.wireCommandId = commandId
      }
      const answered = this.connection.send(sql, values)
      if (expect) this.expecting = true
      this.track(expect ? answered.then(answer => this.expectRows(answer, expect)) : answered)
    }
  }

  private expectRows(answer: Answer, expect: WriteExpectation): void {
    if (answer.rowCount === expect.rows) return
    throw this.careful ? expect.otherwise : new RedoCarefully()
  }

  private track(step: Promise<unknown>): void {
    // Awaited at the end of the batch; until then a failure must not count as unhandled.
    step.catch(() => undefined)
    this.sent.push(step)
  }
}
