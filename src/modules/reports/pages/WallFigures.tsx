import { Figure, formatChange, Signal, useWords } from '../../../ui/index.ts'
import type { FigureKey } from '../contracts.ts'
import type { Situation } from './figures-of.ts'
import { reportWords } from './words.ts'
import { wallWords } from './wall-words.ts'

/** Six have room for figures of 56 px. */
const shown = ['onDuty', 'empty', 'short', 'sealed', 'control', 'difficulties'] as const
const labels = {
  onDuty: 'onDuty',
  empty: 'empty',
  short: 'short',
  sealed: 'sealed',
  control: 'control',
  difficulties: 'difficulties',
} as const
const units = {
  onDuty: 'unitPerson',
  empty: 'unitPost',
  short: 'unitPost',
  sealed: 'unitZone',
  control: 'unitZone',
  difficulties: 'unitMatter',
} as const

function toneOf(key: FigureKey, value: number, amiss: number): 'red' | 'amber' | undefined {
  if (key === 'empty' && value > 0) return 'red'
  if (key === 'short' && value > 0) return 'amber'
  return key === 'difficulties' && amiss > 0 ? 'amber' : undefined
}

export function WallFigures({ seen }: { seen: Situation }) {
  const t = useWords(wallWords)
  const say = useWords(reportWords)
  const found = new Map(seen.figures.map(one => [one.key, one]))
  return (
    <section className="wall-figures" aria-label={say('figures')}>
      {shown.map(key => {
        const one = found.get(key)
        const tone = toneOf(key, one?.value ?? 0, one?.amiss ?? 0)
        return (
          <div key={key} className="wall-box wall-figure" data-tone={tone}>
            <span>
              {tone ? <Signal kind={tone} size={28} /> : null}
              {t(labels[key])}
            </span>
            <strong>
              <Figure value={one?.value ?? 0} unit={say(units[key])} {...(tone ? { tone } : {})} />
            </strong>
            <small>
              {one && one.before !== null ? t('since', { n: formatChange(one.value - one.before) }) : ' '}
            </small>
          </div>
        )
      })}
    </section>
  )
}
