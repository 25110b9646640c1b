// Alerts 预警: what watches found, whose it is, and what was done about it.
import { z } from 'zod'
import {
  type Both,
  command,
  day,
  everyone,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  query,
  type Role,
  roles,
  staffText,
} from '../../contract.ts'

export const severities = ['red', 'amber'] as const
export type Severity = (typeof severities)[number]

/** How long an alert may be put off; a red one for less. */
export const snoozeMinutesMost: Record<Severity, number> = { red: 120, amber: 720 }
/** What its owner has at least, when it is past its time already as it comes, is handed over, or comes back. */
export const graceMinutes: Record<Severity, number> = { red: 10, amber: 30 }
/** What each further role has before it goes up again. */
export const stepMinutes: Record<Severity, number> = { red: 15, amber: 60 }
/** A condition that ends and is back within this time is the same alert. */
export const quietMinutes = 30
export const acknowledgedAtOnceMost = 200

/** Whose it is when its owner has not acknowledged it in time; the commander is the last. */
export function roleAbove(role: Role): Role | null {
  if (role === 'commander') return null
  return role === 'dutyOfficer' ? 'commander' : 'dutyOfficer'
}

/** Who can have an alert: everybody but those who only read. */
export const ownerRoles: readonly Role[] = roles.filter(role => role !== 'viewer')

export const alertStates = ['waiting', 'acknowledged', 'snoozed'] as const
export type AlertState = (typeof alertStates)[number]
export const alertStateTitles: Record<AlertState, Both> = {
  waiting: { zh: '待处置', en: 'Waiting' },
  acknowledged: { zh: '已知悉', en: 'Acknowledged' },
  snoozed: { zh: '暂缓中', en: 'Put off' },
}
export const severityTitles: Record<Severity, Both> = {
  red: { zh: '红色', en: 'Red' },
  amber: { zh: '黄色', en: 'Amber' },
}

// ------------------------------------------------------------------------------------------------------ commands

const sighting = z.strictObject({
  subject: z.string().min(1).max(200),
  titleZh: z.string().max(200),
  titleEn: z.string().max(200),
  severity: z.enum(severities),
  link: z.string().max(300),
  unitId: id().nullable(),
  dueAt: instant(),
})

export const settleAlerts = command({
  name: 'alert.settle',
  title: { zh: '更新预警', en: 'Bring alerts up to date' },
  roles: ['system'],
  input: z.strictObject({
    watch: z.string().min(1).max(100),
    ownerRole: z.enum(roles),
    raise: z.array(sighting).max(2_000),
    /** Open ones that are seen with another severity than they were raised with. */
    turn: z.array(sighting).max(2_000).default([]),
    clear: z.array(z.string().max(200)).max(5_000),
  }),
  output: z.strictObject({
    /** Subjects of `raise` that are nothing new: they were open, or go on with the alert of before. */
    continued: z.array(z.string()),
  }),
})

const words = (max: number) => staffText(max).regex(/\S/)

export const acknowledgeAlerts = command({
  name: 'alert.acknowledge',
  title: { zh: '知悉预警', en: 'Acknowledge alerts' },
  roles: everyone,
  input: z.strictObject({
    alertIds: z.array(id()).min(1).max(acknowledgedAtOnceMost),
    /** 接手: it is mine from now on, by name. */
    take: z.boolean().default(false),
  }),
  output: z.strictObject({
    acknowledged: z.int(),
    /** Acknowledged by somebody before; for `take`, mine already. */
    already: z.int(),
    /** The condition had ended. */
    ended: z.int(),
  }),
})

export const handAlert = command({
  name: 'alert.hand',
  title: { zh: '移交预警', en: 'Hand an alert over' },
  roles: everyone,
  input: z.strictObject({
    alertId: id(),
    /** One of the two. */
    toRole: z.enum(roles).nullable(),
    toAccountId: id().nullable(),
    note: words(300),
  }),
})

export const snoozeAlert = command({
  name: 'alert.snooze',
  title: { zh: '暂缓预警', en: 'Put an alert off' },
  roles: everyone,
  input: z.strictObject({ alertId: id(), until: instant(), reason: words(300) }),
})

export const wakeAlert = command({
  name: 'alert.wake',
  title: { zh: '恢复暂缓的预警', en: 'Bring an alert back' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ alertId: id() }),
})

export const escalateAlert = command({
  name: 'alert.escalate',
  title: { zh: '预警超时上提', en: 'An alert goes up at its time' },
  roles: ['system'],
  input: z.strictObject({ alertId: id(), from: z.enum(roles) }),
})

// ------------------------------------------------------------------------------------------------------- queries

export const alertRow = z.strictObject({
  alertId: z.string(),
  watch: z.string(),
  watchZh: z.string(),
  watchEn: z.string(),
  subject: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  severity: z.enum(severities),
  link: z.string(),
  ownerRole: z.string(),
  /** The person who took it or has it by name. */
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  raisedAt: instant(),
  dueAt: instant(),
  state: z.enum(alertStates),
  acknowledgedAt: instant().nullable(),
  acknowledgedBy: z.string().nullable(),
  snoozedUntil: instant().nullable(),
  clearedAt: instant().nullable(),
  /** How often it was raised. */
  times: z.int(),
  /** How many roles up it went by the clock. */
  wentUp: z.int(),
  /** How long it stood, to now or to its end. */
  stoodMinutes: z.int(),
  /** The asker's by name or by role. */
  mine: z.boolean(),
  /** Whether the asker may acknowledge it, hand it over and put it off. */
  may: z.boolean(),
})

