import { Button } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useDo, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type DrawRequest,
  EmptyState,
  type MapHandle,
  type MapPick,
  type MapPopoverContent,
  MapView,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  mapAt,
  movePost,
  openZone,
  type Position,
  postKindTitles,
  redrawZone,
  zoneKindTitles,
} from '../contracts.ts'
import { ImportDrawer } from './ImportDrawer.tsx'
import { mapDataOf } from './map-data.ts'
import { PostDrawer } from './PostDrawer.tsx'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { postsWords } from './words.ts'
import { ZoneDrawer } from './ZoneDrawer.tsx'
import { ZoneForm } from './ZoneForm.tsx'

type MapAnswer = OutputOf<typeof mapAt>
type Address = ReturnType<typeof useAddress>

export default function MapPage() {
  return <PostsFrame>{running => <PlacesMap running={running} />}</PostsFrame>
}

const ringOf = (coordinates: [number, number][][]): Position[] => {
  const ring = coordinates[0] ?? []
  const [first] = ring
  const last = ring.at(-1)
  return first && last && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring
}

/**
 * What is being drawn stands in the address: `draw=zone` a new zone, `draw=ID` the outline of that zone, `place=ID`
 * where that post stands. Other pages send people here so.
 */
function useDraw(map: MapAnswer | undefined, [address, setAddress]: Address) {
  const redraw = useDo(redrawZone)
  const move = useDo(movePost)
  const [drawn, setDrawn] = useState<Position[] | null>(null)
  const stop = () => {
    const { draw: _draw, place: _place, ...rest } = address
    setAddress(rest)
  }
  const { draw: zoneId, place: postId } = address
  let request: DrawRequest | null = null
  if (map && zoneId && drawn === null) {
    const zone = map.zones.find(one => one.zoneId === zoneId)
    request = {
      kind: 'polygon',
      start: zone?.polygon ?? undefined,
      onCancel: stop,
      onFinish: ({ geometry }) => {
        if (geometry.type !== 'Polygon') return
        const polygon = ringOf(geometry.coordinates)
        if (zone) redraw.mutate({ zoneId, polygon }, { onSuccess: stop })
        else setDrawn(polygon)
      },
    }
  } else if (map && postId) {
    request = {
      kind: 'point',
      onCancel: stop,
      onFinish: ({ geometry }) => {
        if (geometry.type !== 'Point') return
        const [lng, lat] = geometry.coordinates
        move.mutate({ postId, place: { lng, lat } }, { onSuccess: stop })
      },
    }
  }
  const done = () => {
    setDrawn(null)
    stop()
  }
  return { request, drawn, done, error: redraw.error ?? move.error }
}

function PlacesMap({ running }: { running: Running }) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const { agency, tiles } = useSession()
  const handle = useRef<MapHandle>(null)
  const address = useAddress()
  const [search, setSearch] = address
  const answer = useAsk(mapAt, { operationId: running.operationId }, { refetchSeconds: 300 })
  const draw = useDraw(answer.data, address)
  const [importing, setImporting] = useState(false)
  const data = useMemo(
    () =>
      answer.data ? mapDataOf(answer.data, { cameras: t('cameras'), idleSites: t('idleSites') }, lang) : null,
    [answer.data, t, lang],
  )
  const open = (more: Record<string, string>) => {
    const { post: _post, zone: _zone, ...rest } = search
    setSearch({ ...rest, ...more })
  }
  const popover = usePopover(answer.data, open)
  if (answer.error) return <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data || !data) return <SkeletonPanel lines={12} />
  const bare =
    data.zones.length + data.posts.length === 0 && data.groups?.every(one => one.points.length === 0)
  return (
    <Panel
      fill
      className="fx-posts-map"
      title={t('map')}
      note={t('mapNote')}
      actions={
        <MapButtons
          running={running}
          // With nothing on the map its own button says what comes first.
          first={!bare}
          onFit={() => handle.current?.fit()}
          onDraw={() => setSearch({ ...search, draw: 'zone' })}
          onImport={() => setImporting(true)}
        />
      }
    >
      <h1 className="fx-hidden">{t('map')}</h1>
      {draw.error ? <ProblemNote error={draw.error} safe="kept" /> : null}
      <MapView
        ref={handle}
        label={t('map')}
        data={data}
        tiles={tiles}
        draw={draw.request}
        popover={popover}
        fitKey={running.operationId}
        viewKey={agency.code}
        empty={<EmptyMap onImport={() => setImporting(true)} />}
      />
      {draw.drawn ? <ZoneForm running={running} polygon={draw.drawn} onClose={draw.done} /> : null}
      {search.post ? <PostDrawer postId={search.post} running={running} onClose={() => open({})} /> : null}
      {search.zone ? <ZoneDrawer zoneId={search.zone} running={running} onClose={() => open({})} /> : null}
      {importing ? (
        <ImportDrawer operationId={running.operationId} onClose={() => setImporting(false)} />
      ) : null}
    </Panel>
  )
}

function EmptyMap({ onImport }: { onImport: () => void }) {
  const t = useWords(postsWords)
  if (!useMay(openZone)) return <EmptyState sentence={t('emptyMapSeen')} />
  return <EmptyState sentence={t('emptyMap')} action={{ label: t('importPosts'), onClick: onImport }} />
}

function usePopover(map: MapAnswer | undefined, open: (more: Record<string, string>) => void) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  return (pick: MapPick): MapPopoverContent | null => {
    const zone = pick.kind === 'zone' ? map?.zones.find(one => one.zoneId === pick.id) : undefined
    const post = pick.kind === 'zone' ? undefined : map?.posts.find(one => one.postId === pick.id)
    const camera = map?.cameras.find(one => one.cameraId === pick.id)
    if (zone) {
      return {
        title: zone.name,
        ...(zone.overdue ? { signal: 'red' as const } : {}),
        body: zone.overdue
          ? `${zoneKindTitles[zone.kind][lang]} · ${t('overdue')}`
          : zoneKindTitles[zone.kind][lang],
        actions: (
          <Button type="primary" size="small" onClick={() => open({ zone: zone.zoneId })}>
            {t('open')}
          </Button>
        ),
      }
    }
    if (post) {
      return {
        title: post.name,
        body: `${post.code} · ${postKindTitles[post.kind][lang]}`,
        actions: (
          <Button type="primary" size="small" onClick={() => open({ post: post.postId })}>
            {t('open')}
          </Button>
        ),
      }
    }
    return camera ? { title: camera.name, body: t('cameras') } : null
  }
}

type MapButtonsProps = {
  running: Running
  first: boolean
  onFit: () => void
  onDraw: () => void
  onImport: () => void
}

function MapButtons({ running, first, onFit, onDraw, onImport }: MapButtonsProps) {
  const t = useWords(postsWords)
  const client = useClient()
  const may = useMay(openZone)
  const file = client.fileUrl('posts.exportGeoJson', { operationId: running.operationId })
  return (
    <>
      <Button size="small" onClick={onFit}>
        {t('fit')}
      </Button>
      <Button size="small" onClick={() => window.print()}>
        {t('print')}
      </Button>
      <Button size="small" href={file} download>
        {t('exportGeo')}
      </Button>
      {may ? (
        <>
          <Button size="small" onClick={onImport}>
            {t('importPosts')}
          </Button>
          <Button size="small" type={first ? 'primary' : 'default'} onClick={onDraw}>
            {t('drawZone')}
          </Button>
        </>
      ) : null}
    </>
  )
}
