// Handing an alert over, and putting it off.
import { useState } from 'react'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import {
  alertTakers,
  handAlert,
  ownerRoles,
  snoozeAlert,
  snoozeMinutesMost,
} from '../../../kernel/books/contracts.ts'
import { type Role, roleTitles } from '../../../kernel/contract.ts'
import { Field, FormDrawer, SelectInput, TextArea, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type Alert, titleOf } from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'

type FormProps = { row: Alert; onClose: () => void }

export function HandForm({ row, onClose }: FormProps) {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const hand = useDo(handAlert)
  const [toRole, setRole] = useState('')
  const [toPerson, setPerson] = useState('')
  const [note, setNote] = useState('')
  const takers = useAsk(alertTakers, { alertId: row.alertId })
  const people = (takers.data?.rows ?? []).map(one => ({
    value: one.accountId,
    label: `${one.name} · ${one.roles.map(role => roleTitles[role][lang]).join(lang === 'zh' ? '、' : ', ')}`,
  }))
  const offered = ownerRoles.filter(role => row.ownerName !== null || role !== row.ownerRole)
  const name = toRole
    ? roleTitles[toRole as Role][lang]
    : (takers.data?.rows.find(one => one.accountId === toPerson)?.name ?? '—')
  const submit = () =>
    hand.mutate(
      {
        alertId: row.alertId,
        toRole: (toRole || null) as Role | null,
        toAccountId: toPerson || null,
        note: note.trim(),
      },
      { onSuccess: onClose },
    )
  return (
    <FormDrawer
      onClose={onClose}
      title={t('hand')}
      subtitle={titleOf(row, lang)}
      ok={t('handDo', { name })}
      ready={(toRole !== '') !== (toPerson !== '') && note.trim() !== ''}
      doing={[hand]}
      onSubmit={submit}
    >
      <Field label={`${t('handTo')} (${t('toRole')})`}>
        <SelectInput
          value={toRole}
          placeholder={t('choose')}
          options={offered.map(role => ({ value: role, label: roleTitles[role][lang] }))}
          onChange={value => {
            setRole(value)
            setPerson('')
          }}
        />
      </Field>
      <Field label={`${t('handTo')} (${t('toPerson')})`}>
        <SelectInput
          value={toPerson}
          placeholder={t('choose')}
          options={people}
          onChange={value => {
            setPerson(value)
            setRole('')
          }}
        />
      </Field>
      <Field label={t('note')} hint={t('noteHint')} required>
        <TextArea rows={3} maxLength={300} value={note} onChange={setNote} />
      </Field>
    </FormDrawer>
  )
}

const stretches = [15, 30, 60, 120, 240, 480, 720]

export function SnoozeForm({ row, onClose }: FormProps) {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const { clock } = useClient()
  const format = useFormat(useSession().agency.timeZone)
  const snooze = useDo(snoozeAlert)
  const [minutes, setMinutes] = useState('30')
  const [reason, setReason] = useState('')
  const options = stretches
    .filter(n => n <= snoozeMinutesMost[row.severity])
    .map(n => ({
      value: String(n),
      label: n < 60 ? t('minutesN', { n }) : t('hoursN', { n: n / 60 }),
    }))
  // A few seconds less than the most, because the server's clock goes on while this is on its way.
  const until = () => new Date(clock.now() + Number(minutes) * 60_000 - 2_000).toISOString()
  return (
    <FormDrawer
      onClose={onClose}
      title={t('snooze')}
      subtitle={titleOf(row, lang)}
      ok={t('snoozeDo', { time: format.time(until()) })}
      ready={reason.trim() !== ''}
      doing={[snooze]}
      onSubmit={() =>
        snooze.mutate({ alertId: row.alertId, until: until(), reason: reason.trim() }, { onSuccess: onClose })
      }
    >
      <Field label={t('snoozeFor')} hint={t('snoozeHint')} required>
        <SelectInput value={minutes} options={options} onChange={setMinutes} />
      </Field>
      <Field label={t('reason')} required>
        <TextArea rows={3} maxLength={300} value={reason} onChange={setReason} />
      </Field>
    </FormDrawer>
  )
}
