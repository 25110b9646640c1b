// 就餐轮次 and 消毒轮次: the small rosters that a station keeps beside the posts.
import { z } from 'zod'
import { command, day, everyone, id, instant, query, staffName } from '../../kernel/contract.ts'
import { readers, spanDays } from './contracts-shapes.ts'

export const turnKinds = ['meal', 'disinfection'] as const
export type TurnKind = (typeof turnKinds)[number]
export const turnKindTitles: Record<TurnKind, { zh: string; en: string }> = {
  meal: { zh: '就餐', en: 'Meals' },
  disinfection: { zh: '消毒', en: 'Disinfection' },
}
/** So many days are made or shown at once. */
export const turnDaysMost = 31
const keepers = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'] as const

export const setTurns = command({
  name: 'roster.setTurns',
  title: { zh: '设定就餐和消毒轮次', en: 'Name the turns of a station' },
  roles: keepers,
  input: z.strictObject({
    unitId: id(),
    /** All of them; one that is left out is made no longer and keeps its past days. */
    turns: z
      .array(
        z.strictObject({
          turnId: id(),
          kind: z.enum(turnKinds),
          name: staffName(40).min(1),
          /** After the hand-over hour, and how long. */
          fromMinute: z.int().min(0).max(1439),
          minutes: z.int().min(5).max(720),
          /** How many go; null at meals: whoever is on duty, shared out evenly over the sittings of a meal. */
          heads: z.int().min(1).max(200).nullable(),
        }),
      )
      .max(12),
  }),
})

export const makeTurns = command({
  name: 'roster.makeTurns',
  title: { zh: '按轮换生成轮次', en: 'Make the turns by rotation' },
  roles: keepers,
  input: z.strictObject({ unitId: id(), ...spanDays }),
  output: z.strictObject({ made: z.int(), short: z.int() }),
})

export const setTurnDay = command({
  name: 'roster.setTurnDay',
  title: { zh: '手工调整轮次', en: 'Set who goes in a turn' },
  roles: keepers,
  input: z.strictObject({ turnId: id(), day: day(), officerIds: z.array(id()).max(200) }),
})

const person = z.strictObject({ officerId: z.string(), name: z.string() })
export const turns = query({
  name: 'roster.turns',
  title: { zh: '就餐和消毒轮次', en: 'Turns of a station' },
  roles: readers,
  input: z.strictObject({ unitId: id(), ...spanDays }),
  output: z.strictObject({
    unit: z.string(),
    today: z.string(),
    turns: z.array(
      z.strictObject({
        turnId: z.string(),
        kind: z.enum(turnKinds),
        name: z.string(),
        fromMinute: z.int(),
        minutes: z.int(),
        heads: z.int().nullable(),
        ended: z.boolean(),
      }),
    ),
    days: z.array(
      z.strictObject({
        day: z.string(),
        onDuty: z.array(person),
        turns: z.array(
          z.strictObject({ turnId: z.string(), officers: z.array(person), byHand: z.boolean() }),
        ),
      }),
    ),
  }),
})

/** An officer's own, from now on to the end of the next duty day. */
export const myTurns = query({
  name: 'roster.myTurns',
  title: { zh: '我的轮次', en: 'My turns' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        turnId: z.string(),
        kind: z.enum(turnKinds),
        name: z.string(),
        begins: instant(),
        ends: instant(),
      }),
    ),
  }),
})
