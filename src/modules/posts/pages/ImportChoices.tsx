import { Field, FieldForm, SelectInput, useLang, useWords } from '../../../ui/index.ts'
import { type PostKind, postKinds, postKindTitles } from '../contracts.ts'
import type { Said } from './import-state.ts'
import { importWords } from './words.ts'

type ImportChoicesProps = {
  said: Said
  units: { value: string; label: string }[]
  onChange: (more: Partial<Said>) => void
  disabled: boolean
}

/** What the file does not say itself; each change reads it again. */
export function ImportChoices({ said, units, onChange, disabled }: ImportChoicesProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  return (
    <FieldForm columns={2}>
      <Field label={t('coordinates')} hint={t('coordinatesHint')}>
        <SelectInput
          disabled={disabled}
          value={said.coordinates}
          options={(['wgs84', 'gcj02'] as const).map(one => ({ value: one, label: t(one) }))}
          onChange={next => onChange({ coordinates: next as Said['coordinates'] })}
        />
      </Field>
      <Field label={t('defaultKind')}>
        <SelectInput
          disabled={disabled}
          value={said.kind ?? ''}
          options={postKinds.map(kind => ({ value: kind, label: postKindTitles[kind][lang] }))}
          placeholder={t('byName')}
          onChange={next => onChange({ kind: (next || null) as PostKind | null })}
        />
      </Field>
      <Field label={t('defaultUnit')}>
        <SelectInput
          disabled={disabled}
          value={said.unitId ?? ''}
          options={units}
          placeholder={t('notSet')}
          onChange={next => onChange({ unitId: next || null })}
        />
      </Field>
    </FieldForm>
  )
}
