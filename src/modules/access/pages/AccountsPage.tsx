import './access.css'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { type OutputOf, roleTitles } from '../../../kernel/contract.ts'
import { type Column, ListPage, useLang, useList, useWords } from '../../../ui/index.ts'
import { accountOrders, accounts } from '../contracts.ts'
import { AccountDrawer, AddDrawer } from './AccountDrawers.tsx'
import { useScopeName } from './ScopeField.tsx'
import { accessWords } from './words.ts'

export type Account = OutputOf<typeof accounts>['rows'][number]

function useColumns(): Column<Account>[] {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const scopeName = useScopeName()
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
        width: 180,
        render: row => scopeName(row.scopeUnitId),
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        grow: 0,
        render: row => (row.active ? t('active') : t('closed')),
      },
    ],
    [t, lang, scopeName],
  )
}

export default function AccountsPage() {
  const t = useWords(accessWords)
  const navigate = useNavigate()
  const list = useList(useAddress(), { orders: accountOrders })
  const answer = useAsk(accounts, { limit: 5_000, ...list.asked })
  const [shown, setShown] = useState<Account | 'new' | null>(null)
  return (
    <ListPage
      id="accounts"
      title={t('accounts')}
      answer={answer}
      rowKey={row => row.accountId}
      rowName={row => row.name}
      columns={useColumns()}
      {...list.page}
      searchHint={t('search')}
      empty={{ sentence: t('emptyAccounts') }}
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/devices' })}>{t('devices')}</Button>
          <Button onClick={() => void navigate({ to: '/activity' })}>{t('activity')}</Button>
          <Button onClick={() => void navigate({ to: '/system/rights' })}>{t('rightsPage')}</Button>
        </>
      }
      first={{ label: t('add'), onClick: () => setShown('new') }}
      onOpen={setShown}
      openKey={shown && shown !== 'new' ? shown.accountId : undefined}
    >
      {shown === 'new' ? <AddDrawer onClose={() => setShown(null)} /> : null}
      {shown && shown !== 'new' ? <AccountDrawer account={shown} onClose={() => setShown(null)} /> : null}
    </ListPage>
  )
}
