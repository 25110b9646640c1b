// A second picture, made from the books alone and without a line of the first: every change until a moment, one after
// the other, gives the rows that stood then, and the figures are counted from these by hand.
import type { World } from '../../kernel/world.ts'

type Row = Record<string, unknown>
export type Rows = (table: string) => Row[]

/** All rows that stood at the moment, by table; and how many changes were folded. */
export async function foldUntil(w: World, at: string): Promise<{ rows: Rows; changes: number }> {
  const { rows } = await w.owner.query<{ table_name: string; row_id: string; op: string; after: Row | null }>(
    `select c.table_name, c.row_id, c.op, c.after from app.journal j
     join app.change c on c.agency_id = j.agency_id and c.command_id = j.id
     where j.agency_id = $1 and j.received_at <= $2 order by j.seq, c.table_name, c.row_id, c.n`,
    [w.agency.agencyId, at],
  )
  const tables = new Map<string, Map<string, Row>>()
  for (const { table_name: table, row_id: id, op, after } of rows) {
    const there = tables.get(table) ?? new Map<string, Row>()
    tables.set(table, there)
    if (op === 'd') there.delete(id)
    else there.set(id, { ...there.get(id), ...after })
  }
  return { rows: table => [...(tables.get(table)?.values() ?? [])], changes: rows.length }
}

const time = (value: unknown) => Date.parse(String(value))
/** `["2021-11-04 00:00:00+00","2021-11-04 12:00:00+00")` as the books write a period. */
function periodOf(row: Row): [number, number] {
  const [from = '', until = ''] = String(row.period).match(/\d{4}-[^",)]+/g) ?? []
  return [
    time(from.replace(' ', 'T').replace(/\+00$/, 'Z')),
    time(until.replace(' ', 'T').replace(/\+00$/, 'Z')),
  ]
}

/** The duty day at 08:00 of Beijing, which is midnight in UTC. */
const dutyDay = (now: number) => new Date(now).toISOString().slice(0, 10)

/** What each post needs now, by the bands of twelve hours that this bureau has. */
function needs(rows: Rows, now: number): Map<string, number> {
  const day = dutyDay(now)
  const band = now - Date.parse(`${day}T00:00:00Z`) < 12 * 3_600_000 ? 'day' : 'night'
  const used = new Set(
    rows('post')
      .filter(post => post.opens_on === null || String(post.opens_on) <= day)
      .filter(post =>
        post.state === 'closed'
          ? post.closes_on !== null && String(post.closes_on) >= day
          : post.state === 'active' && (post.closes_on === null || String(post.closes_on) >= day),
      )
      .map(post => post.post_id),
  )
  const found = new Map<string, number>()
  for (const line of rows('demand')) {
    const days = !line.withdrawn && String(line.begins_on) <= day && String(line.ends_on) >= day
    if (!days || line.skill !== null || !(line.bands as string[]).includes(band)) continue
    const post = String(line.post_id)
    if (used.has(post)) found.set(post, (found.get(post) ?? 0) + Number(line.heads))
  }
  return found
}

const within = (row: Row, now: number) => {
  const [from, until] = periodOf(row)
  return from <= now && now < until
}

/** Who is at each post or may still come, in bands of twelve hours: rostered and not known to be away, or sent there. */
function thereByHand(rows: Rows, now: number): Map<string, number> {
  const found = new Map<string, number>()
  const count = (post: unknown) => found.set(String(post), (found.get(String(post)) ?? 0) + 1)
  const halfDay = 12 * 3_600_000
  const begun = Math.floor(now / halfDay) * halfDay
  const wait = 15 * 60_000
  const own = (row: Row, other: Row) => row.officer_id === other.officer_id && row.post_id === other.post_id
  const presences = rows('presence').filter(
    row => row.voided_at === null && within(row, now) && time(row.came_at) <= now,
  )
  const left = (row: Row) => row.left_at !== null && time(row.left_at) <= now
  const rostered = rows('assignment').filter(row => within(row, now))
  for (const row of rostered) {
    const came = presences.find(one => own(one, row))
    const declared = rows('absence').some(one => one.ended_at === null && within(one, now) && own(one, row))
    if (came ? !left(came) : !declared && now - begun < wait) count(row.post_id)
  }
  for (const row of presences) if (!left(row) && !rostered.some(one => own(one, row))) count(row.post_id)
  return found
}

/** Kind of each zone now, by its stages. */
function zoneKinds(rows: Rows, now: number): string[] {
  return rows('zone').map(zone => {
    const stages = rows('zone_stage')
      .filter(stage => stage.zone_id === zone.zone_id && time(stage.at) <= now)
      .sort((a, b) => Number(a.n) - Number(b.n))
    return String(stages.at(-1)?.kind ?? '')
  })
}

/** The figures of the first row, by their keys. */
export function figuresByHand(rows: Rows, at: string): Record<string, number> {
  const now = Date.parse(at)
  const need = needs(rows, now)
  const have = new Map<string, number>()
  for (const row of rows('assignment')) {
    if (within(row, now)) have.set(String(row.post_id), (have.get(String(row.post_id)) ?? 0) + 1)
  }
  const present = rows('presence').filter(row => {
    const end = row.left_at === null ? periodOf(row)[1] : time(row.left_at)
    return row.voided_at === null && time(row.came_at) <= now && now < end
  })
  const kinds = zoneKinds(rows, now)
  const there = thereByHand(rows, now)
  const short = [...need].filter(([post, heads]) => (there.get(post) ?? 0) < heads)
  const sampled = new Set(
    rows('round_site')
      .filter(site => {
        const round = rows('sampling_round').find(one => one.round_id === site.round_id)
        return round?.day === dutyDay(now)
      })
      .map(site => site.post_id),
  )
  return {
    onDuty: [...have.values()].reduce((sum, n) => sum + n, 0),
    present: new Set(present.map(row => row.officer_id)).size,
    empty: short.filter(([post]) => !there.has(post)).length,
    short: short.filter(([post]) => there.has(post)).length,
    sealed: kinds.filter(kind => kind === 'sealed').length,
    control: kinds.filter(kind => kind === 'control').length,
    sites: sampled.size,
    difficulties: rows('difficulty').filter(row => ['raised', 'working'].includes(String(row.state))).length,
  }
}

export const openAlerts = (rows: Rows) =>
  rows('alert')
    .filter(row => row.cleared_at === null)
    .map(row => String(row.alert_id))
    .sort()

export const logTexts = (rows: Rows) =>
  rows('duty_entry')
    .map(row => `${row.pinned ? '!' : ''}${row.text}`)
    .sort()
