// What the house rules look at: the source files, parsed once by the parser that Vite brings along.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

export const repository = fileURLToPath(new URL('../', import.meta.url))

export interface SourceFile {
  /** From the repository's root, with slashes: `src/kernel/kernel.ts`. */
  path: string
  text: string
}

export interface SyntaxNode {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface Import {
  /** As written: `../access/index.ts`, `zod`. */
  target: string
  /** `import type`, or every name in it is a type: gone when the code runs. */
  typeOnly: boolean
  start: number
}

export interface Parsed {
  program: SyntaxNode
  comments: readonly { value: string; start: number; end: number }[]
  imports: readonly Import[]
}

/** What a rule found, and how much it looked at. A rule that looked at nothing has proved nothing. */
export interface Finding {
  looked: number
  faults: string[]
}

const skipped = new Set(['node_modules', 'dist', '.git', '.data', 'tmp'])

/** Every file below a folder of the repository, sorted. */
export function filesBelow(folder: string): string[] {
  const found: string[] = []
  const visit = (at: string) => {
    for (const entry of readdirSync(join(repository, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(path)
      } else if (entry.isFile()) found.push(path)
    }
  }
  visit(folder)
  return found.sort()
}

export const codeFolders = ['src', 'scenarios', 'bench', 'test'] as const

/** The TypeScript of the repository. */
export function sources(): SourceFile[] {
  const entries = readdirSync(repository, { withFileTypes: true })
  const present = codeFolders.filter(folder => entries.some(one => one.isDirectory() && one.name === folder))
  return present
    .flatMap(folder => filesBelow(folder))
    .filter(path => /\.(ts|tsx|mts|js|mjs)$/.test(path))
    .map(path => ({ path, text: readFileSync(join(repository, path), 'utf8') }))
}

export const isGenerated = (file: SourceFile) => file.text.startsWith('// Generated from the migrations')
export const isTest = (file: SourceFile) => /\.test\.tsx?$/.test(file.path)
export const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const parsedFiles = new WeakMap<SourceFile, Parsed>()

export function parsed(file: SourceFile): Parsed {
  let found = parsedFiles.get(file)
  if (!found) {
    const result = parseSync(file.path, file.text)
    const fault = result.errors[0]
    if (fault) throw new Error(`${file.path} cannot be parsed: ${fault.message}`)
    found = {
      program: result.program as unknown as SyntaxNode,
      comments: result.comments,
      imports: importsOf(file, result.module as unknown as ModuleRecord),
    }
    parsedFiles.set(file, found)
  }
  return found
}

interface ModuleRecord {
  staticImports: {
    start: number
    end: number
    moduleRequest: { value: string }
    entries: { isType: boolean }[]
  }[]
  staticExports: { entries: { moduleRequest: { value: string } | null; isType: boolean; start: number }[] }[]
  dynamicImports: { start: number; moduleRequest: { start: number; end: number } }[]
}

function importsOf(file: SourceFile, record: ModuleRecord): Import[] {
  const found: Import[] = []
  for (const { start, end, moduleRequest, entries } of record.staticImports) {
    const declaredType = /^import\s+type\b/.test(file.text.slice(start, end))
    const typeOnly = declaredType || (entries.length > 0 && entries.every(entry => entry.isType))
    found.push({ target: moduleRequest.value, typeOnly, start })
  }
  for (const { entries } of record.staticExports) {
    for (const { moduleRequest, isType, start } of entries) {
      if (moduleRequest) found.push({ target: moduleRequest.value, typeOnly: isType, start })
    }
  }
  for (const { start, moduleRequest } of record.dynamicImports) {
    const written = file.text.slice(moduleRequest.start, moduleRequest.end)
    // A computed import cannot be read here; only the registry of pages needs one, through Vite's glob.
    const literal = /^['"`]([^'"`$]*)['"`]$/.exec(written)
    found.push({ target: literal?.[1] ?? `computed:${written}`, typeOnly: false, start })
  }
  return found
}

export type Visit = (node: SyntaxNode, parents: readonly SyntaxNode[]) => void

/** Every node in the order of the text, with its parents, nearest last. */
export function walk(node: SyntaxNode, visit: Visit, parents: SyntaxNode[] = []): void {
  visit(node, parents)
  parents.push(node)
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) walk(one, visit, parents)
    } else if (isNode(value)) walk(value, visit, parents)
  }
  parents.pop()
}

function isNode(value: unknown): value is SyntaxNode {
  return value !== null && typeof value === 'object' && typeof (value as SyntaxNode).type === 'string'
}

export function lineOf(file: SourceFile, at: number): number {
  let line = 1
  for (
    let index = file.text.indexOf('\n');
    index !== -1 && index < at;
    index = file.text.indexOf('\n', index + 1)
  )
    line += 1
  return line
}

export const at = (file: SourceFile, position: number) => `${file.path}:${lineOf(file, position)}`
