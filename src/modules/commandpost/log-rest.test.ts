// A rest that is granted and an order beyond the rules of rest stand in the duty log by themselves.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { setRight } from '../attendance/contracts.ts'
import { attendance } from '../attendance/index.ts'
import { my, grantRest, orderBeyondRest, restOwed } from '../roster/contracts.ts'
import { log } from './contracts.ts'
import { bureau, followed, modules as withoutAttendance } from './test-bureau.ts'

const modules = [...withoutAttendance, attendance]

describe('rest in the duty log', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, feng, officers } = b
  const entries = async () => {
    await followed(w)
    const { rows } = await zhou.asks(log, { operationId })
    return rows.filter(row => /补休|留勤/.test(row.text))
  }

  it('RST167 both are entered once, with who it is about, who ordered it and why', async () => {
    const [first] = (await feng.asks(my, { days: 14 })).shifts
    const postId = first?.postId ?? ''
    const pattern = await w.owner.query<{ pattern_id: string; bands: string[] }>(
      `select pattern_id, bands from app.assignment where assignment_id = '${first?.assignmentId}'`,
    )
    const { pattern_id: patternId = '', bands = [] } = pattern.rows[0] ?? {}
    // On duty from 08:00 until 22:30, because nobody came to relieve him.
    await zhou.does(setRight, {
      ...{ presenceId: w.newId(), officerId: officers.feng, day: '2021-11-02', postId, patternId },
      ...{ band: bands[0] ?? '', cameAt: '2021-11-02T00:00:00Z', leftAt: '2021-11-02T14:30:00Z' },
      why: '按登记簿补录',
    })
    w.clock.set('2021-11-02T23:00:00.000Z')
    const [debt] = (await zhou.asks(restOwed, {})).rows.filter(one => one.cause === 'long')
    if (!debt) throw new Error('nothing is owed to him')
    const { cause, arisenAt, from, until } = debt
    const named = { operationId, officerId: officers.feng, cause, arisenAt }
    await zhou.does(grantRest, { grantId: w.newId(), ...named, from, until })
    expect(await entries()).toMatchObject([
      {
        authorName: null,
        text: expect.stringMatching(/^安排补休：冯样三 11月2日 22:30 至 11月3日 22:30\(连续在岗超时\)/),
        textEn: expect.stringMatching(/^Rest granted to 冯样三 from 2 November/),
      },
    ])
    const order = { orderer: '郑例二', reason: '封控区突发聚集，无人可替' }
    await zhou.does(orderBeyondRest, { orderId: w.newId(), ...named, ...order })
    const told = await entries()
    expect(told).toHaveLength(2)
    expect(told.map(row => row.text)).toContain(
      '超休息规则留勤：冯样三(连续在岗超时)，批准人郑例二，理由：封控区突发聚集，无人可替。',
    )
    expect(await entries()).toHaveLength(2)
  })
})
