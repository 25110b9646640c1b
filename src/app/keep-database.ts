// Our own PostgreSQL is started again when it ends under us: killed for lack of memory, or by hand. Connections
// are opened again by those who hold them, because the socket stays where it was.
import { setTimeout as sleep } from 'node:timers/promises'
import type { LaunchedDatabase } from '../kernel/db/launcher.ts'
import { processStart } from '../kernel/db/launcher-processes.ts'
import type { Log } from '../kernel/log.ts'

// Reading one small file of /proc twice a second; elsewhere it is a program run each time.
const lookMs = process.platform === 'linux' ? 500 : 3_000
const pauseMostMs = 30_000

export interface KeptDatabase {
  /** Ends the watch, and the server when nobody else uses it. */
  stop(): Promise<void>
}

export function keepDatabase(
  first: LaunchedDatabase,
  launch: () => Promise<LaunchedDatabase>,
  log: Log,
): KeptDatabase {
  const ending = new AbortController()
  let current = first
  const start = processStart(first.pid)

  const again = async (): Promise<string | undefined> => {
    for (let pause = 1_000; !ending.signal.aborted; pause = Math.min(pause * 2, pauseMostMs)) {
      try {
        const fresh = await launch()
        // Only now: while one of our claims stands, nobody believes the database to be out of use.
        await current.stop()
        current = fresh
        const moved = fresh.owner.host !== first.owner.host || fresh.owner.port !== first.owner.port
        if (moved)
          log.error('database moved', { to: fresh.owner.host, todo: 'stop Fangxian and start it again' })
        else log.warn('database started again', { pid: fresh.pid })
        return processStart(fresh.pid)
      } catch (error) {
        log.error('database not started', { message: (error as Error).message, againInMs: pause })
        await rest(pause, ending.signal)
      }
    }
    return undefined
  }

  const watching = (async () => {
    let known = start
    while (!ending.signal.aborted) {
      await rest(lookMs, ending.signal)
      if (ending.signal.aborted || (known !== undefined && processStart(current.pid) === known)) continue
      log.error('database ended', { pid: current.pid, log: current.logFile })
      known = await again()
    }
  })()

  return {
    stop: async () => {
      ending.abort()
      await watching
      await current.stop()
    },
  }
}

/** A pause that is over at once when the signal comes, and that holds no process open. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal, ref: false })
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
  }
}
