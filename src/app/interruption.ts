// Being asked to end, from the first moment on: PostgreSQL runs in its own process group, so a process that
// simply died would leave it behind.
import { Interrupted } from './refused.ts'

export interface Interruption {
  signal: AbortSignal
  /** Resolves when somebody asked. */
  asked: Promise<void>
  /** From here on signals end the process as they would without us. */
  release(): void
}

// SIGHUP: the terminal was closed.
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A second Ctrl-C does not cut the first one short: the database must be stopped in order. */
export function listenForInterruption(onAsked: () => void): Interruption {
  const abort = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = () => {
    if (abort.signal.aborted) return
    onAsked()
    abort.abort(new Interrupted())
    resolve()
  }
  for (const name of names) process.on(name, stop)
  return {
    signal: abort.signal,
    asked: promise,
    release: () => {
      for (const name of names) process.off(name, stop)
    },
  }
}
