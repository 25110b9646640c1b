import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Assignment } from './assign.ts'

/** Least sum over all ways to give every row a column with room; Infinity where there is none. */
function least(room: readonly number[], costs: readonly (readonly number[])[], row = 0): number {
  if (row === costs.length) return 0
  return Math.min(
    Infinity,
    ...room.map((left, j) => {
      if (left === 0) return Infinity
      const cost = costs[row]![j]!
      const rest = room.map((one, i) => (i === j ? one - 1 : one))
      return cost === Infinity ? Infinity : cost + least(rest, costs, row + 1)
    }),
  )
}

function sumOf(assignment: Assignment): number {
  let sum = 0
  assignment.columnOf.forEach((column, row) => {
    sum += assignment.cost[row * assignment.columns + column]!
  })
  return sum
}

const price = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -4, max: 9 }) }, fc.constant(Infinity))

describe('the cheapest assignment', () => {
  it('RST250 is the cheapest of all, also after costs have changed', () => {
    let looked = 0
    const table = fc.array(fc.array(price, { minLength: 5, maxLength: 5 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(table, table, fc.subarray([0, 1, 2, 3, 4, 5]), (first, second, changed) => {
        const room = [1, 2, 1, 0, 2]
        // Each row may stay where it is, as an officer may at his post.
        const homes = [0, 1, 1, 2, 4, 4]
        const costs = first.map((line, i) => line.map((one, j) => (homes[i] === j ? 7 : one)))
        const assignment = new Assignment(6, room)
        assignment.cost.set(costs.flat())
        for (let row = 0; row < 6; row++) assignment.putIn(row)
        expect(sumOf(assignment)).toBe(least(room, costs))
        for (const row of changed) {
          costs[row] = second[row]!.map((one, j) => (homes[row] === j ? 5 : one))
          assignment.takeOut(row)
        }
        assignment.cost.set(costs.flat())
        for (const row of changed) assignment.putIn(row)
        expect(sumOf(assignment)).toBe(least(room, costs))
        looked++
      }),
    )
    expect(looked).toBe(100)
  })
})
