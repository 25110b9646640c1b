import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { scaleDemand, setDemands } from '../posts/contracts.ts'
import {
  adopt,
  deleteWhatIf,
  openDraft,
  planFigures,
  publish,
  renameWhatIf,
  renewWhatIf,
  saveWhatIf,
  supposables,
  whatIf,
  whatIfs,
  whatIfsMost,
} from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { codeOf, stranger, supposes } from './test-what-if.ts'

describe('what-ifs that are kept', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const leader = w.person('冯样三', ['unitLeader'])
  w.clock.set('2021-11-03T06:00:00.000Z')
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const days = { fromDay: firstDay, untilDay: lastDay }
  const span = { operationId, ...days }
  const planId = w.newId()
  const solved = await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })
  await zhou.does(adopt, adoption(planId, solved))
  await zhou.does(publish, { planId, revision: 1 })
  const suppositions = [{ kind: 'absent' as const, people: 20, ...days }]
  const { result, voucher } = await supposes(w, zhou, { ...span, seconds: 2, suppositions })
  const first = w.newId()
  const input = { whatIfId: first, operationId, name: '二十人患病', suppositions, result, voucher }
  const list = () => zhou.asks(whatIfs, { operationId })

  it('RST190 a what-if is kept with what was supposed, what came of it, who made it and when', async () => {
    expect(await list()).toEqual({ rows: [], names: {} })
    await zheng.does(saveWhatIf, input)
    const { rows } = await list()
    expect(rows).toMatchObject([
      { whatIfId: first, name: '二十人患病', revision: 1, madeAt: '2021-11-03T06:00:00.000Z' },
    ])
    expect(rows[0]?.more).toEqual(result.more)
    expect(rows[0]).toMatchObject({ demandChanged: false, rosterChanged: false, open: result.open })
    expect((await zhou.asks(whatIf, { whatIfId: first })).result).toEqual(result)
    expect(JSON.stringify(result)).not.toMatch(/officerId|示一|例二/)
  })

  it('RST191 the same twice, a name twice, too many, and what does not hold together are refused', async () => {
    expect(await zheng.isRefused(saveWhatIf, input)).toBe('roster/what-if-exists')
    const again = { ...input, whatIfId: w.newId() }
    expect(await zhou.isRefused(saveWhatIf, again)).toBe('roster/what-if-name-taken')
    const other = { ...again, name: '另一次' }
    expect(await zhou.isRefused(saveWhatIf, { ...other, name: '  ' })).toBe('kernel/bad-input')
    expect(await leader.isRefused(saveWhatIf, other)).toBe('kernel/no-right')
    const part = w.person('陈例四', ['commander'], { unitIds: [b.unitId] })
    expect(await part.isRefused(saveWhatIf, other)).toBe('roster/whole-agency-only')
    expect(await leader.mayNotAsk(whatIfs, { operationId })).toBe('kernel/no-right')
  })

  it('TSK4 only what the task itself found, for the same suppositions and operation, is taken', async () => {
    const other = { ...input, whatIfId: w.newId(), name: '另一次' }
    const spoilt = (more: object) => ({ ...other, result: { ...result, ...more } })
    // Figures that another made of them, and those of other suppositions, are nobody's word.
    for (const more of [
      { open: result.open + 1 },
      { more: null },
      { untilDay: '2021-11-09' },
      { bands: [{ ...result.bands[0], needed: [1] }] },
    ]) {
      expect(await zhou.isRefused(saveWhatIf, spoilt(more))).toBe('kernel/not-vouched')
    }
    const unvouched = [
      { ...other, voucher: '' },
      { ...other, voucher: `${voucher.slice(0, -1)}${voucher.endsWith('A') ? 'B' : 'A'}` },
      { ...other, suppositions: [{ ...suppositions[0], people: 2 }] },
      { ...other, operationId: w.newId() },
    ]
    for (const one of unvouched) {
      expect(await zhou.isRefused(saveWhatIf, one as typeof other)).toBe('kernel/not-vouched')
    }
    expect((await list()).rows).toHaveLength(1)
  })

  it('RST191 two who save at once both keep theirs; of two who change one the second is told', async () => {
    const second = w.newId()
    await Promise.all([
      zhou.does(saveWhatIf, { ...input, whatIfId: second, name: '甲案' }),
      zheng.does(saveWhatIf, { ...input, whatIfId: w.newId(), name: '乙案' }),
    ])
    expect((await list()).rows.map(one => one.name).sort()).toEqual(['乙案', '二十人患病', '甲案'].sort())
    await zhou.does(renameWhatIf, { whatIfId: second, revision: 1, name: '甲案(改)' })
    expect(await zheng.isRefused(renameWhatIf, { whatIfId: second, revision: 1, name: '丙案' })).toBe(
      'roster/what-if-changed',
    )
    expect(await zheng.isRefused(renameWhatIf, { whatIfId: second, revision: 2, name: '乙案' })).toBe(
      'roster/what-if-name-taken',
    )
    expect(await zheng.isRefused(deleteWhatIf, { whatIfId: second, revision: 1 })).toBe(
      'roster/what-if-changed',
    )
    await zheng.does(deleteWhatIf, { whatIfId: second, revision: 2 })
    expect(await zhou.mayNotAsk(whatIf, { whatIfId: second })).toBe('kernel/missing')
    expect((await list()).rows).toHaveLength(2)
  })

  it('RST192 it says when demand or roster have changed since, and is renewed by another run', async () => {
    await zhou.does(setDemands, {
      lines: [
        {
          demandId: w.newId(),
          postId: b.checkpoint,
          patternId: b.patterns.threeByEight,
          bands: ['early'],
          skill: 'leader',
          heads: 1,
          beginsOn: '2021-12-01',
          endsOn: '2021-12-10',
        },
      ],
    })
    // Demand of other days is no change to these.
    expect((await list()).rows.every(one => !one.demandChanged)).toBe(true)
    const lines = await w.owner.query<{ demand_id: string }>(
      `select demand_id from app.demand where post_id = $1 and skill is null`,
      [b.gate],
    )
    await zhou.does(scaleDemand, {
      demandIds: lines.rows.map(row => row.demand_id),
      how: 'percent',
      amount: 150,
    })
    expect((await list()).rows.every(one => one.demandChanged && !one.rosterChanged)).toBe(true)
    w.clock.set('2021-11-03T08:00:00.000Z')
    const renewed = await supposes(w, zhou, { ...span, seconds: 1, suppositions })
    await zhou.does(renewWhatIf, {
      whatIfId: first,
      revision: 1,
      operationId,
      suppositions,
      result: renewed.result,
      voucher: renewed.voucher,
    })
    const row = (await list()).rows.find(one => one.whatIfId === first)
    expect(row).toMatchObject({ demandChanged: false, revision: 2, madeAt: '2021-11-03T08:00:00.000Z' })
    expect(
      await zheng.isRefused(renewWhatIf, {
        whatIfId: first,
        revision: 1,
        operationId,
        suppositions,
        result: renewed.result,
        voucher: renewed.voucher,
      }),
    ).toBe('roster/what-if-changed')
    const next = await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })
    const again = w.newId()
    await zhou.does(adopt, adoption(again, next))
    await zhou.does(publish, { planId: again, revision: 1 })
    expect((await list()).rows.every(one => one.rosterChanged)).toBe(true)
  })

  it('RST193 what stands, published or draft, has the same figures to be put beside', async () => {
    const live = await zhou.asks(planFigures, { ...span, planId: null })
    expect(live).toMatchObject({ ...days, officers: 30, changes: { cells: 0, officers: 0 } })
    expect(live.open).toBe(0)
    expect(live.days.every(one => one.needed >= 12 && one.filled === one.needed)).toBe(true)
    const draft = w.newId()
    await zhou.does(openDraft, { planId: draft, ...span })
    const drafted = await zhou.asks(planFigures, { ...span, planId: draft })
    expect({ ...drafted }).toEqual(live)
    expect(await zhou.mayNotAsk(planFigures, { ...span, planId: w.newId() })).toBe('kernel/missing')
    expect(await zhou.mayNotAsk(planFigures, { ...span, operationId: w.newId(), planId: draft })).toBe(
      'kernel/missing',
    )
    expect(await zhou.mayNotAsk(planFigures, { ...span, untilDay: '2023-01-01', planId: null })).toBe(
      'roster/bad-span',
    )
  })

  it('RST193 what may be supposed is told with what it usually needs', async () => {
    const found = await zhou.asks(supposables, span)
    expect(found.zones).toMatchObject([{ name: '城东花园', posts: 1, heads: 12, lifted: false }])
    expect(found.posts.map(one => [one.name, one.heads, one.needed])).toEqual([
      ['机动备勤', 1, true],
      ['东门封控点', 12, true],
      ['青禾北卡口', 3, true],
    ])
    expect(found.units).toMatchObject([{ name: '城东所', people: 30 }])
    expect(found.skills).toEqual([{ skill: 'leader', people: 15 }])
    expect(found.rules.minRestMinutes).toBe(660)
    expect(await leader.mayNotAsk(supposables, span)).toBe('kernel/no-right')
  })

  it('RST191 an operation keeps so many and no more', async () => {
    const { rows } = await list()
    for (let n = rows.length; n < whatIfsMost; n += 1) {
      await zhou.does(saveWhatIf, { ...input, whatIfId: w.newId(), name: `第 ${n} 次` })
    }
    expect(await zhou.isRefused(saveWhatIf, { ...input, whatIfId: w.newId(), name: '多一次' })).toBe(
      'roster/what-ifs-full',
    )
    expect((await list()).rows).toHaveLength(whatIfsMost)
  })

  it('RST191 another agency sees none of them, and may suppose nothing of ours', async () => {
    const han = await stranger(w)
    expect(await han.mayNotAsk(whatIf, { whatIfId: first })).toBe('kernel/missing')
    expect((await han.asks(whatIfs, { operationId })).rows).toEqual([])
    expect(await han.isRefused(deleteWhatIf, { whatIfId: first, revision: 2 })).toBe('roster/what-if-changed')
    expect(await han.isRefused(renewWhatIf, { ...input, revision: 2 })).toBe('kernel/bad-input')
    expect(await han.isRefused(saveWhatIf, { ...input, whatIfId: w.newId() })).toBe('kernel/not-vouched')
    expect(await codeOf(supposes(w, han, { ...span, seconds: 1, suppositions }))).toBe(
      'roster/absent-too-many',
    )
    const zones = [{ kind: 'zones', count: 1, likeZoneId: b.zoneId, ...days }]
    expect(await codeOf(supposes(w, han, { ...span, seconds: 1, suppositions: zones }))).toBe(
      'kernel/missing',
    )
    expect((await list()).rows).toHaveLength(whatIfsMost)
  })
})
