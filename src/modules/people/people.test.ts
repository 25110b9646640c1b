import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import {
  addOfficer,
  addUnit,
  availabilityReason,
  changeOfficer,
  changeUnit,
  endSecondment,
  grantSkill,
  moveUnit,
  officer,
  officerPhones,
  officers,
  reactivateOfficer,
  reportUnavailable,
  retireOfficer,
  secondOfficer,
  summary,
  transferOfficer,
  units,
  withdrawSecondment,
  withdrawSkill,
  withdrawUnavailable,
} from './contracts.ts'
import { officerNames, people, rosterOfficers, unitNames, unitSubtree } from './index.ts'

describe('people', async () => {
  // 2021-11-03 14:00 at the bureau.
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const admin = w.person('周示一', ['administrator'])
  const doctor = w.person('沈例八', ['healthOfficer'])
  const viewer = w.person('韩样九', ['viewer'])
  const [bureau, station, squad, office] = [w.newId(), w.newId(), w.newId(), w.newId()] as const
  const [zheng, feng, chen, xie] = [w.newId(), w.newId(), w.newId(), w.newId()] as const
  const unit = (unitId: string, name: string, sort: number, parentId: string | null, shortName = name) => ({
    unitId,
    name,
    shortName,
    kind: 'station' as const,
    sort,
    parentId,
  })
  const person = (officerId: string, badge: string, name: string, more: object = {}) => ({
    officerId,
    badge,
    name,
    kind: 'police' as const,
    unitId: station,
    ...more,
  })
  const named = (officerId: string, badge: string, name: string) => ({
    officerId,
    badge,
    name,
    kind: 'police' as const,
  })
  const closing = (unitId: string, name: string, active = false) => {
    const { parentId: _parent, ...fields } = unit(unitId, name, 5, null)
    return { ...fields, active }
  }
  const leader = w.person('杨示十', ['unitLeader'], { unitIds: [station, squad] })
  const own = w.person('郑例二', ['officer'], { unitIds: [station], officerId: zheng })
  const db = async <R>(work: Parameters<Awaited<ReturnType<typeof w.kernel.reader>>['read']>[0]) =>
    (await w.kernel.reader(admin.actor)).read(work) as Promise<R>

  it('PPL1 units stand in a tree without cycles, in the order of protocol', async () => {
    await admin.does(addUnit, unit(bureau, '青禾县公安局', 0, null, '局领导'))
    await admin.does(addUnit, unit(station, '城东派出所', 20, bureau, '城东所'))
    await admin.does(addUnit, unit(office, '办公室', 10, bureau))
    await admin.does(addUnit, unit(squad, '城东所巡逻中队', 1, station))
    const { rows } = await viewer.asks(units)
    expect(rows.map(row => [row.name, row.depth])).toEqual([
      ['青禾县公安局', 0],
      ['办公室', 1],
      ['城东派出所', 1],
      ['城东所巡逻中队', 2],
    ])
    expect(await admin.isRefused(moveUnit, { unitId: bureau, parentId: squad })).toBe('people/unit-cycle')
    expect(await admin.isRefused(moveUnit, { unitId: squad, parentId: squad })).toBe('people/unit-cycle')
    expect(await admin.isRefused(addUnit, unit(w.newId(), '办公室', 1, null))).toBe('people/unit-name-taken')
    expect(await admin.isRefused(addUnit, unit(office, '另一办公室', 1, null))).toBe('people/unit-exists')
    expect(await admin.isRefused(addUnit, unit(w.newId(), '无上级', 1, w.newId()))).toBe(
      'people/unit-missing',
    )
    expect(await viewer.isRefused(addUnit, unit(w.newId(), '无权', 1, null))).toBe('kernel/no-right')
    await admin.does(moveUnit, { unitId: squad, parentId: office })
    await admin.does(moveUnit, { unitId: squad, parentId: station })
  })

  it('PPL2 officers are police, auxiliary, civilian or attached, with a badge of their kind', async () => {
    await admin.does(addOfficer, person(zheng, '990112', '郑例二', { sex: 'male', phone: '10000000002' }))
    await admin.does(addOfficer, person(feng, 'FJ99013', '冯样三', { kind: 'auxiliary', sex: 'female' }))
    await admin.does(addOfficer, person(chen, '990114', '陈示四', { unitId: office }))
    const attached = { kind: 'attached' as const, homeAgency: '邻示市公安局', beginsOn: '2021-11-02' }
    await admin.does(
      addOfficer,
      person(xie, 'LS-8801', '解例五', { ...attached, endsOn: '2021-11-05', unitId: squad }),
    )
    const refused = (more: object) => admin.isRefused(addOfficer, person(w.newId(), '990199', '卫样六', more))
    expect(await refused({ badge: '99019' })).toBe('people/badge-format')
    expect(await refused({ badge: 'fj99019', kind: 'auxiliary' })).toBe('people/badge-format')
    expect(await refused({ badge: '990112' })).toBe('people/badge-taken')
    expect(await refused({ badge: 'FJ99013', kind: 'auxiliary' })).toBe('people/badge-taken')
    expect(await refused({ kind: 'attached', badge: 'LS-8802' })).toBe('people/home-agency-needed')
    expect(await refused({ beginsOn: '2021-11-05', endsOn: '2021-11-04' })).toBe(
      'people/ends-before-it-begins',
    )
    expect(await refused({ unitId: w.newId() })).toBe('people/unit-missing')
    expect(await refused({ officerId: zheng })).toBe('people/officer-exists')
    expect(await refused({ kind: 'robot' })).toBe('kernel/bad-input')
    expect(await refused({ name: '   ' })).toBe('kernel/bad-input')
    expect(await refused({ name: 'x'.repeat(61) })).toBe('kernel/bad-input')
    expect(await refused({ beginsOn: '2021-02-30' })).toBe('kernel/bad-input')
    const all = await viewer.asks(officers)
    expect(all.rows.map(row => row.name)).toEqual(['解例五', '陈示四', '冯样三', '郑例二'])
    expect(all.total).toBe(4)
  })

  it('PPL3 a list is found by name, pinyin, initials, badge and unit, and narrowed by filters', async () => {
    const names = async (input: object) => (await viewer.asks(officers, input)).rows.map(row => row.name)
    expect(await names({ search: '郑例' })).toEqual(['郑例二'])
    expect(await names({ search: 'zhengli' })).toEqual(['郑例二'])
    expect(await names({ search: 'ZLE' })).toEqual(['郑例二'])
    expect(await names({ search: 'xieliwu' })).toEqual(['解例五'])
    expect(await names({ search: 'FJ990' })).toEqual(['冯样三'])
    expect(await names({ search: '办公' })).toEqual(['陈示四'])
    expect(await names({ search: '%' })).toEqual([])
    expect(await names({ search: "'; drop table app.officer; --" })).toEqual([])
    expect(await names({ unitId: station })).toEqual(['解例五', '冯样三', '郑例二'])
    expect(await names({ kinds: ['auxiliary', 'attached'] })).toHaveLength(2)
    expect(await names({ skill: 'woman' })).toEqual(['冯样三'])
    expect((await viewer.asks(officers, { limit: 1, offset: 3 })).rows).toHaveLength(1)
    expect(await viewer.mayNotAsk(officers, { limit: 100_000 })).toBe('kernel/bad-input')
  })

  it('PPL4 a change keeps what it does not name, and a transfer moves many', async () => {
    await admin.does(changeOfficer, {
      ...{ officerId: zheng, badge: '990112', name: '郑例二', kind: 'police', sex: 'male' },
      title: '副所长',
    })
    const seen = await viewer.asks(officer, { officerId: zheng })
    expect(seen).toMatchObject({ title: '副所长', hasPhone: true, unitName: '城东所' })
    await admin.does(transferOfficer, { officerIds: [zheng, feng, zheng], unitId: squad })
    expect((await viewer.asks(officer, { officerId: feng })).unitId).toBe(squad)
    await admin.does(transferOfficer, { officerIds: [zheng, feng], unitId: station })
    expect(await admin.isRefused(transferOfficer, { officerIds: [zheng, w.newId()], unitId: squad })).toBe(
      'people/officer-missing',
    )
    expect((await viewer.asks(officer, { officerId: zheng })).unitId).toBe(station)
  })

  it('PPL5 a phone is sealed, opened only with a purpose, and each look is logged', async () => {
    const stored = await w.owner.query('select phone from app.officer where officer_id = $1', [zheng])
    expect(stored.rows[0].phone).toMatch(/^sealed:1:/)
    const journal = await w.owner.query('select input::text from app.journal')
    expect(journal.rows.some(row => row.input.includes('10000000002'))).toBe(false)
    const opened = await admin.asks(officerPhones, { officerIds: [zheng], purpose: '通知到岗' })
    expect(opened.rows).toEqual([{ officerId: zheng, phone: '10000000002' }])
    expect(await admin.mayNotAsk(officerPhones, { officerIds: [zheng], purpose: ' ' })).toBe(
      'kernel/bad-input',
    )
    expect(await viewer.mayNotAsk(officerPhones, { officerIds: [zheng], purpose: '看看' })).toBe(
      'kernel/no-right',
    )
    const log = await w.owner.query('select query, purpose from app.opening')
    expect(log.rows).toEqual([{ query: 'people.officerPhones', purpose: '通知到岗' }])
  })

  it('PPL6 a skill is granted with validity, renewed and withdrawn; woman is never granted', async () => {
    await admin.does(grantSkill, { officerIds: [zheng, feng], skill: 'ppe', validUntil: '2021-11-04' })
    await admin.does(grantSkill, { officerIds: [zheng], skill: 'leader', validFrom: '2021-12-01' })
    expect((await viewer.asks(officer, { officerId: zheng })).skills).toEqual(['ppe'])
    expect((await viewer.asks(officer, { officerId: feng })).skills).toEqual(['ppe', 'woman'])
    const expiring = await db<unknown[]>(async reads =>
      people.watches?.[0]?.detect(reads, '2021-11-03T06:00:00Z'),
    )
    expect(expiring).toMatchObject([{ dueAt: '2021-11-05T00:00:00.000Z' }, {}])
    await admin.does(grantSkill, { officerIds: [zheng], skill: 'ppe', validUntil: '2022-11-04' })
    await admin.does(withdrawSkill, { officerId: feng, skill: 'ppe' })
    expect(await admin.isRefused(withdrawSkill, { officerId: feng, skill: 'ppe' })).toBe(
      'people/skill-missing',
    )
    expect(await admin.isRefused(grantSkill, { officerIds: [zheng], skill: 'woman' })).toBe(
      'kernel/bad-input',
    )
    expect((await viewer.asks(officer, { officerId: zheng })).grants).toMatchObject([
      { skill: 'leader', valid: false },
      { skill: 'ppe', validUntil: '2022-11-04', valid: true },
    ])
  })

  const absence = (officerId: string, more: object = {}) => ({
    availabilityId: w.newId(),
    officerId,
    state: 'unavailable' as const,
    beginsAt: '2021-11-03T08:00:00+08:00',
    endsAt: '2021-11-04T08:00:00+08:00',
    ...more,
  })

  it('PPL7 everybody sees that an officer is unavailable until; only the health officer opens why', async () => {
    const fever = absence(zheng, { reason: '发热 38.2' })
    await own.does(reportUnavailable, fever)
    const seen = await admin.asks(officer, { officerId: zheng })
    expect(seen.availability).toMatchObject({ state: 'unavailable', until: '2021-11-04T00:00:00.000Z' })
    expect(JSON.stringify(seen)).not.toContain('发热')
    const purpose = '安排就诊'
    const { availabilityId } = fever
    expect(await admin.mayNotAsk(availabilityReason, { availabilityId, purpose })).toBe('kernel/no-right')
    expect(await doctor.asks(availabilityReason, { availabilityId, purpose })).toEqual({
      officerId: zheng,
      reason: '发热 38.2',
    })
    expect((await w.owner.query('select reason from app.availability')).rows[0].reason).toMatch(/^sealed:1:/)
    expect((await viewer.asks(officers, { availability: 'unavailable' })).total).toBe(1)
    expect((await viewer.asks(officers, { availability: 'available' })).total).toBe(3)
    expect(await w.kernel.measure(admin.actor, 'people.unavailable', '2021-11-03', '2021-11-03')).toBe(1)
    expect(await own.isRefused(reportUnavailable, absence(feng))).toBe('people/own-only')
    expect(await leader.isRefused(reportUnavailable, absence(chen))).toBe('people/officer-missing')
    expect(await admin.isRefused(reportUnavailable, absence(feng, { state: 'limited' }))).toBe(
      'people/limit-needs-meaning',
    )
    expect(await admin.isRefused(reportUnavailable, absence(feng, { endsAt: '2021-11-03T00:00:00Z' }))).toBe(
      'people/ends-before-it-begins',
    )
    expect(await admin.isRefused(reportUnavailable, absence(feng, { endsAt: '2031-11-03T00:00:00Z' }))).toBe(
      'people/stretch-too-long',
    )
    await leader.does(reportUnavailable, absence(feng, { state: 'limited', noNights: true }))
    expect((await viewer.asks(officers, { availability: 'limited' })).rows[0]?.availability).toMatchObject({
      state: 'limited',
      noNights: true,
    })
    const wrong = absence(feng)
    await leader.does(reportUnavailable, wrong)
    await leader.does(withdrawUnavailable, { availabilityId: wrong.availabilityId })
    expect(await leader.isRefused(withdrawUnavailable, { availabilityId: wrong.availabilityId })).toBe(
      'people/availability-missing',
    )
  })

  it('PPL8 a secondment out has an end and does not overlap another', async () => {
    const away = {
      secondmentId: w.newId(),
      officerId: chen,
      toWhom: '城东社区',
      beginsOn: '2021-11-03',
      endsOn: '2021-11-10',
    }
    await admin.does(secondOfficer, away)
    expect((await viewer.asks(officers, { availability: 'seconded' })).rows[0]?.availability.secondedTo).toBe(
      '城东社区',
    )
    expect(
      await admin.isRefused(secondOfficer, {
        ...away,
        secondmentId: w.newId(),
        beginsOn: '2021-11-10',
        endsOn: '2021-11-12',
      }),
    ).toBe('people/secondment-overlaps')
    await admin.does(endSecondment, { secondmentId: away.secondmentId, endsOn: '2021-11-08' })
    const next = { ...away, secondmentId: w.newId(), beginsOn: '2021-11-09', endsOn: '2021-11-12' }
    await admin.does(secondOfficer, next)
    expect(
      await admin.isRefused(endSecondment, { secondmentId: away.secondmentId, endsOn: '2021-11-09' }),
    ).toBe('people/secondment-overlaps')
    await admin.does(withdrawSecondment, { secondmentId: next.secondmentId })
    expect(await admin.isRefused(withdrawSecondment, { secondmentId: next.secondmentId })).toBe(
      'people/secondment-missing',
    )
  })

  it('PPL9 the roster sees who can be assigned: skills, absences as instants, secondments as absences', async () => {
    const { agencyId } = w.agency
    const rows = await db<Awaited<ReturnType<typeof rosterOfficers>>>(reads =>
      rosterOfficers(reads, agencyId, '2021-11-03T00:00:00.000Z', '2021-11-05T00:00:00.000Z'),
    )
    const by = new Map(rows.map(row => [row.name, row]))
    expect(rows).toHaveLength(4)
    expect(by.get('冯样三')).toMatchObject({
      skills: [{ skill: 'woman', validFrom: null, validUntil: null }],
      unavailable: [{ from: '2021-11-03T00:00:00.000Z', until: '2021-11-04T00:00:00.000Z', noNights: true }],
      unitLendable: true,
    })
    expect(by.get('陈示四')?.unavailable).toEqual([
      { from: '2021-11-03T00:00:00.000Z', until: '2021-11-09T00:00:00.000Z', noNights: false },
    ])
    expect(by.get('解例五')).toMatchObject({ kind: 'attached', beginsOn: '2021-11-02', endsOn: '2021-11-05' })
    expect(await db(reads => unitSubtree(reads, agencyId, station))).toEqual([station, squad].sort())
    expect((await db<Map<string, unknown>>(reads => unitNames(reads, agencyId))).get(station)).toMatchObject({
      shortName: '城东所',
    })
    const names = await db<Map<string, unknown>>(reads => officerNames(reads, agencyId, [zheng, w.newId()]))
    expect([...names.values()]).toMatchObject([{ name: '郑例二', badge: '990112' }])
  })

  it('PPL10 figures count own people; attached and partners stand apart; scope limits', async () => {
    const count = (key: string, day = '2021-11-03') => w.kernel.measure(admin.actor, key, day, day)
    expect(await count('people.officers')).toBe(3)
    expect(await count('people.attached')).toBe(1)
    expect(await count('people.attached', '2021-11-06')).toBe(0)
    const figures = await viewer.asks(summary)
    expect(figures).toMatchObject({
      officers: 3,
      police: 2,
      auxiliary: 1,
      attached: 1,
      unavailable: 1,
      limited: 1,
    })
    expect(figures.seconded).toBe(1)
    for (const measure of people.measures ?? []) {
      const span = {
        from: '2021-11-03',
        until: '2021-11-03',
        begins: '2021-11-03T00:00:00Z',
        ends: '2021-11-04T00:00:00Z',
      }
      const list = (await viewer.asks(measure.records.query, measure.records.input(span))) as {
        total: number
      }
      expect([measure.key, list.total]).toEqual([measure.key, await count(measure.key)])
    }
    const tree = await viewer.asks(units)
    expect(tree.rows[0]?.all).toEqual({ police: 2, auxiliary: 1, civilian: 0, attached: 1 })
    expect((await leader.asks(officers)).rows.map(row => row.unitId)).not.toContain(office)
    expect(await leader.mayNotAsk(officer, { officerId: chen })).toBe('people/officer-missing')
  })

  it('PPL11 a unit leader keeps the own units only', async () => {
    const eight = w.newId()
    expect(await leader.isRefused(addOfficer, person(eight, '990118', '蒋示七', { unitId: office }))).toBe(
      'people/outside-scope',
    )
    await leader.does(addOfficer, person(eight, '990118', '蒋示七'))
    expect(await leader.isRefused(addOfficer, person(w.newId(), '990114', '重号示'))).toBe(
      'people/badge-taken',
    )
    expect(await leader.isRefused(changeOfficer, { ...named(chen, '990114', '陈示四') })).toBe(
      'people/officer-missing',
    )
    expect(await leader.isRefused(grantSkill, { officerIds: [eight, chen], skill: 'ppe' })).toBe(
      'people/officer-missing',
    )
  })

  it('PPL12 who leaves the books stays in them, and can come back', async () => {
    await admin.does(retireOfficer, { officerId: feng, endsOn: '2021-11-02' })
    expect((await viewer.asks(officers, { books: 'retired' })).rows.map(row => row.name)).toEqual(['冯样三'])
    expect(await w.kernel.measure(admin.actor, 'people.officers', '2021-11-03', '2021-11-03')).toBe(3)
    expect(await w.kernel.measure(admin.actor, 'people.officers', '2021-11-02', '2021-11-03')).toBe(4)
    expect(await admin.isRefused(retireOfficer, { officerId: feng, endsOn: '2021-11-02' })).toBe(
      'people/already-retired',
    )
    await admin.does(reactivateOfficer, { officerId: feng })
    expect(await admin.isRefused(reactivateOfficer, { officerId: feng })).toBe('people/not-retired')
  })

  it('PPL13 a unit with people in it is not closed', async () => {
    expect(await admin.isRefused(changeUnit, closing(squad, '城东所巡逻中队'))).toBe('people/unit-not-empty')
    expect(await admin.isRefused(changeUnit, closing(bureau, '青禾县公安局'))).toBe('people/unit-not-empty')
    await admin.does(transferOfficer, { officerIds: [xie], unitId: station })
    await admin.does(changeUnit, closing(squad, '城东所巡逻中队'))
    expect((await viewer.asks(units)).rows).toHaveLength(3)
    expect((await viewer.asks(units, { withClosed: true })).rows).toHaveLength(4)
    expect(await admin.isRefused(addOfficer, person(w.newId(), '990120', '秦样二', { unitId: squad }))).toBe(
      'people/unit-closed',
    )
  })

  it('PPL14 another agency’s ids are nobody here', async () => {
    const other = w.newId()
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'lin', '邻示市公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const stranger = w.person('外单位', ['administrator'])
    stranger.actor.scope.agencyId = other
    expect(await stranger.mayNotAsk(officer, { officerId: zheng })).toBe('people/officer-missing')
    expect((await stranger.asks(officers, { books: 'all' })).total).toBe(0)
    expect(await stranger.isRefused(retireOfficer, { officerId: zheng, endsOn: '2021-11-03' })).toBe(
      'people/officer-missing',
    )
    expect(await stranger.isRefused(transferOfficer, { officerIds: [zheng], unitId: station })).toBe(
      'people/unit-missing',
    )
    expect(await stranger.isRefused(changeUnit, closing(station, '城东派出所', true))).toBe(
      'people/unit-missing',
    )
  })
})
