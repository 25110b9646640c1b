// A revoked device on the page: an outbox of its own that sends what waits, and the machine that says when to destroy.
import { useEffect, useMemo, useReducer, useState } from 'react'
import type { Client } from './client.ts'
import type { DeviceKey } from './device-key.ts'
import type { FieldSource } from './field-hooks.ts'
import { type HandIn, handIn, handInBegins, type HandInEvent } from './hand-in.ts'
import { browserOutbox, deviceHeaders, outboxStore } from './outbox-parts.ts'
import { isUnsent } from './outbox-hooks.ts'
import type { OutboxView } from './outbox/outbox.ts'
import { endPushHere, pushedHere } from './push.ts'
import { noteRevoked, revokedHere } from './revoked-note.ts'
import { wipe } from './wipe.ts'

interface Parts {
  client: Client
  source: FieldSource
  accountId: string
  /** The phone's own key, where it is at hand. */
  pinKey: DeviceKey | null
}

/** What waits and can be sent, and what waits for a key. */
function read({ entries }: OutboxView): HandInEvent {
  const waits = entries.filter(isUnsent)
  const closed = waits.filter(({ problem }) => problem?.code === 'device/locked').length
  const lost = waits.filter(({ problem }) => problem?.code === 'device/unreadable').length
  return { kind: 'read', open: waits.length - closed - lost, closed }
}

/** The server is told as long as it knows the session; that nobody is told keeps nothing from being destroyed. */
async function leave(client: Client): Promise<void> {
  const endpoint = await pushedHere()
  await client.post('/api/device/wiped', {})
  await client.post('/api/sign-out', endpoint === null ? {} : { endpoint })
  await endPushHere()
}

async function destroy({ client, source, accountId }: Parts, installationId: string): Promise<void> {
  noteRevoked(installationId)
  const outbox = outboxStore()
  try {
    const texts = [localStorage, sessionStorage]
    await wipe(accountId, { field: await source(), outbox, texts })
  } finally {
    outbox.close()
  }
  client.device = deviceHeaders({ installationId, unsent: 0, oldest: null })
  await leave(client).catch((error: unknown) => console.warn('wiped, and nobody could be told', error))
}

export function useHandIn(parts: Parts): HandIn {
  const { client, accountId, pinKey } = parts
  const [now, give] = useReducer(handIn, handInBegins)
  const [installationId, setInstallationId] = useState('')
  const outbox = useMemo(
    () =>
      browserOutbox(client, {
        counts: () => Promise.resolve(false),
        key: () => Promise.resolve(pinKey),
      }),
    [client, accountId, pinKey],
  )
  useEffect(() => {
    const look = () => {
      const view = outbox.snapshot()
      if (view.ready) give(read(view))
    }
    const stop = outbox.subscribe(look)
    const failed = (error: unknown) => console.warn('what waits here cannot be read', error)
    const begin = async () => {
      const found = revokedHere() ?? (await outbox.installationId())
      setInstallationId(found)
      client.device = deviceHeaders({ installationId: found, unsent: 0, oldest: null })
      await outbox.signedIn(accountId, null)
      look()
    }
    void begin().catch(failed)
    const online = () => outbox.sendNow()
    window.addEventListener('online', online)
    return () => {
      window.removeEventListener('online', online)
      stop()
      outbox.close()
    }
  }, [outbox, accountId])
  useEffect(() => {
    if (now.at !== 'wiping') return
    // The store is not to be written to any more.
    outbox.close()
    destroy(parts, installationId).then(
      () => give({ kind: 'wiped' }),
      (error: unknown) => {
        console.warn('not destroyed yet', error)
        give({ kind: 'wipeFailed' })
      },
    )
  }, [now.at])
  return now
}
