// A hand-over at a gate: given on one phone, returned and signed on another, read at the desk as a book.
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openHandoverBook } from '../../src/modules/attendance/contracts.ts'
import { at, bureau, firstDay, publishes } from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const small = { width: 360, height: 640 }

describe('a hand-over at a gate', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 4, day: firstDay, post: 'gate', bands: ['evening'] },
  ])
  await w.account('990001', '王示一', ['administrator', 'commander'])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  await w.account('990102', '冯样三', ['officer'], { officerId: b.officers[2] ?? null })
  await boss.does(openHandoverBook, {
    postId: b.gate,
    items: [
      { kind: 'stock', name: 'N95口罩', unit: '只', count: 40 },
      { kind: 'stock', name: '消毒液', unit: '桶', count: 3 },
      { kind: 'equipment', name: '对讲机', unit: '台', count: 2 },
      { kind: 'equipment', name: '测温枪', unit: '把', count: 2 },
    ],
  })
  w.clock.set(at(firstDay, 13, 40))
  const giver = await w.sitAs('990100', phone)
  const next = await w.sitAs('990102', small)
  const clean = async (page: Page, lang: 'zh' | 'en' = 'zh') => {
    await settled(page)
    expect(await look(page, lang)).toEqual([])
  }

  it('HND21 the page is drafted, filled with the thumb, kept over a reload and given to the named successor', async () => {
    const { page } = giver
    await page.goto('/today')
    await page.getByRole('button', { name: /^交接班/ }).click()
    await page.getByText('上午班 → 下午班').waitFor()
    await settled(page)
    await page.getByRole('button', { name: /^检查车辆/ }).click()
    for (const digit of '83') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('button', { name: '加一件' }).click()
    await page.getByRole('textbox', { name: '事项' }).fill('货车司机等候接驳')
    await shoot(page, 'handover-filled')
    await clean(page)
    await page.reload()
    await page.getByRole('textbox', { name: '事项' }).waitFor()
    expect(await page.getByRole('textbox', { name: '事项' }).inputValue()).toBe('货车司机等候接驳')
    await page.getByRole('button', { name: /^请 冯样三 签收/ }).click()
    await page.getByText('已交班，等 冯样三 签收').waitFor()
    await clean(page)
    await shoot(page, 'handover-given')
  })

  it('HND22 the successor reads every figure, returns one that differs, and signs the next round', async () => {
    const { page } = next
    await page.goto('/handover')
    await page.getByText('周示一 交班').waitFor()
    await clean(page)
    await shoot(page, 'handover-to-sign')
    await page.getByRole('button', { name: /^退回/ }).click()
    await page.getByLabel('哪个数不符').selectOption({ label: 'N95口罩 40' })
    await page.getByLabel('实数').fill('34')
    await page.getByLabel('原因').fill('只数到34只')
    await shoot(page, 'handover-returning')
    await clean(page)
    await page.getByRole('button', { name: '退回', exact: true }).click()
    await giver.page.getByText('N95口罩：旧数 40，实数 34').waitFor()
    await clean(giver.page)
    await shoot(giver.page, 'handover-returned')
    await giver.page.getByRole('button', { name: /^请 冯样三 再签/ }).click()
    await page.getByRole('button', { name: /^接班签收/ }).click()
    await giver.page.getByText(/冯样三 已于 .* 签收/).waitFor()
    await clean(giver.page)
  })

  it('HND23 at the desk the book stands page by page, in both languages and on paper', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const { page } = await w.sitAs('990001', desk, lang)
      await page.goto('/handover-book')
      await page.getByText('货车司机等候接驳').waitFor()
      await settled(page)
      await clean(page, lang)
      await shoot(page, `handover-book-${lang}`)
      await page.getByRole('button', { name: lang === 'zh' ? '启用交接班记录' : 'Open a book' }).click()
      await page.getByRole('dialog').waitFor()
      await settled(page)
      await shoot(page, `handover-open-${lang}`)
      await page.goto(`/handover-book/print?post=${b.gate}`)
      await page.getByText('货车司机等候接驳').waitFor()
      await clean(page, lang)
      await shoot(page, `handover-print-${lang}`)
    }
    w.clock.set(at(firstDay, 14, 5))
    const english = await w.sitAs('990102', phone, 'en')
    await english.page.goto('/handover')
    await english.page.getByText('Afternoon → Evening').waitFor()
    await clean(english.page, 'en')
    await shoot(english.page, 'handover-en')
  })
})
