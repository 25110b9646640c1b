// The calendar of leaders as the office fills it: one week by hand, the rest by its order, then on paper.
import { describe, expect, it } from 'vitest'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('who leads, by day', async () => {
  const w = await stage()
  w.clock.set('2021-11-01T02:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  await bureau(w, zhou)

  it('RST119 filled by hand, doubted where nobody rests, repeated to the end of the month, printed', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/leaders')
    await settled(page)
    await page.getByText('这个月还没有排带班领导。').waitFor()
    await shoot(page, 'leaders-empty')
    expect(await look(page, 'zh')).toEqual([])
    await page.getByRole('button', { name: '从 11-01 排起' }).click()
    const sets = async (day: RegExp | null, bureauLeader: string, leader: string | null) => {
      if (day) await page.getByRole('button', { name: day }).click()
      const drawer = page.getByRole('dialog')
      const choose = async (label: string, name: string) => {
        const value = await drawer
          .getByLabel(label)
          .locator('option', { hasText: name })
          .first()
          .getAttribute('value')
        await drawer.getByLabel(label).selectOption(value ?? '')
      }
      await choose('带班局领导', bureauLeader)
      if (leader) await choose('指挥长', leader)
      await drawer.getByRole('button', { name: '排定' }).click()
      await drawer.waitFor({ state: 'hidden' })
    }
    await sets(null, '周示一', '冯样一')
    await sets(/11月2日/, '褚例一', null)
    await sets(/11月3日/, '褚例一', null)
    await page.getByText('RST118 与相邻一日带班之间没有休息日').first().waitFor()
    await shoot(page, 'leaders-doubt')
    expect(await look(page, 'zh')).toEqual([])
    await sets(/11月3日/, '蒋示一', null)
    await page
      .getByText(/RST118/)
      .first()
      .waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '按周期沿用' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('样板至').fill('2021-11-03')
    await drawer.getByLabel('沿用从').fill('2021-11-04')
    await shoot(page, 'leaders-repeat')
    await drawer.getByRole('button', { name: '沿用' }).click()
    await page.getByText(/已排 36 处，保留 0 处，跳过 0 处/).waitFor()
    await page.getByRole('button', { name: /11月30日.*蒋示一/ }).waitFor()
    await shoot(page, 'leaders-month')
    await page.getByRole('button', { name: '打印' }).click()
    await page.getByRole('heading', { name: /2021年11月带班领导值班表/ }).waitFor()
    await page.getByRole('cell', { name: '11月30日' }).waitFor()
    await shoot(page, 'leaders-paper')
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载 Excel' }).click()
    expect((await coming).suggestedFilename()).toMatch(/带班领导值班表\.xlsx$/)
    await context.close()
    const small = await w.sitAs('990001', phone)
    await small.page.goto('/roster/leaders')
    await settled(small.page)
    await small.page.getByText('蒋示一').first().waitFor()
    await shoot(small.page, 'leaders-phone')
    expect(await look(small.page, 'zh')).toEqual([])
    await small.context.close()
  })
})
