import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallProblem } from './arbitrary-problem.ts'
import {
  cellOf,
  checkOfficer,
  type Officer,
  type RosterProblem,
  RULES,
  solve,
  validate,
  writeCell,
} from './index.ts'
import { TEST_PATTERNS } from './test-problem.ts'

/** One officer at a 3×8 gate, a 4×6 bridge, a hotel with two blocks and a day-only site. */
function bureau(
  days: number,
  officer: Partial<Officer> = {},
  more: Partial<RosterProblem> = {},
): RosterProblem {
  return {
    days,
    patterns: TEST_PATTERNS,
    posts: [
      { id: 'gate', pattern: '3x8' },
      { id: 'bridge', pattern: '4x6' },
      { id: 'hotel', pattern: '3x8', requires: ['ppe'] },
    ],
    demands: [],
    officers: [{ id: 'zhang', skills: [], ...officer }],
    blocks: [{ id: 'loop', post: 'hotel', firstDay: 0, lastDay: 3, restDays: 2, membersMost: 1 }],
    ...more,
  }
}

/** Row written as words: '.' off, 'gate day', 'bridge morning+afternoon'. */
function rules(problem: RosterProblem, rows: string[]): string[] {
  const cells = Int32Array.from(
    rows.flatMap(row => row.split(',')),
    word => {
      const [post, bands] = word.trim().split(' ')
      return bands === undefined ? 0 : writeCell(problem, post!, bands.split('+'))
    },
  )
  return validate(problem, { days: problem.days, cells }).breaches.map(b => `${b.rule} ${b.day}`)
}

