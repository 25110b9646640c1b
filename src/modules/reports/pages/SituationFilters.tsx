import { Button, Select } from 'antd'
import { useGo } from '../../../device/address.ts'
import { useWords } from '../../../ui/index.ts'
import type { Situation } from './figures-of.ts'
import type { Moment } from './use-moment.ts'
import { reportWords } from './words.ts'

/** By unit, with everything below it, and by zone. */
export function SituationFilters({ seen, moment }: { seen: Situation; moment: Moment }) {
  const t = useWords(reportWords)
  const go = useGo()
  const { unitId, zoneId, change } = moment
  const by = (
    name: 'unit' | 'zone',
    label: string,
    value: string | undefined,
    options: { value: string; label: string }[],
  ) => (
    <Select
      size="small"
      className="situation-filter"
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={240}
      value={value ?? null}
      options={options}
      onChange={(next: string | null | undefined) => change({ [name]: next ?? '' })}
    />
  )
  return (
    <>
      {by(
        'unit',
        t('allUnits'),
        unitId,
        seen.units.map(one => ({ value: one.unitId, label: `${'　'.repeat(one.depth)}${one.name}` })),
      )}
      {by(
        'zone',
        t('allZones'),
        zoneId,
        seen.zoneNames.map(one => ({ value: one.zoneId, label: one.name })),
      )}
      <Button size="small" onClick={() => go('/wall')}>
        {t('toWall')}
      </Button>
    </>
  )
}
