// Strip and tools, and the dialogs that they open.
import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useState } from 'react'
import { useClient, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote, useConfirm, useWords } from '../../../ui/index.ts'
import type { currentOperation } from '../../operations/contracts.ts'
import { publish } from '../contracts.ts'
import { FatigueDialog } from './FatigueAdvice.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { RosterStrip } from './RosterStrip.tsx'
import { RosterTools } from './RosterTools.tsx'
import { type SolveChoice, SolveDialog } from './SolveDialog.tsx'
import { addDays, type RosterBoard } from './use-board.ts'
import { useDraft } from './use-draft.ts'
import type { Edits } from './use-edits.ts'
import { type Solving, useSolve } from './use-solve.ts'
import { rosterWords } from './words.ts'

export type Current = OutputOf<typeof currentOperation>
export type Operation = NonNullable<Current['operation']>
type Dialog = 'solve' | 'publish' | 'diff' | 'fatigue'

export interface RosterHeadProps {
  found: RosterBoard
  operation: Operation
  current: Current
  edits: Edits
  onStep: (days: number) => void
  onToday: () => void
  shownDay: number
}

export function RosterHead(props: RosterHeadProps) {
  const { found, operation, current } = props
  const t = useWords(rosterWords)
  const { agency } = useSession()
  const solving = useSolve()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [ask, confirm] = useConfirm()
  const acts = useDraft(found, operation.operationId, current.dutyDay, solving, ask)
  const quietly = (act: () => Promise<void>) => () => void act().catch(() => undefined)
  return (
    <>
      <h1 className="fx-hidden">{t('roster')}</h1>
      <RosterStrip
        draft={found.showsDraft ? found.draft : null}
        check={found.judged.data}
        version={found.view?.version ?? null}
        places={found.view ? found.places : null}
        solving={solving}
        mayDraft={found.mayDraft}
        timeZone={agency.timeZone}
        onSolve={() => setDialog('solve')}
        onAdopt={quietly(acts.takeOver)}
        onOpenDraft={quietly(acts.start)}
        onDiscard={quietly(acts.throwAway)}
        onDiff={() => setDialog('diff')}
        onFatigue={() => setDialog('fatigue')}
        tiring={found.fatigue.data?.sleepy}
        toggle={draftToggle(found)}
      />
      {acts.problem ? <ProblemNote error={acts.problem} safe="kept" /> : null}
      <HeadTools {...props} onPublish={() => setDialog('publish')} />
      <HeadDialogs {...props} dialog={dialog} solving={solving} onClose={() => setDialog(null)} />
      {confirm}
    </>
  )
}

function draftToggle({ draft, showsDraft, change }: RosterBoard) {
  if (!draft) return null
  return { showing: showsDraft, onToggle: () => change({ shows: showsDraft ? 'published' : undefined }) }
}

function HeadTools(props: RosterHeadProps & { onPublish: () => void }) {
  const { found, operation, shownDay } = props
  const { agency } = useSession()
  const mayPublish = useMay(publish)
  const { draft, showsDraft, around, change, view } = found
  const fromDay = view?.days[shownDay] ?? around.fromDay
  const lastDay = view?.days.at(-1) ?? around.untilDay
  const wide = found.overview || found.byOfficer || fromDay === lastDay
  const sheet = useSheets(operation.operationId, fromDay)
  return (
    <RosterTools
      fromDay={fromDay}
      untilDay={wide ? lastDay : addDays(fromDay, 1)}
      onStep={props.onStep}
      onToday={props.onToday}
      byOfficer={found.byOfficer}
      onView={view =>
        change({
          view: view === 'officer' ? 'officers' : undefined,
          mode: view === 'overview' ? 'overview' : undefined,
        })
      }
      overview={found.overview}
      zoneKinds={[...found.filter.zoneKinds]}
      onZoneKinds={kinds => change({ zones: kinds.length > 0 ? kinds.join(',') : undefined })}
      onlyProblems={found.filter.onlyProblems}
      onOnlyProblems={only => change({ only: only ? 'problems' : undefined })}
      problems={found.postModel?.problems ?? found.judged.data?.breaches.length ?? 0}
      search={found.text}
      onSearch={found.setText}
      edits={showsDraft ? props.edits : null}
      onSheet={sheet}
      onPublish={draft && showsDraft && mayPublish ? props.onPublish : null}
      onShowAll={
        found.filter.postId || found.filter.officerId
          ? () => change({ post: undefined, officer: undefined })
          : null
      }
      timeZone={agency.timeZone}
    />
  )
}

function HeadDialogs(
  props: RosterHeadProps & { dialog: Dialog | null; solving: Solving; onClose: () => void },
) {
  const { found, operation, dialog, solving, onClose } = props
  const t = useWords(rosterWords)
  const { agency } = useSession()
  const { message } = App.useApp()
  const { draft } = found
  if (dialog === 'solve') {
    const solve = ({ keepHand, ...rest }: SolveChoice) => {
      onClose()
      const planId = keepHand && draft ? draft.planId : null
      void solving.start({ operationId: operation.operationId, ...rest, planId })
    }
    return (
      <SolveDialog
        operationId={operation.operationId}
        {...solveSpan(props)}
        hasDraft={draft !== null}
        leaning={draft?.solver?.preference ?? null}
        onClose={onClose}
        onSolve={solve}
      />
    )
  }
  if (!dialog || !draft) return null
  if (dialog === 'fatigue') {
    const show = ({ postId, day }: { postId: string; day: string }) => {
      onClose()
      found.change({ post: postId, day, view: undefined, mode: undefined })
    }
    return <FatigueDialog planId={draft.planId} timeZone={agency.timeZone} onShow={show} onClose={onClose} />
  }
  return (
    <PublishDialog
      planId={draft.planId}
      revision={draft.revision}
      stale={draft.stale}
      breaches={found.judged.data?.breaches.length ?? 0}
      open={found.places.open}
      view={found.view}
      readOnly={dialog === 'diff'}
      timeZone={agency.timeZone}
      onClose={onClose}
      onDone={version => {
        onClose()
        void message.success(t('publishDone', { n: version }))
      }}
    />
  )
}

/** From today, or from the operation's first day, to the last that is shown; a draft keeps its own days. */
function solveSpan({ found, current }: RosterHeadProps): { fromDay: string; untilDay: string } {
  const { draft, around } = found
  if (draft) return { fromDay: draft.fromDay, untilDay: draft.untilDay }
  const fromDay = current.dutyDay > around.fromDay ? current.dutyDay : around.fromDay
  return { fromDay, untilDay: around.untilDay }
}

/** What stands on a page of its own; the rest is a sheet. */
const onPages = ['told', 'swaps', 'breaks', 'whatif', 'leaders', 'turns', 'fairness']

function useSheets(operationId: string, fromDay: string) {
  const client = useClient()
  const navigate = useNavigate()
  return (what: string) => {
    if (onPages.includes(what)) void navigate({ to: `/roster/${what}` })
    else if (what.startsWith('print')) {
      const kind = what === 'printDaily' ? 'daily' : 'weekly'
      void navigate({ to: '/roster/print', search: { kind, day: fromDay } as never })
    } else {
      location.assign(client.fileUrl('roster.sheet', { kind: what, operationId, fromDay, format: 'xlsx' }))
    }
  }
}
