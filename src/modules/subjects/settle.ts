// Settling: facts of the field give their boxes, and get the bare id of whom they are about (decision 0010). Marks are
// taken first and the command follows, so that two who settle at the same moment make no two subjects of one person,
// and whoever was interrupted in between goes on with the same ids.
import { type Kysely, sql } from 'kysely'
import { Problem } from '../../kernel/contract.ts'
import { findMarks } from '../../kernel/marks.ts'
import type { SystemHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { settleSubjects, type ValueKind } from './contracts.ts'
import { type ClearFact, markedValue, type MarkedValue, type Resolved, Resolver } from './resolve.ts'
import type { SubjectsTables } from './tables.ts'

export interface BoxedFact {
  factId: string
  boxes: readonly { kind: ValueKind; box: string }[]
}

/** Facts in one command: what it seals and writes stays well below a second. */
const factsAtOnce = 200
/** Somebody may be erased, or taken by another process, between looking and writing; hardly twice. */
const triesMost = 4

/**
 * The subject of each fact, by its id. A fact of which no box opens is not in it: its boxes are kept here and told of.
 * The same facts again give the same answer and change nothing.
 */
export async function settle(hands: SystemHands, items: readonly BoxedFact[]): Promise<Map<string, string>> {
  const subjectOf = new Map<string, string>()
  for (let from = 0; from < items.length; from += factsAtOnce) {
    const part = items.slice(from, from + factsAtOnce)
    for (const [factId, subjectId] of await settlePart(hands, part)) subjectOf.set(factId, subjectId)
  }
  return subjectOf
}

interface Unopened {
  factId: string
  n: number
  kind: ValueKind
  box: string
}

async function settlePart(hands: SystemHands, items: readonly BoxedFact[]): Promise<Map<string, string>> {
  const flat = items.flatMap(({ factId, boxes }) => boxes.map((one, n) => ({ factId, n, ...one })))
  const texts = await hands.openBoxes(flat)
  const unopened: Unopened[] = []
  const facts = new Map<string, ClearFact>(items.map(({ factId }) => [factId, { factId, values: [] }]))
  flat.forEach((one, at) => {
    const text = texts[at]
    // What PostgreSQL cannot keep is no text that a post would write.
    if (text == null || text.includes('\u0000')) unopened.push(one)
    else if (text.trim() !== '') facts.get(one.factId)?.values.push({ kind: one.kind, text })
  })
  const marked = [...facts.values()].map(({ factId, values }) => ({
    factId,
    values: values.map(value => markedValue(hands.mark, value)),
  }))
  for (let tried = 1; ; tried += 1) {
    const resolved = await tryOnce(hands, marked, unopened)
    if (resolved) return resolved.subjectOf
    if (tried === triesMost) throw new Error('invariant: subjects do not change hands at every try')
  }
}

/** Null where somebody else was faster, or somebody was erased meanwhile: look again. */
async function tryOnce(
  hands: SystemHands,
  facts: readonly { factId: string; values: MarkedValue[] }[],
  unopened: readonly Unopened[],
): Promise<Resolved | null> {
  const marks = [...new Set(facts.flatMap(({ values }) => values.flatMap(one => one.mark ?? [])))]
  const resolver = new Resolver(hands.mark, await hands.read(db => findMarks(db, marks)))
  for (const { factId, values } of facts) resolver.add(factId, values)
  const { resolved } = resolver
  const held = new Map((await hands.claimMarks(resolved.claims)).map(one => [one.mark, one]))
  const gone = new Set<string>()
  for (const claim of resolved.claims) {
    const holder = held.get(claim.mark)
    // A fact settled before, whose subject was erased since: it keeps its bare id, and nothing is kept of it anew.
    if (!holder) gone.add(claim.subjectId)
    else if (holder.subjectId !== claim.subjectId) return null
    else
      resolved.known.push({
        valueId: holder.markId,
        subjectId: claim.subjectId,
        kind: claim.valueKind,
        text: claim.text,
      })
  }
  const input = await changes(hands, resolved, gone, unopened)
  if (!input) return resolved
  try {
    await hands.run(settleSubjects, input)
    return resolved
  } catch (error) {
    if (error instanceof Problem && ['subjects/erased', 'kernel/erased'].includes(error.code)) return null
    throw error
  }
}

/** What is not in the books yet; null where nothing is. */
async function changes(
  hands: SystemHands,
  resolved: Resolved,
  gone: ReadonlySet<string>,
  unopened: readonly Unopened[],
) {
  const on = dutyDayOf(hands.agency, hands.now())
  const subjectIds = [...resolved.subjects.keys()].filter(one => !gone.has(one))
  const values = resolved.known.filter(one => !gone.has(one.subjectId))
  const links = resolved.links.filter(one => !gone.has(one.subjectId) && !gone.has(one.otherId))
  const before = await hands.read(db => booksOf(db as Kysely<SubjectsTables>, subjectIds, values, unopened))
  const valuesOnce = new Map(values.map(one => [one.valueId, one]))
  const input = {
    on,
    made: subjectIds
      .filter(one => !before.seenOn.has(one))
      .map(subjectId => ({ subjectId, kind: resolved.subjects.get(subjectId) ?? 'person' })),
    seen: subjectIds.filter(one => (before.seenOn.get(one) ?? on) < on),
    values: [...valuesOnce.values()].filter(one => !before.values.has(one.valueId)),
    links: links.filter(one => !before.links.has(`${one.subjectId} ${one.otherId} ${one.kind}`)),
    unopened: unopened.filter(one => !before.boxes.has(`${one.factId} ${one.n}`)),
  }
  const { made, seen, links: newLinks, unopened: newBoxes } = input
  const nothing = [made, seen, input.values, newLinks, newBoxes].every(list => list.length === 0)
  return nothing ? null : input
}

async function booksOf(
  db: Kysely<SubjectsTables>,
  subjectIds: readonly string[],
  values: readonly { valueId: string }[],
  unopened: readonly Unopened[],
) {
  const among = (column: 'subject_id' | 'value_id' | 'fact_id', ids: readonly string[]) =>
    sql<boolean>`${sql.ref(column)} = any (${[...ids]}::uuid[])`
  const subjects = await db
    .selectFrom('subject')
    .select(['subject_id', 'last_seen_on'])
    .where(among('subject_id', subjectIds))
    .orderBy('subject_id')
    .execute()
  const kept = await db
    .selectFrom('subject_value')
    .select('value_id')
    .where(
      among(
        'value_id',
        values.map(one => one.valueId),
      ),
    )
    .orderBy('value_id')
    .execute()
  const links = await db
    .selectFrom('subject_link')
    .select(['subject_id', 'other_id', 'kind'])
    .where(among('subject_id', subjectIds))
    .orderBy('subject_id')
    .orderBy('other_id')
    .orderBy('kind')
    .execute()
  const boxes = await db
    .selectFrom('subject_box')
    .select(['fact_id', 'n'])
    .where(
      among(
        'fact_id',
        unopened.map(one => one.factId),
      ),
    )
    .orderBy('fact_id')
    .orderBy('n')
    .execute()
  return {
    seenOn: new Map(subjects.map(one => [one.subject_id, one.last_seen_on])),
    values: new Set(kept.map(one => one.value_id)),
    links: new Set(links.map(one => `${one.subject_id} ${one.other_id} ${one.kind}`)),
    boxes: new Set(boxes.map(one => `${one.fact_id} ${one.n}`)),
  }
}
