// A phone is lost: the desk takes it out of use, and it hands in what it holds, destroys the rest and says so.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { linkOf } from '../../src/modules/attendance/pages/code-link.ts'
import {
  at,
  bureau,
  codeAt,
  firstDay,
  issuesCodes,
  publishes,
} from '../../src/modules/attendance/test-bureau.ts'
import { look, settled, shoot, smallTargets } from './look.ts'
import { desk, type Lang, phone, signIn, stage } from './stage.ts'
import { textSays } from './text.ts'

const pin = '2580'

/** How many rows lie in a store of the browser; none where there is no such database. */
const rowsIn = (page: Page, database: string, store: string) =>
  page.evaluate(
    async ([name, from]) => {
      const known = await indexedDB.databases()
      if (!known.some(one => one.name === name)) return 0
      return new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '')
        opening.onerror = () => reject(opening.error ?? new Error('not opened'))
        opening.onsuccess = () => {
          const db = opening.result
          const counting = db
            .transaction(from ?? '')
            .objectStore(from ?? '')
            .count()
          counting.onsuccess = () => {
            db.close()
            resolve(counting.result)
          }
        }
      })
    },
    [database, store],
  )

describe('phones of the bureau', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, 7, 50))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  const duty = { day: firstDay, post: 'gate', bands: ['morning'] } as const
  await publishes(
    w,
    boss,
    b,
    [0, 2, 4].map(officer => ({ officer, ...duty, bands: [...duty.bands] })),
  )
  await issuesCodes(boss, [b.gate])
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  await w.account('990102', '冯样三', ['officer'], { officerId: b.officers[2] ?? null })
  const chu = await w.account('990104', '褚例五', ['officer'], { officerId: b.officers[4] ?? null })
  await w.account('990200', '郑例二', ['dutyOfficer'])
  const sits: typeof w.sit = async (...how) => {
    const seat = await w.sit(...how)
    seat.context.setDefaultTimeout(20_000)
    return seat
  }
  const zheng = await w.sitAs('990200', desk)
  zheng.context.setDefaultTimeout(20_000)

  const clean = async (page: Page, name: string, lang: Lang = 'zh', onPhone = true) => {
    await settled(page)
    await shoot(page, `devices-${name}`)
    const said = await look(page, lang)
    if (onPhone) said.push(...(await smallTargets(page)))
    said.push(...(await textSays(page)).filter(one => one.startsWith('cut off')))
    expect(said, name).toEqual([])
  }
  /** A browser writes down that it has no network, and every refusal of a door. */
  const expected = () => {
    const others = w.faults
      .splice(0)
      .filter(one => !/ERR_INTERNET_DISCONNECTED|status of 40[13]|not at hand/.test(one))
    expect(others).toEqual([])
  }
  const types = async (page: Page, digits: string) => {
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click()
  }
  const setsPin = async (page: Page) => {
    await page.goto('/pin')
    await page.getByText('设 4 到 6 位数字').waitFor()
    await types(page, pin)
    await page.getByRole('button', { name: '下一步' }).click()
    await types(page, pin)
    await page.getByRole('button', { name: '设为本机 PIN' }).click()
    await page.getByText('已设置，点按更换').waitFor()
  }
  /** At the gate, without a network. */
  const checksIn = async (page: Page, offline: (on: boolean) => Promise<void>) => {
    await page.goto(linkOf('', b.gate, codeAt(b.gate, w.clock.now.toISOString()).token))
    await types(page, pin)
    await page.getByRole('button', { name: '解锁', exact: true }).click()
    await page.getByRole('button', { name: /^签到 / }).waitFor()
    await offline(true)
    await page.getByRole('button', { name: /^签到 / }).click()
    await page.getByText(/已存/).first().waitFor()
  }
  const sealedBy = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<unknown[]>(resolve => {
          const opening = indexedDB.open('fangxian-outbox')
          opening.onsuccess = () => {
            const all = opening.result.transaction('entry').objectStore('entry').getAll()
            all.onsuccess = () => {
              opening.result.close()
              resolve((all.result as { sealedBy?: string }[]).map(row => row.sealedBy ?? 'browser'))
            }
          }
        }),
    )
  const revokes = async (name: string, shots: string) => {
    await w.kernel.contacts.flush()
    const { page } = zheng
    await page.goto('/devices')
    await page.getByRole('row', { name: new RegExp(name) }).click()
    await page.getByRole('button', { name: '停用此设备' }).waitFor()
    await clean(page, `${shots}-drawer`, 'zh', false)
    await page.getByRole('button', { name: '停用此设备' }).click()
    await page.getByLabel('原因').fill('手机遗失')
    // Off the button, which is lighter while it is pointed at.
    await page.mouse.move(600, 500)
    await page.evaluate(() => Promise.all(document.getAnimations().map(one => one.finished)))
    await clean(page, `${shots}-why`, 'zh', false)
    await page.getByRole('button', { name: '停用此设备' }).click()
    await page.getByText('已停用，未清除').first().waitFor()
  }
  const nothingLeft = async (page: Page) => {
    expect(await rowsIn(page, 'fangxian-outbox', 'entry')).toBe(0)
    expect(await rowsIn(page, 'fangxian-outbox', 'kept')).toBe(0)
    for (const store of ['keys', 'answers', 'sessions']) {
      expect(await rowsIn(page, 'fangxian-field', store), store).toBe(0)
    }
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['fangxian.revoked'])
  }
  const held = async () =>
    (await w.owner.query("select name from app.review where state = 'open' order by held_at")).rows

  it('DEV40 a search that finds nobody says so', async () => {
    await zheng.page.goto('/devices?q=nobody-of-that-name')
    await settled(zheng.page)
    await clean(zheng.page, 'none', 'zh', false)
  })

  it('DEV25 DEV30 lost while it held an entry under a PIN: handed in, destroyed, and said in plain words', async () => {
    const { page, context } = await sits(phone)
    await page.goto('/')
    await signIn(page, '990100')
    await page.getByText('东门封控点').first().waitFor()
    await setsPin(page)
    await checksIn(page, on => context.setOffline(on))
    await expect.poll(() => sealedBy(page)).toEqual(['pin'])
    await revokes('周示一', 'revoke')
    await context.setOffline(false)
    await page.getByText('本机的密钥和保存的内容已清除').waitFor()
    await clean(page, 'wiped')
    await nothingLeft(page)
    expect(await held()).toEqual([{ name: 'attendance.checkIn' }])
    expect((await w.owner.query('select 1 from app.presence')).rows).toEqual([])
    await w.kernel.contacts.flush()
    await zheng.page.goto('/devices?only=revoked')
    await zheng.page.getByText('已停用，已清除').first().waitFor()
    await clean(zheng.page, 'list-revoked', 'zh', false)
    await page.getByRole('button', { name: '去登录' }).click()
    await page.getByLabel('警号').waitFor()
    await page.getByText(/此设备曾被停用/).waitFor()
    expected()
    await context.close()
  })

  it('DEV21 DEV25 found by somebody who has no PIN: nothing is shown; its officer signs in, and it is handed in', async () => {
    const { page, context } = await sits(phone)
    await page.goto('/')
    await signIn(page, '990102')
    await page.getByText('东门封控点').first().waitFor()
    await setsPin(page)
    await checksIn(page, on => context.setOffline(on))
    await expect.poll(() => sealedBy(page)).toEqual(['pin'])
    await revokes('冯样三', 'revoke-locked')
    await context.setOffline(false)
    await page.goto('/today')
    await page.getByText(/此设备已停用，还有 1 条记录由 PIN 加密/).waitFor()
    await clean(page, 'sealed')
    expect(await rowsIn(page, 'fangxian-field', 'sessions')).toBe(0)
    await context.setOffline(true)
    await page.goto('/today')
    await page.getByText('连不上服务器').waitFor()
    expect(await page.getByText('东门封控点').count()).toBe(0)
    await context.setOffline(false)
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByText(/还有 1 条记录由 PIN 加密/).waitFor()
    w.clock.advance(1)
    await signIn(page, '990102')
    await page.getByText('本机的密钥和保存的内容已清除').waitFor()
    await nothingLeft(page)
    expect(await held()).toHaveLength(2)
    expected()
    await context.close()
  })

  it('DEV43 an officer sees his own, and takes a lost one out of use from another', async () => {
    const lost = await sits(phone)
    await lost.page.goto('/')
    await signIn(lost.page, '990104')
    await lost.page.getByText('东门封控点').first().waitFor()
    await expect
      .poll(async () => (await w.owner.query('select from sys.device where account_id = $1', [chu])).rowCount)
      .toBe(1)
    await w.kernel.contacts.flush()
    w.clock.advance(1)
    const { page, context } = await sits(phone)
    await page.goto('/')
    await signIn(page, '990104')
    await page.getByText('东门封控点').first().waitFor()
    await page.getByRole('button', { name: '我的', exact: true }).click()
    await page.getByRole('button', { name: /我的设备/ }).click()
    await page.getByText(/遗失的请立即停用/).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '这台丢了' }).count()).toBe(2)
    await clean(page, 'mine')
    await page.getByRole('button', { name: '这台丢了' }).last().click()
    await page.getByText(/捡到的人看不到任何内容/).waitFor()
    await clean(page, 'mine-lost')
    await page.getByRole('button', { name: '停用', exact: true }).click()
    await page.getByText('已停用，未清除').waitFor()
    await clean(page, 'mine-revoked')
    await lost.page.getByText('本机的密钥和保存的内容已清除').waitFor()
    await nothingLeft(lost.page)
    expected()
    await lost.context.close()
    await context.close()
  })

  it('DEV40 the list with keyboard, narrow and in English', async () => {
    const { page } = zheng
    await page.goto('/devices')
    await page.getByRole('row', { name: /周示一/ }).waitFor()
    await clean(page, 'list', 'zh', false)
    const head = page.getByRole('columnheader', { name: '使用人' })
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=name/)
    for (const lang of ['zh', 'en'] as const) {
      const narrow = await w.sitAs('990200', phone, lang)
      await narrow.page.goto('/devices')
      await narrow.page.getByRole('row', { name: /周示一/ }).waitFor()
      await clean(narrow.page, `list-390-${lang}`, lang, false)
      await narrow.context.close()
    }
    const english = await w.sitAs('990200', desk, 'en')
    english.context.setDefaultTimeout(20_000)
    await english.page.goto('/devices?only=revoked')
    await english.page.getByRole('row', { name: /周示一/ }).click()
    await english.page.getByRole('button', { name: 'Restore this device' }).waitFor()
    await clean(english.page, 'drawer-en', 'en', false)
    expected()
    await english.context.close()
  })
})
