import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  readShiftFile,
  readShiftSolution,
  type RosterProblem,
  ShiftFileFault,
  softCost,
  solve,
  validate,
  writeShiftSolution,
} from './index.ts'

const shared = fileURLToPath(new URL('../../../../shared/benchmarks/shift-scheduling/', import.meta.url))
const instances = existsSync(shared) ? readdirSync(shared).filter(name => name.endsWith('.txt')) : []
console.log(`[benchmarks] shift scheduling: ${instances.length} instances`)

/** Two people, eight days, two shifts; invented. */
const small = `# what stands behind a hash is left out
SECTION_HORIZON
8

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
A,E=8|L=2,3000,960,4,2,2,1
B,E=3|L=0,3000,0,5,1,1,2

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,3,L,5

SECTION_SHIFT_OFF_REQUESTS
B,1,E,2

SECTION_COVER
0,E,1,100,1
3,L,2,50,3
`

function faultOf(text: string): string {
  try {
    readShiftFile(text)
  } catch (error) {
    if (error instanceof ShiftFileFault) return error.message
    throw error
  }
  return 'none'
}

const cellsOf = (problem: RosterProblem, rows: string[]) =>
  readShiftSolution(problem, rows.map(row => row.replaceAll(',', '\t')).join('\n'))

describe('the public text format', () => {
  it('RST210 a file becomes a problem of this engine, and its penalty is counted apart from it', () => {
    const problem = readShiftFile(small)
    expect(problem.officers.map(one => one.posts)).toEqual([['E', 'L'], ['E']])
    expect(problem.officers[0]).toMatchObject({ mostAt: { L: 2 }, minMinutes: 960, maxWeekends: 1 })
    const cells = cellsOf(problem, [',,E,L,,,,', 'E,E,,,,,,'])
    // Nobody too few at E; one too few at L (50); E on two days that ask for nobody; B works the E he did not want.
    const cost = softCost(problem, { days: 8, cells })
    expect(cost).toEqual({ under: 50, over: 0, wishes: 2, total: 52 })
    expect(validate(problem, { days: 8, cells }).breaches).toEqual([])
    expect(readShiftSolution(problem, writeShiftSolution(problem, cells))).toEqual(cells)
  })

  it('RST211 what is wrong with a file is said with its line', () => {
    expect(faultOf('')).toBe('SECTION_HORIZON is missing')
    expect(faultOf('8')).toBe('line 1: before the first section')
    expect(faultOf('SECTION_NIGHTS')).toBe('line 1: no section is called SECTION_NIGHTS')
    expect(faultOf(`${small}SECTION_COVER\n`)).toBe('line 25: SECTION_COVER stands here a second time')
    const changed = (from: string, to: string) => faultOf(small.replace(from, to))
    expect(changed('\n8\n', '\neight\n')).toMatch(/^line 3: days of the horizon: "eight"/)
    expect(changed('\n8\n', '\n4000\n')).toMatch(/^line 3: .*from 1 to 400/)
    expect(changed('\n8\n', '\n')).toBe('SECTION_HORIZON has no number of days')
    expect(changed('L,600,E', 'L,600,X')).toBe('line 7: no shift is called "X"')
    expect(changed('L,600,E', 'E,600,')).toBe('line 7: the shift E stands here a second time')
    expect(changed('L,600,E', 'L,-5,')).toMatch(/^line 7: length in minutes/)
    expect(changed('A,E=8|L=2', 'A,E=8|L=two')).toMatch(/^line 10: most shifts L: "two"/)
    expect(changed('3000,960', ',960')).toMatch(/^line 10: most minutes: ""/)
    expect(changed('A,0', 'C,0')).toBe('line 14: no person is called "C"')
    expect(changed('A,0', 'A,8')).toMatch(/^line 14: day off: "8" is no whole number from 0 to 7/)
    expect(changed('B,1,E,2', 'B,1,E,NaN')).toMatch(/^line 20: weight/)
    expect(changed('3,L,2,50,3', '0,E,2,50,3')).toBe('line 24: day 0 and shift E stand here a second time')
    expect(faultOf('\n'.repeat(600_000))).toMatch(/more than 500000 lines/)
    const problem = readShiftFile(small)
    expect(() => readShiftSolution(problem, 'E\n')).toThrow('1 lines for 2 people')
    expect(() => readShiftSolution(problem, 'E\nE\n')).toThrow('line 1: 1 cells for 8 days')
    expect(() => cellsOf(problem, [',,,,,,,', ',,Q,,,,,'])).toThrow('line 2: day 2: no shift is called "Q"')
  })

  it.each(instances)(
    'RST212 %s: nothing broken, and the engine counts what the counter apart from it counts',
    name => {
      const problem = readShiftFile(readFileSync(`${shared}${name}`, 'utf8'))
      const result = solve(problem, { seed: 1, iterations: 200 })
      expect(validate(problem, result).breaches).toEqual([])
      expect(softCost(problem, result).total).toBeCloseTo(result.cost, 3)
    },
  )

  it('RST213 one seed and one budget of moves give the same roster', () => {
    const problem = readShiftFile(small)
    const [a, b] = [1, 2].map(() => solve(problem, { seed: 7, iterations: 3_000 }))
    expect(a?.cells).toEqual(b?.cells)
    // L on day 3 twice is beyond the people there are: one of two.
    expect(softCost(problem, a!)).toEqual({ under: 50, over: 0, wishes: 0, total: 50 })
  })
})
