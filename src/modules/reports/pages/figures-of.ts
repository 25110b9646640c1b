import type { OutputOf } from '../../../kernel/contract.ts'
import { type FigureItem, formatChange, type Translate } from '../../../ui/index.ts'
import { type FigureKey, figureKeys, type situation } from '../contracts.ts'
import type { Trend } from './use-trend.ts'
import type { reportWords } from './words.ts'

export type Situation = OutputOf<typeof situation>
type Figure = Situation['figures'][number]
export type Go = (path: string, search?: Record<string, string>) => void
type Say = Translate<typeof reportWords>

interface Kind {
  label: Parameters<Say>[0]
  unit: Parameters<Say>[0]
  signal?: (one: Figure) => 'red' | 'amber' | undefined
  path: string
  search?: Record<string, string>
}
const amissIs = (signal: 'red' | 'amber') => (one: Figure) => (one.amiss > 0 ? signal : undefined)
const anyIs = (signal: 'red' | 'amber') => (one: Figure) => (one.value > 0 ? signal : undefined)

/** What each figure is called, and where its records are. */
const kinds: Record<FigureKey, Kind> = {
  onDuty: { label: 'onDuty', unit: 'unitPerson', signal: amissIs('amber'), path: '/roster' },
  present: { label: 'present', unit: 'unitPerson', path: '/attendance' },
  empty: { label: 'emptyPosts', unit: 'unitPost', signal: anyIs('red'), path: '/attendance/unfilled' },
  short: { label: 'shortPosts', unit: 'unitPost', signal: anyIs('amber'), path: '/attendance/unfilled' },
  sealed: { label: 'sealed', unit: 'unitZone', path: '/zones', search: { kind: 'sealed' } },
  control: { label: 'control', unit: 'unitZone', path: '/zones', search: { kind: 'control' } },
  sites: { label: 'sites', unit: 'unitPost', path: '/posts/rounds' },
  difficulties: {
    label: 'difficulties',
    unit: 'unitMatter',
    signal: amissIs('amber'),
    path: '/difficulties',
  },
}

function noteOf(one: Figure, t: Say): string {
  const since =
    one.before === null ? t('noDayBefore') : t('dayBefore', { n: formatChange(one.value - one.before) })
  if (one.key === 'onDuty')
    return one.amiss > 0 ? t('short', { n: one.of, m: one.amiss }) : t('shouldBe', { n: one.of })
  if (one.key === 'difficulties' && one.amiss > 0) return t('late', { n: one.amiss })
  return since
}

/** The figures of the first row, each with a way to its records; the skeleton has the same, without values. */
export function figureItems(
  seen: Situation | undefined,
  t: Say,
  to: Go,
  trends: readonly Trend[] = [],
): FigureItem[] {
  const found = new Map(seen?.figures.map(one => [one.key, one]))
  return figureKeys.map(key => {
    const kind = kinds[key]
    const one = found.get(key) ?? { key, value: 0, before: null, of: 0, amiss: 0 }
    const signal = kind.signal?.(one)
    return {
      key,
      label: t(kind.label),
      value: one.value,
      unit: t(kind.unit),
      note: noteOf(one, t),
      trend: trends.find(row => row.key === key)?.points.flatMap(point => point.value ?? []) ?? [],
      onOpen: () => to(kind.path, kind.search),
      ...(signal ? { signal } : {}),
    }
  })
}
