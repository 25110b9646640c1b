import { afterAll, describe, expect, it } from 'vitest'
import { firstAdministratorLink, firstAdministratorRoute } from '../../src/app/first-administrator.ts'
import { registry } from '../../src/app/registry.ts'
import { password } from '../../src/kernel/http/http-world.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { openDatabase } from '../../src/kernel/world.ts'
import { settled } from './look.ts'
import { builtPages, desk, oneTimeCode, phone, room, signIn, stage } from './stage.ts'

const refused = (path: string) =>
  `Failed to load resource: the server responded with a status of 401 (Unauthorized) ${path}`

describe('the door', async () => {
  const w = await stage()
  await w.account('990101', '周示一', ['administrator'])
  await w.account('990102', '郑例二', ['commander'])
  await w.account('990103', '冯样三', ['viewer'], { mustChange: true })

  it('WEB1 a wrong password is answered in words, the right one opens the situation, and signing out shuts it', async () => {
    const { page, context } = await w.sit()
    await page.goto('/')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await page.getByText('青禾县公安局').waitFor()
    await signIn(page, '990102', 'not-the-password')
    const said = await page.getByRole('alert').textContent()
    expect(said).toMatch(/不正确/)
    expect(w.faults.splice(0)).toEqual([refused('/api/sign-in')])
    await signIn(page, '990102')
    await page.waitForURL('**/situation')
    await settled(page)
    await page.getByRole('button', { name: /郑例二/ }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await page.goto('/people')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await context.close()
  })

  it('WEB2 the language is switched at the door and at the desk, and stays after a reload', async () => {
    const { page, context } = await w.sit(phone)
    await page.goto('/')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('Badge number').fill('990102')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/situation')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    // The desk has its own switch, and remembers it as the door does.
    await page.setViewportSize(desk)
    await page.getByRole('link', { name: 'Situation' }).waitFor()
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^中\s?文$/ })
      .click()
    await page.getByRole('link', { name: '态势' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.getByRole('link', { name: 'Situation' }).count()).toBe(0)
    await page.reload()
    await page.getByRole('link', { name: '态势' }).waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'EN' }).click()
    await page.getByRole('link', { name: 'Situation' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Situation' }).waitFor()
    expect(await page.title()).toBe('Situation · Fangxian')
    await context.close()
  })

  it('WEB3 a first password opens nothing but its own change', async () => {
    const { page, context } = await w.sit()
    await page.goto('/people')
    await signIn(page, '990103')
    await page.getByRole('heading', { name: '首次登录，请先修改密码' }).waitFor()
    await page.getByLabel('当前密码').fill(password)
    await page.getByLabel(/^新密码/).fill('another-example-2')
    const change = page.getByRole('button', { name: '修改密码' })
    await page.getByLabel('再次输入新密码').fill('another-example-3')
    expect(await page.getByText('两次输入不一致').isVisible()).toBe(true)
    expect(await change.isDisabled()).toBe(true)
    await page.getByLabel('再次输入新密码').fill('another-example-2')
    await change.click()
    await page.getByRole('heading', { level: 1, name: '警力' }).waitFor()
    await context.close()
  })

  it('WEB4 a code given on the accounts page sets a new password at the door, once', async () => {
    const office = await w.sitAs('990101')
    await office.page.goto('/system?q=990102')
    await office.page.getByRole('row', { name: /郑例二/ }).click()
    await office.page.getByRole('button', { name: '发放一次性重置码' }).click()
    const code = (await office.page.getByText(oneTimeCode).textContent()) ?? ''
    await office.context.close()
    const { page, context } = await w.sit()
    await page.goto('/')
    await page.getByLabel('警号').fill('990102')
    await page.getByRole('button', { name: '忘记密码' }).click()
    const reset = async () => {
      await page.getByLabel('一次性代码').fill(code)
      await page.getByLabel(/^新密码/).fill('third-example-3')
      await page.getByRole('button', { name: '重设密码' }).click()
    }
    await reset()
    await page.getByText('密码已重设，请登录。').waitFor()
    await page.getByRole('button', { name: '忘记密码' }).click()
    await reset()
    await page.getByRole('alert').waitFor()
    expect(w.faults.splice(0)).toEqual([refused('/api/sign-in/reset')])
    await page.getByRole('button', { name: '返回登录' }).click()
    await signIn(page, '990102', 'third-example-3')
    await page.waitForURL('**/situation')
    await context.close()
  })

  it('WEB5 a Chinese glyph is not a box', async () => {
    const { page, context } = await w.sit()
    await page.goto('/')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    const [real, other, box] = await page.evaluate(async () => {
      await document.fonts.ready
      const drawn = (text: string) => {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = 64
        const pen = canvas.getContext('2d')
        if (!pen) throw new Error('no canvas')
        pen.font = `48px ${getComputedStyle(document.body).fontFamily}`
        pen.fillText(text, 4, 52)
        const { data } = pen.getImageData(0, 0, 64, 64)
        return Array.from({ length: 64 * 64 }, (_, at) => ((data[at * 4 + 3] ?? 0) > 127 ? '1' : '0')).join(
          '',
        )
      }
      // U+0378 is assigned to nothing and never will be drawn but as the box.
      return [drawn('防'), drawn('线'), drawn('\u0378')]
    })
    const ink = (bits = '') => bits.split('1').length - 1
    expect(ink(real)).toBeGreaterThan(300)
    expect(real).not.toBe(other)
    expect(real).not.toBe(box)
    await context.close()
  })
})

/** A server on an empty database, as `npm start -- --empty` makes it. */
async function emptyServer() {
  const webFolder = await builtPages()
  const database = await openDatabase()
  const kernel = new Kernel({
    registry: registry(),
    database: { ...database.config, user: 'fangxian_app' },
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(),
    log: silentLog,
  })
  const live = new Live({ ...database.config, user: 'fangxian_app' }, silentLog)
  await live.start()
  const app = await httpServer({
    kernel,
    live,
    webFolder,
    ready: () => true,
    version: '0.0.0',
    extend: (door, signIn) => firstAdministratorRoute(door, kernel, signIn),
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(async () => {
    await app.close()
    await live.close()
    await kernel.close()
    await database.drop()
  })
  return { base, kernel }
}

describe('the first administrator', async () => {
  const { base, kernel } = await emptyServer()
  const w = await room(base)

  it('WEB6 comes in by the printed link, founds the agency, and the link is used up', async () => {
    const code = await firstAdministratorLink(kernel)
    const { page, context } = await w.sit(phone)
    await page.goto('/first')
    await page.getByText('链接不完整').waitFor()
    await page.goto(`/first#${code}`)
    await page.reload()
    const fields = {
      单位全称: '青禾县公安局',
      单位代码: 'qinghe',
      姓名: '周示一',
      警号: '990101',
      新密码: 'first-example-1',
    }
    for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text)
    await page.getByRole('button', { name: '建立' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await signIn(page, '990101', 'first-example-1')
    await page.waitForURL('**/situation')
    await context.close()
    const again = await w.sit()
    await again.page.goto(`/first#${code}`)
    for (const [label, text] of Object.entries(fields)) await again.page.getByLabel(label).fill(text)
    await again.page.getByRole('button', { name: '建立' }).click()
    await again.page.getByRole('alert').waitFor()
    expect(w.faults.splice(0)).toEqual([refused('/api/sign-in/first')])
    await again.context.close()
  })
})
