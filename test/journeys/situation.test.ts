// The page from which an operation is led, and the wall of the hall.
import { describe, expect, it } from 'vitest'
import { runWatches } from '../../src/kernel/jobs.ts'
import { checkInMany } from '../../src/modules/attendance/contracts.ts'
import { record } from '../../src/modules/commandpost/contracts.ts'
import { setLeads } from '../../src/modules/roster/contracts.ts'
import { orderLevel } from '../../src/modules/operations/contracts.ts'
import { at, bureau, publishes } from '../../src/modules/reports/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const [first, second] = ['2021-11-04', '2021-11-05'] as const

describe('leading from the situation', async () => {
  const w = await stage()
  w.clock.set(at('2021-11-03', 14))
  const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
  await w.account('990101', '周示一', ['commander', 'administrator', 'dutyOfficer'])
  await w.account('990109', '韩样九', ['viewer'])
  const b = await bureau(w, boss)
  const [feng = '', chen = '', , , jiang = ''] = b.officers
  const day = (officer: number, post: 'gate' | 'center', on: string) => ({ officer, post, day: on, bands: 1 })
  await publishes(w, boss, b, [
    ...[first, second].flatMap(on => [day(0, 'gate', on), day(4, 'center', on)]),
    day(1, 'gate', first),
  ])
  const crew = (on: string, postId: string, ...officerIds: string[]) =>
    boss.does(checkInMany, {
      ...{ day: on, patternId: b.patternId, band: 'day' },
      posts: [{ postId, officerIds }],
    })
  await boss.does(setLeads, {
    operationId: b.operationId,
    places: [{ day: second, office: 'commandPost', officerId: jiang }],
  })
  w.clock.set(at(first, 8, 5))
  await crew(first, b.gate, feng, chen)
  await boss.does(orderLevel, {
    ...{
      levelId: w.newId(),
      operationId: b.operationId,
      level: 1,
      reason: '病例',
      orderNumber: '青公指〔2021〕7号',
    },
    ...{ orderedBy: '周示一', beginsAt: at(first, 8, 5), fallsBackAt: at('2021-11-08', 8), fallsBackTo: 2 },
  })
  w.clock.set(at(first, 10))
  await boss.does(record, {
    ...{ entryId: w.newId(), operationId: b.operationId, kind: 'report', happenedAt: at(first, 9, 50) },
    text: '东门封控点两人到齐',
  })
  await runWatches(w.kernel, w.agency.agencyId)
  w.clock.set(at(second, 9, 30))
  await crew(second, b.gate, feng)
  await runWatches(w.kernel, w.agency.agencyId)

  const figure = (page: import('playwright-core').Page, label: string) =>
    page.locator('.fx-figures-cell', { hasText: label }).locator('.fx-figure')

  it('SIT3 the filters stand in the address and narrow the page; the wall is one press away', async () => {
    const { page, context } = await w.sitAs('990101')
    await page.goto(`/situation?unit=${b.west}`)
    await settled(page)
    await page.locator('.situation-on', { hasText: '青禾北卡口' }).waitFor()
    expect(await page.locator('.situation-on', { hasText: '东门封控点' }).count()).toBe(0)
    expect(await figure(page, '空岗点位').innerText()).toContain('1')
    await page.goto(`/situation?zone=${b.zoneId}`)
    await page.locator('.situation-on', { hasText: '东门封控点' }).waitFor()
    expect(await page.getByRole('region', { name: '指挥部值守' }).innerText()).toContain('蒋示七')
    await shoot(page, 'situation-zone')
    await context.close()
  })

  it('SIT13 who leads the day stands there by name; where nobody is set a link leads to the calendar', async () => {
    const { page, context } = await w.sitAs('990101')
    await page.goto('/situation')
    await settled(page)
    const lead = page.getByRole('region', { name: '带班领导' })
    await lead.getByText('蒋示七').waitFor()
    expect(await lead.innerText()).toContain('未排')
    await lead.getByRole('link', { name: '去排带班领导' }).press('Enter')
    await page
      .getByRole('heading', { name: /2021年11月/ })
      .or(page.getByText('2021年11月'))
      .first()
      .waitFor()
    await page.goto('/difficulties')
    await page.locator('.cmd-leading', { hasText: '蒋示七' }).waitFor()
    await shoot(page, 'command-leading')
    expect(await look(page, 'zh')).toEqual([])
    await context.close()
  })

  it('SIT9 the keyboard goes back by minute, hour and day; the page says that it is past, and End leads to now', async () => {
    const { page, context } = await w.sitAs('990101')
    await page.goto('/situation')
    await settled(page)
    await page.locator('.fx-figures-cell .fx-spark').nth(7).waitFor()
    await shoot(page, 'situation-now')
    await page.getByRole('button', { name: '走势' }).press('Enter')
    await page.getByRole('table', { name: '24 小时，逐时' }).getByRole('row').nth(20).waitFor()
    await shoot(page, 'situation-trend')
    expect(await look(page, 'zh')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await page.locator('.situation-past').count()).toBe(0)
    const slider = page.getByRole('slider', { name: '截至时刻' })
    await slider.focus()
    await page.keyboard.press('PageDown')
    await page.getByText('正在回看').waitFor()
    await page.waitForURL(url => url.searchParams.get('at') === at(first, 9, 30))
    await page.locator('.situation-on', { hasText: '已到 2/2' }).waitFor()
    await shoot(page, 'situation-past')
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(url => url.searchParams.get('at') === at(first, 8, 30))
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(url => url.searchParams.get('at') === at(first, 8, 29))
    // A reload stays where one is; before the gate's people came, nobody had.
    await page.goto(`/situation?at=${at(first, 8, 4)}`)
    await page.locator('.situation-on', { hasText: '已到 0/2' }).waitFor()
    await page.getByRole('slider', { name: '截至时刻' }).focus()
    await page.keyboard.press('End')
    await page.getByText('正在回看').waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('at')).toBeNull()
    await page.getByRole('button', { name: '上一变化' }).click()
    await page.getByText('正在回看').waitFor()
    await page.locator('.situation-past').getByRole('button', { name: '回到现在' }).click()
    await page.getByText('正在回看').waitFor({ state: 'detached' })
    await context.close()
  })

  it('SIT10 what somebody else does shows without a reload; a hundred changes at once are a few looks', async () => {
    const { page, context } = await w.sitAs('990101')
    let asked = 0
    await page.goto('/situation')
    await settled(page)
    await page.evaluate(() => document.body.setAttribute('data-here', ''))
    page.on('request', request => {
      if (request.url().includes('/api/queries/reports.situation')) asked += 1
    })
    const before = await figure(page, '已到岗').innerText()
    await crew(second, b.center, jiang)
    await page.waitForFunction(
      was => document.querySelectorAll('.fx-figures-cell .fx-figure')[1]?.textContent !== was,
      before.replace(/\s/g, ''),
    )
    expect(await figure(page, '已到岗').innerText()).toContain('2')
    asked = 0
    for (let n = 0; n < 100; n += 1) {
      await boss.does(record, {
        ...{ entryId: w.newId(), operationId: b.operationId, kind: 'note', happenedAt: at(second, 9) },
        text: `第 ${n} 条`,
      })
    }
    await page.locator('.situation-entry', { hasText: '第 99 条' }).waitFor()
    console.log(`SIT10: a hundred entries, looked ${asked} times`)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(50)
    expect(await page.locator('body[data-here]').count()).toBe(1)
    await context.close()
  })

  it('SIT12 the wall turns its panels, stops at a key, and never has a name', async () => {
    const { page, context } = await w.sitAs('990109', { width: 1920, height: 1080 })
    await page.goto('/wall')
    await page.locator('.wall-figures').waitFor()
    await page.locator('.wall-map [data-drawn]').waitFor()
    await shoot(page, 'wall-alerts')
    await page.keyboard.press(' ')
    await page.getByText('已停住').waitFor()
    for (const name of ['posts', 'zones']) {
      await page.keyboard.press('ArrowRight')
      await page.waitForTimeout(100)
      await shoot(page, `wall-${name}`)
    }
    const text = await page.locator('body').innerText()
    for (const name of ['冯样三', '陈示四', '蒋示七', '韩样九', '99010']) expect(text).not.toContain(name)
    expect(text).toContain('指挥中心主任')
    expect(text).toContain('演练')
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.wall *')]
        .filter(
          one =>
            one.childNodes.length > 0 &&
            [...one.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim()),
        )
        .filter(one => !one.closest('.fx-map') && one.getClientRects().length > 0)
        .filter(one => Number.parseFloat(getComputedStyle(one).fontSize) < 27.9)
        .map(one => `${one.className} ${one.textContent}`),
    )
    expect(small).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(1080)
    await context.close()
  })

  it.each([desk, phone])('SIT9 the past fits at $width px, in English too', async size => {
    const { page, context } = await w.sitAs('990101', size, 'en')
    await page.goto(`/situation?at=${at(first, 12)}`)
    await settled(page)
    await page.getByText('Looking back at').waitFor()
    await shoot(page, `situation-past-en-${size.width}`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    await context.close()
  })
})
