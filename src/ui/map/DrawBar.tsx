import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Signal } from '../signals.tsx'
import { mapWords } from './map-words.ts'
import type { DrawingControl } from './use-drawing.ts'

type DrawBarProps = { drawing: DrawingControl; kind: 'polygon' | 'point'; onCancel: () => void }

export function DrawBar({ drawing, kind, onCancel }: DrawBarProps) {
  const t = useWords(mapWords)
  const { state, step, finish } = drawing
  const n = drawing.drawing.points.length
  const said = {
    empty: t('drawEmpty'),
    tooFew: t('drawTooFew', { n }),
    crossing: t('drawCrossing'),
    ready: kind === 'point' ? t('drawPointReady') : t('drawReady', { n }),
  }[state]
  return (
    <div
      className="fx-draw"
      role="toolbar"
      aria-label={kind === 'polygon' ? t('drawPolygon') : t('drawPoint')}
    >
      <strong>{kind === 'polygon' ? t('drawPolygon') : t('drawPoint')}</strong>
      <span role="status" className={state === 'crossing' ? 'fx-draw-said fx-tone-red' : 'fx-draw-said'}>
        {state === 'crossing' ? <Signal kind="red" size={14} /> : null}
        {said}
      </span>
      <button
        type="button"
        aria-label={t('undo')}
        aria-keyshortcuts="Control+Z"
        disabled={!drawing.drawing.past.length}
        onClick={() => step({ type: 'undo' })}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        aria-label={t('redo')}
        aria-keyshortcuts="Control+Y"
        disabled={!drawing.drawing.future.length}
        onClick={() => step({ type: 'redo' })}
      >
        <Icon name="redo" />
      </button>
      <button type="button" onClick={onCancel}>
        {t('cancel')}
      </button>
      <button type="button" className="fx-draw-finish" disabled={state !== 'ready'} onClick={finish}>
        {t('finish')}
      </button>
    </div>
  )
}
