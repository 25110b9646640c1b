// The kernel's own capabilities: reviews of held facts, alerts, the activity feed, who may do what.
import { z } from 'zod'
import { command, everyone, id, instant, query, staffText } from '../contract.ts'

export * from './alerts/contracts.ts'

export const problemShape = z.strictObject({
  code: z.string(),
  status: z.int(),
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  do: z.strictObject({ zh: z.string(), en: z.string() }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const tableName = () => z.string().regex(/^[a-z_]{1,60}$/)
/**
 * Who signs in with which roles is shown to administrators only, in lists as in their history; so is the secret that
 * the code of a post is made of.
 */
export const administratorsOnly: readonly string[] = ['account', 'agency', 'post_code']
/** By column or field. A sealed value is `{sealed: true}`, a large one `{many: n}`; anything else is as it stands. */
export const shownFields = z.record(z.string(), z.unknown())
/** The names of the ids that stand in the answer, where they have one. */
export const namesOfIds = z.record(z.string(), z.string())

export const dismissReview = command({
  name: 'review.dismiss',
  title: { zh: '驳回待核记录', en: 'Dismiss a held record' },
  roles: ['dutyOfficer', 'commander', 'administrator'],
  input: z.strictObject({ reviewId: id(), why: staffText(500).min(2) }),
})

export const acceptReview = command({
  name: 'review.accept',
  title: { zh: '采纳待核记录', en: 'Accept a held record' },
  roles: ['dutyOfficer', 'commander', 'administrator'],
  input: z.strictObject({
    reviewId: id(),
    /** The correcting command that was done instead, if one was needed. */
    correctedBy: id().nullable(),
    why: staffText(500).min(2),
  }),
})

export const reviews = query({
  name: 'review.list',
  title: { zh: '待核记录', en: 'Held records' },
  roles: ['dutyOfficer', 'commander', 'administrator'],
  input: z.strictObject({
    state: z.enum(['open', 'accepted', 'dismissed']).default('open'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(500).default(50),
  }),
  output: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        reviewId: z.string(),
        commandId: z.string(),
        name: z.string(),
        /** Of the command; of one that nobody here knows, the words for that. */
        titleZh: z.string(),
        titleEn: z.string(),
        version: z.int(),
        /** Whose it is. Null: the system. */
        actor: z.string().nullable(),
        /** What was sent, or null where it could not be read and is sealed whole. */
        input: shownFields.nullable(),
        reason: problemShape,
        heldAt: instant(),
        state: z.string(),
        settledAt: z.string().nullable(),
        settledWhy: z.string().nullable(),
      }),
    ),
    names: namesOfIds,
  }),
})

export const activity = query({
  name: 'journal.activity',
  title: { zh: '操作记录', en: 'Activity' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'inspector'],
  input: z.strictObject({
    before: z.int().optional(),
    verdict: z.enum(['done', 'refused', 'held']).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        seq: z.int(),
        id: z.string(),
        name: z.string(),
        titleZh: z.string(),
        titleEn: z.string(),
        actor: z.string().nullable(),
        receivedAt: instant(),
        verdict: z.string(),
      }),
    ),
  }),
})

/** One row of a table as one command changed it. */
export const historyRow = z.strictObject({
  table: z.string(),
  rowId: z.string(),
  n: z.int(),
  op: z.enum(['i', 'u', 'd']),
  commandId: z.string(),
  command: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  /** The command that called this one. */
  callerZh: z.string().nullable(),
  callerEn: z.string().nullable(),
  /** Null: the system. */
  actor: z.string().nullable(),
  at: instant(),
  /** What changed by column; the whole row where it came or went. See `shownValue`. */
  before: shownFields.nullable(),
  after: shownFields.nullable(),
})

export const history = query({
  name: 'journal.history',
  title: { zh: '变更历史', en: 'History of a record' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'],
  input: z.strictObject({
    table: tableName(),
    /** The key's values, joined by colons where it has several. */
    rowId: z.string().min(1).max(200),
    /** Tables whose rows belong to the record: the skills of an officer, the stages of a zone. */
    parts: z.array(tableName()).max(8).default([]),
    /** The `next` of the page before. */
    before: z.int().optional(),
    /** Commands, not rows: what one command did stands on one page. */
    limit: z.int().min(1).max(200).default(20),
  }),
  output: z.strictObject({
    /** Newest first. */
    rows: z.array(historyRow),
    names: namesOfIds,
    next: z.int().nullable(),
  }),
})

export const rights = query({
  name: 'access.rights',
  title: { zh: '谁可以做什么', en: 'Who may do what' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        module: z.string(),
        name: z.string(),
        kind: z.enum(['command', 'query', 'measure', 'file', 'upload', 'task']),
        titleZh: z.string(),
        titleEn: z.string(),
        roles: z.array(z.string()),
      }),
    ),
  }),
})
