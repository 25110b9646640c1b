// The house rules that one file can break by itself: size, names, marks, types, silence.
import {
  at,
  baseName,
  type Finding,
  isGenerated,
  isTest,
  lineOf,
  parsed,
  type SourceFile,
} from './tidy-tree.ts'
import { type SyntaxNode, walk } from './tidy-tree.ts'

export const linesMost = 400
export const functionLinesMost = 70

/** Larger on purpose. Each with its reason; a file that has shrunk must leave the list. */
export const largeFiles: Readonly<Record<string, string>> = {}
export const largeFunctions: Readonly<Record<string, string>> = {}

export function fileSizeFaults(files: readonly SourceFile[]): Finding {
  const mine = files.filter(file => !isGenerated(file))
  const faults: string[] = []
  for (const file of mine) {
    const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0)
    if (lines > linesMost && !(file.path in largeFiles)) faults.push(`${file.path} has ${lines} lines`)
    if (lines <= linesMost && file.path in largeFiles) faults.push(`${file.path} is no exception any more`)
  }
  return { looked: mine.length, faults }
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

function calledName(node: SyntaxNode | undefined): string {
  if (node?.type !== 'CallExpression') return ''
  const callee = node.callee as SyntaxNode & { name?: string; object?: { name?: string } }
  return callee.name ?? callee.object?.name ?? ''
}

function functionName(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  const named = (one: unknown) => (one as { name?: string } | null | undefined)?.name
  return named(node.id) ?? named(parent?.id) ?? named(parent?.key) ?? 'a function'
}

export function functionSizeFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files.filter(one => !isGenerated(one))) {
    walk(parsed(file).program, (node, parents) => {
      if (!functionTypes.has(node.type)) return
      looked += 1
      const parent = parents.at(-1)
      // A describe block is a list of tests, not a function that somebody has to hold in the head.
      if (isTest(file) && calledName(parent) === 'describe') return
      const lines = lineOf(file, node.end) - lineOf(file, node.start) + 1
      const name = `${file.path} ${functionName(node, parent)}`
      if (lines > functionLinesMost && !(name in largeFunctions)) faults.push(`${name} has ${lines} lines`)
    })
  }
  return { looked, faults }
}

const badNames = /(^|[-.])(utils?|helpers?|common|managers?|services?|misc)([-.]|$)/i

/** Files kebab-case; components (.tsx) PascalCase or kebab-case; none of the names that say nothing. */
export function nameFaults(paths: readonly string[]): Finding {
  const faults: string[] = []
  for (const path of paths) {
    const name = baseName(path)
    const parts = path.split('/')
    const stem = name.slice(0, name.indexOf('.') === -1 ? undefined : name.indexOf('.'))
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)
    const pascal = /^([A-Z][a-z0-9]*)+$/.test(stem)
    if (/\.(ts|tsx|mts|js|mjs|css)$/.test(name) && !kebab && !(pascal && name.endsWith('.tsx')))
      faults.push(`${path} is not kebab-case`)
    // A service worker is what browsers call it.
    if (parts.some(part => badNames.test(part)) && stem !== 'service-worker')
      faults.push(`${path} says nothing`)
  }
  return { looked: paths.length, faults }
}

const marks: readonly [RegExp, string][] = [
  [/@ts-(ignore|nocheck|expect-error)/, 'silences the compiler'],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'is unfinished'],
  [/\bissue\s*#|\bissue \d/i, 'talks of the tracker'],
]

export function commentFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files) {
    for (const comment of parsed(file).comments) {
      looked += 1
      for (const [pattern, why] of marks) {
        if (pattern.test(comment.value))
          faults.push(`${at(file, comment.start)} ${why}: ${comment.value.trim()}`)
      }
    }
  }
  return { looked, faults }
}

/** Files in which `any` is the truth, each with its reason. */
export const anyAllowed: Readonly<Record<string, string>> = {
  'src/kernel/http/http-world.ts': 'a test looks into whatever came back',
  'src/kernel/db/connection.ts': 'AnyTables: the kernel compiles for every module and knows no table',
}

export function anyFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  for (const file of files) {
    if (file.path in anyAllowed) continue
    walk(parsed(file).program, node => {
      if (node.type === 'TSAnyKeyword') faults.push(`${at(file, node.start)} says any`)
    })
  }
  return { looked: files.length, faults }
}

/** A catch must do something, or say in a sentence why nothing is to be done. */
export function catchFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files) {
    const { program, comments } = parsed(file)
    walk(program, node => {
      if (node.type !== 'CatchClause') return
      looked += 1
      const body = node.body as SyntaxNode & { body: unknown[] }
      const said = comments.some(
        one => one.start > body.start && one.end < body.end && one.value.trim().length > 15,
      )
      if (body.body.length === 0 && !said) faults.push(`${at(file, node.start)} swallows an error`)
    })
  }
  return { looked, faults }
}

const testNames = new Set(['it', 'test', 'describe', 'suite'])
const switchedOff = new Set(['only', 'skip', 'todo', 'fails', 'skipIf', 'runIf'])

/** Tests that some machines cannot run, each with its reason. */
export const conditionalTests: Readonly<Record<string, string>> = {
  'src/sheets/read.test.ts': 'reads files that are not part of the repository, and says which are absent',
  'src/kernel/db/launcher.test.ts': 'only root can start the server as another user',
}

