import { useCallback, useState } from 'react'

/** State kept in this browser under `key`. With no key, or storage refused, it lasts for the page. */
export function useKept<T>(key: string | undefined, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, initial))
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      if (!key) return
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Not kept; the page still works.
      }
    },
    [key],
  )
  return [value, keep]
}

function read<T>(key: string | undefined, initial: T): T {
  if (!key) return initial
  try {
    const stored = localStorage.getItem(key)
    return stored === null ? initial : (JSON.parse(stored) as T)
  } catch {
    return initial
  }
}
