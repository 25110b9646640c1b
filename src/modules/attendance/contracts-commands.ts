// What can be done. Check-in and check-out are facts: they are never refused. What the books cannot explain is held as
// a review, whole, until a person has looked.
import { z } from 'zod'
import { command, everyone, id, instant, staffText } from '../../kernel/contract.ts'
import { absenceKinds, count, leaders, proof, seatFields } from './contracts-words.ts'

// ------------------------------------------------------------------------------------------------- at the post

/** For oneself. Which band it is follows from the roster and the time. */
export const checkIn = command({
  name: 'attendance.checkIn',
  kind: 'fact',
  title: { zh: '签到', en: 'Check in' },
  roles: everyone,
  input: z.strictObject({ presenceId: id(), postId: id(), proof }),
  output: z.strictObject({ cameAt: instant(), lateMinutes: count(), band: z.string() }),
})

export const checkOut = command({
  name: 'attendance.checkOut',
  kind: 'fact',
  title: { zh: '签退', en: 'Check out' },
  roles: everyone,
  input: z.strictObject({ presenceId: id(), proof }),
  output: z.strictObject({ leftAt: instant(), earlyMinutes: count() }),
})

/** The second of two adjoining bands is a deployment of its own, and is confirmed when it begins. */
export const confirmStay = command({
  name: 'attendance.confirmStay',
  kind: 'fact',
  title: { zh: '连班确认', en: 'Confirm the next band' },
  roles: everyone,
  input: z.strictObject({ presenceId: id(), previousId: id() }),
  output: z.strictObject({ cameAt: instant(), band: z.string() }),
})

/** Officers whom one roll-call can name: a fact must fit into 64 kB. */
export const rollCallMost = 600

/** A roll-call for those without a phone: who of a band has come, at one post or at several. Never for oneself. */
export const checkInMany = command({
  name: 'attendance.checkInMany',
  kind: 'fact',
  title: { zh: '代签到', en: 'Check in others' },
  roles: leaders,
  input: z.strictObject({
    day: seatFields.day,
    patternId: seatFields.patternId,
    band: seatFields.band,
    posts: z
      .array(z.strictObject({ postId: id(), officerIds: z.array(id()).min(1).max(rollCallMost) }))
      .min(1)
      .max(rollCallMost),
  }),
  /** `already`: had checked in for this band before, and were left as they stand. */
  output: z.strictObject({ came: count(), already: count() }),
})

export const checkOutMany = command({
  name: 'attendance.checkOutMany',
  kind: 'fact',
  title: { zh: '代签退', en: 'Check out others' },
  roles: leaders,
  input: z.strictObject({ presenceIds: z.array(id()).min(1).max(rollCallMost) }),
  output: z.strictObject({ left: count(), already: count() }),
})

// ------------------------------------------------------------------------------------------- who did not come

export const declareAbsent = command({
  name: 'attendance.declareAbsent',
  kind: 'fact',
  title: { zh: '登记未到岗', en: 'Declare absent' },
  roles: leaders,
  input: z.strictObject({ absenceId: id(), officerId: id(), ...seatFields, kind: z.enum(absenceKinds) }),
})

export const withdrawAbsence = command({
  name: 'attendance.withdrawAbsence',
  title: { zh: '撤销未到岗登记', en: 'Withdraw an absence' },
  roles: leaders,
  input: z.strictObject({ absenceId: id() }),
})

/** Orders somebody into a place on the spot. Refused with the rule that it would break. */
export const replace = command({
  name: 'attendance.replace',
  title: { zh: '安排顶班', en: 'Send a stand-in' },
  roles: leaders,
  input: z.strictObject({
    standInId: id(),
    ...seatFields,
    officerId: id(),
    /** Whose place it is; null for a place that nobody was rostered to. */
    replacesOfficerId: id().nullable(),
    /** He stands at the post already: his presence begins now. */
    here: z.boolean().default(false),
  }),
  output: z.strictObject({ presenceId: z.string().nullable() }),
})

export const cancelStandIn = command({
  name: 'attendance.cancelStandIn',
  title: { zh: '取消顶班', en: 'Cancel a stand-in' },
  roles: leaders,
  input: z.strictObject({ standInId: id() }),
})

// ------------------------------------------------------------------------------------------------ setting right

/** Enters what was not recorded, or corrects the times of what was; with `reviewId` it settles that review too. */
export const setRight = command({
  name: 'attendance.setRight',
  title: { zh: '补签', en: 'Enter or correct a presence' },
  roles: leaders,
  input: z.strictObject({
    presenceId: id(),
    officerId: id(),
    ...seatFields,
    cameAt: instant(),
    leftAt: instant().nullable(),
    why: staffText(200).min(2),
    reviewId: id().nullable().default(null),
  }),
})

/** A presence that was not one. It stays in the books and is counted nowhere. */
export const voidPresence = command({
  name: 'attendance.voidPresence',
  title: { zh: '作废签到', en: 'Void a presence' },
  roles: leaders,
  input: z.strictObject({ presenceId: id(), why: staffText(200).min(2) }),
})

// ---------------------------------------------------------------------------------------------- codes and rules

/**
 * A new secret for the codes of a post, made at random by whoever asks (32 bytes in hexadecimal); every code before it,
 * the printed one too, is worth nothing from then on.
 */
export const issueCode = command({
  name: 'attendance.issueCode',
  title: { zh: '更换签到码', en: 'Issue the code of a post' },
  roles: leaders,
  input: z.strictObject({ postId: id(), secret: z.string().regex(/^[0-9a-f]{64}$/) }),
})

export const ruleFields = z.strictObject({
  lateMinutes: z.int().min(0).max(120).default(10),
  earlyMinutes: z.int().min(0).max(240).default(60),
  absentMinutes: z.int().min(1).max(240).default(15),
  nearMetres: z.int().min(20).max(2000).default(200),
})

export const setRules = command({
  name: 'attendance.setRules',
  title: { zh: '设定考勤规则', en: 'Set the rules of attendance' },
  roles: ['administrator', 'commander', 'system'],
  input: ruleFields,
  output: z.strictObject({ ruleSet: z.int() }),
})
