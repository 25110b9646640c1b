import { type MapData, PostMark, useWords, ZoneSwatch } from '../../../ui/index.ts'
import { wallWords } from './wall-words.ts'

const zoneKinds = ['sealed', 'control', 'precaution', 'lifted'] as const
const postStates = ['staffed', 'short', 'open', 'notDue'] as const

/** What the marks mean, and how many there are. */
export function WallLegend({ data }: { data: MapData }) {
  const t = useWords(wallWords)
  return (
    <ul className="wall-legend">
      {zoneKinds.map(kind => (
        <li key={kind}>
          <ZoneSwatch kind={kind} size={28} /> {t(kind)}{' '}
          <strong>{data.zones.filter(zone => zone.kind === kind).length}</strong>
        </li>
      ))}
      {postStates.map(state => (
        <li key={state}>
          <PostMark state={state} size={28} /> {t(state)}{' '}
          <strong>{data.posts.filter(post => post.state === state).length}</strong>
        </li>
      ))}
    </ul>
  )
}
