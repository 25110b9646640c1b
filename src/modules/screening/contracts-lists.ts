// What is asked about sampling: by the officer at a site, and at the desk.
import { z } from 'zod'
import { day, everyone, id, instant, listInput, orderInput, pageOf, query } from '../../kernel/contract.ts'
import { ruleFields } from './contracts-commands.ts'
import { count, deskReaders, retestOutcomes, tubeResults, tubeStates } from './contracts-words.ts'

const minutes = () => z.number().min(0)
const act = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('openLane'),
    lanes: count(),
    waitMinutes: minutes(),
    utilisation: minutes(),
  }),
  z.strictObject({ act: z.literal('sendOfficers'), officers: count(), queue: count() }),
  z.strictObject({ act: z.literal('divert'), peoplePerMinute: minutes(), waitMinutes: minutes() }),
  z.strictObject({
    act: z.literal('closeLane'),
    lanes: count(),
    waitMinutes: minutes(),
    utilisation: minutes(),
  }),
  z.strictObject({ act: z.literal('keep') }),
])
export type AdviceAct = z.output<typeof act>

/** How a site stands now. Null where nobody has counted or sampled lately. */
export const siteNow = z.strictObject({
  queue: count().nullable(),
  queueAt: instant().nullable(),
  lanesOpen: count(),
  lanesThere: count(),
  officers: count(),
  /** What arrivals and pace are taken from. */
  pace: z
    .strictObject({
      sampled: count(),
      minutes: minutes(),
      arrivalsPerMinute: minutes(),
      secondsPerPerson: minutes(),
      /** By what was seen here, and not by the rules. */
      seen: z.boolean(),
    })
    .nullable(),
  advice: z
    .strictObject({
      utilisation: minutes(),
      waitNow: minutes(),
      waitSoon: minutes(),
      waitSoonError: minutes(),
      queueSoon: minutes(),
      waitSettled: minutes().nullable(),
      acts: z.array(act),
    })
    .nullable(),
})
export type SiteNowView = z.output<typeof siteNow>

const kit = z.strictObject({ loudspeaker: z.boolean(), cordon: z.boolean(), oneMetre: z.boolean() })

/** Everything that the phone works with at a site; asked when there is a network, and kept. */
export const my = query({
  name: 'screening.my',
  title: { zh: '我的采样点', en: 'My sampling site' },
  roles: everyone,
  /** With a post: that one, for whoever leads. */
  input: z.strictObject({ postId: id().optional() }),
  output: z.strictObject({
    now: instant(),
    rules: ruleFields,
    sites: z.array(
      z.strictObject({
        postId: z.string(),
        code: z.string(),
        name: z.string(),
        day: z.string(),
        band: z.string(),
        rounds: z.array(z.strictObject({ roundId: z.string(), n: z.int(), name: z.string() })),
        lanes: z.array(z.strictObject({ n: z.int(), open: z.boolean() })),
        now: siteNow,
        /** Of the duty day. */
        tubes: count(),
        people: count(),
        last: z.array(
          z.strictObject({
            tubeId: z.string(),
            code: z.string(),
            size: z.int(),
            people: z.int(),
            sealedAt: instant(),
            boxed: z.boolean(),
          }),
        ),
        /** Codes of sealed tubes that lie in no box yet, the oldest first. */
        unboxed: z.array(z.string()),
        kit: kit.nullable(),
        retests: z.array(
          z.strictObject({ retestId: z.string(), code: z.string(), n: z.int(), dueAt: instant() }),
        ),
      }),
    ),
  }),
})
export type MySite = z.output<typeof my.output>['sites'][number]

export const progressOrders = ['site', 'expected', 'sampled', 'tubes', 'queue'] as const
export const progressRow = z.strictObject({
  key: z.string(),
  roundId: z.string().nullable(),
  roundName: z.string(),
  day: z.string(),
  postId: z.string(),
  code: z.string(),
  name: z.string(),
  unitName: z.string(),
  expected: count().nullable(),
  people: count(),
  tubes: count(),
  boxes: count(),
  unboxed: count(),
  results: count(),
  positive: count(),
  overdue: count(),
  /** Null on days that are not today. */
  now: siteNow.nullable(),
  kit: kit.nullable(),
})
export type ProgressRow = z.output<typeof progressRow>

const ofDays = { from: day().optional(), until: day().optional() }

export const progress = query({
  name: 'screening.progress',
  title: { zh: '采样进度', en: 'Progress of sampling' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(progressOrders),
    operationId: id(),
    day: day(),
    roundId: id().optional(),
  }),
  output: z.strictObject({
    ...pageOf(progressRow).shape,
    now: instant(),
    today: z.string(),
    totals: z.strictObject({
      expected: count(),
      people: count(),
      tubes: count(),
      results: count(),
      positive: count(),
    }),
  }),
})

export const tubeRow = z.strictObject({
  tubeId: z.string(),
  code: z.string(),
  postId: z.string(),
  postName: z.string(),
  roundName: z.string().nullable(),
  day: z.string(),
  lane: z.int(),
  size: z.int(),
  people: z.int(),
  /** How many of them are known by a sealed box. */
  boxes: count(),
  sealedAt: instant(),
  sealedBy: z.string().nullable(),
  sealNumber: z.string().nullable(),
  state: z.enum(tubeStates),
  result: z.enum(tubeResults).nullable(),
  resultAt: instant().nullable(),
})
export type TubeRow = z.output<typeof tubeRow>

export const tubes = query({
  name: 'screening.tubes',
  title: { zh: '采样管', en: 'Tubes' },
  roles: everyone,
  input: z.strictObject({
    ...listInput,
    ...ofDays,
    operationId: id().optional(),
    postId: id().optional(),
    roundId: id().optional(),
    boxId: id().optional(),
    states: z.array(z.enum(tubeStates)).max(tubeStates.length).optional(),
  }),
  output: pageOf(tubeRow),
})

export const boxes = query({
  name: 'screening.boxes',
  title: { zh: '样本箱', en: 'Boxes of tubes' },
  roles: deskReaders,
  input: z.strictObject({ ...listInput, ...ofDays, operationId: id(), postId: id().optional() }),
  output: pageOf(
    z.strictObject({
      boxId: z.string(),
      sealNumber: z.string(),
      postName: z.string(),
      handedTo: z.string(),
      handedAt: instant(),
      tubes: count(),
      people: count(),
    }),
  ),
})

export const retests = query({
  name: 'screening.retests',
  title: { zh: '复采任务', en: 'Re-tests' },
  roles: deskReaders,
  input: z.strictObject({ ...listInput, postId: id().optional(), open: z.boolean().optional() }),
  output: pageOf(
    z.strictObject({
      retestId: z.string(),
      code: z.string(),
      n: z.int(),
      postName: z.string(),
      unitName: z.string(),
      openedAt: instant(),
      dueAt: instant(),
      overdue: z.boolean(),
      singleCode: z.string().nullable(),
      outcome: z.enum(retestOutcomes).nullable(),
      note: z.string(),
    }),
  ),
})

export const rules = query({
  name: 'screening.rules',
  title: { zh: '采样规则', en: 'Rules of sampling' },
  roles: deskReaders,
  input: z.strictObject({}),
  output: ruleFields,
})
