// What these pages state, by way of the outbox: it is on the phone before it counts, and comes back after a reload.
import { useEffect, useState } from 'react'
import { newId, type Sent } from '../../../device/client.ts'
import { isUnsent, type OutboxEntry, useOutbox } from '../../../device/outbox-hooks.ts'
import { type CommandContract, Problem } from '../../../kernel/contract.ts'
import { checkIn, checkOut, confirmStay, giveHandover, returnHandover, signHandover } from '../contracts.ts'
import type { TodayWord } from './today-words.ts'

/** What is stated here, and how the line that stays calls it. */
export const statedHere: Readonly<Record<string, TodayWord>> = {
  [checkIn.name]: 'checkIn',
  [checkOut.name]: 'checkOut',
  [confirmStay.name]: 'stayed',
  [giveHandover.name]: 'gaveOver',
  [signHandover.name]: 'tookOver',
  [returnHandover.name]: 'gaveBack',
}

/** What was on its way while the app was open: its end is told once, and not again on the next day. */
const followed = new Set<string>()
/** On its way to the phone's own store. */
interface Storing {
  input: unknown
}
const speaksOf = ({ input }: Storing, id: string) => Object.values(input as object).includes(id)

export function useStatedFacts() {
  const outbox = useOutbox()
  const [storing, setStoring] = useState<Storing | null>(null)
  const [notSaved, setNotSaved] = useState<Problem | null>(null)
  const facts = outbox.entries.filter(one => one.name in statedHere)
  const unsent = facts.filter(isUnsent)
  useEffect(() => {
    for (const one of unsent) followed.add(one.id)
  })
  const newest = facts.at(-1)
  const told = newest && (isUnsent(newest) || !newest.acknowledged || followed.has(newest.id))
  return {
    facts,
    /** What was stated last and is still of interest. */
    last: told ? newest : undefined,
    notSaved,
    /** Whether something was stated of this band and has not been answered yet. */
    waitsFor: (id: string) => (storing && speaksOf(storing, id)) || unsent.some(one => speaksOf(one, id)),
    /** Gives the entry's id once it is stored on this phone; null where it could not be, which is then said. */
    state: async <C extends CommandContract>(
      contract: C,
      input: Sent<C>,
      about: string,
    ): Promise<string | null> => {
      const id = newId()
      followed.add(id)
      setStoring({ input })
      setNotSaved(null)
      try {
        return await outbox.state(contract, input, about, id)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        setNotSaved(error)
        return null
      } finally {
        setStoring(null)
      }
    },
    again: outbox.sendNow,
    acknowledge: (one: OutboxEntry) => void outbox.acknowledge(one.id),
  }
}
export type StatedFacts = ReturnType<typeof useStatedFacts>
