// 推演 as a planner makes it: supposed, worked out, kept, put side by side, run again; and two rosters compared.
import { describe, expect, it } from 'vitest'
import { addPost, scaleDemand, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, editCell, openDraft, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

describe('what if', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T06:00:00.000Z')
  await w.account('990001', '周示一', ['administrator', 'commander'])
  await w.account('990002', '郑例二', ['unitLeader'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  const { operationId } = b
  const span = { operationId, fromDay: '2021-11-04', untilDay: b.lastDay }
  const planId = w.newId()
  const site = w.newId()
  await zhou.does(addPost, {
    operationId,
    postId: site,
    code: 'CY-01',
    name: '城东文化广场采样点',
    kind: 'samplingSite',
    unitId: b.unitId,
  })
  await zhou.does(setDemands, {
    lines: [
      {
        demandId: w.newId(),
        postId: site,
        patternId: b.patterns.dayOnly,
        bands: ['morning'],
        heads: 2,
        beginsOn: '2021-10-30',
        endsOn: '2021-10-30',
      },
    ],
  })
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId, revision: 1 })

  it('RST200 from the roster a planner supposes more zones and absent people, and is answered in a sentence', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster')
    await settled(page)
    await page.getByRole('button', { name: '导出与打印' }).click()
    await page.getByRole('menuitem', { name: '推演与方案比较' }).click()
    await page.getByText('还没有假设。').waitFor()
    await settled(page)
    await shoot(page, 'whatif-empty')
    expect(await look(page, 'zh')).toEqual([])
    await page.getByRole('button', { name: '加一项假设' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('增加几个').fill('10000')
    await drawer.getByText('请填 1 至 300 之间的整数。').waitFor()
    expect(await drawer.getByRole('button', { name: '加入推演' }).isDisabled()).toBe(true)
    await shoot(page, 'whatif-limit')
    expect(await look(page, 'zh')).toEqual([])
    await drawer.getByLabel('增加几个').fill('3')
    await page.keyboard.press('Enter')
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '加一项假设' }).click()
    await drawer.getByLabel('假设什么').selectOption('absent')
    await drawer.getByLabel('多少人').fill('8')
    await drawer.getByRole('button', { name: '加入推演' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByLabel('求解时间').selectOption('5')
    await page.getByRole('button', { name: '推演 7 天' }).click()
    await page.getByRole('button', { name: '到此为止，取至今最好' }).waitFor()
    await shoot(page, 'whatif-running')
    await page.getByText(/还需增加 \d+ 人：.*共缺 \d+ 人次。/).waitFor()
    await page.getByText('已按增加').waitFor()
    await page
      .getByRole('row', { name: /11月4日 周四/ })
      .first()
      .waitFor()
    await shoot(page, 'whatif-answer')
    expect(await look(page, 'zh')).toEqual([])
    // The answer outlives a reload of the tab.
    await page.reload()
    await settled(page)
    await page.getByText(/还需增加 \d+ 人：.*共缺 \d+ 人次。/).waitFor()
    await page.getByRole('button', { name: '保存推演' }).click()
    await drawer.getByLabel('名称').fill('再封三个小区')
    await page.keyboard.press('Enter')
    await page.getByText('已保存“再封三个小区”').waitFor()
    await context.close()
  })

  it('RST201 two are put side by side with the published roster, and one is run again when demand has changed', async () => {
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/whatif')
    await settled(page)
    const drawer = page.getByRole('dialog')
    await page.getByRole('button', { name: '加一项假设' }).click()
    await drawer.getByLabel('假设什么').selectOption('rest')
    await drawer.getByText('现为 11 小时').waitFor()
    await drawer.getByLabel('改为（小时）').fill('12')
    await drawer.getByRole('button', { name: '加入推演' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '加一项假设' }).click()
    await drawer.getByLabel('假设什么').selectOption('rounds')
    await drawer.getByLabel('几个采样点').fill('2')
    await shoot(page, 'whatif-rounds')
    expect(await look(page, 'zh')).toEqual([])
    await drawer.getByRole('button', { name: '加入推演' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByLabel('求解时间').selectOption('5')
    await page.getByRole('button', { name: '推演 7 天' }).click()
    await page.getByRole('button', { name: '到此为止，取至今最好' }).click()
    await page.getByText('提前结束，为当时的最好结果。').waitFor()
    await page.getByRole('button', { name: '保存推演' }).click()
    await drawer.getByLabel('名称').fill('再封三个小区')
    await drawer.getByRole('button', { name: '保存推演' }).click()
    await drawer.getByText('已有同名的推演。').waitFor()
    w.faults.splice(0)
    await drawer.getByLabel('名称').fill('每周两轮采样')
    await drawer.getByRole('button', { name: '保存推演' }).click()
    await page.getByText('已保存“每周两轮采样”').waitFor()
    await page.getByRole('link', { name: '已存推演' }).click()
    await page.getByRole('checkbox', { name: '比较“再封三个小区”' }).check()
    await page.getByRole('checkbox', { name: '比较“每周两轮采样”' }).check()
    await page.getByRole('checkbox', { name: '现行勤务表' }).check()
    await page.getByRole('rowheader', { name: '还需增加（人）' }).waitFor()
    await page.getByText('按日：空缺／需要人数／可用人数').waitFor()
    await shoot(page, 'whatif-beside')
    expect(await look(page, 'zh')).toEqual([])
    const lines = await w.owner.query<{ demand_id: string }>(
      'select demand_id from app.demand where post_id = $1 and skill is null',
      [b.checkpoint],
    )
    const demandIds = lines.rows.map(row => row.demand_id)
    await zhou.does(scaleDemand, { demandIds, how: 'add', amount: 1 })
    await page.getByText('此后警力需求有变动').first().waitFor()
    await page.getByRole('button', { name: '重新推演：每周两轮采样' }).click()
    await page.getByLabel('求解时间').selectOption('5')
    await page.getByRole('button', { name: '重新推演 7 天' }).click()
    await page.getByRole('button', { name: '更新“每周两轮采样”' }).click()
    await page.getByText('已更新“每周两轮采样”').waitFor()
    // The whole answer in English, and as a phone shows it.
    await page.getByRole('button', { name: 'EN', exact: true }).click()
    await page.getByRole('heading', { name: 'Changes against the published roster' }).waitFor()
    await shoot(page, 'whatif-answer-en')
    expect(await look(page, 'en')).toEqual([])
    await page.setViewportSize(phone)
    await settled(page)
    await shoot(page, 'whatif-answer-phone-en')
    expect(await look(page, 'en')).toEqual([])
    await page.setViewportSize(desk)
    await page.locator('button[lang="zh-CN"]').click()
    await page.getByRole('link', { name: '已存推演' }).click()
    await page.getByRole('button', { name: '删除：再封三个小区' }).click()
    await page.getByRole('button', { name: '删除', exact: true }).click()
    await page.getByText('此后警力需求有变动').waitFor({ state: 'hidden' })
    await context.close()
  })

  it('RST202 two rosters are compared, by keys, on a phone too, and in English', async () => {
    const draft = w.newId()
    await zhou.does(openDraft, { planId: draft, ...span, name: '周末调整稿' })
    const { rows } = await w.owner.query<{ officer_id: string }>(
      `select officer_id from app.assignment where day = '2021-11-06' order by assignment_id limit 3`,
    )
    const edits = rows.map(row => ({ officerId: row.officer_id, day: '2021-11-06', duty: null }))
    await zhou.does(editCell, { planId: draft, revision: 1, edits })
    const { page, context } = await w.sitAs('990001')
    await page.goto('/roster/whatif?part=plans')
    await settled(page)
    await page.getByText('选择两个方案，看谁的班次有变动。').last().waitFor()
    await page.getByLabel('甲').selectOption('live')
    await page.getByLabel('乙').selectOption(draft)
    await page.getByText('按人员（3 人有变动）').waitFor()
    const first = page.getByRole('button', { name: /^查看 .* 的变动$/ }).first()
    await first.focus()
    await page.keyboard.press('Enter')
    await page.getByText(/减少/).last().waitFor()
    await shoot(page, 'whatif-plans')
    expect(await look(page, 'zh')).toEqual([])
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 Excel' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('方案比较-2021-11-04-2021-11-10.xlsx')
    await page.getByLabel('乙').selectOption('live')
    await page.getByText('选择的是同一个方案。').waitFor()
    w.faults.splice(0)
    await context.close()
    const sides = `a=live&b=${draft}`
    for (const [lang, size, name] of [
      ['en', undefined, 'en'],
      ['zh', phone, 'phone'],
      ['en', phone, 'phone-en'],
    ] as const) {
      const seat = await w.sitAs('990001', size, lang)
      for (const [part, mark] of [
        ['', 'work'],
        ['?part=saved', 'saved'],
        [`?part=plans&${sides}`, 'plans'],
      ] as const) {
        await seat.page.goto(`/roster/whatif${part}`)
        await settled(seat.page)
        await shoot(seat.page, `whatif-${mark}-${name}`)
        expect(await look(seat.page, lang), `${mark} ${name}`).toEqual([])
      }
      await seat.context.close()
    }
  })

  it('RST203 whoever is no planner, or nobody, gets nothing of it', async () => {
    const leader = await w.sitAs('990002')
    const asked = await leader.context.request.get(
      `/api/queries/roster.whatIfs?input=${encodeURIComponent(JSON.stringify({ operationId }))}`,
    )
    expect(asked.status()).toBe(403)
    await leader.page.goto('/roster')
    await settled(leader.page)
    await leader.page.getByRole('button', { name: '导出与打印' }).click()
    await leader.page.getByRole('menuitem', { name: '换班审批' }).waitFor()
    expect(await leader.page.getByRole('menuitem', { name: '推演与方案比较' }).count()).toBe(0)
    await leader.context.close()
    const { page, context } = await w.sit()
    const origin = { origin: w.base }
    const task = await context.request.post('/api/tasks/roster.whatIf', { data: {}, headers: origin })
    expect(task.status()).toBe(401)
    await page.goto('/roster/whatif')
    await page.getByLabel('警号').waitFor()
    await context.close()
  })
})
