// A shift at a gate in flight mode: fifty passers, an emergency, one turned back, one held; then the network comes back.
import { describe, expect, it } from 'vitest'
import {
  at,
  bureau,
  codeAt,
  firstDay,
  issuesCodes,
  publishes,
} from '../../src/modules/attendance/test-bureau.ts'
import { linkOf } from '../../src/modules/attendance/pages/code-link.ts'
import { emergencies, holdings, live, search } from '../../src/modules/encounters/contracts-lists.ts'
import { setRules } from '../../src/modules/encounters/contracts-rules.ts'
import { look, settled, shoot, smallTargets } from './look.ts'
import { desk, phone, stage } from './stage.ts'
import { textSays } from './text.ts'

const passers = 50
const small = { width: 360, height: 640 }

describe('a shift at a gate without a network', async () => {
  const w = await stage()
  w.clock.set(at(firstDay, -12))
  const boss = w.person('王示一', ['administrator', 'commander'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [{ officer: 0, day: firstDay, post: 'gate', bands: ['morning'] }])
  await issuesCodes(boss, [b.gate])
  await boss.does(setRules, {
    ...{ postKind: null, postId: null, feverTenths: 373 },
    ...{ asksCode: true, asksTemperature: true, asksDisinfection: true, exempt: '' },
    ...{ turnBackWords: '请走北环路绕行', objectionWords: '可拨打指挥中心电话反映' },
  })
  await w.account('990100', '周示一', ['officer'], { officerId: b.officers[0] ?? null })
  await w.account('990200', '郑例二', ['dutyOfficer'])
  w.clock.set(at(firstDay, 7, 50))
  const { page, context } = await w.sitAs('990100', phone)
  const clean = async (name: string, lang: 'zh' | 'en' = 'zh', one = page) => {
    await settled(one)
    await shoot(one, `check-${name}`)
    const cut = (await textSays(one)).filter(said => said.startsWith('cut off'))
    expect([...(await look(one, lang)), ...cut, ...(await smallTargets(one))], name).toEqual([])
  }
  const withoutNetwork = () => {
    const others = w.faults.splice(0).filter(one => !one.includes('ERR_INTERNET_DISCONNECTED'))
    expect(others).toEqual([])
  }
  const types = async (digits: string) => {
    for (const digit of digits) await page.keyboard.press(digit)
  }
  const saved = () => page.locator('.fx-saveline')
  const passesOne = async (temperature: string) => {
    await types(temperature)
    await page.getByRole('button', { name: /^放行/ }).click()
    await saved()
      .getByText(new RegExp(`已存.*${temperature.slice(0, 2)}\\.${temperature.slice(2)}`))
      .waitFor()
  }

  it('CHK10 he checks in, and the screen of the gate is there with the rules of the gate', async () => {
    await page.goto(linkOf('', b.gate, codeAt(b.gate, w.clock.now.toISOString()).token))
    await page.getByRole('button', { name: /^签到 / }).click()
    await page.getByText('07:50 已存').waitFor()
    w.clock.set(at(firstDay, 8, 5))
    await page.goto('/check')
    await page.getByRole('button', { name: /^放行/ }).waitFor()
    await clean('empty')
    await page.waitForFunction(async () => {
      const registered = await navigator.serviceWorker.getRegistration('/')
      return registered?.active?.state === 'activated' && navigator.serviceWorker.controller !== null
    })
  })

  it('CHK1 CHK2 in flight mode: a plate, a fever, a slip, and what each button says it saves', async () => {
    await context.setOffline(true)
    await page.locator('.ck-mark').click()
    await clean('provinces')
    for (const key of ['示', 'A', '0', '0', '0', '0', '1']) {
      await page.getByRole('button', { name: key, exact: true }).click()
    }
    await clean('plate')
    await page.getByRole('button', { name: '用这个' }).click()
    await types('365')
    await clean('whole')
    await page.getByRole('button', { name: /^放行.*示A·00001/ }).click()
    await saved()
      .getByText(/示A·00001/)
      .waitFor()
    await types('870')
    await page.getByText('体温应在 30.0—45.0 ℃ 之间').waitFor()
    expect(await page.getByRole('button', { name: /^放行/ }).isDisabled()).toBe(true)
    await types('379')
    await page.getByText(/达到 37.3，移交或留观/).waitFor()
    await clean('fever')
    await page.getByRole('button', { name: /^留观/ }).click()
    await clean('hold')
    await page.getByRole('button', { name: /^留观并保存/ }).click()
    await saved().getByText(/留观/).waitFor()
    withoutNetwork()
  })

  it('CHK14 in flight mode he sees who is held and until when, and states what became of them', async () => {
    await page.getByRole('button', { name: '留观 1', exact: true }).click()
    await page.getByRole('button', { name: /^正在留观 1 人/ }).click()
    await page.locator('.fx-card-note', { hasText: /^还剩 / }).waitFor()
    await clean('held')
    await page.getByRole('button', { name: '解除', exact: true }).click()
    await clean('held-sure')
    await page.getByRole('button', { name: '解除并保存' }).click()
    await page.getByRole('heading', { name: '没有人在留观' }).waitFor()
    await page.getByRole('button', { name: '返回', exact: true }).click()
    await page.getByRole('button', { name: '留观', exact: true }).waitFor()
    withoutNetwork()
  })

  it('CHK7 the same plate again is known, and nothing is typed twice', async () => {
    await page.locator('.ck-mark').click()
    for (const key of ['示', 'A', '0', '0', '0', '0', '1']) {
      await page.getByRole('button', { name: key, exact: true }).click()
    }
    await page.getByRole('button', { name: '用这个' }).click()
    await page.getByText(/今日第 2 次/).waitFor()
    await passesOne('364')
    withoutNetwork()
  })

  it('CHK11 one is turned back with a reason, and is told how to object', async () => {
    await types('363')
    await page.getByRole('button', { name: '劝返', exact: true }).click()
    await page.getByText('可拨打指挥中心电话反映').waitFor()
    await clean('turn-back')
    await page.getByRole('button', { name: '无通行证明' }).click()
    await page.getByRole('button', { name: /^劝返并保存/ }).click()
    await saved().getByText(/劝返/).waitFor()
    withoutNetwork()
  })

  it('CHK12 an emergency is one tap and refused by nothing; what it was is told after', async () => {
    await page.getByRole('button', { name: /^紧急通行/ }).click()
    await page.getByText(/已放行并上报/).waitFor()
    await clean('emergency')
    await page.getByRole('button', { name: '急产', exact: true }).click()
    await page.getByRole('button', { name: /^放行/ }).waitFor()
    withoutNetwork()
  })

  it('CHK10 fifty more pass, and a reload loses none of them', async () => {
    for (let n = 0; n < passers; n += 1) await passesOne(String(360 + (n % 10)))
    await page.reload()
    await page.getByText(/未发送 \d+ 条/).waitFor()
    await clean('unsent')
    withoutNetwork()
  })

  it('CHK10 with the network back everything is on the server once', async () => {
    await context.setOffline(false)
    await page.getByText('都已发送').waitFor({ timeout: 60_000 })
    const day = { dayFrom: firstDay, dayUntil: firstDay }
    const { total } = await boss.asks(search, { ...day, limit: 500 })
    expect(total).toBe(passers + 4)
    expect((await boss.asks(emergencies, day)).rows).toMatchObject([{ emergency: 'labour' }])
    expect((await boss.asks(holdings, {})).rows).toEqual([])
    expect((await boss.asks(holdings, { open: false })).rows).toMatchObject([{ outcome: 'released' }])
    const [row] = (await boss.asks(live, {})).rows
    expect(row).toMatchObject({ today: passers + 4, fevers: 1, turnedBack: 1 })
    w.faults.splice(0)
  })

  it('CHK13 the desk sees the posts live and the records without anybody’s identity', async () => {
    const zheng = await w.sitAs('990200', desk)
    await zheng.page.goto('/encounters')
    await zheng.page.getByText('东门封控点').first().waitFor()
    await settled(zheng.page)
    await shoot(zheng.page, 'check-desk-live')
    expect(await look(zheng.page, 'zh')).toEqual([])
    await zheng.page.getByRole('button', { name: '查验规则' }).click()
    await zheng.page.getByText('现行第 1 版').waitFor()
    await shoot(zheng.page, 'check-desk-rules')
    await zheng.page.keyboard.press('Escape')
    await zheng.page.goto('/encounters/records')
    await zheng.page.getByText('东门封控点').first().waitFor()
    await settled(zheng.page)
    await shoot(zheng.page, 'check-desk-records')
    expect(await look(zheng.page, 'zh')).toEqual([])
    await zheng.context.close()
  })

  it('CHK10 it stands on the smallest phone, in both languages', async () => {
    for (const [lang, size] of [
      ['zh', small],
      ['en', small],
      ['en', phone],
    ] as const) {
      const other = await w.sitAs('990100', size, lang)
      await other.page.goto('/check')
      await other.page.getByRole('button', { name: /^(放行|Pass)/ }).waitFor()
      await clean(`${lang}-${size.width}`, lang, other.page)
      const box = await other.page.getByRole('button', { name: /^(留观|Hold)/ }).boundingBox()
      const bar = await other.page.getByRole('button', { name: /^(紧急通行|Emergency)/ }).boundingBox()
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0)
      await other.context.close()
    }
  })
})
