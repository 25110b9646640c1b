// What became of one place of the board. The published roster is told from the changes of its publications; a draft
// from the commands that changed it, because its matrix is one value that only says that something is different.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Both, InputOf, OutputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { daysBetween } from '../../kernel/time.ts'
import { officerNames } from '../people/index.ts'
import { patternsOf } from '../posts/index.ts'
import * as contracts from './contracts.ts'
import { type Duty, type PlanMatrix, unpackPlan } from './matrix.ts'
import type { RosterDb } from './published.ts'
import type { RosterTables } from './tables.ts'

type Asked = InputOf<typeof contracts.seatHistory>
type Row = OutputOf<typeof contracts.seatHistory>['rows'][number]

const rowsMost = 200
const titles = new Map<string, Both>(
  Object.values(contracts).flatMap(one =>
    typeof one === 'object' && 'type' in one && one.type === 'command'
      ? [[one.name, one.title] as const]
      : [],
  ),
)

interface Command {
  seq: number
  id: string
  name: string
  received_at: string
  actor: string | null
  input: unknown
}

/** The commands that changed one row of a table, first to last. */
async function commandsOf(db: RosterDb, agencyId: string, table: string, rowIds: readonly string[]) {
  const { rows } = await sql<Command>`
    select distinct j.seq, j.id, j.name, j.received_at, j.input, a.name as actor
    from change c join journal j on j.agency_id = c.agency_id and j.id = c.command_id
    left join account a on a.agency_id = j.agency_id and a.account_id = j.actor_id
    where c.agency_id = ${agencyId} and c.table_name = ${table} and c.row_id = any (${[...rowIds]}::text[])
    order by j.seq`.execute(db)
  return rows
}

function rowOf(
  command: Command,
  postId: string,
  officerId: string,
  told: Pick<Row, 'op' | 'before' | 'after'>,
): Row {
  const title = titles.get(command.name) ?? { zh: command.name, en: command.name }
  return {
    table: 'draft_cell',
    rowId: `${postId}:${officerId}`,
    n: 1,
    ...told,
    commandId: command.id,
    command: command.name,
    titleZh: title.zh,
    titleEn: title.en,
    callerZh: null,
    callerEn: null,
    actor: command.actor,
    at: command.received_at,
  }
}

// ---------------------------------------------------------------------------------------------------- published

interface AssignmentChange {
  command_id: string
  op: 'i' | 'd'
  officer_id: string
  bands: string[]
  version: number
}

async function publishedRows(db: RosterDb, agencyId: string, asked: Asked): Promise<Row[]> {
  const versions = await db
    .selectFrom('roster_version')
    .select('version')
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', asked.operationId)
    .where('from_day', '<=', asked.day)
    .where('until_day', '>=', asked.day)
    .orderBy('version')
    .execute()
  const ids = versions.map(({ version }) => `${asked.operationId}:${version}`)
  const commands = await commandsOf(db, agencyId, 'roster_version', ids)
  const byId = new Map(commands.map(one => [one.id, one]))
  const { rows } = await sql<AssignmentChange>`
    select c.command_id, c.op, x.row ->> 'officer_id' as officer_id, x.row -> 'bands' as bands,
      (x.row ->> 'version')::int as version
    from change c, lateral (select coalesce(c.after, c.before) as row) x
    where c.agency_id = ${agencyId} and c.command_id = any (${[...byId.keys()]}::uuid[])
      and c.table_name = 'assignment' and c.op <> 'u'
      and x.row ->> 'post_id' = ${asked.postId} and x.row ->> 'day' = ${asked.day}
      and x.row ->> 'pattern_id' = ${asked.patternId} and x.row -> 'bands' ?| ${[...asked.bands]}::text[]
    order by c.op, officer_id, c.row_id`.execute(db)
  // First to last, as the commands came; of one command first who was taken off.
  const inOrder = commands.flatMap(command => rows.filter(row => row.command_id === command.id))
  return inOrder.flatMap(row => {
    const command = byId.get(row.command_id)
    if (!command) return []
    const whole = { bands: row.bands, version: row.version }
    const told = row.op === 'i' ? { before: null, after: whole } : { before: whole, after: null }
    return { ...rowOf(command, asked.postId, row.officer_id, { op: row.op, ...told }), table: 'assignment' }
  })
}

