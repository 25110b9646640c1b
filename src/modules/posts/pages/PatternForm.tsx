import { Button } from 'antd'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextInput, useWords } from '../../../ui/index.ts'
import { type Band, defineShiftPattern, type PatternKind, patternKinds } from '../contracts.ts'
import { minutesOf } from '../../../ui/local-time.ts'
import { DayBar } from './PatternsPage.tsx'
import { demandWords } from './words.ts'

interface BandDraft {
  zh: string
  en: string
  from: string
  until: string
}

/** Times of the clock become minutes after the hand-over; an end at or before the start is on the next day. */
function bandOf(draft: BandDraft, index: number, handOverMinute: number): Band | null {
  const [from, until] = [minutesOf(draft.from), minutesOf(draft.until)]
  if (from === null || until === null || draft.zh.trim() === '') return null
  return {
    key: `band${index + 1}`,
    zh: draft.zh.trim(),
    en: draft.en.trim() || draft.zh.trim(),
    from: (from - handOverMinute + 1_440) % 1_440,
    minutes: until > from ? until - from : until - from + 1_440,
  }
}

interface PatternDraft {
  name: string
  kind: PatternKind
  adjoining: boolean
  drafts: BandDraft[]
}
const initial = (): PatternDraft => ({
  name: '',
  kind: 'day',
  adjoining: true,
  drafts: [{ zh: '', en: '', from: '08:00', until: '14:00' }],
})

export function PatternForm({ onClose }: { onClose: () => void }) {
  const t = useWords(demandWords)
  const { handOverMinute } = useSession().agency
  const define = useDo(defineShiftPattern)
  const [draft, setDraft, kept] = useKeptDraft<PatternDraft>({
    form: 'pattern new',
    initial,
    contract: defineShiftPattern,
  })
  const { name, kind, adjoining, drafts } = draft
  const setDrafts = (next: BandDraft[]) => setDraft({ ...draft, drafts: next })
  const bands = drafts.map((draft, index) => bandOf(draft, index, handOverMinute))
  const whole = bands.filter(band => band !== null)
  const ready = name.trim() !== '' && whole.length === drafts.length
  const submit = () => {
    define.mutate(
      { patternId: newId(), name: name.trim(), kind, bands: whole, adjoining },
      { onSuccess: kept.done(onClose) },
    )
  }
  const change = (index: number, more: Partial<BandDraft>) =>
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...more } : draft)))
  return (
    <FormDrawer
      onClose={onClose}
      width={640}
      title={t('define')}
      ok={t('define')}
      ready={ready}
      doing={[define]}
      columns={2}
      kept={kept}
      onSubmit={submit}
      after={
        <>
          <BandTable drafts={drafts} onChange={change} onDrafts={setDrafts} />
          <DayBar bands={whole} />
        </>
      }
    >
      <Field label={t('name')} required>
        <TextInput value={name} maxLength={40} onChange={next => setDraft({ ...draft, name: next })} />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={kind}
          options={patternKinds.map(one => ({ value: one, label: t(`kind${one}`) }))}
          onChange={next => setDraft({ ...draft, kind: next as PatternKind })}
        />
      </Field>
      <label className="fx-choice fx-field-wide">
        <input
          type="checkbox"
          checked={adjoining}
          onChange={event => setDraft({ ...draft, adjoining: event.target.checked })}
        />
        {t('adjoining')}
      </label>
    </FormDrawer>
  )
}

type BandTableProps = {
  drafts: BandDraft[]
  onChange: (index: number, more: Partial<BandDraft>) => void
  onDrafts: (next: BandDraft[]) => void
}

function BandTable({ drafts, onChange, onDrafts }: BandTableProps) {
  const t = useWords(demandWords)
  const input = (index: number, key: keyof BandDraft, label: string, type = 'text') => (
    <td>
      <TextInput
        type={type}
        aria-label={`${label} ${index + 1}`}
        maxLength={20}
        value={drafts[index]?.[key] ?? ''}
        onChange={text => onChange(index, { [key]: text })}
      />
    </td>
  )
  const last = drafts.at(-1)
  return (
    <table className="fx-posts-plain">
      <thead>
        <tr>
          <th>{t('bandZh')}</th>
          <th>{t('bandEn')}</th>
          <th>{t('bandFrom')}</th>
          <th>{t('bandUntil')}</th>
          <th className="fx-end">
            <Button
              size="small"
              disabled={drafts.length >= 8}
              onClick={() =>
                onDrafts([...drafts, { zh: '', en: '', from: last?.until ?? '08:00', until: '20:00' }])
              }
            >
              {t('addBand')}
            </Button>
          </th>
        </tr>
      </thead>
      <tbody>
        {drafts.map((_, index) => (
          <tr key={index}>
            {input(index, 'zh', t('bandZh'))}
            {input(index, 'en', t('bandEn'))}
            {input(index, 'from', t('bandFrom'), 'time')}
            {input(index, 'until', t('bandUntil'), 'time')}
            <td className="fx-end">
              <Button
                size="small"
                disabled={drafts.length === 1}
                onClick={() => onDrafts(drafts.filter((_one, at) => at !== index))}
              >
                {t('removeBand')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
