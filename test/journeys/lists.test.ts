// Lists put in order, taken away as Excel, and posts brought by a sheet, as hands do it.
import { describe, expect, it } from 'vitest'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { writeWorkbook } from '../../src/sheets/index.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const headers = ['何处', '种类', '责任单位', '电话']

function postsSheet(): Promise<Buffer> {
  const rows = [
    ['石桥卡口', '卡口', '城东所', '10000000011'],
    ['学府路门岗', '城堡', '城东所', ''],
    ['南桥卡口', '卡口', '不存在所', ''],
  ].map(cells => Object.fromEntries(cells.map((cell, at) => [headers[at], cell])))
  const columns = headers.map(header => ({ key: header, header, kind: 'text' as const }))
  return writeWorkbook({ sheetName: '点位', columns, rows })
}

describe('lists and what is brought into them', async () => {
  const w = await stage()
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  await bureau(w, zhou, 5)

  it('WEB50 a list is put in order by the keyboard, the order stands in the address and comes back', async () => {
    const { page, context } = await w.sitAs('990001')
    const badges = async () =>
      (await page.getByRole('row').allTextContents()).flatMap(text => text.match(/990\d{3}/) ?? [])
    for (const path of ['/people', '/posts', '/zones', '/people/units', '/people/teams', '/system']) {
      await page.goto(path)
      await settled(page)
      expect(await look(page, 'zh'), path).toEqual([])
    }
    await page.goto('/people')
    await page.getByRole('row', { name: /990100/ }).waitFor()
    const head = page.getByRole('columnheader', { name: '警号' })
    expect(await head.getAttribute('aria-sort')).toBe('none')
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=badge/)
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=-badge/)
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending')
    await expect.poll(async () => (await badges())[0]).toBe((await badges()).sort().at(-1))
    const down = await badges()
    await page.reload()
    await page.getByRole('row', { name: /990100/ }).waitFor()
    expect(await badges()).toEqual(down)
    await shoot(page, 'lists-sorted')
    await context.close()
  })

  it('WEB51 units go out as Excel from the page', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/people/units')
    await page.getByText('城东').first().waitFor()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    expect((await coming).suggestedFilename()).toMatch(/^单位名册-.*\.xlsx$/)
    await context.close()
  })

  it('WEB52 a sheet of posts: mapped by hand once, mended from lists, written; the next one is understood', async () => {
    const { page, context } = await w.sitAs('990001')
    const drawer = page.getByRole('dialog')
    const file = { name: '点位.xlsx', mimeType: '', buffer: await postsSheet() }
    await page.goto('/posts')
    await page.getByRole('button', { name: '导入' }).first().click()
    await drawer.locator('input[type=file]').setInputFiles(file)
    await drawer.getByText(/还缺必需的列：点位名称/).waitFor()
    await drawer.getByLabel('A 写入到').selectOption({ label: '点位名称' })
    await drawer.getByRole('button', { name: '写入 1 个点位' }).waitFor()
    await drawer.getByLabel('选类别').selectOption({ label: '门岗' })
    await drawer.getByRole('button', { name: '写入 2 个点位' }).waitFor()
    await drawer.getByLabel('选单位').selectOption({ label: '城东所' })
    await drawer.getByRole('button', { name: '写入 3 个点位' }).click()
    await drawer.getByText('已写入 3 条').waitFor()
    await drawer.getByRole('button', { name: '再导一份' }).click()
    await drawer.locator('input[type=file]').setInputFiles(file)
    await drawer
      .getByText(/按上次的对照/)
      .first()
      .waitFor()
    await drawer.getByRole('tab', { name: '重复 1' }).waitFor()
    for (const size of [desk, phone]) {
      await page.setViewportSize(size)
      expect(await look(page, 'zh')).toEqual([])
      await shoot(page, `lists-import-${size.width}`)
    }
    await context.close()
  })
})
