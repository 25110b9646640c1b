import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Signal } from '../signals.tsx'
import type { LngLat, MapPopoverContent } from './map-types.ts'
import { mapWords } from './map-words.ts'

type MapPopoverProps = { map: MapLibre; at: LngLat; content: MapPopoverContent; onClose: () => void }
type Place = { left: number; top: number; side: 'left' | 'right'; aim: number; shown: boolean }

const away = 24
const edge = 8

/** Beside the mark, on the side with room, kept whole within the map; a line leads back to the mark. */
function placeBeside(map: MapLibre, at: LngLat, box: { width: number; height: number }): Place {
  const { x, y } = map.project(at)
  const { clientWidth, clientHeight } = map.getContainer()
  const side = x + away + box.width + edge <= clientWidth || x < clientWidth / 2 ? 'right' : 'left'
  const wanted = side === 'right' ? x + away : x - away - box.width
  const left = Math.max(edge, Math.min(clientWidth - box.width - edge, wanted))
  const top = Math.max(edge, Math.min(clientHeight - box.height - edge, y - 40))
  const shown = x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight
  return { left, top, side, aim: y - top, shown }
}

export function MapPopover({ map, at, content, onClose }: MapPopoverProps) {
  const t = useWords(mapWords)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<Place | null>(null)
  useLayoutEffect(() => {
    const update = () => {
      const element = box.current
      if (element)
        setPlace(placeBeside(map, at, { width: element.offsetWidth, height: element.offsetHeight }))
    }
    update()
    map.on('move', update)
    map.on('resize', update)
    return () => {
      map.off('move', update)
      map.off('resize', update)
    }
  }, [map, at])
  useEffect(() => {
    // The focus goes in, and on closing back to where it came from: the list or the map.
    const before = document.activeElement as HTMLElement | null
    box.current?.focus({ preventScroll: true })
    return () => before?.focus({ preventScroll: true })
  }, [])
  const aims = place && place.aim > 8 && place.aim < (box.current?.offsetHeight ?? 0) - 8
  return (
    <div
      ref={box}
      className="fx-map-popover"
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      data-side={aims ? place.side : undefined}
      style={{
        transform: place ? `translate(${place.left}px, ${place.top}px)` : undefined,
        visibility: place && !place.shown ? 'hidden' : undefined,
        ['--fx-aim' as string]: `${place?.aim ?? 0}px`,
      }}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <header>
        {content.signal ? <Signal kind={content.signal} /> : null}
        <strong id={id}>{content.title}</strong>
        <button type="button" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {content.body}
      {content.actions ? <footer>{content.actions}</footer> : null}
    </div>
  )
}
