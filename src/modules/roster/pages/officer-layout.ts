// Where everything stands on the board by officer, worked out once per answer.
import type { BoardFilter, BoardView } from './board-layout.ts'
import type { BoardSizes } from './board-sizes.ts'

export interface OfficerRow {
  type: 'officer'
  officer: number
  y: number
  height: number
  /** Place in the cells of the view per day, −1 for a day off. */
  days: Int32Array
  minutes: number
  broken: boolean
}
export interface UnitRow {
  type: 'unit'
  unitId: string
  name: string
  officers: number
  y: number
  height: number
  /** On duty per day. */
  days: number[]
}
export interface OfficerModel {
  view: BoardView
  items: (OfficerRow | UnitRow)[]
  height: number
}

export function officerModel(view: BoardView, filter: BoardFilter, sizes: BoardSizes): OfficerModel {
  const days = view.days.length
  const rows = view.officers.map(
    (_one, officer): OfficerRow => ({
      type: 'officer',
      officer,
      y: 0,
      height: sizes.officer,
      days: new Int32Array(days).fill(-1),
      minutes: 0,
      broken: false,
    }),
  )
  for (let at = 0; at < view.cells.length; at += 5) {
    const row = rows[view.cells[at + 3] ?? -1]
    const day = view.cells[at + 1] ?? 0
    if (!row) continue
    row.days[day] = at
    const pattern = view.patterns[view.rows[view.cells[at] ?? 0]?.[1] ?? 0]
    const mask = view.cells[at + 2] ?? 0
    row.minutes += (pattern?.bands ?? []).reduce(
      (sum, band, bit) => sum + ((mask >> bit) & 1 ? band.minutes : 0),
      0,
    )
    if ((view.cells[at + 4] ?? 0) & 4) row.broken = true
  }
  const search = filter.search.trim()
  const names = new Map(view.units)
  const units = new Map<string, OfficerRow[]>()
  for (const row of rows) {
    const officer = view.officers[row.officer]
    if (!officer || (filter.onlyProblems && !row.broken)) continue
    if (filter.officerId && officer[0] !== filter.officerId) continue
    if (search && !`${officer[1]} ${officer[2]}`.includes(search)) continue
    units.set(officer[4], [...(units.get(officer[4]) ?? []), row])
  }
  const items: OfficerModel['items'] = []
  let y = 0
  for (const [unitId, members] of units) {
    const onDuty = view.days.map((_day, day) => members.filter(row => (row.days[day] ?? -1) >= 0).length)
    const name = names.get(unitId) ?? ''
    items.push({ type: 'unit', unitId, name, officers: members.length, y, height: sizes.zone, days: onDuty })
    y += sizes.zone
    for (const row of members) {
      row.y = y
      items.push(row)
      y += row.height
    }
  }
  return { view, items, height: y }
}
