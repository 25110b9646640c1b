// The wall of the hall through ten thousand changes of what it shows: whether its memory stays where it was. The page
// looks at most three times a second, so the changes are given time, and how often it looked is said.
import { setTimeout as sleep } from 'node:timers/promises'
import { settleAlerts } from '../../src/kernel/books/contracts.ts'
import { type BenchOptions, type Row, rounded } from '../bench.ts'
import type { BenchPage, LeadingBureau } from './leading-bureau.ts'

const atOnce = 20

/** Live JavaScript objects after a collection, in MB. */
async function heapMb(page: BenchPage): Promise<number> {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('HeapProfiler.enable')
  for (let n = 0; n < 2; n += 1) await protocol.send('HeapProfiler.collectGarbage')
  const { usedSize } = await protocol.send('Runtime.getHeapUsage')
  await protocol.detach()
  return usedSize / 2 ** 20
}

export async function rows({ quick, say }: BenchOptions, bureau: LeadingBureau): Promise<Row[]> {
  const { open, now } = bureau
  const updates = quick ? 1_000 : 10_000
  const page = await bureau.page(1920, 1080)
  let looks = 0
  page.on('request', request => {
    if (request.url().includes('/api/queries/reports.situation')) looks += 1
  })
  await page.goto('/wall')
  await page.locator('.wall-map [data-drawn]').waitFor()
  const change = (n: number) => {
    const sighting = {
      ...{
        subject: `bench ${n % 7}`,
        titleZh: '第几次变化',
        titleEn: 'a change',
        severity: 'amber' as const,
      },
      ...{ link: '/roster', unitId: null, dueAt: new Date(now + (n % 90) * 60_000).toISOString() },
    }
    const [raise, clear] = n % 2 === 0 ? [[sighting], []] : [[], [`bench ${(n - 1) % 7}`]]
    return open.kernel.run(open.actor, settleAlerts, {
      ...{ watch: 'bench.wall', ownerRole: 'dutyOfficer' as const, raise, turn: [], clear },
    })
  }
  // What the first looks build once is no growth.
  for (let n = 0; n < 40; n += 1) await change(n)
  await sleep(3_000)
  const before = await heapMb(page)
  looks = 0
  say(`wall: ${updates} changes`)
  for (let n = 0; n < updates; n += 1) {
    await change(n)
    if (n % atOnce === atOnce - 1) await sleep(250)
  }
  await sleep(3_000)
  const after = await heapMb(page)
  await page.context().close()
  return [
    { name: 'wall: changes', value: updates, unit: 'changes' },
    { name: 'wall: looks', value: looks, unit: 'looks' },
    { name: 'wall: heap before', value: rounded(before), unit: 'MB' },
    { name: 'wall: heap after', value: rounded(after), unit: 'MB', ratio: after / before, peer: 'before' },
  ]
}
