// What to solve: days, how long at most, what must stay, and what the roster leans to.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { Field, FieldForm, ProblemNote, SelectInput, TextInput, useWords } from '../../../ui/index.ts'
import { type Preference, preferenceInForce, setPreference } from '../contracts.ts'
import { PreferenceInput } from './PreferenceInput.tsx'
import { preferenceWords } from './preference-words.ts'
import { rosterWords } from './words.ts'

export interface SolveChoice {
  fromDay: string
  untilDay: string
  seconds: number
  keepHours: number
  keepHand: boolean
  /** Null: as it is set for the operation. */
  preference: Preference | null
}

export interface SolveDialogProps {
  operationId: string
  fromDay: string
  untilDay: string
  hasDraft: boolean
  /** What the draft was made with: solved again it begins from there. */
  leaning: Preference | null
  onClose: () => void
  onSolve: (choice: SolveChoice) => void
}

const daysFrom = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1

/** What is chosen, and whether it becomes what is set for the operation before the search begins. */
function useLeaning({ operationId, leaning }: SolveDialogProps) {
  const standing = useAsk(preferenceInForce, { operationId })
  const set = useDo(setPreference)
  const [chosen, choose] = useState<Preference | null>(null)
  const [keep, setKeep] = useState(false)
  const isSet = standing.data?.preference ?? null
  const value = chosen ?? leaning ?? isSet
  const mayKeep = value !== null && isSet !== null && JSON.stringify(value) !== JSON.stringify(isSet)
  return {
    value,
    choose,
    keep,
    setKeep,
    mayKeep,
    busy: set.isPending,
    error: set.error ?? standing.error,
    settle(then: () => void) {
      if (keep && mayKeep) set.mutate({ operationId, preference: value }, { onSuccess: then })
      else then()
    },
  }
}

export function SolveDialog(props: SolveDialogProps) {
  const t = useWords(rosterWords)
  const [fromDay, setFrom] = useState(props.fromDay)
  const [untilDay, setUntil] = useState(props.untilDay)
  const [seconds, setSeconds] = useState('30')
  const [keepHours, setKeep] = useState('0')
  const [keepHand, setHand] = useState(props.hasDraft)
  const leaning = useLeaning(props)
  const days = daysFrom(fromDay, untilDay)
  const good = days >= 1 && days <= 62
  const solve = () => {
    const [most, keep] = [Number(seconds), Number(keepHours)]
    const choice = { fromDay, untilDay, seconds: most, keepHours: keep, keepHand, preference: leaning.value }
    if (good) leaning.settle(() => props.onSolve(choice))
  }
  return (
    <Modal open title={t('solveTitle')} onCancel={props.onClose} footer={null} width={520}>
      <FieldForm
        label={t('solveTitle')}
        columns={2}
        onSubmit={solve}
        error={leaning.error ? <ProblemNote error={leaning.error} safe="kept" /> : undefined}
        foot={
          <>
            <Button onClick={props.onClose}>{t('cancel')}</Button>
            <Button type="primary" htmlType="submit" disabled={!good} loading={leaning.busy}>
              {t('startSolve', { n: good ? days : 0 })}
            </Button>
          </>
        }
      >
        <Field label={t('fromDay')} required>
          <TextInput type="date" value={fromDay} onChange={setFrom} />
        </Field>
        <Field label={t('untilDay')} required>
          <TextInput type="date" value={untilDay} min={fromDay} onChange={setUntil} />
        </Field>
        <Field label={t('seconds')}>
          <SelectInput
            value={seconds}
            onChange={setSeconds}
            options={['10', '20', '30', '60'].map(n => ({
              value: n,
              label: t('secondsUnit', { n: Number(n) }),
            }))}
          />
        </Field>
        <Field label={t('keepHours')}>
          <SelectInput
            value={keepHours}
            onChange={setKeep}
            options={[
              { value: '0', label: t('keepNone') },
              ...['12', '24', '48'].map(n => ({ value: n, label: t('keepWithin', { n: Number(n) }) })),
            ]}
          />
        </Field>
        {props.hasDraft ? (
          <label className="rb-check">
            <input type="checkbox" checked={keepHand} onChange={event => setHand(event.target.checked)} />
            {t('keepHand')}
          </label>
        ) : null}
        <LeaningFields leaning={leaning} />
      </FieldForm>
    </Modal>
  )
}

function LeaningFields({ leaning }: { leaning: ReturnType<typeof useLeaning> }) {
  const t = useWords(preferenceWords)
  const { value, choose, mayKeep, keep, setKeep } = leaning
  return (
    <>
      {value ? <PreferenceInput value={value} onChange={choose} /> : null}
      {mayKeep ? (
        <label className="rb-check">
          <input type="checkbox" checked={keep} onChange={event => setKeep(event.target.checked)} />
          {t('keep')}
        </label>
      ) : null}
    </>
  )
}
