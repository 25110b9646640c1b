// A post as one line of numbers: for looking over many days at once.
import { memo } from 'react'
import { useLang, useWords } from '../../../ui/index.ts'
import type { PostRow } from './board-layout.ts'
import { firstColumn } from './BoardScroll.tsx'
import { rosterWords } from './words.ts'

export const OverviewRow = memo(function OverviewRow(props: {
  row: PostRow
  fromDay: number
  untilDay: number
  dayWidth: number
}) {
  const { row, fromDay, untilDay, dayWidth } = props
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const days = Array.from({ length: Math.max(0, untilDay - fromDay + 1) }, (_, at) => fromDay + at)
  return (
    <div className="rb-row rb-post" role="row" style={{ top: row.y, height: row.height }}>
      <div className="rb-first" role="rowheader" style={{ width: firstColumn }}>
        <span className="rb-name">{row.post.name}</span>
        <span className="rb-quiet">{row.post.code}</span>
      </div>
      {days.map(day =>
        (row.needs[day] ?? []).map(one => {
          const band = row.pattern.bands[one.band]
          if (!band || one.need === 0) return null
          const short = one.have < one.need || one.lacks > 0
          const said = `${band[lang]} ${one.have}/${one.need}${short ? ` ${t('shortMark')}` : ''}`
          return (
            <span
              key={`${day} ${one.band}`}
              role="gridcell"
              aria-label={said}
              title={said}
              className={short ? 'rb-number rb-number-short' : 'rb-number'}
              style={{
                left: firstColumn + (day + band.from / 1440) * dayWidth + 1,
                width: (band.minutes / 1440) * dayWidth - 2,
              }}
            >
              {one.have}
            </span>
          )
        }),
      )}
    </div>
  )
})
