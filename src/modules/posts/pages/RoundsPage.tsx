import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  DetailSection,
  Facts,
  Figure,
  ListPage,
  ProblemNote,
  RecordHistory,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { defineRound, postStateTitles, roundDetail, roundList } from '../contracts.ts'
import { clockOf } from '../../../ui/local-time.ts'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { RoundForm } from './RoundForm.tsx'
import { SitesDrawer } from './SitesDrawer.tsx'
import { postsWords } from './words.ts'

export type RoundRow = OutputOf<typeof roundList>['rows'][number]
export type RoundDetail = OutputOf<typeof roundDetail>

export default function RoundsPage() {
  return <PostsFrame>{running => <Rounds running={running} />}</PostsFrame>
}

/** `07:00—11:30`; an end past midnight says so. */
function useHours(): (round: { opensMinute: number; closesMinute: number }) => string {
  const t = useWords(postsWords)
  return ({ opensMinute, closesMinute }) => {
    const [from, until] = [clockOf(opensMinute), clockOf(closesMinute)]
    if (closesMinute > 1_440) return t('hoursOver', { from, until })
    return `${from}—${closesMinute === 1_440 ? '24:00' : until}`
  }
}

function useColumns(): Column<RoundRow>[] {
  const t = useWords(postsWords)
  const format = useFormat()
  const hours = useHours()
  return [
    { key: 'n', title: t('n'), width: 64, grow: 0, align: 'end', narrow: true, render: row => row.n },
    { key: 'name', title: t('name'), width: 140, narrow: true, render: row => row.name },
    { key: 'day', title: t('day'), width: 120, grow: 0, narrow: true, render: row => format.day(row.day) },
    { key: 'hours', title: t('hours'), width: 140, grow: 0, render: hours },
    { key: 'area', title: t('area'), width: 160, grow: 2, render: row => row.area || '—' },
    { key: 'sites', title: t('sites'), width: 96, grow: 0, align: 'end', render: row => row.sites },
    { key: 'lanes', title: t('lanes'), width: 96, grow: 0, align: 'end', render: row => row.lanes },
  ]
}

function Rounds({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(postsWords)
  const client = useClient()
  const may = useMay(defineRound)
  const list = useList(useAddress())
  const answer = useAsk(roundList, { operationId, limit: 500, ...list.asked })
  const [adding, setAdding] = useState(false)
  const rows = answer.data?.rows ?? []
  return (
    <ListPage
      id="rounds"
      title={t('rounds')}
      counts={answer.data ? t('roundCount', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.roundId}
      rowName={row => row.name}
      columns={useColumns()}
      {...list.page}
      searchHint={t('name')}
      empty={{ sentence: t('emptyRounds'), example: t('emptyRoundsExample') }}
      first={may ? { label: t('addRound'), onClick: () => setAdding(true) } : undefined}
      onOpen={row => list.show(row.roundId)}
      file={() => client.fileUrl('posts.exportRounds', { operationId })}
    >
      {list.open ? (
        <RoundDrawer roundId={list.open} operationId={operationId} onClose={() => list.show(null)} />
      ) : null}
      {adding ? (
        <RoundForm
          operationId={operationId}
          n={Math.max(0, ...rows.map(row => row.n)) + 1}
          day={running.dutyDay}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </ListPage>
  )
}

type RoundDrawerProps = { roundId: string; operationId: string; onClose: () => void }

function RoundDrawer({ roundId, operationId, onClose }: RoundDrawerProps) {
  const t = useWords(postsWords)
  const answer = useAsk(roundDetail, { roundId })
  const may = useMay(defineRound)
  const [doing, setDoing] = useState<'change' | 'sites' | null>(null)
  const round = answer.data?.roundId === roundId ? answer.data : undefined
  const back = () => setDoing(null)
  if (round && doing === 'change') return <RoundForm operationId={operationId} round={round} onClose={back} />
  if (round && doing === 'sites') return <SitesDrawer round={round} onClose={back} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={640}
      title={round?.name ?? ''}
      loading={!round && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footEnd={
        round && may ? (
          <>
            <Button onClick={() => setDoing('change')}>{t('changePost')}</Button>
            <Button type="primary" onClick={() => setDoing('sites')}>
              {t('setSites')}
            </Button>
          </>
        ) : null
      }
    >
      {round ? <RoundContent round={round} /> : null}
    </DetailDrawer>
  )
}

function RoundContent({ round }: { round: RoundDetail }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const format = useFormat()
  const hours = useHours()
  const past = useRecordHistory({ table: 'sampling_round', rowId: round.roundId, parts: ['round_site'] })
  return (
    <>
      <Facts
        facts={[
          { label: t('day'), value: format.day(round.day) },
          { label: t('hours'), value: hours(round) },
          { label: t('area'), value: round.area || '—' },
          { label: t('lanes'), value: <Figure value={round.lanes} /> },
        ]}
      />
      <DetailSection title={t('sites')} note={<Figure value={round.sites} unit={t('siteUnit')} />}>
        {round.siteRows.length === 0 ? <p>{t('emptySites')}</p> : null}
        <table className="fx-posts-plain">
          <tbody>
            {round.siteRows.map(site => (
              <tr key={site.postId}>
                <td>{site.code}</td>
                <td>
                  {site.name}
                  <div className="fx-posts-note">{site.address}</div>
                </td>
                <td>{site.unitName}</td>
                <td>{postStateTitles[site.state][lang]}</td>
                <td className="fx-end">
                  <Figure value={site.lanes} unit={t('lanes')} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </DetailSection>
      <RecordHistory {...past} />
    </>
  )
}
