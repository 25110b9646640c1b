// What is stated at a sampling site, and what the command post asks for.
import { z } from 'zod'
import { command, day, everyone, id, instant, staffName, staffText } from '../../kernel/contract.ts'
import {
  box,
  commanding,
  count,
  resultTakers,
  retestOutcomes,
  scannedCode,
  tubeResults,
  tubeSizes,
} from './contracts-words.ts'

const lane = () => z.int().min(1).max(50)
export const tubesInBoxMost = 500
export const resultsMost = 2_000

/** The id of the fact is the id of the tube. One fact a tube, with how many people are in it. */
export const sealTube = command({
  name: 'screening.sealTube',
  kind: 'fact',
  title: { zh: '采样管封管', en: 'Seal a tube' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    postId: id(),
    /** Null: outside any round. */
    roundId: id().nullable(),
    lane: lane(),
    code: scannedCode(),
    size: z.literal([...tubeSizes]),
    people: z.int().min(0).max(100),
    /** Said by the officer: it is the last one, and has fewer people than it could. */
    short: z.boolean(),
    /** One a person, or none where people were only counted. */
    boxes: z.array(box).max(100),
    /** Somebody of a positive tube is sampled alone in this one. */
    retestId: id().nullable(),
  }),
})

export const tubesInListMost = 1_000

/** A list of one site that worked on paper: the same tubes, without the people in them. */
export const recordTubes = command({
  name: 'screening.recordTubes',
  title: { zh: '补录采样管', en: 'Take in a list of sealed tubes' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    postId: id(),
    roundId: id().nullable(),
    tubes: z
      .array(
        z.strictObject({
          code: scannedCode(),
          lane: lane(),
          size: z.literal([...tubeSizes]),
          people: z.int().min(1).max(100),
          sealedAt: instant(),
        }),
      )
      .min(1)
      .max(tubesInListMost),
  }),
  output: z.strictObject({ recorded: count(), people: count() }),
})

export const setLane = command({
  name: 'screening.setLane',
  kind: 'fact',
  title: { zh: '采样台开闭', en: 'Open or close a lane' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ postId: id(), lane: lane(), open: z.boolean() }),
})

export const noteQueue = command({
  name: 'screening.noteQueue',
  kind: 'fact',
  title: { zh: '记排队人数', en: 'Count the line' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ postId: id(), queue: z.int().min(0).max(5_000) }),
})

export const checkKit = command({
  name: 'screening.checkKit',
  kind: 'fact',
  title: { zh: '秩序器材检查', en: 'Check what keeps order' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    postId: id(),
    day: day(),
    band: z.string().regex(/^[A-Za-z0-9]{1,20}$/),
    loudspeaker: z.boolean(),
    cordon: z.boolean(),
    oneMetre: z.boolean(),
  }),
})

/** The id of the fact is the id of the box. */
export const packBox = command({
  name: 'screening.packBox',
  kind: 'fact',
  title: { zh: '样本装箱交接', en: 'Pack and hand over a box' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    postId: id(),
    sealNumber: scannedCode(),
    handedTo: staffName(60),
    tubes: z.array(scannedCode()).min(1).max(tubesInBoxMost),
  }),
})

export const recordResults = command({
  name: 'screening.recordResults',
  title: { zh: '录入检测结果', en: 'Take in results' },
  roles: resultTakers,
  input: z.strictObject({
    results: z
      .array(z.strictObject({ code: scannedCode(), result: z.enum(tubeResults) }))
      .min(1)
      .max(resultsMost),
  }),
  /** Recorded now, known already, and single re-tests opened and closed by them. */
  output: z.strictObject({ recorded: count(), same: count(), opened: count(), closed: count() }),
})

export const closeRetest = command({
  name: 'screening.closeRetest',
  title: { zh: '复采办结', en: 'Close a re-test' },
  roles: resultTakers,
  input: z.strictObject({
    retestId: id(),
    outcome: z.enum(retestOutcomes).extract(['notFound', 'handedOver']),
    note: staffText(200),
  }),
})

export const setExpected = command({
  name: 'screening.setExpected',
  title: { zh: '设定应采人数', en: 'Set how many people are expected' },
  roles: commanding,
  input: z.strictObject({
    roundId: id(),
    sites: z
      .array(z.strictObject({ postId: id(), people: z.int().min(0).max(1_000_000) }))
      .min(1)
      .max(5_000),
  }),
})

export const ruleFields = z.strictObject({
  /** What one person takes until enough was seen. */
  secondsPerPerson: z.int().min(5).max(600),
  waitMinutesMost: z.int().min(5).max(240),
  queueMost: z.int().min(10).max(5_000),
  resultHours: z.int().min(1).max(168),
  retestHours: z.int().min(1).max(168),
})
export type SamplingRules = z.output<typeof ruleFields>

export const setRules = command({
  name: 'screening.setRules',
  title: { zh: '采样规则', en: 'Rules of sampling' },
  roles: commanding,
  input: ruleFields,
})
