import './states.css'
import { Fragment } from 'react'
import { Signal, type SignalKind } from '../signals.tsx'
import { Figure } from './Figure.tsx'

export type EquationPart = {
  key: string
  label: string
  value: number
  unit?: string
  signal?: SignalKind
  note?: string
  onOpen?: () => void
}

/** 128 = 119 + 3 + 6: the whole first, then its parts; the parts are the caller's, and must add up. */
export function EquationCounts({ total, parts }: { total: EquationPart; parts: EquationPart[] }) {
  return (
    <div className="fx-equation">
      <EquationCard part={total} />
      {parts.map((part, index) => (
        <Fragment key={part.key}>
          <span className="fx-equation-sign">{index === 0 ? '=' : '+'}</span>
          <EquationCard part={part} />
        </Fragment>
      ))}
    </div>
  )
}

function EquationCard({ part }: { part: EquationPart }) {
  const { signal, value } = part
  // Nothing wrong needs no frame: red and amber stand only on a count above zero.
  const loud = value > 0 && (signal === 'red' || signal === 'amber') ? signal : undefined
  const classes = loud === 'red' ? 'fx-equation-card fx-equation-red' : 'fx-equation-card'
  const body = (
    <>
      <span className="fx-equation-label">
        {signal && (signal === 'green' || loud) ? <Signal kind={signal} size={14} /> : null}
        {part.label}
      </span>
      <span className="fx-equation-value">
        <Figure value={value} unit={part.unit} tone={loud} />
      </span>
      {part.note ? <span className="fx-equation-note">{part.note}</span> : null}
    </>
  )
  if (!part.onOpen) return <div className={classes}>{body}</div>
  return (
    <button type="button" className={classes} onClick={part.onOpen}>
      {body}
    </button>
  )
}
