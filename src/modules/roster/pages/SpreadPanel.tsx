// How the figures of ninety days are spread: quartiles and bands of values, without a name.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useMay, useServerNow } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { Panel, ProblemNote, SkeletonPanel, formatNumber, useWords } from '../../../ui/index.ts'
import { units } from '../../people/contracts.ts'
import { fairness, setSpecialDays, spreadLeast } from '../contracts.ts'
import { fairnessWords } from './fairness-words.ts'
import { SpecialDaysDrawer } from './SpecialDaysDrawer.tsx'

type Spread = OutputOf<typeof fairness>['spreads'][number]

interface SpreadPanelProps {
  unitId: string | undefined
  onUnit: (unitId: string | undefined) => void
}

export function SpreadPanel({ unitId, onUnit }: SpreadPanelProps) {
  const t = useWords(fairnessWords)
  const found = useAsk(fairness, unitId ? { unitId } : {}, { refetchSeconds: 900 })
  const tree = useAsk(units, {})
  const maySet = useMay(setSpecialDays)
  const now = useServerNow()
  const [setting, setSetting] = useState(false)
  const { data } = found
  const options = (tree.data?.rows ?? []).map(one => ({ value: one.unitId, label: one.shortName }))
  return (
    <Panel
      title={t('title')}
      note={data ? t('note', { from: data.from, until: data.until, n: data.officers }) : null}
      actions={
        <>
          {maySet ? (
            <Button size="small" onClick={() => setSetting(true)}>
              {t('special')}
            </Button>
          ) : null}
          <Select
            size="small"
            aria-label={t('unit')}
            className="rf-unit"
            popupMatchSelectWidth={false}
            value={unitId ?? ''}
            options={[{ value: '', label: t('allUnits') }, ...options]}
            onChange={value => onUnit(value === '' ? undefined : value)}
          />
        </>
      }
      padded
    >
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {!data && !found.error ? <SkeletonPanel lines={4} /> : null}
      {data && data.spreads.length === 0 ? <p>{t('tooFew', { n: spreadLeast })}</p> : null}
      {data && data.spreads.length > 0 ? (
        <div className="rf-spreads">
          {data.spreads.map(one => (
            <SpreadTable key={one.key} spread={one} />
          ))}
        </div>
      ) : null}
      {setting ? (
        <SpecialDaysDrawer now={new Date(now).toISOString()} onClose={() => setSetting(false)} />
      ) : null}
    </Panel>
  )
}

/** A table that looks like bars: who cannot see them reads the same. */
function SpreadTable({ spread }: { spread: Spread }) {
  const t = useWords(fairnessWords)
  const inHours = spread.key === 'minutes' || spread.key === 'suitMinutes'
  const unit = t(inHours ? 'inHours' : 'inDays')
  const most = Math.max(1, ...spread.bands.map(band => band.officers))
  const range = (from: number, until: number) =>
    until - from <= 1 ? formatNumber(from) : t('range', { a: formatNumber(from), b: formatNumber(until - 1) })
  const { q1, q3 } = spread
  const middle = q1 === q3 ? formatNumber(q1) : t('range', { a: formatNumber(q1), b: formatNumber(q3) })
  return (
    <table className="rf-spread">
      <caption>
        <strong>{t(spread.key)}</strong> <span className="sw-small">{unit}</span>
        <span className="rf-facts">
          {t('min')} {formatNumber(spread.min)} · {t('quartiles')} {middle} · {t('median')}{' '}
          {formatNumber(spread.median)} · {t('max')} {formatNumber(spread.max)}
        </span>
      </caption>
      <thead className="fx-hidden">
        <tr>
          <th scope="col">{t('band')}</th>
          <th scope="col">{t('officers')}</th>
        </tr>
      </thead>
      <tbody>
        {spread.bands.map(band => (
          <tr key={band.from}>
            <th scope="row">{range(band.from, band.until)}</th>
            <td>
              <span className="rf-bar" style={{ width: `${(band.officers / most) * 45}%` }} />
              <span className="rf-heads">{t('heads', { n: band.officers })}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
