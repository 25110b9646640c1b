import { describe, expect, it } from 'vitest'
import { ShellCache, type ShellFile } from './shell-cache.ts'

const origin = 'https://post.example'

/** A browser's caches, as far as the worker uses them. */
class Caches {
  readonly all = new Map<string, Map<string, Response>>()
  async open(name: string) {
    const cache = this.all.get(name) ?? new Map<string, Response>()
    this.all.set(name, cache)
    return {
      put: async (path: string, response: Response) => void cache.set(path, response),
      match: async (path: string) => cache.get(path)?.clone(),
    } as unknown as Cache
  }
  async match(path: string) {
    for (const cache of this.all.values()) if (cache.has(path)) return cache.get(path)?.clone()
    return undefined
  }
  delete = async (name: string) => this.all.delete(name)
  keys = async () => [...this.all.keys()]
}

const file = (path: string): ShellFile => [path, 'sha256-x']
const first = { version: '1', files: ['/index.html', '/assets/a-1.js', '/mark.svg'].map(file) }
const second = { version: '2', files: ['/index.html', '/assets/a-1.js', '/assets/b-2.js'].map(file) }

function phone(failing: string[] = []) {
  const caches = new Caches()
  const fetched: string[] = []
  const fetch = async (request: Request) => {
    const { pathname } = new URL(request.url)
    fetched.push(pathname)
    return new Response(pathname, { status: failing.includes(pathname) ? 503 : 200 })
  }
  const cacheOf = (shell: typeof first) => new ShellCache(shell, { caches, fetch, origin })
  return { caches, fetched, cacheOf, failing }
}
const get = (path: string, mode = 'no-cors') => ({
  method: 'GET',
  url: origin + path,
  mode: mode as RequestMode,
})

describe('the worker of the field app', () => {
  it('FLD2 a version is kept whole or not at all', async () => {
    const { caches, cacheOf, failing } = phone(['/mark.svg'])
    await expect(cacheOf(first).install()).rejects.toThrow('/mark.svg: 503')
    expect(await caches.keys()).toEqual([])
    failing.length = 0
    await cacheOf(first).install()
    expect([...(caches.all.get('fangxian-shell-1')?.keys() ?? [])]).toEqual(first.files.map(([path]) => path))
  })

  it('FLD4 a new version fetches what changed, and drops the old one and nobody else when it takes over', async () => {
    const { caches, fetched, cacheOf } = phone()
    await cacheOf(first).install()
    await caches.open('somebody-else')
    fetched.length = 0
    await cacheOf(second).install()
    expect(fetched.sort()).toEqual(['/assets/b-2.js', '/index.html'])
    expect((await caches.keys()).sort()).toEqual(['fangxian-shell-1', 'fangxian-shell-2', 'somebody-else'])
    await cacheOf(second).dropOthers()
    expect((await caches.keys()).sort()).toEqual(['fangxian-shell-2', 'somebody-else'])
  })

  it('FLD3 every address of the app opens from the phone, and the API never', async () => {
    const { fetched, cacheOf } = phone()
    const cache = cacheOf(first)
    await cache.install()
    fetched.length = 0
    const text = async (path: string, mode?: string) =>
      (await cache.answer(get(path, mode) as Request))?.text()
    expect(await text('/today?leave=1', 'navigate')).toBe('/index.html')
    expect(await text('/', 'navigate')).toBe('/index.html')
    expect(await text('/assets/a-1.js')).toBe('/assets/a-1.js')
    expect(fetched).toEqual([])
    const left = [
      get('/api/session'),
      get('/api/files/roster.print', 'navigate'),
      get('/assets/desk-9.js'),
      { ...get('/today', 'navigate'), method: 'POST' },
      { ...get('/x'), url: 'https://tiles.example/x' },
    ]
    for (const request of left) expect(cache.answer(request), request.url).toBe(undefined)
  })
})
