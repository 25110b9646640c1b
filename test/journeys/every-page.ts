// Opening every page that is declared, with nothing on the books and with a bureau at work, as a strict visitor would.
// Each language is a file of its own, because files run beside each other and this is the longest look of all. Of the
// eight ways to meet a page (books empty or full, desk or phone, either language) axe looks at four, so chosen that each
// pair of two is among them; what else can be wrong is looked for in all eight.
import { allPages } from '../../src/app/web/all-pages.ts'
import { addOfficer, addUnit, formTeam } from '../../src/modules/people/contracts.ts'
import { addCamera, addPost, openZone, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { adoption, type Bureau, bureau, solves } from '../../src/modules/roster/test-bureau.ts'
import type { Person } from '../../src/kernel/world.ts'
import { goInside, look, settled, shoot } from './look.ts'
import { desk, type Lang, phone, type Size, stage, type Stage } from './stage.ts'
import { textSays } from './text.ts'

/** What a desk of 1440 × 900 has left of its pixels at 200 %. */
export const zoomed: Size = { width: 720, height: 450 }

interface LookAt {
  state: string
  lang: Lang
  sizes: readonly Size[]
  /** Sizes at which axe looks, too. */
  axe: readonly Size[]
}

/** Opens every page in one profile, folded from size to size, and gives what is wrong with each. */
export async function lookAtAll(w: Stage, { state, lang, sizes, axe }: LookAt) {
  const { page, context } = await w.sitAs('990101', desk, lang)
  const wrong: string[] = []
  let looks = 0
  await page.goto('/account')
  await settled(page)
  for (const { path } of allPages) {
    try {
      await page.setViewportSize(desk)
      await goInside(page, path)
      for (const size of sizes) {
        await page.setViewportSize(size)
        const said = await look(page, lang, { axe: axe.includes(size) })
        // On paper the sheet stands whole, and its page may be scrolled; the phone folds what the desk has in a row.
        if (size !== phone) said.push(...(await textSays(page)))
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

const long = '内蒙古自治区巴彦淖尔市杭锦后旗陕坝镇'
const longName = '阿不都热合曼·买买提依明·吐尔逊江'

/** The longest names that books of a bureau carry, wherever there is room for a name. */
async function longest(w: Stage, zhou: Person, b: Bureau): Promise<void> {
  const { operationId } = b
  const [unitId, zoneId, postId, officerId] = [w.newId(), w.newId(), w.newId(), w.newId()]
  const unit = { kind: 'station', parentId: null, place: null, sort: 2 } as const
  await zhou.does(addUnit, {
    ...unit,
    unitId,
    name: `${long}公安局派出所`,
    shortName: '杭锦后旗陕坝镇派出所',
  })
  await zhou.does(openZone, {
    operationId,
    zoneId,
    unitId,
    name: long,
    kind: 'sealed',
    orderNumber: `${long}防指〔2021〕第1007号`,
    approver: `${long}疫情防控指挥部`,
    beginsAt: '2021-10-25T00:00:00Z',
    plannedEndAt: '2021-11-20T00:00:00Z',
    polygon: [
      [107.147, 40.886],
      [107.149, 40.886],
      [107.149, 40.888],
    ],
  })
  await zhou.does(addPost, {
    operationId,
    unitId,
    postId,
    zoneId,
    code: 'NMG-HJHQ-FK-0001',
    name: `${long}青禾南卡口东门封控点`,
    kind: 'zoneGate',
    address: `${long}人民路1999号院东门外二百米`,
    place: { lng: 107.1491, lat: 40.887 },
  })
  await zhou.does(addCamera, {
    operationId,
    cameraId: w.newId(),
    name: `${long}外围16号监控`,
    covers: `${long}外墙和背街小门`,
    addedOn: '2021-11-01',
  })
  await zhou.does(setDemands, {
    lines: [
      {
        demandId: w.newId(),
        postId,
        patternId: b.patterns.fourBySix,
        bands: ['morning', 'night'],
        heads: 2,
        beginsOn: '2021-11-01',
        endsOn: '2021-11-30',
      },
    ],
  })
  const officer = { unitId, kind: 'police' as const, title: '党委委员、副局长兼特警大队大队长' }
  await zhou.does(addOfficer, { ...officer, officerId, badge: '990777', name: longName })
  await zhou.does(formTeam, {
    teamId: w.newId(),
    name: `${long}党员突击队第一队`,
    kind: 'commando',
    leaderId: officerId,
    beginsOn: '2021-11-01',
    endsOn: '2021-11-20',
  })
}

/** A bureau with a published roster, and the longest names that its books may hold. */
export async function bureauAtWork(w: Stage): Promise<void> {
  // The bureau's own days are of autumn 2021: its duty day is today for the server and for the pages.
  w.clock.set('2021-11-03T06:00:00.000Z')
  await w.account('990101', '周示一', ['administrator', 'commander'])
  const zhou = w.person('周示一', ['administrator', 'commander'])
  const b = await bureau(w, zhou)
  await longest(w, zhou, b)
  const input = { operationId: b.operationId, fromDay: '2021-11-03', untilDay: '2021-11-09', seconds: 1 }
  const planId = w.newId()
  const found = await solves(w, zhou, { ...input, stopWhenCovered: true })
  const { revision } = await zhou.does(adopt, adoption(planId, found) as never)
  await zhou.does(publish, { planId, revision })
}

/** Opens the records behind every figure; answers with what is not in words, and how many columns were read. */
export async function recordsInWords(w: Stage, lang: Lang): Promise<{ raw: string[]; heads: number }> {
  const { page, context } = await w.sitAs('990101', desk, lang)
  await page.goto('/figures')
  const rows = page.getByRole('grid').getByRole('row')
  await rows.nth(1).waitFor()
  const figures = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
  const raw: string[] = []
  let heads = 0
  await page.getByRole('grid').focus()
  for (let at = 0; at < figures; at += 1) {
    await page.keyboard.press(at === 0 ? 'Home' : 'ArrowDown')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.locator('table, .fx-empty').first().waitFor()
    const words = await drawer.locator('th').allTextContents()
    heads += words.length
    // A column without a word stands there as its key, cut into small words.
    raw.push(...words.filter(word => word === '' || /^[a-z]/.test(word)))
    raw.push(...(await look(page, lang, { axe: false })))
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  }
  console.log(`records, ${lang}: ${figures} figures, ${heads} columns`)
  await context.close()
  return { raw, heads }
}
