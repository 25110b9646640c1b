// A swap from phone to phone to desk; then an officer falls out, and who has not acknowledged is chased.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { reportUnavailable } from '../../src/modules/people/contracts.ts'
import { acknowledge, versions } from '../../src/modules/roster/contracts.ts'
import { at, lived } from '../../src/modules/roster/test-lived.ts'
import { look, settled, shoot } from './look.ts'
import { desk, type Lang, phone, stage } from './stage.ts'

const small = { width: 360, height: 640 }
const [day4, day5, day6] = ['2021-11-04', '2021-11-05', '2021-11-06'] as const

describe('a swap from phone to desk', async () => {
  const w = await stage()
  w.clock.set(at('2021-11-03', 14))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await lived(w, boss, 8)
  const { operationId, officers } = b
  await b.publishes([
    { officer: 0, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 1, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 2, day: day6, post: 'gate', bands: ['morning'] },
    { officer: 3, day: day4, post: 'checkpoint', bands: ['early'] },
    { officer: 3, day: day6, post: 'gate', bands: ['morning'] },
    { officer: 5, day: day4, post: 'gate', bands: ['night'] },
  ])
  for (const n of [0, 1, 2, 3, 5]) await b.person(n).does(acknowledge, { operationId, version: 1 })
  const inUnit = (n: number | null) => ({
    scopeUnitId: b.unitId,
    officerId: n === null ? null : (officers[n] ?? null),
  })
  await w.account('990101', '郑例一', ['officer'], inUnit(1))
  await w.account('990103', '陈示一', ['officer'], inUnit(3))
  await w.account('990201', '韩示九', ['unitLeader'], inUnit(null))
  await w.account('990202', '朱样三', ['dutyOfficer'])
  const zheng = await w.sitAs('990101', phone)
  const chen = await w.sitAs('990103', small)
  const han = await w.sitAs('990201', desk)
  const clean = async (page: Page, lang: Lang = 'zh') => expect(await look(page, lang)).toEqual([])

  it('RST90 on his phone an officer gives a shift away, and sees who may not and why', async () => {
    const { page } = zheng
    await page.goto('/today')
    await page.getByRole('button', { name: /^换班、顶班/ }).click()
    await page.getByText('我的班次：点一个').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-mine')
    await page.getByRole('button', { name: /东门封控点/ }).click()
    await page.getByText('谁先同意谁顶').waitFor()
    await page
      .getByText(/两次勤务之间休息不足/)
      .first()
      .waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-offer')
    await page.getByRole('searchbox').fill('陈')
    await page.getByRole('button', { name: /^陈示一/ }).click()
    await page.getByText('换 陈示一 的这一班').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-partner')
    await page.getByRole('button', { name: /^东门封控点.*提交申请/ }).click()
    await page.getByText('待对方同意').waitFor()
    await clean(page)
    await shoot(page, 'swap-sent')
  })

  it('RST92 his colleague is told on his own page, and agrees with one thumb', async () => {
    const { page } = chen
    await page.goto('/today')
    await page.getByRole('button', { name: /1 份申请待您答复/ }).click()
    await page.getByText('郑例一 想与您换班').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-answer')
    await page.getByRole('button', { name: /^同意/ }).click()
    await page.getByText('您的同意，领导批准后生效').waitFor()
    await zheng.page.getByText('待审批').first().waitFor()
    await clean(zheng.page)
  })

  it('RST93 the leader approves at the desk, and both see the new roster', async () => {
    const { page } = han
    await page.goto('/roster/swaps')
    await page.getByText('郑例一').first().waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-desk')
    await page.getByText('郑例一').first().click()
    await page.getByRole('dialog').getByText('经过').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-drawer')
    await page.getByRole('dialog').getByRole('button', { name: '不批准' }).click()
    await page.getByLabel('不批准的理由').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'swap-refuse')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '批准', exact: true }).click()
    await page.getByText('批准这次换班？').waitFor()
    await shoot(page, 'swap-approve')
    await page.getByRole('button', { name: '批准', exact: true }).last().click()
    await zheng.page.getByText(/已批准 · 第 2 版勤务表/).waitFor()
    await clean(zheng.page)
    await shoot(zheng.page, 'swap-approved')
    await zheng.page.goto('/today')
    await zheng.page.getByText('签收 1 个班次').waitFor()
    await zheng.page.getByText('11月6日').first().waitFor()
    await chen.page.goto('/today')
    await chen.page.getByText('签收 1 个班次').waitFor()
    expect((await boss.asks(versions, { operationId }))[0]).toMatchObject({ version: 2, cause: 'swap' })
  })

  it('RST101 who has not acknowledged is chased at the desk, and reads it on his phone', async () => {
    const { page } = han
    await page.goto('/roster/told')
    await page.getByText('郑例一').first().waitFor()
    await settled(page)
    await page.getByRole('checkbox', { name: /郑例一/ }).check()
    await shoot(page, 'told-chosen')
    await clean(page)
    await page.getByRole('button', { name: '催办 1 人' }).click()
    await page.getByText(/1 次 14:0/).waitFor()
    await clean(page)
    await shoot(page, 'told-chased')
    await zheng.page.getByText(/韩示九已催办 1 次/).waitFor()
    await clean(zheng.page)
    await shoot(zheng.page, 'today-chased')
    await zheng.page.getByRole('button', { name: /^签收/ }).click()
    await zheng.page.getByText(/已催办/).waitFor({ state: 'detached' })
  })

  it('RST98 when somebody falls out the duty officer fills his duties with one click', async () => {
    const { page } = await w.sitAs('990202', desk)
    await page.goto('/roster/breaks')
    await page.getByText('已发布的班次都没有违反规则').waitFor()
    await clean(page)
    await shoot(page, 'breaks-none')
    const reported = {
      availabilityId: w.newId(),
      officerId: officers[0] ?? '',
      state: 'unavailable' as const,
    }
    await boss.does(reportUnavailable, {
      ...reported,
      beginsAt: at(day5, 0),
      endsAt: at(day6, 23),
      reason: null,
    })
    await page.getByText('该时段不可用').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'breaks')
    await page.getByText('周示一').first().click()
    await page.getByRole('dialog').getByText('可补的人').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'breaks-drawer')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '全部补位 1 班' }).click()
    await page.getByText('按建议补位？').waitFor()
    await shoot(page, 'breaks-confirm')
    await page.getByRole('button', { name: '补位并发布' }).click()
    await page.getByText('已发布第 3 版勤务表').waitFor()
    await clean(page)
    await shoot(page, 'breaks-filled')
  })

  it('RST90 both pages read and fit in English', async () => {
    const { page } = await w.sitAs('990101', small, 'en')
    await page.goto('/swaps')
    await page.getByText('My requests').waitFor()
    await clean(page, 'en')
    await shoot(page, 'swap-mine-en')
    const english = await w.sitAs('990202', desk, 'en')
    await english.page.goto('/roster/swaps')
    await english.page.getByText('郑例一').first().waitFor()
    await english.page.getByText('郑例一').first().click()
    await english.page.getByRole('dialog').getByText('What happened').waitFor()
    await settled(english.page)
    await clean(english.page, 'en')
    await shoot(english.page, 'swap-drawer-en')
  })
})
