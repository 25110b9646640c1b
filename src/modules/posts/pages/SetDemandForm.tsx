import { newId } from '../../../device/client.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { type DemandSkill, demandSkills, demandSkillTitles, roundList, setDemands } from '../contracts.ts'
import type { ChosenPosts } from './DemandActions.tsx'
import { demandWords } from './words.ts'

type When = 'every' | 'weekdays' | 'round'
interface Draft {
  bands: string[]
  skill: DemandSkill | ''
  heads: string
  priority: '1' | '2' | '3'
  from: string
  until: string
  when: When
  weekdays: number[]
  roundId: string
}

/** One line of demand for each of the posts chosen. */
export function SetDemandForm(props: ChosenPosts & { onClose: () => void; onDone: () => void }) {
  const { rows, pattern, day, running, onClose, onDone } = props
  const t = useWords(demandWords)
  const set = useDo(setDemands)
  const rounds = useAsk(roundList, { operationId: running.operationId, limit: 500 })
  const initial = (): Draft => ({
    bands: pattern.bands.map(band => band.key),
    skill: '',
    heads: '2',
    priority: '2',
    from: day,
    until: running.endsOn ?? day,
    when: 'every',
    weekdays: [6, 7],
    roundId: '',
  })
  const form = `demand ${pattern.patternId}`
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: setDemands })
  const round = rounds.data?.rows.find(one => one.roundId === draft.roundId)
  const byRound = draft.when === 'round'
  const days = byRound
    ? { beginsOn: round?.day ?? '', endsOn: round?.day ?? '' }
    : { beginsOn: draft.from, endsOn: draft.until }
  const heads = Math.trunc(Number(draft.heads))
  const ready = draft.bands.length > 0 && heads >= 1 && days.beginsOn !== '' && days.endsOn >= days.beginsOn
  const submit = () => {
    const lines = rows.map(row => ({
      demandId: newId(),
      postId: row.postId,
      patternId: pattern.patternId,
      bands: draft.bands,
      skill: draft.skill || null,
      heads,
      priority: Number(draft.priority),
      ...days,
      weekdays: draft.when === 'weekdays' ? draft.weekdays : null,
      roundId: byRound ? draft.roundId : null,
    }))
    set.mutate({ lines }, { onSuccess: kept.done(onDone) })
  }
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  return (
    <FormDrawer
      onClose={onClose}
      title={t('set')}
      subtitle={pattern.name}
      ok={t('setDo', { n: rows.length })}
      ready={ready}
      doing={[set]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <WhoFields draft={draft} change={change} pattern={pattern} />
      <WhenFields
        draft={draft}
        change={change}
        rounds={(rounds.data?.rows ?? []).map(one => ({ value: one.roundId, label: one.name }))}
      />
    </FormDrawer>
  )
}

type FieldsProps = { draft: Draft; change: (more: Partial<Draft>) => void }
const toggled = <T,>(list: readonly T[], one: T) =>
  list.includes(one) ? list.filter(other => other !== one) : [...list, one]

function WhoFields({ draft, change, pattern }: FieldsProps & Pick<ChosenPosts, 'pattern'>) {
  const t = useWords(demandWords)
  const { lang } = useLang()
  const skills = [
    { value: '', label: t('crew') },
    ...demandSkills.map(skill => ({ value: skill, label: demandSkillTitles[skill][lang] })),
  ]
  const priorities = (['1', '2', '3'] as const).map(n => ({ value: n, label: t(`priority${n}`) }))
  return (
    <>
      <fieldset className="fx-field fx-field-wide fx-choices">
        <legend>{t('bands')}</legend>
        {pattern.bands.map(band => (
          <label key={band.key} className="fx-choice">
            <input
              type="checkbox"
              checked={draft.bands.includes(band.key)}
              onChange={() => change({ bands: toggled(draft.bands, band.key) })}
            />
            {band[lang]}
          </label>
        ))}
      </fieldset>
      <Field label={t('heads')} required>
        <TextInput
          type="number"
          min={1}
          max={500}
          value={draft.heads}
          onChange={heads => change({ heads })}
        />
      </Field>
      <Field label={t('skill')} hint={t('skillHint')}>
        <SelectInput
          value={draft.skill}
          options={skills}
          onChange={skill => change({ skill: skill as DemandSkill | '' })}
        />
      </Field>
      <Field label={t('priority')}>
        <SelectInput
          value={draft.priority}
          options={priorities}
          onChange={priority => change({ priority: priority as Draft['priority'] })}
        />
      </Field>
    </>
  )
}

function WhenFields({ draft, change, rounds }: FieldsProps & { rounds: { value: string; label: string }[] }) {
  const t = useWords(demandWords)
  const choices = [
    { value: 'every', label: t('everyDay') },
    { value: 'weekdays', label: t('weekdays') },
    { value: 'round', label: t('ofRound') },
  ]
  return (
    <>
      <Field label={t('when')}>
        <SelectInput value={draft.when} options={choices} onChange={when => change({ when: when as When })} />
      </Field>
      {draft.when === 'round' ? (
        <Field label={t('round')} required>
          <SelectInput
            value={draft.roundId}
            options={rounds}
            placeholder="—"
            onChange={roundId => change({ roundId })}
          />
        </Field>
      ) : (
        <>
          <Field label={t('from')} required>
            <TextInput type="date" value={draft.from} onChange={from => change({ from })} />
          </Field>
          <Field label={t('until')} required>
            <TextInput
              type="date"
              value={draft.until}
              min={draft.from}
              onChange={until => change({ until })}
            />
          </Field>
        </>
      )}
      {draft.when === 'weekdays' ? (
        <fieldset className="fx-field fx-field-wide fx-choices">
          <legend>{t('weekdays')}</legend>
          {([1, 2, 3, 4, 5, 6, 7] as const).map(n => (
            <label key={n} className="fx-choice">
              <input
                type="checkbox"
                checked={draft.weekdays.includes(n)}
                onChange={() => change({ weekdays: toggled(draft.weekdays, n) })}
              />
              {t(`weekday${n}`)}
            </label>
          ))}
        </fieldset>
      ) : null}
    </>
  )
}
