// Difficulties 一线困难: raised at a post, owned until the post says that they are solved.
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
  difficultyKinds,
  difficultyStates,
  enclosureRow,
  newEnclosures,
  owners,
  readers,
  some,
  urgencies,
} from './contracts-words.ts'

const words = (max: number) => staffText(max).regex(/\S/)
/** The responsible unit, the command post, and whoever has the goods. */
const solvers = ['unitLeader', 'dutyOfficer', 'commander', 'logistics', 'system'] as const

export const raiseDifficulty = command({
  name: 'commandpost.raiseDifficulty',
  title: { zh: '上报困难', en: 'Raise a difficulty' },
  roles: ['officer', 'unitLeader', 'dutyOfficer', 'commander', 'system'],
  input: z.strictObject({
    difficultyId: id(),
    postId: id(),
    kind: z.enum(difficultyKinds),
    urgency: z.enum(urgencies),
    /** May be left empty: kind and urgency are enough with gloves on. */
    text: staffText(1_000).default(''),
    enclosures: newEnclosures(),
  }),
})

export const answerDifficulty = command({
  name: 'commandpost.answerDifficulty',
  title: { zh: '答复困难', en: 'Answer a difficulty' },
  roles: solvers,
  input: z.strictObject({
    difficultyId: id(),
    text: words(1_000),
    /** By when it will be solved; then the clock runs to that. */
    solveBy: instant(),
    enclosures: newEnclosures(),
  }),
})

export const solveDifficulty = command({
  name: 'commandpost.solveDifficulty',
  title: { zh: '困难已解决，请点位确认', en: 'Say that a difficulty is solved' },
  roles: solvers,
  input: z.strictObject({ difficultyId: id(), text: words(1_000), enclosures: newEnclosures() }),
})

/** The post's own word: an officer on duty there, and not the one who solved it. */
export const confirmDifficulty = command({
  name: 'commandpost.confirmDifficulty',
  title: { zh: '点位确认已解决', en: 'Confirm that a difficulty is solved' },
  roles: ['officer', 'unitLeader', 'dutyOfficer', 'commander'],
  input: z.strictObject({ difficultyId: id(), text: staffText(500).default('') }),
})

export const reopenDifficulty = command({
  name: 'commandpost.reopenDifficulty',
  title: { zh: '点位反映未解决', en: 'Say that a difficulty is not solved' },
  roles: ['officer', 'unitLeader', 'dutyOfficer', 'commander'],
  input: z.strictObject({ difficultyId: id(), reason: words(500) }),
})

export const mergeDifficulty = command({
  name: 'commandpost.mergeDifficulty',
  title: { zh: '合并重复困难', en: 'Merge a duplicate difficulty' },
  roles: ['unitLeader', 'dutyOfficer', 'commander', 'system'],
  input: z.strictObject({ difficultyId: id(), into: id() }),
})

export const escalateDifficulty = command({
  name: 'commandpost.escalateDifficulty',
  title: { zh: '困难到时上提', en: 'A difficulty goes up at its time' },
  roles: ['system'],
  input: z.strictObject({ difficultyId: id(), from: z.enum(owners) }),
})

const minutes = () => z.int().min(1).max(10_080)
export const clock = z.strictObject({
  urgency: z.enum(urgencies),
  unitMinutes: minutes(),
  dutyOfficerMinutes: minutes(),
  dutyLeaderMinutes: minutes(),
})
export const setClocks = command({
  name: 'commandpost.setClocks',
  title: { zh: '设定困难答复时限', en: 'Set how long a difficulty may wait' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ clocks: z.array(clock).min(1).max(urgencies.length) }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const clocks = query({
  name: 'commandpost.clocks',
  title: { zh: '困难答复时限', en: 'How long a difficulty may wait' },
  roles: readers,
  input: z.strictObject({}),
  output: z.strictObject({ rows: z.array(clock) }),
})

export const difficultyRow = z.strictObject({
  difficultyId: z.string(),
  operationId: z.string(),
  n: z.int(),
  postId: z.string(),
  postName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  kind: z.enum(difficultyKinds),
  urgency: z.enum(urgencies),
  text: z.string(),
  raisedAt: z.string(),
  raisedBy: z.string().nullable(),
  state: z.enum(difficultyStates),
  owner: z.enum(owners),
  /** When it goes up, or should be solved by; null while it waits for the post, and at the end. */
  dueAt: z.string().nullable(),
  overdue: z.boolean(),
  /** How long it has stood, to now or to its end. */
  stoodMinutes: z.int(),
  solvedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  reopened: z.int(),
  merged: z.int(),
})

export const difficultyOrders = ['n', 'kind', 'urgency', 'raisedAt', 'dueAt', 'owner'] as const
export const difficulties = query({
  name: 'commandpost.difficulties',
  title: { zh: '一线困难', en: 'Difficulties' },
  roles: readers,
  input: z.strictObject({
    ...listInput,
    ...orderInput(difficultyOrders),
    operationId: id().optional(),
    states: some(z.enum(difficultyStates)).optional(),
    kinds: some(z.enum(difficultyKinds)).optional(),
    urgencies: some(z.enum(urgencies)).optional(),
    owners: some(z.enum(owners)).optional(),
    unitId: id().optional(),
    postId: id().optional(),
    overdue: z.boolean().optional(),
    /** Duty days, both inclusive. */
    raisedFrom: day().optional(),
    raisedUntil: day().optional(),
    closedFrom: day().optional(),
    closedUntil: day().optional(),
  }),
  output: pageOf(difficultyRow),
})

const dutyLeader = z.strictObject({
  office: z.enum(['bureau', 'commandPost']),
  name: z.string(),
  unit: z.string(),
})

export const difficulty = query({
  name: 'commandpost.difficulty',
  title: { zh: '困难详情', en: 'Difficulty' },
  roles: readers,
  input: z.strictObject({ difficultyId: id() }),
  output: z.strictObject({
    ...difficultyRow.shape,
    mergedInto: z.strictObject({ difficultyId: z.string(), n: z.int() }).nullable(),
    mergedRows: z.array(z.strictObject({ difficultyId: z.string(), n: z.int(), postName: z.string() })),
    /** Who that is now, where it is with the duty leader and open; null also where the calendar has nobody. */
    dutyLeader: dutyLeader.nullable(),
    /** What the asker may do now. */
    may: z.strictObject({ answer: z.boolean(), confirm: z.boolean(), merge: z.boolean() }),
    steps: z.array(
      z.strictObject({
        n: z.int(),
        kind: z.enum(['raised', 'answered', 'escalated', 'solved', 'closed', 'reopened', 'merged', 'took']),
        at: z.string(),
        by: z.string().nullable(),
        text: z.string(),
        owner: z.enum(owners),
        /** Who led as it went up to the duty leader; null for other steps, and where nobody was set. */
        dutyLeader: dutyLeader.nullable(),
      }),
    ),
    enclosures: z.array(enclosureRow),
  }),
})
