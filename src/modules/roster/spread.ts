// How a figure is spread over people: by quartiles and bands of values, and never by name.

export interface Spread {
  min: number
  q1: number
  median: number
  q3: number
  max: number
  bands: { from: number; until: number; officers: number }[]
}

const bandsMost = 8
const widths = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000]

/** Between the two nearest values, as spreadsheets do it. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? 0
  const high = sorted[Math.ceil(at)] ?? low
  return Math.round((low + (high - low) * (at - Math.floor(at))) * 10) / 10
}

/** At least one value. Bands begin at a round number at or below the least. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const [min, max] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const width = widths.find(one => Math.floor(max / one) - Math.floor(min / one) < bandsMost) ?? 1_000
  const first = Math.floor(min / width)
  const bands = Array.from({ length: Math.floor(max / width) - first + 1 }, (_, at) => ({
    from: (first + at) * width,
    until: (first + at + 1) * width,
    officers: 0,
  }))
  for (const value of sorted) {
    const band = bands[Math.floor(value / width) - first]
    if (band) band.officers += 1
  }
  return {
    min,
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    max,
    bands,
  }
}
