// Hand-over of a post from one band to the next. What happens at the post (given, signed, returned) is a fact; what a
// leader decides (who takes over, which figure holds, who may go) is a request.
import { z } from 'zod'
import {
  type Both,
  command,
  day,
  everyone,
  id,
  instant,
  listInput,
  pageOf,
  query,
  staffName,
  staffText,
} from '../../kernel/contract.ts'
import { count, deskReaders, leaders, readers, seatFields } from './contracts-words.ts'

export const handoverStates = ['given', 'returned', 'signed'] as const
export type HandoverState = (typeof handoverStates)[number]
export const handoverStateTitles: Record<HandoverState, Both> = {
  given: { zh: '待签收', en: 'To be signed' },
  returned: { zh: '已退回', en: 'Returned' },
  signed: { zh: '已签收', en: 'Signed' },
}

export const itemKinds = ['stock', 'equipment'] as const
export type ItemKind = (typeof itemKinds)[number]

/** What happened in the band, in the order of the paper. */
export const handoverCounts = [
  'vehicles',
  'people',
  'vehiclesTurned',
  'peopleTurned',
  'fevers',
  'transferred',
] as const
export type HandoverCount = (typeof handoverCounts)[number]
export const handoverCountTitles: Record<HandoverCount, Both & { unit: Both }> = {
  vehicles: { zh: '检查车辆', en: 'Vehicles checked', unit: { zh: '辆次', en: '' } },
  people: { zh: '检查人员', en: 'People checked', unit: { zh: '人次', en: '' } },
  vehiclesTurned: { zh: '劝返车辆', en: 'Vehicles turned back', unit: { zh: '辆', en: '' } },
  peopleTurned: { zh: '劝返人员', en: 'People turned back', unit: { zh: '人', en: '' } },
  fevers: { zh: '体温异常', en: 'Fevers', unit: { zh: '人', en: '' } },
  transferred: { zh: '移交', en: 'Handed to others', unit: { zh: '人', en: '' } },
}

/** Things that one page can list; what a post keeps beside them stands in the supplies of the bureau. */
export const itemsMost = 200
export const mattersMost = 50
const figure = () => z.int().min(0).max(1_000_000)
const itemName = () => staffName(40).min(1)
const itemUnit = () => staffName(8)
const itemKey = { kind: z.enum(itemKinds), name: itemName() }
export const handoverCountFields = z.strictObject({
  vehicles: figure(),
  people: figure(),
  vehiclesTurned: figure(),
  peopleTurned: figure(),
  fevers: figure(),
  transferred: figure(),
})

/** A post begins to hand over in writing, with what stands there now. Sent again it only says whether pages are missed. */
export const openHandoverBook = command({
  name: 'attendance.openHandoverBook',
  title: { zh: '启用交接班记录', en: 'Open the hand-over book of a post' },
  roles: leaders,
  input: z.strictObject({
    postId: id(),
    required: z.boolean().default(true),
    items: z.array(z.strictObject({ ...itemKey, unit: itemUnit(), count: figure() })).max(itemsMost),
  }),
})

/** The same id and band again, after it was returned, is the next round of the same page. */
export const giveHandover = command({
  name: 'attendance.giveHandover',
  kind: 'fact',
  title: { zh: '交班', en: 'Give the hand-over' },
  roles: everyone,
  input: z.strictObject({
    handoverId: id(),
    ...seatFields,
    /** One of the next band, where several come; null where the roster leaves no choice. */
    successorId: id().nullable().default(null),
    weather: staffText(20),
    counts: handoverCountFields,
    events: staffText(1000),
    orders: staffText(1000),
    mustKnow: staffText(1000),
    /** Everything that the last page lists, and what is new. What should be there, the books know. */
    items: z
      .array(z.strictObject({ ...itemKey, unit: itemUnit(), counted: figure(), condition: staffText(60) }))
      .max(itemsMost),
    opened: z
      .array(
        z.strictObject({
          matterId: id(),
          text: staffText(300).min(1),
          dueAt: instant().nullable().default(null),
        }),
      )
      .max(mattersMost),
    closed: z.array(z.strictObject({ matterId: id(), how: staffText(200).min(1) })).max(mattersMost),
  }),
  output: z.strictObject({ round: count(), successorId: z.string() }),
})

/** Agreeing with every figure of the round that was read. */
export const signHandover = command({
  name: 'attendance.signHandover',
  kind: 'fact',
  title: { zh: '接班签收', en: 'Sign the hand-over' },
  roles: everyone,
  input: z.strictObject({ handoverId: id(), round: z.int().min(1) }),
  output: z.strictObject({ signedAt: instant() }),
})

/** Figures as the successor found them; the words of the page can be disagreed with by the reason alone. */
export const returnHandover = command({
  name: 'attendance.returnHandover',
  kind: 'fact',
  title: { zh: '退回交接班', en: 'Return the hand-over' },
  roles: everyone,
  input: z.strictObject({
    handoverId: id(),
    round: z.int().min(1),
    why: staffText(200).min(2),
    differences: z
      .array(z.strictObject({ kind: z.enum(['count', ...itemKinds]), name: itemName(), found: figure() }))
      .max(mattersMost),
  }),
})

/** Before it is signed, and with a reason: somebody else takes over than the roster says. */
export const nameSuccessor = command({
  name: 'attendance.nameSuccessor',
  title: { zh: '变更接班人', en: 'Name the successor' },
  roles: leaders,
  input: z.strictObject({ namingId: id(), ...seatFields, officerId: id(), why: staffText(200).min(2) }),
})

