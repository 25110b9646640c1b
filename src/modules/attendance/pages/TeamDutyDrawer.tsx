// One team on the ground: its posts with who is there, what it has worked, and its closed loop.
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  ProblemNote,
  RecordHistory,
  Signal,
  useConfirm,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { endTeamPost, giveTeamPost, teamHoldsWorked, type TeamOnDuty } from '../contracts.ts'
import { LoopSection } from './LoopSection.tsx'
import { kindTitle, TeamState } from './TeamDutyPage.tsx'
import { TeamPostForm } from './TeamPostForm.tsx'
import { teamWords } from './team-words.ts'

type Post = TeamOnDuty['posts'][number]

interface DrawerProps {
  team: TeamOnDuty
  operationId: string
  today: string
  beginsOn: string
  onClose: () => void
}

export function TeamDutyDrawer({ team, operationId, today, beginsOn, onClose }: DrawerProps) {
  const t = useWords(teamWords)
  const { lang } = useLang()
  const format = useFormat()
  const may = useMay(giveTeamPost)
  const [giving, setGiving] = useState(false)
  const isCommando = team.kind === 'commando'
  const held = useAsk(
    teamHoldsWorked,
    { from: beginsOn, until: today, teamId: team.teamId, limit: 1 },
    { enabled: isCommando && beginsOn !== '' && beginsOn <= today },
  )
  const longest = held.data?.rows[0]
  const day = (value: string | null) => (value ? format.day(value, { weekday: false }) : t('open'))
  const over = team.endsOn !== null && team.endsOn < today
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={team.name}
      subtitle={kindTitle(team.kind, lang)}
      head={<TeamState row={team} />}
      footEnd={
        may && !over ? (
          <Button type="primary" onClick={() => setGiving(true)}>
            {t('give')}
          </Button>
        ) : undefined
      }
    >
      <Facts
        facts={[
          { label: t('leader'), value: team.leaderName || t('none') },
          { label: t('members'), value: `${team.memberCount} ${t('unitPerson')}` },
          { label: t('span'), value: `${day(team.beginsOn)} — ${day(team.endsOn)}` },
          { label: t('hoursAndMore'), value: t('worked', { hours: team.hours, n: team.deployments }) },
          ...(longest
            ? [
                {
                  label: t('longest'),
                  value: t('longestValue', { hours: longest.hours, days: longest.days }),
                  aside: longest.zones,
                },
              ]
            : []),
        ]}
      />
      <DetailSection title={t('posts')} note={team.posts.length === 0 ? t('noPosts') : undefined}>
        <ul className="tm-posts">
          {team.posts.map(post => (
            <HeldPost key={post.teamPostId} post={post} today={today} />
          ))}
        </ul>
      </DetailSection>
      {team.kind === 'closedLoop' ? <LoopSection teamId={team.teamId} /> : null}
      {giving ? (
        <TeamPostForm team={team} operationId={operationId} today={today} onClose={() => setGiving(false)} />
      ) : null}
    </DetailDrawer>
  )
}

function HeldPost({ post, today }: { post: Post; today: string }) {
  const t = useWords(teamWords)
  const format = useFormat()
  const may = useMay(endTeamPost)
  const end = useDo(endTeamPost)
  const [ask, confirm] = useConfirm()
  const [open, setOpen] = useState(false)
  const day = (value: string | null) => (value ? format.day(value, { weekday: false }) : t('open'))
  const onEnd = async () => {
    const sure = await ask({
      title: t('endAsk', { team: post.team, post: post.postName }),
      then: t('endThen'),
      ok: t('end'),
    })
    if (sure) end.mutate({ teamPostId: post.teamPostId, endsOn: today })
  }
  const running = post.endsOn === null || post.endsOn > today
  return (
    <li>
      <div className="tm-head">
        <b>{post.postName}</b> <span className="at-quiet">{post.zone}</span>
      </div>
      <p>
        {post.gapSince ? (
          <>
            <Signal kind="red" size={14} /> {t('gapSince', { time: format.time(post.gapSince) })}
          </>
        ) : null}
        {post.there.length > 0 ? (
          <>
            <Signal kind="green" size={14} />{' '}
            {post.there.map(one => `${one.name} ${format.time(one.cameAt)}`).join('、')}
          </>
        ) : null}
        {!post.gapSince && post.there.length === 0 ? <span className="at-quiet">{t('nobody')}</span> : null}
      </p>
      <p className="at-quiet">
        {t('worked', { hours: post.hours, n: post.deployments })} ·{' '}
        <span className="fx-date">
          {day(post.beginsOn)} — {day(post.endsOn)}
        </span>{' '}
      </p>
      <p className="at-quiet">
        {t('ofOrder')} {post.orderNumber} · {post.approver}
      </p>
      {end.error ? <ProblemNote error={end.error} /> : null}
      <span className="tm-acts">
        <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t('history')}
        </Button>
        {may && running ? (
          <Button size="small" loading={end.isPending} onClick={() => void onEnd()}>
            {t('end')}
          </Button>
        ) : null}
      </span>
      {open ? <Past teamPostId={post.teamPostId} /> : null}
      {confirm}
    </li>
  )
}

function Past({ teamPostId }: { teamPostId: string }) {
  return <RecordHistory {...useRecordHistory({ table: 'team_post', rowId: teamPostId })} />
}
