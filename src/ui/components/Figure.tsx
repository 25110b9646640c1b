import { formatNumber } from '../format.ts'

export type FigureProps = {
  /** A string is shown as it stands ("—", "2/3"). */
  value: number | string
  unit?: string
  /** Decimals to show. */
  digits?: number
  tone?: 'red' | 'amber' | 'green' | 'muted'
  className?: string
}

/** A figure and its unit in one span that never breaks; the unit small and grey. */
export function Figure({ value, unit, digits, tone, className }: FigureProps) {
  const classes = ['fx-figure', tone && `fx-tone-${tone}`, className].filter(Boolean).join(' ')
  return (
    <span className={classes}>
      {typeof value === 'number' ? formatNumber(value, digits) : value}
      {unit ? <span className="fx-unit">{unit}</span> : null}
    </span>
  )
}
