// Who stands above whom, and for which unit somebody speaks.
import type { Kysely } from 'kysely'
import type { Actor, CommandMeta } from '../../kernel/command.ts'
import type { ActorRole } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { officerNames } from '../people/index.ts'
import { commandpostProblems, unitVoices } from './contracts.ts'
import type { Units } from './lower.ts'

/** A tree with a single top has the bureau itself there; else the bureau stands above all tops and has no unit. */
export function bureauUnit(units: Units): string | null {
  const tops = [...units].filter(([, unit]) => unit.active && unit.parentId === null)
  const [only] = tops
  const below = [...units.values()].some(unit => unit.active && unit.parentId !== null)
  return tops.length === 1 && only && below ? only[0] : null
}

/** Steps below the bureau: 0 the bureau itself, 1 its brigades and stations, 2 their squads. */
export function levelOf(units: Units, unitId: string | null): number {
  const bureau = bureauUnit(units)
  let level = 0
  for (let at = unitId; at !== null && at !== bureau; at = units.get(at)?.parentId ?? null) level += 1
  return level
}

/** Whether the unit lies below the other; everything lies below the bureau. */
export function isBelow(units: Units, unitId: string, above: string | null): boolean {
  if (above === null || above === bureauUnit(units)) return unitId !== above
  for (let at = units.get(unitId)?.parentId ?? null; at !== null; at = units.get(at)?.parentId ?? null) {
    if (at === above) return true
  }
  return false
}

/** The unit that an account is limited to: the top of its scope. Null for the whole bureau. */
export function scopeUnit(actor: Pick<Actor, 'scope'>, units: Units): string | null {
  const { unitIds } = actor.scope
  if (unitIds === '*') return null
  const own = [...unitIds].sort().find(id => !unitIds.includes(units.get(id)?.parentId ?? ''))
  if (own === undefined) throw commandpostProblems.outsideScope()
  return own
}

/** In whose name a directive is given: the bureau's, or that of the unit the account is limited to. */
export const issuerUnit = scopeUnit

/** The command post speaks for the bureau; a unit's leader for his unit and those below it. */
export function speaksForIssuer(actor: Actor, home: string | null, issuerUnitId: string | null): boolean {
  const has = (...roles: ActorRole[]) => roles.some(role => actor.roles.includes(role))
  if (has('system')) return true
  const { unitIds } = actor.scope
  if (issuerUnitId === null) return unitIds === '*' && has('commander', 'dutyOfficer')
  const within = unitIds === '*' ? home === issuerUnitId : unitIds.includes(issuerUnitId)
  return within && has('unitLeader', 'commander', 'dutyOfficer')
}

/** The unit that the actor belongs to as an officer; null where he is none, or hidden from himself. */
export async function homeUnit(db: Kysely<AnyTables>, meta: Pick<CommandMeta, 'agency' | 'actor'>) {
  const { officerId } = meta.actor
  if (!officerId) return null
  return (await officerNames(db, meta.agency.agencyId, [officerId])).get(officerId)?.unitId ?? null
}

/**
 * Whether somebody signs and reports for a unit: a leading account whose scope holds it, or one of the bureau's own
 * offices for the office that he sits in. Whoever gave the order does not answer it for its addressee.
 */
export function speaksForUnit(
  actor: Actor,
  unitId: string,
  own: { home: string | null; scope: string | null },
  issuerUnitId: string | null,
): boolean {
  if (!actor.roles.some(role => unitVoices.includes(role))) return false
  const { unitIds } = actor.scope
  if (unitIds === '*') return own.home === unitId
  return unitIds.includes(unitId) && own.scope !== issuerUnitId
}
