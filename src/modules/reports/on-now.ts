// Who is on at a moment, and who leads: with names at the desk, by post, unit and office alone on a wall.
import type { Kysely } from 'kysely'
import type { OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { officerNames, officerOffices, type UnitName } from '../people/index.ts'
import type { OnDutyRow } from '../roster/index.ts'
import type { situation } from './contracts.ts'
import { type PostStaffing, staffingOf, unstaffed } from './figures.ts'
import type { Picture, Post } from './picture.ts'

type Answer = OutputOf<typeof situation>
const postsMost = 60

interface Row {
  post: Post
  crew: OnDutyRow[]
  staffing: PostStaffing
  ends: string
}

function rowsOf(picture: Picture): Row[] {
  const staffing = staffingOf(picture)
  const crews = new Map<string, OnDutyRow[]>()
  for (const row of picture.duty) crews.set(row.postId, [...(crews.get(row.postId) ?? []), row])
  const ends = new Map<string, string>()
  for (const { postId, ends: at } of picture.coverage) {
    const known = ends.get(postId)
    if (!known || at < known) ends.set(postId, at)
  }
  return picture.posts
    .flatMap(post => {
      const own = staffing.get(post.postId)
      const crew = crews.get(post.postId) ?? []
      if (crew.length === 0 && !own?.need) return []
      const until = crew.map(row => row.ends).sort()[0] ?? ends.get(post.postId) ?? picture.at
      return [{ post, crew, staffing: own ?? unstaffed(crew.length), ends: until }]
    })
    .sort((a, b) => missing(b) - missing(a) || compare(a.post.code, b.post.code))
}

const missing = ({ staffing }: Row) => staffing.need - staffing.there
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** `chosen` is narrowed by the filter; the command post leads whatever is filtered. */
export async function peopleAt(
  db: Kysely<AnyTables>,
  agencyId: string,
  chosen: Picture,
  whole: Picture,
  units: ReadonlyMap<string, UnitName>,
  wall: boolean,
): Promise<Pick<Answer, 'onNow' | 'leaders'>> {
  const all = rowsOf(chosen)
  const rows = all.slice(0, postsMost)
  const headquarters = new Map(
    whole.posts.filter(post => post.kind === 'commandPost').map(post => [post.postId, post]),
  )
  const leading = whole.duty.filter(row => headquarters.has(row.postId))
  const leadingIds = leading.map(row => row.officerId)
  const crewIds = wall ? [] : rows.flatMap(row => row.crew.map(one => one.officerId))
  const [names, offices] = await Promise.all([
    officerNames(db, agencyId, [...new Set([...crewIds, ...leadingIds])].sort()),
    officerOffices(db, agencyId, leadingIds, whole.dutyDay),
  ])
  const leaders = leading.flatMap(row => {
    const [known, office] = [names.get(row.officerId), offices.get(row.officerId)]
    // Who lies outside the asker's units has no name, and so no office here.
    if (!known || !office) return []
    return [
      {
        post: headquarters.get(row.postId)?.name ?? '',
        unit: units.get(known.unitId)?.shortName ?? '',
        office: office.title,
        leads: office.leads,
        until: row.ends,
        name: wall ? null : known.name,
      },
    ]
  })
  return {
    onNow: {
      total: all.length,
      rows: rows.map(({ post, crew, staffing, ends }) => ({
        postId: post.postId,
        code: post.code,
        name: post.name,
        ends,
        ...staffing,
        names: wall ? [] : crew.flatMap(one => names.get(one.officerId)?.name ?? []),
      })),
    },
    leaders: leaders.sort((a, b) => Number(b.leads) - Number(a.leads)),
  }
}
