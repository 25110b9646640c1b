// Lists of the desk. What is shown of now comes from the counts alone; encounters are read by post and time, and without
// anybody's identity.
import { sql } from 'kysely'
import type { Actor } from '../../kernel/command.ts'
import { type HandledQuery, queriesOn } from '../../kernel/query.ts'
import { dutyDayOf, spanOf } from '../../kernel/time.ts'
import { type PostOfOperation, postsByIds, postsOfAgency } from '../posts/index.ts'
import { emergencies, holdings, live, search } from './contracts-lists.ts'
import { rules } from './contracts-rules.ts'
import type { HoldingBasis, HoldingOutcome } from './contracts-words.ts'
import { kitQuery } from './kit.ts'
import { anyDb, type EncountersDb, minutesLater, seesPost } from './lower.ts'
import { newestRules, rulesOfRow } from './rules.ts'
import type { EncountersTables } from './tables.ts'

const on = queriesOn<EncountersTables>()

/** The posts that somebody sees, or those of them that he asked for. */
async function postsSeen(
  db: EncountersDb,
  agencyId: string,
  actor: Actor,
  asked?: readonly string[],
): Promise<Map<string, PostOfOperation>> {
  const all = asked
    ? [...(await postsByIds(anyDb(db), agencyId, asked)).values()]
    : await postsOfAgency(anyDb(db), agencyId)
  return new Map(all.filter(post => seesPost(actor, post)).map(post => [post.postId, post]))
}

interface LiveRow {
  post_id: string
  passes: number
  passes_before: number
  today: number
  people: number
  fevers: number
  turned_back: number
  refusals: number
  last_at: string
}

const liveQuery = on(live, {
  async run(db, { postId }, meta) {
    const { agencyId } = meta.agency
    const posts = await postsSeen(db, agencyId, meta.actor, postId ? [postId] : undefined)
    const hour = `${meta.now.slice(0, 13)}:00:00.000Z`
    const today = dutyDayOf(meta.agency, meta.now)
    const { rows } = await sql<LiveRow>`
      select post_id,
        coalesce(sum(passes) filter (where hour = ${hour}::timestamptz), 0) as passes,
        coalesce(sum(passes) filter (where hour = ${minutesLater(hour, -60)}::timestamptz), 0) as passes_before,
        coalesce(sum(passes) filter (where duty_day = ${today}::date), 0) as today,
        coalesce(sum(people) filter (where duty_day = ${today}::date), 0) as people,
        coalesce(sum(fevers) filter (where duty_day = ${today}::date), 0) as fevers,
        coalesce(sum(passes) filter (where duty_day = ${today}::date and verdict = 'turnBack'), 0) as turned_back,
        coalesce(sum(refusals) filter (where duty_day = ${today}::date), 0) as refusals,
        max(last_at) as last_at
      from encounter_hour
      where agency_id = ${agencyId} and post_id = any (${[...posts.keys()]}::uuid[])
        and hour > ${minutesLater(hour, -48 * 60)}::timestamptz
      group by post_id order by passes desc, today desc, post_id`.execute(db)
    return {
      rows: rows.map(row => ({
        postId: row.post_id,
        postName: posts.get(row.post_id)?.name ?? '',
        passes: row.passes,
        passesBefore: row.passes_before,
        today: row.today,
        people: row.people,
        fevers: row.fevers,
        turnedBack: row.turned_back,
        refusals: row.refusals,
        lastAt: row.last_at,
      })),
    }
  },
})

