// The numbers behind the small lines, as tables that are read by the keyboard and aloud.
import { useSession } from '../../../device/hooks.ts'
import { DetailDrawer, useFormat, useWords } from '../../../ui/index.ts'
import { figureItems, type Situation } from './figures-of.ts'
import type { Trend } from './use-trend.ts'
import { reportWords } from './words.ts'

export function TrendDrawer(props: { seen: Situation; trends: Trend[] | undefined; onClose: () => void }) {
  const { seen, trends, onClose } = props
  const t = useWords(reportWords)
  return (
    <DetailDrawer open onClose={onClose} width={720} title={t('trend')} loading={!trends}>
      {(['hour', 'day'] as const).map(every => (
        <TrendTable
          key={every}
          caption={t(every === 'hour' ? 'trendHours' : 'trendDays')}
          seen={seen}
          rows={(trends ?? []).filter(row => row.every === every)}
        />
      ))}
    </DetailDrawer>
  )
}

function TrendTable({ caption, seen, rows }: { caption: string; seen: Situation; rows: Trend[] }) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  const labels = new Map(figureItems(seen, t, () => undefined).map(one => [one.key, one.label]))
  // The newest first: the drawer opens on what matters.
  const moments = (rows[0]?.points.map(one => one.at) ?? []).toReversed()
  return (
    // What scrolls must be reached by the keyboard, and the tables hold nothing to press.
    <section aria-label={caption} tabIndex={0}>
      <table className="situation-trend">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('trendAt')}</th>
            {rows.map(row => (
              <th key={row.key} scope="col">
                {labels.get(row.key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.map(at => (
            <tr key={at}>
              <th scope="row" className="fx-date">
                {format.day(at, { weekday: false })} {format.time(at)}
              </th>
              {rows.map(row => (
                <td key={row.key}>{row.points.find(one => one.at === at)?.value ?? '—'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
