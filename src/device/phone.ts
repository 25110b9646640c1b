// What the pages of the phone share: whether there is a network, and where the tabs at the foot lead.
import { useNavigate } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'

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

const places = { today: '/today', check: '/check', tasks: '/tasks', me: '/me' } as const
type Tab = keyof typeof places

interface Tabs {
  /** The tab of the open page was tapped: back to where it begins. */
  again?: () => void
  later?: () => void
}

/** What the tabs do on a page of theirs at `path`. */
export function usePhoneTabs(path: string, { again }: Tabs = {}): (tab: Tab) => void {
  const navigate = useNavigate()
  return tab => {
    if (places[tab] === path) again?.()
    else void navigate({ to: places[tab] })
  }
}
