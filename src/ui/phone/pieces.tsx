import './pieces.css'
import type { ReactNode } from 'react'
import { useWords } from '../i18n.ts'
import { Icon, type IconName } from '../icons.tsx'
import { phoneWords } from './phone-words.ts'

export type PhoneCardProps = {
  icon?: IconName
  title?: ReactNode
  /** Second line: 指挥部 · 夜间查验加严 */
  note?: ReactNode
  /** At the right: 16:00 前, or a button. */
  aside?: ReactNode
  /** Amber frame and icon: short, late, returned, offline. */
  attention?: boolean
  /** With it the card has the dark edge of what can be touched; without, the pale line of what is read. */
  onOpen?: () => void
  children?: ReactNode
}

export function PhoneCard({ icon, title, note, aside, attention, onOpen, children }: PhoneCardProps) {
  const body = (
    <>
      {icon ? <Icon name={icon} size={24} className={attention ? 'fx-card-amber' : undefined} /> : null}
      {title || note ? (
        <span className="fx-card-text">
          {title ? <strong>{title}</strong> : null}
          {note ? <span className="fx-card-note">{note}</span> : null}
        </span>
      ) : null}
      {aside ? <span className="fx-card-aside">{aside}</span> : null}
    </>
  )
  const classes = attention ? 'fx-card fx-card-attention' : 'fx-card'
  if (onOpen) {
    return (
      <button type="button" className={`${classes} fx-card-touch`} onClick={onOpen}>
        {body}
      </button>
    )
  }
  return (
    <section className={classes}>
      {title || note || aside || icon ? <div className="fx-card-row">{body}</div> : null}
      {children}
    </section>
  )
}

export type BigButtonProps = {
  title: ReactNode
  /** Exactly what it will save: 存 示A·00001 · 2 人 · 36.5 ℃ */
  says?: ReactNode
  icon?: IconName
  /** One filled button a screen; `plain` for the quiet verdicts. */
  tone?: 'filled' | 'plain'
  /** Words below the title instead of beside it. */
  stacked?: boolean
  disabled?: boolean
  onClick: () => void
}

export function BigButton(props: BigButtonProps) {
  const { title, says, icon, tone = 'filled', stacked, disabled, onClick } = props
  const classes = `fx-big fx-big-${tone}${stacked ? ' fx-big-stacked' : ''}`
  return (
    <button type="button" className={classes} disabled={disabled} onClick={onClick}>
      {icon ? <Icon name={icon} size={28} /> : null}
      <span className="fx-big-text">
        <strong>{title}</strong>
        {says ? <span>{says}</span> : null}
      </span>
    </button>
  )
}

/** Back to what was open before, within a page of the phone; above it, at the left. */
export function BackButton({ onBack }: { onBack: () => void }) {
  const t = useWords(phoneWords)
  return (
    <button type="button" className="fx-back" onClick={onBack}>
      <Icon name="left" size={24} />
      {t('back')}
    </button>
  )
}

/** 15:16 已存 示A·00002 · 2 人: the line that stays until the next one. Empty, it keeps its place. */
export function SaveLine({ at, children }: { at?: string; children?: ReactNode }) {
  const t = useWords(phoneWords)
  return (
    <p className="fx-saveline" role="status">
      {at ? (
        <>
          <Icon name="tick" size={18} />
          <strong>{t('saved', { at })}</strong> <span>{children}</span>
        </>
      ) : (
        children
      )}
    </p>
  )
}

/** A short buzz says it is saved; where there is no motor the line says it alone. */
export function buzz(ms = 40): void {
  navigator.vibrate?.(ms)
}

export type StepperProps = {
  label: string
  value: number
  unit?: string
  min?: number
  max?: number
  onChange: (value: number) => void
  /** Shows the label above the figure; else the row beside it says it. */
  labelled?: boolean
  /** A tap on the figure opens the pad. */
  onType?: () => void
  /** Amber edge: differs from what should be there. */
  attention?: boolean
}

