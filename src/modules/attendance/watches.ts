// What a command post must hear of within minutes: a post whose relief has not come, and people who are not there.
// An alert is no verdict: whether somebody is absent, a leader says.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { operationsRunning } from '../operations/index.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { demandFor, postsByIds, postsFor } from '../posts/index.ts'
import { type SeatRow, seatRows } from './day-rows.ts'
import { presentAt } from './present.ts'
import { rulesNow } from './rules.ts'
import { agencyOf } from './scope.ts'
import { attendanceDb, bandAt, bandsOf, compare, type DutyAgency, periodOf } from './seats.ts'

/** So long after a band began a post is told of that has fewer people than it needs. */
export const reliefMinutes = 5
/** A unit with more short posts than these gets one alert: sixty alerts at once are read by nobody. */
export const postsApartMost = 4

const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

interface Short {
  postId: string
  day: string
  patternId: string
  band: string
  bandZh: string
  bandEn: string
  begins: string
  need: number
  present: number
  /** Of the band before, at the same post, who have not signed out. */
  standing: number
}

/** Bands in progress for some minutes whose post has fewer people than it needs. */
async function shortPosts(
  db: Kysely<AnyTables>,
  agency: DutyAgency,
  operationId: string,
  now: string,
): Promise<Short[]> {
  const { agencyId } = agency
  const today = dutyDayOf(agency, now)
  const yesterday = addDays(today, -1)
  const [posts, demand, bands, here, rows] = await Promise.all([
    postsFor(db, agencyId, operationId),
    demandFor(db, agencyId, operationId, yesterday, today),
    bandsOf(db, agencyId),
    presentAt(db, now, { agencyId, operationId }),
    seatRows(attendanceDb(db), agency, { operationId }, { from: yesterday, until: today }, now),
  ])
  const reserves = new Set(posts.filter(post => post.kind === 'reserve').map(post => post.postId))
  const found: Short[] = []
  for (const line of demand) {
    const band = bandAt(bands, line.patternId, line.band)
    if (line.skill !== null || !band) continue
    const { begins, ends } = periodOf(agency, line.day, band)
    if (later(begins, reliefMinutes) > now || ends <= now) continue
    const inBand = (one: { postId: string; day: string; patternId: string; band: string }) =>
      one.postId === line.postId &&
      one.day === line.day &&
      one.patternId === line.patternId &&
      one.band === line.band
    const came = rows.filter(({ seat, presence }) => presence !== null && inBand(seat)).length
    // Who was sent from standby is doing what standby is for.
    const present = reserves.has(line.postId) ? came : here.filter(inBand).length
    if (present >= line.heads) continue
    const standing = rows.filter(
      ({ seat, state }) => seat.postId === line.postId && state === 'open' && seat.ends === begins,
    ).length
    const { postId, day, patternId } = line
    const words = { bandZh: band.zh, bandEn: band.en }
    found.push({
      ...{ postId, day, patternId, band: line.band, ...words, begins, need: line.heads, present, standing },
    })
  }
  return found
}

async function reliefMissing(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const { rules } = await rulesNow(attendanceDb(db), agency.agencyId)
  const sightings: Sighting[] = []
  for (const { operationId } of await operationsRunning(db, agency.agencyId, dutyDayOf(agency, now))) {
    const short = await shortPosts(db, agency, operationId, now)
    const posts = await postsByIds(
      db,
      agency.agencyId,
      short.map(one => one.postId),
    )
    const byUnit = new Map<string, Short[]>()
    for (const one of short) {
      const unitId = posts.get(one.postId)?.unitId
      if (unitId) byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), one])
    }
    const units = await unitNames(db, agency.agencyId)
    for (const [unitId, list] of byUnit) {
      if (list.length > postsApartMost) {
        const unit = units.get(unitId)?.shortName ?? ''
        sightings.push(manyShort(operationId, unitId, unit, list, rules.absentMinutes))
        continue
      }
      for (const one of list) {
        const name = posts.get(one.postId)?.name ?? ''
        sightings.push(oneShort(one, name, unitId, rules.absentMinutes))
      }
    }
  }
  return sightings.sort((a, b) => compare(a.dueAt, b.dueAt) || compare(a.subject, b.subject))
}

