// What the pages of the phone share: whether there is a network, and where the tabs at the foot lead.
import { useNavigate } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { useSession } from './hooks.ts'
import { useOutbox } from './outbox-hooks.ts'

function onNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export function useNetwork(): 'online' | 'offline' {
  return useSyncExternalStore(onNetwork, () => navigator.onLine) ? 'online' : 'offline'
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

const places = { today: '/today', tasks: '/tasks', me: '/me' } as const
type Tab = keyof typeof places | 'check'

interface Tabs {
  /** The tab of the open page was tapped: back to where it begins. */
  again?: () => void
  /** The pages of a tab are not in use yet, and the page says so. */
  later: () => void
}

/** What the tabs do on a page of theirs at `path`. */
export function usePhoneTabs(path: string, { again, later }: Tabs): (tab: Tab) => void {
  const navigate = useNavigate()
  return tab => {
    if (tab === 'check') later()
    else if (places[tab] === path) again?.()
    else void navigate({ to: places[tab] })
  }
}
