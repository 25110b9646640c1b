// The field app on a phone's network, as a person with a watch would read it: first load, and the later start without
// a network. A real server, the built pages, a real browser; slow 4G is made by the browser's own protocol.
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { buildWeb } from '../../src/app/cli/build.ts'
import { openBrowser } from '../../test/journeys/browser.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { benchFolder, served } from '../frame/served.ts'

/** What Lighthouse calls slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}
const phone = { width: 390, height: 844 }

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const folder = await buildWeb()
  const place = benchFolder()
  say('web: starting the server with its demonstration')
  const server = await served(place.folder)
  const opened = await openBrowser()
  try {
    const officer = officerIn(server.out)
    const visits: Visits[] = []
    for (let round = 1; round <= (quick ? 1 : 5); round += 1) {
      say(`web: phone ${round}`)
      const context = await opened.browser.newContext({
        baseURL: server.base,
        viewport: phone,
        hasTouch: true,
      })
      visits.push(await visitsOf(context, server.base, officer))
      await context.close()
    }
    return [...rowsOf(visits), keptOf(folder)]
  } finally {
    await opened.close()
    await server.stop()
    place.remove()
  }
}

/** Of the lines that the demonstration prints, one for each role. */
function officerIn(out: string): { badge: string; password: string } {
  const [, badge, password] = /sign-in officer (\S+) (\S+)/.exec(out) ?? []
  if (!badge || !password) throw new Error(`no officer's sign-in in what the server printed:\n${out}`)
  return { badge, password }
}

interface Visit {
  seconds: number
  kB: number
}
interface Visits {
  door: Visit
  today: Visit
  offline: Visit
}

/** From the address to what is waited for, and what came over the line meanwhile. */
async function visit(page: Page, path: string, there: (page: Page) => Promise<void>): Promise<Visit> {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Network.enable')
  await protocol.send('Network.emulateNetworkConditions', slow4g)
  let bytes = 0
  protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const began = performance.now()
  await page.goto(path)
  await there(page)
  const seconds = (performance.now() - began) / 1_000
  await protocol.detach()
  return { seconds, kB: bytes / 1_000 }
}

const door = (page: Page) => page.locator('input[type=password]').waitFor()
const today = (page: Page) => page.locator('.fx-phone .fx-card').first().waitFor()

async function visitsOf(
  context: BrowserContext,
  base: string,
  officer: { badge: string; password: string },
): Promise<Visits> {
  // Each with an empty cache: a phone that was never here.
  const first = await context.newPage()
  const atDoor = await visit(first, '/', door)
  await first
    .context()
    .newCDPSession(first)
    .then(protocol => protocol.send('Network.clearBrowserCache'))
  await first.close()
  const answer = await context.request.post('/api/sign-in', { data: officer, headers: { origin: base } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  const page = await context.newPage()
  const atToday = await visit(page, '/today', today)
  await page.waitForFunction(async () => {
    const registered = await navigator.serviceWorker.getRegistration('/')
    return registered?.active?.state === 'activated' && navigator.serviceWorker.controller !== null
  })
  await context.setOffline(true)
  const began = performance.now()
  await page.goto('/today')
  await today(page)
  const seconds = (performance.now() - began) / 1_000
  return { door: atDoor, today: atToday, offline: { seconds, kB: 0 } }
}

function rowsOf(visits: readonly Visits[]): Row[] {
  const row = (name: string, unit: 's' | 'kB', of: (one: Visits) => number): Row => ({
    name,
    value: rounded(median(visits.map(of))),
    unit,
  })
  return [
    row('slow 4G, first time: the door', 's', one => one.door.seconds),
    row('slow 4G, first time: the door, over the line', 'kB', one => one.door.kB),
    row('slow 4G, first time, signed in: Today', 's', one => one.today.seconds),
    row('slow 4G, first time, signed in: Today, over the line', 'kB', one => one.today.kB),
    row('later, without a network: Today', 's', one => one.offline.seconds),
  ]
}

/** What a phone keeps of the pages. */
function keptOf(folder: string): Row {
  const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8')
  const names = [...worker.matchAll(/\["\/([^"]+)","sha256-/g)].map(([, name]) => name ?? '')
  const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0)
  return {
    name: `kept on the phone, gzip (${names.length} files)`,
    value: rounded(bytes / 1_000),
    unit: 'kB',
  }
}
