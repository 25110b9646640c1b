// The figures of a picture. Pure: data in, data out, so that now, 24 hours ago and any moment between count alike.
import { type FigureKey, figureKeys } from './contracts.ts'
import type { SeatNow } from '../attendance/index.ts'
import type { Picture } from './picture.ts'

/** Why somebody who is rostered is not there. */
export const awayReasons = ['absent', 'left', 'notCome'] as const
export type AwayReason = (typeof awayReasons)[number]

export interface PostStaffing {
  need: number
  /** By the roster. */
  have: number
  present: number
  /** Who is there or may still come, those who were sent included: what a post is empty or short by. */
  there: number
  away: Record<AwayReason, number>
}

/** Of a post without a band that runs. */
export const unstaffed = (have: number): PostStaffing => ({
  ...{ need: 0, have, present: 0, there: have },
  away: { absent: 0, left: 0, notCome: 0 },
})

const seatKey = (one: SeatNow) => `${one.officerId} ${one.postId} ${one.patternId} ${one.band}`
type Staffed = Pick<Picture, 'at' | 'posts' | 'coverage' | 'duty' | 'attendance'>

/** Why an officer of a band that runs is not at his post; null where he is, or may still come. */
function whyAway({ at, posts, attendance }: Staffed) {
  const keys = (list: readonly SeatNow[]) => new Set(list.map(seatKey))
  const [here, gone, absent] = [keys(attendance.present), keys(attendance.gone), keys(attendance.absent)]
  const reserves = new Set(posts.filter(post => post.kind === 'reserve').map(post => post.postId))
  const wait = Date.parse(at) - attendance.waitMinutes * 60_000
  return (seat: SeatNow, begins: string): AwayReason | null => {
    const key = seatKey(seat)
    if (here.has(key)) return null
    // Who was sent from standby is doing what standby is for.
    if (gone.has(key)) return reserves.has(seat.postId) ? null : 'left'
    if (absent.has(key)) return 'absent'
    return Date.parse(begins) <= wait ? 'notCome' : null
  }
}

/** Need, rostered and present of each post with any of them; a post with two patterns counts once. */
export function staffingOf(picture: Staffed): Map<string, PostStaffing> {
  const posts = new Map<string, PostStaffing>()
  const of = (postId: string) => {
    const there = posts.get(postId) ?? unstaffed(0)
    posts.set(postId, there)
    return there
  }
  const running = new Map(picture.coverage.map(one => [`${one.postId} ${one.patternId} ${one.band}`, one]))
  for (const { postId, need, have } of picture.coverage) {
    const there = of(postId)
    there.need += need
    there.have += have
    there.there += have
  }
  const away = whyAway(picture)
  const rostered = new Set<string>()
  for (const { officerId, postId, patternId, bands } of picture.duty) {
    for (const band of bands) {
      const found = running.get(`${postId} ${patternId} ${band}`)
      if (!found) continue
      rostered.add(`${postId} ${officerId}`)
      const why = away({ officerId, postId, patternId, band }, found.begins)
      if (why === null) continue
      of(postId).there -= 1
      of(postId).away[why] += 1
    }
  }
  // Somebody with two bands at one post stands there once.
  const seen = new Set<string>()
  for (const { postId, officerId, ends } of picture.attendance.present) {
    const key = `${postId} ${officerId}`
    if (seen.has(key)) continue
    seen.add(key)
    of(postId).present += 1
    // Who was sent fills a place; who only stands over, because his relief has not come, does not.
    if (!rostered.has(key) && Date.parse(ends) > Date.parse(picture.at)) of(postId).there += 1
  }
  return posts
}

export interface Counted {
  value: number
  of: number
  amiss: number
}

export function countFigures(picture: Picture): Record<FigureKey, Counted> {
  const posts = [...staffingOf(picture).values()]
  const due = posts.filter(one => one.need > 0)
  const sum = (list: readonly PostStaffing[], of: (one: PostStaffing) => number) =>
    list.reduce((total, one) => total + of(one), 0)
  const have = sum(posts, one => one.have)
  const plain = (value: number): Counted => ({ value, of: 0, amiss: 0 })
  const zones = (kind: 'sealed' | 'control') => plain(picture.zones.filter(zone => zone.kind === kind).length)
  const late = picture.difficulties.filter(one => one.dueAt !== null && one.dueAt <= picture.at)
  const present = new Set(picture.attendance.present.map(one => one.officerId)).size
  return {
    onDuty: {
      value: have,
      of: sum(due, one => one.need),
      amiss: sum(due, one => Math.max(0, one.need - one.have)),
    },
    present: { value: present, of: have, amiss: Math.max(0, have - present) },
    empty: { value: due.filter(one => one.there <= 0).length, of: due.length, amiss: 0 },
    short: {
      value: due.filter(one => one.there > 0 && one.there < one.need).length,
      of: due.length,
      amiss: 0,
    },
    sealed: zones('sealed'),
    control: zones('control'),
    sites: plain(picture.posts.filter(post => post.sampling).length),
    difficulties: { value: picture.difficulties.length, of: 0, amiss: late.length },
  }
}

export function figuresOf(now: Picture, then: Record<FigureKey, Counted> | null) {
  const counted = countFigures(now)
  return figureKeys.map(key => ({ key, ...counted[key], before: then?.[key].value ?? null }))
}
