// A list as it stood: the moment is chosen on the page, and what came later is not there.
import { describe, expect, it } from 'vitest'
import { addOfficer } from '../../src/modules/people/contracts.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { settled, shoot } from './look.ts'
import { phone, stage } from './stage.ts'

describe('lists of the past', async () => {
  const w = await stage()
  w.clock.set('2021-11-03T06:00:00.000Z')
  await w.account('990101', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou, 6)
  w.clock.set('2021-11-03T08:00:00.000Z')
  const officer = { unitId: b.unitId, kind: 'police', badge: '990888', name: '晚示来' } as const
  await zhou.does(addOfficer, { ...officer, officerId: w.newId() })
  w.clock.set('2021-11-03T09:00:00.000Z')

  it('WEB63 the moment and the list stand in the address; a record opens with all that became of it', async () => {
    const { page, context } = await w.sitAs('990101')
    await page.goto('/activity')
    await settled(page)
    await page.getByRole('button', { name: '某一时刻的台账' }).click()
    await page.getByText('现在的情况').waitFor()
    await page.getByRole('row').filter({ hasText: '晚示来' }).waitFor()
    await page.getByRole('textbox', { name: '时刻' }).fill('2021-11-03T15:00')
    await page.getByText('其后的变更不在其中').waitFor()
    await expect.poll(() => page.getByRole('row').filter({ hasText: '晚示来' }).count()).toBe(0)
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBeGreaterThan(2)
    await shoot(page, 'as-of')
    await page.reload()
    await page.getByText('其后的变更不在其中').waitFor()
    await page.getByRole('button', { name: '回到现在' }).click()
    await page.getByPlaceholder('文字、数字').fill('晚示来')
    // The head and the one row: a list that is narrowed behind a click closes what was opened from it.
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe(2)
    await page.getByRole('row').filter({ hasText: '晚示来' }).click()
    await page.getByRole('dialog').getByText('新增警力').waitFor()
    await shoot(page, 'as-of-record')
    await context.close()
  })

  it('WEB63 on a phone, before there was anything', async () => {
    const { page, context } = await w.sitAs('990101', phone)
    await page.goto('/activity/as-of?at=2021-01-01T00:00&table=post')
    await page.getByText('这一时刻还没有记录').waitFor()
    await shoot(page, 'as-of-phone')
    await context.close()
  })
})
