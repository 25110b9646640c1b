import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import {
  copyDemand,
  postsProblems,
  rescheduleDemand,
  scaleDemand,
  setDemand,
  setDemands,
  withdrawDemands,
} from './contracts.ts'
import { checkDays, type NewLine, placeLines, type Tx } from './demand-lines.ts'
import { anyOf, chunks } from './lower.ts'
import { linesOf } from './reads.ts'
import type { PostsTables } from './tables.ts'

const on = commandsOn<PostsTables>()

/** One copy may write this many lines; more is several copies. */
const copyMost = 10_000

async function insertLines(tx: Tx, meta: CommandMeta, lines: readonly NewLine[]): Promise<void> {
  await placeLines(tx, meta, lines)
  for (const some of chunks(lines)) {
    tx.write(
      tx.db.insertInto('demand').values(
        some.map(line => ({
          agency_id: meta.agency.agencyId,
          demand_id: line.demandId,
          post_id: line.postId,
          pattern_id: line.patternId,
          bands: [...new Set(line.bands)].sort(),
          skill: line.skill,
          heads: line.heads,
          priority: line.priority,
          begins_on: line.beginsOn,
          ends_on: line.endsOn,
          weekdays: line.weekdays === null ? null : [...new Set(line.weekdays)].sort((a, b) => a - b),
          round_id: line.roundId,
        })),
      ),
    )
  }
}

function withdraw(tx: Tx, meta: CommandMeta, demandIds: readonly string[]): void {
  tx.write(
    tx.db
      .updateTable('demand')
      .set({ withdrawn: true })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('demand_id', '=', anyOf(demandIds))
      .where('withdrawn', '=', false),
    { rows: demandIds.length, otherwise: kernelProblems.changedMeanwhile() },
  )
}

