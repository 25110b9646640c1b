import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { holdPages, removeOldPages } from './web-folders.ts'

const made: string[] = []
afterAll(() => made.forEach(dist => rmSync(dist, { recursive: true, force: true })))

const now = Date.parse('2021-11-03T06:00:00Z')
const hour = 3_600_000

/** A dist in which pages were built so many hours before now; the first of the list is the oldest. */
function distOf(hoursAgo: readonly number[]): { dist: string; folders: string[] } {
  const dist = mkdtempSync(join(tmpdir(), 'fangxian-dist-'))
  made.push(dist)
  const folders = hoursAgo.map((hours, n) => {
    const folder = join(dist, `web-${n.toString(16).padStart(16, '0')}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'index.html'), `<title>${n}</title>`)
    const at = new Date(now - hours * hour)
    utimesSync(folder, at, at)
    return folder
  })
  return { dist, folders }
}
const there = (folders: readonly string[]) => folders.map(folder => existsSync(folder))

describe('folders of built pages', () => {
  it('STA12 pages that a running server shows stay, until it ends in whatever way', async () => {
    const { dist, folders } = distOf(Array.from({ length: 9 }, (_, n) => (9 - n) * 48))
    const module = JSON.stringify(new URL('web-folders.ts', import.meta.url).href)
    const code = `const { holdPages } = await import(${module})
      holdPages(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
    const args = ['--input-type=module', '-e', code, folders[0] ?? '']
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(server.stdout, 'data')
      removeOldPages(dist, now)
      expect(there(folders)).toEqual([true, false, false, false, true, true, true, true, true])
      expect(readFileSync(join(folders[0] ?? '', 'index.html'), 'utf8')).toContain('<title>0')
      expect(readdirSync(folders[0] ?? '')).toEqual(['index.html'])
    } finally {
      server.kill('SIGKILL')
      await once(server, 'exit')
    }
    removeOldPages(dist, now)
    expect(there(folders.slice(0, 5))).toEqual([false, false, false, false, true])
  })

  it('STA12 one that lets go, and a second that shows the same', () => {
    const { dist, folders } = distOf(Array.from({ length: 7 }, (_, n) => (9 - n) * 48))
    const [first, second] = [holdPages(folders[0] ?? ''), holdPages(folders[0] ?? '')]
    first.release()
    removeOldPages(dist, now)
    expect(there(folders.slice(0, 3))).toEqual([true, false, true])
    second.release()
    removeOldPages(dist, now)
    expect(there(folders.slice(0, 3))).toEqual([false, false, true])
  })

  it('STA13 without a word of a server, the last five stay, and for a day what was replaced', () => {
    const { dist, folders } = distOf([900, 800, 700, 23, 20, 6, 5, 4, 3, 2])
    mkdirSync(join(dist, 'notes'))
    removeOldPages(dist, now)
    // The third was built long ago, and shown until 23 hours ago.
    expect(there(folders)).toEqual([false, false, true, true, true, true, true, true, true, true])
    removeOldPages(dist, now + 20 * hour)
    expect(there(folders)).toEqual([false, false, false, false, false, true, true, true, true, true])
    expect(existsSync(join(dist, 'notes'))).toBe(true)
  })

  it('STA13 pages are held before they are built, also where there is no dist yet', () => {
    const { dist } = distOf([])
    const folder = join(dist, 'new', 'web-00000000000000ff')
    const held = holdPages(folder)
    expect(readdirSync(join(dist, 'new', 'served', 'web-00000000000000ff'))).toHaveLength(1)
    held.release()
    expect(existsSync(folder)).toBe(false)
  })
})
