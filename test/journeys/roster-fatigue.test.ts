// Advice on how tiring a draft is: beside a place, and the worst places of the whole.
import { describe, expect, it } from 'vitest'
import { changeOperation } from '../../src/modules/operations/contracts.ts'
import { adopt } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('how tiring a draft is', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T00:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const span = { operationId: b.operationId, fromDay: b.firstDay, untilDay: b.lastDay }
  // 09:00 of the first duty day.
  w.clock.set('2021-11-04T01:00:00.000Z')
  const solved = await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })
  await zhou.does(adopt, adoption(w.newId(), solved))
  await zhou.does(changeOperation, {
    ...{ operationId: b.operationId, name: '秋季疫情防控专项勤务' },
    ...{ beginsOn: b.firstDay, endsOn: b.lastDay },
  })

  it('RST154 the worst places are listed, and the panel of one says when it is hardest, as advice', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster')
    await settled(page)
    const strip = page.locator('.rb-strip')
    await strip.getByText('偏困班次').waitFor()
    await strip.getByRole('button', { name: /班$/ }).last().click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByText(/推算困倦度 \d\.\d/)
      .first()
      .waitFor()
    await dialog.getByText('不针对个人').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fatigue-plan')
    await dialog
      .getByRole('button', { name: /在表上看/ })
      .first()
      .click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('.rb-chip-name').first().click()
    const side = page.locator('.rb-side')
    await side.getByRole('heading', { name: '困倦推算' }).waitFor()
    await side.getByText(/\d\d:\d\d 推算困倦度 \d\.\d/).waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'fatigue-place')
    await context.close()
  })

  it('RST153 on a phone in English it reads and fits', async () => {
    const { page, context } = await w.sitAs('990001', phone, 'en')
    await page.goto('/roster')
    await settled(page)
    await page.locator('.rb-strip').getByText('Tiring duties').waitFor()
    await page
      .locator('.rb-strip')
      .getByRole('button', { name: /duties$/ })
      .last()
      .click()
    await page
      .getByRole('dialog')
      .getByText(/on the sleepiness scale at/)
      .first()
      .waitFor()
    expect(await look(page, 'en')).toEqual([])
    await shoot(page, 'fatigue-plan-phone')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.locator('.rb-chip-name').first().click()
    await page.getByRole('heading', { name: 'How tiring' }).waitFor()
    expect(await look(page, 'en')).toEqual([])
    await shoot(page, 'fatigue-place-phone')
    await context.close()
  })
})
