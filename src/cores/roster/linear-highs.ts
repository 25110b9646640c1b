import highsLoader, { type Highs, type InitOptions } from 'highs'
import type { LinearColumn, LinearProgram, LinearSolver } from './linear.ts'

// Its types speak of the CommonJS build, where the loader is a member of what is imported here.
const loadHighs = highsLoader as unknown as (options?: InitOptions) => Promise<Highs>

/** HiGHS takes no infinite time. */
const SECONDS_MOST = 1e6

/** HiGHS as the solver of the bound. Loaded where it is used, in a worker: its memory goes when the thread ends. */
export async function highsSolver(): Promise<LinearSolver> {
  const highs = await loadHighs()
  return {
    program: sums => {
      const model = highs.createModel({
        numCols: 0,
        numRows: sums.length,
        colCost: [],
        colLower: [],
        colUpper: [],
        rowLower: sums,
        rowUpper: sums,
        matrix: { ...matrixOf([]), numRows: sums.length, numCols: 0 },
      })
      // Fresh columns leave the last answer possible, so the primal method goes on from it: a third less time a solve.
      model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', simplex_strategy: 4 })
      let columns = 0
      const program: LinearProgram = {
        add: added => {
          if (added.length === 0) return
          columns += added.length
          model.addCols({
            cost: Float64Array.from(added, one => one.cost),
            lower: new Float64Array(added.length),
            upper: Float64Array.from(added, one => one.upper),
            matrix: { ...matrixOf(added), numRows: sums.length, numCols: added.length },
          })
        },
        confine: (column, lower, upper) => {
          model.changeColBounds(column, lower, upper)
        },
        solve: seconds => {
          model.raw.zeroAllClocks()
          model.options.set('time_limit', Math.min(seconds, SECONDS_MOST))
          model.run()
          if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined
          const { rowDual, colValue } = model.getSolution()
          return {
            value: model.getObjectiveValue(),
            rowPrices: rowDual,
            amounts: colValue.subarray(0, columns),
          }
        },
        dispose: () => model.dispose(),
      }
      return program
    },
  }
}

function matrixOf(columns: readonly LinearColumn[]) {
  const starts = new Int32Array(columns.length + 1)
  columns.forEach((one, i) => {
    starts[i + 1] = starts[i]! + one.rows.length
  })
  return {
    format: 'csc' as const,
    starts,
    indices: Int32Array.from(columns.flatMap(one => one.rows)),
    values: Float64Array.from(columns.flatMap(one => one.values)),
  }
}
