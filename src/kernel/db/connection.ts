// Connections of the app's role: few, pipelined, each with its own Kysely that compiles and sends on it.
// Kysely's own driver would prepare nothing and wait for every answer; named statements and pipelining are worth
// a factor of three on commands (docs/decisions/0001-command-pipeline.md).
import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import pg from 'pg'
import { Burst, type Outcome, sendable, type Step } from './burst.ts'
import { DatabaseGone, endsConnection, faultOf } from './fault.ts'

// count(*) is int8. Our counts fit a double exactly; a text would make every reader convert.
pg.types.setTypeParser(20, text => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`int8 ${text} does not fit a number`)
  return value
})
// Days stay texts: a Date would move them by the machine's time zone.
pg.types.setTypeParser(1082, text => text)
// Instants come out as ISO texts in UTC, which JSON carries and every client parses alike.
// Sessions are in UTC and most instants lie on a second; a list of a thousand rows has thousands of them.
pg.types.setTypeParser(1184, text =>
  text.length === 22 && text.endsWith('+00')
    ? `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`
    : new Date(text).toISOString(),
)

// biome-ignore lint: the kernel knows no module's tables
export type AnyTables = any

export interface Answer<R = Record<string, unknown>> {
  rows: R[]
  rowCount: number
}

/** Texts by name; '' for one met only once, which is not worth keeping on the server. */
const statementNames = new Map<string, string>()
const namedTextMost = 20_000
const namedMost = 1_000

/** A stable name per text, so that each connection parses and plans a repeated statement once. */
function statementName(sql: string): string | undefined {
  if (sql.length > namedTextMost) return undefined
  const known = statementNames.get(sql)
  if (known) return known
  // Texts vary with the number of rows that a caller inserts at once; the map must not grow with them.
  if (statementNames.size >= 5_000) statementNames.clear()
  const name = known === '' ? createHash('sha1').update(sql).digest('base64url') : ''
  statementNames.set(sql, name)
  return name || undefined
}

/** One user's hold on a connection. */
interface Lease {
  open: boolean
}

export class Connection {
  readonly client: pg.Client
  /** Belongs to one lease: after it, a query through it is refused rather than run in a stranger's transaction. */
  db!: Kysely<AnyTables>
  broken = false
  /** Called before a query is awaited, so that buffered writes go first. */
  beforeRead: (() => void) | undefined
  /** Set by re-execution: rows of a read without a complete order may come in any order, so they come reversed. */
  reverseUnordered = false
  private lease: Lease = { open: false }
  private readonly waiting: Step[] = []
  private readonly named = new Set<string>()

  private constructor(client: pg.Client) {
    this.client = client
    client.on('error', () => {
      this.broken = true
    })
  }

  static async open(config: pg.ClientConfig, reverseUnordered = false): Promise<Connection> {
    const client = new pg.Client({
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      ...config,
      pipeline: true,
    } as pg.ClientConfig)
    const connection = new Connection(client)
    connection.reverseUnordered = reverseUnordered
    try {
      await client.connect()
    } catch (error) {
      throw new DatabaseGone((error as Error).message, error)
    }
    return connection
  }

