import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { accounts, addAccount } from '../access/contracts.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit, openAccounts } from './contracts.ts'
import { people } from './index.ts'

const hash = (code: string) => createHash('sha256').update(code).digest('hex')

describe('sign-ins of officers', async () => {
  const w = await world([access, operations, people])
  const zhou = w.person('周示一', ['administrator'])
  const unitId = w.newId()
  const ids = [w.newId(), w.newId()] as const

  it('PPL15 many officers get a sign-in at once: role officer, scope their unit, a code for a week', async () => {
    await zhou.does(addUnit, {
      unitId,
      parentId: null,
      name: '城关派出所',
      shortName: '城关所',
      kind: 'station',
      place: null,
    })
    for (const [n, officerId] of ids.entries()) {
      await zhou.does(addOfficer, {
        officerId,
        badge: `99010${n}`,
        name: n === 0 ? '郑例二' : '冯样三',
        kind: 'police',
        unitId,
      })
    }
    const input = {
      officers: ids.map((officerId, n) => ({ officerId, accountId: w.newId(), codeHash: hash(`CODE-${n}`) })),
    }
    const answer = await zhou.does(openAccounts, input)
    expect(answer.opened).toEqual([...ids])
    const { rows } = await zhou.asks(accounts)
    expect(rows.map(row => [row.badge, row.roles, row.scopeUnitId])).toEqual([
      ['990100', ['officer'], unitId],
      ['990101', ['officer'], unitId],
    ])
    const codes = await w.owner.query(
      'select purpose, extract(epoch from expires_at - $1::timestamptz) / 86400 as days from sys.one_time_code',
      [w.clock.now.toISOString()],
    )
    expect(codes.rows.map(row => [row.purpose, Math.round(Number(row.days))])).toEqual([
      ['reset', 7],
      ['reset', 7],
    ])
  })

  it('PPL15 who has a sign-in keeps it, also one made by hand, and the others get theirs', async () => {
    const late = w.newId()
    await zhou.does(addOfficer, { officerId: late, badge: '990199', name: '陈示四', kind: 'police', unitId })
    await zhou.does(addAccount, { accountId: w.newId(), badge: '990199', name: '陈示四', roles: ['viewer'] })
    const input = {
      officers: [...ids, late].map(officerId => ({ officerId, accountId: w.newId(), codeHash: hash('X') })),
    }
    expect((await zhou.does(openAccounts, input)).opened).toEqual([])
    expect((await zhou.asks(accounts)).total).toBe(3)
  })

  it('PPL15 an unknown officer, a wrong hash, nobody, and a leader without the right are refused', async () => {
    const one = { officerId: w.newId(), accountId: w.newId(), codeHash: hash('X') }
    expect(await zhou.isRefused(openAccounts, { officers: [one] })).toBe('people/officer-missing')
    expect(await zhou.isRefused(openAccounts, { officers: [{ ...one, codeHash: 'CODE' }] })).toBe(
      'kernel/bad-input',
    )
    expect(await zhou.isRefused(openAccounts, { officers: [] })).toBe('kernel/bad-input')
    const zheng = w.person('郑例二', ['unitLeader'], { unitIds: [unitId] })
    expect(await zheng.isRefused(openAccounts, { officers: [one] })).toBe('kernel/no-right')
  })
})