function oneShort(one: Short, name: string, unitId: string, absentMinutes: number): Sighting {
  const missing = one.need - one.present
  const still = one.standing > 0
  return {
    subject: `${one.postId} ${one.day} ${one.patternId} ${one.band}`,
    title: {
      zh: `${name}${one.bandZh}应到 ${one.need} 人，缺 ${missing} 人${still ? `，上一班 ${one.standing} 人仍未下岗` : ''}`,
      en: `${name}: ${missing} of ${one.need} missing in ${one.bandEn}${still ? `, ${one.standing} of the band before still there` : ''}`,
    },
    severity: 'red',
    link: `/attendance?day=${one.day}&post=${one.postId}`,
    unitId,
    dueAt: later(one.begins, absentMinutes),
  }
}

function manyShort(
  operationId: string,
  unitId: string,
  unit: string,
  list: readonly Short[],
  absentMinutes: number,
): Sighting {
  const missing = list.reduce((sum, one) => sum + one.need - one.present, 0)
  const day = list.map(one => one.day).sort()[0] ?? ''
  const begins = list.map(one => one.begins).sort()[0] ?? ''
  return {
    subject: `${operationId} ${unitId}`,
    title: {
      zh: `${unit} ${list.length} 个点位接班不足，共缺 ${missing} 人`,
      en: `${unit}: relief is short at ${list.length} posts, ${missing} people missing`,
    },
    severity: 'red',
    link: `/attendance?day=${day}&unit=${unitId}&state=missing`,
    unitId,
    dueAt: later(begins, absentMinutes),
  }
}

/** Rostered, not come, not declared, nobody sent: one alert a unit. */
async function notCome(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const { rules } = await rulesNow(attendanceDb(db), agency.agencyId)
  const missing: SeatRow[] = []
  for (const { operationId } of await operationsRunning(db, agency.agencyId, today)) {
    const days = { from: addDays(today, -1), until: today }
    const rows = await seatRows(attendanceDb(db), agency, { operationId }, days, now)
    missing.push(
      ...rows.filter(
        ({ seat, state }) =>
          state === 'missing' && later(seat.begins, rules.absentMinutes) <= now && now < seat.ends,
      ),
    )
  }
  const officerIds = missing.map(row => row.seat.officerId)
  const [names, units] = await Promise.all([
    officerNames(db, agency.agencyId, officerIds),
    unitNames(db, agency.agencyId),
  ])
  const byUnit = new Map<string, SeatRow[]>()
  for (const row of missing) {
    const unitId = names.get(row.seat.officerId)?.unitId
    if (unitId) byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), row])
  }
  return [...byUnit]
    .sort(([a], [b]) => compare(a, b))
    .map(([unitId, rows]) => {
      const first = rows.map(row => row.seat.begins).sort()[0] ?? now
      const unit = units.get(unitId)?.shortName ?? ''
      return {
        subject: unitId,
        title: {
          zh: `${unit} ${rows.length} 人开班 ${rules.absentMinutes} 分钟后仍未签到`,
          en: `${unit}: ${rows.length} have not checked in ${rules.absentMinutes} minutes after their band began`,
        },
        severity: 'amber' as const,
        link: `/attendance?day=${rows[0]?.seat.day ?? today}&unit=${unitId}&state=missing`,
        unitId,
        dueAt: later(first, rules.absentMinutes * 2),
      }
    })
}

export const watches: readonly Watch[] = [
  {
    key: 'attendance.reliefMissing',
    title: { zh: '接班未到', en: 'Relief has not come' },
    owner: 'dutyOfficer',
    detect: reliefMissing,
  },
  {
    key: 'attendance.notCome',
    title: { zh: '开班后未签到', en: 'Not checked in after the band began' },
    owner: 'unitLeader',
    detect: notCome,
  },
]
