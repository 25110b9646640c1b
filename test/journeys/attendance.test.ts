// A morning at a gate: the post's screen, an officer's phone, and the desk that sees who is there.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { checkInMany, codeOf } from '../../src/modules/attendance/contracts.ts'
import { linkOf } from '../../src/modules/attendance/pages/code-link.ts'
import {
  at,
  bureau,
  codeAt,
  firstDay,
  issuesCodes,
  publishes,
} from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const tablet = { width: 768, height: 1024 }

describe('a morning at a gate', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: 4, day: firstDay, post: 'site', bands: ['morning'] },
    { officer: 6, day: firstDay, post: 'standby', bands: ['whole'] },
  ])
  await w.account('990001', '王示一', ['administrator', 'commander'])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  await w.account('990101', '郑例二', ['officer'], { officerId: b.officers[1] ?? null })
  w.clock.set(at(firstDay, 7, 40))
  const atDesk = await w.sitAs('990001', desk)
  const screen = await w.sitAs('990001', tablet)
  const own = await w.sitAs('990100', phone)
  const clean = async (page: Page) => expect(await look(page, 'zh')).toEqual([])
  const tap = (page: Page, digits: string) =>
    [...digits].reduce<Promise<unknown>>(
      (before, digit) => before.then(() => page.getByRole('button', { name: digit, exact: true }).click()),
      Promise.resolve(),
    )
  let shown = ''

  it('ATT70 the screen of a post makes its code and shows it as a picture and as six digits', async () => {
    const { page } = screen
    await page.goto('/post-code')
    await page.getByLabel('点位').selectOption({ label: 'FK-01 东门封控点' })
    await page.getByRole('button', { name: '生成签到码' }).click()
    await page.getByRole('img', { name: '东门封控点的签到码' }).waitFor()
    shown = ((await page.locator('.pc-type strong').textContent()) ?? '').replace(/\D/g, '')
    const answer = await boss.asks(codeOf, { postId: b.gate })
    expect(answer.turns.map(turn => turn.digits)).toContain(shown)
    await clean(page)
    await shoot(page, 'attendance-code')
    await page.getByRole('button', { name: '印刷码' }).click()
    await page.getByRole('heading', { name: '东门封控点 签到码' }).waitFor()
    await clean(page)
    await shoot(page, 'attendance-printed')
    await page.goto(`/post-code?post=${b.gate}`)
  })

  it('ATT71 an officer types the digits at the post; the state stands on his page, and on the desk by itself', async () => {
    const { page } = own
    await atDesk.page.goto(`/attendance?day=${firstDay}`)
    await atDesk.page
      .getByRole('row', { name: /周示一.*上午班/ })
      .getByText('未到时间')
      .waitFor()
    await page.goto('/today')
    await page.getByText('08:00 上岗签到').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'attendance-due')
    await page.getByRole('button', { name: /^签到/ }).click()
    await tap(page, shown)
    await shoot(page, 'attendance-typed')
    await page.getByRole('button', { name: /^签到 东门封控点/ }).click()
    await page.getByText('签到 · 东门封控点').waitFor()
    await clean(page)
    await page.getByRole('button', { name: '返回今日' }).click()
    await page.getByText('07:40 已签到').waitFor()
    await page.getByText('签到 · 东门封控点').waitFor()
    await clean(page)
    await shoot(page, 'attendance-came')
    await atDesk.page
      .getByRole('row', { name: /周示一.*上午班/ })
      .getByText('在岗')
      .waitFor()
  })

  it('ATT73 an address that the phone’s camera opened asks first; a picture of yesterday is held, and entered at the desk', async () => {
    const zheng = await w.sitAs('990101', phone)
    await issuesCodes(boss, [b.checkpoint])
    w.clock.set(at(firstDay, 8, 30))
    const old = linkOf('', b.checkpoint, codeAt(b.checkpoint, at(firstDay, 7, 50)).token)
    await zheng.page.goto(old)
    await zheng.page.getByText('已读到“青禾北卡口”的码').waitFor()
    await clean(zheng.page)
    await zheng.page.getByRole('button', { name: /^签到 青禾北卡口/ }).click()
    await zheng.page.getByText('已记下，待指挥中心核对').waitFor()
    await zheng.page.getByText('签到码已过期：这是 07:50 的码。').waitFor()
    await shoot(zheng.page, 'attendance-held')
    await zheng.context.close()
    const { page } = atDesk
    await page.reload()
    await page.getByText('1 条签到待核').waitFor()
    await page.getByRole('button', { name: '去核对' }).click()
    await shoot(page, 'attendance-held-list')
    await page
      .getByRole('dialog', { name: /待核签到/ })
      .getByRole('button', { name: '补签' })
      .click()
    const form = page.getByRole('dialog', { name: /补签/ })
    await form.getByLabel('原因').fill('电话核实，已到岗')
    await shoot(page, 'attendance-enter')
    await form.getByRole('button', { name: '存', exact: true }).click()
    await page.getByText('没有待核的签到。').waitFor()
    await page.keyboard.press('Escape')
    await page
      .getByRole('row', { name: /郑例二.*早班/ })
      .getByText('迟到 30 分')
      .waitFor()
  })

  it('ATT72 without network the page says that this device keeps the tap, and sends it when it can', async () => {
    const { page, context } = own
    w.clock.set(at(firstDay, 14, 2))
    await page.reload()
    await page.getByText('14:00 换班，您继续值守').waitFor()
    await clean(page)
    await shoot(page, 'attendance-stay')
    await context.setOffline(true)
    await page.getByRole('button', { name: /^继续值守/ }).click()
    await page.getByText('还没有送达').waitFor()
    await page.getByText('未发送 1 条 · 最早 14:02').waitFor()
    await page.getByText('都存在本机', { exact: true }).waitFor()
    // What waits is not offered again.
    expect(await page.getByRole('button', { name: /^继续值守/ }).count()).toBe(0)
    await page.getByText(/^14:02 的连班确认/).waitFor()
    await shoot(page, 'attendance-unsent')
    await context.setOffline(false)
    await page.getByText('连班确认 · 东门封控点').waitFor()
    await page.getByText('14:00 已签到').waitFor()
    expect(w.faults.every(one => one.includes('ERR_INTERNET_DISCONNECTED'))).toBe(true)
    w.faults.length = 0
    expect(await w.kernel.measure(boss.actor, 'roster.zoneDeployments', firstDay, firstDay)).toBe(2)
  })

  it('ATT74 who has not come is first in the list, and a stand-in is sent from there', async () => {
    const { page } = atDesk
    w.clock.set(at(firstDay, 20, 20))
    await boss.does(checkInMany, {
      day: firstDay,
      patternId: b.patternOf.standby,
      band: 'whole',
      posts: [{ postId: b.standby, officerIds: [b.officers[6] ?? ''] }],
    })
    await page.reload()
    const first = page.getByRole('row').nth(1)
    await first.getByText('未签到').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'attendance-desk')
    const row = page.getByRole('row', { name: /冯样三.*晚班/ })
    await row.click()
    const drawer = page.getByRole('dialog', { name: /冯样三/ })
    const candidates: Locator = drawer.locator('.at-candidates li')
    await candidates.first().getByText('蒋示七').waitFor()
    await candidates
      .first()
      .getByText(/备勤 · 0\.9 公里/)
      .waitFor()
    await clean(page)
    await shoot(page, 'attendance-replace')
    await candidates.first().getByRole('button', { name: '已在点位' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page
      .getByRole('row', { name: /冯样三.*晚班/ })
      .getByText('由 蒋示七 顶班')
      .waitFor()
    await page
      .getByRole('row', { name: /蒋示七.*晚班/ })
      .getByText('顶 冯样三')
      .waitFor()
    await page.getByRole('button', { name: '规则', exact: true }).click()
    await page.getByRole('dialog').getByLabel('开班后多少分钟算迟到').waitFor()
    await clean(page)
    await shoot(page, 'attendance-rules')
  })

  it('ATT51 at the desk every duty that nobody fills stands in one place, and a stand-in is sent from there', async () => {
    const { page, context } = await w.sitAs('990001', desk)
    await page.goto('/roster/breaks')
    await settled(page)
    await page.getByRole('link', { name: '今日缺口' }).press('Enter')
    await page.getByRole('heading', { name: '今日缺口' }).waitFor()
    const place = page.locator('[role="row"]', { hasText: '没有排人' })
    await place.first().waitFor()
    await shoot(page, 'attendance-unfilled')
    await clean(page)
    await place.first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('谁可以顶班').waitFor()
    await shoot(page, 'attendance-unfilled-drawer')
    await clean(page)
    await context.close()
    const small = await w.sitAs('990001', phone, 'en')
    await small.page.goto('/attendance/unfilled')
    await settled(small.page)
    await small.page.getByText('nobody is rostered').first().waitFor()
    await shoot(small.page, 'attendance-unfilled-phone')
    expect(await look(small.page, 'en')).toEqual([])
    await small.context.close()
  })
})
