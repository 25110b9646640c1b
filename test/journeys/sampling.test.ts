// Sampling as it is done: an officer fills a tube on the phone, counts the line and packs a box; the command post
// looks at the progress and brings the laboratory's results.
import { describe, expect, it } from 'vitest'
import { sealTube } from '../../src/modules/screening/contracts.ts'
import { bureau, morning } from '../../src/modules/screening/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const small = { width: 360, height: 640 }
/** 44 px high at least, and 8 px apart, is what a glove hits. */
const buttonsTooSmall = () =>
  [...document.querySelectorAll('main button')]
    .map(one => ({ text: one.textContent, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.height < 55.5)
    .map(({ text, box }) => `${text} ${box.height}`)

describe('sampling', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  w.clock.set(morning)
  await w.account('990201', '冯样三', ['officer'], { officerId: b.feng.actor.officerId ?? '' })
  await w.account('990202', '郑例二', ['dutyOfficer'])

  it('SCR40 a tube is filled, sealed and packed on the phone, with a line in one tap', async () => {
    const { page } = await w.sitAs('990201', phone)
    await page.goto('/today')
    await page.getByRole('button', { name: /采样/ }).click()
    await page.getByText('未扫管码').waitFor()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    expect(await page.evaluate(buttonsTooSmall)).toEqual([])
    await shoot(page, 'sampling-empty-390')
    await page.getByRole('button', { name: '手工输入' }).click()
    await page.getByLabel('管码').fill('x'.repeat(4_000))
    await page.getByRole('button', { name: '用这个码' }).click()
    await page.getByRole('alert').getByText('内容过长').waitFor()
    await page.getByLabel('管码').fill('qh000001')
    await page.getByRole('button', { name: '用这个码' }).click()
    await page.getByRole('button', { name: '已采人数 加' }).click()
    await page.getByRole('button', { name: /尾管封管/ }).waitFor()
    await page.getByRole('button', { name: '按满 10 人' }).click()
    await shoot(page, 'sampling-tube-390')
    await page.getByRole('button', { name: /封管 存 QH000001 · 10 人/ }).click()
    await page.getByText('09:00 已存').waitFor()
    await page.getByText('今日 1 管 10 人次').waitFor()
    await page.getByRole('button', { name: '排队 50 人' }).click()
    await page.getByText('09:00 记 50 人').waitFor()
    await page.getByRole('button', { name: /喇叭/ }).click()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-390')
    await page.setViewportSize(small)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-360')
    await page.setViewportSize(phone)
    await page.getByRole('button', { name: /装箱交接/ }).click()
    await page.getByLabel('封签号').fill('FS-0001')
    await page.getByLabel('交给').fill('城东卫生院')
    await shoot(page, 'sampling-pack-390')
    await page.getByRole('button', { name: /装箱 1 管/ }).click()
    await page.getByText('箱 FS-0001 · 1 管').waitFor()
    await page.getByText('0 管未装箱').waitFor()
  })

  it('SCR41 without a network the tube waits on the page and is sent when it is back', async () => {
    const { page, context } = await w.sitAs('990201', phone, 'en')
    await page.goto('/sampling')
    await page.getByRole('button', { name: 'Type it' }).click()
    await page.getByLabel('Code', { exact: true }).fill('QH000002')
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('button', { name: 'Fill to 10' }).click()
    await context.setOffline(true)
    await page.getByRole('button', { name: /Seal/ }).click()
    await page.getByText('Not sent yet').waitFor()
    await shoot(page, 'sampling-offline-390-en')
    w.faults.splice(0)
    await context.setOffline(false)
    await page.getByText('Today 2 tubes, 20 people').waitFor()
    await settled(page)
    expect(await look(page, 'en')).toEqual([])
    w.faults.splice(0)
  })

  it('SCR22 the command post enters the list of a site that worked on paper', async () => {
    const { page, context } = await w.sitAs('990202', desk)
    await page.goto('/sampling-progress')
    await page.getByRole('button', { name: '补录采样管' }).click()
    const list =
      '采样点,采样管编号,人数,采样日期,时间\n文化广场采样点,ZB000001,10,2021-11-04,08:31\n' +
      '文化广场采样点,ZB000002,9,2021-11-04,08:40\n文化广场采样点,ZB000003,12,2021-11-04,08:50\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByRole('button', { name: '补录 2 管', exact: true }).waitFor()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-list')
    await page.getByRole('button', { name: '补录 2 管', exact: true }).click()
    await page.getByText('共 19 人，已计入采样进度').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-list-done')
    await context.close()
  })

  it('SCR42 the desk shows progress, its tubes, results and re-tests, in both languages', async () => {
    const { page } = await w.sitAs('990202', desk)
    await page.goto('/sampling-progress?day=2021-11-05')
    await page.getByText('这一天没有采样轮次').waitFor()
    await page.goto('/sampling-progress')
    await page.getByRole('row', { name: /文化广场采样点/ }).waitFor()
    for (let n = 0; n < 4; n += 1) {
      await b.feng.does(sealTube, {
        ...{ postId: b.square, roundId: b.roundId, lane: 1, code: `QH10000${n}`, size: 10, people: 10 },
        ...{ short: false, boxes: [], retestId: null },
      })
    }
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-progress')
    await page.getByRole('button', { name: '导入结果' }).click()
    const list = '采样管编号,检测结果\nQH100000,阴性\nQH100001,阳性\nQH999999,阴性\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '结果.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByRole('button', { name: '写入 2 管结果' }).waitFor()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-results')
    await page.getByRole('button', { name: '写入 2 管结果' }).click()
    await page.getByText('开出单采复核 10 人').waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /完成|关闭/ })
      .last()
      .click()
    await page.getByRole('button', { name: '复采任务' }).click()
    await page.getByText('QH100001 第 1 人').waitFor()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-retests')
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: /文化广场采样点.*第三轮|第三轮.*文化广场采样点/ }).click()
    await page.getByRole('dialog').getByText('QH100003').waitFor()
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-site')
    await page.keyboard.press('Escape')
    await page.setViewportSize(phone)
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'sampling-progress-390')
    const english = await w.sitAs('990202', desk, 'en')
    await english.page.goto('/sampling-progress')
    await english.page.getByText('Progress of sampling').first().waitFor()
    await settled(english.page)
    await shoot(english.page, 'sampling-progress-en')
  })
})
