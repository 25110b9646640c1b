// What to solve: days, how long at most, and what must stay.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Field, FieldForm, SelectInput, TextInput, useWords } from '../../../ui/index.ts'
import { rosterWords } from './words.ts'

export interface SolveChoice {
  fromDay: string
  untilDay: string
  seconds: number
  keepHours: number
  keepHand: boolean
}

export interface SolveDialogProps {
  fromDay: string
  untilDay: string
  hasDraft: boolean
  onClose: () => void
  onSolve: (choice: SolveChoice) => void
}

const daysFrom = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1

export function SolveDialog(props: SolveDialogProps) {
  const t = useWords(rosterWords)
  const [fromDay, setFrom] = useState(props.fromDay)
  const [untilDay, setUntil] = useState(props.untilDay)
  const [seconds, setSeconds] = useState('30')
  const [keepHours, setKeep] = useState('0')
  const [keepHand, setHand] = useState(props.hasDraft)
  const days = daysFrom(fromDay, untilDay)
  const good = days >= 1 && days <= 62
  const solve = () => {
    if (good)
      props.onSolve({ fromDay, untilDay, seconds: Number(seconds), keepHours: Number(keepHours), keepHand })
  }
  return (
    <Modal open title={t('solveTitle')} onCancel={props.onClose} footer={null} width={480}>
      <FieldForm
        label={t('solveTitle')}
        columns={2}
        onSubmit={solve}
        foot={
          <>
            <Button onClick={props.onClose}>{t('cancel')}</Button>
            <Button type="primary" htmlType="submit" disabled={!good}>
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
      </FieldForm>
    </Modal>
  )
}
