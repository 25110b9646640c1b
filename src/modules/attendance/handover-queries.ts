// What is asked about hand-overs: what an officer has to give or sign, and the books of posts.
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { officerNames } from '../people/index.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import { attendanceProblems, handoverBook, handoverPosts, handovers, myHandover } from './contracts.ts'
import {
  bandNamed,
  bandsAround,
  followingBand,
  nextOf,
  type PostBand,
  sameBand,
  successorsOf,
} from './handover-bands.ts'
import {
  type Book,
  bookOfPost,
  booksOfOperation,
  lastSigned,
  namedFor,
  type Page,
  pageOfBand,
  pagesFor,
  pagesOfDays,
  pagesOfPost,
} from './handover-rows.ts'
import { bandView, mattersOf, matterView, pageViews } from './handover-views.ts'
import { anyDb, type AttendanceDb, anyOf, bandsOf, daysAround, type Seat, seatsOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = queriesOn<AttendanceTables>()

/** A page can be given so long after the band ended; then the next one is his. */
const afterHours = 4
const dayMs = 86_400_000
const earlier = (at: string, ms: number) => new Date(Date.parse(at) - ms).toISOString()

/** Who stays on hands over to nobody, unless somebody joins him. */
async function somebodyComes(db: AttendanceDb, meta: QueryMeta, seat: Seat): Promise<boolean> {
  const bands = (await bandsAround(db, meta.agency, seat.operationId, seat.day)).get(seat.postId) ?? []
  const mine = bands.find(one => sameBand(one, seat))
  return mine !== undefined && successorsOf(mine, nextOf(bands, mine)).length > 0
}

/** The band that an officer is in, or has just ended without being handed over, at a post that has a book. */
async function turnNow(db: AttendanceDb, meta: QueryMeta, officerId: string) {
  const { agencyId } = meta.agency
  const seats = await seatsOf(db, meta.agency, { officerIds: [officerId] }, daysAround(meta.agency, meta.now))
  const since = earlier(meta.now, afterHours * 3_600_000)
  const recent = seats.filter(one => one.begins <= meta.now && one.ends > since)
  let found: { book: Book; seat: (typeof recent)[number]; page: Page | undefined } | null = null
  for (const seat of recent) {
    const [book, page] = await Promise.all([
      bookOfPost(db, agencyId, seat.postId),
      pageOfBand(db, agencyId, seat.postId, seat),
    ])
    if (!book) continue
    if (seat.ends > meta.now) found ??= { book, seat, page }
    else if (page ? page.state !== 'signed' : await somebodyComes(db, meta, seat)) return { book, seat, page }
  }
  return found
}

async function giveNow(db: AttendanceDb, meta: QueryMeta, officerId: string) {
  const turn = await turnNow(db, meta, officerId)
  if (!turn) return null
  const { agencyId } = meta.agency
  const { book, seat, page } = turn
  const { postId } = seat
  const [around, bands, named, signed, matters, posts] = await Promise.all([
    bandsAround(db, meta.agency, seat.operationId, seat.day),
    bandsOf(anyDb(db), agencyId),
    namedFor(db, agencyId, postId, seat),
    lastSigned(db, agencyId, postId, seat.begins),
    mattersOf(db, agencyId, [postId]),
    postsByIds(anyDb(db), agencyId, [postId]),
  ])
  const here = around.get(postId) ?? []
  const from: PostBand = { ...seat, officerIds: [officerId] }
  const mine = here.find(one => sameBand(one, seat)) ?? from
  const next = nextOf(here, from)
  const to =
    next ??
    (named && bandNamed(meta.agency, bands, postId, seat) ? followingBand(meta.agency, bands, from) : null)
  const ids = named ? [named.officerId] : successorsOf(mine, next)
  const names = await officerNames(anyDb(db), agencyId, ids)
  const post = posts.get(postId)
  const [view] = await pageViews(db, meta.agency, page ? [page] : [])
  return {
    postId,
    postCode: post?.code ?? '',
    postName: post?.name ?? '',
    from: bandView(from),
    to: to ? bandView(to) : null,
    successors: ids.map(id => ({
      officerId: id,
      name: names.get(id)?.name ?? '',
      badge: names.get(id)?.badge ?? '',
    })),
    items: (signed?.items ?? book.items).map(one => ({ ...one, should: one.counted })),
    matters: matters.filter(one => one.closedIn === null && one.openedAt < seat.begins).map(matterView),
    page: view ?? null,
  }
}

/** The unit's own posts, and the post at which one stands or stood a day ago. */
async function needReadable(db: AttendanceDb, meta: QueryMeta, postId: string): Promise<PostOfOperation> {
  const posts = await postsByIds(anyDb(db), meta.agency.agencyId, [postId])
  const post = posts.get(postId)
  if (!post) throw attendanceProblems.unknownPost()
  const { scope, officerId } = meta.actor
  if (scope.unitIds === '*' || scope.unitIds.includes(post.unitId)) return post
  if (!officerId) throw attendanceProblems.outsideScope()
  const seats = await seatsOf(db, meta.agency, { officerIds: [officerId] }, daysAround(meta.agency, meta.now))
  if (!seats.some(one => one.postId === postId)) throw attendanceProblems.outsideScope()
  return post
}

const withinScope = (meta: QueryMeta) => {
  const { unitIds } = meta.actor.scope
  return (one: { unitId: string }) => unitIds === '*' || unitIds.includes(one.unitId)
}

const bookQueries = [
  on(handoverBook, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const post = await needReadable(db, meta, input.postId)
      const [book, { total, pages }] = await Promise.all([
        bookOfPost(db, agencyId, input.postId),
        pagesOfPost(db, agencyId, input.postId, input),
      ])
      return {
        total,
        rows: await pageViews(db, meta.agency, pages),
        postCode: post.code,
        postName: post.name,
        required: book?.required ?? false,
      }
    },
  }),

  on(handoverPosts, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const books = (await booksOfOperation(db, agencyId, input.operationId)).filter(withinScope(meta))
      const postIds = books.map(one => one.postId)
      const [posts, counts] = await Promise.all([
        postsByIds(anyDb(db), agencyId, postIds),
        db
          .selectFrom('handover')
          .select(({ fn }) => [
            'post_id',
            fn.countAll<string>().as('pages'),
            fn.count<string>('signed_at').as('signed'),
          ])
          .where('agency_id', '=', agencyId)
          .where('post_id', '=', anyOf(postIds))
          .groupBy('post_id')
          .orderBy('post_id')
          .execute(),
      ])
      const byPost = new Map(counts.map(row => [row.post_id, row]))
      const rows = books.map(({ postId, required }) => {
        const [post, counted] = [posts.get(postId), byPost.get(postId)]
        const pages = Number(counted?.pages ?? 0)
        const open = pages - Number(counted?.signed ?? 0)
        return { postId, postCode: post?.code ?? '', postName: post?.name ?? '', required, pages, open }
      })
      return { rows: rows.sort((a, b) => (a.postCode < b.postCode ? -1 : a.postCode > b.postCode ? 1 : 0)) }
    },
  }),

  on(handovers, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const all = (await pagesOfDays(db, agencyId, input)).filter(withinScope(meta))
      const back = await returnedIds(db, agencyId, all)
      const wanted = all.filter(
        one => (!input.state || one.state === input.state) && (!input.returned || back.has(one.handoverId)),
      )
      const shown = wanted.slice(input.offset, input.offset + input.limit)
      const views = await pageViews(db, meta.agency, shown)
      return {
        total: wanted.length,
        rows: views.map(one => ({
          handoverId: one.handoverId,
          postId: one.postId,
          postName: one.postName,
          day: one.from.day,
          band: one.from.zh,
          begins: one.from.begins,
          ends: one.from.ends,
          giverName: one.giver.name,
          successorName: one.successor.name,
          state: one.state,
          round: one.round,
          givenAt: one.givenAt,
          signedAt: one.signedAt,
        })),
      }
    },
  }),
]

async function returnedIds(db: AttendanceDb, agencyId: string, pages: readonly Page[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('handover_return')
    .select('handover_id')
    .distinct()
    .where('agency_id', '=', agencyId)
    .where('handover_id', '=', anyOf(pages.map(one => one.handoverId)))
    .orderBy('handover_id')
    .execute()
  return new Set(rows.map(row => row.handover_id))
}

export const handoverQueries = [
  on(myHandover, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw attendanceProblems.noOfficerAccount()
      const pages = await pagesFor(db, meta.agency.agencyId, officerId, earlier(meta.now, dayMs))
      const since = dutyDayOf(meta.agency, earlier(meta.now, 2 * dayMs))
      return {
        now: meta.now,
        give: await giveNow(db, meta, officerId),
        toSign: await pageViews(
          db,
          meta.agency,
          pages.filter(one => one.day >= since),
        ),
      }
    },
  }),
  ...bookQueries,
]
