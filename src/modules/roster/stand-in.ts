// Who could take a band that has begun, on the spot: judged by the same rules as every roster, against the published
// one and the hours that it does not know of. The engine's own look at a place prices a whole plan; here nothing but
// the rules counts, because somebody is missing now.
import type { Kysely } from 'kysely'
import { Checker } from '../../cores/roster/index.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { instantAt } from '../../kernel/time.ts'
import { keeper } from './cache.ts'
import { inWords, skillWords } from './check.ts'
import { rosterProblems } from './contracts.ts'
import { keptInputs, problemTables, publishedDays, readInputs } from './inputs.ts'
import type { Duty } from './matrix.ts'
import { type BuiltProblem, buildProblem, cellFor, dutyOf, toRoster } from './problem.ts'

export interface StandInPlace {
  operationId: string
  postId: string
  patternId: string
  band: string
  day: string
}

export interface StandInAsk extends StandInPlace {
  /** Rostered there and not coming: their skills are not counted. */
  without: readonly string[]
  /** Hours on duty that the published roster does not know: orders on the spot, bands that ran over. */
  worked: readonly { officerId: string; begins: string; ends: string }[]
}

export interface StandInCandidate {
  officerId: string
  name: string
  badge: string
  kind: string
  unitId: string
  /** `stays` from the band before of the same post, `early` for the band behind it: a duty of two bands. */
  from: 'standby' | 'off' | 'stays' | 'early'
  /** The post of his standby. */
  standbyPostId: string | null
  restMinutes: number | null
  weekMinutes: number
  skills: readonly string[]
}

export interface StandInBarred {
  officerId: string
  name: string
  rule: string
  zh: string
  en: string
}

export interface StandInLook {
  /** A skill that the crew lacks without those who are missing. */
  skill: string | null
  /** In the order of unit and name. */
  candidates: StandInCandidate[]
  barred: StandInBarred[]
}

/** The problem of one day with its published roster, and who judges its rows. */
interface Book {
  built: BuiltProblem
  cells: Int32Array
  checker: Checker
}

const booksKept = keeper(6)

async function openBook(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  { operationId, day }: StandInPlace,
  kept: boolean,
): Promise<Book> {
  // At the first instant of the day nothing of it has begun, so nothing is forbidden for having begun.
  const begins = instantAt(agency.timeZone, day, agency.handOverMinute)
  const inputs = kept
    ? await keptInputs(db, agency, { operationId, fromDay: day, untilDay: day }, begins)
    : await readInputs(db, agency, operationId, day, day, begins)
  const built = buildProblem(inputs)
  const cells = toRoster(built, officerId => publishedDays(inputs, officerId))
  return { built, cells, checker: new Checker(built.problem) }
}

/** For queries that see the whole agency: the book of a day is kept until a row that it rests on has changed. */
export async function whoCanStandIn(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  ask: StandInAsk,
): Promise<StandInLook> {
  const kept = {
    agencyId: agency.agencyId,
    about: `stand-in ${ask.operationId} ${ask.day}`,
    tables: problemTables,
  }
  const book = await booksKept(db, kept, () => openBook(db, agency, ask, true))
  const look = lookAt(book, ask)
  const result: StandInLook = { skill: look.skill, candidates: [], barred: [] }
  for (let officer = 0; officer < book.built.inputs.officers.length; officer += 1) {
    const found = look.judge(officer)
    if (found === null) continue
    if ('rule' in found) result.barred.push(found)
    else result.candidates.push(found)
  }
  return result
}

/** For commands: what keeps this officer from the place, or null. He must be within the actor's scope. */
export async function standInBarred(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  ask: StandInAsk,
  officerId: string,
): Promise<StandInBarred | null> {
  const book = await openBook(db, agency, ask, false)
  const officer = book.built.officerAt.get(officerId)
  if (officer === undefined) throw rosterProblems.unknownOfficer({ count: 1 })
  const found = lookAt(book, ask).judge(officer)
  if (found !== null && 'rule' in found) return found
  return found === null ? isThere(book, officer) : null
}

const isThere = (book: Book, officer: number): StandInBarred => ({
  ...named(book, officer),
  rule: 'RST1',
  zh: '已排在该班',
  en: 'is rostered there already',
})

const named = ({ built }: Book, officer: number) => {
  const person = built.inputs.officers[officer]
  return { officerId: person?.officerId ?? '', name: person?.name ?? '' }
}

interface Look {
  skill: string | null
  /** Null: he stands there already. */
  judge(officer: number): StandInCandidate | StandInBarred | null
}

function lookAt(book: Book, ask: StandInAsk): Look {
  const { built } = book
  const seat: Duty = { postId: ask.postId, patternId: ask.patternId, bands: [ask.band] }
  if (cellFor(built, seat) === 0) throw rosterProblems.unknownPost({ count: 1 })
  const skill = lackedSkill(book, ask)
  const period = periodOf(built, 0, seat)
  const worked = new Map<string, { from: number; until: number }[]>()
  for (const one of ask.worked) {
    const span = { from: minuteOf(built, one.begins), until: minuteOf(built, one.ends) }
    worked.set(one.officerId, [...(worked.get(one.officerId) ?? []), span])
  }
  return {
    skill,
    judge(officer) {
      const person = built.inputs.officers[officer]
      if (!person) return null
      const meant = meantFor(book, officer, seat, period)
      if (meant === null) return null
      const barred = (rule: string, zh: string, en: string): StandInBarred => ({
        ...named(book, officer),
        rule,
        zh,
        en,
      })
      if (meant === 'busy') return barred('RST1', '当日在其他点位有班次', 'has duty elsewhere that day')
      const rest = built.inputs.rules.minRestMinutes
      for (const span of worked.get(person.officerId) ?? []) {
        if (span.from < period.until && period.from < span.until)
          return barred('RST1', '该时段在其他点位', 'is at another post then')
        const gap = Math.max(span.from - period.until, period.from - span.until)
        if (gap < rest) return barred('RST3', '两次勤务之间休息不足', 'has not rested long enough')
      }
      const broken = breachOf(book, officer, meant.cell)
      if (broken) return barred(broken.rule, broken.zh, broken.en)
      if (skill !== null && !holds(built, officer, skill)) {
        const words = skillWords[skill] ?? { zh: skill, en: skill }
        return barred('RST21', `无${words.zh}资质`, `lacks the skill: ${words.en}`)
      }
      return candidateOf(book, officer, meant, period)
    },
  }
}

