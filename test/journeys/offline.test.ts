// A phone at a post without a network: it starts, unlocks and shows what the shift needs, and wipes it at the end.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { at, bureau, firstDay, publishes } from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot, smallTargets } from './look.ts'
import { builtPages, phone, signIn, stage } from './stage.ts'
import { textSays } from './text.ts'

const pin = '2580'

describe('a phone without a network', async () => {
  const webFolder = await builtPages()
  const w = await stage({ webFolder })
  w.clock.set(at(firstDay, 7, 50))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [{ officer: 0, day: firstDay, post: 'gate', bands: ['morning'] }])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  await w.account('990102', '冯样三', ['unitLeader'], { scopeUnitId: b.east })
  const { page, context } = await w.sit(phone)

  const clean = async (name: string, lang: 'zh' | 'en' = 'zh') => {
    await settled(page)
    await shoot(page, `offline-${name}`)
    const cut = (await textSays(page)).filter(said => said.startsWith('cut off'))
    expect([...(await look(page, lang)), ...cut, ...(await smallTargets(page))], name).toEqual([])
  }
  /** A browser without a network says so on its console at every try. */
  const withoutNetwork = () => {
    const others = w.faults.splice(0).filter(one => !one.includes('ERR_INTERNET_DISCONNECTED'))
    expect(others).toEqual([])
  }
  const types = async (digits: string, one: Page = page) => {
    for (const digit of digits) await one.getByRole('button', { name: digit, exact: true }).click()
  }
  const unlocks = async (digits: string) => {
    await types(digits)
    await page.getByRole('button', { name: /^(解锁|Unlock)$/ }).click()
  }
  const shellKept = () =>
    expect
      .poll(() =>
        page.evaluate(async () => {
          const registered = await navigator.serviceWorker.getRegistration('/')
          return registered?.active?.state === 'activated' && navigator.serviceWorker.controller !== null
        }),
      )
      .toBe(true)

  it('FLD20 after the sign-in a PIN is offered once, and set with the network', async () => {
    await page.goto('/')
    await signIn(page, '990100')
    await page.getByText('东门封控点').first().waitFor()
    await page.getByText(/^设 PIN/).waitFor()
    await clean('pin-offered')
    await page.getByRole('button', { name: '设置' }).click()
    await page.getByText('设 4 到 6 位数字').waitFor()
    await types(pin)
    await clean('pin-choose')
    await page.getByRole('button', { name: '下一步' }).click()
    await types(pin)
    await page.getByRole('button', { name: '设为本机 PIN' }).click()
    await page.getByText('已设置，点按更换').waitFor()
    await clean('pin-set')
    await shellKept()
  })

  it('FLD1 FLD10 without a network it starts anew, unlocks and shows the shift, with the time it is as of', async () => {
    await page.getByRole('button', { name: '今日', exact: true }).click()
    await page.getByText('东门封控点').first().waitFor()
    await page.getByRole('button', { name: '任务', exact: true }).click()
    await page.getByRole('button', { name: /^报困难/ }).waitFor()
    await context.setOffline(true)
    await page.goto('/today')
    await page.getByText('输入 PIN 解锁').waitFor()
    await clean('locked')
    await unlocks('1111')
    await page.getByText('PIN 不正确，还可以试 4 次').waitFor()
    await clean('wrong-pin')
    await unlocks(pin)
    await page.getByText('东门封控点').first().waitFor()
    await page.getByText(/数据截至 07:/).waitFor()
    await clean('today')
    for (const [tab, shows] of [
      ['我的', '周示一'],
      ['任务', /^报困难/],
    ] as const) {
      await page.getByRole('button', { name: tab, exact: true }).click()
      await page.getByText(shows).first().waitFor()
      await clean(tab === '我的' ? 'me' : 'tasks')
    }
    await page.goto('/check-in')
    await unlocks(pin)
    await page.getByRole('button', { name: /返回今日/ }).waitFor()
    await clean('check-in')
    withoutNetwork()
  })

  it('FLD12 a page of the desk says that it needs the network', async () => {
    await page.goto('/account')
    await unlocks(pin)
    await page.getByText('这个页面需要网络').waitFor()
    await shoot(page, 'offline-needs-network')
    withoutNetwork()
  })

  it('FLD10 in English too', async () => {
    await page.goto('/today')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Enter your PIN').waitFor()
    await clean('locked-en', 'en')
    await unlocks(pin)
    await page.getByText(/as of 07:/).waitFor()
    await clean('today-en', 'en')
    await page.evaluate(() => localStorage.setItem('fangxian.lang', 'zh'))
    withoutNetwork()
  })

  it('FLD4 back on the network a new version is told, and takes over at the next start', async () => {
    await context.setOffline(false)
    const worker = join(webFolder, 'service-worker.js')
    const before = await page.evaluate(() => caches.keys())
    writeFileSync(
      worker,
      readFileSync(worker, 'utf8').replace(/"version":"\w{16}"/, '"version":"0000000000000001"'),
    )
    await page.goto('/today')
    await unlocks(pin)
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/'))?.update())
    await page.getByText(/新版本已就绪/).waitFor()
    expect(await page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(before))
    await clean('new-version')
    await page.goto('/today')
    await page.getByText('输入 PIN 解锁').waitFor()
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(['fangxian-shell-0000000000000001'])
  })

  it('FLD24 after five wrong PINs only the password opens it, also where the cookie still would', async () => {
    await context.setOffline(true)
    await page.goto('/today')
    for (const left of [4, 3, 2, 1]) {
      await unlocks('1111')
      await page.getByText(`PIN 不正确，还可以试 ${left} 次`).waitFor()
    }
    await unlocks('5555')
    await page.getByText(/^PIN 已失效/).waitFor()
    await clean('pin-spent')
    await context.setOffline(false)
    await page.goto('/today')
    await page.getByText(/^PIN 已失效/).waitFor()
    await signIn(page, '990100')
    await page.getByText('东门封控点').first().waitFor()
    withoutNetwork()
  })

  it('FLD14 signed out, nothing of the shift is left on the phone', async () => {
    const rows = () =>
      page.evaluate(async () => {
        const opened = await new Promise<IDBDatabase>(resolve => {
          const asked = indexedDB.open('fangxian-field')
          asked.onsuccess = () => resolve(asked.result)
        })
        const all = (store: string) =>
          new Promise<Record<string, unknown>[]>(resolve => {
            const asked = opened.transaction(store).objectStore(store).getAll()
            asked.onsuccess = () => resolve(asked.result)
          })
        const [sessions, answers, keys] = [await all('sessions'), await all('answers'), await all('keys')]
        opened.close()
        return [sessions.length, answers.length, keys.filter(one => one.half ?? one.unlocked).length]
      })
    await expect.poll(async () => (await rows())[1]).toBeGreaterThan(2)
    expect((await rows())[2]).toBe(1)
    await page.goto('/me')
    await unlocks(pin)
    await page.getByRole('button', { name: /^退出登录/ }).click()
    await page.getByLabel('警号').waitFor()
    expect(await rows()).toEqual([0, 0, 0])
  })

  it('FLD13 a desk keeps nothing of this', async () => {
    const desk = await w.sitAs('990102')
    await desk.page.goto('/today')
    await settled(desk.page)
    const kept = await desk.page.evaluate(async () => [
      (await navigator.serviceWorker.getRegistrations()).length,
      (await caches.keys()).length,
      (await indexedDB.databases()).map(one => one.name).filter(name => name === 'fangxian-field').length,
    ])
    expect(kept).toEqual([0, 0, 0])
  })
})
