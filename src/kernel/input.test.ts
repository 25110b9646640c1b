import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { day, id, instant, place, type Problem, staffText } from './contract.ts'
import { eachAt, markedPaths, parseInput, scanProse } from './input.ts'
import { scrubbed } from './log.ts'

const schema = z.strictObject({
  officerId: id(),
  on: day(),
  at: instant(),
  where: place().optional(),
  notes: z.array(z.strictObject({ text: staffText(50) })).max(3),
})
const good = {
  officerId: '017ce461-ff08-75e4-bbd4-060854e6036c',
  on: '2021-11-03',
  at: '2021-11-03T08:00:00+08:00',
  notes: [{ text: '平安' }],
}
function fieldOf(input: unknown): string {
  try {
    parseInput(schema, input)
  } catch (error) {
    return String((error as Problem).params.field)
  }
  return 'right'
}

describe('parsing', () => {
  it('INP1 names the first fault in words that the form can point at', () => {
    expect(fieldOf(good)).toBe('right')
    const wrong: [object | string | null | number | undefined, string][] = [
      [{ ...good, officerId: 'x' }, 'officerId'],
      [{ ...good, officerId: good.officerId.toUpperCase() }, 'officerId'],
      [{ ...good, on: '2021-02-30' }, 'on'],
      [{ ...good, on: '0001-01-01' }, 'on'],
      [{ ...good, on: '9999-12-31' }, 'on'],
      [{ ...good, at: '2021-11-03 08:00' }, 'at'],
      [{ ...good, where: { lng: 181, lat: 0 } }, 'where.lng'],
      [{ ...good, where: { lng: Number.NaN, lat: 0 } }, 'where.lng'],
      [{ ...good, notes: [{ text: 'x'.repeat(51) }] }, 'notes.0.text'],
      [{ ...good, notes: Array(4).fill({ text: 'x' }) }, 'notes'],
      [{ ...good, notes: [{ text: '\u0000' }] }, 'notes.0.text'],
      [{ ...good, more: 1, '\u0000\ud800': 2 }, 'more, \ufffd\ufffd'],
      [null, 'officerId'],
      [undefined, 'officerId'],
      [[], 'input'],
      ['text', 'input'],
      [7, 'input'],
    ]
    for (const [input, field] of wrong) expect(fieldOf(input), JSON.stringify(input)).toBe(field)
  })

  it('INP2 a name that every object has is no field', () => {
    const sent = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}') as object
    expect(fieldOf({ ...good, ...sent })).toMatch(/constructor|__proto__/)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('INP3 what is very long or very deep is answered at once', () => {
    const begun = performance.now()
    let deep: unknown = 'x'
    for (let n = 0; n < 5_000; n += 1) deep = [deep]
    expect(fieldOf({ ...good, notes: deep })).toMatch(/^notes/)
    expect(fieldOf({ ...good, notes: [{ text: 'x'.repeat(5_000_000) }] })).toBe('notes.0.text')
    expect(fieldOf({ ...good, on: '2'.repeat(1_000_000) })).toBe('on')
    expect(performance.now() - begun).toBeLessThan(20_000)
  })
})

describe('marked fields', () => {
  it('INP4 are found and visited wherever they stand', () => {
    expect(markedPaths(schema).map(one => one.path.join('.'))).toEqual(['notes.*.text'])
    const seen: unknown[] = []
    eachAt(
      { notes: [{ text: 'a' }, {}, { text: null }, { text: 'b' }] },
      ['notes', '*', 'text'],
      (holder, key) => seen.push(holder[key]),
    )
    expect(seen).toEqual(['a', 'b'])
    eachAt({ notes: 'not a list' }, ['notes', '*', 'text'], () => seen.push('never'))
    expect(seen).toHaveLength(2)
  })

  it('INP5 prose is scanned in linear time', () => {
    const begun = performance.now()
    scanProse(schema, { notes: [{ text: '1'.repeat(200_000) }, { text: '京A'.repeat(100_000) }] })
    expect(performance.now() - begun).toBeLessThan(20_000)
  })
})

describe('logs', () => {
  it('LOG2 error texts lose what they quote, and keep what they are about', () => {
    expect(scrubbed('invalid input syntax for type uuid: "badge of Zhou"')).toBe(
      'invalid input syntax for type uuid: "…"',
    )
    expect(scrubbed('no officer 周示一 (990101), 电话10000001234, 京A12345')).toBe('no officer … (#), …, …')
    expect(scrubbed('relation "officer" does not exist at file.ts:123:45')).toBe(
      'relation "officer" does not exist at file.ts:123:45',
    )
    const uuid = '017ce461-ff08-75e4-bbd4-060854123456'
    expect(scrubbed(`command ${uuid}`)).toContain(uuid)
  })
})
