import type { Map as MapLibre } from 'maplibre-gl'
import { type RefObject, useEffect } from 'react'

/**
 * What is drawn by a graphics card is gone when a sheet is made of the page: before printing it is drawn once more and
 * kept as a picture. Keeping the drawing itself at all times costs every frame a copy.
 */
export function usePrinted(map: MapLibre | null, picture: RefObject<HTMLImageElement | null>): void {
  useEffect(() => {
    if (!map) return
    const draw = () => {
      const image = picture.current
      if (!image) return
      map.redraw()
      image.src = map.getCanvas().toDataURL('image/png')
    }
    const paper = window.matchMedia('print')
    const onPaper = () => paper.matches && draw()
    window.addEventListener('beforeprint', draw)
    paper.addEventListener('change', onPaper)
    return () => {
      window.removeEventListener('beforeprint', draw)
      paper.removeEventListener('change', onPaper)
    }
  }, [map, picture])
}