const searchQuery = on(search, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const posts = await postsSeen(db, agencyId, meta.actor, input.postIds)
    const today = dutyDayOf(meta.agency, meta.now)
    const dayFrom = input.dayFrom ?? input.dayUntil ?? today
    const span = spanOf(meta.agency, dayFrom, input.dayUntil ?? dayFrom)
    let found = db
      .selectFrom('encounter')
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', sql<string>`any (${[...posts.keys()]}::uuid[])`)
      .where('occurred_at', '>=', input.from ?? span.begins)
      .where('occurred_at', '<', input.until ?? (input.from ? meta.now : span.ends))
    if (input.passer) found = found.where('passer', '=', input.passer)
    if (input.verdict) found = found.where('verdict', '=', input.verdict)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .select([
        'encounter_id as encounterId',
        'post_id as postId',
        'occurred_at as occurredAt',
        'received_at as receivedAt',
        'passer',
        'direction',
        'people',
        'temperature',
        'code_shown as codeShown',
        'disinfected',
        'verdict',
        'reason',
      ])
      .orderBy('occurred_at', 'desc')
      .orderBy('encounter_id', 'desc')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return {
      total,
      rows: rows.map(row => ({ ...row, postName: posts.get(row.postId)?.name ?? '' }) as never),
    }
  },
})

const emergenciesQuery = on(emergencies, {
  async run(db, { dayFrom, dayUntil, offset, limit }, meta) {
    const { agencyId } = meta.agency
    const posts = await postsSeen(db, agencyId, meta.actor)
    const span = spanOf(meta.agency, dayFrom, dayUntil)
    const found = db
      .selectFrom('emergency_passage')
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', sql<string>`any (${[...posts.keys()]}::uuid[])`)
      .where('passed_at', '>=', span.begins)
      .where('passed_at', '<', span.ends)
      // The bar was touched and nobody passed: it stays in the history and is no passage.
      .where('emergency', '<>', 'mistake')
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .select(['passage_id', 'post_id', 'emergency', 'people', 'passer', 'note', 'passed_at'])
      .orderBy('passed_at', 'desc')
      .orderBy('passage_id')
      .offset(offset)
      .limit(limit)
      .execute()
    return {
      total,
      rows: rows.map(row => ({
        passageId: row.passage_id,
        postId: row.post_id,
        postName: posts.get(row.post_id)?.name ?? '',
        emergency: row.emergency,
        people: row.people,
        passer: row.passer as 'vehicle' | 'person',
        note: row.note,
        passedAt: row.passed_at,
      })),
    }
  },
})

const holdingsQuery = on(holdings, {
  async run(db, { postId, open }, meta) {
    const { agencyId } = meta.agency
    const posts = await postsSeen(db, agencyId, meta.actor, postId ? [postId] : undefined)
    let found = db
      .selectFrom('holding')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', sql<string>`any (${[...posts.keys()]}::uuid[])`)
    if (open) found = found.where('outcome', 'is', null)
    const rows = await found.orderBy('began_at', 'desc').orderBy('holding_id').limit(1_000).execute()
    return {
      rows: rows.map(row => ({
        holdingId: row.holding_id,
        postId: row.post_id,
        postName: posts.get(row.post_id)?.name ?? '',
        encounterId: row.encounter_id,
        basis: row.basis as HoldingBasis,
        needs: row.needs,
        beganAt: row.began_at,
        endsAt: row.ends_at,
        endedAt: row.ended_at,
        outcome: row.outcome as HoldingOutcome | null,
      })),
    }
  },
})

const rulesQuery = on(rules, {
  async run(db, _input, meta) {
    const { agencyId } = meta.agency
    const rows = await newestRules(anyDb(db), agencyId)
    const ids = rows.flatMap(row => row.post_id ?? [])
    const posts = await postsByIds(anyDb(db), agencyId, ids)
    const general = (row: { post_id: string | null; post_kind: string | null }) =>
      row.post_id !== null ? 2 : row.post_kind !== null ? 1 : 0
    return {
      rows: rows
        .toSorted((a, b) => general(a) - general(b) || b.version - a.version)
        .map(row => ({
          ...rulesOfRow(row),
          postKind: row.post_kind,
          postId: row.post_id,
          postName: row.post_id === null ? null : (posts.get(row.post_id)?.name ?? ''),
          setAt: row.set_at,
        })),
    }
  },
})

export const queries: readonly HandledQuery[] = [
  kitQuery,
  liveQuery,
  searchQuery,
  emergenciesQuery,
  holdingsQuery,
  rulesQuery,
]
