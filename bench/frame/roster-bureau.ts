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
import { changeOperation, openOperation } from '../../src/modules/operations/contracts.ts'
import { operations } from '../../src/modules/operations/index.ts'
import { addUnit, importOfficers, reportUnavailable } from '../../src/modules/people/contracts.ts'
import { people } from '../../src/modules/people/index.ts'
import { addPosts, defineStandardPatterns, setDemands } from '../../src/modules/posts/contracts.ts'
import { posts } from '../../src/modules/posts/index.ts'
import { adopt, board, editCell, openDraft, solveInput } from '../../src/modules/roster/contracts.ts'
import { roster } from '../../src/modules/roster/index.ts'
import type { SolveResult } from '../../src/modules/roster/solve-task.ts'
import { inventedNames } from '../../scenarios/names.ts'
import type { BenchDatabase } from './database.ts'

const officerCount = 900
const fromDay = '2021-11-04'
const untilDay = '2021-11-27'
/** Before the first duty day, so that every duty is still to come when the roster is published. */
const clock = new Date('2021-11-03T00:00:00Z')

export interface SeatOf {
  operationId: string
  postId: string
  patternId: string
  band: string
  day: string
  officerId: string
}

export interface RosterBureau {
  kernel: Kernel
  actor: Actor
  agencyId: string
  operationId: string
  span: { operationId: string; fromDay: string; untilDay: string }
  /** Solves and adopts a roster of the whole span, and gives the plan to publish. */
  adopted(): Promise<{ planId: string; revision: number; open: number }>
  /** A command that changes nothing a roster rests on. */
  elsewhere(): Promise<unknown>
  /** Somebody is reported away for some hours, months later. */
  absence(): Promise<unknown>
  /** Who stands where on a day, as questions about each of them. */
  seats(day: string): Promise<SeatOf[]>
  /** A draft of the published roster. `edit` takes somebody off his place, and the next time puts him back. */
  draft(): Promise<{ planId: string; edit(): Promise<unknown> }>
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
  await addPeople(run, id, officerCount)
  await addNeeds(run, id, { operationId, posts: 71, fromDay, untilDay })
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
      const { matrix, open, solver, voucher, basedOn } = solved
      await run(adopt, { planId, ...span, matrix, open, solver, voucher, basedOn })
      return { planId, revision: 1, open: solved.best.open }
    },
    ...busy(run, id, operationId),
    seats: day => seatsOf(kernel, actor, span, day),
    draft: async () => {
      const planId = id('draft')
      await run(openDraft, { planId, ...span })
      const [seat] = await seatsOf(kernel, actor, span, '2021-11-12')
      return { planId, edit: seat ? editing(run, planId, seat) : async () => undefined }
    },
    close: () => kernel.close(),
  }
}

/** Commands of the others while somebody clicks through a board. */
function busy(run: RosterBureau['run'], id: (label: string) => string, operationId: string) {
  let [renamed, absent] = [0, 0]
  return {
    elsewhere: () => {
      renamed += 1
      const name = `秋季疫情防控专项勤务${renamed}`
      return run(changeOperation, { operationId, name, beginsOn: '2021-10-24', endsOn: null })
    },
    absence: () => {
      absent += 1
      return run(reportUnavailable, {
        availabilityId: id(`absence ${absent}`),
        officerId: id(`officer ${absent % officerCount}`),
        state: 'unavailable',
        beginsAt: '2022-03-01T00:00:00Z',
        endsAt: `2022-03-01T0${1 + Math.floor(absent / officerCount)}:00:00Z`,
      })
    },
  }
}

async function seatsOf(kernel: Kernel, actor: Actor, span: RosterBureau['span'], day: string) {
  const view = await kernel.ask(actor, board, { ...span, fromDay: day, untilDay: day })
  const seats: SeatOf[] = []
  for (let at = 0; at < view.cells.length; at += 5) {
    const [row = 0, , mask = 0, officer = 0] = view.cells.slice(at, at + 4)
    const [post = 0, pattern = 0] = view.rows[row] ?? []
    const { patternId = '', bands = [] } = view.patterns[pattern] ?? {}
    const band = bands.find((_band, bit) => (mask >> bit) & 1)?.key ?? ''
    const postId = view.posts[post]?.postId ?? ''
    seats.push({
      operationId: span.operationId,
      postId,
      patternId,
      band,
      day,
      officerId: view.officers[officer]?.[0] ?? '',
    })
  }
  return seats
}

function editing(run: RosterBureau['run'], planId: string, seat: SeatOf) {
  let revision = 1
  return async () => {
    const { officerId, day, postId, patternId, band } = seat
    const duty = revision % 2 === 1 ? null : { postId, patternId, bands: [band] }
    await run(editCell, { planId, revision, edits: [{ officerId, day, duty }] })
    revision += 1
  }
}

export async function addPeople(
  run: RosterBureau['run'],
  id: (label: string) => string,
  officers: number,
): Promise<void> {
  await run(addUnit, { unitId: id('unit'), name: '城东派出所', shortName: '城东所', kind: 'station' })
  const names = inventedNames(officers)
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

interface Needs {
  operationId: string
  posts: number
  fromDay: string
  untilDay: string
}

export async function addNeeds(
  run: RosterBureau['run'],
  id: (label: string) => string,
  { operationId, posts: postCount, fromDay, untilDay }: Needs,
): Promise<void> {
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
