// What a roster leans to, chosen in words: a usual choice, or each of the three by itself.
import './preference.css'
import { Segmented } from 'antd'
import { useId } from 'react'
import { useLang, useWords } from '../../../ui/index.ts'
import {
  type Preference,
  type PreferenceKey,
  type PreferencePreset,
  preferenceKeys,
  preferencePresets,
  preferenceStepTitles,
  preferenceSteps,
  preferenceTitles,
  presetOf,
  presets,
  presetTitles,
} from '../contracts.ts'
import { preferenceWords } from './preference-words.ts'

export interface PreferenceInputProps {
  value: Preference
  onChange: (value: Preference) => void
}

const hints = { even: 'evenHint', steady: 'steadyHint', near: 'nearHint' } as const

export function PreferenceInput({ value, onChange }: PreferenceInputProps) {
  const t = useWords(preferenceWords)
  const { lang } = useLang()
  const preset = presetOf(value)
  const choose = (next: PreferencePreset | 'own') => {
    if (next !== 'own') onChange(presets[next])
  }
  return (
    <fieldset className="rp-preference">
      <legend>{t('title')}</legend>
      <p className="rp-note">{t('coverFirst')}</p>
      <Segmented<PreferencePreset | 'own'>
        aria-label={t('preset')}
        block
        value={preset ?? 'own'}
        onChange={choose}
        options={[
          ...preferencePresets.map(name => ({ value: name, label: presetTitles[name][lang] })),
          // Shown while it is what stands: it is chosen by the rows below and not here.
          ...(preset ? [] : [{ value: 'own' as const, label: t('own') }]),
        ]}
      />
      {preferenceKeys.map(key => (
        <Row key={key} of={key} value={value} onChange={onChange} />
      ))}
    </fieldset>
  )
}

function Row({ of, value, onChange }: PreferenceInputProps & { of: PreferenceKey }) {
  const t = useWords(preferenceWords)
  const { lang } = useLang()
  const hint = useId()
  return (
    <div className="rp-row">
      <span className="rp-name">
        <strong>{preferenceTitles[of][lang]}</strong>
        <span id={hint} className="rp-hint">
          {t(hints[of])}
        </span>
      </span>
      <Segmented
        aria-label={preferenceTitles[of][lang]}
        aria-describedby={hint}
        value={value[of]}
        onChange={step => onChange({ ...value, [of]: step })}
        options={preferenceSteps.map(step => ({ value: step, label: preferenceStepTitles[step][lang] }))}
      />
    </div>
  )
}