const some = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(60)
const narrowed = {
  search: z.string().max(100).optional(),
  watches: some(z.string().max(100)).optional(),
  severities: some(z.enum(severities)).optional(),
  owners: some(z.enum(roles)).optional(),
  mine: z.boolean().optional(),
}

export const alerts = query({
  name: 'alert.open',
  title: { zh: '未解除的预警', en: 'Open alerts' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...narrowed,
    watch: z.string().max(100).optional(),
    /** Without: what stands, be it acknowledged or not, and nothing that is put off. */
    states: some(z.enum(alertStates)).optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(5_000).default(200),
  }),
  output: z.strictObject({
    total: z.int(),
    red: z.int(),
    /** Those among them that nobody has acknowledged. */
    waiting: z.int(),
    rows: z.array(alertRow),
  }),
})

export const pastOrders = ['raisedAt', 'clearedAt', 'stood'] as const
export const pastAlerts = query({
  name: 'alert.past',
  title: { zh: '已解除的预警', en: 'Alerts of the past' },
  roles: everyone,
  input: z.strictObject({
    ...listInput,
    ...orderInput(pastOrders),
    ...narrowed,
    /** Duty days on which they ended, both inclusive. */
    from: day().optional(),
    until: day().optional(),
  }),
  output: pageOf(
    z.strictObject({
      ...alertRow.shape,
      /** Who last did something about it. Null: it ended by itself. */
      handledBy: z.string().nullable(),
    }),
  ),
})

export const alertDetail = query({
  name: 'alert.detail',
  title: { zh: '预警详情', en: 'An alert' },
  roles: everyone,
  input: z.strictObject({ alertId: id() }),
  output: z.strictObject({
    ...alertRow.shape,
    /** When it goes up unless somebody acknowledges it, and to whom; null where it does not. */
    goesUpAt: instant().nullable(),
    goesUpTo: z.enum(roles).nullable(),
    /** Oldest first, from its first raising to its end. */
    steps: z.array(
      z.strictObject({
        n: z.int(),
        kind: z.enum([
          'raised',
          'acknowledged',
          'taken',
          'handed',
          'snoozed',
          'woken',
          'wentUp',
          'ended',
          'continued',
          'turned',
        ]),
        at: instant(),
        /** Null: the system. */
        by: z.string().nullable(),
        text: z.string(),
        ownerRole: z.string(),
        ownerName: z.string().nullable(),
        until: instant().nullable(),
      }),
    ),
  }),
})

export const alertTakers = query({
  name: 'alert.takers',
  title: { zh: '可接预警的人员', en: 'Who can take an alert' },
  roles: everyone,
  input: z.strictObject({ alertId: id(), search: z.string().max(100).optional() }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ accountId: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })),
  }),
})

export const watchList = query({
  name: 'alert.watches',
  title: { zh: '预警种类', en: 'Kinds of alerts' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        watch: z.string(),
        titleZh: z.string(),
        titleEn: z.string(),
        ownerRole: z.enum(roles),
      }),
    ),
  }),
})

// ------------------------------------------------------------------------------------- how an account is told of it

const minuteOfDay = () => z.int().min(0).max(1439)
export const alertSetting = z.strictObject({
  soundRed: z.boolean(),
  soundAmber: z.boolean(),
  /** Minutes after midnight by the agency's zone; `from` behind `until` passes midnight. Both null: no quiet hours. */
  quietFromMinute: minuteOfDay().nullable(),
  quietUntilMinute: minuteOfDay().nullable(),
  /** In quiet hours red ones sound all the same. */
  quietButRed: z.boolean(),
})
export type AlertSetting = z.output<typeof alertSetting>
export const usualSetting: AlertSetting = {
  soundRed: true,
  soundAmber: true,
  quietFromMinute: null,
  quietUntilMinute: null,
  quietButRed: true,
}

/** Whether an alert is kept quiet at a minute of the day: the same for the sound of a page and for a push. */
export function isQuiet(setting: AlertSetting, severity: Severity, minute: number): boolean {
  const { quietFromMinute: from, quietUntilMinute: until } = setting
  if (from === null || until === null) return false
  const within = from < until ? minute >= from && minute < until : minute >= from || minute < until
  return within && !(severity === 'red' && setting.quietButRed)
}

export const setAlertSetting = command({
  name: 'alert.setSetting',
  title: { zh: '设定预警提示方式', en: 'Set how alerts are told' },
  roles: everyone,
  input: alertSetting,
})

export const ownAlertSetting = query({
  name: 'alert.setting',
  title: { zh: '我的预警提示方式', en: 'How I am told of alerts' },
  roles: everyone,
  input: z.strictObject({}),
  output: alertSetting,
})
