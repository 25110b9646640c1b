// What a list shows, kept in the address: search, filters and order can be read out, bookmarked and sent.
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'

/** The search part of the address as texts, and a way to replace it without a new step in the history. */
export function useAddress(): [Record<string, string>, (next: Record<string, string>) => void] {
  const location = useRouterState({ select: state => state.location })
  // The address runs ahead of the page: until the next one stands, `open` there is not a record of this one.
  const [here] = useState(location.pathname)
  const own = useRef<Record<string, string>>({})
  if (location.pathname === here) own.current = location.search as Record<string, string>
  const search = own.current
  const navigate = useNavigate()
  const set = useCallback(
    (next: Record<string, string>) => void navigate({ to: '.', search: next as never, replace: true }),
    [navigate],
  )
  return useMemo(() => [search, set], [search, set])
}

/** Opens an address of this app as an alert or a search result carries it: `/zones?open=…`. */
export function useGo(): (link: string, search?: Record<string, string>) => void {
  const navigate = useNavigate()
  return useCallback(
    (link, search = {}) => {
      const [path = '/', query = ''] = link.split('?')
      const all = { ...Object.fromEntries(new URLSearchParams(query)), ...search }
      void navigate({ to: path, search: all as never })
    },
    [navigate],
  )
}
