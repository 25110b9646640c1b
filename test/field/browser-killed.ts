// A browser is killed around the moment in which its page says that an entry is saved. Started again on the same
// profile, it has everything that was said to be saved, and sends it.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { browserOptions } from '../journeys/browser.ts'
import { type Gatekeeper, onDuty } from './gatekeeper.ts'
import { type Ground, inDatabase, makeGround } from './ground.ts'
import type { Result } from './judging.ts'
import { openFolder } from './real-server.ts'
import type { Sizes } from './sizes.ts'

const patienceMs = 120_000
const phone = { width: 390, height: 844 }

// ------------------------------------------------------------------------------------------------- the browser

/** Every process that was started on the profile. */
function browsersOf(profile: string): number[] {
  return readdirSync('/proc').flatMap(name => {
    const pid = Number(name)
    if (!Number.isInteger(pid)) return []
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`) ? [pid] : []
    } catch {
      // Gone between the two looks, or another user's.
      return []
    }
  })
}

function killBrowsers(profile: string): number {
  const pids = browsersOf(profile)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return pids.length
}

/** Profiles that a browser may run on, so that it ends however we end. */
const profiles = new Set<string>()
export function endBrowsers(): void {
  for (const profile of profiles) killBrowsers(profile)
}

/** Ctrl-C is ours: what was started is ended in order, the browser with it. */
const ownSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }

async function opened(
  base: string,
  profile: string,
  { cookie }: Gatekeeper,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await chromium.launchPersistentContext(profile, {
    ...{
      ...browserOptions(profile),
      ...ownSignals,
      baseURL: base,
      viewport: phone,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  })
  context.setDefaultTimeout(patienceMs)
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: base, httpOnly: true }])
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto('/check')
  await page.getByRole('button', { name: /^放行/ }).waitFor()
  return { context, page }
}

/** One passer: typed and tapped. Resolves once the page says that it is saved. */
async function passes(page: Page, temperature: string): Promise<void> {
  for (const digit of temperature) await page.keyboard.press(digit)
  await page.getByRole('button', { name: /^放行/ }).click()
  const said = new RegExp(`已存.*${temperature.slice(0, 2)}\\.${temperature.slice(2)}`)
  await page.locator('.fx-saveline').getByText(said).waitFor()
}

const storedOf = (ground: Ground, { accountId }: Gatekeeper) =>
  inDatabase(ground.server, async owner => {
    const { rows } = await owner.query<{ n: string; ids: string }>(
      'select count(*) as n, count(distinct encounter_id) as ids from app.encounter where account_id = $1',
      [accountId],
    )
    return { rows: Number(rows[0]?.n), ids: Number(rows[0]?.ids) }
  })

interface Told {
  saved: number
  /** Tapped, and killed before anything was said of it: it may be there or not. */
  unsaid: number
}

export async function browserKilled({ many, draw }: Sizes): Promise<Result> {
  const times = many(5, 200)
  const ground = await makeGround({ pages: true })
  const profile = openFolder()
  profiles.add(profile)
  const told: Told = { saved: 0, unsaid: 0 }
  const violations: string[] = []
  let killed = 0
  try {
    const keeper = await onDuty(ground)
    for (let n = 0; n < times; n += 1) {
      const { context, page } = await opened(ground.server.base, profile, keeper)
      const fault = await allSent(ground, keeper, told)
      if (fault) violations.push(fault)
      await context.setOffline(true)
      const taps = 1 + Math.floor(draw() * 4)
      for (let tap = 0; tap < taps; tap += 1) {
        await passes(page, String(360 + ((n * 4 + tap) % 10)))
        told.saved += 1
      }
      if (draw() < 0.5) {
        told.unsaid += 1
        const said = passes(page, '371').then(
          () => true,
          () => false,
        )
        await sleep(draw() * 400)
        killed += killBrowsers(profile)
        // Heard before the kill it was said.
        if (await said) [told.saved, told.unsaid] = [told.saved + 1, told.unsaid - 1]
      } else killed += killBrowsers(profile)
      await context.close().catch(() => undefined)
    }
    const last = await opened(ground.server.base, profile, keeper)
    const fault = await allSent(ground, keeper, told)
    if (fault) violations.push(fault)
    await last.context.close()
    if (killed < times) violations.push(`${killed} processes killed in ${times} times`)
    const { rows } = await storedOf(ground, keeper)
    return {
      looked: `${times} kills, ${told.saved} said to be saved, ${told.unsaid} not yet; ${rows} on the server`,
      violations,
    }
  } finally {
    killBrowsers(profile)
    await ground.server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Everything that was said to be saved comes to the server, once, and nothing that nobody tapped. */
async function allSent(
  ground: Ground,
  keeper: Gatekeeper,
  { saved, unsaid }: Told,
): Promise<string | undefined> {
  const until = Date.now() + patienceMs
  let stored = await storedOf(ground, keeper)
  while (stored.rows < saved && Date.now() < until) {
    await sleep(100)
    stored = await storedOf(ground, keeper)
  }
  if (stored.rows < saved) return `${saved - stored.rows} lost`
  const most = saved + unsaid
  return stored.rows > most || stored.ids < stored.rows
    ? `${stored.rows} on the server of ${most}`
    : undefined
}

/** Undefined where a browser can be started and found by its processes. */
export async function browserNeeds(): Promise<string | undefined> {
  if (process.platform !== 'linux') return '/proc, to find the processes of a browser'
  const folder = openFolder()
  try {
    const browser = await chromium.launch({ ...browserOptions(folder), ...ownSignals })
    await browser.close()
    return undefined
  } catch (error) {
    return `a browser that starts: ${(error as Error).message.split('\n')[0]}`
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
