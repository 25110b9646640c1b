// Pages as they are read: with names, matters, what was returned, and who left before the signature.
import { officerNames } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import type { HandoverView } from './contracts.ts'
import { type BandName, bandNamed, bandNameKey, type PostBand } from './handover-bands.ts'
import { differencesOf, type Page, reliefsOf } from './handover-rows.ts'
import { type AttendanceDb, anyDb, anyOf, type Bands, bandsOf, compare, type DutyAgency } from './seats.ts'

export const bandView = (one: PostBand) => {
  const { day, patternId, band, bandZh, bandEn, begins, ends } = one
  return { day, patternId, band, zh: bandZh, en: bandEn, begins, ends }
}

interface MatterRow {
  matterId: string
  postId: string
  text: string
  dueAt: string | null
  openedIn: string
  openedAt: string
  closedIn: string | null
  closedAt: string | null
  closedHow: string | null
}

/** Matters of posts with the beginnings of the bands that opened and closed them, oldest first. */
export async function mattersOf(
  db: AttendanceDb,
  agencyId: string,
  postIds: readonly string[],
): Promise<MatterRow[]> {
  const rows = await db
    .selectFrom('handover_matter as m')
    .innerJoin('handover as o', join =>
      join.onRef('o.agency_id', '=', 'm.agency_id').onRef('o.handover_id', '=', 'm.opened_in'),
    )
    .leftJoin('handover as c', join =>
      join.onRef('c.agency_id', '=', 'm.agency_id').onRef('c.handover_id', '=', 'm.closed_in'),
    )
    .where('m.agency_id', '=', agencyId)
    .where('m.post_id', '=', anyOf(postIds))
    .select(['m.matter_id as matterId', 'm.post_id as postId', 'm.text', 'm.due_at as dueAt'])
    .select(['m.opened_in as openedIn', 'm.closed_in as closedIn', 'm.closed_how as closedHow'])
    .select(({ fn }) => [
      fn<string>('lower', ['o.period']).as('openedAt'),
      fn<string | null>('lower', ['c.period']).as('closedAt'),
    ])
    .execute()
  return rows.sort((a, b) => compare(a.openedAt, b.openedAt) || compare(a.matterId, b.matterId))
}

/** Open when the page was given, opened by it or closed by it. */
const onPage = (one: MatterRow, page: Page) =>
  one.postId === page.postId &&
  one.openedAt <= page.begins &&
  (one.closedAt === null || one.closedAt >= page.begins)

export const matterView = ({ closedAt: _closedAt, postId: _postId, ...one }: MatterRow) => one

async function returnsOf(db: AttendanceDb, agencyId: string, handoverIds: readonly string[]) {
  return db
    .selectFrom('handover_return')
    .select(['handover_id', 'round', 'returned_at', 'returned_by', 'why'])
    .where('agency_id', '=', agencyId)
    .where('handover_id', '=', anyOf(handoverIds))
    .orderBy('handover_id')
    .orderBy('round')
    .execute()
}

export interface Left {
  officerId: string
  postId: string
  day: string
  patternId: string
  band: string
  leftAt: string
}

/**
 * Who signed himself out of a band of these days and was not let go. Whoever a leader signed out, or who stayed on,
 * did not leave by himself.
 */
export async function leftByThemselves(
  db: AttendanceDb,
  agencyId: string,
  postIds: readonly string[],
  days: { from: string; until: string },
): Promise<Left[]> {
  const [rows, reliefs] = await Promise.all([
    db
      .selectFrom('presence')
      .select(['officer_id', 'post_id', 'day', 'pattern_id', 'band', 'left_at'])
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', anyOf(postIds))
      .where('day', '>=', days.from)
      .where('day', '<=', days.until)
      .where('voided_at', 'is', null)
      .where('left_way', 'in', ['code', 'printed', 'place'])
      .orderBy('left_at')
      .orderBy('presence_id')
      .execute(),
    reliefsOf(db, agencyId, days),
  ])
  const key = (one: { officerId: string; postId: string } & BandName) =>
    `${one.officerId} ${one.postId} ${bandNameKey(one)}`
  const letGo = new Set(reliefs.map(key))
  return rows
    .map(row => ({
      officerId: row.officer_id,
      postId: row.post_id,
      day: row.day,
      patternId: row.pattern_id,
      band: row.band,
      leftAt: row.left_at ?? '',
    }))
    .filter(one => !letGo.has(key(one)))
}

