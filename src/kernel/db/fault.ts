// Whose fault a failure of the database is. A command that fails by itself is refused or held; everything else
// leaves the batch unstored and is asked for again, because nothing was wrong with it.

/** The database cannot be reached, or went away in the middle. */
export class DatabaseGone extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseGone'
  }
}

interface DatabaseError {
  severity: string
  code: string
  constraint?: string
  routine?: string
}

function fromDatabase(error: unknown): error is DatabaseError {
  return typeof (error as { severity?: unknown } | null)?.severity === 'string'
}

/** The server ends the connection with the message. */
export function endsConnection(error: unknown): boolean {
  return fromDatabase(error) && (error.severity === 'FATAL' || error.severity === 'PANIC')
}

/**
 * The connection's prepared statements are no longer what the driver believes: one was lost, or the schema changed
 * under it. A fresh connection is needed.
 */
export function staleStatements(error: unknown): boolean {
  if (!fromDatabase(error)) return false
  return error.code.startsWith('26') || (error.code === '0A000' && error.routine === 'RevalidateCachedQuery')
}

// Connection, resources (disk full is 53100), locks held by others, operator and shutdown, files, internal.
const elsewhere = new Set(['08', '28', '3D', '53', '55', '57', '58', 'F0', 'XX'])

/**
 * `elsewhere`: not this command's doing, try again later. `conflict`: two transactions met, try again now.
 * `command`: the statement itself cannot be carried out. `none`: no error of the database.
 */
export type Fault = 'none' | 'elsewhere' | 'conflict' | 'command'

export function faultOf(error: unknown): Fault {
  if (error instanceof DatabaseGone) return 'elsewhere'
  if (!fromDatabase(error)) return 'none'
  if (endsConnection(error)) return 'elsewhere'
  const { code } = error
  // A statement that ran into the time limit would do so at every try.
  if (code === '57014') return 'command'
  // Read-only: a stand-by, or an operator who has stopped all writes.
  if (code === '25006') return 'elsewhere'
  if (code === '42501') return refusedByPolicy(error) ? 'command' : 'elsewhere'
  if (code.startsWith('40')) return 'conflict'
  return elsewhere.has(code.slice(0, 2)) ? 'elsewhere' : 'command'
}

/** A row outside the actor's scope, as against a missing grant, which is the installation's fault. */
export function refusedByPolicy(error: unknown): boolean {
  return fromDatabase(error) && error.code === '42501' && error.routine === 'ExecWithCheckOptions'
}

/** The violated constraint's name, '' where it has none; undefined where no constraint was violated. */
export function violatedConstraint(error: unknown): string | undefined {
  return fromDatabase(error) && error.code.startsWith('23') ? (error.constraint ?? '') : undefined
}
