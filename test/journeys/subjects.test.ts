// A duty officer finds and opens who a subject is; the commander sees who looked, and approves an erasure.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { sealBox } from '../../src/device/box.ts'
import { settle } from '../../src/modules/subjects/index.ts'
import { inventedId, inventedPhone, phoneOf } from '../../src/modules/subjects/test-subjects.ts'
import { look, settled, shoot } from './look.ts'
import { desk, phone, stage } from './stage.ts'

const idNumber = inventedId(1)

describe('subjects', async () => {
  const w = await stage()
  await w.account('990101', '蒋例一', ['commander'])
  await w.account('990102', '郑例二', ['dutyOfficer'])
  const hands = await w.kernel.system(w.agency.agencyId)
  const boxed = phoneOf(w, sealBox)
  const told = { idNumber, name: '周示一', phone: inventedPhone(1), plate: '京A·00001' }
  const fact = await boxed(told)
  const stray = await boxed({ plate: '京A00002' })
  const found = await settle(hands, [
    fact,
    { ...stray, factId: w.newId() },
    await boxed({ plate: '京A00003' }),
  ])
  const subjectId = found.get(fact.factId) ?? ''
  const clean = async (page: Page, lang: 'zh' | 'en' = 'zh') => {
    await settled(page)
    expect(await look(page, lang)).toEqual([])
  }
  const { page } = await w.sitAs('990102', desk)

  it('SUB60 found and opened by the keyboard, and closed by itself', async () => {
    await page.clock.install()
    await page.goto('/subjects')
    await page.getByText('没有待批准的销毁').waitFor()
    await clean(page)
    await shoot(page, 'subjects')
    await page.getByLabel('号码', { exact: false }).first().focus()
    await page.keyboard.type(inventedId(2))
    await page.keyboard.press('Tab')
    await page.keyboard.type('流调协查')
    await page.keyboard.press('Tab')
    await page.keyboard.type('演练-2021-7')
    await page.keyboard.press('Enter')
    await page.getByText('没有这个对象的查验记录').waitFor()
    await page.getByLabel('号码', { exact: false }).first().fill(idNumber.toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByText(subjectId).waitFor()
    expect(await page.getByText('周示一').count()).toBe(0)
    await page.getByRole('button', { name: '查看身份' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('周示一').waitFor()
    await page.getByText(idNumber).waitFor()
    await page.getByText('同行').waitFor()
    await clean(page)
    await shoot(page, 'subjects-opened')
    await page.setViewportSize(phone)
    await clean(page)
    await shoot(page, 'subjects-opened-390')
    await page.setViewportSize(desk)
    await page.getByRole('button', { name: '立即关闭' }).click()
    expect(await page.getByText('周示一').count()).toBe(0)
    expect(await page.getByLabel('号码', { exact: false }).first().inputValue()).toBe('')
    // Opened anew, so that its two minutes are not those in which this test looked around.
    await page.getByRole('button', { name: '查看身份' }).click()
    await page.getByText('周示一').waitFor()
    await page.clock.runFor(60_000)
    await page.getByText(/^([1-5]?\d|60) 秒后自动关闭/).waitFor()
    expect(await page.getByText('周示一').count()).toBe(1)
    await page.clock.runFor(61_000)
    await page.getByText('身份信息已关闭').waitFor()
    expect(await page.getByText('周示一').count()).toBe(0)
  })

  it('SUB61 proposed by one, approved by another, who sees who looked', async () => {
    await page.getByLabel('提出销毁身份 · 理由').fill('本人申请')
    await page.keyboard.press('Enter')
    await page.getByText('已提出，待另一人批准').waitFor()
    await page.getByText('由另一人批准', { exact: true }).waitFor()
    const { page: second } = await w.sitAs('990101', desk, 'en')
    await second.goto('/subjects')
    await second.getByText('本人申请', { exact: false }).waitFor()
    expect(await second.getByText('演练-2021-7', { exact: false }).count()).toBe(4)
    await second.getByText('Boxes that could not be opened').waitFor()
    await settled(second)
    await shoot(second, 'subjects-en')
    await second.setViewportSize(phone)
    await settled(second)
    await shoot(second, 'subjects-390-en')
    await second.setViewportSize(desk)
    await second.getByLabel('Looked into · Reason').fill('another key')
    await second.getByRole('button', { name: 'Looked into' }).click()
    await second.getByText('Boxes that could not be opened').waitFor({ state: 'detached' })
    await second.getByRole('button', { name: 'Approve', exact: true }).click()
    await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await second.getByText('No erasure waits').waitFor()
    // For the one who had found it, it is gone.
    await page.getByRole('button', { name: '查看身份' }).click()
    await page.getByText('身份信息已销毁').waitFor()
    w.faults.splice(0, w.faults.length, ...w.faults.filter(one => !one.includes('status of 410')))
  })
})
