import { describe, expect, it } from 'vitest'
import { addOfficer } from '../../src/modules/people/contracts.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { signIn, stage } from './stage.ts'

describe('what a record and a form remember', async () => {
  const w = await stage()
  await w.account('990001', '周示一', ['administrator', 'commander'])
  await w.account('990002', '韩样九', ['viewer'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou, 2)
  const officerId = w.newId()
  await zhou.does(addOfficer, {
    officerId,
    unitId: b.unitId,
    badge: '990177',
    name: '秦样七',
    kind: 'police',
    title: '民警',
    phone: '100 0000 0001',
  })
  const at = `/people?officer=${officerId}`

  it('WEB40 what was typed and not sent is there again after a reload, but no phone number; sent, it is gone', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto(at)
    await page.getByRole('button', { name: '修改资料' }).click()
    const form = page.getByRole('dialog').last()
    await form.getByLabel('职务').fill('副所长')
    await form.getByLabel('联系电话').fill('100 0000 0009')
    const kept = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage)))
    await expect.poll(kept).toContain('副所长')
    expect(await kept()).not.toContain('0009')
    // The session is over: the door, and behind it the same page.
    await context.clearCookies()
    await page.reload()
    await signIn(page, '990001')
    await page.getByRole('button', { name: '修改资料' }).click()
    await form.getByText('已恢复上次未提交的内容').waitFor()
    expect(await form.getByLabel('职务').inputValue()).toBe('副所长')
    expect(await form.getByLabel('联系电话').inputValue()).toBe('')
    await shoot(page, 'draft-restored')
    await form.getByRole('button', { name: '丢弃' }).click()
    expect(await form.getByLabel('职务').inputValue()).toBe('民警')
    await form.getByLabel('职务').fill('教导员')
    await form.getByLabel('联系电话').fill('100 0000 0008')
    await form.getByRole('button', { name: '保存修改' }).click()
    await page.getByRole('dialog').getByText('教导员').first().waitFor()
    await expect.poll(kept).not.toContain('fangxian.draft')
    await context.close()
  })

  it('WEB42 a drawer tells who changed what and when; what is sealed is said to be', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto(at)
    await page.locator('summary').filter({ hasText: '历史' }).click()
    const told = page.locator('.fx-past-list')
    await told.getByText('修改警力资料').waitFor()
    expect(await told.innerText()).toMatch(
      /修改警力资料\s*周示一\s*职务\s*民警 → 教导员\s*联系电话\s*已更换\(已封存\)/,
    )
    expect(await told.innerText()).not.toMatch(/[a-z]+_[a-z]+|sealed:/)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'history')
    await context.close()
    const viewer = await w.sitAs('990002')
    await viewer.page.goto(at)
    await viewer.page.getByRole('dialog').getByText('教导员').first().waitFor()
    expect(await viewer.page.locator('summary').filter({ hasText: '历史' }).count()).toBe(0)
    await viewer.context.close()
  })

  it('WEB43 an account is bound to a unit by its name, and the list says so', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/system')
    await page.getByRole('row', { name: /990002/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('范围').click()
    await page.locator('.ant-select-item-option').filter({ hasText: '城东派出所' }).click()
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('row', { name: /990002.*城东派出所及下级/ }).waitFor()
    await context.close()
  })

  it('WEB44 a search that fails says so, shows the rest, and is tried again by a click', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/situation')
    await settled(page)
    await page.route('**/api/queries/posts.zones*', route => route.abort())
    await page
      .getByRole('button', { name: /Ctrl K|搜/ })
      .first()
      .click()
    const palette = page.locator('dialog[open]')
    await palette.getByRole('combobox').fill('城东')
    await palette.getByRole('alert').getByText('没有搜全').waitFor()
    await page.unroute('**/api/queries/posts.zones*')
    await palette.getByRole('button', { name: '重试' }).click()
    await palette.getByRole('option', { name: /城东花园/ }).waitFor()
    expect(await palette.getByRole('alert').count()).toBe(0)
    await context.close()
    // The browser writes down each request that we cut off.
    w.faults.splice(0, w.faults.length, ...w.faults.filter(one => !one.includes('/api/queries/posts.zones')))
  })

  it('WEB45 a held record has the title of its command, and its reason is in words', async () => {
    const entry = { ...w.entry(addOfficer, {}), name: 'supplies.receiveGoods', version: 3 }
    await zhou.sends([entry])
    const { page, context } = await w.sitAs('990001')
    await page.goto('/reviews')
    await page.getByRole('row', { name: /本系统不认识的操作/ }).click()
    await page.getByRole('dialog').getByText('系统不认识此操作').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await context.close()
  })
})
