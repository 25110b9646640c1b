import './map.css'
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { ErrorNote } from '../components/states.tsx'
import { useWords } from '../i18n.ts'
import { DrawBar } from './DrawBar.tsx'
import { dataBounds } from './geometry.ts'
import { hiddenAtFirst } from './legend.ts'
import { MapFeatureList } from './MapFeatureList.tsx'
import { MapFurniture } from './MapFurniture.tsx'
import { MapLegend } from './MapLegend.tsx'
import { MapPopover } from './MapPopover.tsx'
import { sourcesOf } from './map-sources.ts'
import type { MapHandle, MapPick, MapViewProps } from './map-types.ts'
import { mapWords } from './map-words.ts'
import { listFeatures } from './feature-list.ts'
import { useDrawing } from './use-drawing.ts'
import { fitTo, useFit, useMap, useSources } from './use-map.ts'
import { usePicking } from './use-picking.ts'

/** The one map. Legend, canvas, what stands on it, and the same features as a list for the keyboard. */
export function MapView(props: MapViewProps & { ref?: Ref<MapHandle> }) {
  const { label, data, theme = 'desk', legend = true, draw, scale = 1, ref } = props
  const t = useWords(mapWords)
  const canvas = useRef<HTMLDivElement>(null)
  const [hidden, setHidden] = useHidden(props)
  const [picked, pick] = usePicked(props)
  const { map, failed } = useMap(canvas, { theme, scale, label: t('canvas', { label }) })
  useSources(
    map,
    useMemo(() => sourcesOf(data, hidden), [data, hidden]),
  )
  useFit(map, data, props.fitKey)
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
      fit: () => map && fitTo(map, dataBounds(data)),
      show: id => show(features.find(each => each.pick.id === id)?.pick ?? null),
    }),
    [map, data, features, show],
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
      <div className="fx-map-stage" onKeyDown={drawing.onKeyDown}>
        <div ref={canvas} className="fx-map-canvas" data-drawing={draw ? true : undefined} />
        {failed ? (
          <div className="fx-map-failed">
            <ErrorNote
              tone="amber"
              what={t('noMap')}
              safe={t('noMapSafe')}
              todo={t('noMapTodo')}
              code="WEBGL"
            />
          </div>
        ) : null}
        <MapFeatureList label={label} features={features} picked={picked} onPick={show} open={failed} />
        {map ? <MapFurniture map={map} note={props.note} controls={props.controls ?? true} /> : null}
        {map && picked && content ? (
          <MapPopover key={picked.id} map={map} at={picked.at} content={content} onClose={() => pick(null)} />
        ) : null}
        {draw ? <DrawBar drawing={drawing} kind={draw.kind} onCancel={draw.onCancel} /> : null}
      </div>
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
