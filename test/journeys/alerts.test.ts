// What the watches found: each alert leads to what it speaks of, and its clock is the server's.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { allPages } from '../../src/app/web/all-pages.ts'
import { alerts } from '../../src/kernel/books/contracts.ts'
import { runWatches } from '../../src/kernel/jobs.ts'
import type { Person } from '../../src/kernel/world.ts'
import { orderLevel } from '../../src/modules/operations/contracts.ts'
import { addOfficer, addUnit, grantSkill, reportUnavailable } from '../../src/modules/people/contracts.ts'
import { addPost, openZone, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, type Bureau, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { settled } from './look.ts'
import { stage, type Stage } from './stage.ts'

/** Two in the afternoon of the bureau's third of November. */
const now = '2021-11-03T06:00:00.000Z'
const hours = (n: number) => new Date(Date.parse(now) + n * 3_600_000).toISOString()

/** Something for every watch to find. */
/** A post without demand, a post that nobody can fill and a unit without people. */
async function emptyPlaces(w: Stage, zhou: Person, b: Bureau): Promise<void> {
  const { operationId, unitId } = b
  const post = { operationId, unitId, kind: 'checkpoint' as const }
  await zhou.does(addPost, { ...post, postId: w.newId(), code: 'KK-08', name: '青禾东卡口' })
  const south = w.newId()
  await zhou.does(addPost, { ...post, postId: south, code: 'KK-09', name: '青禾南卡口' })
  await zhou.does(setDemands, {
    lines: [
      {
        demandId: w.newId(),
        postId: south,
        patternId: b.patterns.fourBySix,
        bands: ['evening'],
        heads: 3,
        beginsOn: '2021-11-03',
        endsOn: '2021-11-30',
      },
    ],
  })
  const other = { kind: 'station', parentId: null, place: null, sort: 2 } as const
  await zhou.does(addUnit, { ...other, unitId: w.newId(), name: '城西派出所', shortName: '城西所' })
}

async function trouble(w: Stage, zhou: Person, b: Bureau): Promise<void> {
  const { operationId, unitId } = b
  await zhou.does(orderLevel, {
    levelId: w.newId(),
    operationId,
    level: 1,
    reason: '发现输入病例',
    orderNumber: '青防指〔2021〕8号',
    orderedBy: '周示一',
    beginsAt: hours(-1),
    fallsBackAt: hours(20),
    fallsBackTo: 2,
  })
  const [first = ''] = b.officers
  await zhou.does(grantSkill, { officerIds: [first], skill: 'ppe', validUntil: '2021-11-05' })
  await zhou.does(addOfficer, {
    officerId: w.newId(),
    unitId,
    badge: '980101',
    name: '秦样七',
    kind: 'attached',
    homeAgency: '示例市公安局甲区分局',
    beginsOn: '2021-10-25',
    endsOn: '2021-11-05',
  })
  await zhou.does(openZone, {
    operationId,
    zoneId: w.newId(),
    name: '西关里',
    kind: 'control',
    orderNumber: '青防指〔2021〕9号',
    approver: '周示一',
    beginsAt: hours(-9),
    plannedEndAt: hours(0.5),
  })
  const input = { operationId, fromDay: '2021-11-03', untilDay: '2021-11-09', seconds: 1 }
  const planId = w.newId()
  const found = await solves(w, zhou, { ...input, stopWhenCovered: true })
  const { revision } = await zhou.does(adopt, adoption(planId, found) as never)
  await zhou.does(publish, { planId, revision })
  const { rows } = await w.owner.query<{ officer_id: string }>(
    'select officer_id from app.assignment where lower(period) > $1 order by lower(period) limit 1',
    [hours(2)],
  )
  await zhou.does(reportUnavailable, {
    availabilityId: w.newId(),
    officerId: rows[0]?.officer_id ?? '',
    state: 'unavailable',
    noNights: false,
    beginsAt: hours(1),
    endsAt: hours(7 * 24),
    reason: null,
  })
  await emptyPlaces(w, zhou, b)
}

const dialog = (page: Page) => page.getByRole('dialog')
/** What must stand on the page to which the alert of a watch leads. */
const opens: Record<string, { page: string; shows: (page: Page, title: string) => Promise<unknown> }> = {
  'operations.levelFallsBack': {
    page: '/operation',
    shows: page => page.getByText('青防指〔2021〕8号').first().waitFor(),
  },
  'people.skillExpires': {
    page: '/people',
    shows: page => dialog(page).getByText('990100').first().waitFor(),
  },
  'people.attachmentEnds': {
    page: '/people',
    shows: page => dialog(page).getByText('980101').first().waitFor(),
  },
  'posts.zoneEnds': { page: '/zones', shows: page => dialog(page).getByText('西关里').first().waitFor() },
  'posts.zoneWithoutGate': {
    page: '/zones',
    shows: page => dialog(page).getByText('西关里').first().waitFor(),
  },
  'posts.withoutDemand': {
    page: '/posts',
    shows: async page => {
      await page.getByRole('row', { name: /KK-08/ }).waitFor()
      // Those that have demand, and other kinds, are not in that list.
      expect(await page.getByRole('row', { name: /KK-01|KK-09|FK-01/ }).count()).toBe(0)
    },
  },
  'roster.openWithinDay': {
    page: '/roster',
    shows: page =>
      page
        .getByRole('gridcell', { name: /青禾南卡口/ })
        .first()
        .waitFor(),
  },
  'roster.pastRules': {
    page: '/roster/breaks',
    shows: (page, title) =>
      page
        .getByText(title.split(' ')[0] ?? '')
        .first()
        .waitFor(),
  },
  'roster.unacknowledged': {
    page: '/roster/told',
    shows: page =>
      page
        .getByRole('row', { name: /城东所/ })
        .first()
        .waitFor(),
  },
}

describe('alerts', async () => {
  const w = await stage()
  w.clock.set(now)
  await w.account('990901', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou, 14)
  await trouble(w, zhou, b)
  await runWatches(w.kernel, w.agency.agencyId)

  it('WEB18 every alert leads to what it speaks of', async () => {
    const { rows } = await zhou.asks(alerts, { limit: 1_000 })
    const raised = [...new Map(rows.map(row => [row.watch, row])).values()]
    expect(raised.map(row => row.watch)).toEqual(expect.arrayContaining(Object.keys(opens)))
    const { page, context } = await w.sitAs('990901')
    for (const row of raised) {
      await page.goto(`/alerts?q=${encodeURIComponent(row.titleZh)}`)
      await page.getByRole('row').filter({ hasText: row.titleZh }).first().click()
      await page.getByRole('button', { name: '查看记录' }).click()
      await page.waitForURL(url => url.pathname !== '/alerts')
      await settled(page)
      const at = new URL(page.url()).pathname
      expect(
        allPages.map(one => one.path),
        `${row.watch} leads to a page`,
      ).toContain(at)
      const expected = opens[row.watch]
      if (!expected) continue
      expect(at, row.watch).toBe(expected.page)
      await expected.shows(page, row.titleZh)
    }
    console.log(`alerts: ${raised.length} kinds opened, ${Object.keys(opens).length} looked at closely`)
    await context.close()
  })

  it('WEB18 on the situation page a click on an alert opens the same', async () => {
    const { page, context } = await w.sitAs('990901')
    await page.goto('/situation')
    await page.getByRole('button', { name: /西关里将在 24 小时内到期/ }).click()
    await page.waitForURL('**/zones?open=*')
    await dialog(page).getByText('西关里').first().waitFor()
    await context.close()
  })

  it.each([
    ['two hours fast', 2],
    ['two hours slow', -2],
  ])('WEB35 a browser %s shows the clock and the deadlines of the server', async (_name, off) => {
    const { page, context } = await w.sitAs('990901')
    const wrong = Date.parse(now) + off * 3_600_000 - Date.now()
    await context.addInitScript(`{
      const Real = Date
      globalThis.Date = class extends Real {
        constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${wrong}) }
        static now() { return Real.now() + ${wrong} }
      }
    }`)
    await page.goto('/situation')
    const soon = page.getByRole('region', { name: '1 小时内到时' })
    const alert = soon.getByRole('button', { name: /西关里将在 24 小时内到期/ })
    await alert.getByText(/^剩 (29|30) 分$/).waitFor()
    await page
      .getByRole('banner')
      .getByText(/^14:0[01]$/)
      .waitFor()
    const shown = await page.evaluate(() => new Date().getUTCHours())
    expect(shown, 'the browser believes its own clock').toBe(6 + off)
    await page.goto('/alerts')
    await page.getByRole('row', { name: /西关里将在.*剩 (29|30) 分/ }).waitFor()
    await context.close()
  })
})
