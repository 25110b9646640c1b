/**
 * Rows that get a column each so that the sum of costs is least; column j takes `room[j]` rows, and there is room for all
 * rows and no more. `cost[row · columns + column]` is Infinity where the row may not have it.
 *
 * Row after row along the shortest augmenting path, with prices kept (Kuhn 1955, Jonker and Volgenant 1987). Columns that
 * are alike are one column with room for many. Rows whose cost has changed are taken out and put in again, which is the
 * cheapest assignment anew for the price of a few paths.
 */
export class Assignment {
  readonly columns: number
  readonly cost: Float64Array
  /** −1 for a row that is not in */
  readonly columnOf: Int32Array
  /** of the columns; those of a like assignment to begin with make the ways shorter */
  readonly prices: Float64Array
  private readonly room: readonly number[]
  private readonly inColumn: number[][]
  private readonly rowPrices: Float64Array
  /** length of the shortest way to a column, −Infinity behind us; and the row from which it is reached */
  private readonly way: Float64Array
  private readonly from: Int32Array
  private readonly passed: { column: number; length: number }[] = []

  constructor(rows: number, room: readonly number[]) {
    const columns = room.length
    this.columns = columns
    this.room = room
    this.cost = new Float64Array(rows * columns)
    this.columnOf = new Int32Array(rows).fill(-1)
    this.prices = new Float64Array(columns)
    this.inColumn = room.map(() => [])
    this.rowPrices = new Float64Array(rows)
    this.way = new Float64Array(columns)
    this.from = new Int32Array(columns)
  }

  takeOut(row: number): void {
    const column = this.columnOf[row]!
    if (column < 0) return
    leave(this.inColumn[column]!, row)
    this.columnOf[row] = -1
  }

  putIn(row: number): void {
    const { way, passed, room, inColumn } = this
    way.fill(Infinity)
    passed.length = 0
    this.reach(row, 0)
    for (;;) {
      const column = this.nearest()
      const length = way[column]!
      if (inColumn[column]!.length < room[column]!) {
        this.reprice(row, length)
        this.hand(row, column)
        return
      }
      passed.push({ column, length })
      way[column] = -Infinity
      for (const there of inColumn[column]!) this.reach(there, length)
    }
  }

  /** Makes the column that a row has cheaper or dearer by itself, which moves nobody: `by` is at most 0. */
  favour(row: number, by: number): void {
    this.cost[row * this.columns + this.columnOf[row]!]! += by
    this.rowPrices[row]! += by
  }

  /** Looks from a row at all columns; nothing is shorter than the way to those behind us. */
  private reach(row: number, length: number): void {
    const { cost, prices, way, from, columns } = this
    const before = length - this.rowPrices[row]!
    for (let j = 0, at = row * columns; j < columns; j++, at++) {
      const there = before + cost[at]! - prices[j]!
      if (there < way[j]!) {
        way[j] = there
        from[j] = row
      }
    }
  }

  private nearest(): number {
    const { way, columns } = this
    let best = -1
    let least = Infinity
    for (let j = 0; j < columns; j++) {
      const length = way[j]!
      if (length < least && length !== -Infinity) {
        least = length
        best = j
      }
    }
    if (best < 0) throw new Error('invariant: there is a column for every row')
    return best
  }

  private reprice(row: number, length: number): void {
    this.rowPrices[row]! += length
    for (const { column, length: there } of this.passed) {
      const less = length - there
      this.prices[column]! -= less
      for (const other of this.inColumn[column]!) this.rowPrices[other]! += less
    }
  }

  /** Goes back along the way: each row takes the column and leaves its own to the row before. */
  private hand(row: number, last: number): void {
    for (let column = last; ; ) {
      const taker = this.from[column]!
      const left = this.columnOf[taker]!
      this.inColumn[column]!.push(taker)
      this.columnOf[taker] = column
      if (taker === row) return
      leave(this.inColumn[left]!, taker)
      column = left
    }
  }
}

function leave(list: number[], row: number): void {
  list[list.indexOf(row)] = list.at(-1)!
  list.pop()
}
