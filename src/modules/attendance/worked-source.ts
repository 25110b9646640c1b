// What was worked, handed down to the roster: for its ledger of fair shares, the rest that is owed, and the engine.
import { sql } from 'kysely'
import { instantAt } from '../../kernel/time.ts'
import { seatWord, type WorkedBand, type WorkedSource } from '../roster/index.ts'
import { attendanceDb } from './seats.ts'

/** Instants travel as eleven digits of milliseconds from the first day of the span, so that rows can be cut apart. */
const base = 10_000_000_000
const idLength = 36
const dayLength = 10
const instantLength = 11
const rowLength = idLength + dayLength + 2 * instantLength + 1

/**
 * Ninety days of a bureau are fifty thousand bands. The database joins all of one place into one text, because the
 * driver takes longer over so many rows than all the rest; joined in order it is slower again, so they are sorted here.
 */
const bands: WorkedSource['bands'] = async (db, agencyId, { fromDay, untilDay, now, officerIds }) => {
  const zero = Date.parse(instantAt('UTC', fromDay, 0))
  const ms = (at: ReturnType<typeof sql>) =>
    sql`(extract(epoch from ${at}) * 1000)::bigint - ${zero - base}::bigint`
  const { rows } = await sql<{ post_id: string; pattern_id: string; band: string; people: string }>`
    select post_id, pattern_id, band, string_agg(concat(officer_id, day, ${ms(sql`came_at`)},
      ${ms(sql`greatest(came_at, least(coalesce(left_at, upper(period)), ${now}::timestamptz))`)},
      case when left_at is null and upper(period) > ${now}::timestamptz then 1 else 0 end), '') as people
    from presence
    where agency_id = ${agencyId}::uuid and voided_at is null
      and day between ${fromDay}::date and ${untilDay}::date
      and (${officerIds ? [...officerIds] : null}::uuid[] is null
        or officer_id = any (${officerIds ? [...officerIds] : null}::uuid[]))
    group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  const found = new Map<string, WorkedBand[]>()
  for (const { post_id: postId, pattern_id: patternId, band, people } of rows) {
    for (let at = 0; at < people.length; at += rowLength) {
      const officerId = people.slice(at, at + idLength)
      const dayAt = at + idLength
      const cameAt = dayAt + dayLength
      const instant = (from: number) => Number(people.slice(from, from + instantLength)) - base + zero
      const own = found.get(officerId) ?? []
      found.set(officerId, own)
      own.push({
        ...{ day: people.slice(dayAt, cameAt), postId, patternId, band },
        from: instant(cameAt),
        until: instant(cameAt + instantLength),
        standing: people[cameAt + 2 * instantLength] === '1',
      })
    }
  }
  for (const own of found.values()) own.sort(byComing)
  return found
}

/** Complete, because the database joined them in no order. */
const byComing = (a: WorkedBand, b: WorkedBand): number =>
  a.from - b.from || a.until - b.until || (placeOf(a) < placeOf(b) ? -1 : 1)
const placeOf = (one: WorkedBand): string => `${one.day} ${one.postId} ${one.patternId} ${one.band}`

const absences: WorkedSource['absences'] = async (db, agencyId, { fromDay, untilDay, officerIds }) => {
  let asked = attendanceDb(db)
    .selectFrom('absence')
    .select(['officer_id', 'day', 'post_id', 'pattern_id', 'band'])
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .where('day', '>=', fromDay)
    .where('day', '<=', untilDay)
  if (officerIds) {
    asked = asked.where('officer_id', '=', sql<string>`any (${[...officerIds]}::uuid[])`)
  }
  const rows = await asked.orderBy('absence_id').execute()
  return new Set(
    rows.map(row =>
      seatWord({
        officerId: row.officer_id,
        day: row.day,
        postId: row.post_id,
        patternId: row.pattern_id,
        band: row.band,
      }),
    ),
  )
}

export const workedSourceOfCheckIns: WorkedSource = { tables: ['presence', 'absence'], bands, absences }
