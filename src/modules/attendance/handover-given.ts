// What a hand-over that is given means: whose page it is, who takes over, and what should be there. Pure.
import type { InputOf } from '../../kernel/contract.ts'
import type { giveHandover, HandoverItem } from './contracts.ts'
import { handoverProblems } from './handover-problems.ts'
import type { Difference, Page } from './handover-rows.ts'

type Given = InputOf<typeof giveHandover>
export const itemKeyOf = (one: { kind: string; name: string }) => `${one.kind} ${one.name}`

/** What is on the page: everything that was handed over last, counted, and what is new. */
export function itemsGiven(last: readonly HandoverItem[], given: Given['items']): HandoverItem[] {
  const before = new Map(last.map(one => [itemKeyOf(one), one]))
  const seen = new Set<string>()
  const items = given.map(one => {
    const key = itemKeyOf(one)
    if (seen.has(key)) throw handoverProblems.itemTwice({ name: one.name })
    seen.add(key)
    return { ...one, should: before.get(key)?.counted ?? null }
  })
  // What was counted as gone may be left off the next page.
  const missing = last.find(one => one.counted > 0 && !seen.has(itemKeyOf(one)))
  if (missing) throw handoverProblems.itemMissing({ name: missing.name })
  return items
}

/** Who takes over: whom a leader named, else the one of the next band, or of several the one that the giver names. */
export function successorOf(
  named: string | undefined,
  candidates: readonly string[],
  chosen: string | null,
  post: string,
): string {
  if (named !== undefined) return named
  const [only] = candidates
  if (only === undefined) throw handoverProblems.noSuccessor({ post })
  if (chosen !== null) {
    if (!candidates.includes(chosen)) throw handoverProblems.notOfNextBand()
    return chosen
  }
  if (candidates.length > 1) throw handoverProblems.nameOne({ n: candidates.length })
  return only
}

/** A figure of the page by its kind and name; undefined where it has none such. */
export function figureOf(
  page: Pick<Page, 'counts' | 'items'>,
  kind: string,
  name: string,
): number | undefined {
  if (kind === 'count') return Object.hasOwn(page.counts, name) ? page.counts[name as 'vehicles'] : undefined
  return page.items.find(one => one.kind === kind && one.name === name)?.counted
}

/** The first difference of the last return on which the giver does not give way: a leader decides about it. */
export function standing(
  page: Pick<Page, 'handoverId' | 'round' | 'postId'>,
  differences: readonly Difference[],
  given: Pick<Page, 'counts' | 'items'>,
): void {
  for (const one of differences) {
    if (one.round !== page.round) continue
    const stated = figureOf(given, one.kind, one.name) ?? 0
    if (stated === one.found) continue
    const { handoverId, postId } = page
    throw handoverProblems.differenceStands({ name: one.name, stated, found: one.found, handoverId, postId })
  }
}
