import { describe, expect, it } from 'vitest'
import { addOfficer } from '../../src/modules/people/contracts.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { settled } from './look.ts'
import { stage } from './stage.ts'

describe('hands on the keyboard, and others at work', async () => {
  const w = await stage()
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou, 5)

  it('WEB30 the rail is reached by Tab, and Enter goes there', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/situation')
    await settled(page)
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    for (let presses = 0; presses < 30 && !(await focused()).startsWith('警力'); presses += 1) {
      await page.keyboard.press('Tab')
    }
    expect(await focused()).toMatch(/^警力/)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/people')
    await context.close()
  })

  it('WEB31 Ctrl+K finds an officer, a post and a zone, and opens each in its drawer; Esc closes', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/situation')
    await settled(page)
    const sought = [
      { text: '990101', opens: '郑例一', at: '/people' },
      { text: 'KK-01', opens: '青禾北卡口', at: '/posts' },
      { text: '城东花园', opens: '城东花园', at: '/zones' },
    ]
    for (const { text, opens, at } of sought) {
      await page.keyboard.press('Control+k')
      await page.locator('dialog[open]').getByRole('combobox').waitFor()
      // Once, key by key, as a person types: the palette has the focus and keeps it.
      await page.keyboard.type(text)
      await page.getByRole('option', { name: opens, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(url => url.pathname === at)
      await page.getByRole('dialog').getByText(opens).first().waitFor()
      await page.locator('[role="dialog"]:focus-within').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await context.close()
  })

  it('WEB32 arrows walk a list, Enter opens the row, Esc closes it', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/people')
    await page.getByRole('row', { name: /990100/ }).waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(new URL(page.url()).searchParams.get('officer')).not.toBeNull()
    await page.locator('[role="dialog"]:focus-within').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await context.close()
  })

  it('WEB33 what one person does stands on the page that another has open', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/people')
    await page.getByRole('row', { name: /990100/ }).waitFor()
    expect(await page.getByRole('row', { name: /990177/ }).count()).toBe(0)
    const officer = { unitId: b.unitId, badge: '990177', name: '秦样七', kind: 'police' } as const
    await zhou.does(addOfficer, { officerId: w.newId(), ...officer })
    await page.getByRole('row', { name: /990177/ }).waitFor()
    await context.close()
  })

  it("WEB34 an address that is nobody's page says so and leads back", async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/no/such/page')
    await page.getByText('没有这个页面').waitFor()
    await page.getByRole('link', { name: '回到首页' }).click()
    await page.waitForURL('**/situation')
    await context.close()
  })
})
