// How large things are drawn on the board: dense at the desk, and on a phone with a narrow first column, so that most
// of the screen is the roster, and with chips that a finger finds.
export interface BoardSizes {
  /** The column of names, which stays. */
  first: number
  /** A person's line within a band; the chip is four less. */
  lane: number
  /** Rows of zones, units and of the overview. */
  zone: number
  officer: number
  /** Widths of a day. */
  day: number
  overviewDay: number
  officerDay: number
}
export const deskSizes: BoardSizes = {
  first: 192,
  lane: 24,
  zone: 28,
  officer: 28,
  day: 400,
  overviewDay: 124,
  officerDay: 96,
}
export const phoneSizes: BoardSizes = {
  first: 104,
  lane: 32,
  zone: 32,
  officer: 40,
  day: 352,
  overviewDay: 128,
  officerDay: 84,
}

/** `left` of something that lies so far behind the first column. */
export const fromFirst = (x: number): string => `calc(var(--rb-first) + ${x}px)`
