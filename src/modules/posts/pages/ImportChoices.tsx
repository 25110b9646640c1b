import { Field, FieldForm, SelectInput, useLang, useWords } from '../../../ui/index.ts'
import { type PostKind, postKinds, postKindTitles } from '../contracts.ts'
import type { Choices } from './import-state.ts'
import { useUnitOptions } from './parts.tsx'
import { importWords } from './words.ts'

type ImportChoicesProps = {
  choices: Choices
  sheets: { name: string; rows: number; hidden: boolean }[]
  onChange: (next: Choices) => void
  disabled: boolean
}

/** What the file does not say itself; each change reads it again. */
export function ImportChoices({ choices, sheets, onChange, disabled }: ImportChoicesProps) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const units = useUnitOptions()
  const systems = (['wgs84', 'gcj02'] as const).map(one => ({ value: one, label: t(one) }))
  const kinds = postKinds.map(kind => ({ value: kind, label: postKindTitles[kind][lang] }))
  return (
    <FieldForm columns={2}>
      <Field label={t('coordinates')} hint={t('coordinatesHint')}>
        <SelectInput
          disabled={disabled}
          value={choices.coordinates}
          options={systems}
          onChange={next => onChange({ ...choices, coordinates: next as Choices['coordinates'] })}
        />
      </Field>
      <Field label={t('defaultKind')}>
        <SelectInput
          disabled={disabled}
          value={choices.kind ?? ''}
          options={kinds}
          placeholder={t('byName')}
          onChange={next => onChange({ ...choices, kind: (next || null) as PostKind | null })}
        />
      </Field>
      <Field label={t('defaultUnit')}>
        <SelectInput
          disabled={disabled}
          value={choices.unitId ?? ''}
          options={units}
          placeholder={t('notSet')}
          onChange={next => onChange({ ...choices, unitId: next || null })}
        />
      </Field>
      {sheets.length > 1 ? (
        <Field label={t('sheet')}>
          <SelectInput
            disabled={disabled}
            value={choices.sheet ?? sheets.find(sheet => !sheet.hidden)?.name ?? ''}
            options={sheets.map(sheet => ({ value: sheet.name, label: `${sheet.name} (${sheet.rows})` }))}
            onChange={sheet => onChange({ ...choices, sheet, mapping: undefined })}
          />
        </Field>
      ) : null}
    </FieldForm>
  )
}
