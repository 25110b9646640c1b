// What waits for one person: directives to his unit or to the post he stands at, and the difficulties of his post.
import { sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { type AddresseeState, myTasks } from './contracts.ts'
import { answersFor, voiceOf } from './directive-reads.ts'
import { whyNotTheWord } from './difficulty-reads.ts'
import type { Meta } from './log-reads.ts'
import { anyId, type CommandpostDb, postNames, postsOf, unitsOf } from './lower.ts'
import { dutyPostsAround, type OwnPost } from './own-posts.ts'
import { difficultyViews } from './queries-difficulties.ts'
import type { CommandpostTables } from './tables.ts'

const on = queriesOn<CommandpostTables>()
/** A phone shows what is to be done now, not a history. */
const shownMost = 50

async function ownPosts(db: CommandpostDb, meta: Meta, around: ReadonlyMap<string, OwnPost>) {
  const { agencyId } = meta.agency
  const units = await unitsOf(db, agencyId)
  const found = []
  for (const operationId of new Set([...around.values()].map(one => one.operationId))) {
    for (const post of await postsOf(db, agencyId, operationId)) {
      const own = around.get(post.postId)
      if (own?.operationId !== operationId) continue
      found.push({
        postId: post.postId,
        name: post.name,
        unitName: units.get(post.unitId)?.shortName ?? '',
        onDuty: own.onDuty,
      })
    }
  }
  return found.sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || (a.postId < b.postId ? -1 : 1))
}

async function ownDirectives(db: CommandpostDb, meta: Meta, around: ReadonlyMap<string, OwnPost>) {
  const { agencyId } = meta.agency
  const units = await unitsOf(db, agencyId)
  const { unitIds } = meta.actor.scope
  let found = db
    .selectFrom('directive_addressee as a')
    .innerJoin('directive as d', join =>
      join.onRef('d.agency_id', '=', 'a.agency_id').onRef('d.directive_id', '=', 'a.directive_id'),
    )
    .selectAll('a')
    .select(['d.due_at', 'd.operation_id', 'd.number', 'd.title', 'd.from_whom', 'd.issuer_unit_id'])
    .where('a.agency_id', '=', agencyId)
    .where('d.state', '=', 'open')
    .where(sql<boolean>`a.state in ('sent', 'received')`)
  if (unitIds !== '*') {
    const posts = [...around.keys()]
    found = found.where(({ or, eb }) =>
      or([eb('a.unit_id', '=', anyId(unitIds)), eb('a.post_id', '=', anyId(posts))]),
    )
  }
  const rows = await found.orderBy('d.due_at').orderBy('a.addressee_id').limit(500).execute()
  const posts = await postNames(
    db,
    agencyId,
    rows.map(row => row.operation_id),
  )
  const voice = await voiceOf(db, { ...meta, receivedAt: meta.now }, units)
  return rows
    .filter(row => answersFor(voice, row, row.issuer_unit_id))
    .slice(0, shownMost)
    .map(row => ({
      directiveId: row.directive_id,
      addresseeId: row.addressee_id,
      number: row.number,
      title: row.title,
      fromWhom: row.from_whom,
      toName: posts.get(row.post_id ?? '') ?? units.get(row.unit_id)?.shortName ?? '',
      dueAt: row.due_at,
      state: row.state as AddresseeState,
      overdue: row.due_at <= meta.now,
      chased: row.chased,
      supervised: row.supervised,
    }))
}

async function ownDifficulties(db: CommandpostDb, meta: Meta, around: ReadonlyMap<string, OwnPost>) {
  const rows = await db
    .selectFrom('difficulty')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where(sql<boolean>`state in ('raised', 'working', 'solved')`)
    .where(({ or, eb }) =>
      or([eb('post_id', '=', anyId([...around.keys()])), eb('raised_by', '=', meta.actor.accountId)]),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('difficulty_id')
    .limit(shownMost)
    .execute()
  const views = await difficultyViews(db, meta, rows)
  const tasks = []
  for (const [at, view] of views.entries()) {
    const row = rows[at]
    if (!row) continue
    const { difficultyId, n, postName, kind, urgency, text, state, owner, stoodMinutes, overdue } = view
    const toConfirm = state === 'solved' && (await whyNotTheWord(db, meta, row, meta.now)) === null
    tasks.push({
      ...{ difficultyId, n, postName, kind, urgency, text, state, owner, stoodMinutes, overdue },
      toConfirm,
    })
  }
  return tasks.sort((a, b) => Number(b.toConfirm) - Number(a.toConfirm))
}

export const taskQueries = [
  on(myTasks, {
    async run(db, _input, meta) {
      const around = await dutyPostsAround(db, meta, meta.now)
      return {
        now: meta.now,
        posts: await ownPosts(db, meta, around),
        directives: await ownDirectives(db, meta, around),
        difficulties: await ownDifficulties(db, meta, around),
      }
    },
  }),
]
