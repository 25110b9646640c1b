import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { grantSkill } from '../people/contracts.ts'
import { setLeads } from '../roster/contracts.ts'
import { difficulty, log, logSheet, raiseDifficulty, solveDifficulty } from './contracts.ts'
import { bureau, followed, modules, rounds } from './test-bureau.ts'

describe('the duty leader', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, feng } = b
  w.clock.set('2021-11-04T02:00:00.000Z')
  const seen = (difficultyId: string, by = zheng) => by.asks(difficulty, { difficultyId })

  it('CMD19 the duty leader has a name: who it was as it went up, and who it is now', async () => {
    const day = (ahead: number) => `2021-11-0${4 + ahead}`
    const { jiang, shen, feng: fengId } = b.officers
    await zhou.does(grantSkill, { officerIds: [jiang, shen, fengId], skill: 'leader', validUntil: null })
    const sets = (ahead: number, office: 'bureau' | 'commandPost', officerId: string) =>
      zhou.does(setLeads, { operationId, places: [{ day: day(ahead), office, officerId }] })
    const id = w.newId()
    await feng.does(raiseDifficulty, {
      difficultyId: id,
      postId: b.gate,
      kind: 'equipment',
      urgency: 'urgent',
    })
    for (const minutes of [10, 15]) {
      w.clock.advance(minutes)
      await rounds(w)
    }
    expect(await seen(id)).toMatchObject({ owner: 'dutyLeader', dutyLeader: null })
    const went = async (by = zheng) => (await seen(id, by)).steps.at(-1)
    expect(await went()).toMatchObject({ kind: 'escalated', dutyLeader: null })
    // Set for the day, also after it went up: it was him all day.
    await sets(0, 'bureau', shen)
    expect((await seen(id)).dutyLeader).toMatchObject({ office: 'bureau', name: '沈例八' })
    await sets(0, 'commandPost', jiang)
    await sets(1, 'commandPost', shen)
    const jiangLeads = { office: 'commandPost', name: '蒋示七' }
    expect((await seen(id)).dutyLeader).toMatchObject(jiangLeads)
    // Also to the officer at the post, who sees nobody of that unit.
    expect((await seen(id, feng)).dutyLeader).toMatchObject(jiangLeads)
    await followed(w)
    const entries = await zheng.asks(log, { operationId, difficultyId: id })
    expect(entries.rows[0]?.text).toBe('东门封控点装备困难超时，上提至带班领导蒋示七。')
    const begun = w.clock.now.toISOString()
    w.clock.set(`${day(1)}T01:00:00.000Z`)
    expect((await seen(id)).dutyLeader).toMatchObject({ name: '沈例八' })
    expect(await went()).toMatchObject({ dutyLeader: jiangLeads })
    w.clock.set(begun)
    const { resources } = await zheng.asks(logSheet, { operationId, day: day(0), form: 'zh' })
    expect(resources.rows.map(row => row.slice(0, 2))).toEqual(
      expect.arrayContaining([
        ['沈例八', '带班局领导'],
        ['蒋示七', '指挥长'],
      ]),
    )
    await zhou.does(solveDifficulty, { difficultyId: id, text: '已送六部电池' })
    expect((await seen(id)).dutyLeader).toBeNull()
  })
})
