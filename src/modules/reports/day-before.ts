// The figures of earlier minutes, beside which those of now stand. The books of a minute do not change any more, so what
// was counted once is kept; the id of the last command until then tells the books of two bureaus or databases apart.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { booksAsOf } from '../../kernel/past.ts'
import type { FigureKey } from './contracts.ts'
import { type Counted, countFigures } from './figures.ts'
import { type Duty, type Filter, narrowed, pictureAt, type Reader } from './picture.ts'

export type Figures = Record<FigureKey, Counted>
/** The trends of an operation that is looked at in some dozen cuts; a few hundred bytes each. */
const keptMost = 3_000
const kept = new Map<string, Figures | null>()
const dayMs = 86_400_000
const minuteMs = 60_000

interface Asked {
  operationId: string | undefined
  filter: Filter
}

/** By the moments, each of whole minutes; null where no such operation ran then. */
export async function figuresOfThen(
  db: Kysely<AnyTables>,
  agency: Duty,
  reader: Reader,
  moments: readonly string[],
  { operationId, filter }: Asked,
): Promise<(Figures | null)[]> {
  const { rows } = await sql<{ at: string; id: string }>`
    select m.at, j.id from unnest(${[...moments]}::timestamptz[]) as m (at)
      join journal j on j.agency_id = ${agency.agencyId}::uuid and j.seq = sys.seq_at(m.at)
    order by m.at, j.seq`.execute(db)
  const last = new Map(rows.map(row => [Date.parse(row.at), row.id]))
  const units = filter.unitIds === null ? '*' : [...filter.unitIds].join()
  const found: (Figures | null)[] = []
  for (const at of moments) {
    const id = last.get(Date.parse(at))
    const key = [id, at, operationId, units, filter.zoneId, reader.scope.unitIds].join(' ')
    const known = id ? kept.get(key) : null
    if (known !== undefined) {
      found.push(known)
      continue
    }
    const picture = await booksAsOf(db, at, past => pictureAt(past, agency, at, operationId, true))
    const figures = picture ? countFigures(narrowed(picture, filter)) : null
    if (kept.size >= keptMost) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, figures)
    found.push(figures)
  }
  return found
}

/** Of 24 hours before a moment. */
export async function figuresDayBefore(
  db: Kysely<AnyTables>,
  agency: Duty,
  reader: Reader,
  asked: Asked & { at: string },
): Promise<Figures | null> {
  const minute = Math.floor((Date.parse(asked.at) - dayMs) / minuteMs) * minuteMs
  const [found = null] = await figuresOfThen(db, agency, reader, [new Date(minute).toISOString()], asked)
  return found
}
