// Holidays and working weekends: a year of them is entered in a minute from the notice.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { addDays, dutyDayOf } from '../../../kernel/time.ts'
import {
  DetailSection,
  Field,
  FormDrawer,
  ProblemNote,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { setSpecialDays, specialDayKinds, specialDays, specialDayTitles } from '../contracts.ts'
import { fairnessWords } from './fairness-words.ts'

/** A holiday is a week at most. */
const daysMost = 10
const none = { from: '', until: '', kind: 'holiday' as (typeof specialDayKinds)[number], name: '' }

function daysOf(from: string, until: string): string[] {
  if (from === '') return []
  const last = until === '' ? from : until
  const days: string[] = []
  for (let day = from; day <= last && days.length <= daysMost; day = addDays(day, 1)) days.push(day)
  return days
}

export function SpecialDaysDrawer({ now, onClose }: { now: string; onClose: () => void }) {
  const t = useWords(fairnessWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const today = dutyDayOf(agency, now)
  const span = { from: addDays(today, -120), until: addDays(today, 400) }
  const found = useAsk(specialDays, span)
  const command = useDo(setSpecialDays)
  const [draft, setDraft] = useState(none)
  const days = daysOf(draft.from, draft.until)
  const ready = days.length > 0 && days.length <= daysMost && draft.name.trim() !== ''
  return (
    <FormDrawer
      onClose={onClose}
      title={t('specialTitle')}
      ok={t('specialOk')}
      ready={ready}
      doing={[command]}
      columns={2}
      onSubmit={() => {
        const { kind, name } = draft
        command.mutate({ days: days.map(day => ({ day, kind, name })) }, { onSuccess: () => setDraft(none) })
      }}
      after={
        <DetailSection title={t('specialSet')}>
          {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
          {found.data?.rows.length === 0 ? <p className="sw-small">{t('specialNone')}</p> : null}
          <ul className="rf-special">
            {found.data?.rows.map(row => (
              <SpecialDay
                key={row.day}
                day={row.day}
                words={`${row.name} · ${specialDayTitles[row.kind][lang]}`}
                busy={command.isPending}
                onTake={() => command.mutate({ days: [{ day: row.day, kind: null, name: '' }] })}
              />
            ))}
          </ul>
        </DetailSection>
      }
    >
      <Field label={t('specialFrom')} required>
        <TextInput type="date" value={draft.from} onChange={from => setDraft({ ...draft, from })} />
      </Field>
      <Field label={t('specialUntil')} hint={t('specialUntilHint', { n: daysMost })}>
        <TextInput type="date" value={draft.until} onChange={until => setDraft({ ...draft, until })} />
      </Field>
      <Field label={t('specialKind')} required>
        <Select
          value={draft.kind}
          options={specialDayKinds.map(value => ({ value, label: specialDayTitles[value][lang] }))}
          onChange={kind => setDraft({ ...draft, kind })}
        />
      </Field>
      <Field label={t('specialName')} required>
        <TextInput value={draft.name} maxLength={40} onChange={name => setDraft({ ...draft, name })} />
      </Field>
    </FormDrawer>
  )
}

interface SpecialDayProps {
  day: string
  words: string
  busy: boolean
  onTake: () => void
}

function SpecialDay({ day, words, busy, onTake }: SpecialDayProps) {
  const t = useWords(fairnessWords)
  const format = useFormat(useSession().agency.timeZone)
  return (
    <li>
      <span>
        <b className="fx-date">{format.day(day)}</b> {words}
      </span>
      <Button size="small" disabled={busy} aria-label={`${t('specialTake')} ${day}`} onClick={onTake}>
        {t('specialTake')}
      </Button>
    </li>
  )
}
