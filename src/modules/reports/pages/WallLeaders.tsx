import { useSession } from '../../../device/hooks.ts'
import { useFormat, useLang, useWords } from '../../../ui/index.ts'
import { leadOfficeTitles } from '../../roster/contracts.ts'
import type { Situation } from './figures-of.ts'
import { wallWords } from './wall-words.ts'

/** Who leads, by office only. */
export function WallLeaders({ leaders, calendar }: Pick<Situation, 'leaders' | 'calendar'>) {
  const t = useWords(wallWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const offices = [...new Set(leaders.map(one => `${one.unit} ${one.office}`.trim()))]
  const until = leaders.map(one => one.until).sort()[0]
  return (
    <section className="wall-box wall-leaders" aria-label={t('leaders')}>
      <h2>{t('leaders')}</h2>
      {calendar.map(one => (
        <p key={one.office}>
          <span>{leadOfficeTitles[one.office][lang]}</span>{' '}
          <strong>{one.set ? `${one.unit} ${one.title}`.trim() : t('nobodySet')}</strong>
        </p>
      ))}
      <p>
        <span>{t('crew')}</span> {offices[0] ? <strong>{offices[0]}</strong> : t('nobody')}{' '}
        {until ? (
          <span className="fx-date">
            {t('change')} {format.time(until)}
          </span>
        ) : null}
      </p>
    </section>
  )
}
