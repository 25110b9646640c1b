import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useMay } from '../../../device/hooks.ts'
import { Field, FormDrawer, SelectInput, TextInput, useLang, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import {
  addMembers,
  grantSkill,
  openAccounts,
  skillKinds,
  skillTitles,
  teams,
  transferOfficer,
} from '../contracts.ts'
import { AccountsDrawer } from './AccountsDrawer.tsx'
import { type Officer, type Unit, unitOptions } from './labels.tsx'
import { peopleWords } from './words.ts'

type BulkProps = { selected: Officer[]; units: readonly Unit[]; onDone: () => void }
type Act = 'transfer' | 'grant' | 'toTeam' | 'openAccounts'

/** What can be done with several officers at once. */
export function BulkBar(props: BulkProps) {
  const t = useWords(peopleWords)
  const [act, setAct] = useState<Act | null>(null)
  const may = {
    transfer: useMay(transferOfficer),
    grant: useMay(grantSkill),
    toTeam: useMay(addMembers),
    openAccounts: useMay(openAccounts),
  }
  const close = () => setAct(null)
  const done = () => {
    close()
    props.onDone()
  }
  return (
    <>
      {(['transfer', 'grant', 'toTeam', 'openAccounts'] as const)
        .filter(one => may[one])
        .map(one => (
          <Button key={one} size="small" onClick={() => setAct(one)}>
            {t(one)}
          </Button>
        ))}
      {act === 'transfer' ? <TransferDrawer {...props} onClose={close} onDone={done} /> : null}
      {act === 'grant' ? <GrantDrawer {...props} onClose={close} onDone={done} /> : null}
      {act === 'openAccounts' ? <AccountsDrawer selected={props.selected} onClose={close} /> : null}
      {act === 'toTeam' ? <TeamDrawer {...props} onClose={close} onDone={done} /> : null}
    </>
  )
}

/** Who is meant, by name; of many the first few. */
function Picked({ selected }: { selected: readonly Officer[] }) {
  const names = selected.slice(0, 12).map(row => row.name)
  return (
    <p className="fx-picked">
      {names.map((name, at) => (
        <span key={`${name}-${at}`}>{name}</span>
      ))}
      {selected.length > names.length ? <span>… {selected.length}</span> : null}
    </p>
  )
}

type DrawerProps = BulkProps & { onClose: () => void }

function TransferDrawer({ selected, units, onClose, onDone }: DrawerProps) {
  const t = useWords(peopleWords)
  const transfer = useDo(transferOfficer)
  const [unitId, setUnitId] = useState('')
  const submit = () =>
    transfer.mutate({ officerIds: selected.map(row => row.officerId), unitId }, { onSuccess: onDone })
  return (
    <FormDrawer
      onClose={onClose}
      title={t('transfer')}
      ok={t('transferDo', { n: selected.length })}
      ready={unitId !== ''}
      doing={[transfer]}
      onSubmit={submit}
    >
      <Picked selected={selected} />
      <Field label={t('toUnit')} required>
        <SelectInput value={unitId} onChange={setUnitId} options={unitOptions(units)} placeholder="—" />
      </Field>
    </FormDrawer>
  )
}

export function GrantDrawer({ selected, onClose, onDone }: Omit<DrawerProps, 'units'>) {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const grant = useDo(grantSkill)
  const [skill, setSkill] = useState<(typeof skillKinds)[number]>('ppe')
  const [validFrom, setValidFrom] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const submit = () =>
    grant.mutate(
      {
        officerIds: selected.map(row => row.officerId),
        skill,
        validFrom: validFrom || null,
        validUntil: validUntil || null,
      },
      { onSuccess: onDone },
    )
  return (
    <FormDrawer
      onClose={onClose}
      title={t('grant')}
      ok={t('grantDo', { n: selected.length })}
      doing={[grant]}
      columns={2}
      onSubmit={submit}
    >
      <div className="fx-field-wide">
        <Picked selected={selected} />
      </div>
      <Field label={t('skill')} required wide>
        <SelectInput
          value={skill}
          onChange={value => setSkill(value as typeof skill)}
          options={skillKinds.map(one => ({ value: one, label: skillTitles[one][lang] }))}
        />
      </Field>
      <Field label={t('validFrom')}>
        <TextInput type="date" value={validFrom} onChange={setValidFrom} />
      </Field>
      <Field label={t('validUntil')}>
        <TextInput type="date" value={validUntil} onChange={setValidUntil} />
      </Field>
    </FormDrawer>
  )
}

function TeamDrawer({ selected, onClose, onDone }: DrawerProps) {
  const t = useWords(peopleWords)
  const list = useAsk(teams, { limit: 500 })
  const today = useAsk(currentOperation, {}).data?.dutyDay
  const add = useDo(addMembers)
  const [teamId, setTeamId] = useState('')
  const [beginsOn, setBeginsOn] = useState('')
  const from = beginsOn || today || ''
  const submit = () => {
    const members = selected.map(row => ({ officerId: row.officerId, beginsOn: from }))
    add.mutate({ teamId, members }, { onSuccess: onDone })
  }
  const standing = (list.data?.rows ?? []).filter(row => row.endsOn === null || !today || row.endsOn >= today)
  return (
    <FormDrawer
      onClose={onClose}
      title={t('toTeam')}
      ok={t('toTeamDo', { n: selected.length })}
      ready={teamId !== '' && from !== ''}
      doing={[add]}
      onSubmit={submit}
    >
      <Picked selected={selected} />
      <Field label={t('team')} required>
        <SelectInput
          value={teamId}
          onChange={setTeamId}
          options={standing.map(row => ({ value: row.teamId, label: row.name }))}
          placeholder="—"
        />
      </Field>
      <Field label={t('beginsOn')} required>
        <TextInput type="date" value={from} onChange={setBeginsOn} />
      </Field>
    </FormDrawer>
  )
}
