import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { operations } from '../../modules/operations/index.ts'
import {
  addOfficer,
  addUnit,
  changeOfficer,
  grantSkill,
  withdrawSkill,
} from '../../modules/people/contracts.ts'
import { people } from '../../modules/people/index.ts'
import { world } from '../world.ts'
import { books } from './books.ts'
import { listAsOf } from './contracts-as-of.ts'

describe('a list as of a moment', async () => {
  const modules = [access, operations, people]
  const w = await world([...modules, books(modules)])
  const zhou = w.person('周示一', ['administrator'])
  const inspector = w.person('韩样九', ['inspector'])
  const [station, first, second] = [w.newId(), w.newId(), w.newId()] as const
  const zheng = w.person('郑例二', ['unitLeader'], { unitIds: [station] })
  const bound = w.person('吴样七', ['inspector'], { unitIds: [station] })
  const now = () => w.clock.now.toISOString()
  const names = async (at: string, more = {}) =>
    (await inspector.asks(listAsOf, { table: 'officer', at, ...more })).rows.map(row => row.fields.name)
  /** The table itself after each command, beside the moment. */
  const pictures: { at: string; officers: unknown[] }[] = []
  const keep = async () => {
    const { rows } = await w.owner.query(
      'select officer_id, name, title, active from app.officer where agency_id = $1 order by officer_id',
      [w.agency.agencyId],
    )
    pictures.push({ at: now(), officers: rows })
    w.clock.advance(10)
  }
  const unit = {
    unitId: station,
    parentId: null,
    name: '城关派出所',
    shortName: '城关所',
    kind: 'station',
    place: null,
  }
  const chen = {
    officerId: first,
    kind: 'police',
    badge: '990101',
    name: '陈示四',
    phone: '100 0000 0001',
  } as const
  const chu = {
    officerId: second,
    kind: 'police',
    badge: '990102',
    name: '褚例五',
    title: '到岗率 100%',
  } as const

  it('ASO1 what came later is not in it, what went later is, and each value is the one of then', async () => {
    const before = now()
    w.clock.advance(1)
    await zhou.does(addUnit, unit as never)
    await zhou.does(addOfficer, { ...chen, unitId: station })
    await keep()
    await zhou.does(grantSkill, { officerIds: [first], skill: 'driver', validFrom: null, validUntil: null })
    const skilled = now()
    w.clock.advance(10)
    await zhou.does(changeOfficer, { ...chen, title: '副所长' })
    await keep()
    await zhou.does(addOfficer, { ...chu, unitId: station })
    await zhou.does(withdrawSkill, { officerId: first, skill: 'driver' })
    await keep()

    expect(await names(before)).toEqual([])
    expect((await names(pictures[0]?.at ?? '')).length).toBe(1)
    expect((await names(now())).length).toBe(2)
    const titles = async (at: string) =>
      (await inspector.asks(listAsOf, { table: 'officer', at })).rows.map(row => row.fields.title)
    expect(await titles(pictures[0]?.at ?? '')).toEqual([''])
    expect(await titles(pictures[1]?.at ?? '')).toEqual(['副所长'])
    const skills = async (at: string) =>
      (await inspector.asks(listAsOf, { table: 'officer_skill', at })).total
    expect([await skills(skilled), await skills(now())]).toEqual([1, 0])
  })

  it('ASO2 at each moment the list equals the table as it was then', async () => {
    for (const { at, officers } of pictures) {
      const { rows, total } = await inspector.asks(listAsOf, { table: 'officer', at })
      const seen = rows.map(({ fields: { officer_id, name, title, active } }) => ({
        officer_id,
        name,
        title,
        active,
      }))
      expect(seen, at).toEqual(officers)
      expect(total).toBe(officers.length)
    }
    console.log(`as of: ${pictures.length} moments compared`)
    const { rows, names } = await inspector.asks(listAsOf, { table: 'officer', at: '2199-01-01T00:00:00Z' })
    expect(rows).toHaveLength(2)
    expect(names[station]).toBe('城关派出所')
  })

  it('ASO3 sealed values are said to be sealed, no search looks into them, and a wildcard is a character', async () => {
    const { rows } = await inspector.asks(listAsOf, { table: 'officer', at: now(), search: '陈示' })
    expect(rows.map(row => row.fields.phone)).toEqual([{ sealed: true }])
    expect(JSON.stringify(rows)).not.toMatch(/sealed:1|100 0000/)
    expect(await names(now(), { search: 'sealed:1' })).toEqual([])
    expect(await names(now(), { search: '100%' })).toEqual(['褚例五'])
    expect(await names(now(), { search: '%' })).toEqual(['褚例五'])
    expect(await names(now(), { search: '_' })).toEqual([])
    // What a row had once and has no more is found only where it had it.
    await zhou.does(changeOfficer, { ...chen, title: '教导员' })
    expect(await names(pictures[0]?.at ?? '', { search: '副所长' })).toEqual([])
    expect(await names(pictures[1]?.at ?? '', { search: '副所长' })).toEqual(['陈示四'])
    expect(await names(now(), { search: '副所长' })).toEqual([])
    expect(await names(now(), { search: '教导' })).toEqual(['陈示四'])
    expect(await names(now(), { search: "'; drop table app.officer; --" })).toEqual([])
  })

  it('ASO4 pages hold every row once, and the total is that of the whole list', async () => {
    const seen: string[] = []
    let after: string | undefined
    for (let page = 0; page < 5; page += 1) {
      const { rows, total, next } = await inspector.asks(listAsOf, {
        table: 'officer',
        at: now(),
        limit: 1,
        ...(after ? { after } : {}),
      })
      expect(total).toBe(2)
      seen.push(...rows.map(row => row.rowId))
      if (next === null) break
      after = next
    }
    expect(seen).toEqual([first, second].sort())
  })

  it('ASO5 who may not see all of it is shown nothing', async () => {
    const asked = { table: 'officer', at: now() }
    for (const [who, input] of [
      [zheng, asked],
      [bound, asked],
      [inspector, { ...asked, table: 'account' }],
      [inspector, { ...asked, table: 'change' }],
      [inspector, { ...asked, table: 'no_such_table' }],
      [inspector, { ...asked, table: 'pg_class; --' }],
      [inspector, { ...asked, at: 'yesterday' }],
      [inspector, { ...asked, limit: 1e9 }],
    ] as const) {
      await expect(who.asks(listAsOf, input as never), JSON.stringify(input)).rejects.toThrow()
    }
    expect((await zhou.asks(listAsOf, { ...asked, table: 'account' })).total).toBe(0)
  })
})
