import { Button } from 'antd'
import { useMemo } from 'react'
import { useSession } from '../../../device/hooks.ts'
import {
  EmptyState,
  type MapData,
  type MapPick,
  type MapPopoverContent,
  MapView,
  type PostState,
  type Translate,
  useWords,
} from '../../../ui/index.ts'
import type { Go, Situation } from './figures-of.ts'
import { awayWords } from './away-words.ts'
import { reportWords } from './words.ts'

type Post = Situation['posts'][number]
type Say = Translate<typeof reportWords>

export function stateOf(post: Pick<Post, 'need' | 'there' | 'sampling'>): PostState {
  if (post.need === 0) return post.sampling ? 'sampling' : 'notDue'
  if (post.there <= 0) return 'open'
  return post.there < post.need ? 'short' : post.sampling ? 'sampling' : 'staffed'
}

/** What has a place; the rest stands in the lists. */
function placed<T extends { lng: number | null; lat: number | null }>(
  one: T,
): (T & { at: [number, number] })[] {
  return one.lng === null || one.lat === null ? [] : [{ ...one, at: [one.lng, one.lat] }]
}

export function mapData(map: Pick<Situation, 'zones' | 'posts' | 'cameras'>, t: Say): MapData {
  return {
    zones: map.zones.flatMap(({ zoneId, name, kind, polygon }) => {
      if (!polygon) return []
      const ring = [...polygon, ...polygon.slice(0, 1)] as [number, number][]
      return [{ id: zoneId, name, kind, shape: { type: 'Polygon' as const, coordinates: [ring] } }]
    }),
    posts: map.posts
      .filter(post => post.kind !== 'samplingSite' || post.sampling)
      .flatMap(placed)
      .map(post => ({
        id: post.postId,
        name: post.name,
        at: post.at,
        state: stateOf(post),
        count: post.need > 0 ? `${Math.max(0, post.there)}/${post.need}` : '',
      })),
    groups: [
      {
        key: 'cameras',
        label: t('cameras'),
        mark: 'ring',
        hidden: true,
        points: map.cameras.flatMap(placed).map(one => ({ id: one.cameraId, name: one.name, at: one.at })),
      },
    ],
  }
}

function zonePopover(map: Situation, zoneId: string, t: Say, to: Go): MapPopoverContent | null {
  const zone = map.zones.find(one => one.zoneId === zoneId)
  if (!zone) return null
  const open = () => to('/zones', { q: zone.name, open: zone.zoneId })
  return {
    title: zone.name,
    actions: (
      <Button size="small" onClick={open}>
        {t('openZone')}
      </Button>
    ),
  }
}

function postPopover(map: Situation, postId: string, t: Say, to: Go) {
  const post = map.posts.find(one => one.postId === postId)
  if (!post) return null
  const state = stateOf(post)
  const signal = state === 'open' ? 'red' : state === 'short' ? 'amber' : undefined
  return {
    title: post.name,
    ...(signal ? { signal } : {}),
    body:
      post.need > 0 || post.have > 0
        ? `${t('need', { n: post.need })} · ${t('have', { n: post.have })} · ${t('here', { n: post.present })}${awayWords(post.away, t)}`
        : t('notDue'),
    actions: (
      <>
        <Button type="primary" size="small" onClick={() => to('/roster', { q: post.name })}>
          {t('toRoster')}
        </Button>
        <Button size="small" onClick={() => to('/posts', { q: post.code, open: post.postId })}>
          {t('openPost')}
        </Button>
      </>
    ),
  } satisfies MapPopoverContent
}

/** Zones with their measures, posts by how they are staffed at the moment, sampling sites and cameras. */
export function SituationMap({ seen, to }: { seen: Situation; to: Go }) {
  const t = useWords(reportWords)
  const { agency, tiles } = useSession()
  const { zones, posts, cameras } = seen
  const data = useMemo(() => mapData({ zones, posts, cameras }, t), [zones, posts, cameras, t])
  const popover = (pick: MapPick) =>
    pick.kind === 'zone' ? zonePopover(seen, pick.id, t, to) : postPopover(seen, pick.id, t, to)
  return (
    <MapView
      label={t('map')}
      data={data}
      popover={popover}
      viewKey={agency.code}
      tiles={tiles}
      empty={
        <EmptyState
          sentence={t('emptyMap')}
          action={{ label: t('toPostsMap'), onClick: () => to('/posts/map') }}
        />
      }
    />
  )
}
