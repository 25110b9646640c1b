// Rest that is owed to somebody because what was really worked broke a rule; granting it, or ordering him on duty beyond
// the rule with a reason.
import { z } from 'zod'
import { command, id, instant, query, staffName, staffText } from '../../kernel/contract.ts'
import { planners } from './contracts-shapes.ts'

export const restCauses = ['short', 'long', 'noDayOff'] as const
export type RestCause = (typeof restCauses)[number]
export const restCauseTitles: Record<RestCause, { zh: string; en: string }> = {
  short: { zh: '两班之间休息不足', en: 'Too little rest between duties' },
  long: { zh: '连续在岗超时', en: 'On duty too long' },
  noDayOff: { zh: '七天没有休息日', en: 'No day off in seven' },
}
export const restStates = ['owed', 'granted', 'ordered'] as const

/** A rest is granted within so many hours of its being owed; then somebody is warned. */
export const grantWithinHours = 4
/** Later than so many days from now it is no rest for what was worked. */
export const grantWithinDays = 7

export const restDebt = z.strictObject({
  cause: z.enum(restCauses),
  arisenAt: instant(),
  zh: z.string(),
  en: z.string(),
  owedMinutes: z.int(),
  state: z.enum(restStates),
  /** What is proposed, or what was granted. */
  from: instant(),
  until: instant(),
  /** By whose order he stays on duty, and why. */
  order: z.strictObject({ orderer: z.string(), reason: z.string(), at: instant() }).nullable(),
})

export const restOwed = query({
  name: 'roster.restOwed',
  title: { zh: '应补休人员', en: 'Who is owed rest' },
  roles: planners,
  input: z.strictObject({ unitId: id().optional() }),
  output: z.strictObject({
    /** In the order of unit and name. */
    rows: z.array(
      restDebt.extend({
        officerId: z.string(),
        name: z.string(),
        badge: z.string(),
        unitId: z.string(),
        unitName: z.string(),
      }),
    ),
  }),
})

const debt = {
  operationId: id(),
  officerId: id(),
  cause: z.enum(restCauses),
  arisenAt: instant(),
}

export const grantRest = command({
  name: 'roster.grantRest',
  title: { zh: '安排补休', en: 'Grant a rest' },
  roles: planners,
  input: z.strictObject({ grantId: id(), ...debt, from: instant(), until: instant() }),
  /** Published duties that lie in it and have to be filled by somebody else. */
  output: z.strictObject({ duties: z.int() }),
})

export const orderBeyondRest = command({
  name: 'roster.orderBeyondRest',
  title: { zh: '超休息规则留勤', en: 'Order on duty beyond the rules of rest' },
  roles: planners,
  input: z.strictObject({
    orderId: id(),
    ...debt,
    /** Who ordered it, by name. */
    orderer: staffName(60),
    reason: staffText(300),
  }),
})
