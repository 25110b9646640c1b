// Setting who leads on a day, and repeating the order of some days over others.
import { App, Checkbox } from 'antd'
import { useState } from 'react'
import { useDo, useSession } from '../../../device/hooks.ts'
import {
  Field,
  FormDrawer,
  SelectInput,
  Signal,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { copyLeads, leadOffices, leadOfficeTitles, setLeads } from '../contracts.ts'
import { firstOf, lastOf, type LeadCalendar, type LeadDay, type LedOperation } from './LeadersPage.tsx'
import { leaderWords } from './leader-words.ts'

export function LeadDayDrawer(props: {
  day: LeadDay
  leaders: LeadCalendar['leaders']
  operationId: string
  onClose: () => void
}) {
  const { day, leaders, operationId, onClose } = props
  const t = useWords(leaderWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const held = (office: string) => day.holders.find(one => one.office === office)?.officerId ?? ''
  const [chosen, setChosen] = useState(() => leadOffices.map(held))
  const save = useDo(setLeads)
  // Whoever leads there but is no longer among those who may stays to be seen.
  const known = new Set(leaders.map(one => one.officerId))
  const others = day.holders.filter(one => !known.has(one.officerId))
  const options = [...leaders, ...others].map(one => ({
    value: one.officerId,
    label: `${one.name} ${one.badge} ${one.unit}`,
  }))
  const changed = leadOffices.flatMap((office, at) =>
    chosen[at] === held(office) ? [] : [{ day: day.day, office, officerId: chosen[at] || null }],
  )
  return (
    <FormDrawer
      title={t('setDay', { day: format.day(day.day) })}
      ok={t('setDo')}
      ready={changed.length > 0}
      doing={[save]}
      onSubmit={() => save.mutate({ operationId, places: changed }, { onSuccess: onClose })}
      onClose={onClose}
      after={
        day.doubts.length > 0 ? (
          <ul className="ld-doubts">
            {day.doubts.map(one => (
              <li key={`${one.rule} ${one.officerId} ${one.en}`}>
                <Signal kind="amber" size={14} />
                <span>
                  {day.holders.find(holder => holder.officerId === one.officerId)?.name} {one[lang]}{' '}
                  {one.rule}
                </span>
              </li>
            ))}
          </ul>
        ) : undefined
      }
    >
      {leadOffices.map((office, at) => (
        <Field key={office} label={leadOfficeTitles[office][lang]}>
          <SelectInput
            value={chosen[at] ?? ''}
            placeholder={t('leave')}
            options={options}
            onChange={next => setChosen(chosen.map((one, n) => (n === at ? next : one)))}
          />
        </Field>
      ))}
    </FormDrawer>
  )
}

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string | null) => (b !== null && b < a ? b : a)
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export function RepeatDrawer(props: {
  operation: LedOperation
  today: string
  month: string
  onClose: () => void
}) {
  const { operation, today, month, onClose } = props
  const t = useWords(leaderWords)
  const { message } = App.useApp()
  const copy = useDo(copyLeads)
  const start = later(later(firstOf(month), today), operation.beginsOn)
  const [days, setDays] = useState(() => ({
    fromDay: start,
    untilDay: plus(start, 6),
    ontoDay: plus(start, 7),
    ontoUntil: later(plus(start, 7), earlier(lastOf(month), operation.endsOn)),
  }))
  const [replace, setReplace] = useState(false)
  const submit = () =>
    copy.mutate(
      { operationId: operation.operationId, ...days, replace },
      {
        onSuccess: done => {
          void message.success(t('repeated', done))
          onClose()
        },
      },
    )
  const labels = {
    fromDay: 'modelFrom',
    untilDay: 'modelUntil',
    ontoDay: 'ontoFrom',
    ontoUntil: 'ontoUntil',
  } as const
  return (
    <FormDrawer
      title={t('repeatTitle')}
      subtitle={t('repeatHint')}
      ok={t('repeatDo')}
      ready={Object.values(days).every(day => day !== '')}
      columns={2}
      doing={[copy]}
      onSubmit={submit}
      onClose={onClose}
      after={
        <Checkbox
          className="ld-replace"
          checked={replace}
          onChange={event => setReplace(event.target.checked)}
        >
          {t('replaceThere')}
        </Checkbox>
      }
    >
      {(Object.keys(labels) as (keyof typeof labels)[]).map(key => (
        <Field key={key} label={t(labels[key])} required>
          <TextInput type="date" value={days[key]} onChange={day => setDays({ ...days, [key]: day })} />
        </Field>
      ))}
    </FormDrawer>
  )
}
