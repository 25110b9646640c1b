// Ctrl+K: pages, people, posts and zones in one list.
import { useCallback } from 'react'
import { useGo } from '../../device/address.ts'
import { useClient } from '../../device/hooks.ts'
import { officers } from '../../modules/people/contracts.ts'
import { postList, zoneList } from '../../modules/posts/contracts.ts'
import { type PaletteGroup, type RailItem, useWords } from '../../ui/index.ts'
import { frameWords } from './frame-words.ts'

const each = 6

export function useSearchEverything(sections: RailItem[]) {
  const client = useClient()
  const to = useGo()
  const t = useWords(frameWords)
  return useCallback(
    async (q: string, signal: AbortSignal): Promise<PaletteGroup[]> => {
      const text = q.trim()
      const pages = sections
        .filter(item => item.label.toLowerCase().includes(text.toLowerCase()))
        .map(item => ({ key: item.key, label: item.label, icon: item.icon, onOpen: () => to(item.href) }))
      const groups: PaletteGroup[] = [{ key: 'pages', label: t('pages'), items: pages }]
      if (text === '') return groups
      const [found, places, zones] = await Promise.all([
        client.ask(officers, { search: text, limit: each }, signal),
        client.ask(postList, { search: text, limit: each }, signal),
        client.ask(zoneList, { search: text, limit: each }, signal),
      ])
      groups.push(
        {
          key: 'people',
          label: t('people'),
          items: found.rows.map(row => ({
            key: row.officerId,
            label: row.name,
            note: `${row.badge} ${row.unitName}`,
            icon: 'people' as const,
            onOpen: () => to('/people', { officer: row.officerId }),
          })),
        },
        {
          key: 'posts',
          label: t('posts'),
          items: places.rows.map(row => ({
            key: row.postId,
            label: row.name,
            note: `${row.code} ${row.zoneName ?? row.unitName}`,
            icon: 'posts' as const,
            onOpen: () => to('/posts', { open: row.postId }),
          })),
        },
        {
          key: 'zones',
          label: t('zones'),
          items: zones.rows.map(row => ({
            key: row.zoneId,
            label: row.name,
            note: row.orderNumber,
            icon: 'posts' as const,
            onOpen: () => to('/zones', { open: row.zoneId }),
          })),
        },
      )
      return groups.filter(group => group.items.length > 0)
    },
    [client, to, sections, t],
  )
}
