// What a person at a page feels while others solve: the real server is asked for a board and given a command by turns,
// first alone, then while two rosters of 610 officers and 24 days are searched for in it.
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { addDays } from '../../src/kernel/time.ts'
import { changeOperation, openOperation } from '../../src/modules/operations/contracts.ts'
import { adopt, board, publish, solveInput } from '../../src/modules/roster/contracts.ts'
import type { SolveResult } from '../../src/modules/roster/solve-task.ts'
import { type BenchOptions, type Row, rounded } from '../bench.ts'
import { addNeeds, addPeople, type RosterBureau } from '../frame/roster-bureau.ts'
import { benchFolder, post, served, signedIn } from '../frame/served.ts'

const officers = 610
const posts = 48
const days = 24

interface Door {
  span: { operationId: string; fromDay: string; untilDay: string }
  get(path: string): Promise<unknown>
  send(path: string, body: unknown): Promise<unknown>
  run: RosterBureau['run']
}

async function bureauAt(base: string, cookie: string): Promise<Door> {
  const seed = uuidv7(Date.now())
  const id = (label: string) => derivedId(seed, label)
  const send = async (path: string, body: unknown) => (await post(base, path, body, cookie)).json()
  const run: Door['run'] = (contract, input) => send(`/api/commands/${contract.name}`, input)
  const get = async (path: string) => {
    const response = await fetch(base + path, { headers: { cookie } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
    return response.json()
  }
  // Ahead of the server's clock, so that nothing has begun.
  const fromDay = addDays(new Date().toISOString().slice(0, 10), 3)
  const span = { operationId: id('operation'), fromDay, untilDay: addDays(fromDay, days - 1) }
  await run(openOperation, { operationId: span.operationId, name: '秋季疫情防控专项勤务', beginsOn: fromDay })
  await addPeople(run, id, officers)
  await addNeeds(run, id, { ...span, posts })
  return { span, get, send, run }
}

async function begin(door: Door, seconds: number, seed: number): Promise<string> {
  const input = solveInput.parse({ ...door.span, seconds, seed })
  return ((await door.send('/api/tasks/roster.solve', input)) as { taskId: string }).taskId
}

interface Task {
  state: string
  result: SolveResult | null
}

async function ended(door: Door, taskId: string): Promise<SolveResult> {
  for (;;) {
    const { state, result } = (await door.get(`/api/tasks/${taskId}`)) as Task
    if (result) return result
    if (state !== 'running') throw new Error(`the search ended as ${state}`)
    await sleep(100)
  }
}

interface Waits {
  query: number[]
  command: number[]
}

/** A board of a week and a command that touches no roster, by turns, as long as is said. */
async function ask(door: Door, goesOn: (n: number) => boolean): Promise<Waits> {
  const { operationId, fromDay } = door.span
  const input = JSON.stringify({ operationId, fromDay, untilDay: addDays(fromDay, 6) })
  const waits: Waits = { query: [], command: [] }
  const timed = async (list: number[], work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    list.push(performance.now() - begun)
  }
  for (let n = 0; goesOn(n); n += 1) {
    await timed(waits.query, () => door.get(`/api/queries/${board.name}?input=${encodeURIComponent(input)}`))
    const operation = { operationId, name: `秋季疫情防控专项勤务${n}`, beginsOn: fromDay, endsOn: null }
    await timed(waits.command, () => door.run(changeOperation, operation))
  }
  return waits
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  // A server, a bureau and enough questions for a p99 take more than a minute.
  if (quick) return []
  const place = benchFolder()
  const server = await served(join(place.folder, 'data'), ['--empty'])
  try {
    say('while solving: a bureau at the server')
    const door = await bureauAt(server.base, await signedIn(server))
    const { matrix, open, solver, voucher, basedOn } = await ended(door, await begin(door, 10, 1))
    const planId = uuidv7(Date.now())
    await door.run(adopt, { planId, ...door.span, matrix, open, solver, voucher, basedOn })
    await door.run(publish, { planId, revision: 1 })
    await ask(door, n => n < 50)
    say('while solving: alone')
    const idle = await ask(door, n => n < 1_000)
    say('while solving: two searches')
    const searches = await Promise.all([begin(door, 40, 2), begin(door, 40, 3)])
    let over = false
    const all = Promise.all(searches.map(one => ended(door, one))).finally(() => {
      over = true
    })
    const busy = await ask(door, () => !over)
    await all
    return (['query', 'command'] as const).flatMap(what =>
      [0.5, 0.99].flatMap((part): Row[] => {
        const [alone, solving] = [percentile(idle[what], part), percentile(busy[what], part)]
        const name = `${what === 'query' ? 'a board' : 'a command'}, p${part * 100}`
        return [
          { name: `${name}, alone`, value: rounded(alone), unit: 'ms' },
          {
            name: `${name}, while two solve`,
            value: rounded(solving),
            unit: 'ms',
            ratio: rounded(solving / alone),
            peer: `alone; ${busy[what].length} asked`,
          },
        ]
      }),
    )
  } finally {
    await server.stop()
    place.remove()
  }
}
