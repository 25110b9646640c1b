import { Sparkline } from '../charts/Sparkline.tsx'
import { useWords } from '../i18n.ts'
import { Signal, type SignalKind } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'
import { Figure } from './Figure.tsx'

export type FigureItem = {
  key: string
  label: string
  value: number | string
  unit?: string
  digits?: number
  /** The figure itself turns red only for `red`; amber shows by its icon. */
  signal?: SignalKind
  signalLabel?: string
  /** 应到 168·少 7 */
  note?: string
  trend?: number[]
  /** Opens the records behind the figure. */
  onOpen?: () => void
}

export type FigureRowProps = { items: FigureItem[]; label: string; loading?: boolean }

/** At most eight figures in one 96-px panel. */
export function FigureRow({ items, label, loading }: FigureRowProps) {
  return (
    <section className="fx-panel fx-figures" aria-label={label} aria-busy={loading}>
      {items.slice(0, 8).map(item => (
        <FigureCell key={item.key} item={item} loading={loading} />
      ))}
    </section>
  )
}

function FigureCell({ item, loading }: { item: FigureItem; loading?: boolean }) {
  const t = useWords(uiWords)
  const { label, signal, note, trend, onOpen } = item
  const body = (
    <>
      <span className="fx-figures-head">
        {signal ? <Signal kind={signal} size={14} label={item.signalLabel} /> : null}
        <span className="fx-figures-label">{label}</span>
        {trend && trend.length > 1 ? <Sparkline values={trend} /> : null}
      </span>
      <span className="fx-figures-value">
        {loading ? (
          <span className="fx-bone fx-bone-figure" />
        ) : (
          <Figure
            value={item.value}
            unit={item.unit}
            digits={item.digits}
            tone={signal === 'red' ? 'red' : undefined}
          />
        )}
      </span>
      <span className="fx-figures-note">{loading ? ' ' : note}</span>
    </>
  )
  if (!onOpen) return <div className="fx-figures-cell">{body}</div>
  return (
    <button type="button" className="fx-figures-cell" onClick={onOpen}>
      {body}
      <span className="fx-hidden">{t('records')}</span>
    </button>
  )
}
