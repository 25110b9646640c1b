// Bands of a post in their order, with who works each: whose turn it is to hand over, and who can take over.
import { addDays } from '../../kernel/time.ts'
import {
  type AttendanceDb,
  bandAt,
  type Bands,
  compare,
  type DutyAgency,
  periodOf,
  type Seat,
  seatKey,
  seatsOf,
} from './seats.ts'

export interface PostBand {
  postId: string
  day: string
  patternId: string
  band: string
  bandZh: string
  bandEn: string
  begins: string
  ends: string
  /** In the order of their ids; who was replaced is not among them, his stand-in is. */
  officerIds: string[]
}

export type BandName = Pick<PostBand, 'day' | 'patternId' | 'band'>
export const bandNameKey = (one: BandName) => `${one.day} ${one.patternId} ${one.band}`
export const sameBand = (a: BandName, b: BandName) => bandNameKey(a) === bandNameKey(b)

/** Bands with the people of seats, by post, each in the order of beginning. */
export function bandsByPost(seats: readonly Seat[]): Map<string, PostBand[]> {
  const replaced = new Set(
    seats.flatMap(one =>
      one.standInId !== null && one.replacesOfficerId !== null
        ? [seatKey({ ...one, officerId: one.replacesOfficerId })]
        : [],
    ),
  )
  const byPost = new Map<string, Map<string, PostBand>>()
  for (const seat of seats) {
    if (replaced.has(seatKey(seat))) continue
    const bands = byPost.get(seat.postId) ?? new Map<string, PostBand>()
    byPost.set(seat.postId, bands)
    const { postId, day, patternId, band, bandZh, bandEn, begins, ends } = seat
    const key = bandNameKey(seat)
    const there = bands.get(key) ?? {
      ...{ postId, day, patternId, band, bandZh, bandEn, begins, ends },
      officerIds: [],
    }
    bands.set(key, there)
    if (!there.officerIds.includes(seat.officerId)) there.officerIds.push(seat.officerId)
  }
  const inOrder = (bands: Map<string, PostBand>) =>
    [...bands.values()]
      .map(one => ({ ...one, officerIds: [...one.officerIds].sort() }))
      .sort((a, b) => compare(a.begins, b.begins) || compare(bandNameKey(a), bandNameKey(b)))
  return new Map([...byPost].map(([postId, bands]) => [postId, inOrder(bands)]))
}

/** The first band that begins when this one ends, or later. */
export const nextOf = (bands: readonly PostBand[], from: Pick<PostBand, 'ends'>): PostBand | null =>
  bands.find(one => one.begins >= from.ends) ?? null

/** Who comes for the next band and is not there already; who works both bands hands over to nobody. */
export const successorsOf = (from: Pick<PostBand, 'officerIds'>, to: PostBand | null): string[] =>
  (to?.officerIds ?? []).filter(id => !from.officerIds.includes(id))

/** Bands of one operation's posts from the day before until the day after. */
export async function bandsAround(
  db: AttendanceDb,
  agency: DutyAgency,
  operationId: string,
  day: string,
): Promise<Map<string, PostBand[]>> {
  const days = { from: addDays(day, -1), until: addDays(day, 1) }
  return bandsByPost(await seatsOf(db, agency, { operationId }, days))
}

/** The band as its pattern cuts it, whoever works it; undefined where the pattern has none. */
export function bandNamed(
  agency: DutyAgency,
  bands: Bands,
  postId: string,
  name: BandName,
): PostBand | undefined {
  const band = bandAt(bands, name.patternId, name.band)
  if (!band) return undefined
  const { day, patternId } = name
  const words = { bandZh: band.zh, bandEn: band.en }
  return { postId, day, patternId, band: name.band, ...words, ...periodOf(agency, day, band), officerIds: [] }
}

/** The band of the same pattern that follows, for a post where nobody is published behind this one. */
export function followingBand(agency: DutyAgency, bands: Bands, from: PostBand): PostBand | undefined {
  const own = [...bands.keys()].filter(key => key.startsWith(`${from.patternId} `)).sort()
  for (const day of [from.day, addDays(from.day, 1)]) {
    for (const key of own) {
      const one = bandNamed(agency, bands, from.postId, { ...from, day, band: key.split(' ')[1] ?? '' })
      if (one && one.begins === from.ends) return one
    }
  }
  return undefined
}
