import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  Field,
  FormDrawer,
  ProblemNote,
  SkeletonPanel,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { clocks, ownerTitles, setClocks, urgencyTitles } from '../contracts.ts'
import { difficultyWords } from './difficulty-words.ts'

type Clock = OutputOf<typeof clocks>['rows'][number]
type Minutes = 'unitMinutes' | 'dutyOfficerMinutes' | 'dutyLeaderMinutes'
const columns = [
  ['unitMinutes', 'unit'],
  ['dutyOfficerMinutes', 'dutyOfficer'],
  ['dutyLeaderMinutes', 'dutyLeader'],
] as const

/** How long each owner has, by urgency. */
export function ClocksDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(difficultyWords)
  const found = useAsk(clocks, {})
  const set = useDo(setClocks)
  const [changed, setChanged] = useState<Clock[] | null>(null)
  const rows = changed ?? found.data?.rows ?? []
  const ready =
    rows.length > 0 && rows.every(row => columns.every(([key]) => row[key] >= 1 && row[key] <= 10_080))
  const change = (urgency: string, key: Minutes, text: string) =>
    setChanged(
      rows.map(row => (row.urgency === urgency ? { ...row, [key]: Math.trunc(Number(text)) || 0 } : row)),
    )
  return (
    <FormDrawer
      onClose={onClose}
      width={560}
      title={t('clocks')}
      subtitle={t('clockHint')}
      ok={t('clocksDo')}
      ready={ready}
      doing={[set]}
      onSubmit={() => set.mutate({ clocks: rows }, { onSuccess: onClose })}
    >
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={6} /> : null}
      {rows.map(row => (
        <ClockRow key={row.urgency} row={row} onChange={(key, text) => change(row.urgency, key, text)} />
      ))}
    </FormDrawer>
  )
}

function ClockRow({ row, onChange }: { row: Clock; onChange: (key: Minutes, text: string) => void }) {
  const t = useWords(difficultyWords)
  const { lang } = useLang()
  return (
    <fieldset className="cmd-clock">
      <legend>{urgencyTitles[row.urgency][lang]}</legend>
      {columns.map(([key, owner]) => (
        <Field
          key={key}
          label={ownerTitles[owner][lang]}
          after={<span className="cmd-quiet">{t('minutesUnit')}</span>}
        >
          <TextInput
            inputMode="numeric"
            value={String(row[key])}
            maxLength={5}
            onChange={text => onChange(key, text)}
          />
        </Field>
      ))}
    </fieldset>
  )
}
