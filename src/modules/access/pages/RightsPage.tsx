import { useMemo } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { rights } from '../../../kernel/books/contracts.ts'
import { type OutputOf, type Role, roles, roleTitles } from '../../../kernel/contract.ts'
import { type Column, ListPage, useLang, useList, useWords } from '../../../ui/index.ts'
import { accessWords } from './words.ts'

type Right = OutputOf<typeof rights>['rows'][number]
const kinds = ['command', 'query', 'measure', 'file', 'upload', 'task'] as const

export default function RightsPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const list = useList(useAddress(), { filters: ['role', 'kind'] })
  const { state } = list
  const answer = useAsk(rights, {})
  const title = (row: Right) => (lang === 'zh' ? row.titleZh : row.titleEn)
  const rows = useMemo(() => {
    const { q, filters } = state
    return (answer.data?.rows ?? []).filter(
      row =>
        (q === '' || `${row.titleZh} ${row.titleEn} ${row.name}`.toLowerCase().includes(q.toLowerCase())) &&
        (!filters.role?.length || filters.role.some(role => row.roles.includes(role))) &&
        (!filters.kind?.length || filters.kind.includes(row.kind)),
    )
  }, [answer.data, state])
  const columns: Column<Right>[] = [
    { key: 'title', title: t('capability'), width: 220, narrow: true, render: title },
    { key: 'kind', title: t('kind'), width: 80, grow: 0, narrow: true, render: row => t(row.kind) },
    {
      key: 'roles',
      title: t('roles'),
      width: 320,
      grow: 2,
      narrow: true,
      render: row => row.roles.map(role => roleTitles[role as Role][lang]).join('、'),
    },
    { key: 'code', title: t('code'), width: 200, render: row => <code>{row.name}</code> },
  ]
  return (
    <ListPage
      id="rights"
      title={t('rightsPage')}
      counts={t('rightsNote')}
      answer={answer}
      rows={rows}
      rowKey={row => `${row.kind} ${row.name}`}
      columns={columns}
      {...list.page}
      filters={[
        {
          key: 'role',
          label: t('roles'),
          options: roles.map(role => ({ value: role, label: roleTitles[role][lang] })),
        },
        { key: 'kind', label: t('kind'), options: kinds.map(kind => ({ value: kind, label: t(kind) })) },
      ]}
    />
  )
}
