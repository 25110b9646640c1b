// Lists of tubes, boxes and re-tests, which figures and rows of the progress open to.
import { type SqlBool, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { type QueryMeta, queriesOn } from '../../kernel/query.ts'
import { accountNames } from '../access/index.ts'
import { inScope } from '../commandpost/index.ts'
import { unitNames } from '../people/index.ts'
import { postsByIds, roundSites } from '../posts/index.ts'
import { boxes, type RetestOutcome, retests, type TubeResult, type TubeState, tubes } from './contracts.ts'
import { anyDb, hoursLater, rulesNow, type ScreeningDb, tubeInScope } from './lower.ts'
import type { ScreeningTables } from './tables.ts'

const on = queriesOn<ScreeningTables>()

/** What a tube is shown as: its result, or whether that is overdue. */
const stateOf = (late: string) =>
  sql<string>`coalesce(result, case when sealed_at <= ${late}::timestamptz then 'overdue' else 'waiting' end)`

function chooseTubes(db: ScreeningDb, meta: QueryMeta, input: InputOf<typeof tubes>, late: string) {
  let found = db.selectFrom('tube').where('agency_id', '=', meta.agency.agencyId).where(tubeInScope)
  if (input.operationId) found = found.where('operation_id', '=', input.operationId)
  if (input.postId) found = found.where('post_id', '=', input.postId)
  if (input.roundId) found = found.where('round_id', '=', input.roundId)
  if (input.boxId) found = found.where('box_id', '=', input.boxId)
  const [from, until] = [input.from ?? input.until, input.until ?? input.from]
  if (from && until) found = found.where('day', '>=', from).where('day', '<=', until)
  if (input.states?.length) {
    found = found.where(sql<SqlBool>`${stateOf(late)} = any (${input.states}::text[])`)
  }
  const search = input.search?.trim().toUpperCase()
  if (search) found = found.where(sql<SqlBool>`strpos(code, ${search}) > 0`)
  return found
}

const tubeList = on(tubes, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const late = hoursLater(meta.now, -(await rulesNow(db, agencyId)).resultHours)
    const found = chooseTubes(db, meta, input, late)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .select([stateOf(late).as('state'), sql<number>`jsonb_array_length(boxes)`.as('box_count')])
      .select(eb =>
        eb
          .selectFrom('tube_box')
          .select('seal_number')
          .whereRef('tube_box.agency_id', '=', 'tube.agency_id')
          .whereRef('tube_box.box_id', '=', 'tube.box_id')
          .as('seal_number'),
      )
      .orderBy('sealed_at', 'desc')
      .orderBy('tube_id', 'desc')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    const [posts, names] = await Promise.all([
      postsByIds(
        anyDb(db),
        agencyId,
        rows.map(row => row.post_id),
      ),
      accountNames(db as never, agencyId, [...new Set(rows.flatMap(row => row.sealed_by ?? []))].sort()),
    ])
    const rounds = new Map(
      (await roundSites(anyDb(db), agencyId, { postIds: [...posts.keys()] })).map(one => [
        one.roundId,
        one.name,
      ]),
    )
    return {
      total: Number(total),
      rows: rows.map(row => ({
        tubeId: row.tube_id,
        code: row.code,
        postId: row.post_id,
        postName: posts.get(row.post_id)?.name ?? '',
        roundName: row.round_id === null ? null : (rounds.get(row.round_id) ?? ''),
        day: row.day,
        lane: row.lane,
        size: row.size,
        people: row.people,
        boxes: row.box_count,
        sealedAt: row.sealed_at,
        sealedBy: row.sealed_by === null ? null : (names.get(row.sealed_by)?.name ?? null),
        sealNumber: row.seal_number,
        state: row.state as TubeState,
        result: row.result as TubeResult | null,
        resultAt: row.result_at,
      })),
    }
  },
})

const boxList = on(boxes, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    let found = db
      .selectFrom('tube_box')
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', input.operationId)
      .where(inScope(sql`tube_box.unit_id`))
    if (input.postId) found = found.where('post_id', '=', input.postId)
    const [from, until] = [input.from ?? input.until, input.until ?? input.from]
    if (from && until) found = found.where('day', '>=', from).where('day', '<=', until)
    const search = input.search?.trim()
    if (search) found = found.where(sql<SqlBool>`strpos(seal_number || ' ' || handed_to, ${search}) > 0`)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const inside = sql`from tube t where t.agency_id = tube_box.agency_id and t.box_id = tube_box.box_id`
    const rows = await found
      .select(['box_id as boxId', 'seal_number as sealNumber', 'post_id as postId'])
      .select(['handed_to as handedTo', 'handed_at as handedAt'])
      .select([
        sql<number>`(select count(*)::int ${inside})`.as('tubes'),
        sql<number>`(select coalesce(sum(t.people), 0)::int ${inside})`.as('people'),
      ])
      .orderBy('handed_at', 'desc')
      .orderBy('box_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    const posts = await postsByIds(
      anyDb(db),
      agencyId,
      rows.map(row => row.postId),
    )
    return {
      total: Number(total),
      rows: rows.map(({ postId, ...row }) => ({ ...row, postName: posts.get(postId)?.name ?? '' })),
    }
  },
})

const retestList = on(retests, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    let found = db
      .selectFrom('retest as r')
      .innerJoin('tube as t', join =>
        join.onRef('t.agency_id', '=', 'r.agency_id').onRef('t.tube_id', '=', 'r.tube_id'),
      )
      .leftJoin('tube as s', join =>
        join.onRef('s.agency_id', '=', 'r.agency_id').onRef('s.tube_id', '=', 'r.single_tube_id'),
      )
      .where('r.agency_id', '=', agencyId)
      .where(inScope(sql`r.unit_id`))
    if (input.postId) found = found.where('r.post_id', '=', input.postId)
    if (input.open !== undefined) found = found.where('r.outcome', input.open ? 'is' : 'is not', null)
    const search = input.search?.trim().toUpperCase()
    if (search)
      found = found.where(sql<SqlBool>`strpos(t.code || ' ' || coalesce(s.code, ''), ${search}) > 0`)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll('r')
      .select(['t.code', 's.code as singleCode'])
      .orderBy('r.due_at')
      .orderBy('t.code')
      .orderBy('r.n')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    const [posts, units] = await Promise.all([
      postsByIds(
        anyDb(db),
        agencyId,
        rows.map(row => row.post_id),
      ),
      unitNames(anyDb(db), agencyId),
    ])
    return {
      total: Number(total),
      rows: rows.map(row => ({
        retestId: row.retest_id,
        code: row.code,
        n: row.n,
        postName: posts.get(row.post_id)?.name ?? '',
        unitName: units.get(row.unit_id)?.shortName ?? '',
        openedAt: row.opened_at,
        dueAt: row.due_at,
        overdue: row.outcome === null && Date.parse(row.due_at) <= Date.parse(meta.now),
        singleCode: row.singleCode,
        outcome: row.outcome as RetestOutcome | null,
        note: row.note,
      })),
    }
  },
})

export const deskQueries = [tubeList, boxList, retestList]
