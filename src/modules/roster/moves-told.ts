// What an approved swap or a repair changed, in words for those who tell of it: who gave which duty to whom.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { officerNames } from '../people/index.ts'
import { patternsOf, postsByIds } from '../posts/index.ts'
import type { RosterDb } from './published.ts'
import { dutiesOf, requestById } from './swap-reads.ts'

export interface MoveTold {
  from: string
  to: string
  day: string
  postId: string
  post: string
  unitId: string | null
  bandsZh: string
  bandsEn: string
}

interface Moved {
  fromId: string
  toId: string
  day: string
  postId: string
  patternId: string
  bands: readonly string[]
}

async function inWords(
  db: Kysely<AnyTables>,
  agencyId: string,
  moves: readonly Moved[],
): Promise<MoveTold[]> {
  const people = [...new Set(moves.flatMap(one => [one.fromId, one.toId]))].sort()
  const postIds = [...new Set(moves.map(one => one.postId))].sort()
  const [names, posts, patterns] = await Promise.all([
    officerNames(db, agencyId, people),
    postsByIds(db, agencyId, postIds),
    patternsOf(db, agencyId),
  ])
  return moves.map(({ fromId, toId, day, postId, patternId, bands }) => {
    const known = patterns.find(one => one.patternId === patternId)?.bands ?? []
    const named = bands.map(key => known.find(one => one.key === key) ?? { zh: key, en: key })
    return {
      from: names.get(fromId)?.name ?? '',
      to: names.get(toId)?.name ?? '',
      day,
      postId,
      post: posts.get(postId)?.name ?? '',
      unitId: posts.get(postId)?.unitId ?? null,
      bandsZh: named.map(band => band.zh).join('、'),
      bandsEn: named.map(band => band.en).join(', '),
    }
  })
}

export async function swapTold(anyDb: Kysely<AnyTables>, agencyId: string, swapId: string) {
  const db = anyDb as unknown as RosterDb
  const {
    operation_id: operationId,
    asker_id: asker,
    partner_id,
    kind,
  } = await requestById(db, agencyId, swapId)
  const partner = partner_id ?? asker
  const duties = (await dutiesOf(db, agencyId, [swapId])).get(swapId) ?? []
  const moves = duties.map(duty => {
    const [fromId, toId] = duty.side === 'given' ? [asker, partner] : [partner, asker]
    return { fromId, toId, ...duty }
  })
  return { operationId, kind, moves: await inWords(anyDb, agencyId, moves) }
}

/** The duties that the command took away are in the books of changes alone. */
export async function repairTold(
  db: Kysely<AnyTables>,
  agencyId: string,
  commandId: string,
  repairs: readonly { assignmentId: string; officerId: string }[],
): Promise<MoveTold[]> {
  const ids = repairs.map(one => one.assignmentId)
  const { rows } = await sql<Moved & { assignmentId: string }>`
    select row_id as "assignmentId", before->>'officer_id' as "fromId", before->>'day' as day,
      before->>'post_id' as "postId", before->>'pattern_id' as "patternId", before->'bands' as bands
    from change where agency_id = ${agencyId}::uuid and command_id = ${commandId}::uuid
      and table_name = 'assignment' and op = 'd' and row_id = any (${ids}::text[])
    order by day, row_id`.execute(db)
  const takes = new Map(repairs.map(one => [one.assignmentId, one.officerId]))
  const moves = rows.map(row => ({ ...row, toId: takes.get(row.assignmentId) ?? '' }))
  return inWords(db, agencyId, moves)
}
