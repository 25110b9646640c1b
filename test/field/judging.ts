// What must hold of what was stated, given what was answered and what the books hold. Pure: doing stands elsewhere, so
// that the checks themselves can be shown a fault.

/** What phones and posts stated, and what they were told of it. */
export interface Ledger {
  stated: Set<string>
  /** Told `done`. */
  acknowledged: Set<string>
  /** Told `refused` or `held`, with the code of the problem. */
  turnedDown: Map<string, string>
  /** Answers that no rule allows: a 503 that does not say when to come again, any 500. */
  wrong: string[]
}

export const newLedger = (): Ledger => ({
  stated: new Set(),
  acknowledged: new Set(),
  turnedDown: new Map(),
  wrong: [],
})

/** What the database says, read behind everything. */
export interface Books {
  /** How many rows there are of each id that was stated. */
  rows: Map<string, number>
  /** Rows that came meanwhile, of whatever id. */
  grown: number
  /** All rows, what the counts by the hour add up to, and what the journal says of the flushes. */
  all: number
  counted: number
  journalled: number
  /** Flushes whose digest the database does not find again in their rows. */
  digestsOff: number
  /** Ids that were turned down and stand in the journal with that verdict. */
  recorded: Set<string>
}

export interface Tally {
  stated: number
  lost: number
  doubled: number
  /** Not `done` at the end, and not turned down either: the queue stood still. */
  waiting: number
  refused: number
  silent: number
  miscounted: number
}

export function tallyOf(ledger: Ledger, books: Books): Tally {
  const tally: Tally = {
    ...{ stated: ledger.stated.size, lost: 0, doubled: 0, waiting: 0 },
    ...{ refused: ledger.turnedDown.size, silent: 0 },
    miscounted:
      Math.abs(books.all - books.counted) + Math.abs(books.all - books.journalled) + books.digestsOff,
  }
  let stored = 0
  for (const id of ledger.stated) {
    const n = books.rows.get(id) ?? 0
    stored += Math.min(n, 1)
    if (n > 1) tally.doubled += n - 1
    const told = ledger.acknowledged.has(id)
    if (told && n === 0) tally.lost += 1
    if (!told && !ledger.turnedDown.has(id)) tally.waiting += 1
  }
  for (const id of ledger.turnedDown.keys()) if (!books.recorded.has(id)) tally.silent += 1
  // A row that nobody stated is somebody's fact under another id.
  tally.doubled += Math.max(0, books.grown - stored - tally.doubled)
  return tally
}

export interface Allowed {
  /** The run states what is to be turned down. */
  refusals?: boolean
}

export function violationsOf(ledger: Ledger, tally: Tally, { refusals = false }: Allowed = {}): string[] {
  const { stated, lost, doubled, waiting, refused, silent, miscounted } = tally
  const found = { lost, doubled, waiting, 'refused in silence': silent, miscounted }
  const violations = Object.entries(found).flatMap(([what, n]) => (n > 0 ? [`${n} ${what}`] : []))
  if (refused > 0 && !refusals) {
    violations.push(`${refused} turned down: ${[...new Set(ledger.turnedDown.values())].join(', ')}`)
  }
  if (stated === 0) violations.push('nothing was stated')
  const wrong = Map.groupBy(ledger.wrong, one => one)
  for (const [what, all] of wrong) violations.push(`${all.length} times ${what}`)
  return violations
}

/** One row of the table, as it is printed. */
export interface Result {
  looked: string
  violations: string[]
}

export function resultOf(
  ledger: Ledger,
  books: Books,
  happened: string,
  { more = [], ...allowed }: Allowed & { more?: readonly string[] } = {},
): Result {
  const tally = tallyOf(ledger, books)
  const { stated, lost, doubled, refused } = tally
  const told = refused > 0 ? `, ${refused} turned down` : ''
  return {
    looked: `${stated} entries, ${happened}; ${lost} lost, ${doubled} doubled${told}`,
    violations: [...violationsOf(ledger, tally, allowed), ...more],
  }
}
