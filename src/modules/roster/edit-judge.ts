// What a change by hand newly breaks: the command that makes it and the question where somebody may go ask the same.
import { type Breach, Checker, type Roster } from '../../cores/roster/index.ts'
import type { BuiltProblem } from './problem.ts'

export interface CellChange {
  /** Place in the officers of the problem. */
  officer: number
  day: number
  cell: number
}

/**
 * Judges changes against one roster. Only what a change breaks anew counts: a draft that an absence has broken can
 * still be worked on. Rows are judged alone, which is all there is, because the bureau sets no size for the team of
 * a closed loop.
 */
export class EditJudge {
  private readonly checker: Checker
  private readonly cells: Int32Array
  private readonly horizon: number
  private readonly already = new Map<number, Set<string>>()

  constructor(built: BuiltProblem, before: Roster) {
    this.checker = new Checker(built.problem)
    this.cells = before.cells
    this.horizon = built.horizon
  }

  private rowOf(officer: number): Int32Array {
    return this.cells.slice(officer * this.horizon, (officer + 1) * this.horizon)
  }

  private brokenBefore(officer: number): Set<string> {
    let broken = this.already.get(officer)
    if (!broken) {
      broken = new Set(this.checker.row(officer, this.rowOf(officer)).map(keyOf))
      this.already.set(officer, broken)
    }
    return broken
  }

  /** In the order of the officers as they come in the changes; empty: nothing is in the way. */
  newlyBroken(changes: readonly CellChange[]): Breach[] {
    const rows = new Map<number, Int32Array>()
    for (const { officer, day, cell } of changes) {
      const row = rows.get(officer) ?? this.rowOf(officer)
      row[day] = cell
      rows.set(officer, row)
    }
    return [...rows].flatMap(([officer, row]) => {
      const before = this.brokenBefore(officer)
      return this.checker.row(officer, row).filter(one => !one.fixed && !before.has(keyOf(one)))
    })
  }
}

const keyOf = ({ rule, day, detail }: Breach) => `${rule} ${day} ${detail}`
