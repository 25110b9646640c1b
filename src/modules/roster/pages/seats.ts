// From what is selected on either board to the place that the side panel looks at.
import type { BoardView, Chip, PostRow } from './board-layout.ts'
import type { OfficerPlace } from './OfficerBoard.tsx'
import { chipAt, type Place } from './place.ts'
import type { Seat } from './SeatPanel.tsx'

export function seatOf(row: PostRow | undefined, place: Place | null): Seat | null {
  const chip = chipAt(row, place)
  return row && place && chip ? { row, day: place.day, chip } : null
}

/** An officer's day with duty; a day off has no place to look at. */
export function placeOfOfficer(view: BoardView | undefined, place: OfficerPlace | null): Seat | null {
  if (!view || !place) return null
  for (let at = 0; at < view.cells.length; at += 5) {
    if (view.cells[at + 1] !== place.day || view.cells[at + 3] !== place.officer) continue
    const row = view.cells[at] ?? -1
    const [postAt, patternAt] = view.rows[row] ?? [-1, -1]
    const [post, pattern] = [view.posts[postAt], view.patterns[patternAt]]
    if (!post || !pattern) return null
    const bands = pattern.bands.filter((_band, bit) => ((view.cells[at + 2] ?? 0) >> bit) & 1)
    const chip: Chip = {
      kind: 'duty',
      from: Math.min(...bands.map(band => band.from)),
      until: Math.max(...bands.map(band => band.from + band.minutes)),
      lane: 0,
      lanes: 1,
      officer: place.officer,
      bands: bands.map(band => band.key),
      flags: view.cells[at + 4] ?? 0,
      missing: 0,
      lacks: 0,
      ended: false,
    }
    const bare = { type: 'row' as const, row, post, pattern, y: 0, height: 0, lane: 0, days: [], needs: [] }
    return { row: { ...bare, missing: 0, broken: 0, heads: 0, skills: 0 }, day: place.day, chip }
  }
  return null
}
