import './access.css'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { makeCode } from '../../../device/one-time-code.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { type OutputOf, type Role, roles, roleTitles } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  EmptyState,
  Field,
  FieldForm,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { accounts, addAccount, changeAccount, issueResetCode } from '../contracts.ts'
import { accessWords } from './words.ts'

type Account = OutputOf<typeof accounts>['rows'][number]

function useColumns(): Column<Account>[] {
  const t = useWords(accessWords)
  const { lang } = useLang()
  return useMemo(
    () => [
      { key: 'name', title: t('name'), width: 120, narrow: true, render: row => row.name },
      { key: 'badge', title: t('badge'), width: 100, narrow: true, render: row => row.badge },
      {
        key: 'roles',
        title: t('roles'),
        width: 240,
        grow: 2,
        narrow: true,
        render: row => row.roles.map(role => roleTitles[role][lang]).join('、'),
      },
      {
        key: 'scope',
        title: t('scope'),
        width: 140,
        render: row => (row.scopeUnitId ? t('ownUnit') : t('wholeAgency')),
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        grow: 0,
        render: row => (row.active ? t('active') : t('closed')),
      },
    ],
    [t, lang],
  )
}

export default function AccountsPage() {
  const t = useWords(accessWords)
  const navigate = useNavigate()
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, [])
  const answer = useAsk(accounts, { limit: 5_000, ...(state.q ? { search: state.q } : {}) })
  const [shown, setShown] = useState<Account | 'new' | null>(null)
  const columns = useColumns()
  return (
    <ListPage
      id="accounts"
      title={t('accounts')}
      rows={answer.data?.rows ?? []}
      total={answer.data?.total}
      rowKey={row => row.accountId}
      rowName={row => row.name}
      columns={columns}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      searchHint={t('search')}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={
        <EmptyState
          sentence={t('emptyAccounts')}
          action={{ label: t('add'), onClick: () => setShown('new') }}
        />
      }
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/activity' })}>{t('activity')}</Button>
          <Button onClick={() => void navigate({ to: '/system/rights' })}>{t('rightsPage')}</Button>
          <Button type="primary" onClick={() => setShown('new')}>
            {t('add')}
          </Button>
        </>
      }
      onOpen={setShown}
      openKey={shown && shown !== 'new' ? shown.accountId : undefined}
    >
      {shown === 'new' ? <AddDrawer onClose={() => setShown(null)} /> : null}
      {shown && shown !== 'new' ? <AccountDrawer account={shown} onClose={() => setShown(null)} /> : null}
    </ListPage>
  )
}

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

function AddDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(accessWords)
  const add = useDo(addAccount)
  const [badge, setBadge] = useState('')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<Role[]>(['officer'])
  const ready = badge.trim() !== '' && name.trim() !== '' && chosen.length > 0
  const submit = () =>
    add.mutate(
      {
        accountId: newId(),
        badge: badge.trim(),
        name: name.trim(),
        roles: chosen,
        scopeUnitId: null,
        officerId: null,
      },
      { onSuccess: onClose },
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
        error={add.error ? <ProblemNote error={add.error} safe="kept" /> : undefined}
      >
        <Field label={t('badge')} required>
          <TextInput value={badge} maxLength={20} onChange={setBadge} />
        </Field>
        <Field label={t('name')} required>
          <TextInput value={name} maxLength={60} onChange={setName} />
        </Field>
        <RolesField value={chosen} onChange={setChosen} />
        <p>{t('afterAdd')}</p>
      </FieldForm>
    </DetailDrawer>
  )
}

function AccountDrawer({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useWords(accessWords)
  const change = useDo(changeAccount)
  const issue = useDo(issueResetCode)
  const [chosen, setChosen] = useState<Role[]>(account.roles)
  const [active, setActive] = useState(account.active)
  const [code, setCode] = useState('')
  const save = () =>
    change.mutate(
      { accountId: account.accountId, roles: chosen, scopeUnitId: account.scopeUnitId, active },
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
    </DetailDrawer>
  )
}
