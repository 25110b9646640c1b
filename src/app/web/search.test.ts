import { describe, expect, it } from 'vitest'
import type { PaletteGroup } from '../../ui/index.ts'
import { gathered } from './search.ts'

const group = (key: string): PaletteGroup => ({ key, label: key, items: [] })

describe('the search over everything', () => {
  it('WEB41 one list that fails hides no other, and its failure is handed on', async () => {
    const fault = new Error('no network')
    const answer = await gathered([
      Promise.resolve(group('pages')),
      Promise.reject(fault),
      Promise.resolve(group('zones')),
    ])
    expect(answer.groups.map(one => one.key)).toEqual(['pages', 'zones'])
    expect(answer.failed).toBe(fault)
    expect(await gathered([Promise.resolve(group('pages'))])).toEqual({ groups: [group('pages')] })
  })
})
