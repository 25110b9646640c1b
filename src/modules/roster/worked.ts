// What was really worked, as the module above keeps it. Check-ins are kept by attendance, which stands above the roster
// and rests on it; the ledger, the rest that is owed and the engine need them down here. So attendance hands its reading
// down when it is loaded. A bureau without it has nothing worked, and the roster alone counts.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'

export interface WorkedBand {
  day: string
  postId: string
  patternId: string
  band: string
  /** Milliseconds: from when he came until he left, or as far as is known by now. */
  from: number
  until: number
  /** He is there still. */
  standing: boolean
}

export interface WorkedSpan {
  fromDay: string
  untilDay: string
  now: string
  /** Null: everybody. */
  officerIds: readonly string[] | null
}

export interface WorkedSource {
  /** Tables that it reads, for whoever keeps an answer. */
  tables: readonly string[]
  /** By officer, in order of coming. */
  bands(db: Kysely<AnyTables>, agencyId: string, span: WorkedSpan): Promise<Map<string, WorkedBand[]>>
  /** `seatWord`s of bands to which somebody was declared not to come. */
  absences(db: Kysely<AnyTables>, agencyId: string, span: WorkedSpan): Promise<Set<string>>
}

const nothing: WorkedSource = {
  tables: [],
  bands: async () => new Map(),
  absences: async () => new Set(),
}
let source = nothing

/** Called once, by attendance. */
export function readsWorked(given: WorkedSource): void {
  source = given
}
export const workedSource = (): WorkedSource => source

export const seatWord = (seat: {
  officerId: string
  day: string
  postId: string
  patternId: string
  band: string
}): string => `${seat.officerId} ${seat.day} ${seat.postId} ${seat.patternId} ${seat.band}`

/** Milliseconds of stretches together; who was at two posts at once was there once. */
export function msTogether(stretches: readonly { from: number; until: number }[]): number {
  const sorted = [...stretches].sort((a, b) => a.from - b.from)
  let [sum, reached] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, until } of sorted) {
    sum += Math.max(0, until - Math.max(from, reached))
    reached = Math.max(reached, until)
  }
  return sum
}