interface Meant {
  cell: number
  from: StandInCandidate['from']
  standbyPostId: string | null
}

/** What the officer's day would become; null where he is in the seat, `busy` where his own duty stands against it. */
function meantFor(
  { built, cells }: Book,
  officer: number,
  seat: Duty,
  period: { from: number; until: number },
): Meant | 'busy' | null {
  const duty = dutyOf(built, cells[officer * built.horizon] ?? 0)
  if (!duty) return { cell: cellFor(built, seat), from: 'off', standbyPostId: null }
  if (duty.postId === seat.postId && duty.patternId === seat.patternId) {
    if (duty.bands.some(band => seat.bands.includes(band))) return null
    const both = { ...seat, bands: [...duty.bands, ...seat.bands] }
    const from = periodOf(built, 0, duty).from < period.from ? 'stays' : 'early'
    return { cell: cellFor(built, both), from, standbyPostId: null }
  }
  const standby = built.inputs.posts.get(duty.postId)?.kind === 'reserve'
  const own = periodOf(built, 0, duty)
  if (!standby || own.from > period.from || own.until <= period.from) return 'busy'
  return { cell: cellFor(built, seat), from: 'standby', standbyPostId: duty.postId }
}

/** The first rule that the day would newly break, in words. */
function breachOf(book: Book, officer: number, cell: number) {
  const { built, cells, checker } = book
  const row = cells.slice(officer * built.horizon, (officer + 1) * built.horizon)
  const key = (one: { rule: string; day: number; detail: string }) => `${one.rule} ${one.day} ${one.detail}`
  const now = row[0] ?? 0
  row[0] = cell
  const broken = checker.row(officer, row)
  if (broken.length === 0) return null
  row[0] = now
  const before = new Set(checker.row(officer, row).map(key))
  const fresh = broken.find(one => !before.has(key(one)))
  return fresh ? inWords(built, fresh) : null
}

/** Whether the officer has the skill, and has it still on the day of the span. */
export function holds({ problem }: BuiltProblem, officer: number, skill: string, day = 0): boolean {
  const person = problem.officers[officer]
  return (person?.skills.includes(skill) ?? false) && (person?.skillEnds?.[skill] ?? day) >= day
}

/** A minimum of the band that is not met by those who are rostered there and come. */
function lackedSkill({ built, cells }: Book, ask: StandInAsk): string | null {
  const { inputs } = built
  const crew = inputs.officers.flatMap(({ officerId }, officer) => {
    if (ask.without.includes(officerId)) return []
    const duty = dutyOf(built, cells[officer * built.horizon] ?? 0)
    const here = duty?.postId === ask.postId && duty.patternId === ask.patternId
    return here && duty.bands.includes(ask.band) ? [officer] : []
  })
  const lines = inputs.demand.filter(
    one =>
      one.postId === ask.postId &&
      one.patternId === ask.patternId &&
      one.band === ask.band &&
      one.day === ask.day,
  )
  for (const { skill, heads } of lines) {
    if (skill !== null && crew.filter(officer => holds(built, officer, skill)).length < heads) return skill
  }
  return null
}

const minuteOf = (built: BuiltProblem, at: string) =>
  Math.round((Date.parse(at) - built.inputs.beginsMs) / 60_000)

/** Minutes from the first instant of the day looked at. */
export function periodOf(built: BuiltProblem, day: number, duty: Duty): { from: number; until: number } {
  const all = built.inputs.patterns.get(duty.patternId)?.bands ?? []
  const bands = all.filter(band => duty.bands.includes(band.key))
  return {
    from: day * 1440 + Math.min(...bands.map(band => band.from)),
    until: day * 1440 + Math.max(...bands.map(band => band.from + band.minutes)),
  }
}

export const minutesOf = (built: BuiltProblem, duty: Duty | null): number => {
  const all = duty ? (built.inputs.patterns.get(duty.patternId)?.bands ?? []) : []
  return all.filter(band => duty?.bands.includes(band.key)).reduce((sum, band) => sum + band.minutes, 0)
}

function candidateOf(
  { built }: Book,
  officer: number,
  meant: Meant,
  period: { from: number; until: number },
): StandInCandidate | null {
  const person = built.inputs.officers[officer]
  if (!person) return null
  const dutyAt = publishedDays(built.inputs, person.officerId)
  let restMinutes: number | null = null
  let weekMinutes = minutesOf(built, dutyOf(built, meant.cell))
  for (let day = -1; day > -7; day -= 1) {
    const duty = dutyAt(day)
    if (!duty) continue
    restMinutes ??= period.from - periodOf(built, day, duty).until
    weekMinutes += minutesOf(built, duty)
  }
  if (meant.from === 'stays') restMinutes = 0
  return {
    officerId: person.officerId,
    name: person.name,
    badge: person.badge,
    kind: person.kind,
    unitId: person.unitId,
    from: meant.from,
    standbyPostId: meant.standbyPostId,
    restMinutes,
    weekMinutes,
    skills: built.problem.officers[officer]?.skills ?? [],
  }
}
