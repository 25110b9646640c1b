import { useState } from 'react'
import { useDo } from '../../../device/hooks.ts'
import { Field, FormDrawer, SelectInput, TextInput, useWords } from '../../../ui/index.ts'
import { scaleDemand } from '../contracts.ts'
import { type ChosenPosts, linesOfRows } from './DemandActions.tsx'
import { demandWords } from './words.ts'

type How = 'set' | 'add' | 'percent'
const hows: readonly How[] = ['add', 'set', 'percent']

export function ScaleDemandForm({
  rows,
  onClose,
  onDone,
}: ChosenPosts & { onClose: () => void; onDone: () => void }) {
  const t = useWords(demandWords)
  const scale = useDo(scaleDemand)
  const [how, setHow] = useState<How>('add')
  const [amount, setAmount] = useState('1')
  const demandIds = linesOfRows(rows).slice(0, 5_000)
  const number = Math.trunc(Number(amount))
  const ready = amount.trim() !== '' && Number.isFinite(number)
  const submit = () => scale.mutate({ demandIds, how, amount: number }, { onSuccess: onDone })
  return (
    <FormDrawer
      onClose={onClose}
      title={t('scale')}
      ok={t('scaleDo', { n: demandIds.length })}
      ready={ready}
      doing={[scale]}
      onSubmit={submit}
    >
      <Field label={t('how')}>
        <SelectInput
          value={how}
          options={hows.map(one => ({ value: one, label: t(`how${one}`) }))}
          onChange={next => {
            setHow(next as How)
            setAmount(next === 'percent' ? '150' : '1')
          }}
        />
      </Field>
      <Field label={t('heads')} after={how === 'percent' ? '%' : t('headUnit')}>
        <TextInput type="number" value={amount} onChange={setAmount} />
      </Field>
    </FormDrawer>
  )
}
