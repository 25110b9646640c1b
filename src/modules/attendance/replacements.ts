// Who can stand in, the best first: standby before those who are off, those before somebody whose own band lies beside;
// then the nearest, then who has worked least. Legality is the roster's own.
import type { Kysely } from 'kysely'
import type { Actor, AgencySettings } from '../../kernel/command.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { unitNames, unitPlaces } from '../people/index.ts'
import { kilometresBetween } from '../posts/contracts.ts'
import { postsByIds } from '../posts/index.ts'
import { type StandInBarred, type StandInCandidate, whoCanStandIn } from '../roster/index.ts'
import { attendanceProblems, type replacements } from './contracts.ts'
import { extraHours } from './extra-hours.ts'
import { attendanceDb, bandAt, bandsOf, compare, periodOf } from './seats.ts'

type Answer = OutputOf<typeof replacements>
type Row = Answer['rows'][number]

const offeredMost = 12
/** Of these at most, who would work two bands: he is near, and he is tired. */
const doublingMost = 3
const barredMost = 8
const tiers: Record<StandInCandidate['from'], number> = { standby: 0, off: 1, stays: 2, early: 2 }

export async function replacementsFor(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  actor: Actor,
  input: InputOf<typeof replacements>,
): Promise<Answer> {
  const { agencyId } = agency
  const [posts, bands] = await Promise.all([postsByIds(db, agencyId, [input.postId]), bandsOf(db, agencyId)])
  const post = posts.get(input.postId)
  const band = bandAt(bands, input.patternId, input.band)
  if (!post || !band) throw attendanceProblems.unknownSeat()
  const { begins } = periodOf(agency, input.day, band)
  const [worked, units, unitPlace] = await Promise.all([
    extraHours(attendanceDb(db), agencyId, begins),
    unitNames(db, agencyId),
    unitPlaces(db, agencyId),
  ])
  const ask = {
    ...{ operationId: post.operationId, postId: input.postId, patternId: input.patternId },
    ...{ band: input.band, day: input.day, worked },
    without: input.replacesOfficerId === null ? [] : [input.replacesOfficerId],
  }
  const look = await whoCanStandIn(db, agency, ask)
  const { unitIds } = actor.scope
  const mine = look.candidates.filter(one => unitIds === '*' || unitIds.includes(one.unitId))
  const standby = await postsByIds(
    db,
    agencyId,
    mine.flatMap(one => one.standbyPostId ?? []),
  )
  const place = (one: { lng: number | null; lat: number | null } | undefined) =>
    one && one.lng !== null && one.lat !== null ? { lng: one.lng, lat: one.lat } : null
  const rows = mine
    .map((one): Row => {
      const from = one.standbyPostId ? place(standby.get(one.standbyPostId)) : unitPlace.get(one.unitId)
      const kilometres = one.from === 'stays' ? 0 : kilometresBetween(from, place(post))
      return {
        ...{ officerId: one.officerId, name: one.name, badge: one.badge, kind: one.kind, from: one.from },
        unitName: units.get(one.unitId)?.shortName ?? '',
        kilometres: kilometres === null ? null : Math.round(kilometres * 10) / 10,
        restMinutes: one.restMinutes,
        weekMinutes: one.weekMinutes,
        skills: [...one.skills],
        sameUnit: one.unitId === post.unitId,
      }
    })
    .sort(better)
  const doubles = (one: Row) => one.from === 'stays' || one.from === 'early'
  const doubling = rows.filter(doubles).slice(0, doublingMost)
  const coming = rows.filter(one => !doubles(one)).slice(0, offeredMost - doubling.length)
  return {
    skill: look.skill,
    rows: [...coming, ...doubling],
    barred: [...look.barred].sort(tellingFirst).slice(0, barredMost),
    counts: { legal: mine.length, barred: look.barred.length },
  }
}

const far = Number.MAX_SAFE_INTEGER

function better(a: Row, b: Row): number {
  return (
    tiers[a.from] - tiers[b.from] ||
    (a.kilometres ?? far) - (b.kilometres ?? far) ||
    a.weekMinutes - b.weekMinutes ||
    compare(a.officerId, b.officerId)
  )
}

/** That somebody is busy or lacks a skill is no news; a rest or a cap can be talked about. */
const weight = (one: StandInBarred) => (one.rule === 'RST1' ? 2 : one.rule === 'RST21' ? 1 : 0)
const tellingFirst = (a: StandInBarred, b: StandInBarred) =>
  weight(a) - weight(b) || compare(a.officerId, b.officerId)
