// Leaving on this device: the session ends, and with it what was pushed to it and what was kept of it here.
import { useCallback } from 'react'
import { useFieldSource } from './field-hooks.ts'
import { useClient } from './hooks.ts'
import { endPushHere, pushedHere } from './push.ts'

/** Ends this session, or all of the account (`everywhere`), and leads to the door. */
export function useSignOut(): (everywhere?: boolean) => Promise<void> {
  const client = useClient()
  const field = useFieldSource()
  return useCallback(
    async (everywhere = false) => {
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
    [client, field],
  )
}
