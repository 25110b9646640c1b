import { useMemo } from 'react'
import { qrOf, qrPath } from '../../../ui/qr.ts'

/** Modules around the code that must stay light. */
const quiet = 4

/** A code as a picture, dark on light whatever the theme: that is how readers know it. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const matrix = qrOf(text)
    return { size: matrix.length, path: qrPath(matrix) }
  }, [text])
  const whole = size + 2 * quiet
  return (
    <svg
      className="pc-picture"
      role="img"
      aria-label={label}
      viewBox={`${-quiet} ${-quiet} ${whole} ${whole}`}
      shapeRendering="crispEdges"
    >
      <rect className="pc-light" x={-quiet} y={-quiet} width={whole} height={whole} />
      <path className="pc-dark" d={path} />
    </svg>
  )
}
