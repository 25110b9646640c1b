import { Button } from 'antd'
import { useMemo } from 'react'
import {
  type MapData,
  type MapPick,
  type MapPopoverContent,
  MapView,
  type PostState,
  type Translate,
  useWords,
} from '../../../ui/index.ts'
import { type Cover, coverOfPosts, type MapAnswer, type PostCover } from './figures-of.ts'
import { reportWords } from './words.ts'

type Go = (path: string, search?: Record<string, string>) => void
type Say = Translate<typeof reportWords>

function stateOf(cover: PostCover | undefined): PostState {
  if (!cover || cover.need === 0) return 'notDue'
  if (cover.have === 0) return 'open'
  return cover.have < cover.need ? 'short' : 'staffed'
}

/** What has a place; the rest stands in the lists. */
function placed<T extends { lng: number | null; lat: number | null }>(
  one: T,
): (T & { at: [number, number] })[] {
  return one.lng === null || one.lat === null ? [] : [{ ...one, at: [one.lng, one.lat] }]
}

function mapData(map: MapAnswer, covers: Map<string, PostCover>, t: Say): MapData {
  return {
    zones: map.zones.flatMap(({ zoneId, name, kind, polygon }) => {
      if (!polygon) return []
      const ring = [...polygon, ...polygon.slice(0, 1)]
      return [{ id: zoneId, name, kind, shape: { type: 'Polygon' as const, coordinates: [ring] } }]
    }),
    posts: map.posts
      .filter(post => post.kind !== 'samplingSite' || post.sampling)
      .flatMap(placed)
      .map(post => {
        const own = covers.get(post.postId)
        const state = post.sampling ? ('sampling' as const) : stateOf(own)
        return {
          id: post.postId,
          name: post.name,
          at: post.at,
          state,
          count: own ? `${own.have}/${own.need}` : '',
        }
      }),
    groups: [
      {
        key: 'cameras',
        label: t('cameras'),
        mark: 'triangle',
        hidden: true,
        points: map.cameras.flatMap(placed).map(one => ({ id: one.cameraId, name: one.name, at: one.at })),
      },
    ],
  }
}

function zonePopover(map: MapAnswer, zoneId: string, t: Say, to: Go): MapPopoverContent | null {
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

function postPopover(map: MapAnswer, postId: string, own: PostCover | undefined, t: Say, to: Go) {
  const post = map.posts.find(one => one.postId === postId)
  if (!post) return null
  const state = stateOf(own)
  const signal = state === 'open' ? 'red' : state === 'short' ? 'amber' : undefined
  return {
    title: post.name,
    ...(signal ? { signal } : {}),
    body: own && own.need > 0 ? `${t('need', { n: own.need })} · ${t('have', { n: own.have })}` : t('notDue'),
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

/** Zones with their measures, posts by how they are staffed now, sampling sites and cameras. */
export function SituationMap({ map, cover, to }: { map: MapAnswer; cover: Cover; to: Go }) {
  const t = useWords(reportWords)
  const covers = useMemo(() => coverOfPosts(cover), [cover])
  const data = useMemo(() => mapData(map, covers, t), [map, covers, t])
  const popover = (pick: MapPick) =>
    pick.kind === 'zone'
      ? zonePopover(map, pick.id, t, to)
      : postPopover(map, pick.id, covers.get(pick.id), t, to)
  return <MapView label={t('map')} data={data} popover={popover} />
}
