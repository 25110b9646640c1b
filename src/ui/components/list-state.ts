/** What a list shows, as it stands in the address. */
export type ListSort = { key: string; dir: 'asc' | 'desc' }
export type ListState = { q: string; filters: Record<string, string[]>; sort?: ListSort }

export const emptyListState: ListState = { q: '', filters: {} }

/** `{q:'石桥', unit:'7,9', sort:'-name'}`: short enough to read out over the telephone. */
export function listStateToSearch(state: ListState): Record<string, string> {
  const search: Record<string, string> = {}
  if (state.q) search.q = state.q
  for (const [key, values] of Object.entries(state.filters)) {
    if (values.length) search[key] = values.map(value => encodeURIComponent(value)).join(',')
  }
  if (state.sort) search.sort = `${state.sort.dir === 'desc' ? '-' : ''}${state.sort.key}`
  return search
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Only known filters are read: an address typed by hand cannot make up others. */
export function listStateFromSearch(search: Record<string, unknown>, filterKeys: string[] = []): ListState {
  const filters: Record<string, string[]> = {}
  for (const key of filterKeys) {
    const value = search[key]
    if (value === undefined || value === null || value === '') continue
    filters[key] = String(value).split(',').map(decoded)
  }
  const sort = search.sort === undefined ? '' : String(search.sort)
  const dir = sort.startsWith('-') ? 'desc' : 'asc'
  const key = dir === 'desc' ? sort.slice(1) : sort
  return {
    q: search.q === undefined ? '' : String(search.q),
    filters,
    ...(key ? { sort: { key, dir } satisfies ListSort } : {}),
  }
}

/** Ascending, descending, as it came. */
export function nextSort(sort: ListSort | undefined, key: string): ListSort | undefined {
  if (sort?.key !== key) return { key, dir: 'asc' }
  return sort.dir === 'asc' ? { key, dir: 'desc' } : undefined
}

export function isFiltered(state: ListState): boolean {
  return state.q !== '' || Object.values(state.filters).some(values => values.length > 0)
}