// --------------------------------------------------------------------------------------------------------- draft

interface Edit {
  officerId: string
  day: string
  duty: Duty | null
}

/** The cells of a plan as it was first written, on one day. */
async function firstDuties(db: RosterDb, agencyId: string, asked: Asked): Promise<Map<string, Duty>> {
  const { rows } = await sql<{ plan: { from_day: string; until_day: string; matrix: PlanMatrix } }>`
    select after as plan from change where agency_id = ${agencyId} and table_name = 'roster_plan'
      and row_id = ${asked.planId} and n = 1`.execute(db)
  const duties = new Map<string, Duty>()
  const plan = rows[0]?.plan
  if (!plan) return duties
  const day = daysBetween(plan.from_day, asked.day)
  const cells = unpackPlan(plan.matrix, daysBetween(plan.from_day, plan.until_day) + 1)
  for (const officerId of cells.officers()) {
    const duty = cells.get(officerId, day)
    if (duty) duties.set(officerId, duty)
  }
  return duties
}

/** Goes through the commands as they came, so that whoever is taken off is known to have been there. */
async function draftRows(db: RosterDb, agencyId: string, asked: Asked, planId: string): Promise<Row[]> {
  const here = (duty: Duty | null | undefined) =>
    duty?.postId === asked.postId &&
    duty.patternId === asked.patternId &&
    duty.bands.some(band => asked.bands.includes(band))
  const duties = await firstDuties(db, agencyId, asked)
  const commands = await commandsOf(db, agencyId, 'roster_plan', [planId])
  const rows: Row[] = []
  commands.forEach((command, index) => {
    const tell = (officerId: string, told: Pick<Row, 'op' | 'before' | 'after'>) =>
      rows.push(rowOf(command, asked.postId, officerId, told))
    if (index === 0) {
      for (const [officerId, duty] of duties)
        if (here(duty)) tell(officerId, { op: 'i', before: null, after: { bands: duty.bands } })
    }
    const input = command.input as { edits?: Edit[]; officerId?: string; day?: string; locked?: boolean }
    for (const { officerId, duty } of input.edits?.filter(edit => edit.day === asked.day) ?? []) {
      const before = duties.get(officerId)
      if (here(before)) tell(officerId, { op: 'd', before: { bands: before?.bands }, after: null })
      if (here(duty)) tell(officerId, { op: 'i', before: null, after: { bands: duty?.bands } })
      if (duty) duties.set(officerId, duty)
      else duties.delete(officerId)
    }
    const { officerId, locked } = input
    if (officerId && locked !== undefined && input.day === asked.day && here(duties.get(officerId)))
      tell(officerId, { op: 'u', before: { locked: !locked }, after: { locked } })
  })
  return rows
}

// --------------------------------------------------------------------------------------------------------- query

export const seatHistoryQueries = [
  queriesOn<RosterTables>()(contracts.seatHistory, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const told = input.planId
        ? await draftRows(db, agencyId, input, input.planId)
        : await publishedRows(db, agencyId, input)
      const all = db as unknown as Kysely<AnyTables>
      const ids = [...new Set(told.map(row => row.rowId.slice(input.postId.length + 1)))].sort()
      const [officers, patterns] = await Promise.all([
        officerNames(all, agencyId, ids),
        patternsOf(all, agencyId),
      ])
      const bands = patterns.find(one => one.patternId === input.patternId)?.bands ?? []
      const inWords = (fields: Row['after']) => {
        if (!fields?.bands) return fields
        const named = (fields.bands as string[]).map(key => bands.find(band => band.key === key))
        return { ...fields, bands: named.flatMap(band => (band ? [{ zh: band.zh, en: band.en }] : [])) }
      }
      const rows = told
        .slice(-rowsMost)
        .reverse()
        .map(row => ({ ...row, before: inWords(row.before), after: inWords(row.after) }))
      const names = Object.fromEntries([...officers].map(([officerId, { name }]) => [officerId, name]))
      return { rows, names }
    },
  }),
]
