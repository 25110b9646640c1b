// Contracts of the subject store: browser-safe, read by desk and server alike.
import { z } from 'zod'
import {
  command,
  day,
  id,
  instant,
  listInput,
  pageOf,
  personal,
  query,
  type Role,
  staffText,
} from '../../kernel/contract.ts'
import { markKinds, valueKinds } from './contracts-marks.ts'
import { linkKinds, subjectKinds } from './contracts-words.ts'

export * from './contracts-marks.ts'
export * from './contracts-problems.ts'
export * from './contracts-words.ts'

/** Who may see who a subject is, and have it erased. */
const openers: Role[] = ['commander', 'dutyOfficer', 'healthOfficer']

const reason = () => staffText(500).min(2)
/** Why, and the case that it hangs on; both stand in the log. */
const looking = { purpose: reason(), caseRef: staffText(60).min(2) }

/** What a batch of settled facts changes. Marks are not in it: the books could not forget them. */
export const settleSubjects = command({
  name: 'subjects.settle',
  title: { zh: '归并查验对象', en: 'Settle subjects' },
  roles: ['system'],
  input: z.strictObject({
    /** Duty day of the settling. */
    on: day(),
    made: z.array(z.strictObject({ subjectId: id(), kind: z.enum(subjectKinds) })).max(1_000),
    /** Known before, and for the first time seen on this day. */
    seen: z.array(id()).max(1_000),
    values: z
      .array(
        z.strictObject({
          valueId: id(),
          subjectId: id(),
          kind: z.enum(valueKinds),
          text: personal('subjectId', 600),
        }),
      )
      .max(2_000),
    links: z
      .array(z.strictObject({ subjectId: id(), otherId: id(), kind: z.enum(linkKinds), factId: id() }))
      .max(1_000),
    unopened: z
      .array(
        z.strictObject({
          factId: id(),
          n: z.int().min(0),
          kind: z.enum(valueKinds),
          box: z.string().max(1_000),
        }),
      )
      .max(2_000),
  }),
})

export const proposeErasure = command({
  name: 'subjects.proposeErasure',
  title: { zh: '提出销毁对象身份', en: 'Propose to erase a subject' },
  roles: openers,
  input: z.strictObject({ subjectId: id(), reason: reason() }),
})

/** By the clock: no fact has spoken of them for as long as such facts are kept. */
export const proposeForgetting = command({
  name: 'subjects.proposeForgetting',
  title: { zh: '到期提出销毁', en: 'Propose erasing what nothing refers to' },
  roles: ['system'],
  input: z.strictObject({ before: day(), subjectIds: z.array(id()).min(1).max(500) }),
})

/** Approves: their keys are destroyed. Nobody reads who they were any more, in no copy of the books. */
export const eraseSubjects = command({
  name: 'subjects.erase',
  title: { zh: '批准销毁', en: 'Approve an erasure' },
  roles: openers,
  input: z.strictObject({ subjectIds: z.array(id()).min(1).max(500) }),
})

export const keepSubject = command({
  name: 'subjects.keep',
  title: { zh: '不予销毁', en: 'Turn an erasure down' },
  roles: openers,
  input: z.strictObject({ subjectId: id(), reason: reason() }),
})

export const dismissBox = command({
  name: 'subjects.dismissBox',
  title: { zh: '处理未能打开的信息', en: 'Dismiss an unopened box' },
  roles: openers,
  input: z.strictObject({ factId: id(), n: z.int().min(0), reason: reason() }),
})

const bare = {
  subjectId: id(),
  kind: z.enum(subjectKinds),
  madeAt: instant(),
  lastSeenOn: z.string(),
}

export const findSubject = query({
  name: 'subjects.find',
  title: { zh: '按证件、车牌等查找对象', en: 'Find a subject by a mark' },
  roles: openers,
  opens: true,
  input: z.strictObject({ kind: z.enum(markKinds), text: z.string().min(1).max(600), ...looking }),
  /** Exact only; null where nobody has it. Says nothing of who it is. */
  output: z.strictObject({ subject: z.strictObject(bare).nullable() }),
})

export const openSubject = query({
  name: 'subjects.open',
  title: { zh: '查看对象身份', en: 'Open who a subject is' },
  roles: openers,
  opens: true,
  input: z.strictObject({ subjectId: id(), ...looking }),
  output: z.strictObject({
    ...bare,
    values: z.array(
      z.strictObject({ valueId: id(), kind: z.enum(valueKinds), text: z.string(), notedAt: instant() }),
    ),
    links: z.array(z.strictObject({ otherId: id(), kind: z.enum(linkKinds), madeAt: instant() })),
  }),
})

export const looksList = query({
  name: 'subjects.looks',
  title: { zh: '谁查看过谁', en: 'Who looked at whom' },
  roles: ['commander', 'inspector'],
  input: z.strictObject({ subjectId: id().optional(), offset: listInput.offset, limit: listInput.limit }),
  output: pageOf(
    z.strictObject({
      openingId: id(),
      at: instant(),
      actor: z.string(),
      /** Found by a mark, or opened. */
      opened: z.boolean(),
      /** Null: looked for, and nobody was there. */
      subjectId: id().nullable(),
      purpose: z.string(),
      caseRef: z.string(),
    }),
  ),
})

export const erasuresList = query({
  name: 'subjects.erasures',
  title: { zh: '待决的销毁申请', en: 'Erasures to decide on' },
  roles: openers,
  input: z.strictObject({ offset: listInput.offset, limit: listInput.limit }),
  output: pageOf(
    z.strictObject({
      subjectId: id(),
      kind: z.enum(subjectKinds),
      reason: z.string(),
      proposedAt: instant(),
      /** Null: by the clock. */
      proposedBy: z.string().nullable(),
      /** The asker's own: somebody else has to decide. */
      own: z.boolean(),
    }),
  ),
})

export const unopenedList = query({
  name: 'subjects.unopened',
  title: { zh: '未能打开的信息', en: 'Boxes that could not be opened' },
  roles: openers,
  input: z.strictObject({ offset: listInput.offset, limit: listInput.limit }),
  output: pageOf(z.strictObject({ factId: id(), n: z.int(), kind: z.enum(valueKinds), notedAt: instant() })),
})
