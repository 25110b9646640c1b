// A search takes what is left of the machine.
import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority, platform } from 'node:os'
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { boundTask } from './bound-task.ts'
import { adopt } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

/** Threads of this process that step back; the nineteenth field of a thread's line is its niceness. */
function steppedBack(): number {
  if (platform() !== 'linux') return 0
  return readdirSync('/proc/self/task').filter(thread => {
    const line = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    // After the name in brackets, which may hold spaces, the third field is the first.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return Number(fields[16]) === constants.priority.PRIORITY_BELOW_NORMAL
  }).length
}

describe('a search', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const { operationId, firstDay: fromDay, lastDay: untilDay } = await bureau(w, zhou)
  const expected = platform() === 'linux' ? 1 : 0

  it('RST254 steps back behind whoever asks for something, and so does a bound; the server does not', async () => {
    const seen: number[] = []
    const look = { push: () => seen.push(steppedBack()) } as unknown as unknown[]
    const found = await solves(w, zhou, { operationId, fromDay, untilDay, seconds: 1 }, { seen: look })
    expect(seen.length).toBeGreaterThan(1)
    expect(new Set(seen)).toEqual(new Set([expected]))
    const planId = w.newId()
    await zhou.does(adopt, adoption(planId, found))
    const bounds: number[] = []
    await boundTask.run({ planId, seconds: 5 } as never, await w.kernel.reader(zhou.actor), {
      taskId: w.newId(),
      signal: new AbortController().signal,
      progress: step => {
        if (step.best) bounds.push(steppedBack())
      },
    })
    expect(bounds.length).toBeGreaterThan(0)
    expect(new Set(bounds)).toEqual(new Set([expected]))
    expect(getPriority()).toBeLessThan(constants.priority.PRIORITY_BELOW_NORMAL)
  })
})
