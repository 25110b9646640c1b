// A team at a gate and a group lodged apart: read and ordered at the desk, objected to on the phone, and answered.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { checkInMany } from '../../src/modules/attendance/contracts.ts'
import { at, bureau, firstDay, publishes } from '../../src/modules/attendance/test-bureau.ts'
import { formTeam } from '../../src/modules/people/contracts.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

describe('teams on the ground', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening'] },
  ])
  await w.account('990001', '王示一', ['administrator', 'commander'])
  await w.account('990002', '孙例四', ['dutyOfficer'])
  await w.account('990104', '褚例五', ['officer'], { officerId: b.officers[4] ?? null })
  const member = (n: number) => ({ officerId: b.officers[n] ?? '', beginsOn: firstDay })
  const team = { beginsOn: firstDay, leaderId: null }
  await boss.does(formTeam, {
    ...{ ...team, teamId: w.newId(), name: '党员突击队第一队', kind: 'commando' as const },
    members: [0, 2].map(member),
  })
  await boss.does(formTeam, {
    ...{ ...team, teamId: w.newId(), name: '假日酒店闭环队', kind: 'closedLoop' as const },
    endsOn: '2021-11-20',
    members: [4, 6, 8].map(member),
  })
  w.clock.set(at(firstDay, 9))
  const { page } = await w.sitAs('990001', desk)
  const clean = async (one: Page, lang: 'zh' | 'en' = 'zh') => expect(await look(one, lang)).toEqual([])
  const row = (name: string, on = page) => on.getByRole('row', { name: new RegExp(name) })
  const open = async (name: string, on = page) => {
    await row(name, on).click()
    await on.getByRole('dialog').waitFor()
    await settled(on)
  }

  it('TEA8 a post is given to a team at the desk; the gap is said, and who comes stands there', async () => {
    await page.goto('/team-duty')
    await row('党员突击队第一队').waitFor()
    await open('党员突击队第一队')
    await page.getByRole('button', { name: '交给点位' }).click()
    const form = page.getByRole('dialog').last()
    await form.getByRole('combobox').click()
    await page.keyboard.type('东门')
    await page.keyboard.press('Enter')
    await form.getByLabel('命令文号').fill('青公突〔2021〕1号')
    await form.getByLabel('下令人').fill('指挥长 王示一')
    await settled(page)
    await clean(page)
    await shoot(page, 'teams-giving')
    await form.getByRole('button', { name: '交由本队值守' }).click()
    await page.getByText('08:00 起无本队人员').waitFor()
    await clean(page)
    await shoot(page, 'teams-gap')
    await boss.does(checkInMany, {
      day: firstDay,
      patternId: b.patternOf.gate,
      band: 'morning',
      posts: [{ postId: b.gate, officerIds: [b.officers[0] ?? ''] }],
    })
    await page.getByText('周示一 09:00').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'teams-there')
    await page.keyboard.press('Escape')
    await settled(page)
    await shoot(page, 'teams-list')
  })

  it('TEA8 the closed loop is ordered at the desk, and says when it is too long', async () => {
    await open('假日酒店闭环队')
    await page.getByText('没有命令：人员不应在闭环中。').waitFor()
    await page.getByRole('button', { name: '下达闭环命令' }).click()
    const form = page.getByRole('dialog').last()
    await form.getByLabel('命令文号').fill('青防指〔2021〕20号')
    await form.getByLabel('批准人或机关').fill('区疫情防控指挥部')
    await form.getByLabel('法规依据').fill('隔离场所工作人员管理要求')
    await form.getByLabel('理由').fill('与密接人员同处一楼')
    await form.getByRole('button', { name: '下达闭环命令' }).click()
    await form.getByText('闭环 17 天，超过最多 14 天。').waitFor()
    // The browser writes the refusal on its console, too.
    w.faults.splice(0)
    await form.getByLabel('最后一天').fill('2021-11-17')
    await settled(page)
    await clean(page)
    await shoot(page, 'loop-ordering')
    await form.getByRole('button', { name: '下达闭环命令' }).click()
    await page.getByText('青防指〔2021〕20号').waitFor()
    await settled(page)
    await clean(page)
    await shoot(page, 'loop-ordered')
  })

  it('TEA18 a member reads his loop on the phone, objects, and reads what became of it', async () => {
    const own = await w.sitAs('990104', phone)
    await own.page.goto('/today')
    await own.page.getByRole('button', { name: /闭环第 1 天/ }).click()
    await own.page.getByText('青防指〔2021〕20号').waitFor()
    await clean(own.page)
    await shoot(own.page, 'loop-phone')
    await own.page.getByRole('button', { name: /^提出异议/ }).click()
    await own.page.getByRole('textbox', { name: /^理由/ }).fill('家中老人无人照料')
    await settled(own.page)
    await clean(own.page)
    await shoot(own.page, 'loop-objecting')
    await own.page.getByRole('button', { name: /^提交异议/ }).click()
    await own.page.getByText(/办理中/).waitFor()
    await clean(own.page)
    await shoot(own.page, 'loop-waiting')
    // Who ordered it is told that somebody else decides.
    const other = (await w.sitAs('990002', desk, 'en')).page
    await other.goto('/team-duty')
    await open('假日酒店闭环队', other)
    await other.getByText('家中老人无人照料').waitFor()
    await clean(other, 'en')
    await shoot(other, 'loop-objection-en')
    await other.getByRole('button', { name: 'Decide' }).click()
    const form = other.getByRole('dialog').last()
    await form.getByLabel('Reason (he reads it)').fill('家庭困难属实')
    await settled(other)
    await clean(other, 'en')
    await form.getByRole('button', { name: 'Tell him' }).click()
    await own.page.getByText('同意退出').waitFor()
    await settled(own.page)
    await clean(own.page)
    await shoot(own.page, 'loop-answered')
  })
})
