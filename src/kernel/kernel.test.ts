import { describe, expect, it } from 'vitest'
import { access } from '../modules/access/index.ts'
import { addAccount, accounts, changeAccount } from '../modules/access/contracts.ts'
import { world } from './world.ts'

describe('kernel', async () => {
  const w = await world([access])
  const zhou = w.person('周示一', ['administrator'])
  const first = w.newId()

  it('KRN1 a command is done, journaled and seen by a query', async () => {
    await zhou.does(addAccount, {
      accountId: first,
      badge: '990101',
      name: '周示一',
      roles: ['administrator'],
    })
    const list = await zhou.asks(accounts)
    expect(list.rows.map(row => row.badge)).toEqual(['990101'])
  })

  it('KRN2 a refusal is a recorded answer', async () => {
    const code = await zhou.isRefused(addAccount, {
      accountId: w.newId(),
      badge: '990101',
      name: '郑例二',
      roles: ['viewer'],
    })
    expect(code).toBe('access/badge-taken')
    const code2 = await zhou.isRefused(changeAccount, {
      accountId: first,
      roles: ['viewer'],
      scopeUnitId: null,
      active: true,
    })
    expect(code2).toBe('access/last-administrator')
  })

  it('KRN3 the same id gives the first answer; other input is refused', async () => {
    const entry = w.entry(addAccount, {
      accountId: w.newId(),
      badge: '990102',
      name: '郑例二',
      roles: ['viewer'],
    })
    const [a] = await zhou.sends([entry])
    const [b, c] = await zhou.sends([
      entry,
      { ...entry, input: { ...(entry.input as object), badge: '990103' } },
    ])
    expect(a).toEqual(b)
    expect(c).toMatchObject({ verdict: 'refused', problem: { code: 'kernel/id-reused' } })
  })

  it('KRN4 one bad command in a batch fails no stranger', async () => {
    const add = (badge: string) =>
      w.entry(addAccount, { accountId: w.newId(), badge, name: badge, roles: ['viewer'] })
    const verdicts = await zhou.sends([
      add('990201'),
      add('990101'),
      add('990202'),
      { ...add('x'), name: 'no.such' },
    ])
    expect(verdicts.map(one => one.verdict)).toEqual(['done', 'refused', 'done', 'held'])
    expect((await zhou.asks(accounts)).rows.map(row => row.badge)).toEqual([
      '990101',
      '990102',
      '990201',
      '990202',
    ])
  })

  it('KRN5 the journal run again gives the same tables', async () => {
    const result = await w.replays()
    expect(result.differences).toEqual([])
    expect(result.commands).toBeGreaterThan(5)
  })
})
