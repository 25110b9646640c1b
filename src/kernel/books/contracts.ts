// The kernel's own capabilities: reviews of held facts, alerts, the activity feed, who may do what.
import { z } from 'zod'
import { command, everyone, id, instant, query, roles, staffText } from '../contract.ts'

export const problemShape = z.strictObject({
  code: z.string(),
  status: z.int(),
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  do: z.strictObject({ zh: z.string(), en: z.string() }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

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
        version: z.int(),
        reason: problemShape,
        heldAt: instant(),
        state: z.string(),
        settledAt: z.string().nullable(),
        settledWhy: z.string().nullable(),
      }),
    ),
  }),
})

const sighting = z.strictObject({
  subject: z.string().min(1).max(200),
  titleZh: z.string().max(200),
  titleEn: z.string().max(200),
  severity: z.enum(['red', 'amber']),
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
    clear: z.array(z.string().max(200)).max(5_000),
  }),
})

export const alerts = query({
  name: 'alert.open',
  title: { zh: '未解除的预警', en: 'Open alerts' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    watch: z.string().max(100).optional(),
    limit: z.int().min(1).max(5_000).default(200),
  }),
  output: z.strictObject({
    total: z.int(),
    red: z.int(),
    rows: z.array(
      z.strictObject({
        alertId: z.string(),
        watch: z.string(),
        subject: z.string(),
        titleZh: z.string(),
        titleEn: z.string(),
        severity: z.enum(['red', 'amber']),
        link: z.string(),
        ownerRole: z.string(),
        raisedAt: instant(),
        dueAt: instant(),
      }),
    ),
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

export const history = query({
  name: 'journal.history',
  title: { zh: '变更历史', en: 'History of a record' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'],
  input: z.strictObject({ table: z.string().regex(/^[a-z_]{1,60}$/), rowId: z.string().min(1).max(200) }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        n: z.int(),
        op: z.string(),
        command: z.string(),
        titleZh: z.string(),
        titleEn: z.string(),
        actor: z.string().nullable(),
        at: instant(),
        before: z.unknown(),
        after: z.unknown(),
      }),
    ),
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
