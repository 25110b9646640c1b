// What the roster page shows, as the address says it: days, view, filters, draft or published.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { useFolded } from '../../../ui/index.ts'
import type { currentOperation } from '../../operations/contracts.ts'
import {
  adopt,
  board,
  check,
  minuteOf,
  openPlaces,
  planBoard,
  planFatigue,
  plans,
  staffingOf,
} from '../contracts.ts'
import { type BoardFilter, boardModel } from './board-layout.ts'
import { deskSizes, phoneSizes } from './board-sizes.ts'
import { officerModel } from './officer-layout.ts'

type Current = OutputOf<typeof currentOperation>
type Operation = NonNullable<Current['operation']>

const dayMs = 86_400_000
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const clampDay = (day: string, from: string, until: string) => (day < from ? from : day > until ? until : day)

/** So many days are shown at once when the operation is longer: a month on paper is the longest sheet. */
const shownMost = 31

export function useRosterSearch() {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const change = (next: Record<string, string | undefined>) => {
    const all = { ...search, ...next }
    void navigate({ to: '/roster', search: all as never, replace: true })
  }
  return { search, change }
}

/** The days of the operation, or the month around today where it is longer or open. */
function spanAround(operation: Operation, today: string): { fromDay: string; untilDay: string } {
  const last = operation.endsOn ?? addDays(today, 13)
  const whole = (Date.parse(last) - Date.parse(operation.beginsOn)) / dayMs + 1
  if (whole >= 1 && whole <= shownMost) return { fromDay: operation.beginsOn, untilDay: last }
  const fromDay = clampDay(addDays(today, -7), operation.beginsOn, addDays(last, -1))
  return {
    fromDay,
    untilDay: clampDay(addDays(fromDay, shownMost - 1), fromDay, operation.endsOn ?? addDays(today, 23)),
  }
}

export function useBoard(current: Current, operation: Operation) {
  const { search, change } = useRosterSearch()
  const mayDraft = useMay(adopt)
  const { operationId } = operation
  const drafts = useAsk(plans, { operationId }, { enabled: mayDraft })
  const draft = drafts.data?.find(one => one.planId === search.plan) ?? drafts.data?.[0] ?? null
  const showsDraft = draft !== null && search.shows !== 'published'
  const around = useMemo(() => spanAround(operation, current.dutyDay), [operation, current.dutyDay])
  const overview = search.mode === 'overview'
  const byOfficer = search.view === 'officers'
  const published = useAsk(
    board,
    { operationId, ...around, names: !overview || byOfficer },
    { enabled: !showsDraft && !(mayDraft && drafts.isPending) },
  )
  const planned = useAsk(planBoard, { planId: draft?.planId ?? '' }, { enabled: showsDraft })
  const judged = useAsk(check, { planId: draft?.planId ?? '' }, { enabled: showsDraft })
  const fatigue = useAsk(planFatigue, { planId: draft?.planId ?? '' }, { enabled: showsDraft })
  const shown = showsDraft ? planned : published
  const [text, setText] = useState(search.q ?? '')
  const filter: BoardFilter = useMemo(
    () => ({
      onlyProblems: search.only === 'problems',
      zoneKinds: search.zones ? search.zones.split(',') : [],
      search: text,
      postId: search.post,
      officerId: search.officer,
    }),
    [search.only, search.zones, search.post, search.officer, text],
  )
  const view = shown.data
  const sizes = useFolded() ? phoneSizes : deskSizes
  const bands = useMemo(
    () => (view ? staffingOf(view, minuteOf(view, current.now)) : []),
    [view, current.now],
  )
  const places = useMemo(() => openPlaces(bands), [bands])
  const postModel = useMemo(
    () => (view && !byOfficer ? boardModel(view, filter, bands, { overview, sizes }) : null),
    [view, filter, bands, overview, sizes, byOfficer],
  )
  const peopleModel = useMemo(
    () => (view && byOfficer ? officerModel(view, filter, sizes) : null),
    [view, filter, sizes, byOfficer],
  )
  return {
    search,
    change,
    mayDraft,
    drafts,
    draft,
    showsDraft,
    around,
    overview,
    byOfficer,
    shown,
    view,
    /** The one count of what is open: strip, heads of days and gaps all show it. */
    places,
    sizes,
    judged,
    fatigue,
    filter,
    text,
    setText,
    postModel,
    peopleModel,
  }
}

export type RosterBoard = ReturnType<typeof useBoard>
