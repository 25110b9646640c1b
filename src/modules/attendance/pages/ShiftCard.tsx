// The shift that runs, or the next one: the largest thing on the officer's page.
import { useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { useFormat, useLang, useWords } from '../../../ui/phone.ts'
import type { postDetail } from '../../posts/contracts.ts'
import type { Shift } from './TodayPage.tsx'
import { type TodayWord, todayWords } from './today-words.ts'

export interface ShiftCardProps {
  shift: Shift
  now: number
  next: Shift | undefined
  place: OutputOf<typeof postDetail> | undefined
}

export function ShiftCard({ shift, now, next, place }: ShiftCardProps) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const [begins, ends] = [Date.parse(shift.begins), Date.parse(shift.ends)]
  const running = begins <= now
  const minutes = Math.max(0, Math.ceil(((running ? ends : begins) - now) / 60_000))
  const share = running ? Math.min(100, ((now - begins) / (ends - begins)) * 100) : 0
  const [figure, unit] =
    minutes < 120 ? [minutes, t('unitMinutes')] : [Math.floor(minutes / 60), t('unitHours')]
  const bands = shift.bandNames.map(band => band[lang]).join(t('comma'))
  return (
    <section className="td-shift" aria-label={shift.postName}>
      <div className="td-top">
        <div>
          <strong className="td-post">{shift.postName}</strong>
          <p>
            {bands} <span className="fx-date">{format.day(shift.begins)}</span>
          </p>
          <p className="fx-date">{format.span(shift.begins, shift.ends)}</p>
        </div>
        <div className="td-left">
          <span>{running ? t('left') : t('startsIn')}</span>
          <span className="fx-figure">
            <strong>{figure}</strong>
            <span className="fx-unit">{unit}</span>
          </span>
        </div>
      </div>
      <div
        className="td-bar"
        role="progressbar"
        aria-label={t('left')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share)}
      >
        <i style={{ width: `${share}%` }} />
      </div>
      <ShiftFacts shift={shift} next={next} place={place} />
    </section>
  )
}

/** Who is there, what to bring, where, what for, and what comes next. */
function ShiftFacts({ shift, next, place }: Omit<ShiftCardProps, 'now'>) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const kinds = t as (key: TodayWord) => string
  return (
    <dl className="td-facts">
      <div>
        <dt>{t('mates')}</dt>
        <dd>
          {shift.mates.length === 0
            ? t('alone')
            : shift.mates.map(mate => (
                <span key={mate.name} className="td-mate">
                  <b>{mate.name}</b> {kinds(mate.kind as TodayWord)}
                </span>
              ))}
        </dd>
      </div>
      <div>
        <dt>{t('bring')}</dt>
        <dd>{place?.equipment || t('usual')}</dd>
      </div>
      {place?.address ? (
        <div>
          <dt>{t('where')}</dt>
          <dd>{place.address}</dd>
        </div>
      ) : null}
      {place?.duties ? (
        <div>
          <dt>{t('dutiesHere')}</dt>
          <dd>{place.duties}</dd>
        </div>
      ) : null}
      {next ? (
        <div>
          <dt>{t('next')}</dt>
          <dd>
            <b>{next.bandNames.map(band => band[lang]).join(t('comma'))}</b>{' '}
            <span className="fx-date">{format.day(next.begins)}</span>{' '}
            <span className="fx-date">{format.span(next.begins, next.ends)}</span>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
