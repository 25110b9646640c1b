// Teams on the ground: what each holds, who of it is there now, and where nobody is. Gaps stand first.
import './team-duty.css'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient } from '../../../device/hooks.ts'
import {
  type Column,
  Figure,
  ListPage,
  ProblemNote,
  Signal,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { teamKinds, teamKindTitles } from '../../people/contracts.ts'
import { teamDuty, teamDutyOrders, type TeamOnDuty } from '../contracts.ts'
import { TeamDutyDrawer } from './TeamDutyDrawer.tsx'
import { teamWords } from './team-words.ts'

export const kindTitle = (kind: string, lang: 'zh' | 'en'): string =>
  teamKindTitles[kind as (typeof teamKinds)[number]]?.[lang] ?? kind

export function TeamState({ row }: { row: TeamOnDuty }) {
  const t = useWords(teamWords)
  const running = row.posts.filter(one => one.there.length > 0).length
  if (row.posts.length === 0) return <span className="at-quiet">{t('noPosts')}</span>
  const kind = row.gaps > 0 ? 'red' : 'green'
  const said = row.gaps > 0 ? t('gaps', { n: row.gaps }) : t(running > 0 ? 'covered' : 'resting')
  return (
    <span className="at-state">
      {row.gaps > 0 || running > 0 ? <Signal kind={kind} size={14} /> : <i className="at-nothing" />} {said}
    </span>
  )
}

function useTeamColumns(): Column<TeamOnDuty>[] {
  const t = useWords(teamWords)
  const { lang } = useLang()
  const format = useFormat()
  const day = (value: string | null) => (value ? format.day(value, { weekday: false }) : t('open'))
  const figure = (value: number, unit: string) => <Figure value={value} unit={unit} />
  return [
    { key: 'name', title: t('team'), width: 190, grow: 2, narrow: true, render: row => <b>{row.name}</b> },
    { key: 'state', title: t('state'), width: 150, narrow: true, render: row => <TeamState row={row} /> },
    { key: 'kind', title: t('kind'), width: 100, render: row => kindTitle(row.kind, lang) },
    {
      key: 'posts',
      title: t('posts'),
      width: 90,
      align: 'end',
      render: row => figure(row.posts.length, t('unitPlace')),
    },
    {
      key: 'there',
      title: t('there'),
      width: 90,
      align: 'end',
      render: row => figure(row.there, t('unitPerson')),
    },
    {
      key: 'hours',
      title: t('hours'),
      width: 100,
      align: 'end',
      render: row => figure(row.hours, t('unitHour')),
    },
    {
      key: 'deployments',
      title: t('deployments'),
      width: 110,
      align: 'end',
      render: row => figure(row.deployments, t('unitDeployment')),
    },
    {
      key: 'days',
      title: t('span'),
      width: 150,
      render: row => (
        <span className="fx-date">
          {day(row.beginsOn)} — {day(row.endsOn)}
        </span>
      ),
    },
  ]
}

export default function TeamDutyPage() {
  const t = useWords(teamWords)
  const { lang } = useLang()
  const go = useGo()
  const client = useClient()
  const list = useList(useAddress(), { filters: ['kind'], orders: teamDutyOrders, open: 'team' })
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const asked = { ...list.asked, operationId, kind: list.one('kind', teamKinds) }
  const answer = useAsk(
    teamDuty,
    { ...asked, limit: 1_000 },
    { enabled: operationId !== '', refetchSeconds: 60 },
  )
  const open = answer.data?.rows.find(row => row.teamId === list.open)
  return (
    <ListPage
      id="team-duty"
      title={t('title')}
      rows={answer.data?.rows ?? []}
      total={answer.data?.total}
      loading={current.isPending || answer.isLoading}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      rowKey={row => row.teamId}
      rowName={row => row.name}
      columns={useTeamColumns()}
      {...list.page}
      searchHint={t('search')}
      filters={[
        {
          key: 'kind',
          label: t('kind'),
          single: true,
          options: teamKinds.map(one => ({ value: one, label: teamKindTitles[one][lang] })),
        },
      ]}
      empty={{
        sentence: t('empty'),
        example: t('emptyExample'),
        action: { label: t('toTeams'), onClick: () => go('/people/teams') },
      }}
      onOpen={row => list.show(row.teamId)}
      file={columns => client.fileUrl('attendance.exportTeamDuty', { ...asked, columns })}
    >
      {open ? (
        <TeamDutyDrawer
          key={open.teamId}
          team={open}
          operationId={operationId}
          today={answer.data?.today ?? ''}
          beginsOn={current.data?.operation?.beginsOn ?? ''}
          onClose={() => list.show(null)}
        />
      ) : null}
    </ListPage>
  )
}
