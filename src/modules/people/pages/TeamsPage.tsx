import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Column, Figure, ListPage, useFormat, useLang, useList, useWords } from '../../../ui/index.ts'
import { formTeam, teamKinds, teamKindTitles, teamOrders, teams } from '../contracts.ts'
import { SectionLinks } from './labels.tsx'
import { FormTeamDrawer, TeamDrawer } from './TeamDrawer.tsx'
import { peopleWords } from './words.ts'

export type Team = OutputOf<typeof teams>['rows'][number]

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
  const client = useClient()
  const list = useList(useAddress(), { filters: ['kind'], orders: teamOrders, open: 'team' })
  const asked = { ...list.asked, kind: list.one('kind', teamKinds) }
  const answer = useAsk(teams, { ...asked, limit: 1_000 })
  const may = useMay(formTeam)
  const [forming, setForming] = useState(false)
  const shown = answer.data?.rows.find(row => row.teamId === list.open)
  return (
    <ListPage
      id="teams"
      title={t('teams')}
      counts={<SectionLinks here="teams" />}
      answer={answer}
      rowKey={row => row.teamId}
      rowName={row => row.name}
      columns={useTeamColumns()}
      {...list.page}
      searchHint={t('searchNames')}
      filters={[
        {
          key: 'kind',
          label: t('kind'),
          single: true,
          options: teamKinds.map(one => ({ value: one, label: teamKindTitles[one][lang] })),
        },
      ]}
      empty={{ sentence: t('emptyTeams'), example: t('emptyTeamsExample') }}
      first={may ? { label: t('formTeam'), onClick: () => setForming(true) } : undefined}
      onOpen={row => list.show(row.teamId)}
      file={columns => client.fileUrl('people.exportTeams', { ...asked, columns })}
    >
      {forming ? <FormTeamDrawer onClose={() => setForming(false)} /> : null}
      {shown ? <TeamDrawer key={shown.teamId} team={shown} onClose={() => list.show(null)} /> : null}
    </ListPage>
  )
}
