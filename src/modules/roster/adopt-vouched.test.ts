// What a search says of itself is believed from the search alone.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { adopt, plan } from './contracts.ts'
import { presets } from './contracts-preference.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

describe('adopting what a search found', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const { operationId, firstDay: fromDay, lastDay: untilDay } = await bureau(w, zhou)
  const found = await solves(w, zhou, { operationId, fromDay, untilDay, seconds: 1, stopWhenCovered: true })

  it('RST255 takes the note of the search for its own plan and no other, and no note that a client wrote', async () => {
    const { solver } = found
    const other = await solves(w, zhou, { operationId, fromDay, untilDay, seconds: 1, seed: 5 })
    const open = { ...{ postId: w.newId(), patternId: w.newId(), band: 'night', day: fromDay, skill: null } }
    const spoilt = [
      { solver: { ...solver, cost: solver.cost - 1 } },
      { solver: { ...solver, seconds: 0 } },
      { solver: { ...solver, preference: presets.even } },
      { matrix: other.matrix },
      { open: [{ ...open, missing: 1, reason: 'all-busy', counts: {} }] },
      { solver: null, open: [{ ...open, missing: 1, reason: 'all-busy', counts: {} }] },
      { voucher: '' },
      { voucher: other.voucher },
    ]
    for (const more of spoilt) {
      const refused = await zhou.isRefused(adopt, adoption(w.newId(), found, more))
      expect(refused, JSON.stringify(more).slice(0, 60)).toBe('kernel/not-vouched')
    }
    const planId = w.newId()
    await zhou.does(adopt, adoption(planId, found))
    expect((await zhou.asks(plan, { planId })).solver).toEqual(solver)
  })

  it('RST255 takes a plan that nobody solved without a voucher, and it says nothing of a search', async () => {
    const planId = w.newId()
    const [first] = await w.owner.query('select plan_id from app.roster_plan').then(({ rows }) => rows)
    const byHand = { solver: null, open: [], voucher: '', beside: [first.plan_id] }
    await zhou.does(adopt, adoption(planId, found, byHand))
    expect((await zhou.asks(plan, { planId })).solver).toBeNull()
  })
})
