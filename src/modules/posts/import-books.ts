// What a brought file is held against: the units, zones and posts that exist.
import type { ReaderHands } from '../../kernel/module.ts'
import { type PostKind, postKindLetters } from './contracts.ts'
import { postsDb, unitsOf } from './lower.ts'

export interface Books {
  /** By full and by short name. */
  units: Map<string, string>
  zones: Map<string, string>
  codes: Set<string>
  /** kind + name → code of the post that exists. */
  names: Map<string, string>
}

export async function booksOf(hands: ReaderHands, operationId: string): Promise<Books> {
  const { agencyId } = hands.agency
  return hands.read(async any => {
    const db = postsDb(any)
    const units = new Map<string, string>()
    for (const [unitId, unit] of await unitsOf(db, agencyId)) {
      if (!unit.active) continue
      units.set(unit.name, unitId)
      units.set(unit.shortName, unitId)
    }
    const zones = await db
      .selectFrom('zone')
      .select(['zone_id', 'name'])
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', operationId)
      .orderBy('zone_id')
      .execute()
    const posts = await db
      .selectFrom('post')
      .select(['code', 'name', 'kind'])
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', operationId)
      .orderBy('code')
      .execute()
    return {
      units,
      zones: new Map(zones.map(zone => [zone.name, zone.zone_id])),
      codes: new Set(posts.map(post => post.code)),
      names: new Map(posts.map(post => [`${post.kind} ${post.name}`, post.code])),
    }
  })
}

/** Codes for what has none: letters of the kind and the next free number. What is given is taken. */
export function numbering(taken: Set<string>): (kind: PostKind) => string {
  const last = new Map<PostKind, number>()
  return kind => {
    for (let n = (last.get(kind) ?? 0) + 1; ; n += 1) {
      const code = `${postKindLetters[kind]}-${String(n).padStart(3, '0')}`
      if (taken.has(code)) continue
      last.set(kind, n)
      taken.add(code)
      return code
    }
  }
}
