// The field app on a phone's network, as a person with a watch would read it: first load, and the later start without
// a network. A real server, the built pages, a real browser; slow 4G is made by the browser's own protocol.
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
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
      visits.push(await visitsOf(opened.browser, server.base, officer))
    }
    return [...rowsOf(visits), keptOf(folder)]
  } finally {
    await opened.close()
    await server.stop()
    place.remove()
  }
}

/** Of the lines that the demonstration prints, one for each role. */
function officerIn(out: string): Officer {
  const [, badge, password] = /sign-in officer (\S+) (\S+)/.exec(out) ?? []
  if (!badge || !password) throw new Error(`no officer's sign-in in what the server printed:\n${out}`)
  return { badge, password }
}

interface Officer {
  badge: string
  password: string
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

/** Asked again and again: a function that is waited for counts as true as soon as it gives a promise. */
const isKept = async () =>
  (await navigator.serviceWorker.getRegistration('/'))?.active?.state === 'activated' &&
  navigator.serviceWorker.controller !== null

/** A phone that was never here: nothing of the site is in its profile. */
async function newPhone(browser: Browser, base: string): Promise<Page> {
  return (await browser.newContext({ baseURL: base, viewport: phone, hasTouch: true })).newPage()
}

async function visitsOf(browser: Browser, base: string, officer: Officer): Promise<Visits> {
  const stranger = await newPhone(browser, base)
  const atDoor = await visit(stranger, '/', door)
  const first = await newPhone(browser, base)
  await signIn(first, base, officer)
  const atToday = await visit(first, '/today', today)
  // One that was never under a slow network: the browser would hold up what the worker answers, too.
  const page = await newPhone(browser, base)
  await signIn(page, base, officer)
  await page.goto('/today')
  await today(page)
  while (!(await page.evaluate(isKept))) await page.waitForTimeout(100)
  await page.context().setOffline(true)
  const began = performance.now()
  await page.goto('/today')
  await today(page)
  const seconds = (performance.now() - began) / 1_000
  for (const one of [stranger, first, page]) await one.context().close()
  return { door: atDoor, today: atToday, offline: { seconds, kB: 0 } }
}

async function signIn(page: Page, base: string, officer: Officer): Promise<void> {
  const answer = await page
    .context()
    .request.post('/api/sign-in', { data: officer, headers: { origin: base } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
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
