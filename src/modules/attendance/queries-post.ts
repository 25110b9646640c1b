// What is asked at a post, and by an officer about himself.
import { queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { demandFor, type PostOfOperation, postsByIds } from '../posts/index.ts'
import { printedToken, turnCode, turnMs, turnOf } from './code.ts'
import {
  atPost,
  attendanceProblems,
  codeAheadMinutes,
  codeOf,
  my,
  myHours,
  replacements,
  rules,
} from './contracts.ts'
import { namesOf, type RowNames, type SeatRow, seatRows, seatViewOf } from './day-rows.ts'
import { postBooks } from './moment.ts'
import { minutesTogether, monthDays, workedBand } from './own-hours.ts'
import { presencesOf } from './presence-rows.ts'
import { presentAt } from './present.ts'
import { replacementsFor } from './replacements.ts'
import { rulesNow } from './rules.ts'
import { anyDb, bandAt, type Bands, bandsOf, type DutyAgency, periodOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = queriesOn<AttendanceTables>()

const placeOf = (post: PostOfOperation | undefined) =>
  post && post.lng !== null && post.lat !== null ? { lng: post.lng, lat: post.lat } : null

/** A band that begins within so many minutes is shown as the next one. */
const nextMinutes = 120

type BandAtPost = { day: string; patternId: string; band: string; need: number; rows: SeatRow[] }

/** Bands of the post that run at the instant or begin soon, with their need and their seats. */
function bandsAtPost(
  agency: DutyAgency,
  postId: string,
  at: string,
  bands: Bands,
  demand: Awaited<ReturnType<typeof demandFor>>,
  rows: readonly SeatRow[],
) {
  const soon = new Date(Date.parse(at) + nextMinutes * 60_000).toISOString()
  const found = new Map<string, BandAtPost>()
  const place = (one: { day: string; patternId: string; band: string }) => {
    const key = `${one.day} ${one.patternId} ${one.band}`
    const there = found.get(key) ?? { ...one, need: 0, rows: [] }
    found.set(key, there)
    return there
  }
  for (const { postId: where, day, patternId, band, skill, heads } of demand) {
    if (where === postId && skill === null) place({ day, patternId, band }).need += heads
  }
  for (const row of rows) {
    const { day, patternId, band } = row.seat
    if (row.seat.postId === postId) place({ day, patternId, band }).rows.push(row)
  }
  return [...found.values()]
    .flatMap(one => {
      const band = bandAt(bands, one.patternId, one.band)
      if (!band) return []
      const period = periodOf(agency, one.day, band)
      if (period.begins > soon || period.ends <= at) return []
      return [{ ...one, zh: band.zh, en: band.en, ...period }]
    })
    .sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : a.patternId < b.patternId ? -1 : 1))
}

function bandView(
  one: ReturnType<typeof bandsAtPost>[number],
  names: RowNames,
  here: readonly { day: string; patternId: string; band: string }[],
) {
  const { day, patternId, band, zh, en, begins, ends, need } = one
  const present = here.filter(
    row => row.day === day && row.patternId === patternId && row.band === band,
  ).length
  const seats = one.rows.map(row => seatViewOf(row, names))
  return { day, patternId, band, zh, en, begins, ends, need, present, seats }
}

export const postQueries = [
  on(my, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw attendanceProblems.noOfficerAccount()
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      const days = { from: addDays(today, -1), until: addDays(today, 1) }
      const [found, rows] = await Promise.all([
        rulesNow(db, agencyId),
        seatRows(db, meta.agency, { officerIds: [officerId] }, days, meta.now),
      ])
      const names = await namesOf(anyDb(db), agencyId, rows)
      return {
        now: meta.now,
        rules: found.rules,
        seats: rows.map(row => ({
          ...seatViewOf(row, names),
          place: placeOf(names.posts.get(row.seat.postId)),
        })),
      }
    },
  }),

  on(myHours, {
    sees: 'agency',
    async run(db, input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw attendanceProblems.noOfficerAccount()
      const { agencyId } = meta.agency
      const { month, ...days } = monthDays(meta.agency, meta.now, input.month)
      const [bands, presences] = await Promise.all([
        bandsOf(anyDb(db), agencyId),
        presencesOf(db, agencyId, { officerIds: [officerId] }, days),
      ])
      const worked = presences.map(one => workedBand(bands, one, meta.now)).reverse()
      const posts = await postsByIds(
        anyDb(db),
        agencyId,
        presences.map(one => one.postId),
      )
      return {
        now: meta.now,
        month,
        minutes: minutesTogether(worked),
        late: worked.filter(one => one.presence.lateMinutes > 0).length,
        rows: worked.map(({ presence, zh, en, until, state, minutes }) => ({
          presenceId: presence.presenceId,
          postName: posts.get(presence.postId)?.name ?? '',
          day: presence.day,
          ...{ zh, en, cameAt: presence.cameAt, until, state, minutes },
          lateMinutes: presence.lateMinutes,
        })),
      }
    },
  }),

  on(atPost, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const posts = await postsByIds(anyDb(db), agencyId, [input.postId])
      const post = posts.get(input.postId)
      if (!post) throw attendanceProblems.unknownPost()
      const { operationId } = post
      const at = input.at ?? meta.now
      const today = dutyDayOf(meta.agency, at)
      const days = { from: addDays(today, -1), until: addDays(today, 1) }
      const [rows, here, bands, demand] = await Promise.all([
        seatRows(db, meta.agency, { operationId }, days, at),
        presentAt(anyDb(db), at, { agencyId, postIds: [input.postId] }),
        bandsOf(anyDb(db), agencyId),
        demandFor(anyDb(db), agencyId, operationId, days.from, days.until),
      ])
      const found = bandsAtPost(meta.agency, input.postId, at, bands, demand, rows)
      const names = await namesOf(
        anyDb(db),
        agencyId,
        found.flatMap(one => one.rows),
      )
      return {
        now: meta.now,
        at,
        postId: post.postId,
        code: post.code,
        name: post.name,
        bands: found.map(one => bandView(one, names, here)),
      }
    },
  }),

  on(codeOf, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const [{ post, secret }, issued] = await Promise.all([
        postBooks(db, agencyId, input.postId),
        db
          .selectFrom('post_code')
          .select('issued_at')
          .where('agency_id', '=', agencyId)
          .where('post_id', '=', input.postId)
          .executeTakeFirst(),
      ])
      if (!post) throw attendanceProblems.unknownPost()
      const { unitIds } = meta.actor.scope
      if (unitIds !== '*' && !unitIds.includes(post.unitId)) throw attendanceProblems.outsideScope()
      const now = turnOf(Date.parse(meta.now))
      const turns = Array.from({ length: secret === null ? 0 : codeAheadMinutes + 1 }, (_, n) => ({
        from: new Date((now + n) * turnMs).toISOString(),
        ...turnCode(secret ?? '', post.postId, now + n),
      }))
      return {
        now: meta.now,
        postId: post.postId,
        code: post.code,
        name: post.name,
        address: post.address,
        issuedAt: issued?.issued_at ?? null,
        turns,
        printed: secret === null ? null : printedToken(secret, post.postId),
      }
    },
  }),

  on(replacements, {
    sees: 'agency',
    run: (db, input, meta) => replacementsFor(anyDb(db), meta.agency, meta.actor, input),
  }),

  on(rules, { run: (db, _input, meta) => rulesNow(db, meta.agency.agencyId) }),
]
