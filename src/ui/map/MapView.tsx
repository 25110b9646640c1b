import './map.css'
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { ErrorNote, useSlow } from '../components/states.tsx'
import { useWords } from '../i18n.ts'
import { placedOn } from './datum.ts'
import { DrawBar } from './DrawBar.tsx'
import { dataBounds } from './geometry.ts'
import { hiddenAtFirst, isBare } from './legend.ts'
import { MapFeatureList } from './MapFeatureList.tsx'
import { MapFurniture } from './MapFurniture.tsx'
import { MapLegend } from './MapLegend.tsx'
import { MapPopover } from './MapPopover.tsx'
import { sourcesOf } from './map-sources.ts'
import type { MapHandle, MapPick, MapViewProps } from './map-types.ts'
import { mapWords } from './map-words.ts'
import { listFeatures } from './feature-list.ts'
import { useDrawing } from './use-drawing.ts'
import { fitTo, useDrawn, useFit, useMap, useSources } from './use-map.ts'
import { useGrid } from './use-grid.ts'
import { usePicking } from './use-picking.ts'
import { usePrinted } from './use-printed.ts'
import { useTiles } from './use-tiles.ts'

type Props = MapViewProps & { ref?: Ref<MapHandle> }

/** The one map. Legend, canvas, what stands on it, and the same features as a list for the keyboard. */
export function MapView(props: Props) {
  const { tiles, data, draw, picked, onPick } = props
  const placed = useMemo(
    () => placedOn(tiles, { data, draw, picked, onPick }),
    [tiles, data, draw, picked, onPick],
  )
  return <PlacedMap {...props} {...placed} />
}

function PlacedMap(props: Props) {
  const { label, data, theme = 'desk', legend = true, draw, scale = 1, ref } = props
  const t = useWords(mapWords)
  const canvas = useRef<HTMLDivElement>(null)
  const [hidden, setHidden] = useHidden(props)
  const [picked, pick] = usePicked(props)
  const { map, failed } = useMap(canvas, { theme, scale, label: t('canvas', { label }) })
  useSources(
    map,
    useMemo(() => sourcesOf(data, hidden, scale), [data, hidden, scale]),
  )
  const bounds = useMemo(() => dataBounds(data, hidden) ?? dataBounds(data), [data, hidden])
  useFit(map, bounds, props)
  useGrid(map)
  const groundless = useTiles(map, props.tiles, { theme, scale })
  const picture = useRef<HTMLImageElement>(null)
  usePrinted(map, picture)
  const drawn = useDrawn(map)
  usePicking(map, picked, pick, Boolean(draw))
  const drawing = useDrawing(map, draw ?? null, data)
  const features = useMemo(() => listFeatures(data, hidden), [data, hidden])

  const show = useCallback(
    (next: MapPick | null) => {
      pick(next)
      if (next && map && !map.getBounds().contains(next.at)) map.jumpTo({ center: next.at })
    },
    [map, pick],
  )
  useImperativeHandle(
    ref,
    () => ({
      fit: () => map && fitTo(map, bounds),
      show: id => show(features.find(each => each.pick.id === id)?.pick ?? null),
    }),
    [map, bounds, features, show],
  )
  const content = picked && !draw ? props.popover?.(picked) : null
  return (
    <div
      className="fx-map"
      data-theme={theme}
      data-legend={legend || undefined}
      style={{ ['--fx-map-type' as string]: `${12 * scale}px` }}
    >
      {legend ? <MapLegend data={data} hidden={hidden} onHidden={setHidden} /> : null}
      <div className="fx-map-stage" data-drawn={drawn || undefined} onKeyDown={drawing.onKeyDown}>
        <div ref={canvas} className="fx-map-canvas" data-drawing={draw ? true : undefined} />
        <img ref={picture} className="fx-map-picture" alt="" />
        {failed ? <Failed /> : null}
        {groundless ? (
          <p role="status" className="fx-map-groundless">
            {t('groundless')}
          </p>
        ) : null}
        {props.tiles?.credit && !groundless ? <p className="fx-map-credit">{props.tiles.credit}</p> : null}
        <MapFeatureList label={label} features={features} picked={picked} onPick={show} open={failed} />
        {drawn || failed ? null : <Drawing />}
        {map ? <MapFurniture map={map} note={props.note} controls={props.controls ?? true} /> : null}
        {props.empty && !draw && isBare(data) ? <div className="fx-map-empty">{props.empty}</div> : null}
        {map && picked && content ? (
          <MapPopover key={picked.id} map={map} at={picked.at} content={content} onClose={() => pick(null)} />
        ) : null}
        {draw ? <DrawBar drawing={drawing} kind={draw.kind} onCancel={draw.onCancel} /> : null}
      </div>
    </div>
  )
}

/** Said only where it takes its time. */
function Drawing() {
  const t = useWords(mapWords)
  if (!useSlow(true, 1_000)) return null
  return (
    <p role="status" className="fx-map-slow">
      {t('slow')}
    </p>
  )
}

function Failed() {
  const t = useWords(mapWords)
  return (
    <div className="fx-map-failed">
      <ErrorNote tone="amber" what={t('noMap')} safe={t('noMapSafe')} todo={t('noMapTodo')} code="WEBGL" />
    </div>
  )
}

function useHidden(props: MapViewProps): [ReadonlySet<string>, (next: Set<string>) => void] {
  const [own, setOwn] = useState<ReadonlySet<string>>(() => hiddenAtFirst(props.data))
  const { onHidden } = props
  const change = useCallback(
    (next: Set<string>) => {
      setOwn(next)
      onHidden?.(next)
    },
    [onHidden],
  )
  return [props.hidden ?? own, change]
}

function usePicked(props: MapViewProps): [MapPick | null, (next: MapPick | null) => void] {
  const [own, setOwn] = useState<MapPick | null>(null)
  const { onPick } = props
  const change = useCallback(
    (next: MapPick | null) => {
      setOwn(next)
      onPick?.(next)
    },
    [onPick],
  )
  return [props.picked === undefined ? own : props.picked, change]
}
