// The rules that hold for what modules declare: loaded, not read, so that a computed text is judged too.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Finding, repository } from './tidy-tree.ts'
import { han, whyNotTexts } from './tidy-words.ts'

interface Titled {
  title?: unknown
  name?: string
  key?: string
}
interface Declared {
  name: string
  title: unknown
  commands: { contract: Titled }[]
  queries: { contract: Titled }[]
  measures?: Titled[]
  watches?: Titled[]
  files?: Titled[]
  uploads?: Titled[]
  tasks?: Titled[]
  problems: object[]
}

export async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(repository, path)).href)) as Record<string, unknown>
}

/** A title in both languages: Chinese characters in zh, none in en, neither empty. */
function whyNotBoth(value: unknown): string | undefined {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown }
  // A text that another room has in both languages already is handed on whole.
  if (zh === '{zh}' && en === '{en}') return undefined
  if (typeof zh !== 'string' || typeof en !== 'string') return 'lacks a language'
  if (zh.trim() === '' || en.trim() === '') return 'is empty in a language'
  if (!han.test(zh)) return `has no Chinese characters in zh: ${zh}`
  return whyNotTexts(zh, en)
}

const isModule = (value: unknown): value is Declared =>
  value !== null &&
  typeof value === 'object' &&
  'commands' in value &&
  'queries' in value &&
  'problems' in value

/** The module that a folder declares in its index, if it has one yet. */
export async function declaredModule(name: string): Promise<Declared | undefined> {
  const path = `src/modules/${name}/index.ts`
  if (!existsSync(join(repository, path))) return undefined
  return Object.values(await load(path)).find(isModule)
}

const kebab = /^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/

/** Titles of everything declared, and that names begin with the module's. */
export function titleFaults(module: Declared): Finding {
  const faults: string[] = []
  const all: [string, Titled][] = [[`module ${module.name}`, module]]
  for (const { contract } of [...module.commands, ...module.queries])
    all.push([contract.name ?? '?', contract])
  for (const list of ['measures', 'watches', 'files', 'uploads', 'tasks'] as const) {
    for (const one of module[list] ?? []) all.push([`${list} ${one.key ?? one.name}`, one])
  }
  for (const [what, one] of all) {
    const why = whyNotBoth(one.title)
    if (why) faults.push(`${what} ${why}`)
  }
  for (const { contract } of [...module.commands, ...module.queries]) {
    if (!new RegExp(`^${module.name}\\.[a-z][A-Za-z]*$`).test(contract.name ?? ''))
      faults.push(`${contract.name} is not ${module.name}.verbNoun`)
  }
  return { looked: all.length, faults }
}

interface Entry {
  status: number
  zh: string
  en: string
  doZh: string
  doEn: string
}

/** The parameters that a text names; those that bring a text of their own language count as one. */
const params = (text: string) =>
  [...text.matchAll(/\{(\w+)[^{}]*\}/g)].map(match => match[1]?.replace(/(Zh|En)$/, '')).sort()

/** Problems: code, status, both languages, and what to do; both languages name the same parameters. */
export function problemFaults(entries: Readonly<Record<string, Entry>>): Finding {
  const faults: string[] = []
  for (const [code, entry] of Object.entries(entries)) {
    if (!kebab.test(code)) faults.push(`${code} is not module/kebab-case`)
    if (!(entry.status >= 400 && entry.status < 600)) faults.push(`${code} has status ${entry.status}`)
    const texts = whyNotBoth(entry)
    if (texts) faults.push(`${code} ${texts}`)
    const todo = whyNotBoth({ zh: entry.doZh, en: entry.doEn })
    if (todo) faults.push(`${code}: what to do ${todo}`)
    if (entry.zh !== '{zh}' && params(entry.zh).join() !== params(entry.en).join())
      faults.push(`${code} names other parameters in zh and en`)
  }
  return { looked: Object.keys(entries).length, faults }
}

/** Every exported list of words: each has both languages. A word may be the same in both, such as “Excel”. */
export function wordFaults(path: string, exports: Record<string, unknown>): Finding {
  const faults: string[] = []
  let looked = 0
  for (const [list, words] of Object.entries(exports)) {
    if (words === null || typeof words !== 'object') continue
    for (const [key, word] of Object.entries(words)) {
      const { zh, en } = (word ?? {}) as { zh?: unknown; en?: unknown }
      if (zh === undefined && en === undefined) continue
      looked += 1
      if (typeof zh !== 'string' || typeof en !== 'string')
        faults.push(`${path} ${list}.${key} lacks a language`)
      else {
        const why = whyNotTexts(zh, en, key)
        if (why) faults.push(`${path} ${list}.${key}: ${why}`)
        // English may do without one (“Open the zone”); one that Chinese has not would stay unfilled.
        const strange = params(en).filter(one => !params(zh).includes(one))
        if (strange.length > 0) faults.push(`${path} ${list}.${key} names ${strange.join()} in English only`)
      }
    }
  }
  return { looked, faults }
}
