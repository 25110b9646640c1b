// Two rosters side by side, asked by page and file.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { keeper } from './cache.ts'
import { compared, type Compared, type ComparedOfficer, type Pair } from './comparison.ts'
import { comparison, type Preference, type RosterSide, spanMost } from './contracts.ts'
import { keptInputs } from './inputs.ts'
import { keptPlan, planTables, stageWord } from './judged.ts'
import { type Duty, PlanCells } from './matrix.ts'
import { type BuiltProblem, buildProblem } from './problem.ts'
import { publishedCells, type RosterDb } from './published.ts'
import type { RosterTables } from './tables.ts'
import { needVersion, versionCells } from './version-cells.ts'
import { whatIfProblems } from './what-if-problems.ts'

const on = queriesOn<RosterTables>()
type Answer = OutputOf<typeof comparison>
type Whole = Omit<Answer, 'rows' | 'total'> & { rows: Answer['rows'] }

interface Side {
  name: string
  version: number | null
  fromDay: string | null
  untilDay: string | null
  preference: Preference | null
  /** A draft says nothing of other days; a publication leaves the others as they were. */
  bound: boolean
  read: (fromDay: string, untilDay: string) => Promise<PlanCells>
}

const noPlan = { preference: null, bound: false }

async function sideOf(db: RosterDb, agencyId: string, operationId: string, side: RosterSide): Promise<Side> {
  if (side.kind === 'live') {
    const read = (from: string, until: string) => publishedCells(db, agencyId, operationId, from, until)
    return { name: '', version: null, ...noPlan, fromDay: null, untilDay: null, read }
  }
  if (side.kind === 'version') {
    const { version, fromDay, untilDay } = await needVersion(db, agencyId, operationId, side.version)
    const read = (from: string, until: string) =>
      versionCells(db, agencyId, operationId, version, from, until)
    return { name: '', version, ...noPlan, fromDay, untilDay, read }
  }
  const plan = await keptPlan(db, agencyId, side.planId)
  if (plan.operationId !== operationId) throw kernelProblems.missing({ what: '排班方案' })
  const { name, fromDay, untilDay, cells, making } = plan
  const preference = making.note?.preference ?? null
  const read = (from: string, until: string) => Promise.resolve(part(cells, fromDay, from, until))
  return { name, version: null, preference, fromDay, untilDay, bound: true, read }
}

function part(cells: PlanCells, begins: string, from: string, until: string): PlanCells {
  const shift = daysBetween(begins, from)
  const found = new PlanCells(daysBetween(from, until) + 1)
  for (const [officerId, row] of cells.rowsByOfficer()) {
    const into = found.addOfficer(officerId)
    for (let day = 0; day < found.days; day += 1) {
      const duty = row[day + shift]
      into[day] = duty ? found.same(duty) : null
    }
  }
  return found
}

/** Days of both drafts, or of the one; of publications all that they were about, the last two months of it at most. */
function daysOfBoth(a: Side, b: Side): { fromDay: string; untilDay: string } {
  const spans = [a, b].flatMap(({ fromDay, untilDay, bound }) =>
    fromDay !== null && untilDay !== null ? [{ fromDay, untilDay, bound }] : [],
  )
  const bound = spans.filter(one => one.bound)
  const froms = (bound.length > 0 ? bound : spans).map(one => one.fromDay).sort()
  const untils = (bound.length > 0 ? bound : spans).map(one => one.untilDay).sort()
  const fromDay = (bound.length > 0 ? froms.at(-1) : froms[0]) ?? ''
  const untilDay = (bound.length > 0 ? untils[0] : untils.at(-1)) ?? ''
  if (fromDay === '' || fromDay > untilDay) throw whatIfProblems.noCommonDays()
  const first = addDays(untilDay, 1 - spanMost)
  return { fromDay: fromDay < first ? first : fromDay, untilDay }
}

async function wholeComparison(
  db: RosterDb,
  agency: AgencySettings,
  input: InputOf<typeof comparison>,
  now: string,
): Promise<Whole> {
  const { operationId } = input
  const { agencyId } = agency
  const any = db as unknown as Kysely<AnyTables>
  const a = await sideOf(db, agencyId, operationId, input.a)
  const b = await sideOf(db, agencyId, operationId, input.b)
  const span = daysOfBoth(a, b)
  const inputs = await keptInputs(any, agency, { operationId, ...span }, now)
  // One after the other: a publication is read with a setting of the transaction.
  const first = await a.read(span.fromDay, span.untilDay)
  const second = await b.read(span.fromDay, span.untilDay)
  const built = buildProblem(inputs, { cells: together(first, second) })
  const found = compared(built, first, second)
  return {
    a: sideView(a, found.duties[0]),
    b: sideView(b, found.duties[1]),
    ...span,
    days: found.days.map((one, at) => ({ day: addDays(span.fromDay, at), ...one })),
    totals: totalsOf(found),
    shifts: shiftsOf(found),
    rows: await rowsOf(any, agencyId, built, found.officers),
  }
}

