import type { Map as MapLibre } from 'maplibre-gl'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { metresPerPixel, scaleBar } from './geometry.ts'
import { mapWords } from './map-words.ts'

type MapFurnitureProps = { map: MapLibre; note?: ReactNode; controls: boolean }

/** What stands on every map: north, scale, zoom, and the cross that keyboard drawing aims with. */
export function MapFurniture({ map, note, controls }: MapFurnitureProps) {
  const t = useWords(mapWords)
  return (
    <>
      {note ? <div className="fx-map-note">{note}</div> : null}
      <div className="fx-map-north" role="img" aria-label={t('northSay')}>
        <svg aria-hidden width="16" height="20" viewBox="0 0 16 20">
          <path d="M8 1 14 18 8 14 2 18Z" fill="var(--fx-mark)" />
        </svg>
        <span aria-hidden>{t('north')}</span>
      </div>
      <ScaleBar map={map} />
      {controls ? (
        <div className="fx-map-zoom">
          <button type="button" aria-label={t('zoomIn')} onClick={() => map.zoomIn({ animate: false })}>
            <Icon name="plus" />
          </button>
          <button type="button" aria-label={t('zoomOut')} onClick={() => map.zoomOut({ animate: false })}>
            <Icon name="minus" />
          </button>
        </div>
      ) : null}
      <div className="fx-map-cross" aria-hidden />
    </>
  )
}

function measure(map: MapLibre) {
  return scaleBar(metresPerPixel(map.getZoom(), map.getCenter().lat))
}

function ScaleBar({ map }: { map: MapLibre }) {
  const t = useWords(mapWords)
  const [bar, setBar] = useState(() => measure(map))
  useEffect(() => {
    const update = () => setBar(measure(map))
    update()
    map.on('move', update)
    return () => {
      map.off('move', update)
    }
  }, [map])
  const text = bar.metres >= 1000 ? t('km', { n: bar.metres / 1000 }) : t('metre', { n: bar.metres })
  return (
    <div className="fx-map-scale">
      <span className="fx-map-bar" style={{ width: bar.pixels }} />
      {text}
    </div>
  )
}
