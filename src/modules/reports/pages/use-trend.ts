import { useAsk } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { trend } from '../contracts.ts'
import type { Situation } from './figures-of.ts'
import type { Moment } from './use-moment.ts'

export type Trend = OutputOf<typeof trend>['rows'][number]
const hourMs = 3_600_000

/** The trends until the moment that is shown, each with the figure of the moment as its last point. */
export function useTrend(seen: Situation, { unitId, zoneId }: Moment): Trend[] | undefined {
  // Of full hours that are over: the same answer for an hour, whatever happens meanwhile.
  const at = new Date(Math.floor(Date.parse(seen.at) / hourMs) * hourMs).toISOString()
  const narrowed = { ...(unitId ? { unitId } : {}), ...(zoneId ? { zoneId } : {}) }
  const { data } = useAsk(trend, { at, ...narrowed }, { settled: true })
  return data?.rows.map(row => {
    const now = seen.figures.find(one => one.key === row.key)?.value ?? null
    const before = row.points.filter(one => one.at < seen.at)
    return { ...row, points: [...before, { at: seen.at, value: now }] }
  })
}
