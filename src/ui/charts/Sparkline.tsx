export type SparklineProps = {
  values: number[]
  width?: number
  height?: number
  /** Said aloud; left out, the line is decoration beside a figure that already says it. */
  label?: string
}

/** Points of the line, with `pad` kept free for the stroke and the last dot. Exported for its test. */
export function sparkPoints(values: number[], width: number, height: number, pad = 3): [number, number][] {
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0
  return values.map((value, index) => {
    // A flat series runs through the middle, not along the floor.
    const share = span ? (value - low) / span : 0.5
    return [pad + index * step, height - pad - share * (height - 2 * pad)]
  })
}

export function Sparkline({ values, width = 48, height = 16, label }: SparklineProps) {
  const points = sparkPoints(values, width, height)
  const last = points.at(-1)
  if (!last) return null
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true as const }
  return (
    <svg {...named} className="fx-spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline
        points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="var(--fx-text2)"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
      <circle cx={last[0]} cy={last[1]} r="2" fill="var(--fx-text2)" />
    </svg>
  )
}
