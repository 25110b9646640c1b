// Closed loops: the order that one rests on, how long each member has been in, and a way to object.
import { z } from 'zod'
import {
  type Both,
  command,
  day,
  everyone,
  health,
  id,
  instant,
  query,
  staffName,
  staffText,
} from '../../kernel/contract.ts'
import { orderNumber } from './contracts-teams.ts'
import { count, deskReaders } from './contracts-words.ts'

const keepers = ['administrator', 'commander', 'dutyOfficer', 'system'] as const

/** Hours within which an objection is decided. */
export const objectionHours = 24

export const orderLoop = command({
  name: 'attendance.orderLoop',
  title: { zh: '下达闭环命令', en: 'Order a closed loop' },
  roles: keepers,
  input: z.strictObject({
    orderId: id(),
    teamId: id(),
    orderNumber: orderNumber(),
    approver: staffName(60).min(1).regex(/\S/),
    /** Where the approver is an officer of this bureau: he decides no objection to it. */
    approverId: id().nullable().default(null),
    /** The law or rule that it rests on. */
    basis: staffText(200).min(2),
    reason: staffText(500).min(2),
    beginsOn: day(),
    /** The last duty day; the loop ends with it by itself. */
    endsOn: day(),
  }),
})

/** A member objects to being kept in his loop. */
export const objectToLoop = command({
  name: 'attendance.objectToLoop',
  title: { zh: '对闭环提出异议', en: 'Object to a closed loop' },
  roles: everyone,
  input: z.strictObject({
    objectionId: id(),
    /** Himself. */
    officerId: id(),
    text: staffText(500).default(''),
    healthReason: health('officerId', 500).nullable().default(null),
  }),
  output: z.strictObject({ dueAt: instant() }),
})

export const withdrawObjection = command({
  name: 'attendance.withdrawObjection',
  title: { zh: '撤回异议', en: 'Withdraw an objection' },
  roles: everyone,
  input: z.strictObject({ objectionId: id() }),
})

export const objectionOutcomes = ['upheld', 'declined'] as const
export const objectionOutcomeTitles: Record<(typeof objectionOutcomes)[number], Both> = {
  upheld: { zh: '同意退出', en: 'Upheld' },
  declined: { zh: '不同意', en: 'Declined' },
}

export const decideObjection = command({
  name: 'attendance.decideObjection',
  title: { zh: '办理闭环异议', en: 'Decide an objection to a closed loop' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'healthOfficer'],
  input: z.strictObject({
    objectionId: id(),
    outcome: z.enum(objectionOutcomes),
    why: staffText(300).min(2),
  }),
})

const objection = z.strictObject({
  objectionId: z.string(),
  officerId: z.string(),
  name: z.string(),
  text: z.string(),
  /** That there is one; what it is, the health officer opens. */
  onHealth: z.boolean(),
  raisedAt: instant(),
  dueAt: instant(),
  withdrawnAt: instant().nullable(),
  decidedAt: instant().nullable(),
  outcome: z.enum(objectionOutcomes).nullable(),
  why: z.string().nullable(),
  leavesOn: z.string().nullable(),
})

const order = z.strictObject({
  orderId: z.string(),
  orderNumber: z.string(),
  approver: z.string(),
  basis: z.string(),
  reason: z.string(),
  beginsOn: z.string(),
  endsOn: z.string(),
})

const stay = {
  /** Duty days in closed loops without a break, today included. */
  daysIn: count(),
  /** The last day, by membership, order or most days, whichever comes first. */
  lastDay: z.string().nullable(),
  /** The last day of rest afterwards. */
  restsUntil: z.string().nullable(),
}

/** Closed-loop teams of today: their orders, how long each member is in, and what they object to. */
export const loops = query({
  name: 'attendance.loops',
  title: { zh: '闭环执勤', en: 'Closed loops' },
  roles: [...deskReaders, 'healthOfficer', 'system'],
  input: z.strictObject({ teamId: id().optional(), on: day().optional() }),
  output: z.strictObject({
    today: z.string(),
    /** The roster's rules (RST12). */
    daysMost: count(),
    restDays: count(),
    rows: z.array(
      z.strictObject({
        teamId: z.string(),
        team: z.string(),
        beginsOn: z.string(),
        endsOn: z.string().nullable(),
        order: order.nullable(),
        members: z.array(z.strictObject({ officerId: z.string(), name: z.string(), ...stay })),
        objections: z.array(objection),
      }),
    ),
  }),
})

export const myLoop = query({
  name: 'attendance.myLoop',
  title: { zh: '我的闭环', en: 'My closed loop' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    today: z.string(),
    daysMost: count(),
    restDays: count(),
    /** `in` today, or rests after one that has ended; null: neither. */
    loop: z
      .strictObject({ team: z.string(), isIn: z.boolean(), order: order.nullable(), ...stay })
      .nullable(),
    /** His own, the newest first. */
    objections: z.array(objection),
  }),
})

/** One row per member and loop of the days: the records behind the figure. */
export const loopMembers = query({
  name: 'attendance.loopMembers',
  title: { zh: '闭环人员', en: 'Members of closed loops' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({ from: day(), until: day() }),
  output: z.strictObject({
    total: count(),
    rows: z.array(
      z.strictObject({ officerId: z.string(), name: z.string(), teams: z.string(), days: count() }),
    ),
  }),
})

export const objectionHealth = query({
  name: 'attendance.objectionHealth',
  title: { zh: '查看异议的健康原因', en: 'Open the health reason of an objection' },
  roles: ['healthOfficer'],
  opens: true,
  input: z.strictObject({ objectionId: id(), purpose: z.string().min(2).max(500) }),
  output: z.strictObject({
    officerId: z.string(),
    /** Null: none was given, or the person's key has been destroyed. */
    reason: z.string().nullable(),
  }),
})
