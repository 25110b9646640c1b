// Recall 召回: officers called back, where to report and by when; what each answered, and who is in.
import { z } from 'zod'
import {
  type ActorRole,
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
  staffText,
} from '../../kernel/contract.ts'
import { count, deskReaders, shortName, some } from './contracts-words.ts'

const words = (max: number) => staffText(max).regex(/\S/)

/** Who may be called back by kind; the kinds of the people module. */
export const recallKinds = ['police', 'auxiliary', 'civilian', 'attached'] as const
export const recallKindTitles: Record<(typeof recallKinds)[number], Both> = {
  police: { zh: '民警', en: 'Police' },
  auxiliary: { zh: '辅警', en: 'Auxiliary' },
  civilian: { zh: '职工', en: 'Civilian' },
  attached: { zh: '支援', en: 'Attached' },
}

export const recalledStates = ['called', 'coming', 'asked', 'exempt', 'arrived', 'onDuty'] as const
export type RecalledState = (typeof recalledStates)[number]
export const recalledStateTitles: Record<RecalledState, Both> = {
  called: { zh: '未答复', en: 'No answer' },
  coming: { zh: '在途', en: 'Coming' },
  asked: { zh: '请求免召', en: 'Asks to be exempt' },
  exempt: { zh: '免召', en: 'Exempt' },
  arrived: { zh: '已到', en: 'Arrived' },
  onDuty: { zh: '在岗', en: 'On duty' },
}

/** Why somebody need not come. Nothing about health: that is private, and stands with the absence, sealed. */
export const exemptClasses = ['otherDuty', 'farAway', 'personal'] as const
export type ExemptClass = (typeof exemptClasses)[number]
export const exemptClassTitles: Record<ExemptClass, Both> = {
  otherDuty: { zh: '另有任务', en: 'Another task' },
  farAway: { zh: '路途无法及时返回', en: 'Too far away' },
  personal: { zh: '个人原因(不公开)', en: 'Personal (not told)' },
}

export const recallLeaders: readonly ActorRole[] = ['commander', 'dutyOfficer', 'system']
/** Answers for those of his units, rolls and decides. */
export const recallKeepers: readonly ActorRole[] = ['commander', 'dutyOfficer', 'unitLeader', 'system']
export const recallMinutes = () => z.int().min(1).max(1_440)
export const usualAnswerMinutes = 30
/** How many of a unit's officers a level asks for at least. */
export const levelShares: Record<number, number> = { 1: 100, 2: 50 }

export const recallChoice = {
  /** With everything below them. Empty, without named officers: everybody. */
  unitIds: z.array(id()).max(500).default([]),
  /** Empty: every kind. */
  kinds: z.array(z.enum(recallKinds)).max(recallKinds.length).default([]),
  /** Called by name, whatever the share; also those seconded out. */
  officerIds: z.array(id()).max(500).default([]),
  exceptIds: z.array(id()).max(500).default([]),
  /** Of each unit's officers so many are to be in; those on duty count as in. */
  sharePercent: z.int().min(1).max(100).default(100),
}

export const orderRecall = command({
  name: 'commandpost.orderRecall',
  title: { zh: '下达召回', en: 'Call officers back' },
  roles: recallLeaders,
  input: z.strictObject({
    recallId: id(),
    operationId: id(),
    reason: words(500),
    orderedBy: shortName(60),
    /** Both null: everybody at his own unit. */
    reportUnitId: id().nullable().default(null),
    reportPostId: id().nullable().default(null),
    reportBy: instant(),
    answerMinutes: recallMinutes().default(usualAnswerMinutes),
    levelId: id().nullable().default(null),
    ...recallChoice,
  }),
  output: z.strictObject({ called: count(), onDuty: count() }),
})

const exemption = {
  exemptClass: z.enum(exemptClasses),
  exemptUntil: instant(),
}
const answer = z.discriminatedUnion('says', [
  z.strictObject({
    says: z.literal('coming'),
    eta: instant(),
    /** Whoever is on leave ends it with his word; never without. */
    endLeave: z.boolean().default(true),
  }),
  z.strictObject({ says: z.literal('cannot'), ...exemption }),
])

/** By the officer himself, on the phone. */
export const answerRecall = command({
  name: 'commandpost.answerRecall',
  title: { zh: '答复召回', en: 'Answer a recall' },
  roles: everyone,
  input: z.strictObject({ recallId: id(), answer }),
})

