// What the log says when a rest that is owed is granted, or somebody is ordered on duty beyond it.
import type { InputOf } from '../../kernel/contract.ts'
import { officerNames } from '../people/index.ts'
import { type grantRest, type orderBeyondRest, restCauseTitles } from '../roster/contracts.ts'
import type { Happened, Telling } from './follow-ups.ts'

async function whoIs<I extends { officerId: string }>({ hands, input }: Happened<I>) {
  const ids = [input.officerId]
  const names = await hands.read(db => officerNames(db, hands.agency.agencyId, ids))
  return { name: names.get(input.officerId)?.name ?? '', unitId: names.get(input.officerId)?.unitId ?? null }
}

export async function restGranted(happened: Happened<InputOf<typeof grantRest>>): Promise<Telling[]> {
  const { hands, input, answer } = happened
  const { name, unitId } = await whoIs(happened)
  const at = (locale: string, instant: string) =>
    new Date(instant).toLocaleString(locale, {
      timeZone: hands.agency.timeZone,
      ...{ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
  const cause = restCauseTitles[input.cause]
  const { duties } = answer as { duties: number }
  return [
    {
      operationId: input.operationId,
      unitId,
      zh:
        `安排补休：${name} ${at('zh-CN', input.from)} 至 ${at('zh-CN', input.until)}(${cause.zh})` +
        (duties > 0 ? `，其间 ${duties} 班须补位。` : '。'),
      en:
        `Rest granted to ${name} from ${at('en-GB', input.from)} until ${at('en-GB', input.until)} (${cause.en.toLowerCase()})` +
        (duties > 0 ? `; duties in it to be filled: ${duties}.` : '.'),
    },
  ]
}

export async function orderedBeyond(happened: Happened<InputOf<typeof orderBeyondRest>>): Promise<Telling[]> {
  const { input } = happened
  const { name, unitId } = await whoIs(happened)
  const cause = restCauseTitles[input.cause]
  const [orderer, reason] = [input.orderer.trim(), input.reason.trim()]
  return [
    {
      operationId: input.operationId,
      kind: 'order',
      unitId,
      zh: `超休息规则留勤：${name}(${cause.zh})，批准人${orderer}，理由：${reason}。`,
      en: `${name} ordered on duty beyond the rules of rest (${cause.en.toLowerCase()}) by ${orderer}: ${reason}.`,
    },
  ]
}
