import { useState, useSyncExternalStore } from 'react'

export type ShownRange = [from: number, to: number] | null
export type RangeChannel = {
  report: (from: number, to: number) => void
  subscribe: (notify: () => void) => () => void
  read: () => ShownRange
}

/** Which rows are in sight, from the table to the foot, past the page: scrolling must not draw the page anew. */
export function useRangeChannel(): RangeChannel {
  const [channel] = useState<RangeChannel>(() => {
    let range: ShownRange = null
    const listeners = new Set<() => void>()
    return {
      report: (from, to) => {
        if (range?.[0] === from && range[1] === to) return
        range = [from, to]
        for (const notify of listeners) notify()
      },
      subscribe: notify => {
        listeners.add(notify)
        return () => listeners.delete(notify)
      },
      read: () => range,
    }
  })
  return channel
}

export function useShownRange(channel: RangeChannel): ShownRange {
  return useSyncExternalStore(channel.subscribe, channel.read, channel.read)
}
