// How one is told of alerts: which sound, when it is to be quiet, and a try of both.
import './alerts.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { playTone } from '../../../device/tone.ts'
import {
  type AlertSetting,
  ownAlertSetting,
  setAlertSetting,
  type Severity,
} from '../../../kernel/books/contracts.ts'
import {
  DetailDrawer,
  Field,
  FormDrawer,
  ProblemNote,
  SelectInput,
  TextInput,
  useWords,
} from '../../../ui/index.ts'
import { alertWords } from './alert-words.ts'
import { PushPanel } from './PushPanel.tsx'

const clockOf = (minute: number | null) =>
  minute === null
    ? ''
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
function minuteOf(clock: string): number | null {
  const found = /^(\d\d):(\d\d)$/.exec(clock)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

export function AlertSettingDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(alertWords)
  const answer = useAsk(ownAlertSetting, {})
  if (answer.data) return <SettingForm setting={answer.data} onClose={onClose} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('setting')}
      loading={!answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
    />
  )
}

function SettingForm({ setting, onClose }: { setting: AlertSetting; onClose: () => void }) {
  const t = useWords(alertWords)
  const save = useDo(setAlertSetting)
  const [draft, setDraft] = useState({
    ...setting,
    from: clockOf(setting.quietFromMinute),
    until: clockOf(setting.quietUntilMinute),
  })
  const change = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const [from, until] = [minuteOf(draft.from), minuteOf(draft.until)]
  const wrong = (from === null) !== (until === null) || (from !== null && from === until)
  const { soundRed, soundAmber, quietButRed } = draft
  const submit = () =>
    save.mutate(
      { soundRed, soundAmber, quietButRed, quietFromMinute: from, quietUntilMinute: until },
      { onSuccess: onClose },
    )
  return (
    <FormDrawer
      onClose={onClose}
      title={t('setting')}
      subtitle={t('settingNote')}
      ok={t('settingDo')}
      ready={!wrong}
      doing={[save]}
      onSubmit={submit}
      after={
        <>
          <TestSound />
          <PushPanel />
        </>
      }
    >
      <Sound label={t('soundRed')} on={soundRed} onChange={on => change({ soundRed: on })} />
      <Sound label={t('soundAmber')} on={soundAmber} onChange={on => change({ soundAmber: on })} />
      <Field label={t('quietFrom')} error={wrong ? t('quietWrong') : undefined}>
        <TextInput type="time" value={draft.from} onChange={value => change({ from: value })} />
      </Field>
      <Field label={t('quietUntil')} hint={t('quietHint')}>
        <TextInput type="time" value={draft.until} onChange={value => change({ until: value })} />
      </Field>
      <Field label={t('quietWhat')}>
        <SelectInput
          value={quietButRed ? 'red' : 'none'}
          options={[
            { value: 'red', label: t('quietButRed') },
            { value: 'none', label: t('quietAll') },
          ]}
          onChange={value => change({ quietButRed: value === 'red' })}
        />
      </Field>
    </FormDrawer>
  )
}

function Sound({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  const t = useWords(alertWords)
  return (
    <Field label={label}>
      <SelectInput
        value={on ? 'on' : 'off'}
        options={[
          { value: 'on', label: t('on') },
          { value: 'off', label: t('off') },
        ]}
        onChange={value => onChange(value === 'on')}
      />
    </Field>
  )
}

function TestSound() {
  const t = useWords(alertWords)
  const [said, setSaid] = useState('')
  const play = (severity: Severity) =>
    void playTone(severity).then(
      played => setSaid(played ? t('played') : t('noSound')),
      () => setSaid(t('noSound')),
    )
  return (
    <section className="alert-test alert-acts">
      <Button onClick={() => play('red')}>{t('testRed')}</Button>
      <Button onClick={() => play('amber')}>{t('testAmber')}</Button>
      <span role="status">{said}</span>
    </section>
  )
}