describe('validate', () => {
  it('RST1 two bands must adjoin and belong together', () => {
    expect(rules(bureau(1), ['bridge morning+afternoon'])).toEqual([])
    expect(rules(bureau(1), ['bridge morning+evening'])).toEqual(['RST1 0'])
    expect(rules(bureau(1), ['gate day+evening'])).toContain('RST1 0')
    expect(validate(bureau(1), { days: 1, cells: Int32Array.of(cellOf(40, 1)) }).breaches[0]?.rule).toBe(
      'RST1',
    )
  })

  it('RST2 a duty lasts at most 12 h unless it is standby', () => {
    expect(rules(bureau(1), ['gate day+evening'])).toContain('RST2 0')
  })

  it('RST3 rest between duty days is counted by the clock, also over a day off and from history', () => {
    expect(rules(bureau(2), ['gate night,gate day'])).toEqual(['RST3 1'])
    expect(rules(bureau(2), ['gate night,gate night'])).toEqual([])
    const long = { rules: { minRestAfterNightMinutes: 3000 } }
    expect(rules(bureau(3, {}, long), ['gate night,.,gate day'])).toEqual(['RST3 2'])
    expect(rules(bureau(1, { history: { lastEnd: 0 } }), ['gate day'])).toEqual(['RST3 0'])
  })

  it('RST4 RST5 RST6 RST14 skill, availability, nights and posts of the officer', () => {
    expect(rules(bureau(1), ['hotel day'])).toEqual(['RST4 0'])
    expect(rules(bureau(2, { skills: ['ppe'], skillEnds: { ppe: 0 } }), ['hotel day,hotel day'])).toEqual([
      'RST4 1',
    ])
    expect(rules(bureau(1, { unavailable: [{ from: 479, until: 481 }] }), ['gate day'])).toEqual(['RST5 0'])
    expect(rules(bureau(1, { unavailable: [{ from: 480, until: 481 }] }), ['gate day'])).toEqual([])
    expect(rules(bureau(1, { noNight: true }), ['gate night'])).toEqual(['RST6 0'])
    expect(rules(bureau(1, { posts: ['bridge'] }), ['gate day'])).toEqual(['RST14 0'])
  })

  it('RST7 RST8 minutes in the horizon and in any seven days, history included', () => {
    expect(rules(bureau(2, { maxMinutes: 900 }), ['gate day,gate day'])).toEqual(['RST7 1'])
    expect(rules(bureau(2, { maxMinutesIn7Days: 900 }), ['gate day,gate day'])).toEqual(['RST8 1'])
    const past = { maxMinutesIn7Days: 900, history: { minutesByDay: [480, 0, 0, 0, 0, 0] } }
    expect(rules(bureau(1, past), ['gate day'])).toEqual(['RST8 0'])
    expect(rules(bureau(2, past), ['.,gate day'])).toEqual([])
  })

  it('RST9 RST10 RST11 runs and days off reach back before the horizon', () => {
    const nights = bureau(2, { history: { nightRun: 4, workRun: 4 } })
    expect(rules(nights, ['gate night,gate night'])).toEqual(['RST9 1'])
    const days = bureau(2, { history: { workRun: 5 } }, { rules: { daysOffIn7: 0 } })
    expect(rules(days, ['gate day,gate day'])).toEqual(['RST10 1'])
    const two = bureau(6, {}, { rules: { daysOffIn7: 2 } })
    expect(rules(two, ['gate day,gate day,gate day,gate day,gate day,.'])).toEqual([])
    expect(rules(two, ['gate day,gate day,gate day,gate day,gate day,gate day'])).toEqual(['RST11 5'])
    const worked = bureau(
      1,
      { history: { minutesByDay: [480, 480, 480, 0, 480, 480] } },
      { rules: { daysOffIn7: 2 } },
    )
    expect(rules(worked, ['gate day'])).toEqual(['RST11 0'])
  })

  it('RST12 who enters a closed loop stays, rests after it, and the team keeps its size', () => {
    const ppe = { skills: ['ppe'] }
    expect(rules(bureau(3, ppe), ['hotel day,.,hotel day'])).toEqual([])
    expect(rules(bureau(3, ppe), ['hotel day,.,gate day'])).toEqual(['RST12 2'])
    expect(rules(bureau(6, ppe), ['.,.,.,hotel day,.,gate day'])).toEqual(['RST12 5'])
    expect(rules(bureau(7, ppe), ['gate day,.,.,hotel day,.,.,gate day'])).toEqual([])
    expect(rules(bureau(5, ppe), ['.,.,.,.,hotel day'])).toEqual(['RST12 4'])
    const officers = [
      { id: 'zhang', ...ppe },
      { id: 'li', ...ppe },
    ]
    expect(rules(bureau(1, {}, { officers }), ['hotel day', 'hotel night'])).toEqual(['RST12 0'])
  })

  it('RST13 locked cells and what has begun stand', () => {
    const gate = cellOf(0, 1)
    expect(rules(bureau(1, { fixed: [{ day: 0, cell: gate }] }), ['.'])).toEqual(['RST13 0'])
    const past = bureau(2, {}, { previous: { cells: Int32Array.of(gate, 0) }, frozenUntil: 1500 })
    expect(rules(past, ['gate day,gate evening'])).toEqual([])
    expect(rules(past, ['gate day,gate day'])).toEqual(['RST13 1'])
    expect(rules(past, ['.,.'])).toEqual(['RST13 0'])
  })

  it('catches every duty planted where the officer is away', () => {
    let planted = 0
    fc.assert(
      fc.property(smallProblem, fc.nat(), (problem, n) => {
        const result = solve(problem, { seed: 1, iterations: 5 })
        const at = [...result.cells.keys()].filter(i => result.cells[i]! > 0)
        if (at.length === 0) return
        const cell = at[n % at.length]!
        const [o, day] = [Math.floor(cell / problem.days), cell % problem.days]
        const sick = structuredClone(problem)
        sick.officers[o]!.unavailable = [{ from: day * 1440, until: (day + 1) * 1440 }]
        const rule = (b: { rule: string; officer: number; day: number }) =>
          b.rule === 'RST5' && b.officer === o && b.day === day
        expect(validate(sick, result).breaches.some(rule)).toBe(true)
        expect(checkOfficer(sick, result, o).some(rule)).toBe(true)
        planted++
      }),
      { numRuns: 100 },
    )
    expect(planted).toBeGreaterThan(30)
  })

  it('RST15 the minutes asked for must come together', () => {
    expect(rules(bureau(3, { minMinutes: 960 }), ['gate day,.,gate day'])).toEqual([])
    expect(rules(bureau(3, { minMinutes: 961 }), ['gate day,.,gate day'])).toEqual(['RST15 2'])
  })

  it('RST16, RST17 least days in a row, but for what touches an end of the horizon', () => {
    const asks = (officer: Partial<Officer>, row: string) => rules(bureau(6, officer), [row])
    const [on, two] = ['gate day', 'gate day,gate day']
    expect(asks({ minWorkDaysInRow: 2 }, `${on},.,${two},.,${on}`)).toEqual([])
    expect(asks({ minWorkDaysInRow: 2 }, `.,${on},.,${two},.`)).toEqual(['RST16 1'])
    expect(asks({ minDaysOffInRow: 2 }, `.,${on},.,.,${on},.`)).toEqual([])
    expect(asks({ minDaysOffInRow: 2 }, `${on},.,.,${on},.,${on}`)).toEqual(['RST17 4'])
  })

  it('RST18 most weekends: neighbouring days of it are one', () => {
    const asks = (row: string) => rules(bureau(6, { maxWeekends: 1 }, { weekendDays: [0, 1, 4] }), [row])
    expect(asks('gate day,gate day,.,.,.,.')).toEqual([])
    expect(asks('.,gate day,gate day,.,gate day,.')).toEqual(['RST18 4'])
  })

  it('RST19 most duties at a post', () => {
    const asks = (row: string) => rules(bureau(4, { mostAt: { gate: 2 } }), [row])
    expect(asks('gate day,gate day,bridge morning,.')).toEqual([])
    expect(asks('gate day,gate day,.,gate day')).toEqual(['RST19 3'])
  })

  it('RST27 a post that bars another on the next day, and on that one only', () => {
    const posts = [
      { id: 'gate', pattern: '3x8', notFollowedBy: ['bridge'] },
      { id: 'bridge', pattern: '4x6' },
    ]
    const asks = (row: string) => rules(bureau(3, {}, { posts, blocks: [] }), [row])
    expect(asks('gate day,gate day,.')).toEqual([])
    expect(asks('gate day,.,bridge morning')).toEqual([])
    expect(asks('bridge morning,gate day,bridge morning')).toEqual(['RST27 2'])
  })

  it('names each rule once in the table, and every hard rule is one that it can report', () => {
    expect(new Set(RULES.map(r => r.id)).size).toBe(RULES.length)
    expect(RULES.filter(r => r.hard).map(r => r.id)).toEqual(
      [...Array.from({ length: 19 }, (_, i) => i + 1), 27].map(n => `RST${n}`),
    )
  })
})
