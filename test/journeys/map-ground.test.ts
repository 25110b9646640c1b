// A map on a ground of tiles, on one that cannot be read, and on paper.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { tilesPath } from '../../src/kernel/http/tiles.ts'
import { bureau } from '../../src/modules/roster/test-bureau.ts'
import { palettes } from '../../src/ui/tokens.ts'
import { settled, shoot } from './look.ts'
import { madeTiles } from './made-tiles.ts'
import { stage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'fangxian-tiles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const water = palettes.desk.water.toLowerCase()

function archive(name: string, bytes: Buffer) {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return { answer: { kind: 'pmtiles', url: tilesPath, datum: 'wgs84', credit: '示例测绘' }, file } as const
}

async function openMap(page: Page): Promise<void> {
  await page.goto('/posts/map')
  await settled(page)
  await page.locator('.fx-map-stage[data-drawn]').waitFor()
}

/** How much of the picture made for paper has this colour; asking for it is what printing does. */
async function printed(page: Page, colour: string): Promise<number> {
  await page.emulateMedia({ media: null })
  await page.emulateMedia({ media: 'print' })
  await page.waitForFunction(
    () => (document.querySelector('.fx-map-picture') as HTMLImageElement)?.naturalWidth > 0,
  )
  return page.evaluate(async wanted => {
    const image = document.querySelector('.fx-map-picture') as HTMLImageElement
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 300 })
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, 400, 300)
    const { data } = context?.getImageData(0, 0, 400, 300) ?? { data: [] }
    const [r, g, b] = [1, 3, 5].map(at => Number.parseInt(wanted.slice(at, at + 2), 16))
    let same = 0
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === r && data[at + 1] === g && data[at + 2] === b) same += 1
    }
    return same / (data.length / 4)
  }, colour)
}

describe('a ground of tiles', async () => {
  const w = await stage({ tiles: archive('county.pmtiles', madeTiles()) })
  await w.account('990101', '周示一', ['administrator', 'commander'])
  await bureau(w, w.person('周示一', ['administrator', 'commander']))

  it('WEB60 the tiles of an archive lie below everything, and it is read in ranges by whoever is signed in', async () => {
    const { page, context } = await w.sitAs('990101')
    const statuses: number[] = []
    page.on('response', one => {
      if (one.url().endsWith(tilesPath)) statuses.push(one.status())
    })
    await openMap(page)
    await page.getByText('示例测绘').waitFor()
    // The one tile is stretched over eleven zooms, and the card draws a part of it; without tiles there is none.
    await expect.poll(() => printed(page, water)).toBeGreaterThan(0.05)
    expect(new Set(statuses)).toEqual(new Set([206]))
    await page.emulateMedia({ media: null })
    await shoot(page, 'map-on-tiles')
    const signedOut = await w.nobody().get(tilesPath)
    expect(signedOut.status).toBe(401)
    await context.close()
  })

  it('WEB62 on paper stands the map as it is seen, with its legend', async () => {
    const { page, context } = await w.sitAs('990101')
    await openMap(page)
    await page.emulateMedia({ media: 'print' })
    await page.waitForFunction(
      () => (document.querySelector('.fx-map-picture') as HTMLImageElement)?.naturalWidth > 0,
    )
    expect(await page.locator('.fx-map-picture').isVisible()).toBe(true)
    expect(await page.locator('.fx-map-canvas').isVisible()).toBe(false)
    await page.locator('.fx-legend').getByText('封控区').waitFor()
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    await shoot(page, 'map-printed')
    await context.close()
  })
})

describe('a ground that cannot be read', async () => {
  const w = await stage({ tiles: archive('damaged.pmtiles', madeTiles({ damaged: true })) })
  await w.account('990101', '周示一', ['administrator', 'commander'])
  await bureau(w, w.person('周示一', ['administrator', 'commander']))

  it('WEB60 the map stands without it, and says so', async () => {
    const { page, context } = await w.sitAs('990101')
    await openMap(page)
    await page.getByRole('status').filter({ hasText: '底图暂时读不到' }).waitFor()
    expect(await printed(page, water)).toBe(0)
    await context.close()
  })
})

describe('no ground', async () => {
  const w = await stage()
  await w.account('990101', '周示一', ['administrator', 'commander'])
  await bureau(w, w.person('周示一', ['administrator', 'commander']))

  it('WEB60 without a setting nothing is said and nobody is asked', async () => {
    const { page, context } = await w.sitAs('990101')
    await openMap(page)
    expect(await page.getByText('底图').count()).toBe(0)
    const policy = (await page.request.get('/')).headers()['content-security-policy'] ?? ''
    expect(policy).toContain("connect-src 'self';")
    await context.close()
  })
})
