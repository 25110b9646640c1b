// Reads the picture of one moment: what stands in the books there and then. The same reading serves the present and,
// with the books of an earlier moment, the past.
import type { Kysely } from 'kysely'
import type { Actor, AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { attendanceAt, type AttendanceNow } from '../attendance/index.ts'
import { type OpenDifficulty, openDifficulties } from '../commandpost/index.ts'
import { operationNow } from '../operations/index.ts'
import { groundAt } from '../posts/index.ts'
import { coverageAt, type OnDutyRow, onDutyAt, type PostCoverage } from '../roster/index.ts'

export type Duty = Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>
type Moment = Awaited<ReturnType<typeof operationNow>>
type Ground = Awaited<ReturnType<typeof groundAt>>
export type Zone = Ground['zones'][number]
export type Post = Ground['posts'][number]
export type Camera = Ground['cameras'][number]

export interface Picture {
  at: string
  dutyDay: string
  operation: NonNullable<Moment['operation']>
  level: Moment['level']
  zones: Zone[]
  posts: Post[]
  cameras: Camera[]
  coverage: PostCoverage[]
  duty: OnDutyRow[]
  attendance: AttendanceNow
  difficulties: OpenDifficulty[]
}

/** `known`: with the books as they were at the moment. Undefined where no such operation ran then. */
export async function pictureAt(
  db: Kysely<AnyTables>,
  agency: Duty,
  at: string,
  operationId: string | undefined,
  known: boolean,
): Promise<Picture | undefined> {
  const { dutyDay, operation, level } = await operationNow(db, agency, at, operationId)
  if (!operation) return undefined
  const { agencyId } = agency
  const id = operation.operationId
  const [ground, coverage, duty, attendance, difficulties] = await Promise.all([
    groundAt(db as never, agency, id, at),
    coverageAt(db, agency, id, at),
    onDutyAt(db, agencyId, id, at),
    attendanceAt(db, at, { agencyId, operationId: id, ...(known ? { knownAt: at } : {}) }),
    openDifficulties(db, agencyId, id),
  ])
  const { zones, posts, cameras } = ground
  return { at, dutyDay, operation, level, zones, posts, cameras, coverage, duty, attendance, difficulties }
}

export interface Filter {
  /** The unit and everything below it; null for all. */
  unitIds: ReadonlySet<string> | null
  zoneId: string | null
}

const everywhere: Filter = { unitIds: null, zoneId: null }
export const isEverywhere = (filter: Filter) =>
  filter.unitIds === everywhere.unitIds && filter.zoneId === everywhere.zoneId

/** The picture of some units or of one zone: posts by their unit and zone, and all that hangs on posts. */
export function narrowed(picture: Picture, filter: Filter): Picture {
  if (isEverywhere(filter)) return picture
  const { unitIds, zoneId } = filter
  const ofUnit = (one: string | null) => unitIds === null || (one !== null && unitIds.has(one))
  const posts = picture.posts.filter(
    post => ofUnit(post.unitId) && (zoneId === null || post.zoneId === zoneId),
  )
  const postIds = new Set(posts.map(post => post.postId))
  const zonesOfPosts = new Set(posts.map(post => post.zoneId))
  const at = (one: { postId: string }) => postIds.has(one.postId)
  return {
    ...picture,
    posts,
    // A zone belongs to a unit by its own name, or because one of the unit's posts holds it.
    zones: picture.zones.filter(zone =>
      zoneId === null ? ofUnit(zone.unitId) || zonesOfPosts.has(zone.zoneId) : zone.zoneId === zoneId,
    ),
    cameras: picture.cameras.filter(camera =>
      zoneId === null ? camera.zoneId !== null && zonesOfPosts.has(camera.zoneId) : camera.zoneId === zoneId,
    ),
    coverage: picture.coverage.filter(at),
    duty: picture.duty.filter(at),
    attendance: {
      ...picture.attendance,
      present: picture.attendance.present.filter(at),
      gone: picture.attendance.gone.filter(at),
      absent: picture.attendance.absent.filter(at),
    },
    difficulties: picture.difficulties.filter(at),
  }
}

export type Reader = Pick<Actor, 'roles' | 'scope'>
