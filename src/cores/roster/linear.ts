/**
 * A solver of linear programs, given from outside: the core asks for one and knows none. Costs are to be made least;
 * every variable runs from 0 to `upper`.
 */
export type LinearSolver = {
  /** A program of equality rows, `sums[row]` each, without columns as yet. */
  program: (sums: Float64Array) => LinearProgram
}

export type LinearColumn = { cost: number; upper: number; rows: number[]; values: number[] }

export type LinearProgram = {
  add: (columns: readonly LinearColumn[]) => void
  /** Bounds one variable anew, by the order in which they came in. */
  confine: (column: number, lower: number, upper: number) => void
  /** Undefined when no optimum was found, for want of time or by a fault of the numbers. */
  solve: (
    secondsMost: number,
  ) => { value: number; rowPrices: Float64Array; amounts: Float64Array } | undefined
  dispose: () => void
}
