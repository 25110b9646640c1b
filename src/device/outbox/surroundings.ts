// What a browser gives the outbox beside storage: a lock over tabs, word between them, the page's own events.

export interface Turns {
  /** Calls back once it is this tab's turn, which then lasts until the tab ends or the returned function is called. */
  wait(mine: () => void): () => void
}

/** Web Locks. Where there are none each tab sends: the server does no id twice. */
export function browserTurns(name: string, locks: LockManager | null = navigator.locks ?? null): Turns {
  return {
    wait(mine) {
      if (!locks) {
        mine()
        return () => undefined
      }
      const waiting = new AbortController()
      let leave = () => waiting.abort()
      const held = () =>
        new Promise<void>(resolve => {
          leave = resolve
          mine()
        })
      locks.request(name, { signal: waiting.signal }, held).catch((error: unknown) => {
        if (!waiting.signal.aborted) throw error
      })
      return () => leave()
    },
  }
}

export interface Word {
  tell(): void
  hear(listener: () => void): () => void
}

/** To and from the other tabs of this browser. */
export function browserWord(name: string): Word {
  const channel = new BroadcastChannel(name)
  return {
    tell: () => channel.postMessage('changed'),
    hear: listener => {
      channel.addEventListener('message', listener)
      return () => channel.removeEventListener('message', listener)
    },
  }
}
