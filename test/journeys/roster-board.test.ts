// The roster board as it is used: one count of what is open wherever one looks, and a phone that is filled by it.
import { describe, expect, it } from 'vitest'
import { changeOperation } from '../../src/modules/operations/contracts.ts'
import { addPosts, changePost, scaleDemand, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, openDraft, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('the roster board', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T00:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const span = { operationId: b.operationId, fromDay: b.firstDay, untilDay: b.lastDay }
  const planId = w.newId()
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId, revision: 1 })
  const { rows } = await w.owner.query<{ demand_id: string }>(
    `select demand_id from app.demand where post_id = '${b.checkpoint}'`,
  )
  await zhou.does(scaleDemand, { demandIds: rows.map(row => row.demand_id), how: 'set', amount: 2 })
  // The page shows the days of the operation.
  const { operationId } = b
  const [beginsOn, endsOn] = [b.firstDay, b.lastDay]
  await zhou.does(changeOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn, endsOn })
  // 13:00 of the third duty day.
  w.clock.set('2021-11-06T05:00:00.000Z')

  it('RST80 strip and board say the same in every view', async () => {
    const { page, context } = await w.sitAs('990001')
    for (const view of ['', '?view=officers', '?mode=overview']) {
      await page.goto(`/roster${view}`)
      await settled(page)
      const strip = page.locator('.rb-strip')
      await strip.getByText('已过 6 处').waitFor()
      expect(await strip.locator('.rb-judged').first().textContent(), view).toMatch(/^15/)
    }
    await page.goto('/roster')
    await page.locator('.rb-gap').first().waitFor()
    // Today's head, the gaps below it, and those of yesterday, which are over.
    await page.getByRole('columnheader', { name: /11月6日.*缺 3/ }).waitFor()
    await page.getByRole('button', { name: '前一天' }).click()
    await page.getByRole('columnheader', { name: /11月5日.*曾缺 3/ }).waitFor()
    expect(await page.getByRole('gridcell', { name: /曾缺 1 人，已结束/ }).count()).toBeGreaterThan(0)
    await page
      .getByRole('gridcell', { name: /曾缺 1 人，已结束/ })
      .first()
      .click()
    await page.getByText('该班次已结束，不能再派人。').waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'roster-past-gap')
    await context.close()
  })

  it('RST85 on a phone the board fills the screen, draws what is in sight, and the names leave room', async () => {
    const many = Array.from({ length: 80 }, (_, at) => ({
      postId: w.newId(),
      code: `MG-${String(at).padStart(2, '0')}`,
      name: `示例小区${at}号门门岗`,
      kind: 'buildingGate' as const,
      unitId: b.unitId,
    }))
    await zhou.does(addPosts, { operationId: b.operationId, posts: many })
    const line = {
      patternId: b.patterns.dayOnly,
      bands: ['morning'],
      heads: 1,
      beginsOn: b.firstDay,
      endsOn: b.lastDay,
    }
    await zhou.does(setDemands, {
      lines: many.map(({ postId }) => ({ ...line, demandId: w.newId(), postId })),
    })
    const { page, context } = await w.sitAs('990001', phone)
    for (const view of ['', '?view=officers', '?mode=overview']) {
      await page.goto(`/roster${view}`)
      await settled(page)
      await page.locator('.rb-first').first().waitFor()
      const seen = await page.evaluate(() => {
        const board = document.querySelector('.rb-scroll')
        const box = board?.getBoundingClientRect()
        return {
          top: box?.top ?? 0,
          bottom: box?.bottom ?? 0,
          width: box?.width ?? 0,
          names: document.querySelector('.rb-first')?.getBoundingClientRect().width ?? 0,
          more: (board?.scrollHeight ?? 0) > (board?.clientHeight ?? 0),
          rows: document.querySelectorAll('.rb-row').length,
          sideways: document.documentElement.scrollWidth > window.innerWidth,
        }
      })
      // Two thirds of 844, down to the bottom and from side to side; a third of the width at most is names.
      expect(seen.bottom - seen.top, view).toBeGreaterThan(560)
      expect(seen.bottom, view).toBeLessThanOrEqual(phone.height)
      expect(seen.width, view).toBeGreaterThan(360)
      expect(seen.names, view).toBeLessThan(120)
      expect(seen, view).toMatchObject({ more: true, sideways: false })
      expect(seen.rows, view).toBeLessThan(60)
      expect(await look(page, 'zh'), view).toEqual([])
    }
    await shoot(page, 'roster-phone')
    await page.goto('/roster')
    await page.locator('.rb-chip').first().click()
    await page.getByRole('heading', { name: '为什么是他' }).waitFor()
    const panel = await page.locator('.rb-side').boundingBox()
    expect(panel?.width).toBeGreaterThan(360)
    await context.close()
  })

  it('RST83 the number of a post is on the printed sheet after somebody said why', async () => {
    await zhou.does(changePost, {
      postId: b.checkpoint,
      unitId: b.unitId,
      code: 'KK-01',
      name: '青禾北卡口',
      kind: 'checkpoint',
      contactName: '沈例八',
      contactPhone: '10000000008',
    })
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/print?kind=weekly&day=2021-11-04')
    await page.getByRole('cell', { name: '沈例八' }).waitFor()
    expect(await page.getByText('10000000008').count()).toBe(0)
    await page.getByPlaceholder(/^用途/).fill('上墙张贴')
    await page.getByRole('button', { name: '列出点位电话' }).click()
    await page.getByRole('cell', { name: '沈例八 10000000008' }).waitFor()
    expect(await look(page, 'zh')).toEqual([])
    await shoot(page, 'roster-weekly-sheet')
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载 Excel' }).click()
    expect((await coming).suggestedFilename()).toMatch(/疫情防控卡口执勤安排表.*\.xlsx$/)
    await context.close()
  })

  it('RST226 an open place says how many are needed and how many there are, on a desk and a phone', async () => {
    await zhou.does(scaleDemand, { demandIds: rows.map(row => row.demand_id), how: 'set', amount: 40 })
    for (const [lang, sentence] of [
      ['zh', /需要警力 40 人，可上岗的只有 30 人：任何排班都至少空 10 个/],
      ['en', /40 officers are needed here, 30 could stand here: at least 10 stay open in every roster/],
    ] as const) {
      for (const size of [undefined, phone]) {
        const { page, context } = await w.sitAs('990001', size, lang)
        await page.goto('/roster')
        // How many days are drawn at first is the machine's affair; the last one is meant, once all are.
        await page.locator('.rb-gap', { hasText: '39' }).last().waitFor()
        await settled(page)
        await page.locator('.rb-gap', { hasText: '39' }).last().click()
        await page.getByText(sentence).waitFor()
        expect(await look(page, lang)).toEqual([])
        await shoot(page, `roster-proof-${lang}-${size ? 390 : 1440}`)
        await context.close()
      }
    }
  })

  it('RST228 beside a draft it is proven, when asked, that no roster does better than so much', async () => {
    const draft = w.newId()
    await zhou.does(openDraft, { planId: draft, ...span })
    for (const [lang, prove, soFar, stop, again, sentence] of [
      ['zh', '证明下界', /已证明不低于/, '停止证明', '重新证明', /没有任何排班能优于/],
      [
        'en',
        'Prove the bound',
        /proven so far/,
        'Stop proving',
        'Prove again',
        /No roster can do better than/,
      ],
    ] as const) {
      for (const size of [undefined, phone]) {
        const { page, context } = await w.sitAs('990001', size, lang)
        await page.goto('/roster')
        await page.getByRole('button', { name: prove }).press('Enter')
        // Ended early, it answers with what is proven; a small problem may be through before that.
        await page.getByText(soFar).or(page.getByText(sentence)).first().waitFor()
        await page.getByRole('button', { name: stop }).evaluateAll(buttons => {
          for (const button of buttons) (button as HTMLElement).click()
        })
        await page.getByText(sentence).waitFor()
        await page.reload()
        await page.getByText(sentence).waitFor()
        await page.getByRole('button', { name: again }).waitFor()
        expect(await look(page, lang)).toEqual([])
        await shoot(page, `roster-bound-${lang}-${size ? 390 : 1440}`)
        await context.close()
      }
    }
  })
})
