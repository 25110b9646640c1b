import { describe, expect, it } from 'vitest'
import { parseInput } from '../../kernel/input.ts'
import { world } from '../../kernel/world.ts'
import { type Cell, cellText, readSheets } from '../../sheets/index.ts'
import { accounts, addAccount } from '../access/contracts.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import {
  addOfficer,
  addPartner,
  addUnit,
  changePartner,
  formTeam,
  officerOrders,
  officers,
  partners,
  teams,
  units,
} from './contracts.ts'
import { people } from './index.ts'

/** What somebody might type to make Excel run it. */
const hostile = ['=HYPERLINK("http://x","看")', '+1+1', '-2-2', '@SUM(A1)']

describe('lists in the order asked for, and as Excel', async () => {
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const zhou = w.person('周示一', ['administrator'])
  const [office, station] = [w.newId(), w.newId()] as const
  const [zheng, feng, chen] = [w.newId(), w.newId(), w.newId()] as const
  await zhou.does(addUnit, {
    unitId: office,
    name: '=HYPERLINK("http://x","看")',
    shortName: '机关',
    kind: 'office',
    sort: 2,
  })
  await zhou.does(addUnit, {
    unitId: station,
    name: '城东派出所',
    shortName: '@城东',
    kind: 'station',
    sort: 1,
  })
  const add = (officerId: string, badge: string, name: string, more: object = {}) =>
    zhou.does(addOfficer, { officerId, badge, name, kind: 'police', unitId: station, ...more } as never)
  await add(zheng, '990112', '郑例二', { unitId: office, endsOn: '2021-12-31' })
  await add(feng, '990111', '冯样三', { beginsOn: '2021-11-01' })
  await add(chen, 'FJ99014', '陈示四', { kind: 'auxiliary', title: '班长' })

  const named = async (input: object) =>
    (await zhou.asks(officers, input as never)).rows.map(row => row.name.charAt(0)).join('')

  /** Cells of the rows below the head. */
  const made = async (name: string, input: object = {}): Promise<Cell[][]> => {
    const maker = people.files?.find(each => each.name === name)
    const asked = maker && parseInput(maker.input, input)
    const file = await maker?.make(asked as never, await w.kernel.reader(zhou.actor))
    const [sheet] = (await readSheets(file?.bytes ?? Buffer.alloc(0), file?.fileName ?? '')).sheets
    return (sheet?.rows ?? []).slice(2)
  }
  const texts = (rows: Cell[][]) => rows.map(row => row.map(cellText))

  it('PPL42 officers in the order of a column, names as they sound, units by protocol, ties as in the plain list', async () => {
    expect(await named({})).toBe('陈冯郑')
    expect(await named({ order: 'name' })).toBe('陈冯郑')
    expect(await named({ order: 'name', descending: true })).toBe('郑冯陈')
    expect(await named({ order: 'badge' })).toBe('冯郑陈')
    expect(await named({ order: 'kind', descending: true })).toBe('陈冯郑')
    expect(await named({ order: 'unit', descending: true })).toBe('郑陈冯')
    expect(await named({ order: 'title', descending: true })).toBe('陈冯郑')
    expect(await named({ order: 'beginsOn', descending: true })).toBe('冯陈郑')
    expect(await named({ order: 'endsOn' })).toBe('郑陈冯')
    for (const order of officerOrders) {
      const pages = await Promise.all([0, 1, 2].map(offset => named({ order, offset, limit: 1 })))
      expect(pages.join(''), order).toBe(await named({ order }))
    }
    const unknown = { order: 'phone' } as never
    await expect(zhou.asks(officers, unknown)).rejects.toMatchObject({ code: 'kernel/bad-input' })
  })

  it('PPL42 teams, partners and accounts by their columns', async () => {
    const team = (name: string, kind: 'task' | 'commando', beginsOn: string, members: string[]) =>
      zhou.does(formTeam, {
        teamId: w.newId(),
        name,
        kind,
        beginsOn,
        leaderId: members[0] ?? null,
        members: members.map(officerId => ({ officerId, beginsOn })),
      })
    await team('甲组', 'task', '2021-11-01', [zheng, chen])
    await team('乙队', 'commando', '2021-11-02', [])
    await team('丙队', 'commando', '2021-11-03', [feng])
    const teamed = async (input: object) => (await zhou.asks(teams, input as never)).rows.map(row => row.name)
    expect(await teamed({})).toEqual(['丙队', '乙队', '甲组'])
    expect(await teamed({ order: 'members' })).toEqual(['乙队', '丙队', '甲组'])
    expect(await teamed({ order: 'members', descending: true })).toEqual(['甲组', '丙队', '乙队'])
    expect(await teamed({ order: 'days' })).toEqual(['甲组', '乙队', '丙队'])
    expect(await teamed({ order: 'leader', limit: 1 })).toEqual(['乙队'])
    expect(await teamed({ order: 'kind', descending: true })).toEqual(['甲组', '丙队', '乙队'])
    const nurse = { partnerId: w.newId(), name: '褚例五', kind: 'health' as const, organisation: '卫生院' }
    await zhou.does(addPartner, nurse)
    await zhou.does(addPartner, {
      partnerId: w.newId(),
      name: '卫样六',
      kind: 'community',
      organisation: '社区',
    })
    await zhou.does(changePartner, { ...nurse, active: false })
    const beside = async (input: object) =>
      (await zhou.asks(partners, { withClosed: true, ...input } as never)).rows.map(row => row.name)
    expect(await beside({ order: 'kind' })).toEqual(['褚例五', '卫样六'])
    expect(await beside({ order: 'organisation', descending: true })).toEqual(['卫样六', '褚例五'])
    expect(await beside({ order: 'state' })).toEqual(['卫样六', '褚例五'])
    const account = (badge: string, name: string, scopeUnitId: string | null) =>
      zhou.does(addAccount, { accountId: w.newId(), badge, name, roles: ['officer'], scopeUnitId })
    await account('990112', '甲', null)
    await account('990111', '乙', station)
    const seated = async (input: object) =>
      (await zhou.asks(accounts, input as never)).rows.map(row => row.badge)
    expect(await seated({})).toEqual(['990111', '990112'])
    expect(await seated({ order: 'badge', descending: true })).toEqual(['990112', '990111'])
    expect(await seated({ order: 'scope' })).toEqual(['990112', '990111'])
  })

  it('PPL43 units, teams and partners go out as shown: the columns chosen, the filters, the order', async () => {
    const columns = ['kind', 'name']
    expect(texts(await made('people.exportTeams', { columns, order: 'days', kind: 'commando' }))).toEqual([
      ['类别', '队伍名称'],
      ['突击队', '乙队'],
      ['突击队', '丙队'],
    ])
    expect(texts(await made('people.exportPartners', { columns: ['name', 'phone', 'unknown'] }))).toEqual([
      ['姓名', '联系电话'],
      ['卫样六', '未填'],
    ])
    const found = await made('people.exportUnits', { search: '派出所', columns: ['name', 'police', 'total'] })
    expect(texts(found)).toEqual([
      ['单位全称', '民警', '合计'],
      ['城东派出所', '1', '2'],
    ])
    expect((await zhou.asks(units, { search: '城东' })).rows).toHaveLength(1)
    const ordered = texts(await made('people.exportOfficers', { order: 'badge', columns: ['badge'] }))
    expect(ordered.flat().slice(1, 4)).toEqual(['990111', '990112', 'FJ99014'])
  })

  it('PPL43 a cell that begins with = + - @ is disarmed in each of the files', async () => {
    for (const [at, text] of hostile.entries()) {
      const teamId = w.newId()
      await zhou.does(formTeam, { teamId, name: text, kind: 'volunteer', beginsOn: '2021-11-01' })
      const partner = { partnerId: w.newId(), name: text, kind: 'volunteer' as const }
      await zhou.does(addPartner, { ...partner, organisation: hostile[3 - at] ?? '' })
    }
    let looked = 0
    for (const name of ['people.exportUnits', 'people.exportTeams', 'people.exportPartners']) {
      for (const cell of (await made(name)).flat()) {
        looked += 1
        expect(cell.kind, name).not.toBe('error')
        expect(cellText(cell), name).not.toMatch(/^[=+@-]/)
      }
    }
    expect(looked).toBeGreaterThan(60)
    const disarmed = (await made('people.exportTeams')).flat().map(cellText)
    for (const text of hostile) expect(disarmed).toContain(`'${text}`)
  })
})
