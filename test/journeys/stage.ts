// What every journey stands on: a database of its own, the real server with the built pages, and a browser whose
// complaints (console errors, broken rules of the content security policy, uncaught errors) fail the test.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import { buildWeb } from '../../src/app/cli/build.ts'
import { modules } from '../../src/app/registry.ts'
import { books } from '../../src/kernel/books/books.ts'
import { type HttpWorld, httpWorld, password } from '../../src/kernel/http/http-world.ts'
import type { Tiles } from '../../src/kernel/http/tiles.ts'
import type { PushParts } from '../../src/kernel/push/push.ts'
import { openBrowser } from './browser.ts'

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }
export type Size = typeof desk
export type Lang = 'zh' | 'en'

export interface Seat {
  page: Page
  context: BrowserContext
}

export interface Room {
  /** What the browser complained of since the last test. A test takes out what it expects; the rest fails it. */
  faults: string[]
  /** A fresh browser profile, not signed in. */
  sit(size?: Size, lang?: Lang): Promise<Seat>
  /** The same, signed in with an account of the stage. */
  sitAs(badge: string, size?: Size, lang?: Lang): Promise<Seat>
}
export type Stage = HttpWorld & Room

/** The door asks who is there; the browser writes the answer "nobody" on its console, and that is no fault. */
const asksWho = (text: string, url: string) => text.includes('status of 401') && url.endsWith('/api/session')

function listen(context: BrowserContext, faults: string[]): void {
  context.on('weberror', one => faults.push(`uncaught ${one.error().stack ?? one.error().message}`))
  context.on('console', message => {
    const { url } = message.location()
    if (message.type() !== 'error' || asksWho(message.text(), url)) return
    faults.push(`${message.text()} ${new URL(url || 'http://nowhere/').pathname}`)
  })
}

/** The browser before a server; called at the top of a `describe`. */
export async function room(base: string): Promise<Room> {
  const opened = await openBrowser()
  const faults: string[] = []
  afterEach(() => expect(faults.splice(0), 'what the browser complained of').toEqual([]))
  afterAll(() => opened.close())
  const sit: Room['sit'] = async (size = desk, lang = 'zh') => {
    const context = await opened.browser.newContext({
      baseURL: base,
      viewport: size,
      locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      hasTouch: size.width < 768,
    })
    // A machine that builds, solves and draws maps at once takes its time; who waits for what is there loses none.
    context.setDefaultTimeout(120_000)
    if (lang === 'en') {
      // Only where nothing is kept yet, or a choice made in the test would not outlive a reload; a blank page has none.
      await context.addInitScript(
        `if (location.protocol !== 'about:') localStorage['fangxian.lang'] ??= 'en'`,
      )
    }
    listen(context, faults)
    return { context, page: await context.newPage() }
  }
  return {
    faults,
    sit,
    sitAs: async (badge, size, lang) => {
      const seat = await sit(size, lang)
      const request = { data: { badge, password }, headers: { origin: base } }
      const answer = await seat.context.request.post('/api/sign-in', request)
      expect(answer.status(), `sign-in of ${badge}`).toBe(200)
      return seat
    },
  }
}

/** The built pages, in a folder of their own: a build that runs beside this one clears away older pages. */
export async function builtPages(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-pages-'))
  cpSync(await buildWeb(), folder, { recursive: true })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Staged {
  tiles?: Tiles
  push?: PushParts
  /** Its own copy of the pages, where a test changes them. */
  webFolder?: string
}

export async function stage({ push, webFolder, ...more }: Staged = {}): Promise<Stage> {
  const pages = webFolder ?? (await builtPages())
  const w = await httpWorld([...modules, books(modules)], { webFolder: pages, ...more }, push)
  // Where a page says how long something is still to go the browser's clock counts too: both run at one hour.
  w.clock.set(new Date().toISOString())
  return Object.assign(w, await room(w.base))
}

/** As the accounts page shows it, once. */
export const oneTimeCode = /^([A-Z2-9]{4}-){2}[A-Z2-9]{4}$/

/** Signs in at the door as a person does. */
export async function signIn(page: Page, badge: string, given = password): Promise<void> {
  await page.getByLabel('警号').fill(badge)
  await page.getByLabel('密码', { exact: true }).fill(given)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}
