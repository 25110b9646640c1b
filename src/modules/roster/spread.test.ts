// How figures are spread, in quartiles and bands.
import { describe, expect, it } from 'vitest'
import { spreadOf } from './spread.ts'

describe('a spread', () => {
  it('RST160 has round bands, eight at most, from the least to the highest', () => {
    expect(spreadOf([0, 1, 1, 2, 3])).toEqual({
      ...{ min: 0, q1: 1, median: 1, q3: 2, max: 3 },
      bands: [1, 2, 1, 1].map((officers, from) => ({ from, until: from + 1, officers })),
    })
    const wide = spreadOf([3, 40, 77, 500])
    expect(wide.bands.length).toBeLessThanOrEqual(8)
    expect(wide.bands[0]?.from).toBe(0)
    expect(spreadOf([7])).toMatchObject({
      min: 7,
      q1: 7,
      max: 7,
      bands: [{ from: 7, until: 8, officers: 1 }],
    })
    expect(spreadOf(Array.from({ length: 600 }, () => 2_000)).bands).toHaveLength(1)
  })
})
