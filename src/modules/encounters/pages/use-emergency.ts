// One tap on the red bar is a passage: stored and on its way before anybody is asked what it was.
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useClient } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import { buzz } from '../../../ui/phone.ts'
import { passEmergency } from '../contracts.ts'
import type { MySeat } from './own-post.ts'

export interface Passage {
  emergencyId: string
  at: number
  saved: boolean
}

export function useEmergency(seat: MySeat | undefined, outbox: UsedOutbox) {
  const { clock } = useClient()
  const [open, setOpen] = useState<Passage | null>(null)
  const pass = async () => {
    if (!seat) return
    const emergencyId = newId()
    // Said at once: nobody waits at the bar for a phone to write.
    setOpen({ emergencyId, at: clock.now(), saved: true })
    buzz()
    const input = { postId: seat.postId, emergency: 'other', people: 1, passer: 'vehicle', note: '' } as const
    try {
      await outbox.state(passEmergency, input, seat.postName, emergencyId)
    } catch {
      // The page says that it is not stored; the passage itself is not held up by that.
      setOpen(passage => passage && { ...passage, saved: false })
    }
  }
  return { open, pass, close: () => setOpen(null) }
}
