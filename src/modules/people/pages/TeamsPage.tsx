import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  Figure,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { formTeam, teamKinds, teamKindTitles, teams } from '../contracts.ts'
import { SectionLinks } from './labels.tsx'
import { FormTeamDrawer, TeamDrawer } from './TeamDrawer.tsx'
import { peopleWords } from './words.ts'

export type Team = OutputOf<typeof teams>['rows'][number]
type TeamKind = (typeof teamKinds)[number]

function useTeamColumns(): Column<Team>[] {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const format = useFormat()
  const day = (value: string | null) => (value ? format.day(value, { weekday: false }) : t('open'))
  return [
    { key: 'name', title: t('teamName'), width: 200, grow: 2, narrow: true, render: row => row.name },
    {
      key: 'kind',
      title: t('kind'),
      width: 110,
      narrow: true,
      render: row => teamKindTitles[row.kind][lang],
    },
    { key: 'leader', title: t('leader'), width: 110, render: row => row.leaderName ?? '' },
    {
      key: 'members',
      title: t('memberCount'),
      width: 100,
      align: 'end',
      narrow: true,
      render: row => <Figure value={row.memberCount} unit={t('person')} />,
    },
    {
      key: 'days',
      title: t('span'),
      width: 170,
      render: row => `${day(row.beginsOn)} — ${day(row.endsOn)}`,
    },
  ]
}

export default function TeamsPage() {
  const t = useWords(peopleWords)
  const { lang } = useLang()
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, ['kind'])
  const kind = state.filters.kind?.find(one => (teamKinds as readonly string[]).includes(one)) as
    | TeamKind
    | undefined
  const answer = useAsk(teams, {
    limit: 1_000,
    ...(state.q ? { search: state.q.slice(0, 100) } : {}),
    ...(kind ? { kind } : {}),
  })
  const may = useMay(formTeam)
  const [forming, setForming] = useState(false)
  const first = may ? { label: t('formTeam'), onClick: () => setForming(true) } : undefined
  const rows = answer.data?.rows ?? []
  const shown = rows.find(row => row.teamId === address.team)
  const open = (teamId: string | null) =>
    setAddress({ ...listStateToSearch(state), ...(teamId ? { team: teamId } : {}) })
  const columns = useTeamColumns()
  return (
    <ListPage
      id="teams"
      title={t('teams')}
      counts={<SectionLinks here="teams" />}
      rows={rows}
      total={answer.data?.total}
      rowKey={row => row.teamId}
      rowName={row => row.name}
      columns={columns}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      searchHint={t('searchNames')}
      filters={[
        {
          key: 'kind',
          label: t('kind'),
          single: true,
          options: teamKinds.map(one => ({ value: one, label: teamKindTitles[one][lang] })),
        },
      ]}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={<EmptyState sentence={t('emptyTeams')} action={first} example={t('emptyTeamsExample')} />}
      actions={
        may ? (
          <Button type="primary" onClick={() => setForming(true)}>
            {t('formTeam')}
          </Button>
        ) : null
      }
      onOpen={row => open(row.teamId)}
      openKey={address.team}
    >
      {forming ? <FormTeamDrawer onClose={() => setForming(false)} /> : null}
      {shown ? <TeamDrawer key={shown.teamId} team={shown} onClose={() => open(null)} /> : null}
    </ListPage>
  )
}
