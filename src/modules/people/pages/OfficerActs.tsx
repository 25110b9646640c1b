import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { instantAt } from '../../../kernel/time.ts'
import {
  Field,
  FormDrawer,
  ProblemNote,
  SelectInput,
  TextArea,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import {
  availabilityTitles,
  reactivateOfficer,
  reportUnavailable,
  retireOfficer,
  secondOfficer,
} from '../contracts.ts'
import type { Officer } from './labels.tsx'
import { peopleWords } from './words.ts'

type ActProps = { officer: Officer; onClose: () => void }

/** Today's duty day at the bureau; empty until the server has said it. */
function useToday(): string {
  return useAsk(currentOperation, {}).data?.dutyDay ?? ''
}

const two = (n: number) => String(n).padStart(2, '0')

export function AbsenceDrawer({ officer, onClose }: ActProps) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const { timeZone, handOverMinute } = useSession().agency
  const today = useToday()
  const report = useDo(reportUnavailable)
  const handOver = `${two(Math.floor(handOverMinute / 60))}:${two(handOverMinute % 60)}`
  const [state, setState] = useState<'unavailable' | 'limited'>('unavailable')
  const [begins, setBegins] = useState({ day: '', time: handOver })
  const [ends, setEnds] = useState({ day: '', time: handOver })
  const [reason, setReason] = useState('')
  const instant = (at: { day: string; time: string }) => {
    const [hour = 0, minute = 0] = at.time.split(':').map(Number)
    return instantAt(timeZone, at.day, hour * 60 + minute)
  }
  const from = { ...begins, day: begins.day || today }
  const ready = from.day !== '' && from.time !== '' && ends.day !== '' && ends.time !== ''
  const submit = () => {
    report.mutate(
      {
        availabilityId: newId(),
        officerId: officer.officerId,
        state,
        noNights: state === 'limited',
        beginsAt: instant(from),
        endsAt: instant(ends),
        reason: reason.trim() || null,
      },
      { onSuccess: onClose },
    )
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('absence')}
      subtitle={officer.name}
      ok={state === 'limited' ? t('absenceLimited') : t('absenceUnavailable')}
      ready={ready}
      doing={[report]}
      columns={2}
      onSubmit={submit}
    >
      <Field label={t('state')} required wide>
        <SelectInput
          value={state}
          onChange={value => setState(value as typeof state)}
          options={[
            { value: 'unavailable', label: availabilityTitles.unavailable[lang] },
            { value: 'limited', label: `${availabilityTitles.limited[lang]}(${t('noNights')})` },
          ]}
        />
      </Field>
      <DayTime label={t('beginsOn')} value={from} onChange={setBegins} />
      <DayTime label={t('endsOn')} value={ends} onChange={setEnds} />
      <Field label={t('reason')} hint={t('reasonHint')} wide>
        <TextArea value={reason} maxLength={500} onChange={setReason} />
      </Field>
    </FormDrawer>
  )
}

type At = { day: string; time: string }
function DayTime({ label, value, onChange }: { label: string; value: At; onChange: (next: At) => void }) {
  return (
    <Field
      label={label}
      required
      wide
      after={
        <TextInput
          type="time"
          aria-label={label}
          value={value.time}
          onChange={time => onChange({ ...value, time })}
        />
      }
    >
      <TextInput type="date" value={value.day} onChange={day => onChange({ ...value, day })} />
    </Field>
  )
}

export function SecondDrawer({ officer, onClose }: ActProps) {
  const t = useWords(peopleWords)
  const today = useToday()
  const second = useDo(secondOfficer)
  const [toWhom, setToWhom] = useState('')
  const [beginsOn, setBeginsOn] = useState('')
  const [endsOn, setEndsOn] = useState('')
  const from = beginsOn || today
  const ready = toWhom.trim() !== '' && from !== '' && endsOn !== ''
  const submit = () => {
    second.mutate(
      { secondmentId: newId(), officerId: officer.officerId, toWhom: toWhom.trim(), beginsOn: from, endsOn },
      { onSuccess: onClose },
    )
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('second')}
      subtitle={officer.name}
      ok={t('secondDo')}
      ready={ready}
      doing={[second]}
      columns={2}
      onSubmit={submit}
    >
      <Field label={t('toWhom')} hint={t('toWhomHint')} required wide>
        <TextInput value={toWhom} maxLength={80} onChange={setToWhom} />
      </Field>
      <Field label={t('beginsOn')} required>
        <TextInput type="date" value={from} onChange={setBeginsOn} />
      </Field>
      <Field label={t('lastDay')} required>
        <TextInput type="date" value={endsOn} min={from} onChange={setEndsOn} />
      </Field>
    </FormDrawer>
  )
}

export function RetireDrawer({ officer, onClose }: ActProps) {
  const t = useWords(peopleWords)
  const today = useToday()
  const retire = useDo(retireOfficer)
  const [chosen, setChosen] = useState('')
  const endsOn = chosen || today
  const submit = () => retire.mutate({ officerId: officer.officerId, endsOn }, { onSuccess: onClose })
  return (
    <FormDrawer
      onClose={onClose}
      title={t('retire')}
      subtitle={officer.name}
      ok={t('retireDo', { name: officer.name })}
      ready={endsOn !== ''}
      danger
      doing={[retire]}
      onSubmit={submit}
    >
      <Field label={t('lastDay')} hint={t('retireNote')} required>
        <TextInput type="date" value={endsOn} onChange={setChosen} />
      </Field>
    </FormDrawer>
  )
}

export function ReactivateButton({ officer }: { officer: Officer }) {
  const t = useWords(peopleWords)
  const reactivate = useDo(reactivateOfficer)
  return (
    <>
      <Button
        loading={reactivate.isPending}
        onClick={() => reactivate.mutate({ officerId: officer.officerId })}
      >
        {t('reactivate')}
      </Button>
      {reactivate.error ? <ProblemNote error={reactivate.error} /> : null}
    </>
  )
}
