import { useMemo } from 'react'
import { type ListState, listStateFromSearch, listStateToSearch } from './list-state.ts'

type Address = [search: Record<string, string>, set: (next: Record<string, string>) => void]
type Options<O extends string> = {
  filters?: string[]
  /** Columns that the list can be ordered by. */
  orders?: readonly O[]
  /** What the address calls the record whose drawer is open. */
  open?: string
  /** What else of the address stays when the list is narrowed. */
  keep?: string[]
}

/**
 * A list page's state, all of it in the address. `page` goes into ListPage as it is, `asked` into the query; values of
 * filters are read with the ones that are allowed, because anybody can write an address.
 */
export function useList<O extends string = never>(
  [search, setSearch]: Address,
  { filters = [], orders = [], open = 'open', keep = [] }: Options<O> = {},
) {
  const state = useMemo(() => listStateFromSearch(search, filters), [search, filters.join()])
  const order = orders.find(one => one === state.sort?.key)
  const many = <T extends string>(key: string, allowed: readonly T[]): T[] | undefined => {
    const chosen = allowed.filter(one => state.filters[key]?.includes(one))
    return chosen.length ? chosen : undefined
  }
  return {
    state,
    asked: {
      ...(state.q ? { search: state.q.slice(0, 100) } : {}),
      ...(order ? { order, descending: state.sort?.dir === 'desc' } : {}),
    },
    many,
    one: <T extends string>(key: string, allowed: readonly T[]): T | undefined => many(key, allowed)?.[0],
    /** An id, whatever it is. */
    id: (key: string): string | undefined => state.filters[key]?.[0],
    open: search[open],
    show: (key: string | null) => {
      const { [open]: _before, ...rest } = search
      setSearch(key === null ? rest : { ...rest, [open]: key })
    },
    page: {
      value: state,
      orders: orders as readonly string[],
      openKey: search[open],
      onChange: (next: ListState) => {
        const kept = keep.flatMap(key => (search[key] === undefined ? [] : [[key, search[key]]]))
        setSearch({ ...Object.fromEntries(kept), ...listStateToSearch(next) })
      },
    },
  }
}
