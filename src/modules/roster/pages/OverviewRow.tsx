// A post as one line of numbers: for looking over many days at once.
import { memo } from 'react'
import { useLang, useWords } from '../../../ui/index.ts'
import type { PostRow } from './board-layout.ts'
import { fromFirst } from './board-sizes.ts'
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
      <div className="rb-first" role="rowheader">
        <span className="rb-name">{row.post.name}</span>
        <span className="rb-quiet rb-wide">{row.post.code}</span>
      </div>
      {days.map(day =>
        (row.needs[day] ?? []).map(one => {
          const band = row.pattern.bands[one.band]
          if (!band || one.need === 0) return null
          const short = one.missing > 0 && !one.ended
          const missed = one.missing > 0 && one.ended
          const mark = short ? ` ${t('shortMark')}` : missed ? ` ${t('wasShort', { n: one.missing })}` : ''
          const said = `${band[lang]} ${one.have}/${one.need}${mark}`
          return (
            <span
              key={`${day} ${one.band}`}
              role="gridcell"
              aria-label={said}
              title={said}
              className={
                short ? 'rb-number rb-number-short' : missed ? 'rb-number rb-number-missed' : 'rb-number'
              }
              style={{
                left: fromFirst((day + band.from / 1440) * dayWidth + 1),
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
