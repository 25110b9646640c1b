// What an officer reads of his own work: hours as the books have them, and nobody else's.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { checkInMany, checkOutMany, myHours, setRight, voidPresence } from './contracts.ts'
import { at, bureau, firstDay, modules, publishes, secondDay } from './test-bureau.ts'

describe('an officer’s own hours', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 0, day: secondDay, post: 'gate', bands: ['morning'] },
  ])
  const zhou = b.person(0)
  const [officerId = '', feng = ''] = [b.officers[0], b.officers[2]]
  const gate = { patternId: b.patternOf.gate, postId: b.gate }
  const comes = (day: string, band: string, who = officerId) =>
    boss.does(checkInMany, {
      day,
      patternId: gate.patternId,
      band,
      posts: [{ postId: b.gate, officerIds: [who] }],
    })
  const month = async (input: { month?: string } = {}) => {
    const { rows, ...rest } = await zhou.asks(myHours, input)
    return { ...rest, rows: rows.map(row => [row.postName, row.day, row.zh, row.minutes, row.state]) }
  }

  it('ATT95 a band that runs counts until now; what was left counts from coming to leaving', async () => {
    expect(await month()).toMatchObject({ month: '2021-11', minutes: 0, late: 0, rows: [] })
    w.clock.set(at(firstDay, 7, 45))
    await comes(firstDay, 'morning')
    w.clock.set(at(firstDay, 13, 50))
    await comes(firstDay, 'afternoon', feng)
    expect(await month()).toMatchObject({
      minutes: 365,
      rows: [['东门封控点', firstDay, '上午班', 365, 'there']],
    })
    w.clock.set(at(firstDay, 14, 5))
    const [{ presenceId } = { presenceId: '' }] = (await zhou.asks(myHours, {})).rows
    await boss.does(checkOutMany, { presenceIds: [presenceId] })
    w.clock.set(at(firstDay, 18))
    const found = await month()
    expect(found.minutes).toBe(380)
    expect(found.rows).toEqual([['东门封控点', firstDay, '上午班', 380, 'left']])
  })

  it('ATT95 who has not signed out counts until the end of his band, and reads that', async () => {
    w.clock.set(at(secondDay, 8, 30))
    await comes(secondDay, 'morning')
    w.clock.set(at(secondDay, 16))
    const found = await month()
    expect(found).toMatchObject({ minutes: 380 + 330, late: 1 })
    expect(found.rows[0]).toEqual(['东门封控点', secondDay, '上午班', 330, 'open'])
  })

  it('ATT95 two posts at once count once, and what was voided not at all', async () => {
    const presenceId = w.newId()
    await boss.does(setRight, {
      ...{
        presenceId,
        officerId,
        day: firstDay,
        patternId: b.patternOf.site,
        band: 'morning',
        postId: b.site,
      },
      ...{ cameAt: at(firstDay, 13), leftAt: at(firstDay, 14, 35), why: '两点兼顾' },
    })
    const found = await month()
    expect(found.rows.map(row => row[3])).toEqual([330, 95, 380])
    expect(found.minutes).toBe(330 + 380 + 30)
    await boss.does(voidPresence, { presenceId, why: '录错人' })
    expect(await month()).toMatchObject({ minutes: 380 + 330 })
  })

  it('ATT95 of himself alone, by months of duty days; what is no month is answered by a problem', async () => {
    expect((await b.person(2).asks(myHours, {})).rows).toHaveLength(1)
    expect(await month({ month: '2021-10' })).toMatchObject({ month: '2021-10', minutes: 0, rows: [] })
    expect((await month({ month: '2021-11' })).rows).toHaveLength(2)
    // The last duty day of a month ends on the first of the next.
    w.clock.set(at('2021-12-01', 7, 59))
    expect((await month()).month).toBe('2021-11')
    for (const wrong of ['2021-13', '2021-1', '9999-01', '', '2021-11-01', "2021-11' or 1=1"]) {
      await expect(zhou.asks(myHours, { month: wrong }), wrong).rejects.toMatchObject({
        code: 'kernel/bad-input',
      })
    }
    await expect(boss.asks(myHours, {})).rejects.toMatchObject({ code: 'attendance/no-officer-account' })
  })
})
