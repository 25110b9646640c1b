// The pages as they are built, against what the worker was told to keep.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kit } from '../modules/encounters/contracts.ts'
import { buildWeb } from './cli/build.ts'
import { queriesByName } from './contracts.ts'
import { fieldQueries } from './web/field-queries.ts'
import { allPages } from './web/all-pages.ts'

const folder = await buildWeb()
const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8')
const shell = JSON.parse(/\{"version":"[^`']+\]\]\}/.exec(worker)?.[0] ?? '{}') as {
  version: string
  files: [string, string][]
}

describe('what a phone keeps of the pages', () => {
  it('FLD5 every file is there with its hash, the page of every address and the marks among them', () => {
    for (const [path, integrity] of shell.files) {
      const hash = createHash('sha256').update(readFileSync(join(folder, path)))
      expect(`sha256-${hash.digest('base64')}`, path).toBe(integrity)
    }
    const paths = shell.files.map(([path]) => path)
    expect(paths).toEqual(expect.arrayContaining(['/index.html', '/mark.svg', '/manifest.webmanifest']))
    expect(paths.filter(path => path.endsWith('.css')).length).toBeGreaterThan(3)
  })

  it('FLD5 the chunk of every page of the phone, and neither desk, map nor charts', () => {
    const kept = shell.files.map(([path]) => path)
    const named = (name: string) => kept.some(path => path.startsWith(`/assets/${name}-`))
    const phonePages = allPages.filter(page => page.shell === 'phone')
    for (const name of ['TodayPage', 'ScanPage', 'MePage', 'TasksPage', 'HandoverPage', 'PinPage'])
      expect(named(name), name).toBe(true)
    expect(phonePages.length).toBeGreaterThan(5)
    for (const name of ['desk-frame', 'ui', 'MapView', 'TrendChart', 'RosterPage', 'maplibre-gl-worker'])
      expect(named(name), name).toBe(false)
    const bytes = kept.reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0)
    console.log(`${kept.length} files, ${Math.round(bytes / 1000)} kB`)
  })

  it('FLD6 the app can be put on the home screen: a manifest whose icons are as large as it says', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.webmanifest'), 'utf8'))
    expect(manifest).toMatchObject({
      name: '防线',
      start_url: '/today',
      display: 'standalone',
      lang: 'zh-CN',
    })
    for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
      expect(existsSync(join(folder, src)), src).toBe(true)
      if (!src.endsWith('.png')) continue
      const png = readFileSync(join(folder, src))
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes)
    }
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('rel="manifest"')
  })

  it('FLD11 every query whose answer is kept is one of the system', () => {
    // The kit's contract stands, whether or not the module that answers it is in use.
    const known = new Set([...queriesByName().keys(), kit.name])
    expect(fieldQueries.filter(name => !known.has(name))).toEqual([])
  })
})
