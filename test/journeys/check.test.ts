import { describe, expect, it } from 'vitest'
import { at, bureau, firstDay, publishes } from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot, smallTargets } from './look.ts'
import { phone, stage } from './stage.ts'

describe('a check', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [{ officer: 0, day: firstDay, post: 'gate', bands: ['morning'] }])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  w.clock.set(at(firstDay, 9))
  it('CHK look', async () => {
    for (const [lang, size] of [
      ['zh', phone],
      ['en', phone],
      ['zh', { width: 360, height: 640 }],
    ] as const) {
      const { page, context } = await w.sitAs('990100', size, lang)
      const name = `check-${lang}-${size.width}`
      await page.goto('/check')
      await settled(page)
      await shoot(page, `${name}-0`)
      for (const key of '365') await page.keyboard.press(key)
      await shoot(page, `${name}-1`)
      console.log(name, await look(page, lang), await smallTargets(page))
      await page.keyboard.press('Enter')
      for (const key of '379') await page.keyboard.press(key)
      await shoot(page, `${name}-2`)
      await page.locator('.ck-mark').click()
      await shoot(page, `${name}-3`)
      await page.getByRole('button', { name: '示', exact: true }).click()
      await shoot(page, `${name}-4`)
      await page.getByRole('button', { name: /返回|Back/ }).click()
      await page.getByRole('button', { name: /劝返|Turn back/ }).click()
      await shoot(page, `${name}-5`)
      await page.getByRole('button', { name: /返回|Back/ }).click()
      await page.getByRole('button', { name: /留观|Hold/ }).click()
      await shoot(page, `${name}-6`)
      await page.locator('.fx-emergency').click()
      await shoot(page, `${name}-7`)
      await context.close()
    }
    expect(1).toBe(1)
  })
})
