// Directives 指令: an order from above or our own, to units and posts, followed to its end.
import { z } from 'zod'
import {
  command,
  day,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  query,
  staffText,
} from '../../kernel/contract.ts'
import {
  addresseeStates,
  deskReaders,
  directiveStates,
  enclosureRow,
  newEnclosures,
  readers,
  shortName,
  some,
  sources,
  unitVoices,
} from './contracts-words.ts'

const words = (max: number) => staffText(max).regex(/\S/)
/** Lines and marks of a telegram are kept. */
const body = () => words(4_000)
const addressees = () =>
  z.array(z.strictObject({ addresseeId: id(), unitId: id(), postId: id().nullable().default(null) })).max(500)
const issuers = ['commander', 'dutyOfficer', 'unitLeader', 'system'] as const

export const issueDirective = command({
  name: 'commandpost.issueDirective',
  title: { zh: '下达指令', en: 'Issue a directive' },
  roles: issuers,
  input: z.strictObject({
    directiveId: id(),
    operationId: id(),
    number: shortName(60),
    source: z.enum(sources),
    /** Who gave it above, or by whose name it is given here. */
    fromWhom: shortName(60),
    title: shortName(100),
    text: body(),
    dueAt: instant(),
    addressees: addressees(),
    enclosures: newEnclosures(),
  }),
})

/** A unit hands on what it was given to units below it or to posts, due no later than it is due itself. */
export const passDirective = command({
  name: 'commandpost.passDirective',
  title: { zh: '转派指令', en: 'Pass a directive down' },
  roles: ['unitLeader', 'commander', 'dutyOfficer'],
  input: z.strictObject({
    /** Of the new one. */
    directiveId: id(),
    /** As whom it was received. */
    addresseeId: id(),
    text: body(),
    dueAt: instant(),
    addressees: addressees(),
    enclosures: newEnclosures(),
  }),
})

const answering = [...unitVoices, 'officer'] as const

export const acknowledgeDirective = command({
  name: 'commandpost.acknowledgeDirective',
  title: { zh: '签收指令', en: 'Acknowledge a directive' },
  roles: answering,
  input: z.strictObject({ addresseeId: id() }),
})

export const reportDirective = command({
  name: 'commandpost.reportDirective',
  title: { zh: '反馈指令进展', en: 'Report on a directive' },
  roles: answering,
  input: z.strictObject({
    addresseeId: id(),
    text: words(1_000),
    /** It is done, and goes to review. */
    done: z.boolean().default(false),
    enclosures: newEnclosures(),
  }),
})

export const returnDirective = command({
  name: 'commandpost.returnDirective',
  title: { zh: '退回指令', en: 'Return a directive' },
  roles: answering,
  input: z.strictObject({ addresseeId: id(), reason: words(500) }),
})

/** The superior of an addressee who was ordered over his head has seen it. */
export const noteSkipLevel = command({
  name: 'commandpost.noteSkipLevel',
  title: { zh: '阅知越级指令', en: 'Note an order given past one’s unit' },
  roles: unitVoices,
  input: z.strictObject({ addresseeId: id() }),
})

export const reviewDirective = command({
  name: 'commandpost.reviewDirective',
  title: { zh: '审核指令办理', en: 'Review what was done' },
  roles: issuers,
  input: z.strictObject({
    addresseeId: id(),
    verdict: z.enum(['complete', 'sendBack']),
    /** Needed to send it back. */
    text: staffText(500).default(''),
  }),
})

export const chaseDirective = command({
  name: 'commandpost.chaseDirective',
  title: { zh: '催办、督办指令', en: 'Chase a directive' },
  roles: issuers,
  input: z.strictObject({
    directiveId: id(),
    addresseeIds: z.array(id()).min(1).max(500),
    text: staffText(500).default(''),
    /** With a number it is supervised 督办, which is more than a reminder. */
    number: shortName(60).nullable().default(null),
  }),
})

/** To an addressee who returned it: once more. */
export const resendDirective = command({
  name: 'commandpost.resendDirective',
  title: { zh: '重新下达指令', en: 'Send a directive again' },
  roles: issuers,
  input: z.strictObject({ addresseeId: id(), text: words(500) }),
})

export const extendDirective = command({
  name: 'commandpost.extendDirective',
  title: { zh: '延长指令时限', en: 'Give a directive more time' },
  roles: issuers,
  input: z.strictObject({ directiveId: id(), dueAt: instant(), reason: words(500) }),
})

export const withdrawDirective = command({
  name: 'commandpost.withdrawDirective',
  title: { zh: '撤回指令', en: 'Withdraw a directive' },
  roles: issuers,
  input: z.strictObject({ directiveId: id(), reason: words(500) }),
})

// ------------------------------------------------------------------------------------------------------ queries

/** Whom the asker may address: as himself, or passing on what an addressee was given. */
export const addressable = query({
  name: 'commandpost.addressable',
  title: { zh: '可下达的单位', en: 'Who may be addressed' },
  roles: issuers,
  input: z.strictObject({ addresseeId: id().optional() }),
  output: z.strictObject({
    /** In the order of protocol. */
    units: z.array(z.strictObject({ unitId: z.string(), shortName: z.string(), depth: z.int() })),
    /** Units whose posts may be addressed. */
    postUnitIds: z.array(z.string()),
  }),
})

