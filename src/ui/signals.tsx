import type { ReactNode } from 'react'

export type SignalKind = 'red' | 'amber' | 'green'
export type PostState = 'staffed' | 'short' | 'open' | 'notDue' | 'sampling'
export type ZoneKind = 'sealed' | 'control' | 'precaution' | 'lifted'

type Accessible = {
  /** Said aloud. Leave out where the words beside it already say it. */
  label?: string
  size?: number
  className?: string
}

type SvgProps = Accessible & { box: number; kind: string; children: ReactNode }

function Svg({ label, size = 16, className, box, kind, children }: SvgProps) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true as const }
  return (
    <svg
      {...named}
      className={`fx-signal fx-signal-${kind}${className ? ` ${className}` : ''}`}
      width={size}
      height={size}
      viewBox={`0 0 ${box} ${box}`}
      focusable="false"
    >
      {children}
    </svg>
  )
}

const frames: Record<SignalKind, string> = {
  red: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z',
  amber: 'M8 1.2c.4 0 .7.2.9.5l6.2 11.2c.4.7-.1 1.6-.9 1.6H1.8c-.8 0-1.3-.9-.9-1.6L7.1 1.7c.2-.3.5-.5.9-.5Z',
  green: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z',
}

const inner: Record<SignalKind, string> = {
  red: 'M8 4v4.8M8 11.1v1.1',
  amber: 'M8 5.6v4M8 11.4v1.1',
  green: 'M4.8 8.2l2.2 2.2 4.3-4.6',
}

/** Red octagon: people at risk or a rule broken. Amber triangle: needs attention. Green disc: done. */
export function Signal({ kind, ...rest }: Accessible & { kind: SignalKind }) {
  return (
    <Svg {...rest} box={16} kind={kind}>
      <path d={frames[kind]} fill={`var(--fx-frame-${kind})`} />
      <path
        d={inner[kind]}
        fill="none"
        stroke="var(--fx-panel)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </Svg>
  )
}

/** Filled dot staffed, half dot short, ring open, square not yet due, diamond sampling site. */
export function PostMark({ state, ...rest }: Accessible & { state: PostState }) {
  return (
    <Svg {...rest} box={16} kind={`post-${state}`}>
      {postShape(state)}
    </Svg>
  )
}

function postShape(state: PostState): ReactNode {
  if (state === 'staffed') return <circle cx="8" cy="8" r="5" fill="var(--fx-mark)" />
  if (state === 'open')
    return (
      <circle cx="8" cy="8" r="6" fill="var(--fx-panel)" stroke="var(--fx-frame-red)" strokeWidth="2.6" />
    )
  if (state === 'short')
    return (
      <>
        <circle cx="8" cy="8" r="6" fill="var(--fx-panel)" stroke="var(--fx-frame-amber)" strokeWidth="1.8" />
        <path d="M8 2a6 6 0 0 0 0 12Z" fill="var(--fx-frame-amber)" />
      </>
    )
  if (state === 'notDue')
    return (
      <rect
        x="4"
        y="4"
        width="8"
        height="8"
        fill="var(--fx-panel)"
        stroke="var(--fx-mark)"
        strokeWidth="1.5"
      />
    )
  return (
    <path d="M8 3.5 12.5 8 8 12.5 3.5 8Z" fill="var(--fx-panel)" stroke="var(--fx-mark)" strokeWidth="1.4" />
  )
}

const zoneColour: Record<ZoneKind, string> = {
  sealed: 'var(--fx-frame-red)',
  control: 'var(--fx-frame-amber)',
  precaution: 'var(--fx-precaution)',
  lifted: 'var(--fx-text2)',
}

/** The hatches of the map, small: sealed and control lean opposite ways and differ in pitch. */
export function ZoneSwatch({ kind, ...rest }: Accessible & { kind: ZoneKind }) {
  const colour = zoneColour[kind]
  const lifted = kind === 'lifted'
  return (
    <Svg {...rest} box={16} kind={`zone-${kind}`}>
      <rect
        x="1"
        y="1"
        width="14"
        height="14"
        fill="var(--fx-panel)"
        stroke={colour}
        strokeWidth={kind === 'precaution' ? 2 : 1.4}
        strokeDasharray={lifted ? '2 1.6' : undefined}
      />
      {kind === 'sealed' && (
        <path d="M1 5 5 1M1 9 9 1M1 13 13 1M3 15 15 3M7 15 15 7M11 15 15 11" stroke={colour} />
      )}
      {kind === 'control' && <path d="M1 8.5 7.5 15M1 2 14 15M6.5 1 15 9.5" stroke={colour} />}
      {lifted && (
        <g fill={colour}>
          {[5, 8, 11].flatMap(x => [5, 8, 11].map(y => <circle key={`${x}-${y}`} cx={x} cy={y} r="0.7" />))}
        </g>
      )}
    </Svg>
  )
}

/** Where something stands open: dashed red with a hatch, as on the roster board. */
export function GapSwatch(props: Accessible) {
  return (
    <Svg {...props} box={16} kind="gap">
      <rect x="1" y="3" width="14" height="10" fill="var(--fx-red-tint)" />
      <path d="M1 8 6 3M2 13 12 3M7 13 15 5M12 13 15 10" stroke="var(--fx-frame-red)" strokeWidth="0.8" />
      <rect
        x="1"
        y="3"
        width="14"
        height="10"
        fill="none"
        stroke="var(--fx-frame-red)"
        strokeDasharray="3 2"
      />
    </Svg>
  )
}
