import './day-step.css'
import { Button } from 'antd'
import { addDays } from '../../kernel/time.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import { TextInput } from './FieldForm.tsx'

/** A duty day with the one before and the one after it; '' while it is not known yet. */
export function DayStep({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const t = useWords(uiWords)
  const go = (by: number) => {
    if (day) onDay(addDays(day, by))
  }
  return (
    <span className="fx-day-step">
      <Button aria-label={t('dayBefore')} icon={<Icon name="left" />} onClick={() => go(-1)} />
      <TextInput
        type="date"
        aria-label={t('dutyDay')}
        value={day}
        onChange={next => (next ? onDay(next) : undefined)}
      />
      <Button aria-label={t('dayAfter')} icon={<Icon name="right" />} onClick={() => go(1)} />
    </span>
  )
}
