// The queue of bulk facts and the two lanes that empty it. What comes while both are busy goes in together: the more is
// sent, the fewer commits it takes.
import type { Standing } from '../contract.ts'
import type { Pool } from '../db/connection.ts'
import { faultOf, staleStatements } from '../db/fault.ts'
import { uuidv7 } from '../ids.ts'
import { type Flushed, flush } from './flush.ts'
import type { BulkRow } from './row.ts'
import type { BulkStore } from './store.ts'

export const flushRowsMost = 5_000
export const flushLanes = 2
const triesMost = 3

/** Facts of one kind that came together. */
export interface Parcel {
  agencyId: string
  name: string
  version: number
  store: BulkStore
  rows: readonly BulkRow[]
}

/**
 * The number of the journal row that it is part of; what stands in its place; what the database says of it; or that
 * it was not stored and may come again.
 */
export type Fate = number | 'same id' | 'in the books' | { fault: unknown } | 'again'

export interface Stored {
  fates: Fate[]
  /** Absent where nothing could be stored. */
  standing: Standing | undefined
}

export interface LaneParts {
  pool: Pool
  now(): Date
  rowsMost: number
  committed(agencyId: string, seq: number, name: string): void
  reportBug(error: unknown, about: string): string
}

interface Waiting extends Parcel {
  done(stored: Stored): void
}

export class Lanes {
  private readonly parts: LaneParts
  private waiting: Waiting[] = []
  private rows = 0
  private running = 0

  constructor(parts: LaneParts) {
    this.parts = parts
  }

  /** Undefined where the queue is full: nothing of it is taken, and all of it may come again. */
  put(parcel: Parcel): Promise<Stored> | undefined {
    if (this.rows + parcel.rows.length > this.parts.rowsMost) return undefined
    this.rows += parcel.rows.length
    return new Promise(done => {
      this.waiting.push({ ...parcel, done })
      // What comes in the same turn of the loop goes together.
      if (this.running < flushLanes) setImmediate(() => this.start())
    })
  }

  private start(): void {
    if (this.running >= flushLanes || this.waiting.length === 0) return
    this.running += 1
    void this.lane()
  }

  private async lane(): Promise<void> {
    try {
      for (let load = this.next(); load.length > 0; load = this.next()) await this.carry(load)
    } finally {
      this.running -= 1
    }
  }

  /** Whole parcels of one agency and kind, the longest waiting first. */
  private next(): Waiting[] {
    const [first] = this.waiting
    if (!first) return []
    const load: Waiting[] = []
    const rest: Waiting[] = []
    let rows = 0
    for (const one of this.waiting) {
      const fits = rows === 0 || rows + one.rows.length <= flushRowsMost
      if (
        fits &&
        one.agencyId === first.agencyId &&
        one.store === first.store &&
        one.version === first.version
      ) {
        load.push(one)
        rows += one.rows.length
      } else rest.push(one)
    }
    this.waiting = rest
    return load
  }

  private async carry(load: readonly Waiting[]): Promise<void> {
    const [first] = load
    if (!first) return
    const rows = load.flatMap(one => one.rows)
    const told: Stored = { fates: [], standing: undefined }
    try {
      await this.parts.pool.with(async connection => this.store({ ...first, rows }, connection, told))
    } catch (error) {
      this.parts.reportBug(error, first.name)
    }
    let from = 0
    for (const { rows: own, done } of load) {
      const fates = own.map((_, n) => told.fates[from + n] ?? 'again')
      from += own.length
      done({ fates, standing: told.standing })
    }
    this.rows -= rows.length
  }

  /** One flush; where the database finds fault with it, its halves, until the fault is found in a row of its own. */
  private async store(parcel: Parcel, connection: Parameters<typeof flush>[0], told: Stored): Promise<void> {
    const stored = await this.tried(parcel, connection)
    if (stored !== 'split') {
      told.fates.push(...stored.fates)
      told.standing = stored.standing ?? told.standing
      return
    }
    const { rows } = parcel
    const half = Math.ceil(rows.length / 2)
    await this.store({ ...parcel, rows: rows.slice(0, half) }, connection, told)
    await this.store({ ...parcel, rows: rows.slice(half) }, connection, told)
  }

  private async tried(parcel: Parcel, connection: Parameters<typeof flush>[0]): Promise<Stored | 'split'> {
    const { agencyId, name, rows } = parcel
    for (let attempt = 1; ; attempt += 1) {
      const now = this.parts.now()
      const order = { ...parcel, commitId: uuidv7(now.getTime()), at: now.toISOString() }
      try {
        const flushed: Flushed = await flush(connection, order)
        if (flushed.fates.includes(flushed.standing.headSeq)) {
          this.parts.committed(agencyId, flushed.standing.headSeq, name)
        }
        return flushed
      } catch (error) {
        if (staleStatements(error)) connection.broken = true
        const fault = faultOf(error)
        // Two flushes with the same ids met: one after the other they go through.
        if (fault === 'conflict' && attempt < triesMost) continue
        if (connection.broken || fault !== 'command') throw error
        if (rows.length > 1) return 'split'
        return { fates: [{ fault: error }], standing: undefined }
      }
    }
  }
}
