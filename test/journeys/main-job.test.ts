// The main job of a bureau, from a list of people to an officer who has seen his shift, through the pages alone.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { writeWorkbook } from '../../src/sheets/index.ts'
import { shoot, settled } from './look.ts'
import { oneTimeCode, phone, stage } from './stage.ts'

const headers = ['序号', '姓名', '警号／编号', '类别', '所属单位', '联系电话', '特长']
const surnames = ['周', '郑', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨', '朱', '秦']

/** Eighteen officers; the third's badge has the letter O for a nought, which the page offers to mend. */
function peopleSheet(): Promise<Buffer> {
  const rows = Array.from({ length: 18 }, (_, at) => {
    const badge = at === 2 ? '99O203' : String(990201 + at)
    const name = `${surnames[at % 12]}${at < 12 ? '示' : '例'}${'一二三四五六七八九十'[at % 10]}`
    const cells = [String(at + 1), name, badge, '民警', '城东派出所', '', at % 2 === 0 ? '带班' : '']
    return Object.fromEntries(cells.map((cell, n) => [headers[n], cell]))
  })
  const columns = headers.map(header => ({ key: header, header, kind: 'text' as const }))
  return writeWorkbook({ sheetName: '全局', title: '青禾县公安局警力花名册', columns, rows })
}

const drawer = (page: Page) => page.getByRole('dialog')
const dayOf = (date: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(date)

/** Begin and end of the duty that the head of the side panel names: `11月4日 周三 20:00 — 11月5日 周四 02:00`. */
function dutyIn(head: string, now: Date): { day: string; time: string }[] {
  const [from, until] = head.split('—').map(part => {
    const [, month, date] = /(\d+)月(\d+)日/.exec(part) ?? []
    const [time = ''] = /\d\d:\d\d/.exec(part) ?? []
    const two = (text = '') => text.padStart(2, '0')
    return { day: month ? `${now.getUTCFullYear()}-${two(month)}-${two(date)}` : '', time }
  })
  if (!from?.day || !until?.time) throw new Error(`no duty in ${head}`)
  return [from, { ...until, day: until.day || from.day }]
}

async function becomesUnavailable(page: Page, badge: string, span: { day: string; time: string }[]) {
  await page.goto(`/people?q=${badge}`)
  await page.getByRole('row', { name: new RegExp(badge) }).click()
  await drawer(page).getByRole('button', { name: '登记不可用' }).click()
  const form = drawer(page).last()
  for (const [at, { day, time }] of span.entries()) {
    await form.locator('input[type=date]').nth(at).fill(day)
    await form.locator('input[type=time]').nth(at).fill(time)
  }
  await form.getByRole('button', { name: '登记为不可用' }).click()
  await form.getByRole('button', { name: '登记为不可用' }).waitFor({ state: 'hidden' })
}

describe('the main job', async () => {
  const w = await stage()
  // The evening of a Tuesday; nobody has to hurry, and the next morning comes when the test says so.
  w.clock.set('2026-11-03T12:00:00.000Z')
  await w.account('990101', '周示一', ['administrator'])
  await w.account('990102', '郑例二', ['commander'])
  const admin = await w.sitAs('990101')
  const commander = await w.sitAs('990102')

  it('WEB10 the administrator makes a unit and imports the list, one wrong row mended by one click', async () => {
    const { page } = admin
    await page.goto('/people/units')
    await page.getByRole('button', { name: '新增单位' }).first().click()
    await drawer(page).getByLabel('全称').fill('城东派出所')
    await drawer(page).getByLabel('简称').fill('城东所')
    await drawer(page)
      .getByRole('button', { name: /新增|保存/ })
      .last()
      .click()
    await page.getByText('城东派出所').first().waitFor()
    await page.goto('/people')
    await page.getByRole('button', { name: '导入' }).first().click()
    const file = { name: '警力花名册.xlsx', mimeType: '', buffer: await peopleSheet() }
    await drawer(page).locator('input[type=file]').setInputFiles(file)
    await drawer(page).getByRole('button', { name: '写入 17 人' }).waitFor()
    await shoot(page, 'main-import')
    await drawer(page)
      .getByRole('button', { name: /990203/ })
      .click()
    await drawer(page).getByRole('button', { name: '写入 18 人' }).click()
    await drawer(page).getByText('已写入 18 人').waitFor()
    await drawer(page).getByRole('button', { name: '完成' }).click()
    await page.getByRole('row', { name: /990203/ }).waitFor()
  })

  it('WEB11 the commander opens an operation and orders level 1', async () => {
    const { page } = commander
    await page.goto('/operation')
    await page.getByRole('button', { name: '启动专项勤务' }).click()
    await drawer(page).getByLabel('名称').fill('秋季疫情防控专项勤务')
    const end = dayOf(new Date(w.clock.now.getTime() + 4 * 86_400_000))
    await drawer(page).getByLabel('计划结束日').fill(end)
    await drawer(page).getByRole('button', { name: '启动专项勤务' }).click()
    await page.getByRole('button', { name: '下达勤务等级' }).click()
    await drawer(page).getByLabel('文号').fill('青防指〔2026〕1号')
    await drawer(page)
      .getByLabel('原因')
      .or(drawer(page).getByLabel('事由'))
      .first()
      .fill('发现输入病例，全局转入一级勤务')
    await drawer(page)
      .getByRole('button', { name: /一级勤务/ })
      .click()
    await page
      .getByRole('button', { name: /一级勤务/ })
      .first()
      .waitFor()
  })

  it('WEB36 an empty map shows a county, says what to do first, and opens where it was left', async () => {
    const { page } = commander
    const scale = page.locator('.fx-map-scale')
    await page.goto('/posts/map')
    await page.getByText('先导入带经纬度的点位').waitFor()
    await page.locator('.fx-map-empty').getByRole('button', { name: '导入' }).click()
    await drawer(page).getByText('导入').first().waitFor()
    await page.keyboard.press('Escape')
    await drawer(page).waitFor({ state: 'hidden' })
    expect(await scale.textContent()).toMatch(/^[12] 公里$/)
    await page.getByRole('button', { name: '放大' }).click()
    await page.getByRole('button', { name: '放大' }).click()
    await page.getByText('500 米').waitFor()
    await page.goto('/situation')
    await page.getByText('图上还没有区域和点位').waitFor()
    await page.getByRole('button', { name: '去部署图' }).click()
    await page.waitForURL('**/posts/map')
    await page.getByText('500 米').waitFor()
    await shoot(page, 'main-empty-map')
  })

  it('WEB12 draws a sealed zone on the map, and sets up its gate', async () => {
    const { page } = commander
    await page.goto('/posts/map?draw=zone')
    const canvas = page.locator('canvas').first()
    await canvas.waitFor()
    await page.getByRole('toolbar', { name: '绘制区域' }).waitFor()
    const corners = [
      { x: 300, y: 200, said: '至少 3 个点，已有 1 个' },
      { x: 500, y: 200, said: '至少 3 个点，已有 2 个' },
      { x: 400, y: 380, said: '3 个点，Enter 完成' },
    ]
    for (const { x, y, said } of corners) {
      await canvas.click({ position: { x, y } })
      await page.getByText(said).waitFor()
    }
    await page.keyboard.press('Enter')
    const form = drawer(page)
    await form.getByLabel('名称').fill('城东花园')
    await form.getByLabel('文号').fill('青防指〔2026〕7号')
    await form.getByLabel('批准人').fill('周示一')
    await form.getByRole('button', { name: '划定封控区' }).click()
    await form.waitFor({ state: 'hidden' })
    await shoot(page, 'main-zone')
    await page.goto('/posts')
    await page.getByRole('button', { name: '新增点位' }).first().click()
    await drawer(page).getByLabel('编号').fill('FK-01')
    await drawer(page).getByLabel('类别').selectOption({ label: '封控点' })
    await drawer(page).getByLabel('名称').fill('东门封控点')
    await drawer(page).getByLabel('责任单位').selectOption({ label: '城东所' })
    await drawer(page).getByLabel('所属区域').selectOption({ label: '城东花园' })
    await drawer(page).getByRole('button', { name: '新增点位' }).click()
    await page.getByRole('row', { name: /FK-01/ }).waitFor()
  })

  it('WEB13 sets the demand of the gate: four bands, two heads each', async () => {
    const { page } = commander
    await page.goto('/posts/patterns')
    await page.getByRole('button', { name: '启用常用班制' }).click()
    await page.getByRole('heading', { level: 3 }).first().waitFor()
    await page.goto('/posts/demand')
    await page.getByRole('row', { name: /FK-01/ }).getByRole('checkbox').click()
    await page.getByRole('button', { name: '设定需求' }).click()
    await drawer(page).getByRole('button', { name: '为 1 个点位设定' }).click()
    await drawer(page).waitFor({ state: 'hidden' })
    await page.getByText(/合计 \d+ 人次/).waitFor()
  })

  it('WEB14 solves the roster under her eyes and adopts it with nothing open', async () => {
    const { page } = commander
    await page.goto('/roster')
    await page.getByRole('button', { name: '求解', exact: true }).click()
    await page.getByRole('dialog').getByLabel('最长时间').selectOption('10')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^求解 \d+ 天$/ })
      .click()
    await page.getByText('至今最好').waitFor()
    await shoot(page, 'main-solving')
    await page.getByText('已求得').waitFor()
    await page.getByRole('button', { name: '采用此方案' }).click()
    await page.getByText('当前草稿').waitFor()
    await page
      .getByRole('gridcell', { name: /东门封控点/ })
      .first()
      .waitFor()
    await shoot(page, 'main-draft')
  })

  it('WEB15 a broken rule is named and keeps the roster from being published, until it is put right', async () => {
    const { page } = commander
    await page
      .getByRole('gridcell', { name: /东门封控点/ })
      .last()
      .click()
    const side = page.getByRole('complementary').last()
    await side.getByText('还有谁可以').waitFor()
    await side.locator('.rb-forbidden').first().waitFor()
    expect(await side.locator('.rb-forbidden .fx-tone-red').first().textContent()).not.toBe('')
    const head = (await side.locator('header').first().innerText()).replace(/\s+/g, ' ')
    const [badge = ''] = /9902\d\d/.exec(head) ?? []
    await becomesUnavailable(admin.page, badge, dutyIn(head, w.clock.now))
    // The draft that she has open finds it by itself, and says which rule.
    const broken = page.locator('.rb-strip-part', { hasText: '当前草稿' })
    await broken.getByText(/^1条$/).waitFor()
    await side.getByText('硬规则 1 条').waitFor()
    await side.getByText('RST5', { exact: true }).first().waitFor()
    await shoot(page, 'main-broken')
    await page.getByRole('button', { name: '发布草稿' }).click()
    const asked = page.getByRole('dialog', { name: '发布勤务表' })
    await asked.getByText('违反 1 条规则，须先改正才能发布。').waitFor()
    expect(await asked.getByRole('button', { name: /^发布，?,?告知 \d+ 人$/ }).isDisabled()).toBe(true)
    await asked.getByRole('button', { name: '取消' }).click()
    await asked.waitFor({ state: 'hidden' })
    const other = side.getByRole('button', { name: /^换成/ })
    const name = (await other.textContent())?.replace('换成', '') ?? ''
    await other.click()
    await page
      .getByRole('gridcell', { name: new RegExp(`^${name}.*东门封控点`) })
      .first()
      .waitFor()
    await broken.getByText(/^1条$/).waitFor({ state: 'hidden' })
    await shoot(page, 'main-picked')
    await page.getByRole('button', { name: '发布草稿' }).click()
    await page.getByRole('button', { name: /^发布，?,?告知 \d+ 人$/ }).click()
    await page
      .getByText(/已发布第 1 版/)
      .first()
      .waitFor()
  })

  it('WEB16 an officer sees his shift on the phone and acknowledges it', async () => {
    const found = await w.owner.query<{ badge: string }>(
      'select badge from app.officer join app.assignment using (agency_id, officer_id) order by badge limit 1',
    )
    const [officer] = found.rows
    if (!officer) throw new Error('nobody was published')
    const { page } = admin
    await page.goto(`/people?q=${officer.badge}`)
    await page
      .getByRole('row', { name: new RegExp(officer.badge) })
      .getByRole('checkbox')
      .click()
    await page.getByRole('button', { name: '开通账号' }).click()
    await drawer(page).getByRole('button', { name: '为 1 人开通' }).click()
    const code = (await drawer(page).getByText(oneTimeCode).textContent()) ?? ''
    const seat = await w.sit(phone)
    const own = seat.page
    await own.goto('/')
    await own.getByLabel('警号').fill(officer.badge)
    await own.getByRole('button', { name: '忘记密码' }).click()
    await own.getByLabel('一次性代码').fill(code)
    await own.getByLabel(/^新密码/).fill('field-example-4')
    await own.getByRole('button', { name: '重设密码' }).click()
    await own.getByLabel('密码', { exact: true }).fill('field-example-4')
    await own.getByRole('button', { name: '登录', exact: true }).click()
    await own.waitForURL('**/today')
    await own.getByText('东门封控点').first().waitFor()
    await shoot(own, 'main-today')
    await own.getByRole('button', { name: /签收/ }).click()
    await own.getByRole('button', { name: /已看到我的/ }).waitFor({ state: 'hidden' })
    await shoot(own, 'main-acknowledged')
  })

  it('WEB17 in the morning the situation shows the level, and the gate with both places filled', async () => {
    const { page } = commander
    // Ten minutes later whoever has not checked in would count as missing.
    w.clock.set('2026-11-04T00:05:00.000Z')
    await page.goto('/situation')
    await settled(page)
    await page.getByRole('button', { name: /一级勤务/ }).waitFor()
    const staffed = page.locator('.situation-on', { hasText: '东门封控点' })
    // One duty may go on into the afternoon: then each of the two stands in a line of its own.
    await staffed.first().waitFor()
    await staffed
      .getByText(/到 (14|20):00/)
      .first()
      .waitFor()
    expect(await staffed.getByText('无人').count()).toBe(0)
    await shoot(page, 'main-situation')
  })
})
