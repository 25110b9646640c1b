// A night of the duty officer: a relief that does not come, somebody who falls ill at two, a zone at four, and a
// difficulty of a post, each led from the desk.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { runWatches } from '../../src/kernel/jobs.ts'
import { checkInMany } from '../../src/modules/attendance/contracts.ts'
import { at, bureau, firstDay, publishes, secondDay } from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

describe('a night of the duty officer', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: 0, day: firstDay, post: 'gate', bands: ['night'] },
    { officer: 6, day: firstDay, post: 'standby', bands: ['whole'] },
    { officer: 4, day: secondDay, post: 'gate', bands: ['morning'] },
  ])
  await w.account('990001', '沈示八', ['dutyOfficer'])
  await w.account('990100', '周示一', ['officer'], {
    officerId: b.officers[0] ?? null,
    scopeUnitId: b.east,
  })
  const comes = (post: 'gate' | 'standby', band: string, officer: number) =>
    boss.does(checkInMany, {
      ...{ day: firstDay, patternId: b.patternOf[post], band },
      posts: [{ postId: b[post], officerIds: [b.officers[officer] ?? ''] }],
    })
  const watches = () => runWatches(w.kernel, w.agency.agencyId)
  w.clock.set(at(firstDay, 19, 50))
  await comes('standby', 'whole', 6)
  const { page } = await w.sitAs('990001', desk)
  const clean = async () => {
    await settled(page)
    expect(await look(page, 'zh')).toEqual([])
  }
  const drawer = (within: Page = page) => within.getByRole('dialog')

  it('WEB70 a relief that does not come stands on the situation page, and a stand-in is sent from there', async () => {
    w.clock.set(at(firstDay, 20, 20))
    await watches()
    await page.goto('/situation')
    await page
      .getByText(/东门封控点/)
      .first()
      .waitFor()
    await clean()
    await shoot(page, 'night-situation')
    await page.goto('/attendance')
    await page.getByRole('row', { name: /冯样三.*晚班/ }).click()
    await drawer().locator('.at-candidates li').first().getByText('蒋示七').waitFor()
    await drawer().locator('.at-candidates li').first().getByRole('button', { name: '已在点位' }).click()
    await page
      .getByRole('row', { name: /冯样三.*晚班/ })
      .getByText('由 蒋示七 顶班')
      .waitFor()
    await watches()
    await shoot(page, 'night-stand-in')
  })

  it('WEB71 who falls ill at two is reported unavailable, and what breaks is filled in one step', async () => {
    w.clock.set(at(firstDay, 26))
    await comes('gate', 'night', 0)
    await page.goto('/people?q=褚例五')
    await page.getByRole('row', { name: /褚例五/ }).click()
    await drawer().getByRole('button', { name: '登记不可用' }).click()
    await drawer().last().getByLabel('止').first().fill('2021-11-08')
    await drawer().last().getByRole('button', { name: '登记为不可用' }).click()
    await page.getByRole('button', { name: '登记为不可用' }).waitFor({ state: 'detached' })
    await page.goto('/roster/breaks')
    await page.getByRole('row', { name: /褚例五/ }).waitFor()
    await clean()
    await shoot(page, 'night-breaks')
    await page.getByRole('button', { name: /全部补位 1 班/ }).click()
    await drawer().getByRole('button', { name: '补位并发布' }).click()
    await page.getByText('已发布的班次都没有违反规则').waitFor()
    await shoot(page, 'night-filled')
  })

  it('WEB72 a zone is added in the night, and stands on the situation page', async () => {
    w.clock.set(at(firstDay, 28))
    await page.goto('/zones')
    await page.getByRole('button', { name: '划定区域' }).first().click()
    await drawer().getByLabel('名称').fill('北街里')
    await drawer().getByLabel('文号').fill('青防指〔2021〕12号')
    await drawer().getByLabel('批准人').fill('王示一')
    await shoot(page, 'night-zone')
    await drawer()
      .getByRole('button', { name: /划定封控区/ })
      .click()
    await page.getByRole('row', { name: /北街里/ }).waitFor()
  })

  it('WEB73 a difficulty of a post is answered, solved, and closed with the post’s own word', async () => {
    w.clock.set(at(firstDay, 29))
    const gate = await w.sitAs('990100', phone)
    await gate.page.goto('/tasks')
    await gate.page.getByRole('button', { name: /^报困难/ }).click()
    await gate.page.getByRole('button', { name: /物资/ }).click()
    await gate.page.getByRole('button', { name: /^紧急/ }).click()
    await gate.page.getByText(/已报 物资困难/).waitFor()
    await shoot(gate.page, 'night-raised')
    await page.goto('/difficulties')
    await page.getByRole('row', { name: /东门封控点/ }).click()
    await clean()
    await shoot(page, 'night-difficulty')
    await drawer().getByRole('button', { name: '已解决' }).first().click()
    await drawer().last().getByLabel('内容').fill('口罩两百只已送到点位')
    await drawer().getByRole('button', { name: '报已解决，请点位确认' }).click()
    await gate.page.goto('/tasks')
    await gate.page.getByRole('button', { name: /物资/ }).first().click()
    await gate.page.getByRole('button', { name: /^已解决/ }).click()
    await gate.page.getByText(/已确认销号/).waitFor()
    await shoot(gate.page, 'night-closed')
    await gate.context.close()
  })
})
