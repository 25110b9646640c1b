// The turns of a station as its leader keeps them: named, made by rotation, changed by hand, hung up.
import { describe, expect, it } from 'vitest'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('turns of a station', async () => {
  const w = await stage()
  w.clock.set('2021-11-04T01:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const span = { operationId: b.operationId, fromDay: '2021-11-05', untilDay: b.lastDay }
  const planId = w.newId()
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId, revision: 1 })

  it('RST124 two sittings are named, the week is made, one day is set by hand, and it is printed', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/turns')
    await settled(page)
    await page.getByText('该单位还没有设定轮次。').waitFor()
    await page.getByRole('button', { name: '设定轮次' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('名称').fill('午餐第一批')
    await drawer.getByRole('button', { name: '加一个轮次' }).click()
    await drawer.getByLabel('名称').nth(1).fill('午餐第二批')
    await drawer.getByLabel('开始').nth(1).fill('12:00')
    await shoot(page, 'turns-names')
    expect(await look(page, 'zh')).toEqual([])
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '生成本周' }).click()
    await page.getByText(/已排 \d+ 人次，缺 0 人/).waitFor()
    await shoot(page, 'turns-week')
    expect(await look(page, 'zh')).toEqual([])
    const cell = page
      .getByRole('row', { name: /午餐第一批/ })
      .getByRole('cell')
      .nth(4)
      .getByRole('button')
    await cell.click()
    await drawer.getByRole('checkbox').last().click()
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByText('手工').first().waitFor()
    await page.getByRole('button', { name: '打印' }).click()
    await page.getByRole('heading', { name: /城东派出所就餐消毒轮次表/ }).waitFor()
    await page.getByRole('cell', { name: '午餐第二批' }).waitFor()
    await shoot(page, 'turns-paper')
    await context.close()
    const small = await w.sitAs('990001', phone)
    await small.page.goto('/roster/turns')
    await settled(small.page)
    await small.page.getByText('午餐第一批').waitFor()
    expect(await look(small.page, 'zh')).toEqual([])
    await shoot(small.page, 'turns-phone')
    await small.context.close()
  })
})
