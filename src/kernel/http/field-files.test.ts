import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { httpWorld } from './http-world.ts'

const webFolder = mkdtempSync(join(tmpdir(), 'fangxian-field-'))
afterAll(() => rmSync(webFolder, { recursive: true, force: true }))
mkdirSync(join(webFolder, 'assets'))
for (const name of ['index.html', 'service-worker.js', 'manifest.webmanifest', 'assets/a-1.js'])
  writeFileSync(join(webFolder, name), '{}')
const w = await httpWorld([access, books([access])], { webFolder })

describe('files of the field app', () => {
  it('FLD7 what must be the newest is asked for anew, what has a hash in its name is kept, under one policy', async () => {
    const expected = [
      ['/today', 'no-cache', 'text/html'],
      ['/service-worker.js', 'no-cache', 'application/javascript'],
      ['/manifest.webmanifest', 'no-cache', 'application/manifest+json'],
      ['/assets/a-1.js', 'public, max-age=31536000, immutable', 'application/javascript'],
    ] as const
    for (const [path, cache, type] of expected) {
      const { status, headers } = await w.nobody().get(path)
      expect([status, headers.get('cache-control')], path).toEqual([200, cache])
      expect(headers.get('content-type'), path).toContain(type)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("default-src 'self'")
      expect(policy, path).toContain("worker-src 'self'")
      expect(policy, path).not.toContain('unsafe')
    }
    expect((await w.nobody().get('/service-worker-9.js')).status).toBe(404)
  })
})
