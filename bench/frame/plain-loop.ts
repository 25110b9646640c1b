// The four statements as anybody would send them who knows the driver well: named statements, the driver's own
// pipelining, one transaction a batch. Nothing of ours is in it.
import pg from 'pg'
import type { CommandEntry } from '../../src/kernel/contract.ts'
import { derivedId } from '../../src/kernel/ids.ts'
import type { Moved } from './by-hand.ts'
import { sql } from './stock.ts'

export class PlainLoop {
  private readonly idle: pg.Client[] = []
  private readonly agencyId: string
  private readonly all: pg.Client[] = []

  private constructor(agencyId: string) {
    this.agencyId = agencyId
  }

  static async open(config: pg.ClientConfig, agencyId: string, atOnce: number): Promise<PlainLoop> {
    const loop = new PlainLoop(agencyId)
    for (let n = 0; n < atOnce; n += 1) {
      const client = new pg.Client({ ...config, pipeline: true } as pg.ClientConfig)
      await client.connect()
      loop.all.push(client)
      loop.idle.push(client)
    }
    return loop
  }

  /** `inOrder` takes the agency's lock and nothing else: no two batches at once, as everything of ours has it. */
  async batch(entries: readonly CommandEntry[], inOrder: boolean) {
    const client = this.idle.pop()
    if (!client) throw new Error('invariant: no more batches at once than connections')
    const verdicts: { id: string; verdict: 'done'; answer: { before: number } }[] = []
    const sent: Promise<unknown>[] = [client.query('begin')]
    if (inOrder) {
      const text = 'select pg_advisory_xact_lock(hashtextextended($1, 0))'
      sent.push(client.query({ name: 'order', text, values: [this.agencyId] }))
    }
    for (const entry of entries) {
      const before = await this.move(client, entry, sent)
      verdicts.push({ id: entry.id, verdict: 'done', answer: { before } })
    }
    sent.push(client.query('commit'))
    await Promise.all(sent)
    this.idle.push(client)
    return verdicts
  }

  private async move(client: pg.Client, entry: CommandEntry, sent: Promise<unknown>[]): Promise<number> {
    const { movementId, itemId, quantity, text } = entry.input as Moved
    const { agencyId } = this
    const run = (name: keyof typeof sql, values: unknown[]) => client.query({ name, text: sql[name], values })
    const found = await run('select', [agencyId, itemId])
    const before = Number(found.rows[0]?.quantity)
    sent.push(
      run('movement', [agencyId, movementId, itemId, quantity, entry.occurredAt]),
      run('line', [agencyId, derivedId(entry.id, 'line'), movementId, text]),
      run('update', [before + quantity, agencyId, itemId]),
    )
    return before
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(client => client.end()))
  }
}
