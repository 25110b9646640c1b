// A bureau whose roster of 24 days has about 15,000 assignments, made through commands on a kernel of its own.
import { found } from '../../src/app/first-administrator.ts'
import type { Actor } from '../../src/kernel/command.ts'
import type { z } from 'zod'
import type { CommandContract } from '../../src/kernel/contract.ts'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import { access } from '../../src/modules/access/index.ts'
import { openOperation } from '../../src/modules/operations/contracts.ts'
import { operations } from '../../src/modules/operations/index.ts'
import { addUnit, importOfficers } from '../../src/modules/people/contracts.ts'
import { people } from '../../src/modules/people/index.ts'
import { addPosts, defineStandardPatterns, setDemands } from '../../src/modules/posts/contracts.ts'
import { posts } from '../../src/modules/posts/index.ts'
import { adopt, solveInput } from '../../src/modules/roster/contracts.ts'
import { roster } from '../../src/modules/roster/index.ts'
import type { SolveResult } from '../../src/modules/roster/solve-task.ts'
import { inventedNames } from '../../scenarios/names.ts'
import type { BenchDatabase } from './database.ts'

const officerCount = 900
const postCount = 71
const fromDay = '2021-11-04'
const untilDay = '2021-11-27'
/** Before the first duty day, so that every duty is still to come when the roster is published. */
const clock = new Date('2021-11-03T00:00:00Z')

export interface RosterBureau {
  kernel: Kernel
  actor: Actor
  agencyId: string
  operationId: string
  span: { operationId: string; fromDay: string; untilDay: string }
  /** Solves and adopts a roster of the whole span, and gives the plan to publish. */
  adopted(): Promise<{ planId: string; revision: number; open: number }>
  /** As a client sends it: what has a default may be left out. */
  run<C extends CommandContract>(contract: C, input: z.input<C['input']>): Promise<unknown>
  close(): Promise<void>
}

export async function rosterBureau(database: BenchDatabase): Promise<RosterBureau> {
  const kernel = new Kernel({
    registry: new Registry([access, operations, people, posts, roster]),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => clock,
    log: silentLog,
  })
  const agencyId = uuidv7(clock.getTime())
  const id = (label: string) => derivedId(agencyId, label)
  await found(kernel, { agencyId, code: 'bench', name: '青禾县公安局', kind: 'rehearsal' })
  const { actor } = await kernel.system(agencyId)
  const run: RosterBureau['run'] = (contract, input) => kernel.run(actor, contract, input as never)
  const operationId = id('operation')
  const span = { operationId, fromDay, untilDay }
  await run(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  await addPeople(run, id)
  await addNeeds(run, id, operationId)
  await database.owner.query('analyze')
  return {
    kernel,
    actor,
    agencyId,
    operationId,
    span,
    run,
    adopted: async () => {
      const solved = await solve(kernel, actor, span)
      const planId = id('plan')
      const { matrix, open, solver, basedOn } = solved
      await run(adopt, { planId, ...span, matrix, open, solver, basedOn })
      return { planId, revision: 1, open: solved.best.open }
    },
    close: () => kernel.close(),
  }
}

async function addPeople(run: RosterBureau['run'], id: (label: string) => string): Promise<void> {
  await run(addUnit, { unitId: id('unit'), name: '城东派出所', shortName: '城东所', kind: 'station' })
  const names = inventedNames(officerCount)
  await run(importOfficers, {
    rows: names.map((name, n) => ({
      officerId: id(`officer ${n}`),
      badge: String(990_000 + n),
      name,
      kind: 'police' as const,
      unit: '城东派出所',
      skills: [...(n % 2 === 0 ? (['leader'] as const) : []), ...(n % 3 === 0 ? (['ppe'] as const) : [])],
    })),
  })
}

async function addNeeds(run: RosterBureau['run'], id: (label: string) => string, operationId: string) {
  const patterns = {
    fourBySix: id('4x6'),
    threeByEight: id('3x8'),
    twoByTwelve: id('2x12'),
    dayOnly: id('day'),
    standby: id('standby'),
  }
  await run(defineStandardPatterns, patterns)
  const held = Array.from({ length: postCount }, (_, n) => ({
    postId: id(`post ${n}`),
    code: `KK-${100 + n}`,
    name: `示例卡口${n + 1}`,
    kind: 'checkpoint' as const,
    unitId: id('unit'),
  }))
  await run(addPosts, { operationId, posts: held })
  // Every third post is cut into four bands of six hours, of which an officer's day holds two.
  const lines = held.flatMap(({ postId }, n) => {
    const [patternId, bands, heads] =
      n % 3 === 0
        ? [patterns.fourBySix, ['morning', 'afternoon', 'evening', 'night'], 4]
        : [patterns.threeByEight, ['early', 'late', 'night'], 3]
    const line = { postId, patternId, bands: bands as string[], beginsOn: fromDay, endsOn: untilDay }
    return [
      { ...line, demandId: id(`demand ${n}`), heads: Number(heads) },
      { ...line, demandId: id(`leader ${n}`), heads: 1, skill: 'leader' as const },
    ]
  })
  await run(setDemands, { lines })
}

async function solve(kernel: Kernel, actor: Actor, span: RosterBureau['span']): Promise<SolveResult> {
  const task = kernel.registry.tasks.get('roster.solve')
  if (!task) throw new Error('invariant: the solver is a task')
  const input = solveInput.parse({ ...span, seconds: 40, seed: 7, stopWhenCovered: true })
  const control = {
    taskId: uuidv7(Date.now()),
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  return (await task.run(input as never, await kernel.reader(actor), control)) as SolveResult
}
