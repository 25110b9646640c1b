// The road of bulk facts: sorted out of a batch, checked by the compiled schema, put in the queue, answered after the
// commit. What does not pass is held as every other fact is.
import type { Actor, AgencySettings, HandledCommand } from '../command.ts'
import { type CommandEntry, type Problem, problemAnswer, type Standing, type Verdict } from '../contract.ts'
import type { AnyTables } from '../db/connection.ts'
import { violatedConstraint } from '../db/fault.ts'
import { derivedId, uuidPattern } from '../ids.ts'
import { factBytesMost, isTooLarge } from '../input.ts'
import type { Registry } from '../module.ts'
import type { BatchOrder, PreparedCommand } from '../pipeline.ts'
import { kernelProblems } from '../problem.ts'
import type { Kysely } from 'kysely'
import { type Fate, Lanes, type LaneParts } from './lanes.ts'
import { type Arrival, type BulkRow, Hours, textsOf } from './row.ts'
import { type EntryCheck, entryCheck } from './schema.ts'

export interface RoadParts extends LaneParts {
  registry: Registry
  read<R>(agencyId: string, work: (db: Kysely<AnyTables>) => Promise<R>): Promise<R>
  prepare(actor: Actor, raw: unknown, receivedAt: string): Promise<PreparedCommand>
  apply(order: BatchOrder): Promise<{ verdicts: Verdict[]; standing?: Standing | undefined }>
}

interface Kind {
  handled: HandledCommand
  store: NonNullable<HandledCommand['store']>
  check: EntryCheck
}
interface Known {
  /** `performance.now()` from which it is asked for again. */
  until: number
  entries: ReadonlyMap<string, unknown>
}
/** What facts may be about is asked for again after so long, and at once for one that is not known, but not more often. */
const keptMs = 10_000
const askedAgainMs = 500

/** An entry of a batch with its place in it. */
export interface Placed<T> {
  index: number
  raw: unknown
  one: T
}
export interface Sorted {
  hot: Placed<{ row: BulkRow; kind: Kind }>[]
  rest: Placed<PreparedCommand>[]
  /** Too large to be taken: they stay with the phone. */
  large: Placed<Verdict>[]
}

export class BulkRoad {
  private readonly parts: RoadParts
  private readonly kinds = new Map<string, Kind>()
  private readonly lanes: Lanes
  private readonly hours = new Hours()
  private readonly known = new Map<string, Promise<Known>>()

  constructor(parts: RoadParts) {
    this.parts = parts
    this.lanes = new Lanes(parts)
    for (const [key, handled] of parts.registry.commands) {
      const { store, contract } = handled
      if (store) this.kinds.set(key, { handled, store, check: entryCheck(contract) })
    }
  }

  private kindOf(name: unknown, version: unknown): Kind | undefined {
    return this.kinds.size > 0 ? this.kinds.get(`${name}@${version}`) : undefined
  }

  /** Whether it is a bulk fact by its name: its size is then looked at here, and only where it does not pass. */
  takes(raw: unknown): boolean {
    const { name, version } = (raw ?? {}) as Partial<CommandEntry>
    return this.kindOf(name, version) !== undefined
  }

  /** Sorts a batch: what goes by this road, and everything else, prepared. */
  async sort(
    actor: Actor,
    agency: AgencySettings,
    receivedAt: string,
    raws: readonly unknown[],
  ): Promise<Sorted> {
    const arrival: Arrival = { actor, agency, receivedAt, arrivedMs: Date.parse(receivedAt) }
    const sorted: Sorted = { hot: [], rest: [], large: [] }
    const known = new Map<Kind, Known>()
    const later: Promise<void>[] = []
    for (const [index, raw] of raws.entries()) {
      const { name, version } = (raw ?? {}) as Partial<CommandEntry>
      const kind = this.kindOf(name, version)
      const right = kind && this.mayDo(actor, kind) && kind.check(raw)
      if (!kind || !right) {
        later.push(this.careful(arrival, known, index, raw, sorted))
        continue
      }
      let about = known.get(kind)
      if (!about) known.set(kind, (about = await this.aboutOf(kind, agency.agencyId)))
      const row = this.rowOf(kind, arrival, about, raw as CommandEntry)
      if (row) sorted.hot.push({ index, raw, one: { row, kind } })
      else later.push(this.careful(arrival, known, index, raw, sorted))
    }
    await Promise.all(later)
    sorted.rest.sort((a, b) => a.index - b.index)
    return sorted
  }

  private mayDo(actor: Actor, { handled }: Kind): boolean {
    return handled.contract.roles.some(role => actor.roles.includes(role))
  }

  /** Looked at by the contract itself: another spelling of an id, or a fact that is to be held. */
  private async careful(
    arrival: Arrival,
    known: Map<Kind, Known>,
    index: number,
    raw: unknown,
    into: Sorted,
  ): Promise<void> {
    const { id } = (raw ?? {}) as Partial<CommandEntry>
    if (uuidPattern.test(String(id).toLowerCase()) && this.takes(raw) && isTooLarge(raw)) {
      into.large.push({ index, raw, one: keptOnPhone(String(id)) })
      return
    }
    const prepared = await this.parts.prepare(arrival.actor, raw, arrival.receivedAt)
    const kind = this.kindOf(prepared.entry.name, prepared.entry.version)
    if (!kind || prepared.problem) {
      into.rest.push({ index, raw, one: prepared })
      return
    }
    const entry = { ...prepared.entry, input: prepared.input }
    let about = known.get(kind)
    let row = about && this.rowOf(kind, arrival, about, entry)
    if (!row) {
      about = await this.aboutOf(kind, arrival.agency.agencyId, true)
      row = this.rowOf(kind, arrival, about, entry)
    }
    if (row) into.hot.push({ index, raw, one: { row, kind } })
    else into.rest.push({ index, raw, one: { ...prepared, problem: kind.store.gate.missing() } })
  }

