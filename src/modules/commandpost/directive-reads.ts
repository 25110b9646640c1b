// A directive as its commands find it, and who may do what about it.
import type { Selectable, Updateable } from 'kysely'
import type { Actor, CommandMeta, CommandTx } from '../../kernel/command.ts'
import { commandpostProblems } from './contracts.ts'
import { anyDb, type CommandpostDb, type Units, unitsOf } from './lower.ts'
import { dutyPostsAround, type OwnPost } from './own-posts.ts'
import type { CommandpostTables, DirectiveAddresseeTable, DirectiveTable } from './tables.ts'
import { homeUnit, scopeUnit, speaksForIssuer, speaksForUnit } from './units.ts'

type Tx = CommandTx<CommandpostTables>
type Meta = Pick<CommandMeta, 'actor' | 'agency' | 'receivedAt'>
export type DirectiveRow = Selectable<DirectiveTable>
export type AddresseeRow = Selectable<DirectiveAddresseeTable>

export async function needDirective(db: CommandpostDb, agencyId: string, id: string): Promise<DirectiveRow> {
  const row = await db
    .selectFrom('directive')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('directive_id', '=', id)
    .executeTakeFirst()
  if (!row) throw commandpostProblems.directiveMissing()
  return row
}

export async function addresseesOf(
  db: CommandpostDb,
  agencyId: string,
  directiveId: string,
): Promise<AddresseeRow[]> {
  return db
    .selectFrom('directive_addressee')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('directive_id', '=', directiveId)
    .orderBy('addressee_id')
    .execute()
}

export interface Addressed {
  row: AddresseeRow
  directive: DirectiveRow
  units: Units
}

export async function needAddressee(tx: Tx, meta: Meta, addresseeId: string): Promise<Addressed> {
  const { agencyId } = meta.agency
  const row = await tx.db
    .selectFrom('directive_addressee')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('addressee_id', '=', addresseeId)
    .executeTakeFirst()
  if (!row) throw commandpostProblems.directiveMissing()
  const directive = await needDirective(tx.db, agencyId, row.directive_id)
  return { row, directive, units: await unitsOf(tx.db, agencyId) }
}

/** Whom an actor speaks for: read once, asked of every addressee. */
export interface Voice {
  actor: Actor
  home: string | null
  scope: string | null
  posts: ReadonlyMap<string, OwnPost>
}

export async function voiceOf(db: CommandpostDb, meta: Meta, units: Units): Promise<Voice> {
  const { actor } = meta
  return {
    actor,
    home: await homeUnit(anyDb(db), meta),
    scope: actor.scope.unitIds === '*' ? null : scopeUnit(actor, units),
    posts: await dutyPostsAround(db, meta, meta.receivedAt),
  }
}

/**
 * Who may answer for an addressee: for a unit its leader, or one of its officers with an office of the bureau; for a
 * post whoever is on duty there, or the leader of its unit. Never those who gave the order.
 */
export function answersFor(
  voice: Voice,
  row: Pick<AddresseeRow, 'unit_id' | 'post_id'>,
  issuerUnitId: string | null,
): boolean {
  if (speaksForUnit(voice.actor, row.unit_id, voice, issuerUnitId)) return true
  return row.post_id !== null && voice.posts.get(row.post_id)?.onDuty === true
}

export async function needAnswerer(tx: Tx, meta: CommandMeta, addresseeId: string): Promise<Addressed> {
  const found = await needAddressee(tx, meta, addresseeId)
  const voice = await voiceOf(tx.db, meta, found.units)
  if (!answersFor(voice, found.row, found.directive.issuer_unit_id)) throw commandpostProblems.strangerUnit()
  if (found.directive.state !== 'open') throw commandpostProblems.directiveOver()
  return found
}

export async function needIssuer(db: CommandpostDb, meta: Meta, directive: DirectiveRow): Promise<void> {
  const home = await homeUnit(anyDb(db), meta)
  if (!speaksForIssuer(meta.actor, home, directive.issuer_unit_id)) throw commandpostProblems.notIssuer()
  if (directive.state !== 'open') throw commandpostProblems.directiveOver()
}

export interface NewStep {
  kind: string
  text?: string
  addresseeId?: string | null
}

/** Adds steps; gives the number of the last. */
export async function addSteps(
  tx: Tx,
  meta: CommandMeta,
  directiveId: string,
  steps: readonly NewStep[],
): Promise<number> {
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('directive_step')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('agency_id', '=', agencyId)
    .where('directive_id', '=', directiveId)
    .executeTakeFirst()
  const before = Number(last?.n ?? 0)
  tx.write(
    tx.db.insertInto('directive_step').values(
      steps.map(({ kind, text = '', addresseeId = null }, at) => ({
        agency_id: agencyId,
        directive_id: directiveId,
        n: before + at + 1,
        addressee_id: addresseeId,
        kind,
        at: meta.receivedAt,
        by_account: meta.actor.accountId,
        text: text.trim(),
      })),
    ),
  )
  return before + steps.length
}

/** The state that was found must still be there; the agency's commands come one after another, so it is. */
export function updateAddressee(
  tx: Tx,
  meta: CommandMeta,
  addresseeId: string,
  set: Updateable<DirectiveAddresseeTable>,
): void {
  tx.write(
    tx.db
      .updateTable('directive_addressee')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('addressee_id', '=', addresseeId),
    { rows: 1, otherwise: commandpostProblems.directiveMissing() },
  )
}

export function updateDirective(
  tx: Tx,
  meta: CommandMeta,
  id: string,
  set: Updateable<DirectiveTable>,
): void {
  tx.write(
    tx.db
      .updateTable('directive')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('directive_id', '=', id),
    { rows: 1, otherwise: commandpostProblems.directiveMissing() },
  )
}
