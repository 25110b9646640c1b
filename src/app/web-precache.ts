// Which files of the bundle a phone keeps: the shell, the pages of the phone with whatever they load, and the marks.
// Worked out from the bundle itself, so that a new page of the phone is on the list without anybody thinking of it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

export const workerName = 'service-worker'
const placeholder = '__FANGXIAN_SHELL__'
/** What no phone loads: a chunk that has any of it is kept by none. */
const deskOnly = /\/node_modules\/(antd|@rc-component|maplibre-gl|echarts|zrender|pmtiles)\//

type Chunk = Rolldown.OutputChunk & {
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}
type Bundle = Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>

/** Writes the list into the worker. `root` is that of the repository. */
export function precache(root: string): Plugin {
  return {
    name: 'fangxian-precache',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const all = bundle as unknown as Bundle
        const worker = Object.values(all).find(one => one.type === 'chunk' && one.name === workerName)
        if (worker?.type !== 'chunk') return this.error('the worker of the field app is not in the bundle')
        if (worker.imports.length > 0)
          return this.error(`the worker shares ${worker.imports.join()} with the pages: it must stand alone`)
        const declared = [...this.getModuleIds()]
          .filter(id => /\/modules\/[^/]+\/pages\/index\.ts$/.test(id))
          .flatMap(id => pagesOf(id, this.parse(this.getModuleInfo(id)?.code ?? '')))
        const shell = shellOf(all, new Map(declared), join(root, 'web/public'))
        worker.code = worker.code.replace(placeholder, () => JSON.stringify(shell))
      },
    },
  }
}

interface Node {
  type: string
  [key: string]: unknown
}

/** The files of the pages that a module declares, each with the shell that it asks for. */
function pagesOf(id: string, program: unknown): [path: string, shell: string][] {
  // What pages have in common may stand in a constant above them, spread into each.
  const shared = new Map(
    [...nodes(program as Node, 'VariableDeclarator')].flatMap(({ id: name, init }) => {
      const object = init as Node | null
      return object?.type === 'ObjectExpression' ? [[(name as { name?: string }).name, object]] : []
    }),
  )
  return [...nodes(program as Node, 'ObjectExpression')].flatMap(object => {
    const page = propertiesOf(object)
    if (!page.has('load')) return []
    const [load] = nodes(page.get('load'), 'ImportExpression')
    const path = valueOf(load?.source)
    const spread = (object.properties as Node[]).flatMap(({ argument }) => {
      const found = shared.get((argument as { name?: string } | undefined)?.name)
      return found ? [propertiesOf(found).get('shell')] : []
    })
    const shell = [page.get('shell'), ...spread].map(valueOf).find(one => one !== undefined)
    if (path === undefined || shell === undefined) throw new Error(`${id}: a page that cannot be read here`)
    return [[resolve(dirname(id), path), shell] as [string, string]]
  })
}

const valueOf = (node: unknown): string | undefined => {
  const { value } = (node ?? {}) as { value?: unknown }
  return typeof value === 'string' ? value : undefined
}

function propertiesOf(object: Node): Map<string, Node> {
  const properties = (object.properties as Node[]).filter(one => one.type === 'Property')
  return new Map(
    properties.map(({ key, value }) => {
      const { name, value: text } = key as { name?: string; value?: string }
      return [name ?? text ?? '', value as Node]
    }),
  )
}

function* nodes(node: Node | undefined, type: string): Generator<Node> {
  if (!node || typeof node !== 'object') return
  if (node.type === type) yield node
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one && typeof one === 'object') yield* nodes(one as Node, type)
  }
}

interface Shell {
  version: string
  files: [path: string, integrity: string][]
}

/** Everything that the shell and these pages need, with the hash of each file. */
function shellOf(bundle: Bundle, pages: ReadonlyMap<string, string>, publicFolder: string): Shell {
  const names = namesOf(bundle, pages)
  const contents = new Map<string, string | Uint8Array>()
  for (const name of names) {
    const file = bundle[name]
    if (!file) throw new Error(`${name} is named by the pages of the phone and is not in the bundle`)
    contents.set(`/${name}`, file.type === 'chunk' ? file.code : file.source)
  }
  for (const name of readdirSync(publicFolder)) {
    // Workers are fetched by the browser itself.
    if (/\.(svg|png|webmanifest)$/.test(name))
      contents.set(`/${name}`, readFileSync(join(publicFolder, name)))
  }
  const files = [...contents]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]): [string, string] => [
      path,
      `sha256-${createHash('sha256').update(content).digest('base64')}`,
    ])
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16)
  return { version, files }
}

function namesOf(bundle: Bundle, pages: ReadonlyMap<string, string>): Set<string> {
  const found = new Set(['index.html'])
  const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === 'chunk')
  const named = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
  /** What stands in a chunk; one that only names what stands in another has a face and nothing behind it. */
  const of = (chunk: Chunk) => [chunk.facadeModuleId ?? '', ...chunk.moduleIds]
  const isDesk = (chunk: Chunk) => chunk.moduleIds.some(id => deskOnly.test(id))
  const add = (name: string, by = 'index.html'): void => {
    const chunk = named.get(name)
    if (!chunk || found.has(name)) return
    if (isDesk(chunk)) throw new Error(`${by}, kept by phones, loads ${name}, which is of the desk`)
    found.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset)
    for (const next of chunk.imports) add(next, name)
    for (const later of chunk.dynamicImports) {
      const next = named.get(later)
      // Pages and the frame of the desk, and what is heavy and loaded on demand, come by the network.
      if (!next || isDesk(next) || of(next).some(id => id.endsWith('/desk-frame.tsx'))) continue
      const shells = of(next).flatMap(id => pages.get(id) ?? [])
      if (shells.length === 0 || shells.includes('phone')) add(later, name)
    }
  }
  for (const chunk of chunks) if (chunk.isEntry && chunk.name !== workerName) add(chunk.fileName)
  for (const [page, shell] of pages) {
    const chunk = chunks.find(one => of(one).includes(page))
    if (shell === 'phone' && !(chunk && found.has(chunk.fileName)))
      throw new Error(`${page} is not reached from the shell`)
  }
  return found
}
