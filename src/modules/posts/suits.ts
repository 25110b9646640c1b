// Where suits are worn, and when: at sampling sites and isolation hotels always, at the posts of a zone while it is
// sealed.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { postsDb as own } from './lower.ts'

const alwaysWorn = ['samplingSite', 'isolationHotel']

export interface SuitsWorn {
  /** Whether suits are worn at a post at an instant. */
  at(postId: string, at: string): boolean
  /** Whether they ever were or are. */
  ever(postId: string): boolean
}

interface Sealed {
  from: string
  /** Null: still. */
  until: string | null
}

export async function suitsWorn(db: Kysely<AnyTables>, agencyId: string): Promise<SuitsWorn> {
  const [posts, stages] = await Promise.all([
    own(db)
      .selectFrom('post')
      .select(['post_id', 'kind', 'zone_id'])
      .where('agency_id', '=', agencyId)
      .orderBy('post_id')
      .execute(),
    own(db)
      .selectFrom('zone_stage')
      .select(['zone_id', 'kind', 'at'])
      .where('agency_id', '=', agencyId)
      .orderBy('zone_id')
      .orderBy('n')
      .execute(),
  ])
  const sealed = new Map<string, Sealed[]>()
  for (const { zone_id: zoneId, kind, at } of stages) {
    const stretches = sealed.get(zoneId) ?? []
    sealed.set(zoneId, stretches)
    const last = stretches.at(-1)
    if (last && last.until === null) {
      if (kind !== 'sealed') last.until = at
    } else if (kind === 'sealed') stretches.push({ from: at, until: null })
  }
  const always = new Set(posts.filter(one => alwaysWorn.includes(one.kind)).map(one => one.post_id))
  const zoneOf = new Map(posts.map(one => [one.post_id, one.zone_id]))
  const stretchesOf = (postId: string) => sealed.get(zoneOf.get(postId) ?? '') ?? []
  return {
    ever: postId => always.has(postId) || stretchesOf(postId).length > 0,
    at: (postId, at) =>
      always.has(postId) ||
      stretchesOf(postId).some(one => one.from <= at && (one.until === null || at < one.until)),
  }
}