  /** Undefined where it is about something that is not known. */
  private rowOf(
    { store }: Kind,
    arrival: Arrival,
    about: Known,
    entry: Pick<CommandEntry, 'id' | 'occurredAt' | 'input'>,
  ): BulkRow | undefined {
    const input = entry.input as never
    const found = about.entries.get(store.gate.keyOf(input))
    if (found === undefined) return undefined
    const { texts, digest, occurredMs } = textsOf(store, entry, input, arrival)
    const count = {
      ...this.hours.at(arrival.agency, occurredMs),
      ...store.counts.of(input, found),
      lastMs: occurredMs,
    }
    return { id: entry.id, digest, texts, count }
  }

  private async aboutOf({ handled, store }: Kind, agencyId: string, missed = false): Promise<Known> {
    const key = `${agencyId} ${handled.contract.name}`
    const now = performance.now()
    const before = await this.known.get(key)?.catch(() => undefined)
    const fresh = before && before.until > now
    if (before && fresh && !(missed && before.until - keptMs + askedAgainMs < now)) return before
    const asked = this.parts
      .read(agencyId, db => store.gate.load(db, agencyId))
      .then(entries => ({ entries, until: performance.now() + keptMs }))
    asked.catch(() => undefined)
    this.known.set(key, asked)
    return asked
  }

  /** Stores what goes by this road; one verdict each, in their order. */
  async store(
    { actor, agency, receivedAt }: Omit<Arrival, 'arrivedMs'>,
    hot: Sorted['hot'],
  ): Promise<{ verdicts: Verdict[]; standing: Standing | undefined }> {
    const verdicts: Verdict[] = []
    let standing: Standing | undefined
    const aside: { at: number; raw: unknown; row: BulkRow; fate: Fate }[] = []
    const kinds = new Set(hot.map(({ one }) => one.kind))
    for (const kind of kinds) {
      const own = hot.flatMap((placed, at) => (placed.one.kind === kind ? [{ ...placed, at }] : []))
      const { name, version } = kind.handled.contract
      const rows = own.map(({ one }) => one.row)
      const stored = await this.lanes.put({
        agencyId: agency.agencyId,
        name,
        version,
        store: kind.store,
        rows,
      })
      standing = stored?.standing ?? standing
      for (const [n, { at, raw, one }] of own.entries()) {
        const fate = stored?.fates[n] ?? 'again'
        if (typeof fate === 'number')
          verdicts[at] = { id: one.row.id, verdict: 'done', seq: fate, answer: {} }
        else if (fate === 'again') verdicts[at] = notNow(one.row.id)
        else aside.push({ at, raw, row: one.row, fate })
      }
    }
    if (aside.length === 0) return { verdicts, standing }
    const prepared = await Promise.all(
      aside.map(async ({ raw, row, fate }) =>
        this.setAside(await this.parts.prepare(actor, raw, receivedAt), row, fate),
      ),
    )
    const applied = await this.parts.apply({ actor, agency, receivedAt, commands: prepared })
    for (const [n, { at, row }] of aside.entries()) {
      const verdict = applied.verdicts[n]
      if (verdict) verdicts[at] = { ...verdict, id: row.id }
    }
    return { verdicts, standing: applied.standing ?? standing }
  }

  private setAside(prepared: PreparedCommand, row: BulkRow, fate: Fate): PreparedCommand {
    // The journal has an answer to this id already; the pipeline gives it again, or holds this one beside it.
    if (fate === 'in the books') return { ...prepared, problem: kernelProblems.idReused() }
    if (fate === 'same id') {
      // What happened in the field is not lost because a device gave it a number twice: it is held under its own.
      const id = derivedId(row.id, `again ${prepared.digest}`)
      return { ...prepared, entry: { ...prepared.entry, id }, problem: kernelProblems.idReused() }
    }
    return { ...prepared, problem: this.problemOf((fate as { fault: unknown }).fault, row.id) }
  }

  private problemOf(fault: unknown, id: string): Problem {
    const constraint = violatedConstraint(fault)
    if (constraint !== undefined) {
      const named = this.parts.registry.constraintProblem(constraint)
      return named ?? kernelProblems.constraint({ constraint: constraint || '?' })
    }
    return kernelProblems.internal({ reference: this.parts.reportBug(fault, id) })
  }
}

/** What stands in for the verdict of a fact that is too large to be taken. */
export function keptOnPhone(id: string): Verdict {
  const problem = problemAnswer(kernelProblems.factTooLarge({ limit: `${factBytesMost / 1024} kB` }))
  return { id, verdict: 'retry', problem }
}

function notNow(id: string): Verdict {
  return { id, verdict: 'retry', problem: problemAnswer(kernelProblems.busy()) }
}
