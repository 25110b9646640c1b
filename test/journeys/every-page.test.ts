// Every page that is declared, at the desk and on a phone, in both languages, with nothing and with something.
import { describe, expect, it } from 'vitest'
import { allPages } from '../../src/app/web/all-pages.ts'
import { addPost } from '../../src/modules/posts/contracts.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import { goInside, look, settled, shoot } from './look.ts'
import { desk, type Lang, phone, stage, type Stage } from './stage.ts'

const languages: Lang[] = ['zh', 'en']

/**
 * Opens every page in one profile, at the desk and then folded to a phone, and gives what is wrong with each. axe
 * looks at the Chinese pages: the English ones are made of the same elements.
 */
async function lookAtAll(w: Stage, state: string, lang: Lang) {
  const { page, context } = await w.sitAs('990101', desk, lang)
  const wrong: string[] = []
  let looks = 0
  await page.goto('/account')
  await settled(page)
  for (const { path } of allPages) {
    try {
      await page.setViewportSize(desk)
      await goInside(page, path)
      for (const size of [desk, phone]) {
        await page.setViewportSize(size)
        const said = await look(page, lang, { axe: lang === 'zh' })
        wrong.push(...said.map(one => `${path} at ${size.width}: ${one}`))
        looks += 1
        await shoot(page, `${state}-${size.width}-${lang}${path.replaceAll('/', '-')}`)
      }
    } catch (error) {
      wrong.push(`${path} does not open: ${String(error).slice(0, 200)}`)
    }
  }
  await context.close()
  // Whoever is no officer has no shifts, and the page says so; the browser writes down the answer, too.
  const none =
    'Failed to load resource: the server responded with a status of 403 (Forbidden) /api/queries/roster.my'
  w.faults.splice(0, w.faults.length, ...w.faults.filter(one => one !== none))
  console.log(`${state}, ${lang}: looked at ${looks} pages`)
  return wrong
}

describe('every page with nothing on the books', async () => {
  const w = await stage()
  await w.account('990101', '周示一', ['administrator', 'commander'])

  it.each(languages)('WEB20 opens, reads and fits at the desk and on a phone, %s', async lang => {
    expect(await lookAtAll(w, 'nothing', lang)).toEqual([])
  })
})

describe('every page of a bureau at work', async () => {
  const w = await stage()
  // The bureau's own days are of autumn 2021: its duty day is today for the server and for the pages.
  w.clock.set('2021-11-03T06:00:00.000Z')
  await w.account('990101', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  await zhou.does(addPost, {
    operationId: b.operationId,
    unitId: b.unitId,
    postId: w.newId(),
    code: 'KK-02',
    name: '内蒙古自治区巴彦淖尔市杭锦后旗陕坝镇青禾南卡口',
    kind: 'checkpoint',
  })
  const input = { operationId: b.operationId, fromDay: '2021-11-03', untilDay: '2021-11-09', seconds: 1 }
  const planId = w.newId()
  const found = await solves(w, zhou, { ...input, stopWhenCovered: true })
  const { revision } = await zhou.does(adopt, adoption(planId, found) as never)
  await zhou.does(publish, { planId, revision })

  it.each(languages)('WEB21 opens, reads and fits at the desk and on a phone, %s', async lang => {
    expect(await lookAtAll(w, 'bureau', lang)).toEqual([])
  })
})
