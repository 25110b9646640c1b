// Duties that go from one officer to another in the published roster: what their days become, and which rules that
// would break. The rules are the roster's own; here it is only said whose day changes how.
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { Checker } from '../../cores/roster/index.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { daysBetween, instantAt } from '../../kernel/time.ts'
import { keeper } from './cache.ts'
import { inWords, skillWords } from './check.ts'
import { type brokenRule, rosterProblems } from './contracts.ts'
import { keptInputs, problemTables, publishedDays, readInputs, type RosterSpan } from './inputs.ts'
import { type Duty, sameDuty } from './matrix.ts'
import { needSpan } from './plans.ts'
import { type BuiltProblem, buildProblem, cellFor, dutyOf, toRoster } from './problem.ts'
import { holds, minutesOf, periodOf } from './stand-in.ts'

export type BrokenRule = z.output<typeof brokenRule>

/** What an officer's duty day becomes. */
export interface DayCell {
  officerId: string
  day: string
  duty: Duty | null
}

/** A duty of a day that goes from one officer to another. */
export interface Handed {
  from: string
  to: string
  day: string
  duty: Duty
}

interface SkillLine {
  skill: string
  heads: number
  /** Rostered there now with the skill. */
  have: number
}

/** The problem of some days with their published roster, and who judges its rows. */
export interface MovesBook {
  built: BuiltProblem
  cells: Int32Array
  checker: Checker
  /** Skills asked of a place; filled where somebody has asked. */
  lines: Map<string, SkillLine[]>
}

const booksKept = keeper(12)

/** `kept` only for queries that see the whole agency; a command must see its own writes. */
export async function openMoves(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  span: RosterSpan,
  kept: boolean,
): Promise<MovesBook> {
  needSpan(span.fromDay, span.untilDay)
  const { operationId, fromDay, untilDay } = span
  // At the first instant nothing has begun, so nothing is forbidden for that; who calls looks at the clock himself.
  const begins = instantAt(agency.timeZone, fromDay, agency.handOverMinute)
  const read = async (): Promise<MovesBook> => {
    const inputs = kept
      ? await keptInputs(db, agency, span, begins)
      : await readInputs(db, agency, operationId, fromDay, untilDay, begins)
    const built = buildProblem(inputs)
    const cells = toRoster(built, officerId => publishedDays(inputs, officerId))
    return { built, cells, checker: new Checker(built.problem), lines: new Map() }
  }
  if (!kept) return read()
  const about = `moves ${operationId} ${fromDay} ${untilDay}`
  return booksKept(db, { agencyId: agency.agencyId, about, tables: problemTables }, read)
}

const dayAt = ({ built }: MovesBook, day: string) => daysBetween(built.inputs.fromDay, day)
const placeKey = (day: number, duty: Duty, band: string) => `${day} ${duty.postId} ${duty.patternId} ${band}`

export function officerAt({ built }: MovesBook, officerId: string): number {
  const at = built.officerAt.get(officerId)
  if (at === undefined) throw rosterProblems.unknownOfficer({ count: 1 })
  return at
}

export function dutyOn(book: MovesBook, officerId: string, day: string): Duty | null {
  const { built, cells } = book
  return dutyOf(built, cells[officerAt(book, officerId) * built.horizon + dayAt(book, day)] ?? 0)
}

const nameOf = ({ built }: MovesBook, officerId: string) =>
  built.inputs.officers[built.officerAt.get(officerId) ?? -1]?.name ?? ''

const busy = (book: MovesBook, officerId: string, day: string): BrokenRule => ({
  rule: 'RST1',
  officerId,
  name: nameOf(book, officerId),
  day,
  zh: '当日已有其他班次',
  en: 'has another duty that day',
})

/** Two duties of one day at one post as one; null where they are of different posts or share a band. */
function joined(a: Duty, b: Duty): Duty | null {
  const apart = a.postId !== b.postId || a.patternId !== b.patternId
  if (apart || a.bands.some(band => b.bands.includes(band)) || a.bands.length + b.bands.length > 2)
    return null
  return { ...a, bands: [...a.bands, ...b.bands] }
}

