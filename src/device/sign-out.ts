// Leaving on this device: the session ends, and what was pushed to it ends with the session.
import { useCallback } from 'react'
import { endPushHere, pushedHere } from './push.ts'
import { useClient } from './hooks.ts'

/** Ends this session, or all of the account (`everywhere`), and leads to the door. */
export function useSignOut(): (everywhere?: boolean) => Promise<void> {
  const client = useClient()
  return useCallback(
    async (everywhere = false) => {
      const endpoint = await pushedHere()
      await client.post('/api/sign-out', {
        ...(everywhere ? { everywhere } : {}),
        ...(endpoint === null ? {} : { endpoint }),
      })
      await endPushHere()
      location.assign('/')
    },
    [client],
  )
}
