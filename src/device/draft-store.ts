// What somebody has typed and not sent, kept in this browser. Fields about a person's life or health are never kept:
// a shared station computer's disk is no place for them in clear.
import type { z } from 'zod'
import { fieldMark } from '../kernel/contract.ts'

/** What of `localStorage` is needed. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export const draftPrefix = 'fangxian.draft.'
/** Nobody comes back to a form after a week, and what it said is no longer so. */
const keptMs = 7 * 86_400_000

export const draftKey = (accountId: string, form: string) => `${draftPrefix}${accountId}.${form}`

interface Stored {
  at: number
  /** Only what differs from how the form began: what others change meanwhile in other fields stays theirs. */
  fields: Record<string, unknown>
}

function parsed(text: string | null): Stored | undefined {
  if (text === null) return undefined
  try {
    const stored = JSON.parse(text) as Partial<Stored> | null
    const whole =
      typeof stored?.at === 'number' && typeof stored.fields === 'object' && stored.fields !== null
    return whole ? (stored as Stored) : undefined
  } catch {
    // Somebody else's text under our key is as good as none.
    return undefined
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The form as it was left, over how it begins today; undefined where nothing of it was kept. */
export function readDraft<T extends object>(
  store: TextStore,
  key: string,
  base: T,
  closed: ReadonlySet<string>,
  now: number,
): T | undefined {
  const stored = parsed(store.getItem(key))
  if (!stored || now - stored.at > keptMs) return undefined
  const fields = Object.entries(stored.fields).filter(
    ([name, value]) => name in base && !closed.has(name) && !same(value, base[name as keyof T]),
  )
  return fields.length > 0 ? { ...base, ...Object.fromEntries(fields) } : undefined
}

/** Keeps what differs from the base; nothing where nothing does. */
export function writeDraft<T extends object>(
  store: TextStore,
  key: string,
  base: T,
  draft: T,
  closed: ReadonlySet<string>,
  now: number,
): void {
  const fields = Object.entries(draft).filter(
    ([name, value]) => !closed.has(name) && !same(value, base[name as keyof T]),
  )
  if (fields.length === 0) store.removeItem(key)
  else store.setItem(key, JSON.stringify({ at: now, fields: Object.fromEntries(fields) } satisfies Stored))
}

/** Takes away what is too old, of every account of this browser. */
export function pruneDrafts(store: TextStore, now: number): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index))
  for (const key of keys) {
    if (!key?.startsWith(draftPrefix)) continue
    const stored = parsed(store.getItem(key))
    if (!stored || now - stored.at > keptMs) store.removeItem(key)
  }
}

interface ZodInside {
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  valueType?: z.ZodType
  options?: z.ZodType[]
}

/** The names of the fields, at any depth, that a contract classes personal or health. */
export function closedFields(schema: z.ZodType, found = new Set<string>()): Set<string> {
  const inside = (schema as unknown as { _zod: { def: ZodInside } })._zod.def
  for (const [name, child] of Object.entries(inside.shape ?? {})) {
    if (isClosed(child)) found.add(name)
    closedFields(child, found)
  }
  const inner = [inside.element, inside.innerType, inside.valueType, ...(inside.options ?? [])]
  for (const child of inner) if (child) closedFields(child, found)
  return found
}

function isClosed(schema: z.ZodType): boolean {
  const mark = fieldMark(schema)?.class
  if (mark) return mark === 'personal' || mark === 'health'
  const inside = (schema as unknown as { _zod: { def: ZodInside } })._zod.def
  const inner = [inside.element, inside.innerType, inside.valueType, ...(inside.options ?? [])]
  return inner.some(child => child !== undefined && isClosed(child))
}
