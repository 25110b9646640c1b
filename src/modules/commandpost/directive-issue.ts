// Making a directive: to whom it may go, by when, and who is told because it goes past him.
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import { commandpostProblems } from './contracts.ts'
import { addSteps, type NewStep } from './directive-reads.ts'
import { nextNumber, postsOf, type Units } from './lower.ts'
import type { CommandpostTables } from './tables.ts'
import { isBelow, levelOf } from './units.ts'

type Tx = CommandTx<CommandpostTables>

export interface Addressing {
  addresseeId: string
  unitId: string
  postId: string | null
}

export interface NewDirective {
  directiveId: string
  operationId: string
  number: string
  source: string
  fromWhom: string
  title: string
  text: string
  dueAt: string
  issuerUnitId: string | null
  parent: { directiveId: string; addresseeId: string } | null
  addressees: readonly Addressing[]
}

export const dueDaysMost = 366

export function checkDue(meta: CommandMeta, dueAt: string): void {
  const ahead = Date.parse(dueAt) - Date.parse(meta.receivedAt)
  if (ahead <= 0 || ahead > dueDaysMost * 86_400_000) throw commandpostProblems.duePast({ days: dueDaysMost })
}

async function checkAddressees(tx: Tx, meta: CommandMeta, units: Units, one: NewDirective): Promise<void> {
  if (one.addressees.length === 0) throw commandpostProblems.toNobody()
  const wanted = one.addressees.filter(to => to.postId !== null)
  const posts =
    wanted.length === 0
      ? new Map<string | null, never>()
      : new Map(
          (await postsOf(tx.db, meta.agency.agencyId, one.operationId)).map(post => [post.postId, post]),
        )
  const seen = new Set<string>()
  for (const { unitId, postId } of one.addressees) {
    const unit = units.get(unitId)
    if (!unit?.active) throw commandpostProblems.unitMissing()
    const post = postId === null ? undefined : posts.get(postId)
    if (postId !== null && !post) throw commandpostProblems.postMissing()
    if (post && post.unitId !== unitId) throw commandpostProblems.postOfOtherUnit({ name: post.name })
    if (post?.state === 'closed') throw commandpostProblems.postClosed({ name: post.name })
    const name = post?.name ?? unit.shortName
    const own = unitId === one.issuerUnitId
    if (own ? !post : !isBelow(units, unitId, one.issuerUnitId)) throw commandpostProblems.notBelow({ name })
    const key = `${unitId} ${postId ?? ''}`
    if (seen.has(key)) throw commandpostProblems.addresseeTwice({ name })
    seen.add(key)
  }
}

/** More than one level below the issuer: the unit between is told. Of a post that is its own unit. */
export function informedUnit(units: Units, issuerUnitId: string | null, to: Addressing): string | null {
  const level = levelOf(units, to.unitId) + (to.postId === null ? 0 : 1)
  if (level - levelOf(units, issuerUnitId) <= 1) return null
  return to.postId === null ? (units.get(to.unitId)?.parentId ?? null) : to.unitId
}

/** Writes it with its addressees; gives the number of its last step. */
export async function makeDirective(
  tx: Tx,
  meta: CommandMeta,
  units: Units,
  one: NewDirective,
): Promise<void> {
  checkDue(meta, one.dueAt)
  await checkAddressees(tx, meta, units, one)
  const { agencyId } = meta.agency
  tx.write(
    tx.db.insertInto('directive').values({
      agency_id: agencyId,
      directive_id: one.directiveId,
      operation_id: one.operationId,
      n: await nextNumber(tx, meta, one.operationId, 'directive'),
      number: one.number.trim(),
      source: one.source,
      from_whom: one.fromWhom.trim(),
      title: one.title.trim(),
      text: one.text.trim(),
      issuer_unit_id: one.issuerUnitId,
      issued_by: meta.actor.accountId,
      issued_at: meta.receivedAt,
      due_at: one.dueAt,
      parent_id: one.parent?.directiveId ?? null,
      parent_addressee_id: one.parent?.addresseeId ?? null,
      state: 'open',
    }),
  )
  const told = one.addressees.map(to => ({ ...to, informed: informedUnit(units, one.issuerUnitId, to) }))
  tx.write(
    tx.db.insertInto('directive_addressee').values(
      told.map(to => ({
        agency_id: agencyId,
        addressee_id: to.addresseeId,
        directive_id: one.directiveId,
        unit_id: to.unitId,
        post_id: to.postId,
        informed_unit_id: to.informed,
        state: 'sent',
      })),
    ),
  )
  const informed = told.filter(to => to.informed !== null)
  const steps: NewStep[] = [{ kind: 'issued' }]
  for (const to of informed) {
    const text = units.get(to.informed ?? '')?.shortName ?? ''
    steps.push({ kind: 'informed', addresseeId: to.addresseeId, text })
  }
  await addSteps(tx, meta, one.directiveId, steps)
}
