// Leaving on this device: the session ends, and with it what was pushed to it and what was kept of it here.
import { useCallback } from 'react'
import { useFieldSource } from './field-hooks.ts'
import { useClient } from './hooks.ts'
import { useOutbox } from './outbox-hooks.ts'
import { endPushHere, pushedHere } from './push.ts'

/**
 * Ends this session, or all of the account (`everywhere`), and leads to the door. While this device holds something
 * that was not sent, or was turned down and not read, it leads to where that is said first, unless it was (`warned`).
 */
export function useSignOut(): (everywhere?: boolean, warned?: boolean) => Promise<void> {
  const client = useClient()
  const field = useFieldSource()
  const { unsent, turnedDown } = useOutbox()
  const unfinished = unsent + turnedDown
  return useCallback(
    async (everywhere = false, warned = false) => {
      if (unfinished > 0 && !warned) return location.assign('/me')
      const endpoint = await pushedHere()
      await client.post('/api/sign-out', {
        ...(everywhere ? { everywhere } : {}),
        ...(endpoint === null ? {} : { endpoint }),
      })
      // A browser that refuses its storage kept nothing, and must keep nobody from leaving.
      await field().then(
        kept => kept.forget(),
        (error: unknown) => console.warn('nothing to forget', error),
      )
      await endPushHere()
      location.assign('/')
    },
    [client, field, unfinished],
  )
}
