// A draft from the first search to the second publication: what it leans to, watched, stopped, dropped and solved again;
// replanned when somebody falls out; and the two rosters compared.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { changeOperation } from '../../src/modules/operations/contracts.ts'
import { reportUnavailable } from '../../src/modules/people/contracts.ts'
import { plans, preferenceInForce, presets } from '../../src/modules/roster/contracts.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('a draft is solved, replanned and compared', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T00:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const { operationId } = b
  const [beginsOn, endsOn] = ['2021-11-03', b.lastDay]
  await zhou.does(changeOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn, endsOn })
  const inForce = async () => (await zhou.asks(preferenceInForce, { operationId })).preference
  const drafts = () => zhou.asks(plans, { operationId })

  const dialog = (page: Page) => page.getByRole('dialog')
  const group = (page: Page, name: string) => dialog(page).getByRole('radiogroup', { name })
  const chosen = (page: Page, name: string) =>
    group(page, name).locator('.ant-segmented-item-selected').textContent()
  const strip = (page: Page) => page.locator('.rb-strip')
  const opens = async (page: Page) => {
    await page.goto('/roster')
    await settled(page)
    await strip(page).waitFor()
  }
  /** Opens the dialog and waits until what is set for the operation stands in it. */
  const asks = async (page: Page, button: string) => {
    await strip(page).getByRole('button', { name: button, exact: true }).click()
    await group(page, '常用侧重').waitFor()
  }
  const starts = async (page: Page, seconds: string) => {
    await dialog(page).getByLabel('最长时间').selectOption(seconds)
    await dialog(page)
      .getByRole('button', { name: /^求解 8 天$/ })
      .click()
    await dialog(page).waitFor({ state: 'hidden' })
    await strip(page).getByText('至今最好').waitFor()
  }

  it('RST246 what it leans to is chosen by keys, and becomes the choice of the operation', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await asks(page, '求解')
    await dialog(page)
      .getByText(/到岗始终优先/)
      .waitFor()
    expect(await chosen(page, '常用侧重')).toBe('均衡')
    await group(page, '常用侧重').getByRole('radio', { name: '均衡' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await chosen(page, '常用侧重')).toBe('少变动')
    expect(await chosen(page, '稳定')).toBe('最看重')
    await shoot(page, 'plan-leaning')
    expect(await look(page, 'zh')).toEqual([])
    // What no usual choice says is one's own.
    await group(page, '公平').getByRole('radio', { name: '一般' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await chosen(page, '公平')).toBe('看重')
    expect(await chosen(page, '常用侧重')).toBe('自定')
    await shoot(page, 'plan-leaning-own')
    await group(page, '常用侧重').getByText('少变动').click()
    await dialog(page).getByRole('checkbox', { name: '以后的草稿和推演也按此侧重' }).check()
    await starts(page, '10')
    await expect.poll(inForce).toEqual(presets.steady)
    await context.close()
  })

  it('RST30 the search is watched while it gets better, stopped and dropped, and has written nothing', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await asks(page, '求解')
    expect(await chosen(page, '常用侧重')).toBe('少变动')
    await starts(page, '60')
    await page.getByRole('progressbar', { name: '求解中' }).waitFor()
    const tries = strip(page).getByText(/^第 [\d,]+ 次尝试$/)
    const number = async () => Number((await tries.textContent())?.replaceAll(/\D/g, ''))
    await tries.waitFor()
    const before = await number()
    await expect.poll(number, { timeout: 60_000 }).toBeGreaterThan(before)
    await strip(page).getByRole('img', { name: '代价随时间下降' }).waitFor()
    await shoot(page, 'plan-solving')
    await strip(page).getByRole('button', { name: '停止' }).click()
    await strip(page).getByText('已求得').waitFor()
    await strip(page).getByRole('button', { name: '放弃' }).click()
    await strip(page).getByText('已求得').waitFor({ state: 'hidden' })
    await strip(page).getByRole('button', { name: '求解', exact: true }).waitFor()
    expect(await drafts()).toEqual([])
    await context.close()
  })

  it('RST243 solved again, adopted in the middle of the search and published, the draft says what it leans to', async () => {
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await asks(page, '求解')
    await starts(page, '60')
    const best = strip(page).locator('.rb-strip-best')
    await best
      .locator('.rb-judged')
      .first()
      .getByText(/^0\s*处$/)
      .waitFor()
    await strip(page).getByRole('button', { name: '采用此方案' }).click()
    await strip(page).getByText('当前草稿').waitFor()
    await strip(page).locator('.rb-item', { hasText: '侧重' }).getByText('少变动').waitFor()
    expect((await drafts()).map(one => one.solver?.preference)).toEqual([presets.steady])
    await shoot(page, 'plan-draft')
    expect(await look(page, 'zh')).toEqual([])
    await page.getByRole('button', { name: '发布草稿' }).click()
    await page.getByRole('button', { name: /^发布，?,?告知 \d+ 人$/ }).click()
    await page
      .getByText(/已发布第 1 版/)
      .first()
      .waitFor()
    await context.close()
  })

  it('RST243 somebody falls out: replanned, the difference and both sides are seen, adopted and published', async () => {
    const found = await w.owner.query<{ officer_id: string; name: string }>(
      `select a.officer_id, o.name from app.assignment a join app.officer o using (agency_id, officer_id)
       where a.day >= '2021-11-05' group by 1, 2 having count(*) >= 3 order by 2 limit 1`,
    )
    const { officer_id: officerId, name } = found.rows[0] ?? { officer_id: '', name: '' }
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId,
      state: 'unavailable',
      beginsAt: '2021-11-04T16:00:00.000Z',
      endsAt: '2021-11-18T16:00:00.000Z',
      reason: 'quarantine',
    } as never)
    const { page, context } = await w.sitAs('990001')
    await opens(page)
    await asks(page, '求解')
    await starts(page, '10')
    await strip(page).getByText('已求得').waitFor()
    const best = strip(page).locator('.rb-strip-best')
    await best
      .locator('.rb-judged')
      .first()
      .getByText(/^0\s*处$/)
      .waitFor()
    const differs = await best.locator('.rb-item', { hasText: '与已发布差异' }).textContent()
    const cells = Number(differs?.replaceAll(/\D/g, ''))
    expect(cells).toBeGreaterThan(0)
    await strip(page).getByRole('button', { name: '采用此方案' }).click()
    await strip(page).getByText('当前草稿').waitFor()
    await strip(page).locator('.rb-item', { hasText: '与已发布差异' }).getByRole('button').click()
    await dialog(page).locator('.rb-changes li', { hasText: name }).first().getByText('休').last().waitFor()
    await shoot(page, 'plan-difference')
    expect(await look(page, 'zh')).toEqual([])
    const [draft] = await drafts()
    await page.goto(`/roster/whatif?part=plans&a=live&b=${draft?.planId}`)
    await page.getByText('乙的侧重：少变动').waitFor()
    await settled(page)
    await shoot(page, 'plan-sides')
    expect(await look(page, 'zh')).toEqual([])
    await opens(page)
    await page.getByRole('button', { name: '发布草稿' }).click()
    await page.getByRole('button', { name: /^发布，?,?告知 \d+ 人$/ }).click()
    await page
      .getByText(/已发布第 2 版/)
      .first()
      .waitFor()
    await page.goto('/roster/whatif?part=plans&a=v1&b=v2')
    await settled(page)
    await page
      .getByRole('button', { name: `查看 ${name} 的变动` })
      .first()
      .click()
    await page.getByText('RST5').or(page.getByText('不可用')).first().waitFor()
    await shoot(page, 'plan-compared')
    await context.close()
  })

  it('RST246 the choice reads and fits in English and on a phone', async () => {
    for (const [lang, size, name] of [
      ['en', undefined, 'en'],
      ['zh', phone, 'phone'],
      ['en', phone, 'phone-en'],
    ] as const) {
      const { page, context } = await w.sitAs('990001', size, lang)
      await opens(page)
      await strip(page)
        .getByRole('button', { name: lang === 'en' ? 'Solve' : '求解', exact: true })
        .click()
      await dialog(page).getByRole('radiogroup').first().waitFor()
      await shoot(page, `plan-leaning-${name}`)
      await dialog(page).getByRole('radiogroup').last().scrollIntoViewIfNeeded()
      await shoot(page, `plan-leaning-below-${name}`)
      expect(await look(page, lang), name).toEqual([])
      await context.close()
    }
  })
})
