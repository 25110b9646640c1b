// Connections of the job queue. graphile-worker marks a job done or failed without waiting for it, and repeats only what
// failed with a code that it knows: any other failure of that ends the process. The database may go away at that very
// moment, so whatever is not the statement's own fault bears the code of a database that cannot be reached yet.
import pg from 'pg'
import { faultOf } from './fault.ts'

/** cannot_connect_now: the queue rests 3 s and more, and tries again. */
const notNow = '57P03'

function asAway(error: unknown): unknown {
  const fault = faultOf(error)
  const away = error instanceof Error && (fault === 'elsewhere' || fault === 'none')
  return away ? Object.assign(error, { code: notNow }) : error
}

/** What is called back or handed on comes as it is; a promise fails as an error of the queue's own kind. */
function told(result: unknown): unknown {
  if (!(result instanceof Promise)) return result
  return result.catch((error: unknown) => {
    throw asAway(error)
  })
}

type Called = (...given: unknown[]) => unknown

class QueueClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const query = this.query.bind(this) as Called
    this.query = ((...given: unknown[]) => told(query(...given))) as typeof this.query
  }
}

export function queuePool(config: pg.ClientConfig, lost: (message: string) => void): pg.Pool {
  const pool = new pg.Pool({ ...config, max: 3, Client: QueueClient } as pg.PoolConfig)
  pool.on('error', error => lost(error.message))
  pool.on('connect', client => {
    client.on('error', error => lost(error.message))
  })
  const connect = pool.connect.bind(pool) as Called
  pool.connect = ((...given: unknown[]) => {
    // What is still to be marked when we end is given out again at the next start. Nobody waits for the answer, and a
    // failure would end the process before the rest of it has ended in order.
    if (pool.ending && given.length === 0) return new Promise(() => undefined)
    return told(connect(...given))
  }) as typeof pool.connect
  return pool
}