/** What the days of all who take part become; or the day that is taken already. */
export function handOver(book: MovesBook, all: readonly Handed[]): DayCell[] | BrokenRule {
  const days = new Map<string, DayCell>()
  const cell = (officerId: string, day: string): DayCell => {
    const key = `${officerId} ${day}`
    const found = days.get(key) ?? { officerId, day, duty: dutyOn(book, officerId, day) }
    days.set(key, found)
    return found
  }
  for (const { from, day, duty } of all) {
    const own = cell(from, day)
    if (!sameDuty(own.duty, duty)) throw new Error('invariant: a duty is handed over by who has it')
    own.duty = null
  }
  for (const { to, day, duty } of all) {
    const own = cell(to, day)
    const becomes = own.duty ? joined(own.duty, duty) : duty
    if (!becomes) return busy(book, to, day)
    own.duty = inOrder(book, becomes)
  }
  return [...days.values()]
}

/** Bands stand in the order of the duty day, as they do in every row of the roster. */
function inOrder({ built }: MovesBook, duty: Duty): Duty {
  const order = built.bandsOf.get(duty.patternId) ?? []
  return { ...duty, bands: order.filter(band => duty.bands.includes(band)) }
}

/** Every rule that the days would newly break. */
export function brokenBy(book: MovesBook, after: readonly DayCell[]): BrokenRule[] {
  const { built, cells, checker } = book
  const key = (one: { rule: string; day: number; detail: string }) => `${one.rule} ${one.day} ${one.detail}`
  const broken: BrokenRule[] = []
  for (const officerId of new Set(after.map(one => one.officerId))) {
    const officer = officerAt(book, officerId)
    const row = cells.slice(officer * built.horizon, (officer + 1) * built.horizon)
    const before = new Set(checker.row(officer, row).map(key))
    for (const one of after) {
      if (one.officerId === officerId) row[dayAt(book, one.day)] = cellFor(built, one.duty)
    }
    for (const fresh of checker.row(officer, row)) {
      if (before.has(key(fresh))) continue
      const { rule, name, day, zh, en } = inWords(built, fresh)
      broken.push({ rule, officerId, name, day, zh, en })
    }
  }
  return [...broken, ...skillsLost(book, after)]
}

/** Skills that the demand asks of a place, with how many who have them are rostered there. */
function linesAt(book: MovesBook, day: number, duty: Duty, band: string): SkillLine[] {
  const place = placeKey(day, duty, band)
  const known = book.lines.get(place)
  if (known) return known
  const { built, cells } = book
  const onDay = built.inputs.demand.filter(
    line =>
      line.skill !== null &&
      line.postId === duty.postId &&
      line.patternId === duty.patternId &&
      line.band === band &&
      daysBetween(built.inputs.fromDay, line.day) === day,
  )
  const lines = onDay.map(({ skill, heads }) => {
    let have = 0
    for (let officer = 0; officer < built.inputs.officers.length; officer += 1) {
      const own = dutyOf(built, cells[officer * built.horizon + day] ?? 0)
      if (stands(own, duty, band) && holds(built, officer, skill ?? '', day)) have += 1
    }
    return { skill: skill ?? '', heads, have }
  })
  book.lines.set(place, lines)
  return lines
}

const stands = (own: Duty | null, place: Duty, band: string) =>
  own !== null && own.postId === place.postId && own.patternId === place.patternId && own.bands.includes(band)

/** RST21: a crew that had the skill asked of it would have it no more. */
function skillsLost(book: MovesBook, after: readonly DayCell[]): BrokenRule[] {
  const lost: BrokenRule[] = []
  const looked = new Set<string>()
  for (const { officerId, day: on, duty } of after) {
    const day = dayAt(book, on)
    for (const band of duty?.bands ?? []) {
      if (!duty || looked.has(placeKey(day, duty, band))) continue
      looked.add(placeKey(day, duty, band))
      for (const { skill, heads, have } of linesAt(book, day, duty, band)) {
        let will = have
        for (const one of after) {
          if (one.day !== on || !holds(book.built, officerAt(book, one.officerId), skill, day)) continue
          if (stands(dutyOn(book, one.officerId, on), duty, band)) will -= 1
          if (stands(one.duty, duty, band)) will += 1
        }
        if (will >= heads || will >= have) continue
        const words = skillWords[skill] ?? { zh: skill, en: skill }
        const zh = `无${words.zh}资质，该班将缺${words.zh}`
        const en = `lacks the skill, and the band would have no ${words.en}`
        lost.push({ rule: 'RST21', officerId, name: nameOf(book, officerId), day: on, zh, en })
      }
    }
  }
  return lost
}