const addresseeRow = z.strictObject({
  addresseeId: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  postId: z.string().nullable(),
  postName: z.string().nullable(),
  state: z.enum(addresseeStates),
  receivedAt: z.string().nullable(),
  receivedBy: z.string().nullable(),
  doneAt: z.string().nullable(),
  doneBy: z.string().nullable(),
  completedAt: z.string().nullable(),
  completedBy: z.string().nullable(),
  chased: z.int(),
  supervised: z.string().nullable(),
  overdue: z.boolean(),
  /** The direct superior who was told, and when he saw it. */
  informedUnitId: z.string().nullable(),
  informedUnitName: z.string().nullable(),
  informedSeenAt: z.string().nullable(),
  /** What the asker may do with this one. */
  may: z.strictObject({ answer: z.boolean(), review: z.boolean(), note: z.boolean() }),
})

export const directiveRow = z.strictObject({
  directiveId: z.string(),
  operationId: z.string(),
  n: z.int(),
  number: z.string(),
  source: z.enum(sources),
  fromWhom: z.string(),
  title: z.string(),
  issuerUnitId: z.string().nullable(),
  /** Null: the command post. */
  issuerUnitName: z.string().nullable(),
  issuedBy: z.string().nullable(),
  issuedAt: z.string(),
  dueAt: z.string(),
  state: z.enum(directiveStates),
  completedAt: z.string().nullable(),
  overdue: z.boolean(),
  /** Passed down from another one. */
  passedDown: z.boolean(),
  counts: z.strictObject({
    all: z.int(),
    sent: z.int(),
    received: z.int(),
    done: z.int(),
    completed: z.int(),
    returned: z.int(),
    supervised: z.int(),
    informed: z.int(),
  }),
})

export const directiveOrders = ['n', 'number', 'title', 'source', 'issuedAt', 'dueAt'] as const
export const directives = query({
  name: 'commandpost.directives',
  title: { zh: '指令列表', en: 'Directives' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(directiveOrders),
    operationId: id().optional(),
    states: some(z.enum(directiveStates)).optional(),
    /** At least one addressee is there. */
    addresseeStates: some(z.enum(addresseeStates)).optional(),
    sources: some(z.enum(sources)).optional(),
    /** Addressed to the unit or one below it, or given by it. */
    unitId: id().optional(),
    overdue: z.boolean().optional(),
    supervised: z.boolean().optional(),
    /** Only those passed down from another one, or only those that were not. */
    passedDown: z.boolean().optional(),
    /** Duty days, both inclusive. */
    issuedFrom: day().optional(),
    issuedUntil: day().optional(),
    completedFrom: day().optional(),
    completedUntil: day().optional(),
  }),
  output: pageOf(directiveRow),
})

export const directiveStep = z.strictObject({
  n: z.int(),
  addresseeId: z.string().nullable(),
  kind: z.enum([
    ...(['issued', 'informed', 'seen', 'received', 'reported', 'done', 'returned', 'resent'] as const),
    ...(['completed', 'sentBack', 'chased', 'supervised', 'passed', 'extended', 'withdrawn'] as const),
  ]),
  at: z.string(),
  by: z.string().nullable(),
  text: z.string(),
})
const relative = z.strictObject({
  directiveId: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(directiveStates),
})

export const directive = query({
  name: 'commandpost.directive',
  title: { zh: '指令详情', en: 'Directive' },
  roles: readers,
  input: z.strictObject({ directiveId: id() }),
  output: z.strictObject({
    ...directiveRow.shape,
    text: z.string(),
    mayIssue: z.boolean(),
    addressees: z.array(addresseeRow),
    steps: z.array(directiveStep),
    parent: relative.nullable(),
    children: z.array(relative),
    /** The meeting that decided it. */
    meeting: z.strictObject({ meetingId: z.string(), n: z.int(), title: z.string() }).nullable(),
    enclosures: z.array(enclosureRow),
  }),
})

export const myTasks = query({
  name: 'commandpost.myTasks',
  title: { zh: '我的任务', en: 'My tasks' },
  roles: readers,
  input: z.strictObject({}),
  output: z.strictObject({
    now: z.string(),
    /** Where a difficulty can be raised from: the posts on duty at now, then those of the day around it. */
    posts: z.array(
      z.strictObject({ postId: z.string(), name: z.string(), unitName: z.string(), onDuty: z.boolean() }),
    ),
    directives: z.array(
      z.strictObject({
        directiveId: z.string(),
        addresseeId: z.string(),
        number: z.string(),
        title: z.string(),
        fromWhom: z.string(),
        /** The post or unit it is addressed to. */
        toName: z.string(),
        dueAt: z.string(),
        state: z.enum(addresseeStates),
        overdue: z.boolean(),
        chased: z.int(),
        supervised: z.string().nullable(),
      }),
    ),
    difficulties: z.array(
      z.strictObject({
        difficultyId: z.string(),
        n: z.int(),
        postName: z.string(),
        kind: z.string(),
        urgency: z.string(),
        text: z.string(),
        state: z.string(),
        owner: z.string(),
        stoodMinutes: z.int(),
        overdue: z.boolean(),
        /** The post's word is asked for, and it is the asker's to give. */
        toConfirm: z.boolean(),
      }),
    ),
  }),
})