/** A difference that stands: a leader says which figures hold, and the page is given again with them. */
export const settleHandover = command({
  name: 'attendance.settleHandover',
  title: { zh: '核定交接数', en: 'Settle the figures of a hand-over' },
  roles: leaders,
  input: z.strictObject({
    handoverId: id(),
    figures: z
      .array(z.strictObject({ kind: z.enum(['count', ...itemKinds]), name: itemName(), figure: figure() }))
      .min(1)
      .max(mattersMost),
    why: staffText(200).min(2),
    reviewId: id().nullable().default(null),
  }),
  output: z.strictObject({ round: count() }),
})

/** Lets somebody go before his band's hand-over is signed. */
export const relieveOfficer = command({
  name: 'attendance.relieveOfficer',
  title: { zh: '准予离岗', en: 'Let somebody go before the hand-over' },
  roles: leaders,
  input: z.strictObject({ reliefId: id(), officerId: id(), ...seatFields, why: staffText(200).min(2) }),
})

// ----------------------------------------------------------------------------------------------------- questions

const who = z.strictObject({ officerId: z.string(), name: z.string(), badge: z.string() })
const bandView = z.strictObject({
  day: z.string(),
  patternId: z.string(),
  band: z.string(),
  zh: z.string(),
  en: z.string(),
  begins: instant(),
  ends: instant(),
})
const itemView = z.strictObject({
  kind: z.enum(itemKinds),
  name: z.string(),
  unit: z.string(),
  /** By the last page that was signed before; null: new on this page. */
  should: count().nullable(),
  counted: count(),
  condition: z.string(),
})
export type HandoverItem = z.output<typeof itemView>
const matterView = z.strictObject({
  matterId: z.string(),
  text: z.string(),
  dueAt: instant().nullable(),
  openedIn: z.string(),
  openedAt: instant(),
  closedIn: z.string().nullable(),
  closedHow: z.string().nullable(),
})

export const handoverView = z.strictObject({
  handoverId: z.string(),
  operationId: z.string(),
  postId: z.string(),
  postCode: z.string(),
  postName: z.string(),
  from: bandView,
  to: z.strictObject({ ...bandView.shape, ends: instant().nullable() }),
  giver: who,
  successor: who,
  state: z.enum(handoverStates),
  round: count(),
  givenAt: instant(),
  signedAt: instant().nullable(),
  weather: z.string(),
  counts: handoverCountFields,
  events: z.string(),
  orders: z.string(),
  mustKnow: z.string(),
  items: z.array(itemView),
  /** Open when the page was given, opened by it or closed by it. */
  matters: z.array(matterView),
  returns: z.array(
    z.strictObject({
      round: count(),
      returnedAt: instant(),
      by: who,
      why: z.string(),
      differences: z.array(
        z.strictObject({ kind: z.string(), name: z.string(), stated: count(), found: count() }),
      ),
    }),
  ),
  settledAt: instant().nullable(),
  settledWhy: z.string().nullable(),
  /** Of the band that goes off, who left before this page was signed, and was not let go. */
  leftBefore: z.array(z.strictObject({ ...who.shape, leftAt: instant() })),
})
export type HandoverView = z.output<typeof handoverView>

/** What an officer has to give now, drafted from the last page, and what waits for his signature. */
export const myHandover = query({
  name: 'attendance.myHandover',
  title: { zh: '我的交接班', en: 'My hand-over' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    now: instant(),
    /** Null: he stands at no post that hands over in writing. */
    give: z
      .strictObject({
        postId: z.string(),
        postCode: z.string(),
        postName: z.string(),
        from: bandView,
        /** Null: nobody is published for a band behind his. */
        to: bandView.nullable(),
        /** Who can be named; one whom a leader named is the only one. */
        successors: z.array(who),
        items: z.array(itemView),
        matters: z.array(matterView),
        /** The page of this band, once it was given. */
        page: handoverView.nullable(),
      })
      .nullable(),
    /** Pages that name him: given and returned ones, and those that he signed within the last day. */
    toSign: z.array(handoverView),
  }),
})

/** The pages of one post, newest band first. */
export const handoverBook = query({
  name: 'attendance.handoverBook',
  title: { zh: '交接班记录', en: 'Hand-over book of a post' },
  roles: readers,
  input: z.strictObject({
    postId: id(),
    offset: listInput.offset,
    limit: z.int().min(1).max(500).default(1),
  }),
  output: pageOf(handoverView).extend({ postCode: z.string(), postName: z.string(), required: z.boolean() }),
})

/** Posts that have a book, within the scope, by their code. */
export const handoverPosts = query({
  name: 'attendance.handoverPosts',
  title: { zh: '有交接班记录的点位', en: 'Posts with a hand-over book' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({ operationId: id() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        postId: z.string(),
        postCode: z.string(),
        postName: z.string(),
        required: z.boolean(),
        pages: count(),
        /** Not signed yet. */
        open: count(),
      }),
    ),
  }),
})

/** Pages of duty days, by the band that went off: the records behind the figures. */
export const handovers = query({
  name: 'attendance.handovers',
  title: { zh: '交接班清单', en: 'Hand-overs' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({
    from: day(),
    until: day(),
    state: z.enum(handoverStates).optional(),
    /** Only those that were returned at least once, whatever became of them. */
    returned: z.boolean().default(false),
    offset: listInput.offset,
    limit: listInput.limit,
  }),
  output: pageOf(
    z.strictObject({
      handoverId: z.string(),
      postId: z.string(),
      postName: z.string(),
      day: z.string(),
      band: z.string(),
      begins: instant(),
      ends: instant(),
      giverName: z.string(),
      successorName: z.string(),
      state: z.enum(handoverStates),
      round: count(),
      givenAt: instant(),
      signedAt: instant().nullable(),
    }),
  ),
})
