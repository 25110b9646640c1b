// Where everything on the board stands, worked out once per answer: the page then only draws what is in sight.
import type { OutputOf } from '../../../kernel/contract.ts'
import type { BoardSizes } from './board-sizes.ts'
import { type board, type OpenPlaces, openPlaces, type Staffing } from '../contracts.ts'

export type BoardView = OutputOf<typeof board>

const lanesLeast = 2

/** A name at a place, or a place without one; `free`: room for one more, while somebody is carried. Times are minutes of the duty day. */
export interface Chip {
  kind: 'duty' | 'gap' | 'skill' | 'free'
  from: number
  until: number
  lane: number
  lanes: number
  /** Place in `officers`; −1 for a gap. */
  officer: number
  bands: string[]
  /** 1 differs from the published, 2 locked, 4 breaks a rule. */
  flags: number
  missing: number
  /** Skills that the place lacks, as bits of `skills`. */
  lacks: number
  /** A gap in a band that is over: it was short, and nobody can be sent any more. */
  ended: boolean
}

export interface PostRow {
  type: 'row'
  row: number
  post: BoardView['posts'][number]
  pattern: BoardView['patterns'][number]
  y: number
  height: number
  /** Height of one line of chips. */
  lane: number
  /** Chips per day. */
  days: Chip[][]
  /** Bands per day. */
  needs: Staffing[][]
  /** People missing in bands that have not ended. */
  missing: number
  broken: number
  /** Most heads needed in a band, and skills asked for anywhere. */
  heads: number
  skills: number
}
export interface GroupRow {
  type: 'group'
  key: string
  name: string
  zoneKind: string | null
  postKind: string | null
  posts: number
  y: number
  height: number
  rows: PostRow[]
}
export type BoardItem = PostRow | GroupRow

export interface Slot {
  key: string
  zh: string
  en: string
  from: number
  until: number
}

export interface BoardModel {
  view: BoardView
  items: BoardItem[]
  height: number
  /** The cut of the day that most rows have: the columns of the head. */
  slots: Slot[]
  /** Heads needed, and places open and missed, per day. */
  totals: (OpenPlaces & { need: number })[]
  problems: number
}

const zoneOrder = ['sealed', 'control', 'precaution', 'lifted']
const kindOrder = [
  'checkpoint',
  'zoneGate',
  'isolationHotel',
  'samplingSite',
  'buildingGate',
  'patrolGrid',
  'commandPost',
  'reserve',
]

export interface BoardFilter {
  onlyProblems: boolean
  zoneKinds: readonly string[]
  search: string
  /** From an alert: this post, or this officer, alone. */
  postId?: string
  officerId?: string
}

/** In the overview a post is one line of numbers; else it is as high as its most crowded band. */
export function boardModel(
  view: BoardView,
  filter: BoardFilter,
  bands: readonly Staffing[],
  look: { overview: boolean; sizes: BoardSizes },
): BoardModel {
  const { overview, sizes } = look
  const rows = rowsOf(view, bands, sizes.lane)
  if (overview) for (const row of rows) row.height = sizes.zone
  const days = view.days.map((): Staffing[] => [])
  for (const one of bands) days[one.day]?.push(one)
  const totals = days.map(own => ({
    need: own.reduce((sum, one) => sum + one.need, 0),
    ...openPlaces(own),
  }))
  const shown = rows.filter(row => isShown(view, row, filter))
  const items: BoardItem[] = []
  let y = 0
  for (const group of groupsOf(view, shown, sizes.zone)) {
    group.y = y
    y += group.height
    items.push(group)
    for (const row of group.rows) {
      row.y = y
      y += row.height
      items.push(row)
    }
  }
  const problems = rows.filter(row => row.missing > 0 || row.broken > 0).length
  return { view, items, height: y, slots: slotsOf(view), totals, problems }
}

