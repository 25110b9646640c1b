import { describe, expect, it } from 'vitest'
import { addDays } from '../../kernel/time.ts'
import { world } from '../../kernel/world.ts'
import type { BoundAnswer, BoundSoFar } from './bound-task.ts'
import { adopt, boundInput, check, editCell, planners } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

describe('the bound of a draft', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const planId = w.newId()
  const found = await solves(w, zhou, { operationId, fromDay: firstDay, untilDay: lastDay, seconds: 2 })
  await zhou.does(adopt, adoption(planId, found))

  async function proves(
    seconds: number,
    cancelled = false,
  ): Promise<{ answer: BoundAnswer; seen: BoundSoFar[] }> {
    const task = w.kernel.registry.tasks.get('roster.bound')
    if (!task) throw new Error('the task is not registered')
    const seen: BoundSoFar[] = []
    const signal = cancelled ? AbortSignal.abort() : new AbortController().signal
    const answer = await task.run(boundInput.parse({ planId, seconds }), await w.kernel.reader(zhou.actor), {
      taskId: w.newId(),
      signal,
      progress: step => {
        if (step.best) seen.push(step.best as BoundSoFar)
      },
    })
    return { answer: answer as BoundAnswer, seen }
  }

  it('RST227 a draft costs no less than the bound, which is told while it grows', async () => {
    const { answer, seen } = await proves(6)
    // What the search said of its roster is what the draft made of it costs.
    expect(answer.cost).toBeCloseTo(found.solver.cost, 0)
    expect(answer).toMatchObject({ planId, revision: 1 })
    // How far it comes in its seconds is the machine's affair; that it tells something is not.
    expect(answer.bound).toBeGreaterThan(0)
    expect(answer.bound).toBeLessThanOrEqual(answer.cost)
    expect(answer.gap).toBeCloseTo(1 - (answer.bound ?? 0) / answer.cost, 6)
    const told = seen.map(one => one.bound)
    expect(told).toEqual(told.toSorted((x, y) => x - y))
  })

  it('RST227 ended before its first round it says that nothing was proven', async () => {
    expect((await proves(6, true)).answer).toMatchObject({ bound: null, gap: null })
  })

  it('RST227 a draft made worse by hand costs more, above the same bound', async () => {
    const before = await proves(3)
    const officerId = b.officers[0] ?? ''
    const days = Array.from({ length: 7 }, (_, at) => addDays(firstDay, at))
    const edits = days.map(day => ({ officerId, day, duty: null }))
    await zhou.does(editCell, { planId, revision: 1, edits })
    const after = await proves(3)
    expect((await zhou.asks(check, { planId })).openSeats).toBeGreaterThan(0)
    expect(after.answer.revision).toBe(2)
    expect(after.answer.cost).toBeGreaterThan(before.answer.cost)
    expect(after.answer.bound).toBeLessThanOrEqual(before.answer.cost)
  })

  it('RST227 only who plans may ask, and of a draft that is there', async () => {
    expect(w.kernel.registry.tasks.get('roster.bound')?.roles).toEqual(planners)
    const reader = await w.kernel.reader(zhou.actor)
    const control = { taskId: w.newId(), signal: new AbortController().signal, progress: () => {} }
    const asked = w.kernel.registry.tasks
      .get('roster.bound')
      ?.run(boundInput.parse({ planId: w.newId() }), reader, control)
    await expect(asked).rejects.toMatchObject({ code: 'kernel/missing' })
  })
})
