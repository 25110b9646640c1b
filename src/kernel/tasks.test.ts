import { describe, expect, it } from 'vitest'
import { Tasks } from './tasks.ts'
import { trial } from './trial.ts'
import { world } from './world.ts'

const w = await world([trial])
const zheng = w.person('郑例二', ['dutyOfficer']).actor
const tasks = new Tasks(w.kernel)
const state = (taskId: string) => tasks.view(zheng, taskId).state

describe('tasks', () => {
  it('TSK1 what is shown is the task and nothing of the machinery', async () => {
    const taskId = await tasks.start(zheng, 'trial.count', { to: 2, fails: 'no' })
    await expect.poll(() => state(taskId)).toBe('done')
    expect(tasks.view(zheng, taskId)).toEqual({
      taskId,
      name: 'trial.count',
      state: 'done',
      done: 2,
      total: 2,
      note: { zh: '第 2 步', en: 'step 2' },
      best: 2,
      result: { counted: 2 },
      problem: null,
      startedAt: w.clock.now.toISOString(),
    })
  })

  it('TSK2 a task that cannot begin does not stand as running', async () => {
    const stranger = {
      ...zheng,
      scope: { agencyId: '00000000-0000-7000-8000-00000000000c', unitIds: '*' as const },
    }
    for (let n = 0; n < 5; n += 1) {
      await expect(tasks.start(stranger, 'trial.count', { to: 1, fails: 'no' })).rejects.toThrow(
        'kernel/missing',
      )
    }
    const taskId = await tasks.start(zheng, 'trial.count', { to: 1, fails: 'no' })
    await expect.poll(() => state(taskId)).toBe('done')
  })

  it('TSK3 another agency or account does not see it', async () => {
    const taskId = await tasks.start(zheng, 'trial.count', { to: 100, fails: 'no' })
    const others = [
      { ...zheng, accountId: w.newId() },
      { ...zheng, scope: { ...zheng.scope, agencyId: w.newId() } },
    ]
    for (const other of others) expect(() => tasks.view(other, taskId)).toThrow('kernel/missing')
    tasks.cancelAll()
    await expect.poll(() => state(taskId)).toBe('cancelled')
  })
})