/** Judges what is handed over: the first day that is taken, or every rule that is newly broken. */
export function judgeHanded(
  book: MovesBook,
  all: readonly Handed[],
): { after: DayCell[]; broken: BrokenRule[] } {
  const after = handOver(book, all)
  if (!Array.isArray(after)) return { after: [], broken: [after] }
  return { after, broken: brokenBy(book, after) }
}

/** The refusal that names every rule broken. */
export function movesBroken(broken: readonly BrokenRule[]) {
  const say = (lang: 'zh' | 'en') =>
    broken
      .slice(0, 8)
      .map(one => `${one.name} ${one.day.slice(5)} ${one[lang]}(${one.rule})`)
      .join(lang === 'zh' ? ';' : '; ')
  return rosterProblems.rulesBroken({
    count: broken.length,
    rules: [...new Set(broken.map(one => one.rule))].join('、'),
    rulesZh: say('zh'),
    rulesEn: say('en'),
  })
}

export interface Taker {
  officerId: string
  name: string
  badge: string
  unitId: string
  sameUnit: boolean
  /** Stays on or comes early: a duty of two bands. */
  doubles: boolean
  /** Minutes of the seven duty days that end with this one, with the duty taken. */
  weekMinutes: number
  barred: BrokenRule | null
}

/**
 * Everybody but who has it, the best first: who may before who may not; who is off before who would work two bands;
 * his unit before others; then who works least that week.
 */
export function takersOf(
  book: MovesBook,
  { officerId: from, day, duty }: { officerId: string; day: string; duty: Duty },
  now: string,
): Taker[] {
  const { built } = book
  const unitId = built.inputs.posts.get(duty.postId)?.unitId
  const takers = built.inputs.officers.flatMap((person): Taker[] => {
    const to = person.officerId
    if (to === from) return []
    const own = dutyOn(book, to, day)
    return [
      {
        officerId: to,
        name: person.name,
        badge: person.badge,
        unitId: person.unitId,
        sameUnit: person.unitId === unitId,
        doubles: own !== null,
        weekMinutes: weekOf(book, to, day) + minutesOf(built, duty),
        barred:
          own && hasBegunBy(book, day, own, now)
            ? busy(book, to, day)
            : barredFrom(book, { from, to, day, duty }),
      },
    ]
  })
  return takers.sort(better)
}

/** A duty that has begun is not made longer by a new version; who stays on is sent as a stand-in. */
function hasBegunBy(book: MovesBook, day: string, own: Duty, now: string): boolean {
  const { built } = book
  const begins = built.inputs.beginsMs + periodOf(built, dayAt(book, day), own).from * 60_000
  return begins <= Date.parse(now)
}

/** What keeps him from it; whom it is taken from is judged when it is asked. */
function barredFrom(book: MovesBook, handed: Handed): BrokenRule | null {
  return judgeHanded(book, [handed]).broken.find(one => one.officerId === handed.to) ?? null
}

function better(a: Taker, b: Taker): number {
  return (
    Number(a.barred !== null) - Number(b.barred !== null) ||
    Number(a.doubles) - Number(b.doubles) ||
    Number(b.sameUnit) - Number(a.sameUnit) ||
    a.weekMinutes - b.weekMinutes ||
    (a.officerId < b.officerId ? -1 : 1)
  )
}

function weekOf({ built }: MovesBook, officerId: string, day: string): number {
  const dutyAt = publishedDays(built.inputs, officerId)
  const last = daysBetween(built.inputs.fromDay, day)
  let minutes = 0
  for (let at = last - 6; at <= last; at += 1) minutes += minutesOf(built, dutyAt(at))
  return minutes
}
