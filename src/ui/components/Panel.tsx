import './panel.css'
import { type ReactNode, useId } from 'react'

export type PanelProps = {
  title?: ReactNode
  /** Small and grey behind the title. */
  note?: ReactNode
  /** At the right of the head; controls there are 24 high. */
  actions?: ReactNode
  /** Fills its parent and scrolls inside. */
  fill?: boolean
  /** Keeps 16 px around the content. */
  padded?: boolean
  className?: string
  children?: ReactNode
}

/** White, a 1-px line, no shadow: shadows are for what floats. */
export function Panel({ title, note, actions, fill, padded, className, children }: PanelProps) {
  const id = useId()
  const classes = ['fx-panel', fill && 'fx-panel-fill', className].filter(Boolean).join(' ')
  return (
    <section className={classes} aria-labelledby={title ? id : undefined}>
      {title || actions ? (
        <header className="fx-panel-head">
          {title ? (
            <h2 id={id} className="fx-panel-title">
              {title}
            </h2>
          ) : null}
          {note ? <div className="fx-panel-note">{note}</div> : null}
          {actions ? <div className="fx-panel-actions">{actions}</div> : null}
        </header>
      ) : null}
      {/* What scrolls inside must be reached by the keyboard even where it holds nothing to press. */}
      <div
        className={padded ? 'fx-panel-body fx-panel-padded' : 'fx-panel-body'}
        tabIndex={fill ? 0 : undefined}
      >
        {children}
      </div>
    </section>
  )
}
