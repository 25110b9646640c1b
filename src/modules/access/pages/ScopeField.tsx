import { Select } from 'antd'
import { useCallback } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import { Field, problemLine, useLang, useWords } from '../../../ui/index.ts'
import { scopeUnits } from '../contracts-scope.ts'
import { accessWords } from './words.ts'

/** What an account sees: the whole agency, or a unit with everything below it. */
export function useScopeName(): (unitId: string | null) => string {
  const t = useWords(accessWords)
  const { data } = useAsk(scopeUnits, {})
  return useCallback(
    unitId => {
      if (unitId === null) return t('wholeAgency')
      const unit = data?.rows.find(row => row.unitId === unitId)
      return unit ? t('unitAndBelow', { name: unit.name }) : t('ownUnit')
    },
    [t, data],
  )
}

type ScopeFieldProps = { value: string | null; onChange: (unitId: string | null) => void }

export function ScopeField({ value, onChange }: ScopeFieldProps) {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const answer = useAsk(scopeUnits, {})
  // A closed unit is not given any more, but whoever has it is seen to have it.
  const units = (answer.data?.rows ?? []).filter(row => row.active || row.unitId === value)
  const options = [
    { value: '', label: t('wholeAgency'), depth: 0 },
    ...units.map(({ unitId, name, depth }) => ({ value: unitId, label: name, depth })),
  ]
  return (
    <Field
      label={t('scope')}
      hint={t('scopeHint')}
      error={answer.error ? problemLine(answer.error, lang) : undefined}
    >
      <Select
        value={value ?? ''}
        onChange={next => onChange(next === '' ? null : next)}
        options={options}
        loading={answer.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        optionRender={({ data: { label, depth } }) => (
          <span style={{ paddingInlineStart: depth * 16 }}>{label}</span>
        )}
      />
    </Field>
  )
}
