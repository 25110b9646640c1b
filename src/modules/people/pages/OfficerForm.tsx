import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextInput, useLang, useWords } from '../../../ui/index.ts'
import {
  addOfficer,
  badgePatterns,
  changeOfficer,
  officerKinds,
  officerKindTitles,
  sexes,
  sexTitles,
} from '../contracts.ts'
import { type Officer, type Unit, unitOptions } from './labels.tsx'
import { peopleWords } from './words.ts'

interface Draft {
  name: string
  badge: string
  kind: Officer['kind']
  sex: Officer['sex']
  unitId: string
  title: string
  phone: string
  homeAgency: string
  beginsOn: string
  endsOn: string
}

const draftOf = (officer: Officer | undefined): Draft => ({
  name: officer?.name ?? '',
  badge: officer?.badge ?? '',
  kind: officer?.kind ?? 'police',
  sex: officer?.sex ?? 'unknown',
  unitId: officer?.unitId ?? '',
  title: officer?.title ?? '',
  phone: '',
  homeAgency: officer?.homeAgency ?? '',
  beginsOn: officer?.beginsOn ?? '',
  endsOn: officer?.endsOn ?? '',
})

type OfficerFormProps = { units: readonly Unit[]; officer?: Officer; onClose: () => void }

/** Adds an officer, or changes the one given. The unit changes by transfer only. */
export function OfficerForm({ units, officer, onClose }: OfficerFormProps) {
  const t = useWords(peopleWords)
  const add = useDo(addOfficer)
  const change = useDo(changeOfficer)
  const [draft, setDraft, kept] = useKeptDraft({
    form: `officer ${officer?.officerId ?? 'new'}`,
    initial: () => draftOf(officer),
    contract: addOfficer,
  })
  const [officerId] = useState(() => officer?.officerId ?? newId())
  const fits = badgePatterns[draft.kind].pattern.test(draft.badge.trim())
  const ready = draft.name.trim() !== '' && fits && draft.unitId !== ''
  const submit = () => {
    const phone = draft.phone.trim()
    const fields = {
      officerId,
      name: draft.name.trim(),
      badge: draft.badge.trim(),
      kind: draft.kind,
      sex: draft.sex,
      title: draft.title.trim(),
      homeAgency: draft.homeAgency.trim() || null,
      beginsOn: draft.beginsOn || null,
      endsOn: draft.endsOn || null,
      ...(phone === '' ? {} : { phone }),
    }
    const done = { onSuccess: kept.done(onClose) }
    if (officer) change.mutate(fields, done)
    else add.mutate({ ...fields, unitId: draft.unitId }, done)
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={officer ? t('changeOfficer') : t('addOfficer')}
      subtitle={officer?.name}
      ok={officer ? t('save') : t('addOfficer')}
      ready={ready}
      doing={[add, change]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <OfficerFields
        draft={draft}
        change={more => setDraft({ ...draft, ...more })}
        units={units}
        known={officer !== undefined}
      />
    </FormDrawer>
  )
}

type FieldsProps = {
  draft: Draft
  change: (more: Partial<Draft>) => void
  units: readonly Unit[]
  known: boolean
}

function OfficerFields({ draft, change, units, known }: FieldsProps) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const { pattern, words } = badgePatterns[draft.kind]
  const wrong = draft.badge.trim() !== '' && !pattern.test(draft.badge.trim())
  return (
    <>
      <Field label={t('name')} required>
        <TextInput value={draft.name} maxLength={60} onChange={name => change({ name })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          onChange={kind => change({ kind: kind as Draft['kind'] })}
          options={officerKinds.map(kind => ({ value: kind, label: officerKindTitles[kind][lang] }))}
        />
      </Field>
      <Field label={t('badge')} required hint={words[lang]} error={wrong ? words[lang] : undefined}>
        <TextInput value={draft.badge} maxLength={20} onChange={badge => change({ badge })} />
      </Field>
      <Field label={t('sex')}>
        <SelectInput
          value={draft.sex}
          onChange={sex => change({ sex: sex as Draft['sex'] })}
          options={sexes.map(sex => ({ value: sex, label: sexTitles[sex][lang] }))}
        />
      </Field>
      {known ? null : (
        <Field label={t('unit')} required>
          <SelectInput
            value={draft.unitId}
            onChange={unitId => change({ unitId })}
            options={unitOptions(units)}
            placeholder="—"
          />
        </Field>
      )}
      <Field label={t('title')}>
        <TextInput value={draft.title} maxLength={60} onChange={title => change({ title })} />
      </Field>
      <Field label={t('phone')} hint={known ? `${t('sealed')} · ${t('phoneKept')}` : t('sealed')}>
        <TextInput type="tel" value={draft.phone} maxLength={40} onChange={phone => change({ phone })} />
      </Field>
      {draft.kind === 'attached' ? (
        <Field label={t('homeAgency')} required>
          <TextInput
            value={draft.homeAgency}
            maxLength={80}
            onChange={homeAgency => change({ homeAgency })}
          />
        </Field>
      ) : null}
      <Field label={t('beginsOn')}>
        <TextInput type="date" value={draft.beginsOn} onChange={beginsOn => change({ beginsOn })} />
      </Field>
      <Field label={t('endsOn')}>
        <TextInput type="date" value={draft.endsOn} onChange={endsOn => change({ endsOn })} />
      </Field>
    </>
  )
}