function isShown(view: BoardView, row: PostRow, filter: BoardFilter): boolean {
  if (filter.postId && row.post.postId !== filter.postId) return false
  if (filter.onlyProblems && row.missing === 0 && row.broken === 0) return false
  const zone = view.zones.find(one => one.zoneId === row.post.zoneId)
  if (filter.zoneKinds.length > 0 && !filter.zoneKinds.includes(zone?.kind ?? 'none')) return false
  const text = filter.search.trim()
  if (text === '') return true
  if (`${row.post.name} ${row.post.code}`.includes(text)) return true
  return row.days.some(chips => chips.some(chip => view.officers[chip.officer]?.[1].includes(text) === true))
}

interface RowParts {
  duties: Map<number, { mask: number; officer: number; flags: number }[]>
  needs: Map<number, Staffing[]>
}

function rowsOf(view: BoardView, bands: readonly Staffing[], lane: number): PostRow[] {
  const parts: RowParts[] = view.rows.map(() => ({ duties: new Map(), needs: new Map() }))
  const push = <T>(map: Map<number, T[]> | undefined, day: number, one: T) => {
    const list = map?.get(day)
    if (list) list.push(one)
    else map?.set(day, [one])
  }
  for (let at = 0; at < view.cells.length; at += 5) {
    const [row = 0, day = 0, mask = 0, officer = 0, flags = 0] = view.cells.slice(at, at + 5)
    push(parts[row]?.duties, day, { mask, officer, flags })
  }
  for (const one of bands) push(parts[one.row]?.needs, one.day, one)
  return view.rows.flatMap(([post, pattern], row) => {
    const [place, cut, found] = [view.posts[post], view.patterns[pattern], parts[row]]
    if (!place || !cut || !found) return []
    return [rowOf(view, row, place, cut, found, lane)]
  })
}

function rowOf(
  view: BoardView,
  row: number,
  post: PostRow['post'],
  pattern: PostRow['pattern'],
  parts: RowParts,
  lane: number,
): PostRow {
  let [lanes, missing, broken, heads] = [lanesLeast, 0, 0, 0]
  const days = view.days.map((_day, day) => {
    const chips = chipsOf(pattern, parts.duties.get(day) ?? [], parts.needs.get(day) ?? [])
    for (const chip of chips) {
      lanes = Math.max(lanes, chip.lane + chip.lanes)
      if (chip.flags & 4) broken += 1
    }
    for (const one of parts.needs.get(day) ?? []) {
      heads = Math.max(heads, one.need)
      if (!one.ended) missing += one.missing
    }
    return chips
  })
  const height = lanes * lane + 2
  const skills = view.asks[row] ?? 0
  const needs = view.days.map((_day, day) => parts.needs.get(day) ?? [])
  return { type: 'row', row, post, pattern, y: 0, height, lane, days, needs, missing, broken, heads, skills }
}

function chipsOf(
  pattern: PostRow['pattern'],
  duties: { mask: number; officer: number; flags: number }[],
  needs: readonly Staffing[],
): Chip[] {
  const chips: Chip[] = duties.map(({ mask, officer, flags }) => {
    const bands = pattern.bands.filter((_band, bit) => (mask >> bit) & 1)
    return {
      kind: 'duty',
      from: Math.min(...bands.map(band => band.from)),
      until: Math.max(...bands.map(band => band.from + band.minutes)),
      lane: 0,
      lanes: 1,
      officer,
      bands: bands.map(band => band.key),
      flags,
      missing: 0,
      lacks: 0,
      ended: false,
    }
  })
  // Long duties first, so that a duty of two bands lies on one lane and the short ones fill around it.
  chips.sort((a, b) => b.until - b.from - (a.until - a.from) || a.from - b.from || a.officer - b.officer)
  const taken: [number, number][][] = []
  const isFree = (lane: number, from: number, until: number) =>
    (taken[lane] ?? []).every(([a, b]) => until <= a || from >= b)
  const take = (lane: number, from: number, until: number) => {
    taken[lane] = [...(taken[lane] ?? []), [from, until]]
  }
  const firstFree = (from: number, until: number) => {
    let lane = 0
    while (!isFree(lane, from, until)) lane += 1
    return lane
  }
  for (const chip of chips) {
    chip.lane = firstFree(chip.from, chip.until)
    take(chip.lane, chip.from, chip.until)
  }
  for (const { band, need, have, skills: lacks, ended } of needs) {
    const cut = pattern.bands[band]
    const missing = Math.max(0, need - have)
    if (!cut || (missing === 0 && lacks === 0)) continue
    const [from, until] = [cut.from, cut.from + cut.minutes]
    const lane = firstFree(from, until)
    let lanes = 1
    while (lanes < missing && isFree(lane + lanes, from, until)) lanes += 1
    for (let at = 0; at < lanes; at += 1) take(lane + at, from, until)
    const kind = missing > 0 ? 'gap' : 'skill'
    const place = { from, until, lane, lanes, bands: [cut.key] }
    chips.push({ kind, ...place, officer: -1, flags: 0, missing, lacks, ended })
  }
  return chips
}