export function Stepper(props: StepperProps) {
  const {
    label,
    value,
    unit,
    min = 0,
    max = Number.POSITIVE_INFINITY,
    onChange,
    onType,
    attention,
    labelled,
  } = props
  const t = useWords(phoneWords)
  const figure = (
    <>
      {labelled ? <span className="fx-stepper-label">{label}</span> : null}
      <span className="fx-figure">
        <strong>{value}</strong>
        {unit ? <span className="fx-unit">{unit}</span> : null}
      </span>
    </>
  )
  return (
    <div className="fx-stepper" role="group" aria-label={label} data-attention={attention || undefined}>
      <button
        type="button"
        aria-label={`${label} ${t('less')}`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Icon name="minus" size={24} />
      </button>
      {onType ? (
        <button type="button" className="fx-stepper-figure" onClick={onType}>
          <span className="fx-hidden">
            {label} {t('type')}
          </span>
          {figure}
        </button>
      ) : (
        <output className="fx-stepper-figure">{figure}</output>
      )}
      <button
        type="button"
        aria-label={`${label} ${t('more')}`}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Icon name="plus" size={24} />
      </button>
    </div>
  )
}

export type PadProps = {
  onDigit: (digit: string) => void
  onBackspace: () => void
  onClear: () => void
  /** Up to three one-tap toggles in the first column. */
  side?: [ReactNode, ReactNode, ReactNode]
}

const padRows = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
]

/** `1 2 3 ⌫ / 4 5 6 清空 / 7 8 9 0`: ours, so that no keyboard of the system covers half the screen. */
export function NumberPad({ onDigit, onBackspace, onClear, side }: PadProps) {
  const t = useWords(phoneWords)
  const digit = (key: string) => (
    <button key={key} type="button" className="fx-pad-key fx-pad-digit" onClick={() => onDigit(key)}>
      {key}
    </button>
  )
  const ends = [
    <button key="back" type="button" className="fx-pad-key" aria-label={t('backspace')} onClick={onBackspace}>
      <Icon name="backspace" size={28} />
    </button>,
    <button key="clear" type="button" className="fx-pad-key" onClick={onClear}>
      {t('clear')}
    </button>,
    digit('0'),
  ]
  return (
    <div className={side ? 'fx-pad fx-pad-side' : 'fx-pad'} role="group" aria-label={t('pad')}>
      {padRows.map((row, index) => [side?.[index], ...row.map(digit), ends[index]])}
    </div>
  )
}

/** How many digits of a PIN stand there, and never which. */
export function PinDots({ digits }: { digits: number }) {
  const t = useWords(phoneWords)
  return (
    <div className="fx-pin" role="img" aria-label={t('digits', { n: digits })}>
      {[0, 1, 2, 3, 4, 5].map(at => (
        <i key={at} data-on={at < digits || undefined} />
      ))}
    </div>
  )
}

export type ToggleTileProps = {
  label: string
  value: string
  icon?: IconName
  /** The usual answer is quiet; anything else is amber. */
  attention?: boolean
  onToggle: () => void
}

/** One tap goes to the next answer; label small, answer bold. */
export function ToggleTile({ label, value, icon = 'tick', attention, onToggle }: ToggleTileProps) {
  return (
    <button type="button" className="fx-tile" data-attention={attention || undefined} onClick={onToggle}>
      <span className="fx-tile-label">{label}</span>
      <strong>
        <Icon name={icon} size={18} />
        {value}
      </strong>
    </button>
  )
}

/** A digit typed after two falls behind the point: 3, 36, 36.5. Exported for its test. */
export function typedTemperature(digits: string): string {
  const clean = digits.replace(/\D/g, '').slice(0, 3)
  return clean.length > 2 ? `${clean.slice(0, 2)}.${clean.slice(2)}` : clean
}
