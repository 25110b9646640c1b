// The published roster changes by a swap or a repair, and the duty log says so by itself.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { reportUnavailable } from '../people/contracts.ts'
import { agreeSwap, approveSwap, askSwap, declineSwap, my, repair } from '../roster/contracts.ts'
import { log } from './contracts.ts'
import { bureau, followed, modules } from './test-bureau.ts'

describe('the roster in the duty log', async () => {
  // 2021-11-03 14:00 at the bureau.
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, feng, wei, chen, officers } = b
  const entries = async (person = zheng) => {
    await followed(w)
    const { rows } = await person.asks(log, { operationId, kinds: ['change'] })
    return rows.filter(row => /换班|顶班|补位/.test(row.text))
  }
  const dutyOf = async (person: typeof feng, day: string) => {
    const found = (await person.asks(my, { days: 14 })).shifts.find(one => one.day === day)
    return found?.assignmentId ?? ''
  }
  const shen = w.person('沈例八', ['officer'], { officerId: officers.shen, unitIds: [b.squad] })
  const asks = async (day: string, partnerId: string, partnerAssignmentId: string | null = null) => {
    const swapId = w.newId()
    await feng.does(askSwap, {
      ...{ swapId, assignmentId: await dutyOf(feng, day), partnerId, partnerAssignmentId },
    })
    return swapId
  }

  it('CMD97 a swap is entered when it is approved, with both duties, and not before', async () => {
    const declined = await asks('2021-11-08', officers.shen)
    await shen.does(declineSwap, { swapId: declined })
    const swapId = await asks('2021-11-06', officers.wei, await dutyOf(wei, '2021-11-06'))
    await wei.does(agreeSwap, { swapId })
    expect(await entries()).toEqual([])
    await zheng.does(approveSwap, { swapId })
    expect(await entries()).toMatchObject([
      {
        authorName: null,
        text: '批准换班(勤务表第 2 版)：11月6日 东门封控点 白班 由冯样三改为卫样六；11月6日 东门封控点 夜班 由卫样六改为冯样三。',
        textEn:
          'Swap approved (roster version 2): 2021-11-06 东门封控点 (Day): 卫样六 in place of 冯样三; 2021-11-06 东门封控点 (Night): 冯样三 in place of 卫样六.',
        unit: { name: '城东所' },
        post: { name: '东门封控点' },
      },
    ])
    expect(await entries()).toHaveLength(1)
  })

  it('CMD97 duties that were filled are entered at their posts, for whoever leads the unit', async () => {
    const assignmentId = await dutyOf(chen, '2021-11-04')
    await zhou.does(reportUnavailable, {
      ...{ availabilityId: w.newId(), officerId: officers.chen, state: 'unavailable', reason: null },
      ...{ beginsAt: '2021-11-03T22:00:00Z', endsAt: '2021-11-05T00:00:00Z' },
    })
    const repairs = [{ assignmentId, officerId: officers.shen }]
    await zheng.does(repair, { operationId, repairs })
    const [newest] = await entries()
    expect(newest).toMatchObject({
      text: '失效班次补位(勤务表第 3 版)：11月4日 青禾北卡口 白班 由陈示四改为沈例八。',
      post: { name: '青禾北卡口' },
      unit: { name: '交警' },
    })
    // Each leader reads what happened at posts of his own.
    expect((await entries(b.zhu)).map(row => row.n)).toEqual([newest?.n])
    expect(await entries(b.han)).toHaveLength(1)
  })
})
