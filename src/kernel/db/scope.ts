// The one place where an actor's scope enters a transaction. SET LOCAL, because a session-level SET leaks to the
// next user of the connection; validated literals, because SET takes no parameters.
import { uuidPattern } from '../ids.ts'

export interface Scope {
  agencyId: string
  /** '*' sees the whole agency; else the ids of the units seen. */
  unitIds: '*' | readonly string[]
}

function uuidLiteral(value: string): string {
  if (!uuidPattern.test(value)) throw new Error('invariant: a scope is made of UUIDs')
  return value
}

/** The statements that enter the scope, to be sent behind `begin`. */
export function scopeStatements(scope: Scope): string {
  const units = scope.unitIds === '*' ? '*' : `{${scope.unitIds.map(uuidLiteral).join(',')}}`
  return `set local app.agency_id = '${uuidLiteral(scope.agencyId)}'; set local app.unit_ids = '${units}'`
}

/** Names the flush, or the upkeep, that the following writes to bulk tables are of; their guard refuses all others. */
export function bulkStatement(id: string): string {
  return `set local app.bulk_id = '${uuidLiteral(id)}'`
}

/** Names the command on whose behalf the following writes are made; the change trigger refuses writes without. */
export function commandStatement(commandId: string): string {
  return `set local app.command_id = '${uuidLiteral(commandId)}'`
}
