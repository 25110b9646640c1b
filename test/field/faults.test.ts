// The small size of every run that needs neither a mount nor a browser, on one real program; and the checks themselves,
// each shown a fault. The simulator has a test of its own.
import { afterAll, describe, expect, it } from 'vitest'
import { registry } from '../../src/app/registry.ts'
import { anyInput } from './any-input.ts'
import { makeGround } from './ground.ts'
import { type Books, type Ledger, newLedger, tallyOf, violationsOf } from './judging.ts'
import { RealServer } from './real-server.ts'
import { rows } from './rows.ts'
import { seenIn } from './scope-judging.ts'
import { sizesOf } from './sizes.ts'

const seed = 20_211_105

describe('what is judged', () => {
  const ledgerOf = (more: Partial<Ledger> = {}): Ledger => ({
    ...newLedger(),
    ...{ stated: new Set(['a', 'b']), acknowledged: new Set(['a', 'b']), ...more },
  })
  const booksOf = (more: Partial<Books> = {}): Books => ({
    rows: new Map([
      ['a', 1],
      ['b', 1],
    ]),
    ...{ grown: 2, all: 2, counted: 2, journalled: 2, digestsOff: 0, recorded: new Set(), ...more },
  })
  const found = (ledger: Ledger, books: Books) => violationsOf(ledger, tallyOf(ledger, books))

  it('FLT1 what was acknowledged once and stored once is no fault', () => {
    expect(found(ledgerOf(), booksOf())).toEqual([])
  })
  it.each<[string, Ledger, Books]>([
    [
      '1 lost',
      ledgerOf(),
      booksOf({ rows: new Map([['a', 1]]), grown: 1, all: 1, counted: 1, journalled: 1 }),
    ],
    ['1 doubled', ledgerOf(), booksOf({ grown: 3, all: 3, counted: 3, journalled: 3 })],
    ['1 miscounted', ledgerOf(), booksOf({ counted: 3 })],
    ['1 miscounted', ledgerOf(), booksOf({ digestsOff: 1 })],
    ['1 waiting', ledgerOf({ acknowledged: new Set(['a']) }), booksOf()],
    [
      '1 refused in silence',
      ledgerOf({ acknowledged: new Set(['a']), turnedDown: new Map([['b', 'kernel/no-right']]) }),
      booksOf({ rows: new Map([['a', 1]]), grown: 1 }),
    ],
    ['1 times 500 of /api/facts', ledgerOf({ wrong: ['500 of /api/facts'] }), booksOf()],
    ['nothing was stated', newLedger(), booksOf({ grown: 0 })],
  ])('FLT1 it is found: %s', (what, ledger, books) => {
    expect(found(ledger, books)).toContain(what)
  })
})

describe('scope as it is judged', () => {
  const [own, other] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
  const owned = {
    agencyOf: new Map([
      [own, 1],
      [other, 2],
    ]),
    spoken: new Map<string, number>(),
    byColumn: new Map<string, Map<number, string[]>>(),
    tables: 1,
  }
  const viewer = { agency: 1, unit: 2 }
  const leaks = (answer: string, asked = '') => seenIn(answer, asked, viewer, owned).leaks

  it('FLT3 what is his own, or what he named himself, is no leak', () => {
    expect(leaks(`{"id":"${own}","name":"例〔Q1U2〕","post":"示例卡口〔Q1〕","key":"xQ2y"}`)).toEqual([])
    expect(leaks(`no such ${other}`, `{"id":"${other}"}`)).toEqual([])
    expect(seenIn(`${own} 例〔Q1U2〕`, '', viewer, owned).own).toBe(2)
  })
  it.each([
    ['an id of agency 2', other],
    ['〔Q2〕 of another agency', '示例卡口〔Q2〕'],
    ['〔Q1U3〕 of another unit', '例〔Q1U3〕'],
  ])('FLT3 it is found: %s', (what, answer) => expect(leaks(answer)).toEqual([what]))
})

describe('a seed', () => {
  it('FLT4 draws the same again', () => {
    const draws = () => Array.from({ length: 20 }, sizesOf(false, seed).draw)
    expect(draws()).toEqual(draws())
    const ids = () => ['00000000-0000-7000-8000-000000000001']
    const inputs = () => {
      const { draw } = sizesOf(false, seed)
      return [...registry().queries.values()].map(({ contract }) =>
        anyInput(contract.input, { draw, ids, nowMs: 0 }),
      )
    }
    expect(inputs()).toEqual(inputs())
  })
})

describe('the real program', async () => {
  const ground = await makeGround()
  afterAll(() => RealServer.closeAll())

  it.each(rows.filter(row => row.tested).map(row => [row.name, row] as const))(
    'FLT2 holds: %s',
    async (name, row) => {
      const sizes = sizesOf(false, seed)
      const { looked, violations } = await (row.on === 'ground' ? row.run(ground, sizes) : row.run(sizes))
      console.log(`${name}: ${looked}`)
      expect(violations).toEqual([])
    },
  )
})
