// Looks at an open page as a strict visitor would, and says what is wrong with it.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Lang } from './stage.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string | null
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/** Until nothing is loading: no skeleton, no pending request, the chunk of the page is there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('[aria-busy="true"], .fx-bones, .ant-btn-loading') === null,
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** To another page as a link leads there, without loading the shell again; returns when the new page stands. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    document.querySelector('h1')?.setAttribute('data-before', '')
    window.history.pushState({}, '', to)
  }, path)
  await page.waitForFunction(
    to => location.pathname === to && document.querySelector('h1:not([data-before])') !== null,
    path,
  )
  await settled(page)
}

/** Serious and critical only: what keeps somebody from using the page. */
async function axeSays(page: Page): Promise<string[]> {
  // Through the protocol and not as a script tag, which the content security policy would rightly refuse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run({ resultTypes: ['violations'], preload: false })
    return violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
  })
  return violations.map(one => {
    const where = one.nodes.slice(0, 3).map(node => node.target.join(' '))
    return `axe ${one.id} (${one.impact}) ×${one.nodes.length}: ${where.join(' | ')} ${one.nodes[0]?.failureSummary?.replace(/\s+/g, ' ') ?? ''}`
  })
}

/** A word that was never found shows its key, as `roster.noRows` or `emptyPosts`; Chinese on an English page shows too. */
const looksLikeKey = /^[a-z]+([A-Z][a-z]+)+$|^[a-z]+(\.[a-z][A-Za-z]+)+$|\{\w+[|}]/

async function wordsSay(page: Page, lang: Lang): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const seen: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent?.closest('script, style, code')) continue
      const text = node.textContent?.trim() ?? ''
      if (text) seen.push(text)
    }
    for (const one of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const text = one.getAttribute(name)
        if (text) seen.push(text)
      }
    }
    return [...new Set(seen)]
  })
  const latinOnly = lang === 'zh' ? /^[A-Z][a-z]+( [a-z]+){2,}/ : null
  return texts
    .filter(text => looksLikeKey.test(text) || latinOnly?.test(text))
    .map(text => `untranslated: ${text}`)
}

export async function look(page: Page, lang: Lang, { axe = true } = {}): Promise<string[]> {
  const headings = await page.locator('h1').count()
  const said = headings === 1 ? [] : [`${headings} h1`]
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (wide > 0) said.push(`${wide} px wider than the screen`)
  if ((await page.locator('html').getAttribute('lang')) !== (lang === 'zh' ? 'zh-CN' : 'en'))
    said.push('wrong lang')
  return [...said, ...(await wordsSay(page, lang)), ...(axe ? await axeSays(page) : [])]
}

const fingerPx = 44

/** What a thumb in a glove would miss on a page of the phone. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(least => {
    const targets = [
      ...document.querySelectorAll('.fx-phone button, .fx-phone a, .fx-phone input:not([hidden])'),
    ]
    return targets.flatMap(one => {
      const { width, height } = one.getBoundingClientRect()
      const small = width > 0 && (height < least || width < least)
      const name = one.getAttribute('aria-label') ?? one.textContent
      return small ? [`${Math.round(width)} × ${Math.round(height)} px to touch: ${name}`] : []
    })
  }, fingerPx)
}

/** Kept for human eyes where JOURNEY_SHOTS names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.JOURNEY_SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
