import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import {
  DetailDrawer,
  Field,
  FieldForm,
  ProblemNote,
  SelectInput,
  TextInput,
  useWords,
} from '../../../ui/index.ts'
import { type Band, defineShiftPattern, type PatternKind, patternKinds } from '../contracts.ts'
import { minutesOf } from './local-time.ts'
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

export function PatternForm({ onClose }: { onClose: () => void }) {
  const t = useWords(demandWords)
  const { handOverMinute } = useSession().agency
  const define = useDo(defineShiftPattern)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<PatternKind>('day')
  const [adjoining, setAdjoining] = useState(true)
  const [drafts, setDrafts] = useState<BandDraft[]>([{ zh: '', en: '', from: '08:00', until: '14:00' }])
  const bands = drafts.map((draft, index) => bandOf(draft, index, handOverMinute))
  const whole = bands.filter(band => band !== null)
  const ready = name.trim() !== '' && whole.length === drafts.length
  const submit = () => {
    if (!ready) return
    define.mutate(
      { patternId: newId(), name: name.trim(), kind, bands: whole, adjoining },
      { onSuccess: onClose },
    )
  }
  const change = (index: number, more: Partial<BandDraft>) =>
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...more } : draft)))
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={640}
      title={t('define')}
      footEnd={
        <Button type="primary" disabled={!ready} loading={define.isPending} onClick={submit}>
          {t('define')}
        </Button>
      }
    >
      <FieldForm
        columns={2}
        onSubmit={submit}
        error={define.error ? <ProblemNote error={define.error} safe="kept" /> : undefined}
      >
        <Field label={t('name')} required>
          <TextInput value={name} maxLength={40} onChange={setName} />
        </Field>
        <Field label={t('kind')} required>
          <SelectInput
            value={kind}
            options={patternKinds.map(one => ({ value: one, label: t(`kind${one}`) }))}
            onChange={next => setKind(next as PatternKind)}
          />
        </Field>
        <label className="fx-choice fx-field-wide">
          <input type="checkbox" checked={adjoining} onChange={event => setAdjoining(event.target.checked)} />
          {t('adjoining')}
        </label>
      </FieldForm>
      <BandTable drafts={drafts} onChange={change} onDrafts={setDrafts} />
      <DayBar bands={whole} />
    </DetailDrawer>
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
