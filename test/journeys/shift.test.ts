// One shift on one phone, from the evening before to the way home: what an officer does, and what must not go through.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openHandoverBook, presentNow } from '../../src/modules/attendance/contracts.ts'
import { linkOf } from '../../src/modules/attendance/pages/code-link.ts'
import {
  at,
  bureau,
  codeAt,
  firstDay,
  issuesCodes,
  publishes,
} from '../../src/modules/attendance/test-bureau.ts'
import { raiseDifficulty } from '../../src/modules/commandpost/contracts.ts'
import { makeTurns, setTurns } from '../../src/modules/roster/contracts.ts'
import { look, settled, shoot, smallTargets } from './look.ts'
import { phone, signIn, stage } from './stage.ts'
import { textSays } from './text.ts'

const [day4, day5] = ['2021-11-07', '2021-11-08']
const [zhouAt, fengAt, chuAt] = [0, 2, 4]

describe('a shift on a phone', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: zhouAt, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: fengAt, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: zhouAt, day: day4, post: 'gate', bands: ['morning'] },
    { officer: chuAt, day: day5, post: 'gate', bands: ['morning'] },
  ])
  await issuesCodes(boss, [b.gate, b.checkpoint])
  const own = (n: number) => ({ officerId: b.officers[n] ?? null })
  await w.account('990100', '周示一', ['officer'], own(zhouAt))
  await w.account('990102', '冯样三', ['officer'], own(fengAt))
  await w.account('990104', '褚例五', ['officer'], own(chuAt))
  await w.account('990201', '韩示九', ['unitLeader'], { scopeUnitId: b.east })
  await boss.does(setTurns, {
    unitId: b.east,
    turns: [{ turnId: w.newId(), kind: 'meal', name: '午餐', fromMinute: 240, minutes: 30, heads: null }],
  })
  await boss.does(makeTurns, { unitId: b.east, fromDay: firstDay, untilDay: firstDay })
  await boss.does(openHandoverBook, {
    postId: b.gate,
    items: [
      { kind: 'stock', name: 'N95口罩', unit: '只', count: 40 },
      { kind: 'equipment', name: '对讲机', unit: '台', count: 2 },
    ],
  })
  await boss.does(raiseDifficulty, {
    ...{ difficultyId: w.newId(), postId: b.gate, kind: 'living', urgency: 'soon', text: '遮雨棚破了' },
    enclosures: [],
  })
  // A session lasts 16 hours: this one until 15:00.
  w.clock.set(at(firstDay, -1))
  const { page } = await w.sit(phone)
  const feng = await w.sitAs('990102', phone)
  const clean = async (name: string, one: Page = page, lang: 'zh' | 'en' = 'zh') => {
    await settled(one)
    await shoot(one, `shift-${name}`)
    const cut = (await textSays(one)).filter(said => said.startsWith('cut off'))
    expect([...(await look(one, lang)), ...cut, ...(await smallTargets(one))], name).toEqual([])
  }
  const toToday = async (one = page) => {
    await one.goto('/today')
    await settled(one)
  }
  const opens = async (postId: string) => {
    await page.goto(linkOf('', postId, codeAt(postId, w.clock.now.toISOString()).token))
    await page.getByRole('button', { name: /^签[到退] / }).click()
  }

  it('ATT97 the evening before he signs in, reads his next shift and acknowledges the roster', async () => {
    await page.goto('/')
    await signIn(page, '990100')
    await page.getByText('东门封控点').first().waitFor()
    await clean('evening')
    await page.getByRole('button', { name: /^签收/ }).click()
    await page.getByRole('button', { name: /^签收/ }).waitFor({ state: 'detached' })
    await clean('acknowledged')
  })

  it('ATT97 he asks for a swap of a later shift; his colleague agrees and the leader approves', async () => {
    await page.getByRole('button', { name: /^换班、顶班/ }).click()
    await page.getByRole('button', { name: /11月7日/ }).click()
    await page.getByText('谁先同意谁顶').waitFor()
    await clean('swap-offer')
    await page.getByRole('button', { name: /^褚例五/ }).click()
    await page.getByText('换 褚例五 的这一班').waitFor()
    await page.getByRole('button', { name: /提交申请/ }).click()
    await page.getByText('待对方同意').waitFor()
    await clean('swap-asked')
    const chu = await w.sitAs('990104', phone)
    await chu.page.goto('/today')
    await chu.page.getByRole('button', { name: /1 份申请待您答复/ }).click()
    await clean('swap-answer', chu.page)
    await chu.page.getByRole('button', { name: /^同意/ }).click()
    await chu.page.getByText('您的同意，领导批准后生效').waitFor()
    const han = await w.sitAs('990201', phone)
    await han.page.goto('/roster/swaps')
    await han.page.getByText('周示一').first().click()
    await han.page.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click()
    await settled(han.page)
    await shoot(han.page, 'shift-swap-approve')
    await han.page.getByRole('button', { name: '批准', exact: true }).last().click()
    await page.getByText(/已批准 · 第 2 版勤务表/).waitFor()
    await clean('swap-approved')
    await toToday()
    await page.getByText('11月8日').first().waitFor()
    await page.getByRole('button', { name: /^签收/ }).click()
    await page.getByRole('button', { name: /^签收/ }).waitFor({ state: 'detached' })
    await Promise.all([chu.context.close(), han.context.close()])
  })

  it('ATT98 before the shift, and by the code of another post, nobody is checked in, and he reads why', async () => {
    w.clock.set(at(firstDay, 6, 30))
    await opens(b.gate)
    await page.getByText(/08:00 才开始/).waitFor()
    await clean('too-early')
    await page.getByRole('button', { name: '知道了' }).click()
    w.clock.set(at(firstDay, 7, 45))
    await opens(b.checkpoint)
    await page.getByText(/应在“东门封控点”，签到在“青禾北卡口”/).waitFor()
    await clean('wrong-post')
    await page.getByRole('button', { name: '再扫一次' }).click()
    await page.getByRole('button', { name: '返回今日' }).click()
    await page.getByText('08:00 上岗签到').waitFor()
    expect((await boss.asks(presentNow, { operationId: b.operationId })).present).toBe(0)
  })

  it('ATT97 at the post he checks in by its code; ATT98 a second time changes nothing', async () => {
    await clean('due')
    await opens(b.gate)
    await page.getByText('07:45 已存').waitFor()
    await clean('came')
    await page.getByRole('button', { name: '返回今日' }).click()
    await page.getByText('07:45 已签到').waitFor()
    await clean('at-post')
    w.clock.set(at(firstDay, 8, 5))
    await opens(b.gate)
    await page.getByText(/本班已于 07:45 签到/).waitFor()
    await clean('twice')
    await page.getByRole('button', { name: '知道了' }).click()
    await page.getByRole('button', { name: '返回今日' }).click()
    await page.getByText('07:45 已签到').waitFor()
    expect((await boss.asks(presentNow, { operationId: b.operationId })).present).toBe(1)
  })

  it('ATT97 he sees the open matters of the post and raises one more with a photo', async () => {
    await page.getByRole('button', { name: '任务' }).click()
    await page.getByText('遮雨棚破了').waitFor()
    await clean('tasks')
    await page.getByRole('button', { name: /^报困难/ }).click()
    await clean('raise')
    await page.getByRole('button', { name: '装备' }).click()
    await clean('raise-kind')
    await page.getByRole('button', { name: /^加说明、照片/ }).click()
    await page.getByLabel(/情况/).fill('锥桶不够，夜间看不清')
    const chosen = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '添加照片或 PDF' }).click()
    const buffer = await page.screenshot()
    await (await chosen).setFiles({ name: '锥桶.png', mimeType: 'image/png', buffer })
    await page.getByText('锥桶').last().waitFor()
    await clean('raise-photo')
    await page.getByRole('button', { name: /^尽快/ }).click()
    await page.getByText(/已报/).waitFor()
    await clean('raised')
    await page.getByRole('button', { name: /锥桶不够/ }).click()
    await page.locator('.cmd-enclosures img').waitFor()
    await clean('raised-open')
  })

  it('ATT97 his meal stands out when it is his turn, and leaves the page when it is over', async () => {
    w.clock.set(at(firstDay, 11, 50))
    await toToday()
    await page.getByText('就餐 午餐').waitFor()
    await clean('meal')
    w.clock.set(at(firstDay, 12, 10))
    await toToday()
    await page.getByText('现在', { exact: true }).waitFor()
    w.clock.set(at(firstDay, 12, 40))
    await toToday()
    await page.getByText('07:45 已签到').waitFor()
    await page.getByText('就餐 午餐').waitFor({ state: 'detached' })
  })

  it('ATT97 he hands over to the named successor, who signs on his own phone', async () => {
    w.clock.set(at(firstDay, 13, 40))
    await toToday()
    await page.getByText('快到点了，请先交接班，再签退').waitFor()
    await clean('handover-due')
    await page.getByRole('button', { name: /^交接班/ }).click()
    await page.getByRole('button', { name: /^请 冯样三 签收/ }).waitFor()
    await clean('handover')
    await page.getByRole('button', { name: /^请 冯样三 签收/ }).click()
    await page.getByText('已交班，等 冯样三 签收').waitFor()
    await clean('handover-given')
    await toToday(feng.page)
    await clean('next-today', feng.page)
    await feng.page.getByRole('button', { name: /^交接班/ }).click()
    await clean('next-sign', feng.page)
    await feng.page.getByRole('button', { name: /^接班签收/ }).click()
    await page.getByText(/冯样三 已于 .* 签收/).waitFor()
    await clean('handover-signed')
  })

  it('ATT97 when his shift is over, leaving is the next step', async () => {
    w.clock.set(at(firstDay, 14, 5))
    await page.getByRole('button', { name: '返回今日' }).click()
    await page.getByText('班次已结束，尚未签退').waitFor()
    await clean('leave')
    // A page is fetched once: without network only those open that were open before.
    await page.getByRole('button', { name: '我的' }).click()
    await page.getByRole('button', { name: /^退出登录/ }).waitFor()
    await settled(page)
    await page.goto('/outbox')
    await page.getByRole('heading', { name: /^今日已办/ }).waitFor()
    await page.getByRole('button', { name: '返回', exact: true }).click()
    await page.getByRole('button', { name: '今日' }).click()
    await page.getByRole('button', { name: /^签退/ }).click()
    await clean('leave-code')
    for (const digit of codeAt(b.gate, w.clock.now.toISOString()).digits) {
      await page.getByRole('button', { name: digit, exact: true }).click()
    }
  })

  it('OUT40 a check-out that is not sent yet is counted at the sign-out and listed with what it is about', async () => {
    await page.context().setOffline(true)
    await page.getByRole('button', { name: /^签退 东门封控点/ }).click()
    await page.getByText('还没有送达').waitFor()
    await clean('left-unsent')
    await page.getByRole('button', { name: '我的' }).click()
    await page.getByText(/还有 1 条没有送达/).waitFor()
    await clean('me-unsent')
    await page.getByRole('button', { name: /^退出登录/ }).click()
    await page.getByRole('button', { name: /^仍要退出/ }).waitFor()
    await page.getByRole('button', { name: /^未发送与未办理/ }).click()
    await page.getByRole('heading', { name: '未发送 1' }).waitFor()
    await page.getByText(/签退 · 东门封控点/).waitFor()
    await clean('outbox')
    await page.getByRole('button', { name: '返回', exact: true }).click()
    await page.getByText(/还有 1 条没有送达/).waitFor()
    // A browser without a network says so at every try.
    expect(w.faults.splice(0).filter(one => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  })

  it('ATT96 with the network back it is sent; he reads his hours and signs out', async () => {
    await page.context().setOffline(false)
    await page.getByText(/还有 1 条没有送达/).waitFor({ state: 'detached' })
    expect(w.faults.filter(one => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    w.faults.length = 0
    await page.getByRole('button', { name: '今日' }).click()
    await page.getByText('14:05 已存').waitFor()
    await page.getByRole('button', { name: /^本月在岗 6 小时 20 分/ }).waitFor()
    await clean('home')
    await page.getByRole('button', { name: /^本月在岗/ }).click()
    await page.getByText('07:45—14:05').waitFor()
    await clean('hours')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('6 h 20 min').first().waitFor()
    await clean('hours-en', page, 'en')
    await page.getByRole('button', { name: /^Sign out/ }).click()
    await page.getByLabel('Badge number').waitFor()
    expect(await page.evaluate(async () => (await fetch('/api/session')).status)).toBe(401)
  })
})