/** Who left the band of a page before it was signed. */
export const leftBefore = (page: Pick<Page, 'postId' | 'signedAt'> & BandName, left: readonly Left[]) =>
  left.filter(
    one =>
      one.postId === page.postId &&
      bandNameKey(one) === bandNameKey(page) &&
      (page.signedAt === null || one.leftAt < page.signedAt),
  )

/** The band that goes off and the one that comes, named as their patterns do. */
function turnView(agency: DutyAgency, bands: Bands, page: Page): Pick<HandoverView, 'from' | 'to'> {
  const { day, patternId, band, begins, ends } = page
  const from = bandNamed(agency, bands, page.postId, page)
  const next = { day: page.nextDay, patternId: page.nextPatternId, band: page.nextBand }
  const to = bandNamed(agency, bands, page.postId, next)
  return {
    from: { day, patternId, band, begins, ends, zh: from?.bandZh ?? band, en: from?.bandEn ?? band },
    to: {
      ...next,
      ...{ zh: to?.bandZh ?? next.band, en: to?.bandEn ?? next.band },
      ...{ begins: page.nextBegins, ends: to?.ends ?? null },
    },
  }
}

/** Pages whole, in the order given. */
export async function pageViews(
  db: AttendanceDb,
  agency: DutyAgency,
  pages: readonly Page[],
): Promise<HandoverView[]> {
  if (pages.length === 0) return []
  const { agencyId } = agency
  const ids = pages.map(one => one.handoverId)
  const postIds = [...new Set(pages.map(one => one.postId))].sort()
  const days = pages.map(one => one.day).sort()
  const span = { from: days[0] ?? '', until: days.at(-1) ?? '' }
  const [returns, differences, matters, left, posts, bands] = await Promise.all([
    returnsOf(db, agencyId, ids),
    differencesOf(db, agencyId, ids),
    mattersOf(db, agencyId, postIds),
    leftByThemselves(db, agencyId, postIds, span),
    postsByIds(anyDb(db), agencyId, postIds),
    bandsOf(anyDb(db), agencyId),
  ])
  const names = await officerNames(anyDb(db), agencyId, [
    ...pages.flatMap(one => [one.giverId, one.successorId]),
    ...returns.map(one => one.returned_by),
    ...left.map(one => one.officerId),
  ])
  const who = (officerId: string) => {
    const found = names.get(officerId)
    return { officerId, name: found?.name ?? '', badge: found?.badge ?? '' }
  }
  return pages.map(page => {
    const post = posts.get(page.postId)
    const { handoverId, operationId, postId, state, round, givenAt, signedAt, weather, counts } = page
    const { events, orders, mustKnow, items, settledAt, settledWhy } = page
    return {
      ...{ handoverId, operationId, postId, state, round, givenAt, signedAt, weather, counts },
      ...{ events, orders, mustKnow, items, settledAt, settledWhy },
      postCode: post?.code ?? '',
      postName: post?.name ?? '',
      ...turnView(agency, bands, page),
      giver: who(page.giverId),
      successor: who(page.successorId),
      matters: matters.filter(one => onPage(one, page)).map(matterView),
      returns: returns
        .filter(one => one.handover_id === handoverId)
        .map(one => ({
          round: one.round,
          returnedAt: one.returned_at,
          by: who(one.returned_by),
          why: one.why,
          differences: differences
            .filter(other => other.handoverId === handoverId && other.round === one.round)
            .map(({ kind, name, stated, found }) => ({ kind, name, stated, found })),
        })),
      leftBefore: leftBefore(page, left).map(one => ({ ...who(one.officerId), leftAt: one.leftAt })),
    }
  })
}
