// A page of the hand-over book as it is read: on the phone before signing, at the desk, and on paper.
import { useSession } from '../../../device/hooks.ts'
import { PhoneCard, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import {
  handoverCounts,
  handoverCountTitles,
  handoverStateTitles,
  type HandoverCount,
  type HandoverView,
} from '../contracts.ts'
import { handoverWords } from './handover-words.ts'

function useFigureTitle(): (kind: string, name: string) => string {
  const { lang } = useLang()
  return (kind, name) => (kind === 'count' ? handoverCountTitles[name as HandoverCount][lang] : name)
}

/** Who returned it and why, with both figures: the old one stays. */
export function Returns({ page }: { page: HandoverView }) {
  const t = useWords(handoverWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const title = useFigureTitle()
  return page.returns.map(one => (
    <PhoneCard
      key={one.round}
      icon="returned"
      attention
      title={t('returned', { time: format.time(one.returnedAt), name: one.by.name, why: one.why })}
      note={one.differences
        .map(({ kind, name, stated, found }) => t('bothFigures', { name: title(kind, name), stated, found }))
        .join(' · ')}
    />
  ))
}

export function HandoverSheet({ page }: { page: HandoverView }) {
  const t = useWords(handoverWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const line = (label: string, value: string) => (
    <div>
      <dt>{label}</dt>
      <dd>{value || t('noMatters')}</dd>
    </div>
  )
  return (
    <div className="ho-sheet">
      <dl>
        {line(t('post'), `${page.postCode} ${page.postName}`)}
        {line(t('date'), format.day(page.from.begins))}
        {line(t('band'), t('turn', { from: page.from[lang], to: page.to[lang] }))}
        {line(t('givenAt'), format.time(page.givenAt))}
        {line(t('weather'), page.weather)}
        {handoverCounts.map(key => (
          <div key={key}>
            <dt>{handoverCountTitles[key][lang]}</dt>
            <dd>
              {page.counts[key]} {handoverCountTitles[key].unit[lang]}
            </dd>
          </div>
        ))}
        {line(t('events'), page.events)}
        {line(t('orders'), page.orders)}
        {line(t('mustKnow'), page.mustKnow)}
      </dl>
      <SheetMatters page={page} />
      <SheetItems page={page} />
      <Returns page={page} />
      {page.settledWhy ? <p>{t('settled', { why: page.settledWhy })}</p> : null}
      {page.leftBefore.length > 0 ? (
        <p className="ho-amber">
          {t('leftBefore', {
            names: page.leftBefore.map(one => `${one.name} ${format.time(one.leftAt)}`).join(t('list')),
          })}
        </p>
      ) : null}
      <dl className="ho-signatures">
        {line(t('giver'), page.giver.name)}
        {line(
          t('successor'),
          page.signedAt
            ? page.successor.name
            : `${page.successor.name} (${handoverStateTitles[page.state][lang]})`,
        )}
        {line(t('signedAt'), page.signedAt ? format.time(page.signedAt) : t('notSigned'))}
      </dl>
    </div>
  )
}

function SheetMatters({ page }: { page: HandoverView }) {
  const t = useWords(handoverWords)
  return (
    <section>
      <h3>{t('matters')}</h3>
      {page.matters.length === 0 ? <p>{t('noMatters')}</p> : null}
      <ul>
        {page.matters.map(one => (
          <li key={one.matterId}>
            {one.text}
            {one.closedIn === page.handoverId ? (
              <span className="ho-note"> {t('closedBy', { how: one.closedHow ?? '' })}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SheetItems({ page }: { page: HandoverView }) {
  const t = useWords(handoverWords)
  if (page.items.length === 0) return null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('itemName')}</th>
          <th scope="col">{t('itemShould')}</th>
          <th scope="col">{t('itemCounted')}</th>
          <th scope="col">{t('condition')}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map(one => (
          <tr key={`${one.kind} ${one.name}`} data-differs={one.should !== one.counted || undefined}>
            <td>{one.name}</td>
            <td>{one.should ?? t('fresh')}</td>
            <td>
              {one.counted} {one.unit}
            </td>
            <td>{one.condition || (one.kind === 'equipment' ? t('intact') : '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
