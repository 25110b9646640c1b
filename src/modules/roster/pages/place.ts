// A place on the paper of the board: where it lies, what it is called, and the chip that is there.
import type { Chip, PostRow } from './board-layout.ts'

/** Where on the paper, not who: after somebody is replaced the same place is still looked at. */
export interface Place {
  row: number
  day: number
  from: number
  lane: number
}
export const samePlace = (a: Place | null, b: Place | null): boolean =>
  a?.row === b?.row && a?.day === b?.day && a?.from === b?.from && a?.lane === b?.lane
export const placeOf = (row: number, day: number, { from, lane }: Chip): Place => ({ row, day, from, lane })
/** Names the place for `aria-activedescendant`: the grid keeps the focus, readers follow the selection. */
export const idOf = ({ row, day, from, lane }: Place): string => `rb-${row}-${day}-${from}-${lane}`
export const chipAt = (row: PostRow | undefined, place: Place | null): Chip | undefined =>
  place ? row?.days[place.day]?.find(one => one.from === place.from && one.lane === place.lane) : undefined

/** Where a chip lies on the paper, from the first day's edge. */
export function chipBox(chip: Chip, row: Pick<PostRow, 'lane'>, day: number, dayWidth: number) {
  return {
    x: day * dayWidth + (chip.from / 1440) * dayWidth + 1,
    y: chip.lane * row.lane + 3,
    width: ((chip.until - chip.from) / 1440) * dayWidth - 3,
    height: chip.lanes * row.lane - 4,
  }
}
