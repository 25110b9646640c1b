// The situation: everything the page shows of one operation at one moment, in one answer. Browser-safe.
import { z } from 'zod'
import { everyone, id, instant, problems, query } from '../../kernel/contract.ts'

const count = () => z.int().min(0)
const place = { lng: z.number().nullable(), lat: z.number().nullable() }

/** The figures of the first row, in their order. */
export const figureKeys = [
  'onDuty',
  'present',
  'empty',
  'short',
  'sealed',
  'control',
  'sites',
  'difficulties',
] as const
export type FigureKey = (typeof figureKeys)[number]

const figure = z.strictObject({
  key: z.enum(figureKeys),
  value: count(),
  /** The same figure 24 hours before, as it stood in the books then; null where the operation had not begun. */
  before: count().nullable(),
  /** What it is measured against: needed, rostered or due posts; 0 where there is nothing. */
  of: count(),
  /** People missing, or how many of them are past their time. */
  amiss: count(),
})

export const filterInput = {
  /** With every unit below it. */
  unitId: id().optional(),
  zoneId: id().optional(),
}

/** Who is there or may still come, and of those rostered, how many are not and why. */
const reallyThere = {
  there: z.int(),
  away: z.strictObject({ absent: count(), left: count(), notCome: count() }),
}

const onNowPost = z.strictObject({
  postId: z.string(),
  code: z.string(),
  name: z.string(),
  ends: instant(),
  need: count(),
  have: count(),
  /** How many of them have come. */
  present: count(),
  ...reallyThere,
  /** Empty for a wall. */
  names: z.array(z.string()),
})

const alertLine = z.strictObject({
  alertId: z.string(),
  watch: z.string(),
  /** For a wall, what is watched instead of what it says: a title may name somebody. */
  titleZh: z.string(),
  titleEn: z.string(),
  /** How many equal ones it stands for: on a wall those of one watch and unit, else one. */
  many: z.int().min(1),
  /** Of how many units: on a wall equal ones of more than three units are one line, else one. */
  units: z.int().min(1),
  /** Whose it is, where it is of one unit. */
  unit: z.string().nullable(),
  /** The post it is about, where its subject is one. */
  post: z.string().nullable(),
  severity: z.enum(['red', 'amber']),
  link: z.string(),
  ownerRole: z.string(),
  raisedAt: instant(),
  dueAt: instant(),
  /** Somebody knows of it. */
  acknowledged: z.boolean(),
})

const leader = z.strictObject({
  post: z.string(),
  unit: z.string(),
  /** 职务; empty where none is in the books. */
  office: z.string(),
  leads: z.boolean(),
  until: instant(),
  /** Null for a wall. */
  name: z.string().nullable(),
})

/** An office of the calendar of leaders, with who holds it on the duty day of the moment. */
const calendarLine = z.strictObject({
  /** As the calendar has them: 带班局领导, 指挥长. */
  office: z.enum(['bureau', 'commandPost']),
  /** Somebody is set. */
  set: z.boolean(),
  /** 职务, and the unit; empty where none is in the books or nobody is set. */
  title: z.string(),
  unit: z.string(),
  until: instant(),
  /** Null for a wall, and where nobody is set. */
  name: z.string().nullable(),
})

const logLine = z.strictObject({
  entryId: z.string(),
  kind: z.string(),
  happenedAt: instant(),
  text: z.string(),
  textEn: z.string().nullable(),
  pinned: z.boolean(),
  struck: z.boolean(),
})

