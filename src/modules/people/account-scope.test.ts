import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { accounts, addAccount, changeAccount } from '../access/contracts.ts'
import { scopeUnits } from '../access/contracts-scope.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import { addUnit } from './contracts.ts'
import { people } from './index.ts'

describe('the unit that an account is bound to', async () => {
  const w = await world([access, operations, people])
  const zhou = w.person('周示一', ['administrator'])
  const [bureauId, stationId, squadId, accountId] = [w.newId(), w.newId(), w.newId(), w.newId()] as const

  it('ACC40 an administrator chooses from the tree of units, in its order', async () => {
    const tree = [
      [squadId, '一中队', stationId, 1],
      [stationId, '城关派出所', bureauId, 2],
      [bureauId, '青禾县公安局', null, 0],
    ] as const
    for (const [unitId, name, parentId, sort] of tree.toReversed()) {
      await zhou.does(addUnit, { unitId, parentId, name, shortName: name, kind: 'other', sort, place: null })
    }
    await zhou.does(addUnit, {
      unitId: w.newId(),
      parentId: bureauId,
      name: '北街派出所',
      shortName: '北街所',
      kind: 'station',
      sort: 1,
      place: null,
    })
    const { rows } = await zhou.asks(scopeUnits)
    expect(rows.map(row => [row.depth, row.name])).toEqual([
      [0, '青禾县公安局'],
      [1, '北街派出所'],
      [1, '城关派出所'],
      [2, '一中队'],
    ])
    expect(await w.person('郑例二', ['unitLeader']).mayNotAsk(scopeUnits)).toBe('kernel/no-right')
  })

  it('ACC41 an account is bound to a unit, to another, and to the whole agency again', async () => {
    const roles = ['unitLeader'] as const
    const bound = async () => (await zhou.asks(accounts)).rows.map(row => row.scopeUnitId)
    await zhou.does(addAccount, {
      accountId,
      badge: '990102',
      name: '郑例二',
      roles: [...roles],
      scopeUnitId: stationId,
    })
    expect(await bound()).toEqual([stationId])
    const change = { accountId, roles: [...roles], active: true }
    await zhou.does(changeAccount, { ...change, scopeUnitId: squadId })
    expect(await bound()).toEqual([squadId])
    await zhou.does(changeAccount, { ...change, scopeUnitId: null })
    expect(await bound()).toEqual([null])
    expect(await zhou.isRefused(changeAccount, { ...change, scopeUnitId: w.newId() })).toBe(
      'access/unit-missing',
    )
    expect(await bound()).toEqual([null])
  })
})
