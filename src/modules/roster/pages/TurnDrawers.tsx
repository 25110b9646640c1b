// Naming the turns of a station, and who goes in one on a day.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import { Field, FormDrawer, SelectInput, TextInput, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { setTurnDay, setTurns, type TurnKind, turnKinds, turnKindTitles } from '../contracts.ts'
import { clockOf, type TurnWeek } from './TurnsPage.tsx'
import { turnWords } from './turn-words.ts'

export function TurnDayDrawer(props: { week: TurnWeek; turnId: string; day: string; onClose: () => void }) {
  const { week, turnId, day, onClose } = props
  const t = useWords(turnWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const ofDay = week.days.find(one => one.day === day)
  const there = ofDay?.turns.find(one => one.turnId === turnId)?.officers ?? []
  const [chosen, setChosen] = useState(() => there.map(one => one.officerId))
  const save = useDo(setTurnDay)
  const known = new Map([...(ofDay?.onDuty ?? []), ...there].map(one => [one.officerId, one.name]))
  const name = week.turns.find(one => one.turnId === turnId)?.name ?? ''
  return (
    <FormDrawer
      title={t('setTurnOn', { name, day: format.day(day) })}
      subtitle={known.size === 0 ? t('nobodyOnDuty') : undefined}
      ok={t('setTurnDo')}
      doing={[save]}
      onSubmit={() => save.mutate({ turnId, day, officerIds: chosen }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {[...known].map(([officerId, person]) => (
        <Checkbox
          key={officerId}
          checked={chosen.includes(officerId)}
          onChange={event =>
            setChosen(event.target.checked ? [...chosen, officerId] : chosen.filter(one => one !== officerId))
          }
        >
          {person}
        </Checkbox>
      ))}
    </FormDrawer>
  )
}

interface Line {
  turnId: string
  kind: TurnKind
  name: string
  clock: string
  minutes: string
  heads: string
}

export function NameTurnsDrawer(props: { unitId: string; week: TurnWeek; onClose: () => void }) {
  const { unitId, week, onClose } = props
  const t = useWords(turnWords)
  const { handOverMinute } = useSession().agency
  const fresh = (): Line => ({
    turnId: newId(),
    kind: 'meal',
    name: '',
    clock: '11:30',
    minutes: '30',
    heads: '',
  })
  const [lines, setLines] = useState<Line[]>(() => {
    const named = week.turns
      .filter(one => !one.ended)
      .map(one => ({
        turnId: one.turnId,
        kind: one.kind,
        name: one.name,
        clock: clockOf(handOverMinute + one.fromMinute),
        minutes: String(one.minutes),
        heads: one.heads === null ? '' : String(one.heads),
      }))
    return named.length > 0 ? named : [fresh()]
  })
  const save = useDo(setTurns)
  const turnsNamed = lines.map(one => {
    const [hours = 0, minutes = 0] = one.clock.split(':').map(Number)
    return {
      turnId: one.turnId,
      kind: one.kind,
      name: one.name.trim(),
      fromMinute: (hours * 60 + minutes - handOverMinute + 1440) % 1440,
      minutes: Number(one.minutes),
      heads: one.heads === '' ? null : Number(one.heads),
    }
  })
  const ready = turnsNamed.every(
    one => one.name !== '' && Number.isInteger(one.minutes) && Number.isInteger(one.heads ?? 1),
  )
  const change = (at: number, more: Partial<Line>) =>
    setLines(lines.map((one, n) => (n === at ? { ...one, ...more } : one)))
  return (
    <FormDrawer
      title={t('nameTurns')}
      width={560}
      ok={t('setTurnDo')}
      ready={ready}
      doing={[save]}
      onSubmit={() => save.mutate({ unitId, turns: turnsNamed }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {lines.map((line, at) => (
        <TurnLine
          key={line.turnId}
          line={line}
          onChange={more => change(at, more)}
          onDrop={() => setLines(lines.filter((_one, n) => n !== at))}
        />
      ))}
      {lines.length < 12 ? (
        <Button onClick={() => setLines([...lines, fresh()])}>{t('addTurn')}</Button>
      ) : null}
    </FormDrawer>
  )
}

function TurnLine(props: { line: Line; onChange: (more: Partial<Line>) => void; onDrop: () => void }) {
  const { line, onChange, onDrop } = props
  const t = useWords(turnWords)
  const { lang } = useLang()
  const kinds = turnKinds.map(kind => ({ value: kind, label: turnKindTitles[kind][lang] }))
  return (
    <fieldset className="tn-line">
      <legend className="fx-hidden">{line.name || t('turn')}</legend>
      <Field label={t('turnKind')}>
        <SelectInput
          value={line.kind}
          options={kinds}
          onChange={kind => onChange({ kind: kind as TurnKind })}
        />
      </Field>
      <Field label={t('turnName')} required>
        <TextInput value={line.name} maxLength={40} onChange={name => onChange({ name })} />
      </Field>
      <Field label={t('turnFrom')}>
        <TextInput type="time" value={line.clock} onChange={clock => onChange({ clock })} />
      </Field>
      <Field label={t('turnMinutes')}>
        <TextInput inputMode="numeric" value={line.minutes} onChange={minutes => onChange({ minutes })} />
      </Field>
      <Field label={t('turnHeads')}>
        <TextInput inputMode="numeric" value={line.heads} onChange={heads => onChange({ heads })} />
      </Field>
      <Button onClick={onDrop}>{t('dropTurn')}</Button>
    </fieldset>
  )
}
