import { Link } from '@tanstack/react-router'
import { useSession } from '../../../device/hooks.ts'
import { EmptyState, Panel, Signal, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { leadOfficeTitles } from '../../roster/contracts.ts'
import { awayWords } from './away-words.ts'
import type { Situation } from './figures-of.ts'
import { reportWords } from './words.ts'

type Post = Situation['onNow']['rows'][number]
type Leader = Situation['leaders'][number]

/** Who leads, and who stands where at the moment, short posts first. */
export function OnNow({ seen }: { seen: Situation }) {
  const t = useWords(reportWords)
  const { total, rows } = seen.onNow
  return (
    <Panel
      title={t(seen.past ? 'whoWasOn' : 'whoIsOn')}
      note={total > 0 ? t('postsOn', { n: total }) : undefined}
      fill
    >
      <Calendar calendar={seen.calendar} day={seen.dutyDay} />
      <Leaders leaders={seen.leaders} />
      {total === 0 ? <EmptyState sentence={t('nobodyDue')} /> : null}
      <ul className="situation-rows">
        {rows.map(post => (
          <OnNowRow key={post.postId} post={post} />
        ))}
      </ul>
      {total > rows.length ? (
        <p className="situation-more">{t('moreOn', { n: total - rows.length })}</p>
      ) : null}
    </Panel>
  )
}

/** Who leads on the duty day, by the calendar of leaders. */
function Calendar({ calendar, day }: { calendar: Situation['calendar']; day: string }) {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const missing = calendar.some(one => !one.set)
  return (
    <section className="situation-lead" aria-label={t('whoLeadsDay')}>
      <h3>{t('whoLeadsDay')}</h3>
      {calendar.map(one => (
        <p key={one.office}>
          <strong>{one.name ?? t('nobodySet')}</strong>
          <span>
            {leadOfficeTitles[one.office][lang]}
            {one.set ? ` · ${one.unit} ${one.title}` : ''}
          </span>
        </p>
      ))}
      {missing ? (
        <p>
          <Link to="/roster/leaders" search={{ month: day.slice(0, 7) }}>
            {t('toLeaders')}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

const shownMost = 4

function Leaders({ leaders }: { leaders: readonly Leader[] }) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  return (
    <section className="situation-lead" aria-label={t('whoLeads')}>
      <h3>{t('whoLeads')}</h3>
      {leaders.length === 0 ? <p>{t('nobodyLeads')}</p> : null}
      {leaders.slice(0, shownMost).map(one => (
        <p key={`${one.name} ${one.until}`}>
          <strong>{one.name}</strong>
          <span>
            {one.unit} {one.office}
            {one.leads ? ` · ${t('leads')}` : ''} · {t('until', { time: format.time(one.until) })}
          </span>
        </p>
      ))}
    </section>
  )
}

function OnNowRow({ post }: { post: Post }) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  const missing = post.need - post.there
  const tone = post.there <= 0 ? 'red' : 'amber'
  return (
    <li className="situation-on">
      <span className="situation-on-head">
        <strong>{post.name}</strong>
        <small>{t('until', { time: format.time(post.ends) })}</small>
      </span>
      {missing > 0 ? (
        <span className={`fx-tone-${tone}`}>
          <Signal kind={tone} size={14} /> {post.there <= 0 ? t('nobody') : t('missing', { n: missing })}
          {awayWords(post.away, t)}
        </span>
      ) : null}
      {post.names.length > 0 ? <span>{post.names.join(t('comma'))}</span> : null}
      {post.have > 0 ? <small>{t('came', { n: post.present, m: post.have })}</small> : null}
    </li>
  )
}
