import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Position } from './contracts.ts'
import { closedRing, openRing, pointsMost, ringFault } from './polygon.ts'

/** A ring around a centre with radii by angle never meets itself, whatever the radii. */
const star = (radii: readonly number[]): Position[] =>
  radii.map((radius, index) => {
    const angle = (2 * Math.PI * index) / radii.length
    return [107 + radius * Math.cos(angle), 40 + radius * Math.sin(angle)]
  })
const radii = fc.array(fc.double({ min: 0.001, max: 0.5, noNaN: true }), { minLength: 3, maxLength: 60 })
const grid = fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }))

/** Another way to the same answer: walks along each edge in exact integers and looks for the other. */
function meetsOnGrid(ring: readonly Position[]): boolean {
  const n = ring.length
  const at = (index: number) => ring[((index % n) + n) % n] as Position
  const cross = (o: Position, a: Position, b: Position) =>
    (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
  const between = (a: Position, b: Position, p: Position) =>
    cross(a, b, p) === 0 && (p[0] - a[0]) * (p[0] - b[0]) + (p[1] - a[1]) * (p[1] - b[1]) <= 0
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < n; k += 1) {
      // A corner that lies on an edge it does not belong to, or two corners in one place.
      if (k !== i && k !== (i + 1) % n && between(at(i), at(i + 1), at(k))) return true
    }
    for (let j = i + 2; j < n; j += 1) {
      if (i === 0 && j === n - 1) continue
      const [a, b, c, d] = [at(i), at(i + 1), at(j), at(j + 1)]
      if (cross(a, b, c) * cross(a, b, d) < 0 && cross(c, d, a) * cross(c, d, b) < 0) return true
    }
  }
  return false
}

describe('outlines of zones', () => {
  it('POS2 a ring that goes once around its middle is accepted, turned either way, open or closed', () => {
    let looked = 0
    fc.assert(
      fc.property(radii, fc.integer({ min: 0, max: 59 }), (lengths, turn) => {
        const ring = star(lengths)
        const by = turn % ring.length
        const turned = [...ring.slice(by), ...ring.slice(0, by)]
        looked += 1
        expect(ringFault(turned)).toBeNull()
        expect(ringFault([...turned].reverse())).toBeNull()
        expect(ringFault(closedRing(turned))).toBeNull()
      }),
      { numRuns: 500 },
    )
    expect(looked).toBeGreaterThanOrEqual(500)
  })

  it('POS2 two neighbours of such a ring swapped cross, and the answer names edges that exist', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (corners, radius) => {
          const ring = star(Array(corners).fill(radius))
          const [a, b, c, d, ...rest] = ring
          const fault = ringFault([a, c, b, d, ...rest] as Position[])
          expect(fault?.fault).toBe('crosses')
          if (fault?.fault === 'crosses') {
            expect(fault.a).toBeGreaterThanOrEqual(1)
            expect(fault.b).toBeLessThanOrEqual(ring.length)
            expect(fault.a).toBeLessThan(fault.b)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('POS2 on whole numbers it agrees with a second way of looking', () => {
    let faulty = 0
    let sound = 0
    fc.assert(
      fc.property(fc.array(grid, { minLength: 3, maxLength: 7 }), points => {
        const ring = openRing(points)
        const distinct = new Set(ring.map(String)).size
        const fault = ringFault(points)
        if (distinct < 3) {
          expect(fault?.fault).toBe('tooFewPoints')
          return
        }
        const flat = meetsOnGrid(ring)
        if (flat) faulty += 1
        else sound += 1
        expect(fault?.fault ?? null, JSON.stringify(ring)).toBe(flat ? 'crosses' : null)
      }),
      { numRuns: 3_000 },
    )
    expect(faulty).toBeGreaterThan(300)
    expect(sound).toBeGreaterThan(300)
  })

  it('POS2 bow tie, spike, figure of eight, flat line and touching corner cross', () => {
    const cases: Position[][] = [
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ],
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
      ],
    ]
    for (const ring of cases) expect(ringFault(ring)?.fault, JSON.stringify(ring)).toBe('crosses')
  })

  it('POS2 too few, too many, off the earth and not a number are told apart', () => {
    expect(ringFault([])).toEqual({ fault: 'tooFewPoints', points: 0 })
    expect(
      ringFault([
        [1, 1],
        [1, 1],
        [2, 2],
        [1, 1],
      ]),
    ).toEqual({ fault: 'tooFewPoints', points: 2 })
    expect(ringFault(star(Array(pointsMost).fill(0.3)))).toBeNull()
    expect(ringFault(star(Array(pointsMost + 1).fill(0.3)))).toEqual({ fault: 'tooManyPoints', points: 501 })
    expect(
      ringFault([
        [0, 0],
        [40, 107],
        [0, 1],
      ]),
    ).toMatchObject({ fault: 'outside', n: 2 })
    expect(
      ringFault([
        [Number.NaN, 0],
        [1, 1],
        [0, 1],
      ]),
    ).toMatchObject({ fault: 'outside', n: 1 })
  })
})
