import './states.css'
import './panel.css'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'
import { PlainButton } from './PlainButton.tsx'

export type EmptyStateProps = {
  /** One sentence. */
  sentence: ReactNode
  /** One button. */
  action?: { label: string; onClick: () => void }
  /** One example of what would stand here. */
  example?: ReactNode
}

export function EmptyState({ sentence, action, example }: EmptyStateProps) {
  const t = useWords(uiWords)
  return (
    <div className="fx-empty">
      <p>{sentence}</p>
      {action ? (
        <PlainButton filled onClick={action.onClick}>
          {action.label}
        </PlainButton>
      ) : null}
      {example ? (
        <p className="fx-empty-example">
          {t('example')} {example}
        </p>
      ) : null}
    </div>
  )
}

export type ErrorNoteProps = {
  /** What happened, in the reader's words. */
  what: ReactNode
  /** `kept` and `lost` have a standing sentence; anything else says it itself. */
  safe?: 'kept' | 'lost' | (string & {})
  /** What to do now. */
  todo?: ReactNode
  /** Small, for whoever is called. */
  code?: string
  onRetry?: () => void
  retryLabel?: string
  actions?: ReactNode
  /** Amber where nothing is lost and it will mend itself. */
  tone?: 'red' | 'amber'
}

export function ErrorNote(props: ErrorNoteProps) {
  const { what, safe, todo, code, onRetry, retryLabel, actions, tone = 'red' } = props
  const t = useWords(uiWords)
  const lost = safe === 'lost'
  const safety = safe === 'kept' ? t('workSafe') : lost ? t('workLost') : safe
  return (
    <div className={`fx-error fx-error-${tone}`} role="alert">
      <Signal kind={tone} size={20} />
      <div className="fx-error-text">
        <p className="fx-error-what">{what}</p>
        {safety ? (
          <p className="fx-error-safe">
            <Signal kind={lost ? 'amber' : 'green'} size={14} />
            {safety}
          </p>
        ) : null}
        {todo ? <p>{todo}</p> : null}
        {onRetry || actions ? (
          <div className="fx-error-actions">
            {onRetry ? <PlainButton onClick={onRetry}>{retryLabel ?? t('retry')}</PlainButton> : null}
            {actions}
          </div>
        ) : null}
        {code ? (
          <p className="fx-error-code">
            {t('code')} {code}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** True once `busy` has lasted over two seconds: from then on say what is being done. */
export function useSlow(busy: boolean, after = 2000): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), after)
    return () => clearTimeout(timer)
  }, [busy, after])
  return slow
}

export type ProgressNoteProps = {
  /** What is being done: 正在写入 119 人 */
  doing: ReactNode
  done?: number
  total?: number
  unit?: string
  note?: ReactNode
  onStop?: () => void
}

export function ProgressNote({ doing, done, total, unit, note, onStop }: ProgressNoteProps) {
  const t = useWords(uiWords)
  const known = done !== undefined && total !== undefined && total > 0
  const percent = known ? Math.min(100, Math.round((done / total) * 100)) : undefined
  return (
    <div className="fx-progress">
      <div className="fx-progress-line">
        <span role="status">{doing}</span>
        {known ? (
          <span className="fx-figure">
            {done} / {total}
            {unit ? <span className="fx-unit">{unit}</span> : null}
          </span>
        ) : null}
      </div>
      <div
        className={known ? 'fx-progress-track' : 'fx-progress-track fx-progress-unknown'}
        role="progressbar"
        aria-label={t('working')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <i style={known ? { width: `${percent}%` } : undefined} />
      </div>
      {note || onStop ? (
        <div className="fx-progress-line">
          <span className="fx-progress-note">{note}</span>
          {onStop ? <PlainButton onClick={onStop}>{t('stop')}</PlainButton> : null}
        </div>
      ) : null}
    </div>
  )
}

/** Rows of a list still being read: the height of the real ones, so nothing jumps. */
export function SkeletonRows({ rows = 12, columns = 5 }: { rows?: number; columns?: number }) {
  const t = useWords(uiWords)
  return (
    <div className="fx-bones" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="fx-bones-row">
          {Array.from({ length: columns }, (_, column) => (
            <span key={column} className="fx-bone" />
          ))}
        </div>
      ))}
    </div>
  )
}

export function SkeletonPanel({ lines = 6 }: { lines?: number }) {
  const t = useWords(uiWords)
  return (
    <div className="fx-bones fx-bones-panel" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="fx-bone" style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
