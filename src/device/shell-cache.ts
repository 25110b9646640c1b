// The pages of the phone, kept whole on the device: one cache for each version, filled entirely or not at all.

/** An address of this site and the `sha256-…` of what must stand there. */
export type ShellFile = readonly [path: string, integrity: string]

export interface Shell {
  /** Of the content: the same files have the same version. */
  version: string
  files: readonly ShellFile[]
}

/** What a worker of the browser gives; a test brings its own. */
export interface ShellParts {
  caches: Pick<CacheStorage, 'open' | 'delete' | 'keys' | 'match'>
  fetch: (request: Request) => Promise<Response>
  /** `https://post.example`, without a path. */
  origin: string
}

const prefix = 'fangxian-shell-'
/** The page that every address of the app begins with. */
const page = '/index.html'

export class ShellCache {
  private readonly shell: Shell
  private readonly parts: ShellParts
  constructor(shell: Shell, parts: ShellParts) {
    this.shell = shell
    this.parts = parts
  }

  private get name(): string {
    return prefix + this.shell.version
  }

  /**
   * Fetches everything, or leaves nothing behind and throws: half a version would open a page whose parts are missing.
   * What an older version keeps under the same hashed name is taken from there.
   */
  async install(): Promise<void> {
    const { caches } = this.parts
    // One that was cut off lies there under the same name.
    await caches.delete(this.name)
    const found = await Promise.all(
      this.shell.files.map(async file => [file[0], await this.bring(file)] as const),
    )
    const cache = await caches.open(this.name)
    try {
      for (const [path, response] of found) await cache.put(path, response)
    } catch (error) {
      await caches.delete(this.name)
      throw error
    }
  }

  private async bring([path, integrity]: ShellFile): Promise<Response> {
    const hashed = path.startsWith('/assets/')
    const kept = hashed ? await this.parts.caches.match(path) : undefined
    if (kept) return kept
    // The browser compares the content: a server that changed its version meanwhile gives no mixture of two.
    const request = new Request(this.parts.origin + path, {
      integrity,
      cache: hashed ? 'default' : 'no-cache',
      credentials: 'same-origin',
    })
    const response = await this.parts.fetch(request)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response
  }

  /** Takes away what older versions kept. Caches of others are left alone. */
  async dropOthers(): Promise<void> {
    const names = await this.parts.caches.keys()
    const old = names.filter(name => name.startsWith(prefix) && name !== this.name)
    await Promise.all(old.map(name => this.parts.caches.delete(name)))
  }

  /** What the cache answers; undefined: the network does, as if there were no worker. */
  answer(request: Pick<Request, 'method' | 'url' | 'mode'>): Promise<Response> | undefined {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.origin !== this.parts.origin) return undefined
    // What the server says of people and posts is never kept here, whatever else is listed.
    if (url.pathname.startsWith('/api/')) return undefined
    if (request.mode === 'navigate') return this.keptOr(pageOf(url.pathname), request as Request)
    if (!this.shell.files.some(([path]) => path === url.pathname)) return undefined
    return this.keptOr(url.pathname, request as Request)
  }

  private async keptOr(path: string | undefined, request: Request): Promise<Response> {
    const cache = path === undefined ? undefined : await this.parts.caches.open(this.name)
    return (path && (await cache?.match(path))) || this.parts.fetch(request)
  }
}

/** A file that is opened by its name, such as the mark, is not the page. */
const pageOf = (path: string) => (/\.[a-z0-9]+$/i.test(path) && path !== page ? undefined : page)
