// Ctrl+K: pages, people, posts and zones in one list.
import { useCallback } from 'react'
import { useGo } from '../../device/address.ts'
import { useClient, useMay } from '../../device/hooks.ts'
import { officers } from '../../modules/people/contracts.ts'
import { postList, zoneList } from '../../modules/posts/contracts.ts'
import { type PaletteAnswer, type PaletteGroup, type RailItem, useWords } from '../../ui/index.ts'
import { frameWords } from './frame-words.ts'

const each = 6

/** What each part found, in order, and the first failure: one list that cannot be asked does not hide the others. */
export async function gathered(parts: readonly Promise<PaletteGroup>[]): Promise<PaletteAnswer> {
  const settled = await Promise.allSettled(parts)
  const failures = settled.filter(part => part.status === 'rejected')
  return {
    groups: settled.flatMap(part => (part.status === 'fulfilled' ? [part.value] : [])),
    ...(failures[0] ? { failed: failures[0].reason } : {}),
  }
}

function usePeople() {
  const client = useClient()
  const to = useGo()
  const t = useWords(frameWords)
  return useCallback(
    async (search: string, signal: AbortSignal): Promise<PaletteGroup> => {
      const { rows } = await client.ask(officers, { search, limit: each }, signal)
      const items = rows.map(row => ({
        key: row.officerId,
        label: row.name,
        note: `${row.badge} ${row.unitName}`,
        icon: 'people' as const,
        onOpen: () => to('/people', { officer: row.officerId }),
      }))
      return { key: 'people', label: t('people'), items }
    },
    [client, to, t],
  )
}

function usePosts() {
  const client = useClient()
  const to = useGo()
  const t = useWords(frameWords)
  return useCallback(
    async (search: string, signal: AbortSignal): Promise<PaletteGroup> => {
      const { rows } = await client.ask(postList, { search, limit: each }, signal)
      const items = rows.map(row => ({
        key: row.postId,
        label: row.name,
        note: `${row.code} ${row.zoneName ?? row.unitName}`,
        icon: 'posts' as const,
        onOpen: () => to('/posts', { open: row.postId }),
      }))
      return { key: 'posts', label: t('posts'), items }
    },
    [client, to, t],
  )
}

function useZones() {
  const client = useClient()
  const to = useGo()
  const t = useWords(frameWords)
  return useCallback(
    async (search: string, signal: AbortSignal): Promise<PaletteGroup> => {
      const { rows } = await client.ask(zoneList, { search, limit: each }, signal)
      const items = rows.map(row => ({
        key: row.zoneId,
        label: row.name,
        note: row.orderNumber,
        icon: 'posts' as const,
        onOpen: () => to('/zones', { open: row.zoneId }),
      }))
      return { key: 'zones', label: t('zones'), items }
    },
    [client, to, t],
  )
}

export function useSearchEverything(sections: RailItem[]) {
  const to = useGo()
  const t = useWords(frameWords)
  const [people, posts, zones] = [usePeople(), usePosts(), useZones()]
  const [seesPeople, seesPosts, seesZones] = [useMay(officers), useMay(postList), useMay(zoneList)]
  return useCallback(
    async (q: string, signal: AbortSignal): Promise<PaletteAnswer> => {
      const text = q.trim()
      const items = sections
        .filter(item => item.label.toLowerCase().includes(text.toLowerCase()))
        .map(item => ({ key: item.key, label: item.label, icon: item.icon, onOpen: () => to(item.href) }))
      const pages = { key: 'pages', label: t('pages'), items }
      if (text === '') return { groups: [pages] }
      const asked = [
        ...(seesPeople ? [people(text, signal)] : []),
        ...(seesPosts ? [posts(text, signal)] : []),
        ...(seesZones ? [zones(text, signal)] : []),
      ]
      return gathered([Promise.resolve(pages), ...asked])
    },
    [people, posts, zones, seesPeople, seesPosts, seesZones, to, sections, t],
  )
}