const sideView = ({ name, version, preference, fromDay, untilDay }: Side, duties: number) => ({
  name,
  version,
  preference,
  fromDay,
  untilDay,
  duties,
})

/** Posts of both are part of one problem, so that either can be judged in it. */
function together(a: PlanCells, b: PlanCells): PlanCells {
  const found = new PlanCells(a.days)
  const sides = { a, b }
  for (const [mark, cells] of Object.entries(sides)) {
    for (const { officerId, day, duty } of cells.each()) found.set(`${mark} ${officerId}`, day, duty)
  }
  return found
}

function totalsOf({ days, same, officers }: Compared): Answer['totals'] {
  const sum = (key: 'gained' | 'lost' | 'moved' | 'retimed') => days.reduce((all, one) => all + one[key], 0)
  return {
    gained: sum('gained'),
    lost: sum('lost'),
    moved: sum('moved'),
    retimed: sum('retimed'),
    same,
    officers: officers.length,
  }
}

function shiftsOf({ officers }: Compared): Answer['shifts'] {
  const count = (key: 'nights' | 'weekends' | 'minutes'): Pair => [
    officers.filter(one => one[key][1] > one[key][0]).length,
    officers.filter(one => one[key][1] < one[key][0]).length,
  ]
  return { nights: count('nights'), weekends: count('weekends'), minutes: count('minutes') }
}

/** By unit and name, never by what they gain: nobody is ranked. */
async function rowsOf(
  any: Kysely<AnyTables>,
  agencyId: string,
  { inputs }: BuiltProblem,
  officers: readonly ComparedOfficer[],
): Promise<Answer['rows']> {
  const names = await officerNames(
    any,
    agencyId,
    officers.map(one => one.officerId),
  )
  const units = await unitNames(any, agencyId)
  const order = new Map([...units.keys()].map((unitId, at) => [unitId, at]))
  const words = (duty: Duty | null) =>
    duty && {
      postName: inputs.posts.get(duty.postId)?.name ?? '',
      bands: (inputs.patterns.get(duty.patternId)?.bands ?? [])
        .filter(band => duty.bands.includes(band.key))
        .map(({ zh, en }) => ({ zh, en })),
    }
  return officers
    .map(({ changes, ...officer }) => {
      const person = names.get(officer.officerId)
      const unitId = person?.unitId ?? ''
      const row = {
        ...officer,
        name: person?.name ?? '',
        badge: person?.badge ?? '',
        unitName: units.get(unitId)?.shortName ?? '',
        changes: changes.map(({ day, before, after, ...one }) => ({
          ...one,
          day: addDays(inputs.fromDay, day),
          before: words(before),
          after: words(after),
        })),
      }
      return { row, at: order.get(unitId) ?? order.size }
    })
    .sort((x, y) => x.at - y.at || (x.row.name < y.row.name ? -1 : x.row.name > y.row.name ? 1 : 0))
    .map(one => one.row)
}

/** From which stages are counted; any will do. */
const anyDay = '2020-01-01'
const comparisonsKept = keeper(6)
const comparisonTables = [...new Set([...planTables, 'roster_version', 'officer', 'unit'])]

export const comparisonQueries = [
  on(comparison, {
    sees: 'agency',
    async run(db, input, meta) {
      const { operationId, a, b, offset, limit } = input
      const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
      if (one === other) throw whatIfProblems.samePlan()
      // What has begun is told without a reason, so an answer is good until the next band begins, of whatever days.
      const today = await stageWord(db, meta.agency, anyDay, meta.now)
      const about = `comparison ${operationId} ${one} ${other} ${today}`
      const kept = { agencyId: meta.agency.agencyId, about, tables: comparisonTables }
      const whole = await comparisonsKept(db as unknown as Kysely<AnyTables>, kept, () =>
        wholeComparison(db, meta.agency, input, meta.now),
      )
      return { ...whole, rows: whole.rows.slice(offset, offset + limit), total: whole.rows.length }
    },
  }),
]
