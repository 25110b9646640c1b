// The situation of chengxi on its last day: how long the query takes, how long a step into the past, and how long until
// what somebody else did stands on a page that is open. Browser, server and database share the machine.
import { situation as asked } from '../../src/modules/reports/contracts.ts'
import { record } from '../../src/modules/commandpost/contracts.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import type { LeadingBureau } from './leading-bureau.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

const p95 = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? Number.NaN

function tableOf(name: string, times: readonly number[]): Row[] {
  return [
    { name: `situation: ${name}, p50`, value: rounded(median(times)), unit: 'ms' },
    { name: `situation: ${name}, p95`, value: rounded(p95(times)), unit: 'ms' },
  ]
}

/** Minutes of all the operation, the same on every run. */
function* minutes(from: number, until: number): Generator<string> {
  for (let state = 20_211_024; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield new Date(
      from + Math.floor(((state / 2 ** 32) * (until - from)) / minuteMs) * minuteMs,
    ).toISOString()
  }
}

async function timed(times: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const found: number[] = []
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now()
    await work(n)
    found.push(performance.now() - begun)
  }
  return found
}

/** From the command's answer on until the entry stands in the log column of an open page. */
async function untilOnScreen(bureau: LeadingBureau, operationId: string, times: number): Promise<number[]> {
  const { open, now } = bureau
  const page = await bureau.page(1440, 900)
  await page.goto('/situation')
  await page.locator('.asof-track').waitFor()
  const found: number[] = []
  for (let n = 0; n < times; n += 1) {
    const text = `第 ${n} 条记录。`
    const entry = { operationId, kind: 'note', happenedAt: new Date(now - minuteMs).toISOString(), text }
    const shown = page.locator('.situation-entry', { hasText: text }).waitFor()
    const begun = performance.now()
    await open.kernel.run(open.actor, record, { entryId: uuidv7(now + n), ...entry } as never)
    await shown
    found.push(performance.now() - begun)
  }
  await page.context().close()
  return found
}

export async function rows({ quick, say }: BenchOptions, bureau: LeadingBureau): Promise<Row[]> {
  const { open, begins, now } = bureau
  const first = await open.kernel.ask(open.actor, asked, {})
  const times = quick ? 40 : 300
  say(`situation: asking ${times} times`)
  const live = await timed(times, () => open.kernel.ask(open.actor, asked, {}))
  say(`situation: ${times} steps into the past`)
  const at = minutes(begins, now)
  const past = await timed(times, () => open.kernel.ask(open.actor, asked, { at: at.next().value as string }))
  // As the arrow keys go: a minute back, and another.
  const step = await timed(times, n =>
    open.kernel.ask(open.actor, asked, { at: new Date(now - 3 * dayMs - n * minuteMs).toISOString() }),
  )
  say('situation: until on screen')
  const shown = await untilOnScreen(bureau, first.operation?.operationId ?? '', quick ? 10 : 60)
  return [
    ...tableOf('the query at day 24', live),
    ...tableOf('a step to any minute of 24 days', past),
    ...tableOf('a step of one minute', step),
    ...tableOf("somebody else's change until on screen", shown),
  ]
}
