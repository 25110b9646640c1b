// The inbox of alerts as those use it whose they are: at the desk by keyboard, on a phone, alone and at once.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  alertDetail,
  alerts,
  settleAlerts,
  snoozeAlert,
  wakeAlert,
} from '../../src/kernel/books/contracts.ts'
import type { Role } from '../../src/kernel/contract.ts'
import { look, settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

/** Two in the afternoon of the bureau's third of November. */
const now = '2021-11-03T06:00:00.000Z'
const minutes = (n: number) => new Date(Date.parse(now) + n * 60_000).toISOString()

interface Made {
  zh: string
  due: number
  severity?: 'red' | 'amber'
  owner?: Role
}

describe('the inbox of alerts', async () => {
  const w = await stage({ push: { contact: 'mailto:duty@example.cn' } })
  w.clock.set(now)
  await w.account('990901', '周示一', ['dutyOfficer', 'commander'])
  await w.account('990902', '郑例二', ['unitLeader'])
  const zhou = w.person('周示一', ['dutyOfficer'])
  const raise = async (made: Made[], watch = 'posts.withoutDemand') => {
    const system = await w.kernel.system(w.agency.agencyId)
    for (const { zh, due, severity = 'amber', owner = 'dutyOfficer' } of made) {
      await system.run(settleAlerts, {
        watch,
        ownerRole: owner,
        raise: [
          {
            subject: zh,
            titleZh: zh,
            titleEn: `About ${zh.length}`,
            severity,
            link: '/posts',
            unitId: null,
            dueAt: minutes(due),
          },
        ],
        clear: [],
      })
    }
  }
  const clear = async (...subjects: string[]) => {
    const system = await w.kernel.system(w.agency.agencyId)
    const watch = { watch: 'posts.withoutDemand', ownerRole: 'dutyOfficer' as const }
    await system.run(settleAlerts, { ...watch, raise: [], clear: subjects })
  }
  const stateOf = async (zh: string) => {
    const states = ['waiting', 'acknowledged', 'snoozed'] as const
    const { rows } = await zhou.asks(alerts, { search: zh, states: [...states] })
    return rows[0]
  }
  await raise([
    { zh: '东门封控点夜班缺二人', due: -26, severity: 'red' },
    { zh: '西关里出入口无人登记', due: 42 },
    { zh: '南卡口口罩不足一天', due: 300 },
    { zh: '北街三人证件将到期', due: 4_000, owner: 'unitLeader' },
  ])
  await w.kernel.system(w.agency.agencyId).then(system =>
    system.run(settleAlerts, {
      watch: 'roster.pastRules',
      ownerRole: 'dutyOfficer',
      raise: [
        {
          subject: '连班',
          titleZh: '陈示四连续值勤超过规定',
          titleEn: 'Past the rest rule',
          severity: 'red',
          link: '/roster',
          unitId: null,
          dueAt: minutes(10),
        },
      ],
      clear: [],
    }),
  )
  const row = (page: Page, zh: string) => page.getByRole('row').filter({ hasText: zh })

  it('ALR20 what stands is grouped by its clock, and the filters stand in the address', async () => {
    const { page, context } = await w.sitAs('990901')
    await page.goto('/alerts')
    await settled(page)
    const grid = page.getByRole('grid')
    const texts = await grid.getByRole('row').allInnerTexts()
    const order = [
      '已超时',
      '东门封控点',
      '1 小时内',
      '陈示四',
      '西关里',
      '今日',
      '南卡口',
      '以后',
      '北街三人',
    ]
    const at = order.map(word => texts.findIndex(text => text.includes(word)))
    expect(at, texts.join(' | ')).toEqual(at.toSorted((a, b) => a - b))
    expect(at).not.toContain(-1)
    await shoot(page, 'alerts-desk')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    for (const [search, shown, hidden] of [
      ['only=mine', '东门封控点', '北街三人'],
      ['severity=red', '陈示四', '西关里'],
      ['watch=roster.pastRules', '陈示四', '东门封控点'],
      ['owner=unitLeader', '北街三人', '东门封控点'],
      ['state=waiting&q=口罩', '南卡口', '东门封控点'],
    ] as const) {
      await page.goto(`/alerts?${search}`)
      await row(page, shown).waitFor()
      expect(await row(page, hidden).count(), search).toBe(0)
    }
    await page.goto('/alerts?state=acknowledged')
    await page.getByText('没有符合条件的记录').waitFor()
    await context.close()
  })

  it('ALR21 by the keyboard alone: opened, acknowledged, put off, handed over, closed', async () => {
    const { page, context } = await w.sitAs('990901')
    await page.goto('/alerts')
    await row(page, '东门封控点').waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('发现，归指挥中心值班员').waitFor()
    const press = async (name: RegExp | string) => {
      await dialog.getByRole('button', { name }).focus()
      await page.keyboard.press('Enter')
    }
    await press(/^知\s?悉$/)
    await dialog
      .getByText(/^知悉$/)
      .nth(1)
      .waitFor()
    await shoot(page, 'alerts-drawer')
    await press(/^暂\s?缓$/)
    await dialog.getByLabel(/原因/).fill('已派机动组，二十点前到位')
    await press(/^暂缓到 \d\d:\d\d$/)
    await dialog.getByText('已派机动组，二十点前到位').waitFor()
    await press(/^移\s?交$/)
    await dialog.getByLabel(/移交给.*角色/).selectOption('logistics')
    await dialog.getByLabel(/移交说明/).fill('缺口罩，请补充')
    await shoot(page, 'alerts-hand')
    await press('移交给警务保障')
    await dialog.getByRole('listitem').filter({ hasText: '移交给警务保障' }).waitFor()
    await shoot(page, 'alerts-timeline')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    const found = await stateOf('东门封控点')
    expect(found).toMatchObject({ state: 'waiting', ownerRole: 'logistics' })
    const { steps } = await zhou.asks(alertDetail, { alertId: found?.alertId ?? '' })
    expect(steps.map(step => step.kind)).toEqual(['raised', 'acknowledged', 'snoozed', 'handed'])
    await context.close()
  })

  it('ALR22 many are acknowledged at once, and another’s page hears of it', async () => {
    const seat = await w.sitAs('990901')
    const other = await w.sitAs('990902')
    await other.page.goto('/alerts?state=waiting')
    await row(other.page, '南卡口').waitFor()
    // Who may not act on a thing has no button for it.
    await row(other.page, '南卡口').click()
    await other.page.getByRole('dialog').getByText('经过').waitFor()
    expect(
      await other.page
        .getByRole('dialog')
        .getByRole('button', { name: /知\s?悉/ })
        .count(),
    ).toBe(0)
    await other.page.keyboard.press('Escape')
    const { page } = seat
    await page.goto('/alerts?q=卡口')
    await page.goto('/alerts?severity=amber')
    await row(page, '南卡口').waitFor()
    await page.getByRole('checkbox', { name: /南卡口/ }).check()
    await page.getByRole('checkbox', { name: /西关里/ }).check()
    await shoot(page, 'alerts-bulk')
    await page.getByRole('button', { name: '知悉 2 件' }).click()
    await page.getByText('已知悉 2 件').waitFor()
    await row(other.page, '南卡口').waitFor({ state: 'detached' })
    expect(await stateOf('南卡口')).toMatchObject({ state: 'acknowledged', acknowledgedBy: '周示一' })
    await seat.context.close()
    await other.context.close()
  })

  it('ALR23 on a phone it fits, and what is done has targets for gloves', async () => {
    const { page, context } = await w.sitAs('990902', phone)
    await page.goto('/alerts')
    await row(page, '北街三人').waitFor()
    await shoot(page, 'alerts-phone')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    await row(page, '北街三人').click()
    const take = page.getByRole('dialog').getByRole('button', { name: /^接\s?手$/ })
    await take.waitFor()
    expect((await take.boundingBox())?.height).toBeGreaterThanOrEqual(56)
    await shoot(page, 'alerts-phone-drawer')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    await take.click()
    await page.getByRole('dialog').getByText('郑例二 · 单位负责人').first().waitFor()
    await context.close()
  })

  it('ALR24 past ones tell how long they stood and who handled them, and go into a file as shown', async () => {
    w.clock.advance(30)
    await clear('南卡口口罩不足一天')
    const { page, context } = await w.sitAs('990901')
    await page.goto('/alerts')
    await page.getByRole('button', { name: /已\s?解\s?除/ }).click()
    await row(page, '南卡口').filter({ hasText: '30 分' }).filter({ hasText: '周示一' }).waitFor()
    await shoot(page, 'alerts-past')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/已解除预警清单.*\.xlsx$/)
    await page.goto('/alerts/past?day=yesterday')
    await page.getByText('没有符合条件的记录').waitFor()
    await page.goto('/alerts/past?day=today&only=mine')
    await row(page, '南卡口').click()
    await page.getByRole('dialog').getByText('解除', { exact: true }).last().waitFor()
    await shoot(page, 'alerts-past-drawer')
    await context.close()
  })

  it('ALR32 a new one of mine is told in words, and sounds only after the page was touched', async () => {
    const { page, context } = await w.sitAs('990901')
    await context.addInitScript(`{
      window.tones = 0
      const Real = window.AudioContext
      window.AudioContext = class extends Real {
        createOscillator() { window.tones += 1; return super.createOscillator() }
      }
    }`)
    const tones = () => page.evaluate(() => (window as unknown as { tones: number }).tones)
    const told = (zh: string) => page.getByRole('status').filter({ hasText: zh }).waitFor()
    await page.goto('/situation')
    await settled(page)
    await raise([{ zh: '一号门无人', due: 30, severity: 'red' }])
    await told('新预警 1 件：一号门无人')
    expect(await tones()).toBe(0)
    await page.keyboard.press('Shift')
    await raise([{ zh: '二号门无人', due: 30, severity: 'red' }])
    await told('二号门无人')
    await expect.poll(tones).toBe(4)
    // What is another role's is no news here.
    await raise([{ zh: '仓库少一箱', due: 30, severity: 'red', owner: 'logistics' }])
    await raise([{ zh: '三号门少一人', due: 30 }])
    await told('三号门少一人')
    await expect.poll(tones).toBe(5)
    await page.goto('/alerts')
    await page.getByRole('button', { name: '提示设置' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '试听黄色' }).click()
    await dialog.getByText('已播放').waitFor()
    expect(await tones()).toBe(1)
    await dialog.getByLabel('黄色预警声音').selectOption('off')
    await dialog.getByLabel('免打扰 自').fill('13:00')
    await dialog.getByText('起止须同时填写，且不能相同').waitFor()
    await dialog.getByLabel('免打扰 至').fill('15:00')
    await dialog.getByLabel('免打扰时').selectOption('none')
    await shoot(page, 'alerts-setting')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    await dialog.getByRole('button', { name: '保存提示设置' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await raise([{ zh: '四号门无人', due: 30, severity: 'red' }])
    await told('四号门无人')
    expect(await tones()).toBe(1)
    // What comes back after it was put off is news again.
    const { alertId = '' } = (await stateOf('四号门无人')) ?? {}
    await zhou.does(snoozeAlert, { alertId, until: minutes(60), reason: '稍后' })
    await page.getByRole('row').filter({ hasText: '四号门' }).waitFor({ state: 'detached' })
    await raise([{ zh: '五号门无人', due: 40, severity: 'red' }])
    await told('五号门无人')
    await zhou.does(wakeAlert, { alertId })
    await told('新预警 1 件：四号门无人')
    await context.close()
  })

  it('ALR51 push is asked for by the person, shown by a worker of its own, and turned off again', async () => {
    const { page, context } = await w.sitAs('990901')
    // The browser's own push service is out of reach here; what it would give is put in its place.
    await context.addInitScript(`{
      const json = { endpoint: 'https://push.example.cn/send/abc', keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }
      let made = null
      PushManager.prototype.getSubscription = async () => made
      PushManager.prototype.subscribe = async options => {
        if (!options.userVisibleOnly || options.applicationServerKey.length !== 87) throw new Error('how?')
        made = { endpoint: json.endpoint, toJSON: () => json, unsubscribe: async () => { made = null; return true } }
        return made
      }
    }`)
    const workers = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope))
    await page.goto('/alerts')
    await page.getByRole('button', { name: '提示设置' }).click()
    const dialog = page.getByRole('dialog')
    const turnOn = dialog.getByRole('button', { name: '在本机开启推送' })
    await turnOn.waitFor()
    expect(await workers()).toEqual([])
    await turnOn.click()
    await dialog.getByText('浏览器未允许通知').waitFor()
    await context.grantPermissions(['notifications'])
    await turnOn.click()
    await dialog.getByText('本机', { exact: true }).waitFor()
    expect(await workers()).toEqual([`${w.base}/push/`])
    await shoot(page, 'alerts-push')
    expect(await look(page, 'zh', { axe: true })).toEqual([])
    // A browser without a screen shows no notification; what the worker would show is written down.
    const [worker] = context.serviceWorkers()
    await worker?.evaluate(`{
      self.shown = []
      self.registration.showNotification = async (title, { tag, data }) => { self.shown.push([title, tag, data.link]) }
    }`)
    const cdp = await context.newCDPSession(page)
    const registrations: { registrationId: string; scopeURL: string }[] = []
    cdp.on('ServiceWorker.workerRegistrationUpdated', event => registrations.push(...event.registrations))
    await cdp.send('ServiceWorker.enable')
    await expect.poll(() => registrations.length).toBeGreaterThan(0)
    await cdp.send('ServiceWorker.deliverPushMessage', {
      origin: w.base,
      registrationId: registrations[0]?.registrationId ?? '',
      data: JSON.stringify({
        titleZh: '点位缺员 2 件',
        titleEn: 'Posts short: 2',
        severity: 'red',
        link: '/alerts?watch=posts.short',
        tag: 'posts.short',
      }),
    })
    const shown = () => worker?.evaluate('self.shown')
    await expect.poll(shown).toEqual([['点位缺员 2 件', 'posts.short', '/alerts?watch=posts.short']])
    await dialog.getByRole('button', { name: '停用推送' }).click()
    await turnOn.waitFor()
    const { rows } = await w.owner.query('select * from sys.push_subscription')
    expect(rows).toEqual([])
    // A click on what was shown comes to the page that is open, and nothing but a page of ours is opened.
    const sends = (open: string) =>
      worker?.evaluate(`self.clients.matchAll({ type: 'window', includeUncontrolled: true })
        .then(windows => windows.forEach(one => one.postMessage({ open: '${open}' })))`)
    await sends('https://elsewhere.example.cn/')
    await sends('//elsewhere.example.cn/')
    await sends('/alerts/past?only=mine')
    await page.waitForURL('**/alerts/past?only=mine')
    await context.close()
  })
})
