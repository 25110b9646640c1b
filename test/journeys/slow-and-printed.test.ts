// A network that takes its time, and paper.
import { describe, expect, it } from 'vitest'
import { allPages } from '../../src/app/web/all-pages.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { goInside, settled } from './look.ts'
import { stage } from './stage.ts'

describe('a slow network, and paper', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T06:00:00.000Z')
  await w.account('990901', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou, 14)
  const input = { operationId: b.operationId, fromDay: '2021-11-03', untilDay: '2021-11-05', seconds: 1 }
  const planId = w.newId()
  const found = await solves(w, zhou, { ...input, stopWhenCovered: true })
  const { revision } = await zhou.does(adopt, adoption(planId, found) as never)
  await zhou.does(publish, { planId, revision })

  it('WEB38 until it is known who is there the door says that it opens, until the desk is there its outline stands', async () => {
    const { page, context } = await w.sitAs('990901')
    const held: (() => void)[] = []
    const hold = (what: string) =>
      page.route(what, async route => {
        await new Promise<void>(resolve => held.push(resolve))
        await route.continue()
      })
    await hold('**/api/session')
    await hold('**/assets/desk-frame-*.js')
    await page.goto('/situation', { waitUntil: 'commit' })
    await page.getByText('正在打开…').waitFor()
    for (const one of held.splice(0)) one()
    await page.locator('.bones').waitFor()
    await expect.poll(() => held.length).toBeGreaterThan(0)
    for (const one of held.splice(0)) one()
    await page.locator('.bones').waitFor({ state: 'hidden' })
    await settled(page)
    await context.close()
  })

  it('WEB38 a page whose answers are on the way shows its bones and is never blank', async () => {
    const { page, context } = await w.sitAs('990901')
    await page.goto('/account')
    await settled(page)
    await page.route('**/api/{queries,measures}/**', () => new Promise(() => undefined))
    const blank: string[] = []
    let looks = 0
    for (const { path } of allPages.filter(one => one.shell === 'desk' && one.path !== '/account')) {
      await page.evaluate(to => {
        for (const one of document.querySelectorAll('main > *')) one.setAttribute('data-before', '')
        window.history.pushState({}, '', to)
      }, path)
      await page.locator('main > :not([data-before])').first().waitFor({ state: 'attached' })
      const seen = await page.locator('main').innerText()
      const bones = await page.locator('.fx-bones, main [aria-busy="true"]').count()
      if (bones === 0 && seen.trim() === '') blank.push(path)
      looks += 1
    }
    console.log(`slow: ${looks} pages without an answer`)
    expect(blank).toEqual([])
    expect(looks).toBeGreaterThan(15)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await context.close()
  })

  it('WEB39 on paper stands what the page says, without what is only pressed', async () => {
    const { page, context } = await w.sitAs('990901')
    // A4 across at 96 px to the inch.
    await page.setViewportSize({ width: 1123, height: 794 })
    await page.goto('/operation')
    await settled(page)
    await page.emulateMedia({ media: 'print' })
    await page.locator('main').getByText('秋季疫情防控专项勤务').first().waitFor()
    for (const pressed of ['.fx-bar', '.fx-rail', '.fx-panel-actions']) {
      expect(await page.locator(pressed).first().isVisible(), pressed).toBe(false)
    }
    for (const path of ['/situation', '/alerts', '/figures', '/roster/print']) {
      await page.emulateMedia({ media: null })
      await goInside(page, path)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('h1').count(), path).toBe(1)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide, `${path} is wider than its paper`).toBeLessThanOrEqual(0)
    }
    await page.getByRole('table').getByText('东门封控点').first().waitFor()
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    await context.close()
  })
})
