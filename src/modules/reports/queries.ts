import type { Kysely } from 'kysely'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { booksAsOf } from '../../kernel/past.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { log as logContract } from '../commandpost/contracts.ts'
import { changesEntered, logLines } from '../commandpost/index.ts'
import { type UnitName, unitNames, unitSubtree } from '../people/index.ts'
import { alertsAt, alertsRaised } from './alert-reads.ts'
import {
  type FigureKey,
  figureKeys,
  moments,
  reportsProblems,
  situation,
  trend,
  trendEvery,
} from './contracts.ts'
import { type Figures, figuresDayBefore, figuresOfThen } from './day-before.ts'
import { figuresOf, staffingOf, unstaffed } from './figures.ts'
import { peopleAt } from './on-now.ts'
import { type Filter, narrowed, type Picture, pictureAt } from './picture.ts'
import { calendarAt } from './who-leads.ts'

const on = queriesOn<AnyTables>()
type Asked = InputOf<typeof situation>
type Answer = OutputOf<typeof situation>
type Db = Kysely<AnyTables>
const logMost = 30
const momentsMost = 500
const hourMs = 3_600_000

/** The moment that is shown. A past one is judged by this clock, not by that of a browser. */
function momentOf(input: { at?: string | undefined }, now: string): { at: string; past: boolean } {
  if (input.at === undefined) return { at: now, past: false }
  const at = new Date(input.at).toISOString()
  if (at > now) throw reportsProblems.notYet({ at })
  return { at, past: true }
}

async function filterOf(
  db: Db,
  agencyId: string,
  input: Pick<Asked, 'unitId' | 'zoneId'>,
  units: ReadonlyMap<string, UnitName>,
) {
  const { unitId, zoneId = null } = input
  if (unitId === undefined) return { unitIds: null, zoneId }
  if (!units.has(unitId)) throw reportsProblems.unknownUnit()
  return { unitIds: new Set(await unitSubtree(db, agencyId, unitId)), zoneId }
}

function unitTree(units: ReadonlyMap<string, UnitName>): Answer['units'] {
  const below = new Map<string | null, string[]>()
  for (const [unitId, { parentId, active }] of units) {
    if (active) below.set(parentId, [...(below.get(parentId) ?? []), unitId])
  }
  const from = (parent: string | null, depth: number): Answer['units'] =>
    (below.get(parent) ?? []).flatMap(unitId => [
      { unitId, name: units.get(unitId)?.shortName ?? '', depth },
      ...from(unitId, depth + 1),
    ])
  return from(null, 0)
}

const mayReadLog = ({ actor }: QueryMeta) => logContract.roles.some(role => actor.roles.includes(role))

interface Moment {
  now: string
  at: string
  past: boolean
}

function nothing(moment: Moment, dutyDay: string, units: Answer['units']): Answer {
  return {
    ...moment,
    dutyDay,
    operation: null,
    level: null,
    figures: [],
    zones: [],
    posts: [],
    cameras: [],
    onNow: { total: 0, rows: [] },
    alerts: { total: 0, red: 0, rows: [] },
    calendar: [],
    leaders: [],
    log: null,
    units,
    zoneNames: [],
  }
}

/** What is on the map, and the figures of the first row. */
function shownOf(chosen: Picture, whole: Picture, before: Figures | null) {
  const staffing = staffingOf(chosen)
  const { operation, level } = whole
  return {
    operation: {
      operationId: operation.operationId,
      name: operation.name,
      beginsOn: operation.beginsOn,
      endsOn: operation.endsOn,
      days: operation.days,
    },
    level: level && {
      level: level.levelNow,
      orderNumber: level.orderNumber,
      fallsBackAt: level.fallsBackAt,
    },
    figures: figuresOf(chosen, before),
    zones: chosen.zones.map(({ unitId: _unitId, ...zone }) => zone),
    posts: chosen.posts.map(post => ({
      postId: post.postId,
      code: post.code,
      name: post.name,
      kind: post.kind,
      zoneId: post.zoneId,
      sampling: post.sampling,
      lng: post.lng,
      lat: post.lat,
      ...(staffing.get(post.postId) ?? unstaffed(0)),
    })),
    cameras: chosen.cameras.map(({ zoneId: _zoneId, ...camera }) => camera),
    zoneNames: whole.zones.map(({ zoneId, name }) => ({ zoneId, name })),
  }
}