function groupsOf(view: BoardView, rows: readonly PostRow[], height: number): GroupRow[] {
  const groups = new Map<string, GroupRow>()
  const zones = new Map(view.zones.map(zone => [zone.zoneId, zone]))
  for (const row of rows) {
    const zone = row.post.zoneId === null ? undefined : zones.get(row.post.zoneId)
    const key = zone ? `zone ${zone.zoneId}` : `kind ${row.post.kind}`
    const group = groups.get(key) ?? {
      type: 'group',
      key,
      name: zone?.name ?? '',
      zoneKind: zone?.kind ?? null,
      postKind: zone ? null : row.post.kind,
      posts: 0,
      y: 0,
      height,
      rows: [],
    }
    groups.set(key, group)
    group.rows.push(row)
    group.posts += 1
  }
  const rank = (group: GroupRow) =>
    group.zoneKind ? zoneOrder.indexOf(group.zoneKind) : 10 + kindOrder.indexOf(group.postKind ?? '')
  const byCode = (a: PostRow, b: PostRow) =>
    a.post.code < b.post.code ? -1 : a.post.code > b.post.code ? 1 : a.row - b.row
  for (const group of groups.values()) group.rows.sort(byCode)
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

/** The pattern that cuts the whole day for the most rows; sampling sites, a thousand of them, have no nights. */
function slotsOf(view: BoardView): Slot[] {
  const counts = new Map<number, number>()
  for (const [, pattern] of view.rows) {
    const bands = view.patterns[pattern]?.bands ?? []
    const minutes = bands.reduce((sum, band) => sum + band.minutes, 0)
    const weight = bands.length < 2 ? 0 : minutes >= 1440 ? 1_000_000 : 1
    counts.set(pattern, (counts.get(pattern) ?? 0) + weight)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  const bands = view.patterns[most?.[0] ?? -1]?.bands ?? []
  if (bands.length === 0) return [{ key: 'day', zh: '全天', en: 'Whole day', from: 0, until: 1440 }]
  return bands.map(({ key, zh, en, from, minutes }) => ({ key, zh, en, from, until: from + minutes }))
}

/** Heads there and needed in the middle of a slot, over the rows of a group; `open` of them where it is not over. */
export function coverOf(
  group: GroupRow,
  day: number,
  slot: Slot,
): { need: number; have: number; open: number } {
  const middle = (slot.from + Math.min(slot.until, 1440)) / 2
  const sum = { need: 0, have: 0, open: 0 }
  for (const row of group.rows) {
    for (const one of row.needs[day] ?? []) {
      const band = row.pattern.bands[one.band]
      if (!band || band.from > middle || band.from + band.minutes <= middle) continue
      sum.need += one.need
      sum.have += Math.min(one.need, one.have)
      if (!one.ended) sum.open += Math.max(0, one.need - one.have)
    }
  }
  return sum
}

/** The items that lie between two heights, found by halving. */
export function itemsBetween(items: readonly BoardItem[], top: number, bottom: number): readonly BoardItem[] {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item && item.y + item.height <= top) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < items.length && (items[end]?.y ?? 0) < bottom) end += 1
  return items.slice(low, end)
}
