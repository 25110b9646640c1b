// Somebody picked up from the board: where he may be put down, what that would be as an edit, and where a point lies.
import type { OutputOf } from '../../../kernel/contract.ts'
import type { landings } from '../contracts.ts'
import { type BoardModel, type BoardView, type Chip, itemsBetween, type PostRow } from './board-layout.ts'
import { chipBox, type Place, placeOf } from './place.ts'
import { dutyBefore } from './SeatPanel.tsx'
import type { Duty, Edit } from './use-edits.ts'

export type Landings = OutputOf<typeof landings>

export interface Carried {
  view: BoardView
  officer: number
  officerId: string
  name: string
  place: Place
  duty: Duty
}
export interface Target {
  row: PostRow
  day: number
  chip: Chip
}
/** `home` is where he was picked up, `asking` while the answer is on its way. */
export interface Verdict {
  state: 'may' | 'not' | 'asking' | 'home'
  obstacle?: Landings['obstacles'][number]
}

/** The answer by place and by officer, so that a row in sight is told in no time. */
export interface KnownLandings {
  joins: ReadonlyMap<string, number>
  swaps: ReadonlyMap<string, number>
  off: number | null
  obstacles: Landings['obstacles']
}

const dayMs = 86_400_000
const dayAfter = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

export function knownLandings(answer: Landings): KnownLandings {
  const [joins, swaps] = [new Map<string, number>(), new Map<string, number>()]
  for (let at = 0; at < answer.joins.length; at += 4) {
    const [place = 0, ahead = 0, band = 0, verdict = 0] = answer.joins.slice(at, at + 4)
    const [postId = '', patternId = ''] = answer.places[place] ?? []
    joins.set(`${postId} ${patternId} ${dayAfter(answer.fromDay, ahead)} ${band}`, verdict)
  }
  for (let at = 0; at < answer.swaps.length; at += 3) {
    const [officer = 0, ahead = 0, verdict = 0] = answer.swaps.slice(at, at + 3)
    swaps.set(`${answer.officers[officer] ?? ''} ${dayAfter(answer.fromDay, ahead)}`, verdict)
  }
  return { joins, swaps, off: answer.off, obstacles: answer.obstacles }
}

/** What is carried with what is known of it: one object, so that rows are drawn again only when it changes. */
export interface Carrying {
  carried: Carried
  known: KnownLandings | null
}

export function verdictOf({ carried, known }: Carrying, { row, day, chip }: Target): Verdict {
  const { view } = carried
  const own = chip.kind === 'duty' && chip.officer === carried.officer
  if (own && day === carried.place.day) return { state: 'home' }
  if (!known) return { state: 'asking' }
  const on = view.days[day] ?? ''
  const band = row.pattern.bands.findIndex(one => one.key === chip.bands[0])
  const number =
    chip.kind === 'duty' && !own
      ? known.swaps.get(`${view.officers[chip.officer]?.[0] ?? ''} ${on}`)
      : known.joins.get(`${row.post.postId} ${row.pattern.patternId} ${on} ${band}`)
  return verdictBy(known, number)
}

export function verdictOff({ known }: Carrying): Verdict {
  return known ? verdictBy(known, known.off ?? undefined) : { state: 'asking' }
}

function verdictBy(known: KnownLandings, number: number | undefined): Verdict {
  if (number === undefined) return { state: 'asking' }
  return number === 0 ? { state: 'may' } : { state: 'not', obstacle: known.obstacles[number - 1] }
}

export function carriedAt(view: BoardView, row: PostRow, place: Place, chip: Chip): Carried | null {
  const officer = view.officers[chip.officer]
  if (!officer) return null
  const duty = { postId: row.post.postId, patternId: row.pattern.patternId, bands: chip.bands }
  return { view, officer: chip.officer, officerId: officer[0], name: officer[1], place, duty }
}

/** What putting him there changes; nothing where he comes from, or where the other one does the same. */
export function editsFor(carried: Carried, target: Target | 'off'): Edit[] {
  const { view, officerId, duty, place } = carried
  const home = view.days[place.day] ?? ''
  const leaves: Edit = { officerId, day: home, before: duty, after: null }
  if (target === 'off') return [leaves]
  const { row, chip } = target
  const day = view.days[target.day] ?? ''
  const there: Duty = { postId: row.post.postId, patternId: row.pattern.patternId, bands: chip.bands }
  const other = chip.kind === 'duty' ? view.officers[chip.officer]?.[0] : undefined
  if (other === officerId && day === home) return []
  if (other === undefined || other === officerId) {
    if (day === home) return [{ ...leaves, after: there }]
    return [leaves, { officerId, day, before: dutyBefore(view, officerId, target.day), after: there }]
  }
  if (day === home) {
    if (JSON.stringify(there) === JSON.stringify(duty)) return []
    return [
      { ...leaves, after: there },
      { officerId: other, day, before: there, after: duty },
    ]
  }
  return [
    leaves,
    { officerId, day, before: dutyBefore(view, officerId, target.day), after: there },
    { officerId: other, day, before: there, after: null },
    { officerId: other, day: home, before: dutyBefore(view, other, place.day), after: duty },
  ]
}

/** The board with a free place in each band whose row has room for one more beside those who are there. */
export function withFreePlaces(model: BoardModel, nowMinute: number): BoardModel {
  const items = model.items.map(item => {
    if (item.type !== 'row') return item
    const lanes = Math.round((item.height - 2) / item.lane)
    return { ...item, days: item.days.map((chips, day) => [...chips, ...freePlaces(item, chips, day)]) }

    function freePlaces(row: PostRow, chips: readonly Chip[], day: number): Chip[] {
      return row.pattern.bands.flatMap(({ key, from, minutes }) => {
        const until = from + minutes
        const here = chips.filter(one => one.from < until && one.until > from)
        const isOpen = here.some(one => one.kind !== 'duty' && !one.ended)
        if (isOpen || day * 1440 + from < nowMinute) return []
        const lane = Math.max(0, ...here.map(one => one.lane + one.lanes))
        if (lane >= lanes) return []
        const place = { from, until, lane, lanes: 1, bands: [key] }
        return [
          { kind: 'free' as const, ...place, officer: -1, flags: 0, missing: 0, lacks: 0, ended: false },
        ]
      })
    }
  })
  return { ...model, items }
}

/** The place under a point of the paper: x from the first day's edge, y from below the head. */
export function targetAt(
  model: BoardModel,
  dayWidth: number,
  point: { x: number; y: number },
): Target | null {
  const [item] = itemsBetween(model.items, point.y, point.y + 1)
  if (item?.type !== 'row') return null
  const day = Math.floor(point.x / dayWidth)
  const chip = (item.days[day] ?? []).find(one => {
    const box = chipBox(one, item, day, dayWidth)
    const [x, y] = [point.x - box.x, point.y - item.y - box.y]
    return x >= -2 && x <= box.width + 2 && y >= -2 && y <= box.height + 2
  })
  return chip ? { row: item, day, chip } : null
}

export const targetPlace = ({ row, day, chip }: Target): Place => placeOf(row.row, day, chip)
