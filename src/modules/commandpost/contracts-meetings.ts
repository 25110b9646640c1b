// Meetings 会议 of the command post: minutes, and decisions that become directives.
import { z } from 'zod'
import {
  command,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  query,
  staffText,
} from '../../kernel/contract.ts'
import { directiveHead } from './contracts-visits.ts'
import {
  commandPost,
  count,
  deskReaders,
  directiveStates,
  enclosureRow,
  newEnclosures,
  shortName,
} from './contracts-words.ts'

const words = (max: number) => staffText(max).regex(/\S/)
export const decisionsMost = 50

const head = {
  title: shortName(100),
  heldAt: instant(),
  place: shortName(60),
  /** By name or office. */
  chair: shortName(60),
  attendees: staffText(1_000).default(''),
  minutes: staffText(10_000).default(''),
}
const decisions = () => z.array(z.strictObject({ decisionId: id(), text: words(1_000) })).max(decisionsMost)

export const recordMeeting = command({
  name: 'commandpost.recordMeeting',
  title: { zh: '登记会议', en: 'Record a meeting' },
  roles: commandPost,
  input: z.strictObject({
    meetingId: id(),
    operationId: id(),
    ...head,
    decisions: decisions().default([]),
    enclosures: newEnclosures(),
  }),
})

export const changeMeeting = command({
  name: 'commandpost.changeMeeting',
  title: { zh: '修改会议纪要', en: 'Change the minutes' },
  roles: commandPost,
  input: z.strictObject({ meetingId: id(), ...head }),
})

export const addDecisions = command({
  name: 'commandpost.addDecisions',
  title: { zh: '补登议定事项', en: 'Add decisions' },
  roles: commandPost,
  input: z.strictObject({ meetingId: id(), decisions: decisions().min(1) }),
})

export const issueDecision = command({
  name: 'commandpost.issueDecision',
  title: { zh: '议定事项下达为指令', en: 'Issue a decision as a directive' },
  roles: commandPost,
  input: z.strictObject({ decisionId: id(), ...directiveHead }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const meetingRow = z.strictObject({
  meetingId: z.string(),
  operationId: z.string(),
  n: z.int(),
  title: z.string(),
  heldAt: z.string(),
  place: z.string(),
  chair: z.string(),
  recordedBy: z.string().nullable(),
  decisions: z.strictObject({ all: count(), issued: count(), completed: count(), overdue: count() }),
})

export const meetingOrders = ['n', 'title', 'heldAt', 'chair'] as const
export const meetings = query({
  name: 'commandpost.meetings',
  title: { zh: '会议', en: 'Meetings' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(meetingOrders),
    operationId: id().optional(),
    /** Decisions not issued, or directives of it still open. */
    only: z.enum(['unissued', 'open']).optional(),
  }),
  output: pageOf(meetingRow),
})

export const meeting = query({
  name: 'commandpost.meeting',
  title: { zh: '会议详情', en: 'Meeting' },
  roles: deskReaders,
  input: z.strictObject({ meetingId: id() }),
  output: z.strictObject({
    ...meetingRow.shape,
    attendees: z.string(),
    minutes: z.string(),
    mayChange: z.boolean(),
    decisionRows: z.array(
      z.strictObject({
        decisionId: z.string(),
        n: z.int(),
        text: z.string(),
        directive: z
          .strictObject({
            directiveId: z.string(),
            number: z.string(),
            title: z.string(),
            state: z.enum(directiveStates),
            dueAt: z.string(),
            overdue: z.boolean(),
            completed: count(),
            all: count(),
          })
          .nullable(),
      }),
    ),
    enclosures: z.array(enclosureRow),
  }),
})
