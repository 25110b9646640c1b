// The roster: drafted, checked by hand and published on one page.
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { EmptyState, Panel, ProblemNote, SkeletonPanel, SkeletonRows, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import type { PostRow } from './board-layout.ts'
import { CarryGhost, CarryLine, CarryNote, CarryVoice } from './CarryLayer.tsx'
import { OfficerBoard, type OfficerPlace } from './OfficerBoard.tsx'
import type { Place } from './place.ts'
import { PostBoard } from './PostBoard.tsx'
import { type Current, type Operation, RosterHead } from './RosterHead.tsx'
import { dutyOf, SeatPanel } from './SeatPanel.tsx'
import { placeOfOfficer, seatOf } from './seats.ts'
import { type RosterBoard, useBoard } from './use-board.ts'
import { type Carry, useCarry } from './use-carry.ts'
import { useEdits } from './use-edits.ts'
import { rosterWords } from './words.ts'

export default function RosterPage() {
  const t = useWords(rosterWords)
  const navigate = useNavigate()
  const current = useAsk(currentOperation, {}, { refetchSeconds: 60 })
  if (current.error) return <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
  if (!current.data) return <SkeletonPanel lines={10} />
  if (!current.data.operation) {
    return (
      <Panel padded>
        <h1 className="fx-hidden">{t('roster')}</h1>
        <EmptyState
          sentence={t('noOperation')}
          action={{ label: t('toOperation'), onClick: () => void navigate({ to: '/operation' }) }}
          example={t('noRowsExample')}
        />
      </Panel>
    )
  }
  return (
    <Roster
      key={current.data.operation.operationId}
      current={current.data}
      operation={current.data.operation}
    />
  )
}

function Roster({ current, operation }: { current: Current; operation: Operation }) {
  const found = useBoard(current, operation)
  const draft = found.showsDraft ? found.draft : null
  const plan = useMemo(
    () => (draft ? { planId: draft.planId, revision: draft.revision } : null),
    [draft?.planId, draft?.revision, draft],
  )
  const edits = useEdits(plan?.planId ?? null, plan?.revision ?? null)
  const [asked, setAsked] = useState({ day: -1, asked: 0 })
  const today = Math.max(0, found.view?.days.indexOf(found.search.day ?? current.dutyDay) ?? 0)
  const showDay = useMemo(() => (asked.day >= 0 ? asked : { day: today, asked: 0 }), [asked, today])
  const show = (day: number) => setAsked({ day: Math.max(0, day), asked: asked.asked + 1 })
  return (
    <div className="rb-page">
      <RosterHead
        found={found}
        operation={operation}
        current={current}
        edits={edits}
        onStep={days => show(Math.min((found.view?.days.length ?? 1) - 1, showDay.day + days))}
        onToday={() => show(today)}
        shownDay={showDay.day}
      />
      <Boards found={found} current={current} plan={plan} edits={edits} showDay={showDay} />
    </div>
  )
}

interface BoardsProps {
  found: RosterBoard
  current: Current
  plan: { planId: string; revision: number } | null
  edits: ReturnType<typeof useEdits>
  showDay: { day: number; asked: number }
}

/** The board in its view, with the side panel of what is selected on it. */
function Boards({ found, current, plan, edits, showDay }: BoardsProps) {
  const { agency } = useSession()
  const [place, setPlace] = useState<Place | null>(null)
  const [person, setPerson] = useState<OfficerPlace | null>(null)
  const { view, byOfficer, postModel, peopleModel } = found
  const nowMinute = view ? Math.floor((Date.parse(current.now) - Date.parse(view.begins)) / 60_000) : -1
  const rowOf = (item: { type: string; row?: number }): item is PostRow =>
    item.type === 'row' && item.row === place?.row
  const seat = byOfficer ? placeOfOfficer(view, person) : seatOf(postModel?.items.find(rowOf), place)
  const officer = seat && view?.officers[seat.chip.officer]
  const remove = () => {
    if (!seat || !officer || !plan || !view) return
    const day = view.days[seat.day] ?? ''
    void edits.apply([{ officerId: officer[0], day, before: dutyOf(seat), after: null }])
  }
  const carry = useCarry({ view, model: found.overview ? null : postModel, plan, edits, nowMinute })
  const { clear } = edits
  const select = useCallback(
    (next: Place | null) => {
      clear()
      setPlace(next)
    },
    [clear],
  )
  const shared = {
    onRemove: remove,
    onUndo: () => void edits.undo(),
    onRedo: () => void edits.redo(),
    timeZone: agency.timeZone,
    sizes: found.sizes,
    showDay,
  }
  return (
    <div className="rb-main">
      <BoardBody found={found} carry={carry} mayEdit={plan !== null} problem={seat ? null : edits.problem}>
        {peopleModel ? (
          <OfficerBoard model={peopleModel} selected={person} onSelect={setPerson} {...shared} />
        ) : postModel ? (
          <PostBoard
            model={carry.model ?? postModel}
            carry={carry}
            dayWidth={found.overview ? found.sizes.overviewDay : found.sizes.day}
            overview={found.overview}
            selected={place}
            onSelect={select}
            nowMinute={nowMinute}
            {...shared}
          />
        ) : null}
      </BoardBody>
      {seat && view ? (
        <SeatPanel
          key={`${seat.row.row} ${seat.day} ${seat.chip.officer} ${seat.chip.from}`}
          view={view}
          seat={seat}
          plan={plan}
          edits={edits}
          nowMinute={nowMinute}
          timeZone={agency.timeZone}
          onClose={() => (byOfficer ? setPerson(null) : setPlace(null))}
        />
      ) : null}
    </div>
  )
}

interface BodyProps {
  found: RosterBoard
  carry: Carry
  mayEdit: boolean
  /** What kept an edit from being made, where no side panel says it. */
  problem: unknown
  children: ReactNode
}

function BoardBody({ found, carry, mayEdit, problem, children }: BodyProps) {
  const { agency } = useSession()
  const said = { carry, view: found.view, timeZone: agency.timeZone }
  const t = useWords(rosterWords)
  const navigate = useNavigate()
  if (found.shown.error) {
    return <ProblemNote error={found.shown.error} onRetry={() => void found.shown.refetch()} />
  }
  if (!found.view) return <SkeletonRows rows={16} columns={6} />
  if (found.view.rows.length === 0) {
    return (
      <Panel padded fill>
        <EmptyState
          sentence={t('noRows')}
          action={{ label: t('toDemand'), onClick: () => void navigate({ to: '/posts/demand' }) }}
          example={t('noRowsExample')}
        />
      </Panel>
    )
  }
  const shown = found.byOfficer ? found.peopleModel?.items.length : found.postModel?.items.length
  const clear = () => {
    found.setText('')
    found.change({ only: undefined, zones: undefined, q: undefined, post: undefined, officer: undefined })
  }
  return (
    <Panel fill className={carry.carrying ? 'rb-panel rb-carrying' : 'rb-panel'}>
      {problem ? <ProblemNote error={problem} safe="kept" /> : null}
      <CarryNote {...said} />
      <CarryVoice {...said} />
      <CarryGhost {...said} />
      {shown === 0 ? (
        <EmptyState sentence={t('nothingFound')} action={{ label: t('showAll'), onClick: clear }} />
      ) : (
        children
      )}
      {carry.carrying ? (
        <CarryLine {...said} />
      ) : (
        <p className="rb-foot rb-quiet">{t(mayEdit && found.postModel ? 'keysDraft' : 'keys')}</p>
      )}
    </Panel>
  )
}