/** Everything of one moment, with the books as they are on this connection. */
async function momentIn(
  db: Db,
  input: Asked,
  meta: QueryMeta,
  moment: Moment,
  more: { units: ReadonlyMap<string, UnitName>; filter: Filter },
  before: Figures | null,
): Promise<Answer> {
  const { agencyId } = meta.agency
  const whole = await pictureAt(db, meta.agency, moment.at, input.operationId, moment.past)
  if (!whole) return nothing(moment, '', unitTree(more.units))
  const { filter } = more
  if (filter.zoneId !== null && !whole.zones.some(zone => zone.zoneId === filter.zoneId))
    throw reportsProblems.unknownZone()
  const chosen = narrowed(whole, filter)
  const calendar = await calendarAt(db, meta, whole, input.wall)
  const [people, alerts, log] = await Promise.all([
    peopleAt(db, agencyId, chosen, whole, more.units, input.wall),
    alertsAt(db, agencyId, whole.posts, more.units, input.wall),
    input.wall || !mayReadLog(meta) ? null : logLines(db, agencyId, whole.operation.operationId, logMost),
  ])
  return {
    ...moment,
    dutyDay: whole.dutyDay,
    ...shownOf(chosen, whole, before),
    calendar,
    ...people,
    alerts,
    log,
    units: unitTree(more.units),
  }
}

export const queries = [
  on(situation, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const moment = { now: meta.now, ...momentOf(input, meta.now) }
      const units = await unitNames(db, agencyId)
      const filter = await filterOf(db, agencyId, input, units)
      const before = await figuresDayBefore(db, meta.agency, meta.actor, {
        at: moment.at,
        operationId: input.operationId,
        filter,
      })
      const read = (of: Db) => momentIn(of, input, meta, moment, { units, filter }, before)
      return moment.past ? booksAsOf(db, moment.at, read) : read(db)
    },
  }),

  on(trend, {
    async run(db, input, meta) {
      const { at } = momentOf(input, meta.now)
      const units = await unitNames(db, meta.agency.agencyId)
      const filter = await filterOf(db, meta.agency.agencyId, input, units)
      const hour = Math.floor(Date.parse(at) / hourMs) * hourMs
      const back = (many: number, step: number) =>
        Array.from({ length: many + 1 }, (_, n) => new Date(hour - (many - n) * step).toISOString())
      const points = { hour: back(24, hourMs), day: back(7, 24 * hourMs) }
      const all = [...new Set([...points.hour, ...points.day])].sort()
      const { operationId } = input
      const found = await figuresOfThen(db, meta.agency, meta.actor, all, { operationId, filter })
      const valueAt = (moment: string, key: FigureKey) => found[all.indexOf(moment)]?.[key].value ?? null
      return {
        rows: figureKeys.map(key => {
          const every = trendEvery[key]
          return { key, every, points: points[every].map(one => ({ at: one, value: valueAt(one, key) })) }
        }),
      }
    },
  }),

  on(moments, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const span = {
        from: new Date(input.from).toISOString(),
        until: new Date(input.until).toISOString(),
      }
      const [raised, changed] = await Promise.all([
        alertsRaised(db, agencyId, span, momentsMost),
        changesEntered(db, agencyId, input.operationId, span, momentsMost),
      ])
      const rows = [...raised, ...changed.map(at => ({ at, kind: 'change' as const }))]
      rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.kind < b.kind ? -1 : 1))
      return { rows: rows.slice(-momentsMost) }
    },
  }),
]
