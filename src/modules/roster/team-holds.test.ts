// One team, two zones, day and night: three days of a commando team whose duties are set by hand and published.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { formTeam, removeMember } from '../people/contracts.ts'
import { addPost, defineShiftPattern, liftZone, openZone } from '../posts/contracts.ts'
import { duties, editCell, openDraft, publish, teamHolds } from './contracts.ts'
import { measures } from './measures.ts'
import { bureau, modules } from './test-bureau.ts'

describe('one team holds two zones', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou, 8)
  const { operationId, patterns, gate } = b
  const [zheng, feng, chen, chu, wei, jiang] = b.officers as [string, string, string, string, string, string]
  const span = { from: '2021-11-04', until: '2021-11-06' }
  const [west, westGate, short, split] = [w.newId(), w.newId(), w.newId(), w.newId()]
  const [first, second] = [w.newId(), w.newId()]
  const member = (officerId: string) => ({ officerId, beginsOn: '2021-11-01' })
  const held = async (from = span.from, until = span.until) => [
    await w.kernel.measure(zhou.actor, 'roster.teamHoursPlanned', from, until),
    await w.kernel.measure(zhou.actor, 'roster.teamDaysPlanned', from, until),
  ]
  type Duty = { postId: string; patternId: string; bands: string[] }
  const at = (postId: string, band: string): Duty => ({
    postId,
    patternId: patterns.twoByTwelve,
    bands: [band],
  })
  /** Publishes what changes: officer, day of November, duty. */
  const publishes = async (changes: [string, number, Duty | null][]) => {
    const planId = w.newId()
    await zhou.does(openDraft, { planId, operationId, fromDay: span.from, untilDay: span.until })
    const edits = changes.map(([officerId, day, duty]) => ({
      officerId,
      day: `2021-11-0${day}`,
      duty,
    }))
    await zhou.does(editCell, { planId, revision: 1, edits })
    await zhou.does(publish, { planId, revision: 2 })
  }
  const days = [4, 5, 6]
  await zhou.does(openZone, {
    operationId,
    zoneId: west,
    name: '城西里',
    kind: 'control',
    orderNumber: '青防指〔2021〕8号',
    approver: '周示一',
    beginsAt: '2021-10-25T00:00:00Z',
    plannedEndAt: '2021-11-20T00:00:00Z',
  })
  const post = { operationId, unitId: b.unitId, kind: 'zoneGate', zoneId: west } as const
  await zhou.does(addPost, { ...post, postId: westGate, code: 'FK-02', name: '西门管控点' })
  const team = { kind: 'commando', beginsOn: '2021-11-01' } as const
  const firstMembers = [zheng, feng, chen, chu].map(member)
  await zhou.does(formTeam, { ...team, teamId: first, name: '突击一队', members: firstMembers })
  await zhou.does(formTeam, {
    ...team,
    teamId: second,
    name: '突击二队',
    members: [wei, jiang].map(member),
  })

  it('RST57 a stretch lasts while a member is on duty at each of two zones, counted from published rows', async () => {
    expect(await held()).toEqual([0, 0])
    await publishes([
      ...days.map(day => [zheng, day, at(gate, 'day')] as [string, number, Duty]),
      ...days.map(day => [feng, day, at(gate, 'night')] as [string, number, Duty]),
    ])
    // One zone is not two.
    expect(await held()).toEqual([0, 0])
    await publishes([
      ...days.map(day => [chen, day, at(westGate, 'day')] as [string, number, Duty]),
      ...days.map(day => [chu, day, at(westGate, 'night')] as [string, number, Duty]),
    ])
    expect(await held()).toEqual([72, 3])
    expect((await zhou.asks(teamHolds, span)).rows).toEqual([
      {
        teamId: first,
        team: '突击一队',
        zoneIds: [b.zoneId, west],
        zones: '城东花园、城西里',
        begins: '2021-11-04T00:00:00.000Z',
        ends: '2021-11-07T00:00:00.000Z',
        hours: 72,
        days: 3,
        officers: 4,
        duties: 12,
      },
    ])
    expect((await zhou.asks(duties, span)).total).toBe(12)
    expect(await held('2021-11-05', '2021-11-05')).toEqual([24, 1])
    expect((await zhou.asks(teamHolds, { ...span, teamId: second })).total).toBe(0)
    expect((await zhou.asks(teamHolds, { ...span, offset: 1 })).rows).toEqual([])
    const titles = measures.filter(one => one.key.startsWith('roster.team')).map(one => one.title.en)
    expect(titles).toHaveLength(2)
    for (const title of titles) expect(title).toContain('(planned)')
  })

  it('RST57 one duty less, and the stretch is shorter', async () => {
    await publishes([[feng, 5, null]])
    expect(await held()).toEqual([36, 1])
    const { total, rows } = await zhou.asks(teamHolds, span)
    expect(total).toBe(2)
    expect(rows.map(row => [row.begins, row.hours])).toEqual([
      ['2021-11-04T00:00:00.000Z', 36],
      ['2021-11-06T00:00:00.000Z', 24],
    ])
  })

  it('RST58 two teams do not add up', async () => {
    await publishes([[wei, 5, at(gate, 'night')]])
    expect(await held()).toEqual([36, 1])
    // Nor do the second team's people at both gates beside the first.
    await publishes([[jiang, 5, at(westGate, 'night')]])
    expect(await held()).toEqual([36, 1])
    expect((await zhou.asks(teamHolds, { ...span, teamId: second })).rows).toMatchObject([
      { hours: 12, days: 0 },
    ])
    await publishes([
      [wei, 5, null],
      [jiang, 5, null],
      [feng, 5, at(gate, 'night')],
    ])
    expect(await held()).toEqual([72, 3])
  })

  it('RST58 a gap of one minute ends a stretch', async () => {
    await zhou.does(defineShiftPattern, {
      patternId: short,
      name: '夜班早走一分钟',
      kind: '2x12',
      bands: [
        { key: 'day', zh: '白班', en: 'Day', from: 0, minutes: 720 },
        { key: 'night', zh: '夜班', en: 'Night', from: 720, minutes: 719 },
      ],
    })
    await publishes([[feng, 5, { postId: gate, patternId: short, bands: ['night'] }]])
    // 47 hours and 59 minutes, and the second day is not whole.
    expect(await held()).toEqual([47, 1])
    expect((await zhou.asks(teamHolds, span)).rows.map(row => [row.begins, row.ends])).toEqual([
      ['2021-11-04T00:00:00.000Z', '2021-11-05T23:59:00.000Z'],
      ['2021-11-06T00:00:00.000Z', '2021-11-07T00:00:00.000Z'],
    ])
  })

  it('RST58 the break between the bands of one duty is a gap', async () => {
    await zhou.does(defineShiftPattern, {
      patternId: split,
      name: '上午下午两段',
      kind: 'day',
      adjoining: false,
      bands: [
        { key: 'morning', zh: '上午场', en: 'Morning', from: 0, minutes: 240 },
        { key: 'afternoon', zh: '下午场', en: 'Afternoon', from: 360, minutes: 360 },
      ],
    })
    await publishes([
      [feng, 5, at(gate, 'night')],
      [zheng, 5, { postId: gate, patternId: split, bands: ['morning', 'afternoon'] }],
    ])
    expect(await held()).toEqual([42, 1])
    await publishes([[zheng, 5, at(gate, 'day')]])
    expect(await held()).toEqual([72, 3])
  })

  it('RST58 who left the team does not count from the next duty day on', async () => {
    await zhou.does(removeMember, { teamId: first, officerId: chu, endsOn: '2021-11-05' })
    // His night of the 5th counts to its end; that of the 6th is a stranger's.
    expect(await held()).toEqual([60, 2])
  })

  it('RST58 a zone is held until it is lifted', async () => {
    w.clock.set('2021-11-05T02:00:00.000Z')
    await zhou.does(liftZone, {
      zoneId: west,
      orderNumber: '青防指〔2021〕19号',
      approver: '周示一',
      reason: '满足解封条件',
      at: '2021-11-05T02:00:00.000Z',
    })
    expect(await held()).toEqual([26, 1])
  })
})