/** Nothing skipped, nothing run alone. */
export function testMarkFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files.filter(isTest)) {
    walk(parsed(file).program, node => {
      const { name } = node as { name?: string }
      if (node.type === 'Identifier' && name && /^(x|f)(it|test|describe)$/.test(name))
        faults.push(`${at(file, node.start)} ${name}`)
      if (node.type !== 'CallExpression') return
      if (testNames.has(calledName(node))) looked += 1
      const callee = node.callee as { type: string; object?: { name?: string }; property?: { name?: string } }
      const { object, property } = callee
      if (property?.name === 'runIf' && file.path in conditionalTests) return
      if (
        callee.type === 'MemberExpression' &&
        testNames.has(object?.name ?? '') &&
        switchedOff.has(property?.name ?? '')
      )
        faults.push(`${at(file, node.start)} ${object?.name}.${property?.name}`)
    })
  }
  return { looked, faults }
}

const machinePath = /(?<![\w.])\/(work|root|home)\/[\w.]/
/** Where such a path is the subject itself. */
export const machinePathsAllowed: Readonly<Record<string, string>> = {}

export function machinePathFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  for (const file of files) {
    if (file.path in machinePathsAllowed) continue
    file.text.split('\n').forEach((line, index) => {
      if (machinePath.test(line)) faults.push(`${file.path}:${index + 1} names a folder of one machine`)
    })
  }
  return { looked: files.length, faults }
}

const clocks: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  performance: ['now'],
  Math: ['random'],
  crypto: ['randomUUID', 'getRandomValues'],
}
const randomImports = new Set(['randomUUID', 'randomBytes', 'randomInt', 'uuidv7'])
const sqlClocks =
  /\b(now\(\)|current_(timestamp|date|time)\b|localtime(stamp)?\b|clock_timestamp|statement_timestamp|gen_random_uuid|uuidv7\(|random\(\))/i

/** Where a clock may be read in a core: the engine stops when its time is up, and says so in its answer. */
export const clockAllowed: Readonly<Record<string, string>> = {}

const isHandlerOrCore = (path: string) =>
  /^src\/modules\/[^/]+\/(commands[^/]*|commands\/.*)\.ts$/.test(path) || path.startsWith('src/cores/')

/** Handlers and cores take time from their input and use no randomness without a seed. */
export function clockFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  const mine = files.filter(
    file => isHandlerOrCore(file.path) && !isTest(file) && !(file.path in clockAllowed),
  )
  for (const file of mine) {
    walk(parsed(file).program, node => {
      const why = clockIn(node)
      if (why) faults.push(`${at(file, node.start)} ${why}`)
    })
  }
  return { looked: mine.length, faults }
}

function clockIn(node: SyntaxNode): string | undefined {
  const named = node as { name?: string; object?: { name?: string }; property?: { name?: string } }
  if (node.type === 'MemberExpression') {
    const object = named.object?.name ?? ''
    const property = named.property?.name ?? ''
    if (clocks[object]?.includes(property)) return `reads ${object}.${property}`
  }
  if (node.type === 'NewExpression') {
    const { callee, arguments: given } = node as unknown as {
      callee: { name?: string }
      arguments: unknown[]
    }
    if (callee.name === 'Date' && given.length === 0) return 'reads the clock by new Date()'
  }
  if (node.type === 'ImportSpecifier') {
    const imported = (node.imported as { name?: string }).name ?? ''
    if (randomImports.has(imported)) return `takes ${imported}`
  }
  if (node.type === 'TemplateElement') {
    const raw = (node.value as { raw: string }).raw
    const found = sqlClocks.exec(raw)
    if (found) return `lets the database say ${found[0]}`
  }
  return undefined
}

const ruleId = /^([A-Z]{3}\d+)\b/

/** The rules that tests are named after, and the rules of the specs: the same. */
export function ruleFaults(files: readonly SourceFile[], specs: readonly SourceFile[]): Finding {
  const tested = new Set<string>()
  for (const file of files.filter(isTest)) {
    walk(parsed(file).program, node => {
      // `it('SUP3 …')`, and `it.each(…)('SUP3 …')`, whose rows may bring the name.
      const texts = node.type === 'Literal' ? [node.value] : []
      if (node.type === 'TemplateElement') texts.push((node.value as { raw: string }).raw)
      for (const text of texts) {
        const found = typeof text === 'string' ? ruleId.exec(text) : null
        if (found?.[1] && String(text).includes(' ')) tested.add(found[1])
      }
    })
  }
  const written = new Set<string>()
  for (const { text } of specs) {
    // `HTT20–24` stands for those of its numbers that have a test; its ends must have one.
    for (const match of text.matchAll(/^\s*(?:[-*|]\s*)?(?:\*\*|`)?([A-Z]{3})(\d+)(?:–(\d+))?\b/gm)) {
      const [, family = '', first = '', last = first] = match
      for (let number = Number(first); number <= Number(last); number += 1) {
        const id = `${family}${number}`
        if (tested.has(id) || number === Number(first) || number === Number(last)) written.add(id)
      }
    }
  }
  const missing = [...tested].filter(one => !written.has(one)).sort()
  const untested = [...written].filter(one => !tested.has(one)).sort()
  return {
    looked: tested.size + written.size,
    faults: [...missing.map(one => `${one} is in no spec`), ...untested.map(one => `${one} has no test`)],
  }
}