/** 电话通知: somebody telephoned, and enters what was said. */
export const phoneRecall = command({
  name: 'commandpost.phoneRecall',
  title: { zh: '电话通知召回', en: 'Recall by telephone' },
  roles: recallKeepers,
  input: z.strictObject({
    recallId: id(),
    officerId: id(),
    phonedAt: instant(),
    answer: z.discriminatedUnion('says', [
      ...answer.options,
      z.strictObject({ says: z.literal('notReached') }),
    ]),
  }),
})

export const decideExemption = command({
  name: 'commandpost.decideExemption',
  title: { zh: '审批免召', en: 'Decide on an exemption' },
  roles: recallKeepers,
  input: z.strictObject({ recallId: id(), officerId: id(), grant: z.boolean() }),
})

/** By himself at the place. */
export const arriveRecalled = command({
  name: 'commandpost.arriveRecalled',
  title: { zh: '召回到达', en: 'Arrive after a recall' },
  roles: everyone,
  input: z.strictObject({ recallId: id() }),
})

/** Who stands there when the leader calls the roll. Those who are in already are passed over. */
export const rollRecalled = command({
  name: 'commandpost.rollRecalled',
  title: { zh: '点名登记到达', en: 'Enter arrivals by roll' },
  roles: recallKeepers,
  input: z.strictObject({ recallId: id(), officerIds: z.array(id()).min(1).max(1_000) }),
  output: z.strictObject({ arrived: count() }),
})

export const strikeArrival = command({
  name: 'commandpost.strikeArrival',
  title: { zh: '撤销到达登记', en: 'Strike an arrival' },
  roles: recallKeepers,
  input: z.strictObject({ recallId: id(), officerId: id(), why: words(200) }),
})

export const closeHows = ['order', 'complete', 'level'] as const
export const closeRecall = command({
  name: 'commandpost.closeRecall',
  title: { zh: '结束召回', en: 'Close a recall' },
  roles: recallLeaders,
  input: z.strictObject({
    recallId: id(),
    /** `complete`: everybody is in or exempt. `level`: the duty level it came with is over. */
    how: z.enum(closeHows).default('order'),
    why: staffText(500).default(''),
  }),
})

// ------------------------------------------------------------------------------------------------------ queries

const unitCounts = z.strictObject({
  called: count(),
  reached: count(),
  coming: count(),
  asked: count(),
  exempt: count(),
  arrived: count(),
  /** Past the time, and neither in nor exempt. */
  overdue: count(),
  /** Without an answer after the minutes of the recall. */
  unanswered: count(),
  onDuty: count(),
})

export const recallPreview = query({
  name: 'commandpost.recallPreview',
  title: { zh: '召回测算', en: 'Whom a recall would call' },
  roles: recallLeaders,
  input: z.strictObject({ operationId: id(), reportBy: instant().optional(), ...recallChoice }),
  output: z.strictObject({
    called: count(),
    onDuty: count(),
    /** Of those called: unavailable at this moment. */
    away: count(),
    /** Not called: seconded out, called by another recall that is open, off the books or unknown, left out by share. */
    seconded: count(),
    already: count(),
    missing: count(),
    spared: count(),
    units: z.array(
      z.strictObject({ unitId: z.string(), unitName: z.string(), called: count(), onDuty: count() }),
    ),
    officers: z.array(
      z.strictObject({ officerId: z.string(), name: z.string(), badge: z.string(), unitName: z.string() }),
    ),
  }),
})

export const recallRow = z.strictObject({
  recallId: z.string(),
  n: z.int(),
  reason: z.string(),
  orderedBy: z.string(),
  orderedAt: z.string(),
  /** Null: everybody at his own unit. */
  reportUnitName: z.string().nullable(),
  reportPostName: z.string().nullable(),
  reportBy: z.string(),
  answerMinutes: z.int(),
  sharePercent: z.int(),
  /** Order number of the duty level it came with. */
  levelNumber: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  closedAt: z.string().nullable(),
  closedHow: z.enum(closeHows).nullable(),
  closedWhy: z.string().nullable(),
  counts: unitCounts,
})

export const recalls = query({
  name: 'commandpost.recalls',
  title: { zh: '召回列表', en: 'Recalls' },
  roles: deskReaders,
  input: z.strictObject({ ...listInput, operationId: id() }),
  output: pageOf(recallRow),
})

