import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { makeMissingLinks, shippedBinaries, usableBinaries } from './launcher-binaries.ts'
import { claim, liveClaims } from './launcher-processes.ts'

const root = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const folders: string[] = []

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'fx-'))
  folders.push(made)
  return made
}

afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

test('claims of dead processes count for nothing', async () => {
  const dir = folder()
  const dead = spawn('true')
  await once(dead, 'exit')
  for (const name of [`${dead.pid}_x_1`, `${process.pid}_another-start_2`]) writeFileSync(join(dir, name), '')
  const mine = claim(dir)
  expect(liveClaims(dir)).toEqual([mine.name])
  mine.release()
})

test('a lock is held by one process at a time', async () => {
  const dir = folder()
  // Whoever finds the marker of another inside the lock fails.
  const script = `const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, 'launcher-processes.ts'))})
    const { writeFileSync, rmSync } = await import('node:fs')
    const marker = ${JSON.stringify(join(dir, 'marker'))}
    const until = Date.now() + 1500
    let turns = 0
    for (; Date.now() < until; turns++) {
      const lock = await takeLock(${JSON.stringify(join(dir, 'locks'))}, () => {})
      writeFileSync(marker, '', { flag: 'wx' })
      rmSync(marker)
      lock.release()
    }
    console.log(turns)`
  const turns = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script])
      const output = Promise.all([text(child.stdout), text(child.stderr)])
      expect(await once(child, 'exit'), (await output)[1]).toEqual([0, null])
      return Number((await output)[0])
    }),
  )
  for (const count of turns) expect(count).toBeGreaterThan(0)
}, 20_000)

test('missing links of the npm package are made, in a copy where the package cannot be written', async () => {
  const top = folder()
  chmodSync(top, 0o755)
  const native = join(top, 'native')
  cpSync(shippedBinaries(), native, { recursive: true, verbatimSymlinks: true })
  cpSync(join(shippedBinaries(), '..', 'package.json'), join(top, 'package.json'))
  const links = readdirSync(join(native, 'lib'), { withFileTypes: true }).filter(file =>
    file.isSymbolicLink(),
  )
  const removeLinks = () => {
    for (const link of links) rmSync(join(native, 'lib', link.name))
  }
  if (existsSync(join(native, 'pg-symlinks.json'))) expect(links.length).toBeGreaterThan(0)
  removeLinks()
  expect(makeMissingLinks(native)).toBe(true)
  for (const link of links) expect(existsSync(join(native, 'lib', link.name))).toBe(true)
  const said: string[] = []
  // Closed to the server's user (root's case) or to writing (an ordinary user's): both end in a copy.
  if (!root) removeLinks()
  chmodSync(join(native, 'lib'), root ? 0o700 : 0o555)
  if (root) chmodSync(native, 0o700)
  const place = join(top, 'place')
  mkdirSync(place, { mode: 0o755 })
  const found = await usableBinaries(native, place, root ? nobody : undefined, line => said.push(line))
  expect(found).toMatchObject({ major: 18, postgres: expect.stringContaining(join(place, 'binaries-')) })
  expect(said.join()).toContain('copying')
  expect(await usableBinaries(native, place, root ? nobody : undefined, () => {})).toEqual(found)
  chmodSync(join(native, 'lib'), 0o755)
})
