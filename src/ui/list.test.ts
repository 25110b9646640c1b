import { describe, expect, it } from 'vitest'
import { isFiltered, listStateFromSearch, listStateToSearch, nextSort } from './components/list-state.ts'
import { cursorAfter } from './components/table-keys.ts'
import { pickColumns } from './components/use-columns.ts'
import { typedTemperature } from './phone/pieces.tsx'
import { sparkPoints } from './charts/Sparkline.tsx'

describe('a list in the address', () => {
  it('comes back as it went', () => {
    const state = {
      q: '石桥',
      filters: { unit: ['7', '9'], note: ['甲,乙'] },
      sort: { key: 'name', dir: 'desc' as const },
    }
    expect(listStateFromSearch(listStateToSearch(state), ['unit', 'note'])).toEqual(state)
  })
  it('leaves empty things out', () => {
    expect(listStateToSearch({ q: '', filters: { unit: [] } })).toEqual({})
    expect(listStateFromSearch({})).toEqual({ q: '', filters: {} })
  })
  it('reads only the filters it knows, and numbers as text', () => {
    expect(listStateFromSearch({ unit: 7, evil: 'x' }, ['unit']).filters).toEqual({ unit: ['7'] })
  })
  it('survives a broken escape', () => {
    expect(listStateFromSearch({ unit: '%E7%' }, ['unit']).filters.unit).toEqual(['%E7%'])
  })
  it('knows whether anything is filtered', () => {
    expect(isFiltered({ q: '', filters: { unit: [] } })).toBe(false)
    expect(isFiltered({ q: '', filters: { unit: ['7'] } })).toBe(true)
  })
  it('sorts up, down, and not at all', () => {
    const up = nextSort(undefined, 'name')
    const down = nextSort(up, 'name')
    expect([up?.dir, down?.dir, nextSort(down, 'name')]).toEqual(['asc', 'desc', undefined])
    expect(nextSort(down, 'unit')).toEqual({ key: 'unit', dir: 'asc' })
  })
})

describe('keys of a table', () => {
  it('stays within the rows', () => {
    expect(cursorAfter('ArrowDown', -1, 3)).toBe(0)
    expect(cursorAfter('ArrowDown', 2, 3)).toBe(2)
    expect(cursorAfter('ArrowUp', 0, 3)).toBe(0)
    expect(cursorAfter('PageDown', 0, 100)).toBe(15)
    expect(cursorAfter('End', 0, 3)).toBe(2)
    expect(cursorAfter('ArrowDown', -1, 0)).toBeNull()
    expect(cursorAfter('x', 0, 3)).toBeNull()
  })
})

describe('columns', () => {
  const columns = [
    { key: 'a' },
    { key: 'b', narrow: true },
    { key: 'c', hidden: true },
    { key: 'd', narrow: true },
    { key: 'e' },
  ]
  const keys = (kept: string[] | null, folded: boolean) =>
    pickColumns(columns, kept, folded).map(each => each.key)
  it('shows those not hidden until somebody chooses', () => {
    expect(keys(null, false)).toEqual(['a', 'b', 'd', 'e'])
    expect(keys(['c', 'a'], false)).toEqual(['a', 'c'])
  })
  it('shows the narrow ones on a narrow screen, never none', () => {
    expect(keys(null, true)).toEqual(['b', 'd'])
    expect(keys(['a', 'c'], true)).toEqual(['a', 'c'])
    expect(keys(['gone'], false)).toEqual(['a', 'b', 'd', 'e'])
  })
})

it('sets the point of a temperature after two digits', () => {
  expect(['3', '36', '365', '3650'].map(typedTemperature)).toEqual(['3', '36', '36.5', '36.5'])
})

it('draws a flat series through the middle', () => {
  expect(sparkPoints([4, 4], 48, 16).map(point => point[1])).toEqual([8, 8])
  expect(sparkPoints([0, 10], 48, 16).map(point => point[1])).toEqual([13, 3])
})