export const situation = query({
  name: 'reports.situation',
  title: { zh: '态势', en: 'The situation' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    /** The newest that runs, where left out. */
    operationId: id().optional(),
    /** A past moment; now, where left out. */
    at: instant().optional(),
    ...filterInput,
    /** For a screen that everybody in the hall sees: without a name or a number of anybody. */
    wall: z.boolean().default(false),
  }),
  output: z.strictObject({
    now: instant(),
    at: instant(),
    past: z.boolean(),
    dutyDay: z.string(),
    /** Null while none ran at the moment; everything else is empty then. */
    operation: z
      .strictObject({
        operationId: z.string(),
        name: z.string(),
        beginsOn: z.string(),
        endsOn: z.string().nullable(),
        /** Duty days begun, counting the first. */
        days: z.int(),
      })
      .nullable(),
    /** The level that holds for the whole bureau, and the order it stands on. */
    level: z.strictObject({ level: z.int(), orderNumber: z.string(), fallsBackAt: instant() }).nullable(),
    figures: z.array(figure),
    zones: z.array(
      z.strictObject({
        zoneId: z.string(),
        name: z.string(),
        kind: z.enum(['sealed', 'control', 'precaution', 'lifted']),
        plannedEndAt: instant(),
        overdue: z.boolean(),
        polygon: z.array(z.array(z.number())).nullable(),
      }),
    ),
    posts: z.array(
      z.strictObject({
        postId: z.string(),
        code: z.string(),
        name: z.string(),
        kind: z.string(),
        zoneId: z.string().nullable(),
        sampling: z.boolean(),
        need: count(),
        have: count(),
        present: count(),
        ...reallyThere,
        ...place,
      }),
    ),
    cameras: z.array(z.strictObject({ cameraId: z.string(), name: z.string(), ...place })),
    /** Short posts first; at most 60, and how many there are. */
    onNow: z.strictObject({ total: count(), rows: z.array(onNowPost) }),
    alerts: z.strictObject({ total: count(), red: count(), rows: z.array(alertLine) }),
    /** Who leads by the calendar, one line an office. */
    calendar: z.array(calendarLine),
    /** Who stands at the command post by the roster. */
    leaders: z.array(leader),
    /** Null for who may not read the log, and for a wall. */
    log: z.strictObject({ total: count(), rows: z.array(logLine) }).nullable(),
    /** What can be filtered by: units in the order of protocol, zones by name. */
    units: z.array(z.strictObject({ unitId: z.string(), name: z.string(), depth: count() })),
    zoneNames: z.array(z.strictObject({ zoneId: z.string(), name: z.string() })),
  }),
})

/** What changes with the bands is told by the hour, what changes by order by the day. */
export const trendEvery: Record<FigureKey, 'hour' | 'day'> = {
  ...{ onDuty: 'hour', present: 'hour', empty: 'hour', short: 'hour', difficulties: 'hour' },
  ...{ sealed: 'day', control: 'day', sites: 'day' },
}

/** How the figures came to be what they are: 24 hours by the hour, or seven days by the day, each as it was known then. */
export const trend = query({
  name: 'reports.trend',
  title: { zh: '主要数字走势', en: 'The trend of the figures' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    operationId: id().optional(),
    /** The last point is the full hour at or before it. */
    at: instant().optional(),
    ...filterInput,
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        key: z.enum(figureKeys),
        every: z.enum(['hour', 'day']),
        /** Oldest first; null while no such operation ran. */
        points: z.array(z.strictObject({ at: instant(), value: count().nullable() })),
      }),
    ),
  }),
})

/** Moments that one may want to go back to: alerts raised, and changes that the books entered in the log. */
export const moments = query({
  name: 'reports.moments',
  title: { zh: '态势变化时刻', en: 'Moments of change' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ operationId: id(), from: instant(), until: instant() }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ at: instant(), kind: z.enum(['red', 'amber', 'change']) })),
  }),
})

export const reportsProblems = problems('reports', {
  notYet: {
    status: 422,
    zh: '{at} 还没有到，不能回看。',
    en: '{at} has not come yet and cannot be looked back at.',
    doZh: '请选择现在以前的时刻，或回到现在。',
    doEn: 'Choose a moment before now, or go back to now.',
  },
  unknownUnit: {
    status: 404,
    zh: '找不到筛选的单位。',
    en: 'The unit to filter by is not there.',
    doZh: '请清除筛选后重新选择。',
    doEn: 'Clear the filter and choose again.',
  },
  unknownZone: {
    status: 404,
    zh: '这一时刻没有筛选的区域。',
    en: 'The zone to filter by is not there at this moment.',
    doZh: '请清除筛选，或选择别的时刻。',
    doEn: 'Clear the filter, or choose another moment.',
  },
})
