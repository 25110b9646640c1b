// When and where something was done, as far as a phone can show it. A device's clock decides nothing by itself: a code
// tells the minute that it was shown in, and without one the claim is believed only within bounds.
import type { CommandMeta } from '../../kernel/command.ts'
import { findCode, turnMs, turnOf, turnsAside } from './code.ts'
import { attendanceProblems, type Proof, type Way } from './contracts.ts'
import { type AttendanceDb, anyDb } from './seats.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'

/** A phone may be without network for a whole duty; what comes later is looked at by a person. */
export const lateHoursMost = 12
const hourMs = 3_600_000

type Times = Pick<CommandMeta, 'occurredAt' | 'receivedAt'>

/** The claim, never ahead of the arrival; later than a duty is long, it is held. */
export function momentOf(meta: Times): string {
  const [claimed, received] = [Date.parse(meta.occurredAt), Date.parse(meta.receivedAt)]
  if (received - claimed > lateHoursMost * hourMs) {
    throw attendanceProblems.sentTooLate({ hours: Math.floor((received - claimed) / hourMs) })
  }
  return new Date(Math.min(claimed, received)).toISOString()
}

export interface Shown {
  moment: string
  way: Way
  accuracy: 'fine' | 'fair' | null
}

/** What the handler has read to judge a proof by. */
export interface PostBooks {
  post: PostOfOperation | undefined
  secret: string | null
}

export async function postBooks(db: AttendanceDb, agencyId: string, postId: string): Promise<PostBooks> {
  const [posts, code] = await Promise.all([
    postsByIds(anyDb(db), agencyId, [postId]),
    db
      .selectFrom('post_code')
      .select('secret')
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', postId)
      .executeTakeFirst(),
  ])
  return { post: posts.get(postId), secret: code?.secret ?? null }
}

/** Whether the proof holds at this post, and when that was. Throws what the books cannot explain. */
export function shownBy(
  { post, secret }: PostBooks,
  proof: Proof,
  meta: Times,
  time: (at: string) => string,
): Shown {
  if (!post) throw attendanceProblems.unknownPost()
  if (proof.way === 'place') {
    if (!proof.near) throw attendanceProblems.farAway({ post: post.name, postId: post.postId })
    if (post.lng === null || post.lat === null) throw attendanceProblems.noPlace({ post: post.name })
    if (proof.accuracy === 'coarse') {
      throw attendanceProblems.placeUnsure({ post: post.name, postId: post.postId })
    }
    return { moment: momentOf(meta), way: 'place', accuracy: proof.accuracy }
  }
  if (secret === null) throw attendanceProblems.noCode({ post: post.name, postId: post.postId })
  return { ...byCode(post, secret, proof.code, meta, time), accuracy: null }
}

function byCode(
  post: PostOfOperation,
  secret: string,
  code: string,
  meta: Times,
  time: (at: string) => string,
): Pick<Shown, 'moment' | 'way'> {
  const [claimed, received] = [Date.parse(meta.occurredAt), Date.parse(meta.receivedAt)]
  // A claim that lies ahead of its arrival is no claim.
  const claims = claimed <= received + turnsAside * turnMs ? [received, claimed] : [received]
  const found = findCode(secret, post.postId, code, claims)
  if (found.kind === 'printed') return { moment: momentOf(meta), way: 'printed' }
  if (found.kind === 'turn') {
    const isAt = (ms: number) => Math.abs(found.turn - turnOf(ms)) <= turnsAside
    // Shown just now, whatever the device's clock says; else shown when it says, and sent late.
    if (!isAt(claimed) && isAt(received)) return { moment: meta.receivedAt, way: 'code' }
    return { moment: momentOf(meta), way: 'code' }
  }
  const named = { post: post.name, postId: post.postId }
  if (found.kind === 'none') throw attendanceProblems.wrongCode(named)
  throw attendanceProblems.oldCode({ ...named, time: time(new Date(found.turn * turnMs).toISOString()) })
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** `15:41` by the clock of the agency, for the words of a problem. */
export function clockOf(timeZone: string): (at: string) => string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const known = format
  return at => known.format(new Date(at))
}