export const recallBoard = query({
  name: 'commandpost.recallBoard',
  title: { zh: '召回进度', en: 'Progress of a recall' },
  roles: deskReaders,
  input: z.strictObject({ recallId: id() }),
  output: z.strictObject({
    ...recallRow.shape,
    now: z.string(),
    mayClose: z.boolean(),
    mayKeep: z.boolean(),
    /** In the order of protocol. */
    units: z.array(z.strictObject({ unitId: z.string(), unitName: z.string(), ...unitCounts.shape })),
    /** In and said to be in by each moment; `arrived` is null ahead of now. */
    curve: z.array(z.strictObject({ at: z.string(), arrived: z.int().nullable(), expected: count() })),
  }),
})

export const recalledRow = z.strictObject({
  recallId: z.string(),
  recallN: z.int(),
  officerId: z.string(),
  name: z.string(),
  badge: z.string(),
  kind: z.enum(recallKinds),
  unitId: z.string(),
  unitName: z.string(),
  state: z.enum(recalledStates),
  overdue: z.boolean(),
  unanswered: z.boolean(),
  calledAt: z.string(),
  reachedAt: z.string().nullable(),
  tries: count(),
  eta: z.string().nullable(),
  away: z.boolean(),
  seconded: z.boolean(),
  leaveEnded: z.boolean(),
  exemptClass: z.enum(exemptClasses).nullable(),
  exemptUntil: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  arrivedHow: z.enum(['self', 'roll']).nullable(),
  dutyPostName: z.string().nullable(),
})

export const recalledOrders = ['name', 'unit', 'state', 'eta', 'arrivedAt'] as const
export const recalled = query({
  name: 'commandpost.recalled',
  title: { zh: '召回人员', en: 'Officers called back' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(recalledOrders),
    recallId: id().optional(),
    states: some(z.enum(recalledStates)).optional(),
    unitId: id().optional(),
    kinds: some(z.enum(recallKinds)).optional(),
    overdue: z.boolean().optional(),
    unanswered: z.boolean().optional(),
    /** Duty days, both inclusive; those who were on duty were not called. */
    calledFrom: day().optional(),
    calledUntil: day().optional(),
    arrivedFrom: day().optional(),
    arrivedUntil: day().optional(),
  }),
  output: pageOf(recalledRow),
})

export const recalledOfficer = query({
  name: 'commandpost.recalledOfficer',
  title: { zh: '召回人员详情', en: 'An officer called back' },
  roles: deskReaders,
  input: z.strictObject({ recallId: id(), officerId: id() }),
  output: z.strictObject({
    ...recalledRow.shape,
    now: z.string(),
    reportBy: z.string(),
    exemptBy: z.string().nullable(),
    arrivedBy: z.string().nullable(),
    /** What the asker may do now. */
    may: z.strictObject({
      phone: z.boolean(),
      decide: z.boolean(),
      arrive: z.boolean(),
      strike: z.boolean(),
    }),
    steps: z.array(
      z.strictObject({
        n: z.int(),
        kind: z.enum([
          ...(['coming', 'asked', 'notReached', 'exempted', 'exemptionRefused'] as const),
          ...(['arrived', 'arrivalStruck'] as const),
        ]),
        at: z.string(),
        by: z.string().nullable(),
        phonedAt: z.string().nullable(),
        text: z.string(),
      }),
    ),
  }),
})

export const myRecalls = query({
  name: 'commandpost.myRecalls',
  title: { zh: '我的召回', en: 'Recalls of mine' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    now: z.string(),
    rows: z.array(
      z.strictObject({
        recallId: z.string(),
        n: z.int(),
        reason: z.string(),
        orderedBy: z.string(),
        /** Where to report: a post, a unit, or his own unit. */
        placeName: z.string(),
        reportBy: z.string(),
        state: z.enum(recalledStates),
        overdue: z.boolean(),
        eta: z.string().nullable(),
        exemptClass: z.enum(exemptClasses).nullable(),
        exemptUntil: z.string().nullable(),
        dutyPostName: z.string().nullable(),
        /** Until when he stands in the books as unavailable; coming ends it. */
        awayUntil: z.string().nullable(),
        seconded: z.boolean(),
        arrivedAt: z.string().nullable(),
      }),
    ),
  }),
})
