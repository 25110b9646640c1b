// Calling officers back: the order at the desk, the answers on the phones, the roll, and the board that follows.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { reportUnavailable } from '../../src/modules/people/contracts.ts'
import { bureau, followed } from '../../src/modules/commandpost/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

describe('calling officers back', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  for (const one of [b.zheng, b.han, b.wei, b.feng]) {
    await w.letIn(one.actor.accountId ?? '')
  }
  // 2021-11-05 10:00 at the bureau: nobody is on duty, and Wei is on leave.
  w.clock.set('2021-11-05T02:00:00.000Z')
  await b.han.does(reportUnavailable, {
    availabilityId: w.newId(),
    officerId: b.officers.wei,
    state: 'unavailable',
    beginsAt: '2021-11-05T00:00:00Z',
    endsAt: '2021-11-09T00:00:00Z',
  })
  const zheng = await w.sitAs('990102', desk)
  const clean = async (page: Page) => expect(await look(page, 'zh')).toEqual([])
  const figure = (page: Page, name: string, value: number) =>
    page
      .getByRole('region', { name: '召回', exact: true })
      .getByRole('button', { name: new RegExp(`^${name}\\s*${value}\\D`) })
      .waitFor()

  it('CMD70 the order says how many before it is given, and the board opens', async () => {
    const { page } = zheng
    await page.goto('/recall')
    await page.getByText('还没有召回').waitFor()
    await clean(page)
    await shoot(page, 'recall-empty')
    await page.getByRole('button', { name: '召回人员' }).first().click()
    const form = page.getByRole('dialog', { name: /召回人员/ })
    await form.getByLabel('召回事由').fill('疫情升级，停止休假')
    await form.getByText('将召回 6').waitFor()
    await form.getByText('其中不可用 1 人').waitFor()
    await form.getByLabel('每单位到位比例').fill('50')
    await form.getByText('将召回 4').waitFor()
    await form.getByText('按比例留 2 人').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-form')
    await form.getByLabel('每单位到位比例').fill('100')
    await form.getByRole('button', { name: '召回 6 人' }).click()
    await page.getByRole('heading', { name: '第 1 号召回' }).waitFor()
    await figure(page, '应召', 6)
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-board')
  })

  it('CMD71 an officer answers with one tap; his leave ends; the board follows by itself', async () => {
    const { page, context } = await w.sitAs('990106', phone)
    await page.goto('/tasks')
    await page.getByRole('button', { name: /到 城东所 报到/ }).click()
    await page.getByText(/您登记不可用至 11月9日/).waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-phone')
    await page.getByRole('button', { name: '11:00 到' }).click()
    await page.getByText('已答复 11月5日 11:00 到').waitFor()
    await page.getByRole('button', { name: /到 城东所 报到/ }).click()
    await page.getByText('已答复 11月5日 11:00 到。').waitFor()
    await clean(page)
    await shoot(page, 'recall-phone-coming')
    await figure(zheng.page, '在途', 1)
    await page.getByRole('button', { name: /我已到达/ }).click()
    await page.getByText('已登记到达').waitFor()
    await figure(zheng.page, '已到', 1)
    await context.close()
  })

  it('CMD72 who cannot come gives a class and no words, and somebody else decides', async () => {
    const { page, context } = await w.sitAs('990103', phone)
    await page.goto('/tasks')
    await page.getByRole('button', { name: /到 城东所 报到/ }).click()
    await page.getByRole('button', { name: /^不能到/ }).click()
    await page.getByRole('button', { name: '个人原因(不公开)' }).click()
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-phone-cannot')
    await page.getByRole('button', { name: '请求免召' }).click()
    await page.getByText('已请求免召').first().waitFor()
    await context.close()
    const han = await w.sitAs('990109', desk)
    await han.page.goto('/recall')
    await han.page.getByRole('row', { name: /冯样三/ }).click()
    const drawer = han.page.getByRole('dialog', { name: /冯样三/ })
    await drawer.getByText('个人原因(不公开)').first().waitFor()
    await settled(han.page)
    await clean(han.page)
    await shoot(han.page, 'recall-drawer')
    await drawer.getByRole('button', { name: '同意免召', exact: true }).click()
    await drawer.getByText('韩样九').first().waitFor()
    await han.page.keyboard.press('Escape')
    await han.page.getByRole('row', { name: /蒋示七/ }).click()
    const jiang = han.page.getByRole('dialog', { name: /蒋示七/ })
    await jiang.getByRole('button', { name: '电话通知' }).click()
    const form = han.page.getByRole('dialog', { name: /电话通知/ })
    await settled(han.page)
    await clean(han.page)
    await shoot(han.page, 'recall-telephone')
    await form.getByRole('button', { name: '存电话记录' }).click()
    await han.page
      .getByRole('dialog', { name: /蒋示七/ })
      .getByText('答复能到')
      .waitFor()
    await han.page.keyboard.press('Escape')
    await han.context.close()
  })

  it('CMD73 past the time the missing stand first, and the roll brings them in', async () => {
    const { page } = zheng
    w.clock.set('2021-11-05T04:30:00.000Z')
    await page.reload()
    await figure(page, '逾期未到', 4)
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-late')
    await page.setViewportSize(phone)
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-late-390')
    await page.setViewportSize(desk)
    for (const name of ['沈例八', '褚例五', '陈示四', '蒋示七']) {
      await page
        .getByRole('row', { name: new RegExp(name) })
        .getByRole('checkbox')
        .check()
    }
    await page.getByRole('button', { name: '登记 4 人到达' }).click()
    await page.getByText('全部到齐或免召，自动结束').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-complete')
  })

  it('CMD76 a duty level calls back with it by one tick, and the recall says with which level', async () => {
    const { page } = zheng
    w.clock.set('2021-11-05T05:00:00.000Z')
    await page.goto('/operation')
    await page.getByRole('button', { name: '下达勤务等级' }).first().click()
    const form = page.getByRole('dialog', { name: /下达勤务等级/ })
    await form.getByLabel('文号').fill('青公勤〔2021〕9号')
    await form.getByLabel('事由').fill('邻县报告病例')
    await form.getByLabel(/同时召回不在岗人员/).check()
    await form.getByLabel('报到时限').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'recall-with-level')
    await form.getByRole('button', { name: /下达/ }).click()
    await form.waitFor({ state: 'hidden' })
    await followed(w)
    await page.goto('/recall')
    await page.getByRole('heading', { name: '第 2 号召回' }).waitFor()
    await page.getByText('随勤务等级 青公勤〔2021〕9号').waitFor()
    await figure(page, '应召', 6)
  })
})
