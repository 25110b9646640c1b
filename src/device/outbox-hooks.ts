import { useMemo } from 'react'
import { newId } from './client.ts'
export interface Outbox {
  state(contract: unknown, input: unknown, about: unknown, id?: string): Promise<string>
  unsent: number
  oldest: string | null
}
export function useOutbox(): Outbox {
  return useMemo(
    () => ({
      state: async (_c: unknown, _i: unknown, _a: unknown, id = newId()) => id,
      unsent: 0,
      oldest: null,
    }),
    [],
  )
}