/** The lines chosen, with their posts; refuses what is gone or withdrawn meanwhile. */
async function chosen(tx: Tx, meta: CommandMeta, demandIds: readonly string[]) {
  const wanted = [...new Set(demandIds)]
  const rows = await tx.db
    .selectFrom('demand')
    .innerJoin('post', join =>
      join.onRef('post.agency_id', '=', 'demand.agency_id').onRef('post.post_id', '=', 'demand.post_id'),
    )
    .select(['demand.demand_id', 'demand.post_id', 'demand.heads', 'post.name'])
    .where('demand.agency_id', '=', meta.agency.agencyId)
    .where('demand.demand_id', '=', anyOf(wanted))
    .where('demand.withdrawn', '=', false)
    .orderBy('demand.demand_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.changedMeanwhile()
  return rows
}

async function scale(tx: Tx, input: InputOf<typeof scaleDemand>, meta: CommandMeta) {
  const rows = await chosen(tx, meta, input.demandIds)
  const groups = new Map<number, string[]>()
  for (const row of rows) {
    const heads =
      input.how === 'set'
        ? input.amount
        : input.how === 'add'
          ? row.heads + input.amount
          : Math.ceil((row.heads * input.amount) / 100)
    if (heads < 1 || heads > 500) throw postsProblems.headsOutside({ name: row.name, heads })
    if (heads !== row.heads) groups.set(heads, [...(groups.get(heads) ?? []), row.demand_id])
  }
  let changed = 0
  for (const [heads, demandIds] of groups) {
    changed += demandIds.length
    tx.write(
      tx.db
        .updateTable('demand')
        .set({ heads })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('demand_id', '=', anyOf(demandIds)),
      { rows: demandIds.length, otherwise: kernelProblems.changedMeanwhile() },
    )
  }
  return { changed }
}

async function reschedule(tx: Tx, input: InputOf<typeof rescheduleDemand>, meta: CommandMeta) {
  const rows = await chosen(tx, meta, input.demandIds)
  const names = new Map(rows.map(row => [row.post_id, row.name]))
  const moving = new Set(rows.map(row => row.demand_id))
  const standing = await linesOf(tx.db, meta.agency.agencyId, { postIds: [...names.keys()] })
  const moved = standing
    .filter(line => moving.has(line.demandId))
    .map(line => ({
      ...line,
      beginsOn: input.beginsOn ?? line.beginsOn,
      endsOn: input.endsOn ?? line.endsOn,
    }))
  const others = standing.filter(line => !moving.has(line.demandId))
  checkDays(moved, others, postId => names.get(postId) ?? '')
  if (input.beginsOn === null && input.endsOn === null) return { changed: 0 }
  tx.write(
    tx.db
      .updateTable('demand')
      .set({
        ...(input.beginsOn === null ? {} : { begins_on: input.beginsOn }),
        ...(input.endsOn === null ? {} : { ends_on: input.endsOn }),
      })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('demand_id', '=', anyOf([...moving])),
    { rows: moving.size, otherwise: kernelProblems.changedMeanwhile() },
  )
  return { changed: moving.size }
}

async function copy(tx: Tx, input: InputOf<typeof copyDemand>, meta: CommandMeta) {
  const { agencyId } = meta.agency
  const stored = await tx.db
    .selectFrom('demand')
    .select(['demand_id', 'pattern_id', 'bands', 'skill', 'heads', 'priority', 'begins_on', 'ends_on'])
    .select(['weekdays', 'round_id'])
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', input.fromPostId)
    .where('withdrawn', '=', false)
    .orderBy('demand_id')
    .execute()
  const from = await tx.db
    .selectFrom('post')
    .select(['name', 'operation_id'])
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', input.fromPostId)
    .executeTakeFirst()
  if (!from) throw kernelProblems.missing({ what: '点位' })
  if (stored.length === 0) throw postsProblems.nothingToCopy({ name: from.name })
  const targets = [...new Set(input.toPostIds)].filter(postId => postId !== input.fromPostId)
  if (targets.length * stored.length > copyMost) throw kernelProblems.tooLarge({ limit: copyMost })
  await sameOperation(tx, meta, targets, from.operation_id)
  let withdrawn: string[] = []
  if (input.replace) {
    const old = await linesOf(tx.db, agencyId, { postIds: targets })
    withdrawn = old.map(line => line.demandId)
    if (withdrawn.length > 0) withdraw(tx, meta, withdrawn)
  }
  const lines = targets.flatMap(postId =>
    stored.map(line => ({
      demandId: meta.id(`${postId} ${line.demand_id}`),
      postId,
      patternId: line.pattern_id,
      bands: line.bands,
      skill: line.skill as NewLine['skill'],
      heads: line.heads,
      priority: line.priority,
      beginsOn: line.begins_on,
      endsOn: line.ends_on,
      weekdays: line.weekdays,
      roundId: line.round_id,
    })),
  )
  if (lines.length > 0) await insertLines(tx, meta, lines)
  return { lines: lines.length, withdrawn: withdrawn.length }
}

async function sameOperation(
  tx: Tx,
  meta: CommandMeta,
  postIds: readonly string[],
  operationId: string,
): Promise<void> {
  const stranger = await tx.db
    .selectFrom('post')
    .select('name')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('post_id', '=', anyOf(postIds))
    .where('operation_id', '<>', operationId)
    .orderBy('post_id')
    .limit(1)
    .executeTakeFirst()
  if (stranger) throw postsProblems.otherOperation({ name: stranger.name })
}

export const commands = [
  on(setDemand, {
    async handle(tx, input, meta) {
      await insertLines(tx, meta, [input])
      return {}
    },
  }),

  on(setDemands, {
    async handle(tx, input, meta) {
      await insertLines(tx, meta, input.lines)
      return {}
    },
  }),

  on(withdrawDemands, {
    handle(tx, input, meta) {
      withdraw(tx, meta, [...new Set(input.demandIds)])
      return {}
    },
  }),

  on(scaleDemand, { handle: scale }),
  on(rescheduleDemand, { handle: reschedule }),
  on(copyDemand, { handle: copy }),
]
