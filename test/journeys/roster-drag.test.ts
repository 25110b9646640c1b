// Changing a draft by hand on the board: picked up, held over places that say whether they may take him, put down,
// and taken back; with the mouse, by keys and with a finger.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { changeOperation } from '../../src/modules/operations/contracts.ts'
import { addPosts, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, editCell, planBoard } from '../../src/modules/roster/contracts.ts'
import { type Duty, PlanCells, packPlan } from '../../src/modules/roster/matrix.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('a draft is changed by hand', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T00:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay, patterns, officers } = b
  const [beginsOn, endsOn] = ['2021-11-03', lastDay]
  await zhou.does(changeOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn, endsOn })
  // Enough building gates that the board scrolls.
  const many = Array.from({ length: 40 }, (_, at) => ({
    postId: w.newId(),
    code: `MG-${String(at).padStart(2, '0')}`,
    name: `示例小区${at}号门门岗`,
    kind: 'buildingGate' as const,
    unitId: b.unitId,
  }))
  await zhou.does(addPosts, { operationId, posts: many })
  const morning = { patternId: patterns.dayOnly, bands: ['morning'], heads: 1, beginsOn, endsOn }
  await zhou.does(setDemands, {
    lines: many.map(({ postId }) => ({ ...morning, demandId: w.newId(), postId })),
  })
  const gate = (band: string): Duty => ({ postId: b.gate, patternId: patterns.fourBySix, bands: [band] })
  const checkpoint = (band: string): Duty => ({
    postId: b.checkpoint,
    patternId: patterns.threeByEight,
    bands: [band],
  })
  const [zhouOne = '', zheng = '', feng = '', chen = '', chu = ''] = officers
  const cells = new PlanCells(7)
  for (const officerId of officers) cells.addOfficer(officerId)
  const placed: [string, number, Duty][] = [
    [zhouOne, 0, gate('morning')],
    [zheng, 0, gate('evening')],
    [feng, 0, checkpoint('early')],
    [chen, 0, gate('night')],
    // Off at 08:00 of the second day, on again at 20:00: nothing before that would leave him his rest.
    [chu, 0, checkpoint('night')],
    [chu, 1, gate('evening')],
  ]
  for (const [officerId, day, duty] of placed) cells.set(officerId, day, duty)
  const bands = new Map([
    [patterns.fourBySix, ['morning', 'afternoon', 'evening', 'night']],
    [patterns.threeByEight, ['early', 'late', 'night']],
  ])
  const planId = w.newId()
  await zhou.does(adopt, {
    planId,
    operationId,
    fromDay: firstDay,
    untilDay: lastDay,
    matrix: packPlan(cells, bands),
  })

  const chip = (page: Page, name: RegExp) => page.getByRole('gridcell', { name }).first()
  const middle = async (place: Locator) => {
    const box = await place.boundingBox()
    if (!box) throw new Error('not in sight')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const gap = (page: Page, name: RegExp) => page.locator('.rb-gap', { hasText: name }).first()
  /** Takes up and holds, without letting go. */
  const carries = async (page: Page, from: Locator, to: Locator | { x: number; y: number }) => {
    const start = await middle(from)
    const end = 'x' in to ? to : await middle(to)
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(start.x + 12, start.y + 4)
    await page.locator('.rb-ghost').waitFor()
    await page.mouse.move(end.x, end.y, { steps: 6 })
  }
  const opens = async (page: Page) => {
    await page.goto('/roster')
    await settled(page)
    await chip(page, /周示一/).waitFor()
  }
  const revision = async () => (await zhou.asks(planBoard, { planId })).revision ?? 0

  it('RST112 dragged to an open place, with the rule shown before the drop; undone and done again', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await carries(page, chip(page, /^周示一.*上午/), gap(page, /东门封控点 下午/))
    const ghost = page.locator('.rb-ghost')
    await ghost.getByText('补空缺').waitFor()
    await ghost.getByText('可以', { exact: true }).waitFor()
    await page.locator('.rb-gap.rb-may').first().waitFor()
    await shoot(page, 'drag-may')
    expect(await look(page, 'zh')).toEqual([])
    await page.mouse.up()
    await chip(page, /^周示一.*下午/).waitFor()
    await page
      .getByRole('status')
      .getByText(/周示一已到东门封控点/)
      .waitFor({ state: 'attached' })
    await page.getByRole('button', { name: '撤销' }).click()
    await chip(page, /^周示一.*上午/).waitFor()
    await page.getByRole('button', { name: '重做' }).click()
    await chip(page, /^周示一.*下午/).waitFor()
    // The keys do the same.
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+z')
    await chip(page, /^周示一.*上午/).waitFor()
    await page.keyboard.press('Control+y')
    await chip(page, /^周示一.*下午/).waitFor()
    await page.keyboard.press('Control+z')
    await chip(page, /^周示一.*上午/).waitFor()
    // Faster than the answers: every step counts, and none meets the one before it.
    const before = await revision()
    for (const key of ['y', 'z', 'y', 'z']) await page.keyboard.press(`Control+${key}`)
    await expect.poll(revision).toBe(before + 4)
    await chip(page, /^周示一.*上午/).waitFor()
    expect(await page.locator('.rb-note').count()).toBe(0)
    await context.close()
  })

  it('RST113 a drop that breaks a hard rule is not made, and says which', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    const before = await revision()
    const second = page.locator('.rb-gap', { hasText: /东门封控点 上午/ }).nth(1)
    await carries(page, chip(page, /^褚例一.*晚班/), second)
    await page
      .locator('.rb-ghost')
      .getByText(/RST3.*休息不足/)
      .waitFor()
    expect(await page.locator('.rb-not').count()).toBeGreaterThan(0)
    await shoot(page, 'drag-may-not')
    await page.mouse.up()
    await page
      .locator('.rb-note')
      .getByText(/褚例一没有放下.*RST3/)
      .waitFor()
    await chip(page, /^褚例一.*晚班/).waitFor()
    expect(await revision()).toBe(before)
    await shoot(page, 'drag-refused')
    await page.locator('.rb-note').getByRole('button', { name: '关闭' }).click()
    await page.locator('.rb-note').waitFor({ state: 'detached' })
    await context.close()
  })

  it('RST112 onto another officer both swap; off the board he is taken off; both can be undone', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await carries(page, chip(page, /^周示一.*上午/), chip(page, /^郑例一.*晚班/))
    await page.locator('.rb-ghost').getByText('与郑例一对调').waitFor()
    await page.locator('.rb-ghost').getByText('可以', { exact: true }).waitFor()
    await page.mouse.up()
    await chip(page, /^周示一.*晚班/).waitFor()
    await chip(page, /^郑例一.*上午/).waitFor()
    await carries(page, chip(page, /^冯样一/), await middle(page.locator('.rb-strip')))
    await page.locator('.rb-ghost').getByText('换下，不排班').waitFor()
    await page.mouse.up()
    await chip(page, /^冯样一/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '撤销' }).click()
    await chip(page, /^冯样一/).waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await chip(page, /^周示一.*上午/).waitFor()
    await chip(page, /^郑例一.*晚班/).waitFor()
    await context.close()
  })

  it('RST111 what somebody else has changed meanwhile is not undone, and that is said', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await carries(page, chip(page, /^周示一.*上午/), gap(page, /东门封控点 下午/))
    await page.locator('.rb-ghost').getByText('可以', { exact: true }).waitFor()
    await page.mouse.up()
    await chip(page, /^周示一.*下午/).waitFor()
    const later = { officerId: zhouOne, day: firstDay, duty: { ...gate('night'), bands: ['night'] } }
    await zhou.does(editCell, { planId, revision: await revision(), edits: [later] })
    await chip(page, /^周示一.*夜班/).waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText(/周示一 2021-11-04 的班次已被他人改动/).waitFor()
    w.faults.splice(0, w.faults.length, ...w.faults.filter(one => !one.includes('409')))
    await shoot(page, 'drag-overtaken')
    await chip(page, /^周示一.*夜班/).waitFor()
    expect(await page.getByRole('button', { name: '撤销' }).isDisabled()).toBe(true)
    const back = { officerId: zhouOne, day: firstDay, duty: { ...gate('morning'), bands: ['morning'] } }
    await zhou.does(editCell, { planId, revision: await revision(), edits: [back] })
    await chip(page, /^周示一.*上午/).waitFor()
    await context.close()
  })

  it('RST114 by keys: Space picks up, arrows say every place, Enter puts down, Esc puts back', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await chip(page, /^周示一.*上午/).click()
    const voice = page.locator('[aria-live="assertive"]')
    await page.keyboard.press(' ')
    await voice.getByText(/^已拿起周示一/).waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowRight')
    await voice.getByText(/东门封控点 .*下午.*可以$/).waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await voice.getByText('周示一已放回原位置').waitFor({ state: 'attached' })
    await chip(page, /^周示一.*上午/).waitFor()
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowRight')
    await voice.getByText(/下午.*可以$/).waitFor({ state: 'attached' })
    await shoot(page, 'drag-keys')
    expect(await look(page, 'zh')).toEqual([])
    await page.keyboard.press('Enter')
    await chip(page, /^周示一.*下午/).waitFor()
    await page.keyboard.press('Control+z')
    await chip(page, /^周示一.*上午/).waitFor()
    // A refusal leaves him in hand: the next place is tried at once.
    await chip(page, /^褚例一.*晚班/).click()
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await voice.getByText(/上午.*不可以 RST3/).waitFor({ state: 'attached' })
    await page.keyboard.press('Enter')
    await voice.getByText(/褚例一没有放下：RST3/).waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await context.close()
  })

  it('RST115 at the edges the board scrolls on, and who is carried goes along; Esc puts him back', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    const board = page.locator('.rb-scroll')
    const box = await board.boundingBox()
    if (!box) throw new Error('no board')
    await carries(page, chip(page, /^周示一.*上午/), { x: box.x + 700, y: box.y + box.height - 12 })
    await page.waitForFunction(() => (document.querySelector('.rb-scroll')?.scrollTop ?? 0) > 300)
    await page.mouse.move(box.x + box.width - 12, box.y + 300)
    await page.waitForFunction(() => (document.querySelector('.rb-scroll')?.scrollLeft ?? 0) > 500)
    await page.mouse.move(box.x + 600, box.y + 300)
    await page.locator('.rb-ghost').getByText('周示一').waitFor()
    // Days that have come into sight are asked for too.
    await page.locator('.rb-gap.rb-may').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.rb-ghost').waitFor({ state: 'detached' })
    await page.mouse.up()
    expect(await page.locator('.rb-may').count()).toBe(0)
    await context.close()
  })

  it('RST115 a finger picks up by resting, and scrolls when it does not', async () => {
    const { page, context } = await w.sitAs('990001', phone)
    await opens(page)
    const touch = await context.newCDPSession(page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
    const start = await middle(chip(page, /^周示一.*上午/))
    const end = await middle(gap(page, /东门封控点 下午/))
    await send('touchStart', start)
    await page.locator('.rb-ghost').waitFor()
    await send('touchMove', { x: start.x + 10, y: start.y })
    await send('touchMove', end)
    await page.locator('.rb-ghost').getByText('可以', { exact: true }).waitFor()
    await shoot(page, 'drag-finger')
    await send('touchEnd')
    await chip(page, /^周示一.*下午/).waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await chip(page, /^周示一.*上午/).waitFor()
    await context.close()
  })
})