  begin(): void {
    const lease = { open: true }
    this.lease = lease
    this.db = new Kysely<AnyTables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createIntrospector: db => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createDriver: () => driverOf(this, lease),
      },
    })
  }

  end(): void {
    this.lease.open = false
    this.beforeRead = undefined
    if (this.broken) return
    // Whoever comes next must not find a stranger's transaction open.
    const open = this.client.getTransactionStatus() !== 'I'
    // Statements live as long as their connection; one that has gathered too many makes room for a fresh one.
    if (open || this.named.size > namedMost) void this.close()
  }

  /** What is sent in one turn of the loop goes out as one burst. */
  private queue(step: Step): void {
    this.waiting.push(step)
    if (this.waiting.length === 1) process.nextTick(() => this.flush())
  }

  private flush(): void {
    if (this.waiting.length === 0) return
    const { stream } = (this.client as unknown as { connection: { stream: Socket } }).connection
    // One packet: a system call less per message.
    stream.cork()
    this.client.query(new Burst(this.waiting.splice(0)) as unknown as pg.Query)
    stream.uncork()
  }

  /** Sends a compiled statement; the answer comes in order. */
  async send<R = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<Answer<R>> {
    const name = statementName(sql)
    if (name) this.named.add(name)
    const { rows, rowCount } = await this.answered(name, sql, sendable(parameters))
    return { rows: rows as R[], rowCount: rowCount ?? 0 }
  }

  /** Sends a setting, which takes no parameters and is not worth preparing. */
  async setting(sql: string): Promise<void> {
    await this.answered(undefined, sql, [])
  }

  private async answered(name: string | undefined, text: string, values: unknown[]): Promise<Outcome> {
    try {
      return await new Promise((done, failed) => this.queue({ name, text, values, done, failed }))
    } catch (error) {
      throw this.seen(error)
    }
  }

  /** Sends several statements without parameters (begin, settings, savepoints) in one message. */
  async script(sql: string): Promise<void> {
    this.flush()
    try {
      await this.client.query(sql)
    } catch (error) {
      throw this.seen(error)
    }
  }

  /** PostgreSQL answers a commit of a failed transaction with a rollback and no error. */
  async commit(): Promise<void> {
    this.flush()
    try {
      const { command } = await this.client.query('commit')
      if (command !== 'COMMIT') throw new Error(`invariant: the transaction had failed (${command})`)
    } catch (error) {
      throw this.seen(error)
    }
  }

  /** Ends a transaction that failed. Where even that fails the connection is given up, and the first error stands. */
  async rollback(): Promise<void> {
    if (this.broken) return
    try {
      await this.script('rollback')
    } catch (error) {
      if (faultOf(error) === 'none') throw error
      this.broken = true
    }
  }

  private seen(error: unknown): unknown {
    if (endsConnection(error)) this.broken = true
    const lost = this.broken && faultOf(error) === 'none'
    return lost ? new DatabaseGone((error as Error).message, error) : error
  }

  async close(): Promise<void> {
    this.broken = true
    await this.client.end()
  }
}

/** A read whose rows may come in any order, whether it was built or written as SQL. */
function isUnorderedRead({ query, sql }: CompiledQuery): boolean {
  const reads =
    query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*(select|with)\b/i.test(sql))
  return reads && !/\border by\b/i.test(sql)
}

function driverOf(owner: Connection, lease: Lease): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (!lease.open) throw new Error('invariant: a query after its transaction has ended')
      owner.beforeRead?.()
      const answer = await owner.send<R>(query.sql, query.parameters)
      if (owner.reverseUnordered && isUnorderedRead(query)) answer.rows.reverse()
      return { rows: answer.rows, numAffectedRows: BigInt(answer.rowCount) }
    },
    streamQuery() {
      throw new Error('invariant: rows are paged, not streamed')
    },
  }
  const refuse = async () => {
    throw new Error('invariant: transactions are opened by the kernel')
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
}

/** A small pool of pipelined connections. Waiters are served in order. */
export class Pool {
  private readonly config: pg.ClientConfig
  private readonly size: number
  private readonly idle: Connection[] = []
  private readonly waiting: ((connection: Connection | Error) => void)[] = []
  private open = 0
  private closed = false
  private readonly reverseUnordered: boolean

  constructor(config: pg.ClientConfig, size: number, reverseUnordered = false) {
    this.config = config
    this.size = size
    this.reverseUnordered = reverseUnordered
  }

  private async take(): Promise<Connection> {
    if (this.closed) throw new DatabaseGone('the pool is closed')
    let connection = this.idle.pop()
    while (connection?.broken) {
      this.open -= 1
      connection = this.idle.pop()
    }
    if (connection) return connection
    if (this.open < this.size) {
      this.open += 1
      try {
        return await Connection.open(this.config, this.reverseUnordered)
      } catch (error) {
        this.open -= 1
        this.serve()
        throw error
      }
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(next => (next instanceof Error ? reject(next) : resolve(next)))
    })
  }

  /** There is room again: the first who waits tries for itself, and fails for itself where the database is gone. */
  private serve(): void {
    const waiter = this.waiting.shift()
    if (waiter) this.take().then(waiter, waiter)
  }

  private give(connection: Connection): void {
    connection.end()
    if (connection.broken || this.closed) {
      this.open -= 1
      if (!connection.broken) void connection.close()
      this.serve()
      return
    }
    const waiter = this.waiting.shift()
    if (waiter) waiter(connection)
    else this.idle.push(connection)
  }

  async with<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.take()
    connection.begin()
    try {
      return await work(connection)
    } finally {
      this.give(connection)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    for (const waiter of this.waiting.splice(0)) waiter(new DatabaseGone('the pool is closed'))
    await Promise.all(this.idle.splice(0).map(connection => connection.close()))
  }
}
