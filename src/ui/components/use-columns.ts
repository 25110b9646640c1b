import type { Column } from './DataTable.tsx'
import { useKept } from './kept.ts'

export type ColumnChooser = {
  all: { key: string; title: string }[]
  shownKeys: string[]
  setShown: (keys: string[]) => void
  reset: () => void
}

/** Which of `columns` to show: the kept choice, else those not hidden; on a narrow screen the few marked. */
export function pickColumns<C extends Pick<Column<never>, 'key' | 'hidden' | 'narrow'>>(
  columns: C[],
  kept: string[] | null,
  folded: boolean,
): C[] {
  const chosen = columns.filter(column => (kept ? kept.includes(column.key) : !column.hidden))
  // A kept choice may name only columns that no longer exist.
  const shown = chosen.length ? chosen : columns.filter(column => !column.hidden)
  if (!folded) return shown
  const narrow = shown.filter(column => column.narrow)
  return narrow.length ? narrow : shown.slice(0, 3)
}

export function useColumns<Row>(
  id: string,
  columns: Column<Row>[],
  folded: boolean,
): ColumnChooser & { shown: Column<Row>[] } {
  const [kept, setKept] = useKept<string[] | null>(`fangxian.columns.${id}`, null)
  const shown = pickColumns(columns, kept, folded)
  return {
    shown,
    all: columns.map(({ key, title }) => ({ key, title })),
    shownKeys: shown.map(column => column.key),
    setShown: keys => setKept(keys.length ? keys : null),
    reset: () => setKept(null),
  }
}
