// Parsing input against a contract, with the first fault named in words a person can act on.
import type { z } from 'zod'
import { type FieldMark, fieldMark } from './contract.ts'
import { kernelProblems } from './problem.ts'

export function parseInput(schema: z.ZodType, raw: unknown): unknown {
  const result = schema.safeParse(raw ?? {})
  if (result.success) {
    const field = unstorable(result.data)
    if (field !== null) throw kernelProblems.badInput({ field, reason: 'a character that cannot be stored' })
    return result.data
  }
  const issue = result.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : path || 'input'
  const reason = issue?.code === 'unrecognized_keys' ? 'unknown field' : (issue?.message ?? 'wrong')
  throw kernelProblems.badInput({ field: plainText(field), reason: plainText(reason) })
}

/** Text of a client that goes into an answer: short, and without what PostgreSQL cannot keep. */
export function plainText(text: string): string {
  return text.slice(0, 200).toWellFormed().replaceAll('\u0000', '\ufffd')
}

/**
 * Where a text holds NUL or half a surrogate pair, as a path, or null. PostgreSQL keeps neither: let through, such a
 * command would fail at every try and block the outbox that it came from.
 */
function unstorable(value: unknown, path = ''): string | null {
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed() ? path || 'input' : null
  }
  if (value === null || typeof value !== 'object') return null
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\u0000') || !key.isWellFormed()) return path || 'input'
    const found = unstorable(inner, path ? `${path}.${key}` : key)
    if (found !== null) return found
  }
  return null
}

/** A place in a contract's input that carries a mark, as a path; `*` stands for every element of an array. */
export interface MarkedPath {
  path: readonly string[]
  mark: FieldMark
}

const known = new WeakMap<z.ZodType, readonly MarkedPath[]>()

/** Every marked field of a schema. Walks objects, arrays, optionals, nullables and defaults. */
export function markedPaths(schema: z.ZodType): readonly MarkedPath[] {
  let found = known.get(schema)
  if (!found) {
    const paths: MarkedPath[] = []
    walk(schema, [], paths)
    found = paths
    known.set(schema, found)
  }
  return found
}

// Kinds without another schema inside.
const leaves = new Set(
  'any bigint boolean custom date enum literal nan never null number string template_literal undefined unknown void'.split(
    ' ',
  ),
)

interface ZodInside {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  options?: z.ZodType[]
  valueType?: z.ZodType
}

function walk(schema: z.ZodType, path: string[], into: MarkedPath[]): void {
  const mark = fieldMark(schema)
  if (mark) {
    into.push({ path, mark })
    return
  }
  const inside = (schema as unknown as { _zod: { def: ZodInside } })._zod.def
  if (inside.shape) {
    for (const [key, child] of Object.entries(inside.shape)) {
      const from = into.length
      walk(child, [...path, key], into)
      for (const found of into.slice(from)) {
        const { owner } = found.mark
        if (owner !== undefined && found.path.length === path.length + 1 && !(owner in inside.shape))
          throw new Error(
            `invariant: ${found.path.join('.')} names its owner in ${owner}, which is not there`,
          )
      }
    }
  } else if (inside.element) walk(inside.element, [...path, '*'], into)
  else if (inside.innerType) walk(inside.innerType, path, into)
  else if (inside.valueType) walk(inside.valueType, [...path, '*'], into)
  else if (inside.options) for (const option of inside.options) walk(option, path, into)
  // A mark inside a kind that is not walked would be a field that is silently not sealed.
  else if (!leaves.has(inside.type)) throw new Error(`invariant: inputs are not made of ${inside.type}`)
}

/** Calls `visit` with the holder object and key of every value that stands at the path. */
export function eachAt(
  value: unknown,
  path: readonly string[],
  visit: (holder: Record<string, unknown>, key: string) => void,
): void {
  if (value === null || typeof value !== 'object') return
  const [head, ...rest] = path
  if (head === undefined) return
  const holder = value as Record<string, unknown>
  const keys = head === '*' ? Object.keys(holder) : [head]
  for (const key of keys) {
    if (rest.length === 0) {
      if (holder[key] !== undefined && holder[key] !== null) visit(holder, key)
    } else eachAt(holder[key], rest, visit)
  }
}

const prose: readonly [RegExp, string, string][] = [
  [/(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dXx](?!\d)/, '身份证号', 'an ID number'],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/, '手机号', 'a phone number'],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}/,
    '车牌号',
    'a plate',
  ],
]

/** Free text must not carry a member of the public: the record is linked instead. */
export function scanProse(schema: z.ZodType, input: unknown): void {
  for (const { path, mark } of markedPaths(schema)) {
    if (!mark.scan) continue
    eachAt(input, path, (holder, key) => {
      const text = holder[key]
      if (typeof text !== 'string') return
      for (const [pattern, zh] of prose) {
        if (pattern.test(text)) throw kernelProblems.heldBefore({ what: zh, field: path.join('.') })
      }
    })
  }
}

/** A fact larger than this stays on the phone: it is a transport error, not a review. */
export const factBytesMost = 64 * 1024
export const isTooLarge = (entry: unknown) => Buffer.byteLength(JSON.stringify(entry ?? null)) > factBytesMost

/** A device's claim in UTC; one that no calendar of ours holds says nothing, and the arrival stands for it. */
export function believable(occurredAt: string, receivedAt: string): string {
  const at = new Date(occurredAt)
  const year = at.getUTCFullYear()
  return year >= 1970 && year < 2200 ? at.toISOString() : receivedAt
}
