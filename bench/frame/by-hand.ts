// The four statements of a movement sent by hand over the kernel's connections, with the agency's order and the
// journal where asked.
import type pg from 'pg'
import type { Actor } from '../../src/kernel/command.ts'
import type { CommandEntry } from '../../src/kernel/contract.ts'
import { type Connection, Pool } from '../../src/kernel/db/connection.ts'
import { derivedId } from '../../src/kernel/ids.ts'
import { closeBatch, type JournalRow, openBatch } from '../../src/kernel/journal.ts'
import { sql } from './stock.ts'

export interface Moved {
  movementId: string
  itemId: string
  quantity: number
  text: string
}

export class ByHand {
  private readonly pool: Pool
  private readonly agencyId: string
  private readonly actor: Actor

  private constructor(pool: Pool, agencyId: string, actor: Actor) {
    this.pool = pool
    this.agencyId = agencyId
    this.actor = actor
  }

  static open(config: pg.ClientConfig, agencyId: string, actor: Actor, atOnce: number): ByHand {
    const pool = new Pool({ ...config, options: '-c search_path=app,ref,public' }, atOnce)
    return new ByHand(pool, agencyId, actor)
  }

  batch(
    entries: readonly CommandEntry[],
    layers: { order: boolean; journal: boolean },
  ): Promise<{ id: string; verdict: 'done'; answer: { before: number } }[]> {
    return this.pool.with(async connection => {
      let seq = 0
      if (layers.order) {
        const ids = entries.map(entry => entry.id)
        seq = (await openBatch(connection, this.actor.scope, ids)).standing.headSeq
      } else await connection.script('begin')
      const sent: Promise<unknown>[] = []
      const rows: JournalRow[] = []
      const verdicts: { id: string; verdict: 'done'; answer: { before: number } }[] = []
      for (const entry of entries) {
        const before = await this.move(connection, entry, sent)
        seq += 1
        verdicts.push({ id: entry.id, verdict: 'done', answer: { before } })
        if (layers.journal) rows.push(this.rowOf(entry, seq, before))
      }
      if (layers.journal) sent.push(...closeBatch(connection, this.agencyId, rows))
      sent.push(connection.commit())
      await Promise.all(sent)
      return verdicts
    })
  }

  private async move(connection: Connection, entry: CommandEntry, sent: Promise<unknown>[]): Promise<number> {
    const { movementId, itemId, quantity, text } = entry.input as Moved
    const { agencyId } = this
    const found = await connection.send<{ quantity: number }>(sql.select, [agencyId, itemId])
    const before = found.rows[0]?.quantity ?? 0
    sent.push(
      connection.send(sql.movement, [agencyId, movementId, itemId, quantity, entry.occurredAt]),
      connection.send(sql.line, [agencyId, derivedId(entry.id, 'line'), movementId, text]),
      connection.send(sql.update, [before + quantity, agencyId, itemId]),
    )
    return before
  }

  private rowOf(entry: CommandEntry, seq: number, before: number): JournalRow {
    const { actor } = this
    return {
      seq,
      id: entry.id,
      parentId: null,
      name: entry.name,
      version: entry.version,
      kind: 'request',
      actorId: actor.accountId,
      actor: { roles: actor.roles, officerId: actor.officerId, units: actor.scope.unitIds },
      deviceId: null,
      occurredAt: entry.occurredAt,
      receivedAt: entry.occurredAt,
      digest: 'd',
      input: entry.input,
      verdict: 'done',
      answer: { before },
    }
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}
