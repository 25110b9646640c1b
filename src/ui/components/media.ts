import { useSyncExternalStore } from 'react'
import { foldAt } from '../tokens.ts'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    notify => {
      const list = window.matchMedia(query)
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** The desk on a phone or at 200 % zoom. */
export function useFolded(): boolean {
  return useMedia(`(max-width: ${foldAt}px)`)
}
