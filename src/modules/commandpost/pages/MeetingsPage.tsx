// Meetings 会议 at the desk: what was decided, and how far the directives are that came of it.
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  Signal,
  useFolded,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { meetingOrders, meetings, recordMeeting } from '../contracts.ts'
import { CommandFrame, Moment, type Running } from './CommandFrame.tsx'
import { foldedRow } from './LogPage.tsx'
import { MeetingDrawer } from './MeetingDrawer.tsx'
import { MeetingForm } from './MeetingForm.tsx'
import { meetingWords } from './visit-words.ts'
import { commandWords } from './words.ts'

type MeetingRow = OutputOf<typeof meetings>['rows'][number]
const words = { ...commandWords, ...meetingWords }

export default function MeetingsPage() {
  return <CommandFrame>{running => <Meetings running={running} />}</CommandFrame>
}

function Decided({ row }: { row: MeetingRow }) {
  const t = useWords(words)
  const { all, issued, completed, overdue } = row.decisions
  if (all === 0) return <>—</>
  if (overdue > 0) {
    return (
      <span className="cmd-sign fx-tone-red">
        <Signal kind="red" size={14} />
        {t('overdueCount', { n: overdue })}
      </span>
    )
  }
  return (
    <span className="cmd-sign">
      {completed === all ? <Signal kind="green" size={14} /> : null}
      {t('decisionCount', { all, issued, completed })}
    </span>
  )
}

function useFoldedColumns(): Column<MeetingRow>[] {
  const t = useWords(words)
  return [
    {
      key: 'title',
      title: t('title'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <strong className="cmd-two">{row.title}</strong>
          <small>
            <Moment at={row.heldAt} /> · {row.place} · {row.chair}
          </small>
          <Decided row={row} />
        </span>
      ),
    },
  ]
}

function useColumns(): Column<MeetingRow>[] {
  const t = useWords(words)
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  return [
    { key: 'n', title: t('number'), width: 64, grow: 0, align: 'end', render: row => row.n },
    { key: 'heldAt', title: t('heldAt'), width: 120, grow: 0, render: row => <Moment at={row.heldAt} /> },
    {
      key: 'title',
      title: t('title'),
      width: 240,
      grow: 3,
      render: row => <span className="cmd-two">{row.title}</span>,
    },
    { key: 'place', title: t('where'), width: 140, render: row => row.place },
    { key: 'chair', title: t('chair'), width: 120, render: row => row.chair },
    { key: 'decisions', title: t('decisions'), width: 240, grow: 0, render: row => <Decided row={row} /> },
    {
      key: 'recordedBy',
      title: t('recordedBy'),
      width: 88,
      hidden: true,
      render: row => row.recordedBy ?? t('system'),
    },
  ]
}

function useFilters(): FilterDef[] {
  const t = useWords(words)
  return [
    {
      key: 'only',
      label: t('only'),
      single: true,
      options: [
        { value: 'unissued', label: t('onlyUnissued') },
        { value: 'open', label: t('onlyOpen') },
      ],
    },
  ]
}

function Meetings({ running }: { running: Running }) {
  const t = useWords(words)
  const client = useClient()
  const mayRecord = useMay(recordMeeting)
  const list = useList(useAddress(), { filters: ['only'], orders: meetingOrders })
  const asked = {
    operationId: running.operationId,
    ...list.asked,
    only: list.one('only', ['unissued', 'open']),
  }
  const answer = useAsk(meetings, { ...asked, limit: 1_000 }, { refetchSeconds: 60 })
  const [recording, setRecording] = useState(false)
  return (
    <ListPage
      id="meetings"
      title={t('meetings')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.meetingId}
      rowName={row => row.title}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 44}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters()}
      empty={{ sentence: t('emptyList'), example: t('emptyExample') }}
      first={mayRecord ? { label: t('record'), onClick: () => setRecording(true) } : undefined}
      onOpen={row => list.show(row.meetingId)}
      file={() => client.fileUrl('commandpost.exportMeetings', asked)}
    >
      {list.open ? (
        <MeetingDrawer meetingId={list.open} running={running} onClose={() => list.show(null)} />
      ) : null}
      {recording ? <MeetingForm running={running} onClose={() => setRecording(false)} /> : null}
    </ListPage>
  )
}
