import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { makeCode } from '../../../device/one-time-code.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import { type Role, roles, roleTitles } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  Field,
  FieldForm,
  ProblemNote,
  RecordHistory,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { addAccount, changeAccount, issueResetCode } from '../contracts.ts'
import type { Account } from './AccountsPage.tsx'
import { ScopeField } from './ScopeField.tsx'
import { accessWords } from './words.ts'

function RolesField({ value, onChange }: { value: Role[]; onChange: (next: Role[]) => void }) {
  const t = useWords(accessWords)
  const { lang } = useLang()
  return (
    <Field label={t('roles')} required>
      <Select
        mode="multiple"
        value={value}
        onChange={onChange}
        options={roles.map(role => ({ value: role, label: roleTitles[role][lang] }))}
      />
    </Field>
  )
}

interface NewAccount {
  badge: string
  name: string
  roles: Role[]
  scopeUnitId: string | null
}
const initial = (): NewAccount => ({ badge: '', name: '', roles: ['officer'], scopeUnitId: null })

export function AddDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(accessWords)
  const add = useDo(addAccount)
  const [draft, setDraft, kept] = useKeptDraft({ form: 'account new', initial, contract: addAccount })
  const change = (more: Partial<NewAccount>) => setDraft({ ...draft, ...more })
  const [badge, name] = [draft.badge.trim(), draft.name.trim()]
  const ready = badge !== '' && name !== '' && draft.roles.length > 0
  const submit = () =>
    add.mutate(
      { ...draft, accountId: newId(), badge, name, officerId: null },
      { onSuccess: kept.done(onClose) },
    )
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('add')}
      footEnd={
        <Button type="primary" disabled={!ready} loading={add.isPending} onClick={submit}>
          {t('add')}
        </Button>
      }
    >
      <FieldForm
        onSubmit={ready ? submit : undefined}
        kept={kept}
        error={add.error ? <ProblemNote error={add.error} safe="kept" /> : undefined}
      >
        <Field label={t('badge')} required>
          <TextInput value={draft.badge} maxLength={20} onChange={next => change({ badge: next })} />
        </Field>
        <Field label={t('name')} required>
          <TextInput value={draft.name} maxLength={60} onChange={next => change({ name: next })} />
        </Field>
        <RolesField value={draft.roles} onChange={next => change({ roles: next })} />
        <ScopeField value={draft.scopeUnitId} onChange={scopeUnitId => change({ scopeUnitId })} />
        <p>{t('afterAdd')}</p>
      </FieldForm>
    </DetailDrawer>
  )
}

export function AccountDrawer({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useWords(accessWords)
  const change = useDo(changeAccount)
  const issue = useDo(issueResetCode)
  const past = useRecordHistory({ table: 'account', rowId: account.accountId })
  const [chosen, setChosen] = useState<Role[]>(account.roles)
  const [scopeUnitId, setScopeUnitId] = useState(account.scopeUnitId)
  const [active, setActive] = useState(account.active)
  const [code, setCode] = useState('')
  const save = () =>
    change.mutate(
      { accountId: account.accountId, roles: chosen, scopeUnitId, active },
      { onSuccess: onClose },
    )
  const give = async () => {
    const made = await makeCode()
    issue.mutate(
      { accountId: account.accountId, codeHash: made.hash },
      { onSuccess: () => setCode(made.code) },
    )
  }
  const error = change.error ?? issue.error
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={account.name}
      subtitle={account.badge}
      footStart={
        <Button loading={issue.isPending} onClick={() => void give()}>
          {t('resetCode')}
        </Button>
      }
      footEnd={
        <Button type="primary" loading={change.isPending} disabled={chosen.length === 0} onClick={save}>
          {t('save')}
        </Button>
      }
    >
      <FieldForm error={error ? <ProblemNote error={error} safe="kept" /> : undefined}>
        <RolesField value={chosen} onChange={setChosen} />
        <ScopeField value={scopeUnitId} onChange={setScopeUnitId} />
        <Checkbox checked={active} onChange={event => setActive(event.target.checked)}>
          {t('active')}
        </Checkbox>
        {code ? (
          <div role="status">
            <p className="access-code">{code}</p>
            <p>{t('codeSaid')}</p>
          </div>
        ) : null}
      </FieldForm>
      <RecordHistory {...past} />
    </DetailDrawer>
  )
}
