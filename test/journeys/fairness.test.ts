// Fair shares and rest: the planner sees the spread and sees to who is owed rest; the officer reads his own.
import { describe, expect, it } from 'vitest'
import { setRight } from '../../src/modules/attendance/contracts.ts'
import { at, bureau, firstDay, publishes, secondDay } from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('fair shares and rest', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, 7))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening', 'night'] },
    { officer: 4, day: firstDay, post: 'site', bands: ['morning'] },
    { officer: 6, day: firstDay, post: 'standby', bands: ['whole'] },
    { officer: 0, day: secondDay, post: 'gate', bands: ['morning'] },
  ])
  await w.account('990001', '王示一', ['administrator', 'commander'])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  w.clock.set(at(firstDay, 24))
  const worked = (officer: number, post: 'gate' | 'checkpoint', band: string, until: string) =>
    boss.does(setRight, {
      ...{ presenceId: w.newId(), officerId: b.officers[officer] ?? '', day: firstDay, postId: b[post] },
      ...{ patternId: b.patternOf[post], band, cameAt: at(firstDay, 8), leftAt: until },
      why: '接班的没到，按登记簿补录',
    })
  await worked(0, 'gate', 'morning', at(firstDay, 23, 40))
  await worked(1, 'checkpoint', 'early', at(firstDay, 21))

  it('RST164 a rest is granted, another passed over by order, and the spread stands there without names', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/fairness')
    await settled(page)
    await page.getByRole('table', { name: /夜班/ }).waitFor()
    expect(await page.locator('.rf-spread').count()).toBe(6)
    expect(await page.locator('.rf-spreads').textContent()).not.toMatch(/周示一|郑例二/)
    await page.getByText('两班之间休息不足').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fairness-desk')
    await page.getByRole('button', { name: '节假日' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('日期').fill(firstDay)
    await drawer.getByLabel('名称').fill('示例节')
    await drawer.getByRole('button', { name: /登\s?记/ }).click()
    await drawer.getByText('示例节 · 放假').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fairness-holidays')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '安排补休 郑例二' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('这段时间他不可排班').waitFor()
    await shoot(page, 'fairness-ask')
    await dialog.getByRole('button', { name: /安排补休/ }).click()
    await page.getByText('已安排补休。').waitFor()
    await page.getByText('两班之间休息不足').click()
    await page.getByRole('button', { name: '超规则留勤…' }).click()
    await page.getByLabel('批准人').fill('李示二')
    await page.getByLabel('理由').fill('封控区突发聚集，无人可替')
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fairness-order')
    await page.getByRole('button', { name: '登记留勤命令' }).click()
    await page.getByText('已命令留勤').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fairness-after')
    await context.close()
  })

  it('RST161 a unit of five is shown, and on a phone in English it reads and fits', async () => {
    const { page, context } = await w.sitAs('990001', phone, 'en')
    await page.goto(`/roster/fairness?unit=${b.east}`)
    await settled(page)
    await page.getByText(/5 people · a spread only/).waitFor()
    await page.getByRole('table', { name: /Nights/ }).waitFor()
    expect(await look(page, 'en')).toEqual([])
    await shoot(page, 'fairness-phone')
    await page.getByText('Too little rest between duties').scrollIntoViewIfNeeded()
    await shoot(page, 'fairness-phone-list')
    await page.getByText('Too little rest between duties').click()
    await page
      .getByRole('dialog')
      .getByText(/李示二/)
      .waitFor()
    await page.getByRole('button', { name: 'Grant at another time' }).click()
    await page.getByLabel('From').waitFor()
    expect(await look(page, 'en')).toEqual([])
    await shoot(page, 'fairness-phone-grant')
    await context.close()
  })

  it('RST159 an officer reads his own figures and his own rest on his phone', async () => {
    const { page, context } = await w.sitAs('990100', phone)
    await page.goto('/me')
    await settled(page)
    const share = page.getByRole('region', { name: '近 90 天' })
    await share.getByText('在岗时长').waitFor()
    await share
      .getByText(/应补休/)
      .first()
      .waitFor()
    await share.scrollIntoViewIfNeeded()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fairness-me')
    await context.close()
    const en = await w.sitAs('990100', phone, 'en')
    await en.page.goto('/me')
    await settled(en.page)
    const own = en.page.getByRole('region', { name: 'The last 90 days' })
    await own.getByText('Hours on duty').waitFor()
    await own.getByText('Hours on duty').scrollIntoViewIfNeeded()
    expect(await look(en.page, 'en')).toEqual([])
    await shoot(en.page, 'fairness-me-en')
    await en.context.close()
  })
})
