import { sql } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { changeRound, defineRound, postsProblems, setRoundSites } from './contracts.ts'
import { anyOf, chunks, needOpenOperation, repeated } from './lower.ts'
import type { PostsTables } from './tables.ts'

const on = commandsOn<PostsTables>()
type Tx = CommandTx<PostsTables>

async function roundOf(tx: Tx, meta: CommandMeta, roundId: string) {
  const round = await tx.db
    .selectFrom('sampling_round')
    .select(['operation_id', 'day'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('round_id', '=', roundId)
    .executeTakeFirst()
  if (!round) throw kernelProblems.missing({ what: '采样轮次' })
  return round
}

async function freeNumber(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  n: number,
  except?: string,
): Promise<void> {
  const taken = await tx.db
    .selectFrom('sampling_round')
    .select('round_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('operation_id', '=', operationId)
    .where('n', '=', n)
    .executeTakeFirst()
  if (taken && taken.round_id !== except) throw postsProblems.roundNumberTaken({ n })
}

function checkHours(input: { name: string; opensMinute: number; closesMinute: number }): void {
  if (input.closesMinute <= input.opensMinute) throw postsProblems.endBeforeStart({ name: input.name })
}

/** The sites named, all of them sampling sites of the round's operation. */
async function checkSites(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  postIds: readonly string[],
): Promise<void> {
  const rows = await tx.db
    .selectFrom('post')
    .select(['post_id', 'name', 'kind', 'operation_id'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('post_id', '=', anyOf([...new Set(postIds)]))
    .orderBy('code')
    .orderBy('post_id')
    .execute()
  const twice = repeated(postIds)
  if (twice !== undefined) {
    throw postsProblems.siteTwice({ name: rows.find(row => row.post_id === twice)?.name ?? twice })
  }
  if (rows.length < postIds.length) throw kernelProblems.missing({ what: '采样点' })
  const stranger = rows.find(row => row.operation_id !== operationId)
  if (stranger) throw postsProblems.otherOperation({ name: stranger.name })
  const other = rows.find(row => row.kind !== 'samplingSite')
  if (other) throw postsProblems.notSamplingSite({ name: other.name })
}

async function setSites(tx: Tx, input: InputOf<typeof setRoundSites>, meta: CommandMeta) {
  const { agencyId } = meta.agency
  const round = await roundOf(tx, meta, input.roundId)
  await checkSites(
    tx,
    meta,
    round.operation_id,
    input.sites.map(site => site.postId),
  )
  const rows = await tx.db
    .selectFrom('round_site')
    .select(['post_id', 'lanes'])
    .where('agency_id', '=', agencyId)
    .where('round_id', '=', input.roundId)
    .orderBy('post_id')
    .execute()
  const before = new Map(rows.map(row => [row.post_id, row.lanes]))
  const wanted = new Map(input.sites.map(site => [site.postId, site.lanes]))
  const added = input.sites.filter(site => !before.has(site.postId))
  const removed = rows.filter(row => !wanted.has(row.post_id)).map(row => row.post_id)
  const changed = rows.filter(row => wanted.has(row.post_id) && wanted.get(row.post_id) !== row.lanes)
  if (removed.length > 0) {
    tx.write(
      tx.db
        .deleteFrom('round_site')
        .where('agency_id', '=', agencyId)
        .where('round_id', '=', input.roundId)
        .where('post_id', '=', anyOf(removed)),
      { rows: removed.length, otherwise: kernelProblems.changedMeanwhile() },
    )
  }
  for (const lanes of new Set(changed.map(row => wanted.get(row.post_id) ?? 1))) {
    const postIds = changed.filter(row => wanted.get(row.post_id) === lanes).map(row => row.post_id)
    tx.write(
      tx.db
        .updateTable('round_site')
        .set({ lanes })
        .where('agency_id', '=', agencyId)
        .where('round_id', '=', input.roundId)
        .where('post_id', '=', anyOf(postIds)),
      { rows: postIds.length, otherwise: kernelProblems.changedMeanwhile() },
    )
  }
  for (const some of chunks(added)) {
    tx.write(
      tx.db.insertInto('round_site').values(
        some.map(site => ({
          agency_id: agencyId,
          round_id: input.roundId,
          post_id: site.postId,
          lanes: site.lanes,
        })),
      ),
    )
  }
  return { added: added.length, removed: removed.length, changed: changed.length }
}

export const commands = [
  on(defineRound, {
    async handle(tx, input, meta) {
      checkHours(input)
      await needOpenOperation(tx.db, meta.agency.agencyId, input.operationId)
      await freeNumber(tx, meta, input.operationId, input.n)
      tx.write(
        tx.db.insertInto('sampling_round').values({
          agency_id: meta.agency.agencyId,
          round_id: input.roundId,
          operation_id: input.operationId,
          n: input.n,
          name: input.name,
          day: input.day,
          opens_minute: input.opensMinute,
          closes_minute: input.closesMinute,
          area: input.area,
        }),
      )
      return {}
    },
  }),

  on(changeRound, {
    async handle(tx, input, meta) {
      checkHours(input)
      const round = await roundOf(tx, meta, input.roundId)
      await freeNumber(tx, meta, round.operation_id, input.n, input.roundId)
      tx.write(
        tx.db
          .updateTable('sampling_round')
          .set({
            n: input.n,
            name: input.name,
            day: input.day,
            opens_minute: input.opensMinute,
            closes_minute: input.closesMinute,
            area: input.area,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('round_id', '=', input.roundId),
        { rows: 1, otherwise: kernelProblems.missing({ what: '采样轮次' }) },
      )
      if (input.day !== round.day) {
        // Demand that hangs on the round moves with it: its dates widen, or the crew would silently vanish.
        tx.write(
          tx.db
            .updateTable('demand')
            .set({
              begins_on: sql<string>`least(begins_on, ${input.day}::date)`,
              ends_on: sql<string>`greatest(ends_on, ${input.day}::date)`,
            })
            .where('agency_id', '=', meta.agency.agencyId)
            .where('round_id', '=', input.roundId)
            .where('withdrawn', '=', false),
        )
      }
      return {}
    },
  }),

  on(setRoundSites, { handle: setSites }),
]
