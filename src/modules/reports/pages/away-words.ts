import type { Translate } from '../../../ui/index.ts'
import type { Situation } from './figures-of.ts'
import type { reportWords } from './words.ts'

const reasons = { absent: 'awayAbsent', left: 'awayLeft', notCome: 'awayNotCome' } as const

/** Why those who are rostered are not there, ready to be put behind a sentence; empty where all are. */
export function awayWords(
  away: Situation['onNow']['rows'][number]['away'],
  t: Translate<typeof reportWords>,
): string {
  return (Object.keys(reasons) as (keyof typeof reasons)[])
    .filter(one => away[one] > 0)
    .map(one => ` · ${t(reasons[one], { n: away[one] })}`)
    .join('')
}
