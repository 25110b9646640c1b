// Nothing on a screen stands in one language only.
import { at, type Finding, isTest, parsed, type SourceFile, type SyntaxNode, walk } from './tidy-tree.ts'

export const han = /\p{Script=Han}/u
const letter = /\p{L}/u

/** Attributes of components whose text a person reads. */
const shownAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'description',
  'message',
  'tooltip',
  'content',
  'okText',
  'cancelText',
  'extra',
  'help',
  'aria-label',
  'aria-description',
  'emptyText',
  'suffix',
  'prefix',
  'heading',
])
const isScreen = (path: string) =>
  path.endsWith('.tsx') &&
  (/^src\/(ui|app|device)\//.test(path) || /^src\/modules\/[^/]+\/pages\//.test(path))

/** Texts that are the same in every language: units, formats, keys, and the languages' own names. */
export const sameInBoth = new Set([
  ...['°C', 'km', 'm', 'Excel', 'CSV', 'GeoJSON', 'PDF', 'Word', 'WGS-84', 'GCJ-02'],
  ...['Esc', 'Ctrl K', 'Enter'],
  ...['中', '文', '中文', 'English', 'EN'],
])

/** The look of a number, such as `KK-001`. */
const isCode = (text: string) => /^[A-Z]{1,4}-?\d+$/.test(text)
const reads = (text: string) => letter.test(text) && !sameInBoth.has(text.trim()) && !isCode(text.trim())

function literalOf(node: SyntaxNode | null | undefined): string | undefined {
  if (!node) return undefined
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'JSXExpressionContainer') return literalOf(node.expression as SyntaxNode)
  if (node.type !== 'TemplateLiteral') return undefined
  // What is filled in stands as a parameter.
  return (node.quasis as { value: { raw: string } }[]).map(one => one.value.raw).join('{}')
}

/** Text in JSX that does not come from the words of the page. */
export function jsxTextFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files.filter(one => isScreen(one.path) && !isTest(one))) {
    const fault = (node: SyntaxNode, text: string) =>
      faults.push(`${at(file, node.start)} shows “${text.trim().slice(0, 40)}”`)
    walk(parsed(file).program, (node, parents) => {
      if (node.type === 'JSXElement') looked += 1
      if (node.type === 'JSXText' && reads(String(node.value))) fault(node, String(node.value))
      const parent = parents.at(-1)
      if (node.type === 'JSXExpressionContainer' && /^JSX(Element|Fragment)$/.test(parent?.type ?? '')) {
        const text = literalOf(node)
        if (text !== undefined && reads(text)) fault(node, text)
      }
      if (node.type === 'JSXAttribute') {
        const { name } = node.name as { name?: string }
        const text = literalOf(node.value as SyntaxNode | null)
        if (text !== undefined && shownAttributes.has(String(name)) && reads(text)) fault(node, text)
      }
    })
  }
  return { looked, faults }
}

interface Property {
  type: string
  key: { name?: string; value?: string }
  value: SyntaxNode
}

/** Pairs of languages: the keys that stand together in an object. */
const pairs: readonly [string, string][] = [
  ['zh', 'en'],
  ['doZh', 'doEn'],
  ['titleZh', 'titleEn'],
  ['noteZh', 'noteEn'],
]

/** Every text has both languages: Chinese characters in zh (or no letters at all), none in en. */
export function bothFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files.filter(one => !isTest(one))) {
    walk(parsed(file).program, (node, parents) => {
      if (node.type !== 'ObjectExpression') return
      const name = (parents.at(-1)?.key as { name?: string } | undefined)?.name
      const properties = node.properties as Property[]
      // A spread may bring the other language.
      if (properties.some(one => one.type === 'SpreadElement')) return
      const valueOf = (key: string) => properties.find(one => (one.key.name ?? one.key.value) === key)?.value
      for (const [zhKey, enKey] of pairs) {
        const [zh, en] = [valueOf(zhKey), valueOf(enKey)]
        if (!zh && !en) continue
        looked += 1
        const why = whyNotBoth(zh, en, name)
        if (why) faults.push(`${at(file, node.start)} ${zhKey}/${enKey}: ${why}`)
      }
    })
  }
  return { looked, faults }
}

function whyNotBoth(
  zh: SyntaxNode | undefined,
  en: SyntaxNode | undefined,
  key?: string,
): string | undefined {
  if (!zh) return 'has no Chinese'
  if (!en) return 'has no English'
  return whyNotTexts(literalOf(zh), literalOf(en), key)
}

/** Without blanks and brackets, which each language sets in its own way. */
const bare = (text: string) => text.replace(/[\s()()]/g, '')

/** Why two texts are not one text in two languages; an undefined text is computed and not judged here. */
export function whyNotTexts(zh: string | undefined, en: string | undefined, key = ''): string | undefined {
  // A switch shows the name of the other language, and English has no measure words (“12 人”, “12”).
  if (zh !== undefined && en !== undefined && sameInBoth.has(zh) && sameInBoth.has(en)) return undefined
  if (en === '' && zh !== undefined && han.test(zh) && zh.length <= 2) return undefined
  if (zh !== undefined && zh.trim() === '' && en?.trim() !== '') return 'the Chinese is empty'
  if (en !== undefined && en.trim() === '' && zh?.trim() !== '') return 'the English is empty'
  const withoutParams = (text: string) => text.replace(/\{[^}]*\}/g, '').replace(/\$\{[^}]*\}/g, '')
  // An example shows invented records, whose names are Chinese in either language.
  const example = /example$/i.test(key) || en?.startsWith('Example:')
  if (en !== undefined && han.test(en) && !example)
    return `the English has Chinese characters: ${en.slice(0, 40)}`
  if (
    zh !== undefined &&
    en !== undefined &&
    bare(zh) !== bare(en) &&
    !han.test(zh) &&
    /[a-z]{3}/i.test(withoutParams(zh))
  )
    return `the Chinese has no Chinese characters: ${zh.slice(0, 40)}`
  return undefined
}

/** Chinese outside words files in the code of a page: it would be shown in the English screen too. */
export function strayHanFaults(files: readonly SourceFile[]): Finding {
  const faults: string[] = []
  let looked = 0
  for (const file of files.filter(one => isScreen(one.path) && !isTest(one))) {
    looked += 1
    walk(parsed(file).program, (node, parents) => {
      const text = node.type === 'Literal' || node.type === 'TemplateLiteral' ? literalOf(node) : undefined
      if (text === undefined || !han.test(text)) return
      const parent = parents.at(-1) as { type?: string; key?: { name?: string } } | undefined
      const inPair = parent?.type === 'Property' && pairs.some(([zh]) => zh === parent.key?.name)
      if (!inPair) faults.push(`${at(file, node.start)} says “${text.slice(0, 40)}” in Chinese only`)
    })
  }
  return { looked, faults }
}
