// Which version of the rules a post goes by: the newest for the post itself, else for its kind, else for all.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { type PostOfOperation, postsOfAgency } from '../posts/index.ts'
import type { PostRules } from './contracts.ts'
import { firstRules } from './contracts-rules.ts'
import { encountersDb } from './lower.ts'
import type { EncounterRuleTable } from './tables.ts'

export interface RulesOfPosts {
  posts: PostOfOperation[]
  of(post: { postId: string; kind: string }): PostRules
}

export const rulesOfRow = (row: EncounterRuleTable): PostRules => ({
  version: row.version,
  feverTenths: row.fever_tenths,
  asksCode: row.asks_code,
  asksTemperature: row.asks_temperature,
  asksDisinfection: row.asks_disinfection,
  exempt: row.exempt,
  turnBackWords: row.turn_back_words,
  objectionWords: row.objection_words,
})

/** The newest version of each post, kind and of all. */
export async function newestRules(db: Kysely<AnyTables>, agencyId: string): Promise<EncounterRuleTable[]> {
  return encountersDb(db)
    .selectFrom('encounter_rule')
    .selectAll()
    .distinctOn(['post_id', 'post_kind'])
    .where('agency_id', '=', agencyId)
    .orderBy('post_id')
    .orderBy('post_kind')
    .orderBy('version', 'desc')
    .execute()
}

export function rulesFor(
  rows: readonly EncounterRuleTable[],
  post: { postId: string; kind: string },
): PostRules {
  const found =
    rows.find(row => row.post_id === post.postId) ??
    rows.find(row => row.post_kind === post.kind) ??
    rows.find(row => row.post_id === null && row.post_kind === null)
  return found ? rulesOfRow(found) : { ...firstRules }
}

export async function allRules(db: Kysely<AnyTables>, agencyId: string): Promise<RulesOfPosts> {
  const posts = await postsOfAgency(db, agencyId)
  const rows = await newestRules(db, agencyId)
  return { posts, of: post => rulesFor(rows, post) }
}
