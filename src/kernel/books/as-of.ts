// A list as it stood at a past moment: the changes up to then, folded. Any table that is in the books can be asked
// for, because the trigger writes them all; nothing has to be prepared for it.
import { type Kysely, sql } from 'kysely'
import type { InputOf } from '../contract.ts'
import { kernelProblems } from '../problem.ts'
import { queriesOn } from '../query.ts'
import { type BooksTables, namesIn, shownFields, tableKeys } from './history.ts'
import { administratorsOnly } from './contracts.ts'
import { listAsOf } from './contracts-as-of.ts'

type Db = Kysely<BooksTables>
type Asked = InputOf<typeof listAsOf>

/** The table's changes by the commands received until the moment; `c` is the change. */
const changesUntil = (agencyId: string, { table, at }: Asked) => sql`
  change c join journal j on j.agency_id = c.agency_id and j.id = c.command_id
    and j.received_at <= ${at}::timestamptz and c.agency_id = ${agencyId} and c.table_name = ${table}`

const matches = (search: string) => sql`value ilike ${search} and value not like 'sealed:%'`

/**
 * Each row with its last change, where a search is in its values of then. Rows that never had it are left out before
 * they are folded: of the 12,000 presences of 24 days that is most of them.
 */
const lastMatching = (agencyId: string, asked: Asked, search: string) => sql`
  select row_id, op from (
    select c.row_id, (array_agg(c.op order by c.n desc))[1] as op, jsonb_object_agg(e.key, e.value order by c.n)
      filter (where e.key is not null) as state
    from ${changesUntil(agencyId, asked)} left join lateral jsonb_each(c.after) e on true
    where c.row_id in (select x.row_id from change x where x.agency_id = ${agencyId} and x.table_name = ${asked.table}
      and exists (select 1 from jsonb_each_text(x.after) where ${matches(search)}))
    group by c.row_id
  ) as folded where exists (select 1 from jsonb_each_text(state) where ${matches(search)})`

const lastOfEach = (agencyId: string, asked: Asked) => sql`
  select distinct on (c.row_id) c.row_id, c.op from ${changesUntil(agencyId, asked)} order by c.row_id, c.n desc`

/** The rows of a page and one more; with each, how many there are in all. A row whose last change removed it is gone. */
async function rowsThere(
  db: Db,
  agencyId: string,
  asked: Asked,
): Promise<{ row_id: string; total: number }[]> {
  const { search, after = null, limit } = asked
  const last = search
    ? lastMatching(agencyId, asked, `%${search.replace(/[\\%_]/g, '\\$&')}%`)
    : lastOfEach(agencyId, asked)
  const { rows } = await sql<{ row_id: string; total: number }>`
    select * from (select row_id, count(*) over () ::int as total from (${last}) as last where op <> 'd') as there
    where ${after}::text is null or row_id > ${after} order by row_id limit ${limit + 1}`.execute(db)
  return rows
}

/**
 * What stood in these rows: among equal keys jsonb_object_agg keeps the last, which is the newest value of the column.
 * Only the rows of a page are folded; folding all and joining them took 14 s for a roster of 10,000 assignments.
 */
async function statesOf(db: Db, agencyId: string, asked: Asked, ids: readonly string[]) {
  const { rows } = await sql<{ row_id: string; state: Record<string, unknown> }>`
    select c.row_id, jsonb_object_agg(e.key, e.value order by c.n) as state
    from ${changesUntil(agencyId, asked)} cross join lateral jsonb_each(c.after) e
    where c.row_id = any (${[...ids]}::text[]) group by c.row_id order by c.row_id`.execute(db)
  return rows
}

export const asOfQuery = queriesOn<BooksTables>()(listAsOf, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const what = listAsOf.title.zh
    // The books stand under the agency's policy alone: who sees some units only is not shown a list of all.
    const secret = administratorsOnly.includes(input.table) && !meta.actor.roles.includes('administrator')
    if (secret || meta.actor.scope.unitIds !== '*') throw kernelProblems.noRight({ what })
    if (!(await tableKeys(db, [input.table])).has(input.table)) throw kernelProblems.missing({ what })
    const found = await rowsThere(db, agencyId, input)
    const page = found.slice(0, input.limit).map(row => row.row_id)
    const states = page.length > 0 ? await statesOf(db, agencyId, input, page) : []
    const shown = states.map(row => ({ rowId: row.row_id, fields: shownFields(row.state) }))
    return {
      rows: shown,
      names: await namesIn(db, agencyId, [shown]),
      total: found[0]?.total ?? 0,
      next: found.length > input.limit ? (page.at(-1) ?? null) : null,
    }
  },
})
