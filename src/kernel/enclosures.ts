// Bytes of photos and documents. They stand outside the books, because these are never edited and a picture must be
// erasable; sealed, because nobody can say beforehand whom a picture shows. A command names the digest of the sealed
// bytes and so holds them (docs/decisions/0005-attachments.md).
import { createHash } from 'node:crypto'
import { type Compilable, type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Actor } from './command.ts'
import type { AnyTables, Pool } from './db/connection.ts'
import { uuidv7 } from './ids.ts'
import { kernelProblems } from './problem.ts'
import { reading } from './query.ts'
import type { Sealer } from './seal.ts'

export type EnclosureType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

/** What one account may have brought without any command naming it yet. */
export const waitingMost = 40

/** What reading work may do with bytes, within the scope of whoever asks. */
export interface EnclosureHands {
  /** Keeps bytes and gives the digest by which a command names them. They are swept unless one does. */
  keep(contentType: EnclosureType, bytes: Buffer): Promise<{ digest: string; size: number }>
  /** Opens them; null where they were destroyed or never were. Whether the asker may see them is the caller's to judge. */
  open(digest: string): Promise<{ contentType: string; bytes: Buffer } | null>
}

interface Engine {
  reads: Pool
  sealer: Sealer
  now(): Date
}

export function enclosureHands(engine: Engine, actor: Actor): EnclosureHands {
  const { agencyId } = actor.scope
  return {
    async keep(contentType, bytes) {
      const now = engine.now()
      const keyId = uuidv7(now.getTime())
      const sealed = await engine.sealer.sealBytes(agencyId, keyId, bytes)
      const digest = createHash('sha256').update(sealed).digest('hex')
      const values = [digest, keyId, contentType, bytes.length, sealed, actor.accountId, now.toISOString()]
      const answer = await reading(
        engine.reads,
        actor.scope,
        connection =>
          connection.send<{ kept: boolean }>(
            'select sys.keep_enclosure($1, $2, $3, $4, $5, $6, $7, $8) as kept',
            [...values, waitingMost],
          ),
        true,
      )
      if (answer.rows[0]?.kept !== true) throw kernelProblems.tooManyWaiting({ most: waitingMost })
      return { digest, size: bytes.length }
    },

    async open(digest) {
      const { rows } = await reading(engine.reads, actor.scope, connection =>
        connection.send<{ key_id: string; content_type: string; bytes: Buffer }>(
          'select * from sys.enclosure_bytes($1)',
          [digest],
        ),
      )
      const [row] = rows
      const bytes = row ? await engine.sealer.openBytes(agencyId, row.key_id, row.bytes) : null
      return row && bytes ? { contentType: row.content_type, bytes } : null
    },
  }
}

// ------------------------------------------------------------------------------------------------- for handlers

export interface EnclosureFacts {
  digest: string
  contentType: EnclosureType
  size: number
  storedBy: string | null
  destroyed: boolean
}

/** What is known of brought bytes, by digest; those that are not there are not in the map. */
export async function enclosureFacts(
  db: Kysely<AnyTables>,
  digests: readonly string[],
): Promise<Map<string, EnclosureFacts>> {
  const { rows } = await sql<{
    digest: string
    content_type: EnclosureType
    size_bytes: number
    stored_by: string | null
    destroyed: boolean
  }>`select * from sys.enclosures(${digests}::text[]) order by digest`.execute(db)
  return new Map(
    rows.map(row => [
      row.digest,
      {
        digest: row.digest,
        contentType: row.content_type,
        size: row.size_bytes,
        storedBy: row.stored_by,
        destroyed: row.destroyed,
      },
    ]),
  )
}

const statement = (db: Kysely<AnyTables>, text: ReturnType<typeof sql>): Compilable => ({
  compile: () => text.compile(db) as CompiledQuery,
})

/** For `tx.write`: a command names them, so they stay. */
export const holdEnclosures = (db: Kysely<AnyTables>, digests: readonly string[], at: string) =>
  statement(db, sql`select sys.hold_enclosures(${digests}::text[], ${at}::timestamptz)`)

/** For `tx.write`: destroys the key and the bytes; nobody opens them again, out of no backup either. */
export const destroyEnclosure = (db: Kysely<AnyTables>, digest: string, at: string) =>
  statement(db, sql`select sys.destroy_enclosure(${digest}, ${at}::timestamptz)`)

/** For `tx.write`: lets go what was brought before then and never named. */
export const sweepEnclosures = (db: Kysely<AnyTables>, before: string) =>
  statement(db, sql`select sys.sweep_enclosures(${before}::timestamptz)`)
