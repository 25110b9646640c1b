import { type Insertable, sql } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import {
  addPost,
  addPosts,
  changePost,
  movePost,
  type PostState,
  postsProblems,
  setPostState,
} from './contracts.ts'
import { anyOf, chunks, needOpenOperation, repeated } from './lower.ts'
import type { PostsTables, PostTable } from './tables.ts'
import { zonesOfOperation } from './zone-commands.ts'

const on = commandsOn<PostsTables>()
type Tx = CommandTx<PostsTables>
type NewPost = InputOf<typeof addPosts>['posts'][number]

/** A scoped account sets up posts of its own units only. */
function inScope(meta: CommandMeta, unitId: string, name: string): void {
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && !unitIds.includes(unitId)) throw postsProblems.outsideScope({ name })
}

function checkDays(post: { name: string; opensOn: string | null; closesOn: string | null }): void {
  if (post.opensOn !== null && post.closesOn !== null && post.closesOn < post.opensOn) {
    throw postsProblems.endBeforeStart({ name: post.name })
  }
}

async function freeCodes(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  codes: readonly string[],
  except?: string,
): Promise<void> {
  const twice = repeated(codes)
  if (twice !== undefined) throw postsProblems.codeTwice({ code: twice })
  const taken = await tx.db
    .selectFrom('post')
    .select(['post_id', 'code'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('operation_id', '=', operationId)
    .where('code', '=', sql<string>`any (${codes}::text[])`)
    .orderBy('code')
    .execute()
  const other = taken.find(row => row.post_id !== except)
  if (other) throw postsProblems.codeTaken({ code: other.code })
}

/** jsonb takes JSON text; the generated type of a jsonb column with a default does not say so. */
function partnersText(expected: NewPost['partnersExpected']) {
  const some = Object.fromEntries(Object.entries(expected).filter(([, heads]) => heads > 0))
  return JSON.stringify(some) as unknown as NonNullable<Insertable<PostTable>['partners_expected']>
}

async function insertPosts(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  posts: readonly NewPost[],
): Promise<void> {
  await needOpenOperation(tx.db, meta.agency.agencyId, operationId)
  for (const post of posts) checkDays(post)
  await freeCodes(
    tx,
    meta,
    operationId,
    posts.map(post => post.code),
  )
  const zoneIds = posts.flatMap(post => (post.zoneId === null ? [] : [post.zoneId]))
  await zonesOfOperation(tx, meta, operationId, zoneIds)
  for (const some of chunks(posts, 500)) {
    tx.write(
      tx.db.insertInto('post').values(
        some.map(post => ({
          agency_id: meta.agency.agencyId,
          post_id: post.postId,
          operation_id: operationId,
          code: post.code,
          name: post.name,
          kind: post.kind,
          zone_id: post.zoneId,
          unit_id: post.unitId,
          address: post.address,
          lng: post.place?.lng ?? null,
          lat: post.place?.lat ?? null,
          duties: post.duties,
          equipment: post.equipment,
          contact_name: post.contactName,
          contact_phone: post.contactPhone,
          partners_expected: partnersText(post.partnersExpected),
          closed_loop: post.closedLoop,
          state: post.state,
          opens_on: post.opensOn,
          closes_on: post.closesOn,
        })),
      ),
    )
  }
}

async function postsInScope(tx: Tx, meta: CommandMeta, postIds: readonly string[]) {
  const wanted = [...new Set(postIds)]
  const rows = await tx.db
    .selectFrom('post')
    .select(['post_id', 'operation_id', 'name', 'kind', 'unit_id', 'opens_on', 'closes_on'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('post_id', '=', anyOf(wanted))
    .orderBy('post_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.missing({ what: '点位' })
  for (const row of rows) inScope(meta, row.unit_id, row.name)
  return rows
}

async function inRounds(tx: Tx, meta: CommandMeta, postId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('round_site')
    .select('round_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('post_id', '=', postId)
    .orderBy('round_id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function change(tx: Tx, input: InputOf<typeof changePost>, meta: CommandMeta): Promise<void> {
  const [post] = await postsInScope(tx, meta, [input.postId])
  if (!post) throw kernelProblems.missing({ what: '点位' })
  inScope(meta, input.unitId, input.name)
  checkDays(input)
  await freeCodes(tx, meta, post.operation_id, [input.code], input.postId)
  if (input.zoneId !== null) await zonesOfOperation(tx, meta, post.operation_id, [input.zoneId])
  const becomesOther = post.kind === 'samplingSite' && input.kind !== 'samplingSite'
  if (becomesOther && (await inRounds(tx, meta, input.postId))) {
    throw postsProblems.stillInRounds({ name: post.name })
  }
  tx.write(
    tx.db
      .updateTable('post')
      .set({
        code: input.code,
        name: input.name,
        kind: input.kind,
        zone_id: input.zoneId,
        unit_id: input.unitId,
        address: input.address,
        duties: input.duties,
        equipment: input.equipment,
        contact_name: input.contactName,
        partners_expected: partnersText(input.partnersExpected),
        closed_loop: input.closedLoop,
        opens_on: input.opensOn,
        closes_on: input.closesOn,
        ...(input.contactPhone === undefined ? {} : { contact_phone: input.contactPhone }),
      })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('post_id', '=', input.postId),
    { rows: 1, otherwise: kernelProblems.missing({ what: '点位' }) },
  )
}

interface StoredDays {
  opens_on: string | null
  closes_on: string | null
}

/** What the days of use become: a post opens once, and a post in use again is no longer closing in the past. */
function daysAfter(state: PostState, on: string, row: StoredDays): StoredDays {
  if (state === 'closed') {
    const never = row.opens_on !== null && on < row.opens_on
    return { opens_on: row.opens_on, closes_on: never ? null : on }
  }
  if (state === 'active') {
    return {
      opens_on: row.opens_on !== null && row.opens_on < on ? row.opens_on : on,
      closes_on: row.closes_on !== null && row.closes_on < on ? null : row.closes_on,
    }
  }
  return { opens_on: row.opens_on, closes_on: row.closes_on }
}

async function setState(tx: Tx, input: InputOf<typeof setPostState>, meta: CommandMeta): Promise<void> {
  const rows = await postsInScope(tx, meta, input.postIds)
  // One statement per pair of days: a bulk change of like posts is one or two, not two thousand.
  const groups = new Map<string, { days: StoredDays; postIds: string[] }>()
  for (const row of rows) {
    const days = daysAfter(input.state, input.on, row)
    const key = `${days.opens_on} ${days.closes_on}`
    const group = groups.get(key) ?? { days, postIds: [] }
    group.postIds.push(row.post_id)
    groups.set(key, group)
  }
  for (const { days, postIds } of groups.values()) {
    tx.write(
      tx.db
        .updateTable('post')
        .set({ state: input.state, ...days })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('post_id', '=', anyOf(postIds)),
      { rows: postIds.length, otherwise: kernelProblems.changedMeanwhile() },
    )
  }
}

export const commands = [
  on(addPost, {
    allow: (_tx, input, meta) => inScope(meta, input.unitId, input.name),
    async handle(tx, { operationId, ...post }, meta) {
      await insertPosts(tx, meta, operationId, [post])
      return {}
    },
  }),

  on(addPosts, {
    allow(_tx, input, meta) {
      for (const post of input.posts) inScope(meta, post.unitId, post.name)
    },
    async handle(tx, input, meta) {
      await insertPosts(tx, meta, input.operationId, input.posts)
      return {}
    },
  }),

  on(changePost, {
    async handle(tx, input, meta) {
      await change(tx, input, meta)
      return {}
    },
  }),

  on(setPostState, {
    async handle(tx, input, meta) {
      await setState(tx, input, meta)
      return {}
    },
  }),

  on(movePost, {
    async handle(tx, input, meta) {
      await postsInScope(tx, meta, [input.postId])
      tx.write(
        tx.db
          .updateTable('post')
          .set({ lng: input.place?.lng ?? null, lat: input.place?.lat ?? null })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('post_id', '=', input.postId),
        { rows: 1, otherwise: kernelProblems.missing({ what: '点位' }) },
      )
      return {}
    },
  }),
]
