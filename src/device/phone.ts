// What the pages of the phone share: whether there is a network, and where the tabs at the foot lead.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { useClient, useSession } from './hooks.ts'
import { useOutbox } from './outbox-hooks.ts'

export { isPhone } from './is-phone.ts'

function onNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export function useNetwork(): 'online' | 'offline' {
  const { reach } = useClient()
  const network = useSyncExternalStore(onNetwork, () => navigator.onLine)
  const reached = useSyncExternalStore(reach.subscribe, reach.now)
  return network && reached ? 'online' : 'offline'
}

/**
 * Without a network: when the oldest of what is on the page was true, in milliseconds by the server's clock. Null while
 * there is a network, and where the page shows no answer.
 */
export function useAsOf(): number | null {
  const { clock } = useClient()
  const cache = useQueryClient().getQueryCache()
  const offline = useNetwork() === 'offline'
  const oldest = useSyncExternalStore(
    listener => cache.subscribe(listener),
    () => {
      const shown = cache.getAll().filter(query => query.isActive() && query.state.data !== undefined)
      return Math.min(...shown.map(query => query.state.dataUpdatedAt))
    },
  )
  return offline && Number.isFinite(oldest) ? oldest + clock.offset() : null
}

/** What the strip at the head says of the network and of what waits to be sent; `time` writes an instant. */
export function useStrip(time: (at: string) => string) {
  const { agency } = useSession()
  const { unsent, oldest } = useOutbox()
  const network = useNetwork()
  const navigate = useNavigate()
  return {
    rehearsal: agency.kind === 'rehearsal',
    network: unsent > 0 && network === 'online' ? ('sending' as const) : network,
    unsent: oldest === null ? null : { count: unsent, earliest: time(oldest) },
    onUnsent: () => void navigate({ to: '/outbox' }),
  }
}

const places = { today: '/today', check: '/check', tasks: '/tasks', me: '/me' } as const
type Tab = keyof typeof places

interface Tabs {
  /** The tab of the open page was tapped: back to where it begins. */
  again?: () => void
}

/** What the tabs do on a page of theirs at `path`. */
export function usePhoneTabs(path: string, { again }: Tabs = {}): (tab: Tab) => void {
  const navigate = useNavigate()
  return tab => {
    if (places[tab] === path) again?.()
    else void navigate({ to: places[tab] })
  }
}
