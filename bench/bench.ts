// What every bench gives: rows of a table. A bench is a measurement, never a timed test.
export interface Row {
  name: string
  value: number
  unit: string
  /** Against `peer`: more than 1 is more of the unit. */
  ratio?: number
  peer?: string
}

export interface BenchOptions {
  /** Shorter runs for a first look; the figures wobble more. */
  quick: boolean
  /** Progress, on standard error. */
  say(line: string): void
}

export interface Bench {
  rows(options: BenchOptions): Promise<Row[]>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Three figures that count: 1,234.5 pretends to more than a busy machine can say. */
export function rounded(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(3))
}
