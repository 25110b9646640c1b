// What a leader must hear of hand-overs: a page that is missing after the band ended, and who left before it was signed.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { operationsRunning } from '../operations/index.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import { bandNameKey, bandsByPost, nextOf, type PostBand, successorsOf } from './handover-bands.ts'
import { type Book, booksOfOperation, pagesOfDays } from './handover-rows.ts'
import { type Left, leftBefore, leftByThemselves } from './handover-views.ts'
import { agencyOf } from './scope.ts'
import { attendanceDb, compare, daysAround, type DutyAgency, seatsOf } from './seats.ts'

/** So long after a band ended its page is missed. */
export const missedMinutes = 30
/** A unit with more posts without a page than these gets one alert. */
const postsApartMost = 4
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

interface Unsigned {
  book: Book
  from: PostBand
  left: Left[]
}

/** Bands of the last day whose page is not signed though somebody came, or should have come, to take over. */
async function unsigned(db: Kysely<AnyTables>, agency: DutyAgency, now: string): Promise<Unsigned[]> {
  const own = attendanceDb(db)
  const { agencyId } = agency
  const days = daysAround(agency, now)
  const found: Unsigned[] = []
  for (const { operationId } of await operationsRunning(db, agencyId, dutyDayOf(agency, now))) {
    const books = (await booksOfOperation(own, agencyId, operationId)).filter(one => one.required)
    if (books.length === 0) continue
    const postIds = books.map(one => one.postId)
    const [seats, pages, left] = await Promise.all([
      seatsOf(own, agency, { operationId }, days),
      pagesOfDays(own, agencyId, days),
      leftByThemselves(own, agencyId, postIds, days),
    ])
    const byPost = bandsByPost(seats)
    const pageAt = new Map(pages.map(one => [`${one.postId} ${bandNameKey(one)}`, one]))
    for (const book of books) {
      const bands = byPost.get(book.postId) ?? []
      for (const from of bands) {
        if (from.begins > now || from.ends <= later(now, -24 * 60)) continue
        if (successorsOf(from, nextOf(bands, from)).length === 0) continue
        const page = pageAt.get(`${book.postId} ${bandNameKey(from)}`)
        if (page?.state === 'signed') continue
        found.push({ book, from, left: leftBefore({ ...from, signedAt: null }, left) })
      }
    }
  }
  return found
}

const subjectOf = ({ book, from }: Unsigned) => `${book.postId} ${bandNameKey(from)}`
const linkOf = ({ book }: Unsigned) => `/handover-book?post=${book.postId}`
const bySubject = (a: Sighting, b: Sighting) => compare(a.dueAt, b.dueAt) || compare(a.subject, b.subject)

async function missed(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const all = (await unsigned(db, agency, now)).filter(one => later(one.from.ends, missedMinutes) <= now)
  const [posts, units] = await Promise.all([
    postsByIds(
      db,
      agency.agencyId,
      all.map(one => one.book.postId),
    ),
    unitNames(db, agency.agencyId),
  ])
  const byUnit = new Map<string, Unsigned[]>()
  for (const one of all) byUnit.set(one.book.unitId, [...(byUnit.get(one.book.unitId) ?? []), one])
  const sightings: Sighting[] = []
  for (const [unitId, list] of byUnit) {
    if (list.length > postsApartMost) {
      const unit = units.get(unitId)?.shortName ?? ''
      const zh = `${unit} ${list.length} 个班次下班 ${missedMinutes} 分钟后仍未完成交接`
      const en = `${unit}: ${list.length} bands are not handed over ${missedMinutes} minutes after they ended`
      const first = list.map(one => one.from.ends).sort()[0] ?? now
      const dueAt = later(first, missedMinutes * 2)
      sightings.push({
        subject: unitId,
        title: { zh, en },
        severity: 'amber',
        link: '/handover-book',
        unitId,
        dueAt,
      })
      continue
    }
    for (const one of list) {
      const post = posts.get(one.book.postId)?.name ?? ''
      const { bandZh, bandEn, ends } = one.from
      sightings.push({
        subject: subjectOf(one),
        // An open alert keeps the words that it was raised with, so they say nothing of how far the page has come.
        title: {
          zh: `${post}${bandZh}下班后仍未完成交接`,
          en: `${post}, ${bandEn}: not handed over after it ended`,
        },
        severity: 'amber',
        link: linkOf(one),
        unitId,
        dueAt: later(ends, missedMinutes * 2),
      })
    }
  }
  return sightings.sort(bySubject)
}

async function leftEarly(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const all = (await unsigned(db, agency, now)).filter(one => one.left.length > 0)
  const [posts, names] = await Promise.all([
    postsByIds(
      db,
      agency.agencyId,
      all.map(one => one.book.postId),
    ),
    officerNames(
      db,
      agency.agencyId,
      all.flatMap(one => one.left.map(left => left.officerId)),
    ),
  ])
  return all
    .map(one => {
      const post = posts.get(one.book.postId)?.name ?? ''
      const who = one.left.map(left => names.get(left.officerId)?.name ?? '')
      return {
        subject: subjectOf(one),
        title: {
          zh: `${post}${one.from.bandZh}未完成交接，${who.join('、')}已离岗`,
          en: `${post}, ${one.from.bandEn}: ${who.join(', ')} left before the hand-over was signed`,
        },
        severity: 'red' as const,
        link: linkOf(one),
        unitId: one.book.unitId,
        dueAt: later(one.left[0]?.leftAt ?? now, 15),
      }
    })
    .sort(bySubject)
}

export const handoverWatches: readonly Watch[] = [
  {
    key: 'handover.missed',
    title: { zh: '交接班未签收', en: 'Hand-over not signed' },
    owner: 'unitLeader',
    detect: missed,
  },
  {
    key: 'handover.leftBefore',
    title: { zh: '未交接先离岗', en: 'Left before the hand-over' },
    owner: 'dutyOfficer',
    detect: leftEarly,
  },
]
