import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import {
  addMembers,
  addOfficer,
  addPartner,
  addUnit,
  changePartner,
  changeTeam,
  dissolveTeam,
  formTeam,
  partners,
  removeMember,
  summary,
  teams,
} from './contracts.ts'
import { closedLoopTeams, people } from './index.ts'

describe('teams and partners', async () => {
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const admin = w.person('周示一', ['administrator'])
  const viewer = w.person('韩样九', ['viewer'])
  const [unitId, zheng, feng, chen] = [w.newId(), w.newId(), w.newId(), w.newId()] as const
  const [commando, loop, otherLoop] = [w.newId(), w.newId(), w.newId()] as const
  const member = (officerId: string, beginsOn: string, endsOn: string | null = null) => ({
    officerId,
    beginsOn,
    endsOn,
  })
  const count = (key: string, day = '2021-11-03') => w.kernel.measure(admin.actor, key, day, day)

  it('PPL20 a team takes people across units, from and until', async () => {
    await admin.does(addUnit, { unitId, name: '巡特警大队', shortName: '巡特警', kind: 'brigade' })
    const add = (officerId: string, badge: string, name: string) =>
      admin.does(addOfficer, { officerId, badge, name, kind: 'police', unitId })
    await add(zheng, '990112', '郑例二')
    await add(feng, '990113', '冯样三')
    await add(chen, '990114', '陈示四')
    await admin.does(formTeam, {
      teamId: commando,
      name: '党员突击一队',
      kind: 'commando',
      leaderId: zheng,
      beginsOn: '2021-11-01',
      members: [member(zheng, '2021-11-01'), member(feng, '2021-11-02', '2021-11-10')],
    })
    await admin.does(addMembers, { teamId: commando, members: [member(chen, '2021-11-20')] })
    const { rows } = await viewer.asks(teams, { search: '突击' })
    expect(rows[0]).toMatchObject({ leaderName: '郑例二', memberCount: 2 })
    expect(rows[0]?.members).toHaveLength(3)
    expect(await count('teams.commandoTeams')).toBe(1)
    expect(await count('teams.volunteerTeams')).toBe(0)
  })

  it('PPL21 nobody is a member twice at a time, or outside the days of the team', async () => {
    const add = (...members: object[]) => admin.isRefused(addMembers, { teamId: commando, members })
    expect(await add(member(feng, '2021-11-10'))).toBe('people/member-twice')
    expect(await add(member(chen, '2021-11-05', '2021-11-19'), member(chen, '2021-11-19'))).toBe(
      'people/member-twice',
    )
    expect(await add(member(feng, '2021-10-20', '2021-10-21'))).toBe('people/member-outside-team')
    expect(await add(member(feng, '2021-11-12', '2021-11-11'))).toBe('people/ends-before-it-begins')
    expect(await add(member(w.newId(), '2021-11-12'))).toBe('people/officer-missing')
    expect(await add()).toBe('kernel/bad-input')
    await admin.does(addMembers, { teamId: commando, members: [member(feng, '2021-11-11')] })
  })

  it('PPL22 a closed-loop team mixes with no other', async () => {
    const form = (teamId: string, name: string, ids: string[]) => ({
      teamId,
      name,
      kind: 'closedLoop' as const,
      beginsOn: '2021-11-03',
      endsOn: '2021-11-17',
      members: ids.map(one => member(one, '2021-11-03')),
    })
    await admin.does(formTeam, form(loop, '假日酒店闭环一队', [zheng]))
    expect(await admin.isRefused(formTeam, form(otherLoop, '假日酒店闭环二队', [feng, zheng]))).toBe(
      'people/closed-loop-twice',
    )
    await admin.does(formTeam, form(otherLoop, '假日酒店闭环二队', [feng]))
    expect(await admin.isRefused(formTeam, form(w.newId(), '假日酒店闭环二队', []))).toBe(
      'people/team-name-taken',
    )
    const hands = await w.kernel.reader(admin.actor)
    const found = (from: string, until: string) =>
      hands.read(db => closedLoopTeams(db, w.agency.agencyId, from, until))
    expect(await found('2021-11-10', '2021-11-30')).toMatchObject([
      { name: '假日酒店闭环一队', members: [{ officerId: zheng, from: '2021-11-03', until: '2021-11-17' }] },
      { name: '假日酒店闭环二队' },
    ])
    expect(await found('2021-11-18', '2021-11-30')).toEqual([])
  })

  it('PPL23 a member leaves, a team is dissolved, and both stay in the books', async () => {
    await admin.does(removeMember, { teamId: loop, officerId: zheng, endsOn: '2021-11-05' })
    expect(
      await admin.isRefused(removeMember, { teamId: loop, officerId: zheng, endsOn: '2021-11-05' }),
    ).toBe('people/member-missing')
    await admin.does(addMembers, { teamId: otherLoop, members: [member(zheng, '2021-11-06')] })
    await admin.does(removeMember, { teamId: commando, officerId: chen, endsOn: '2021-11-08' })
    await admin.does(changeTeam, { teamId: commando, name: '党员突击队', leaderId: null })
    await admin.does(dissolveTeam, { teamId: commando, endsOn: '2021-11-02' })
    expect(await admin.isRefused(changeTeam, { teamId: commando, name: '再', leaderId: null })).toBe(
      'people/team-over',
    )
    const { rows } = await viewer.asks(teams, { teamId: commando })
    expect(rows[0]).toMatchObject({ endsOn: '2021-11-02', memberCount: 2 })
    expect(rows[0]?.members.map(one => one.endsOn)).toEqual(['2021-11-02', '2021-11-02'])
    expect(await count('teams.commandoTeams')).toBe(0)
    expect(await count('teams.commandoTeams', '2021-11-02')).toBe(1)
    expect(await viewer.isRefused(dissolveTeam, { teamId: loop, endsOn: '2021-11-05' })).toBe(
      'kernel/no-right',
    )
  })

  it('PPL24 partners stand beside the officers and are never counted as such', async () => {
    const partnerId = w.newId()
    const nurse = { partnerId, name: '褚例五', kind: 'health' as const, organisation: '城东卫生院' }
    await admin.does(addPartner, { ...nurse, phone: '10000000005' })
    await admin.does(changePartner, { ...nurse, organisation: '城东社区卫生服务中心' })
    expect((await viewer.asks(partners, { search: '社区' })).rows).toMatchObject([
      { name: '褚例五', hasPhone: true, active: true },
    ])
    expect(await viewer.asks(summary)).toMatchObject({ officers: 3, partners: 1 })
    expect(await count('people.officers')).toBe(3)
    await admin.does(changePartner, { ...nurse, active: false, phone: null })
    expect((await viewer.asks(partners)).total).toBe(0)
    expect((await viewer.asks(partners, { withClosed: true })).rows[0]).toMatchObject({ hasPhone: false })
    expect(await admin.isRefused(changePartner, { ...nurse, partnerId: w.newId() })).toBe(
      'people/partner-missing',
    )
    expect(await admin.isRefused(addPartner, nurse)).toBe('people/partner-exists')
  })
})
