// Finding a member of the public again: a mark is a keyed hash of what identifies somebody. Marks stand in sys and not
// in the books, which are never edited and so could not forget them; erasing deletes them with the key.
import { type Compilable, type CompiledQuery, type Kysely, sql } from 'kysely'
import type { AnyTables, Pool } from './db/connection.ts'
import { type Scope, scopeStatements } from './db/scope.ts'

export interface FoundMark {
  mark: string
  markId: string
  subjectId: string
  subjectKind: string
  /** The mark of the ID number that this subject has, if any. */
  idMark: string | null
}
export interface ClaimedMark {
  mark: string
  markId: string
  subjectId: string
  subjectKind: string
  kind: string
}

/** Marks that somebody has; those of the erased are not among them. */
export async function findMarks(db: Kysely<AnyTables>, marks: readonly string[]): Promise<FoundMark[]> {
  if (marks.length === 0) return []
  const { rows } = await sql<{
    mark: string
    mark_id: string
    subject_id: string
    subject_kind: string
    id_mark: string | null
  }>`
    select * from sys.subject_marks(${marks}::text[]) order by mark`.execute(db)
  return rows.map(row => ({
    mark: row.mark,
    markId: row.mark_id,
    subjectId: row.subject_id,
    subjectKind: row.subject_kind,
    idMark: row.id_mark,
  }))
}

/** Takes marks that nobody has, and gives whose each of them is then. */
export async function claimMarks(
  pool: Pool,
  scope: Scope,
  claims: readonly ClaimedMark[],
  at: string,
): Promise<FoundMark[]> {
  if (claims.length === 0) return []
  const column = (key: keyof ClaimedMark) => claims.map(one => one[key])
  return pool.with(async connection => {
    // Read committed: what another process took in the same moment is then seen, and no failure of this one.
    await connection.script(`begin isolation level read committed; ${scopeStatements(scope)}`)
    try {
      const { db } = connection
      await sql`select sys.claim_subject_marks(${column('mark')}::text[], ${column('markId')}::uuid[],
        ${column('subjectId')}::uuid[],
        ${column('subjectKind')}::text[], ${column('kind')}::text[], ${at}::timestamptz)`.execute(db)
      const found = await findMarks(db, column('mark'))
      await connection.commit()
      return found
    } catch (error) {
      await connection.rollback()
      throw error
    }
  })
}

/** For `tx.write`: their keys are destroyed and nothing finds them any more, out of no backup either. */
export const forgetSubjects = (
  db: Kysely<AnyTables>,
  subjectIds: readonly string[],
  at: string,
): Compilable => ({
  compile: () =>
    sql`select sys.forget_subjects(${subjectIds}::uuid[], ${at}::timestamptz)`.compile(db) as CompiledQuery,
})
