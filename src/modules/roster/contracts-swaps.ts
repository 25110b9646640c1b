// Swaps 换班 and take-overs 顶班: an officer offers a duty of his, a colleague agrees, a leader approves.
import { z } from 'zod'
import {
  type ActorRole,
  type Both,
  command,
  everyone,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  query,
  staffText,
} from '../../kernel/contract.ts'

export const swapStates = [
  'asked',
  'agreed',
  'approved',
  'declined',
  'refused',
  'withdrawn',
  'lapsed',
] as const
export type SwapState = (typeof swapStates)[number]
export const swapStateTitles: Record<SwapState, Both> = {
  asked: { zh: '待对方同意', en: 'Waits for a colleague' },
  agreed: { zh: '待审批', en: 'Waits for approval' },
  approved: { zh: '已批准', en: 'Approved' },
  declined: { zh: '对方不同意', en: 'Declined' },
  refused: { zh: '未批准', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  lapsed: { zh: '已失效', en: 'Lapsed' },
}
export const swapKinds = ['swap', 'takeOver'] as const
export type SwapKind = (typeof swapKinds)[number]
export const swapKindTitles: Record<SwapKind, Both> = {
  swap: { zh: '换班', en: 'Swap' },
  takeOver: { zh: '顶班', en: 'Take-over' },
}
export const swapStepKinds = [...swapStates, 'overtaken'] as const

/** The unit's leader, or the command post. */
export const swapApprovers = ['unitLeader', 'dutyOfficer', 'commander'] as const
const lookers = [...swapApprovers, 'administrator', 'inspector'] as const
const whoEver: readonly ActorRole[] = everyone

// ----------------------------------------------------------------------------------------------------- commands

export const askSwap = command({
  name: 'roster.askSwap',
  title: { zh: '申请换班或顶班', en: 'Offer a duty to a colleague' },
  roles: whoEver,
  input: z.strictObject({
    swapId: id(),
    /** A published duty of the asker's own that has not begun. */
    assignmentId: id(),
    /** Null: to anybody who may take it. */
    partnerId: id().nullable(),
    /** The colleague's duty that is wanted for it; null: a take-over without return. */
    partnerAssignmentId: id().nullable().default(null),
  }),
})
export const agreeSwap = command({
  name: 'roster.agreeSwap',
  title: { zh: '同意换班或顶班', en: 'Agree to a swap' },
  roles: whoEver,
  input: z.strictObject({ swapId: id() }),
})
export const declineSwap = command({
  name: 'roster.declineSwap',
  title: { zh: '不同意换班或顶班', en: 'Decline a swap' },
  roles: whoEver,
  input: z.strictObject({ swapId: id() }),
})
export const withdrawSwap = command({
  name: 'roster.withdrawSwap',
  title: { zh: '撤回换班申请', en: 'Withdraw a swap' },
  roles: whoEver,
  input: z.strictObject({ swapId: id() }),
})
export const approveSwap = command({
  name: 'roster.approveSwap',
  title: { zh: '批准换班或顶班', en: 'Approve a swap' },
  roles: swapApprovers,
  input: z.strictObject({ swapId: id() }),
  output: z.strictObject({ version: z.int() }),
})
export const refuseSwap = command({
  name: 'roster.refuseSwap',
  title: { zh: '不批准换班或顶班', en: 'Refuse a swap' },
  roles: swapApprovers,
  input: z.strictObject({ swapId: id(), reason: staffText(200).regex(/\S/) }),
})
export const lapseSwap = command({
  name: 'roster.lapseSwap',
  title: { zh: '换班申请到时失效', en: 'A swap ends by itself' },
  roles: ['system'],
  input: z.strictObject({ swapId: id() }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const swapDuty = z.strictObject({
  assignmentId: z.string(),
  day: z.string(),
  begins: instant(),
  ends: instant(),
  postId: z.string(),
  postName: z.string(),
  bands: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
})
const person = z.strictObject({ officerId: z.string(), name: z.string(), unitName: z.string() })

export const swapRow = z.strictObject({
  swapId: z.string(),
  operationId: z.string(),
  kind: z.enum(swapKinds),
  state: z.enum(swapStates),
  named: z.boolean(),
  asker: person,
  partner: person.nullable(),
  given: swapDuty,
  returned: swapDuty.nullable(),
  askedAt: instant(),
  dueAt: instant(),
  settledAt: instant().nullable(),
  version: z.int().nullable(),
  /** Why it was refused; empty else. */
  reason: z.string(),
})

/** A rule in words, of one officer's day. */
export const brokenRule = z.strictObject({
  rule: z.string(),
  officerId: z.string(),
  name: z.string(),
  day: z.string(),
  zh: z.string(),
  en: z.string(),
})

export const mySwaps = query({
  name: 'roster.mySwaps',
  title: { zh: '我的换班', en: 'My swaps' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    now: instant(),
    /** Own published duties that have not begun, with the open request that stands about each. */
    duties: z.array(swapDuty.extend({ swapId: z.string().nullable() })),
    /** Asked of me by name, or offered to anybody and open to me by the rules. */
    toAnswer: z.array(swapRow),
    /** Own requests and those agreed to, the newest first. */
    mine: z.array(swapRow),
  }),
})

export const swapTakers = query({
  name: 'roster.swapTakers',
  title: { zh: '可以接班的人', en: 'Who may take a duty' },
  roles: everyone,
  input: z.strictObject({
    assignmentId: id(),
    search: z.string().max(40).default(''),
    limit: z.int().min(1).max(100).default(30),
  }),
  output: z.strictObject({
    duty: swapDuty,
    /** How many may take it without return, of all who can be assigned. */
    legal: z.int(),
    rows: z.array(
      person.extend({
        badge: z.string(),
        sameUnit: z.boolean(),
        weekMinutes: z.int(),
        /** Null: may take it without return. */
        barred: brokenRule.nullable(),
      }),
    ),
  }),
})

export const swapReturns = query({
  name: 'roster.swapReturns',
  title: { zh: '可以换来的班次', en: 'Duties that could be had for one' },
  roles: everyone,
  input: z.strictObject({ assignmentId: id(), partnerId: id() }),
  output: z.strictObject({
    takeOver: brokenRule.nullable(),
    duties: z.array(swapDuty.extend({ barred: brokenRule.nullable() })),
  }),
})

export const swapOrders = ['askedAt', 'dueAt', 'state'] as const
export const swaps = query({
  name: 'roster.swaps',
  title: { zh: '换班申请', en: 'Swap requests' },
  roles: lookers,
  input: z.strictObject({
    ...listInput,
    ...orderInput(swapOrders),
    operationId: id(),
    states: z.array(z.enum(swapStates)).max(swapStates.length).optional(),
    kinds: z.array(z.enum(swapKinds)).max(swapKinds.length).optional(),
  }),
  output: pageOf(swapRow),
})

export const swap = query({
  name: 'roster.swap',
  title: { zh: '换班申请详情', en: 'Swap request' },
  roles: [...everyone],
  input: z.strictObject({ swapId: id() }),
  output: swapRow.extend({
    /** What would be broken if it were approved now; only while it is open. */
    broken: z.array(brokenRule),
    /** Drafts of the same days that its version would make stale. */
    drafts: z.int(),
    may: z.strictObject({ approve: z.boolean(), refuse: z.boolean() }),
    steps: z.array(
      z.strictObject({
        n: z.int(),
        kind: z.enum(swapStepKinds),
        at: instant(),
        by: z.string().nullable(),
        text: z.string(),
      }),
    ),
  }),
})
