interface UnitRow {
  unitId: string
  parentId: string | null
}

/** The chosen units and everything below them. Rows come in tree order, so one pass finds all. */
export function unitSubtreeOf(rows: readonly UnitRow[], chosen: readonly string[]): Set<string> {
  const below = new Set(chosen)
  for (const row of rows) if (row.parentId !== null && below.has(row.parentId)) below.add(row.unitId)
  return below
}
