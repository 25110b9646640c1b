// What fell to me in ninety days, and the rest that is owed to me. Nobody else's stands here.
import { useAsk, useSession } from '../../../device/hooks.ts'
import { useNetwork } from '../../../device/phone.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { PhoneCard, SkeletonPanel, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import { ledgerFigures, ownShare, restCauseTitles } from '../../roster/contracts.ts'
import { shareWords } from './share-words.ts'

type Share = OutputOf<typeof ownShare>

export function MyShare() {
  const t = useWords(shareWords)
  const network = useNetwork()
  const found = useAsk(ownShare, {}, { refetchSeconds: 900 })
  const { data } = found
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  // Without network nothing is on its way, and bones would promise it.
  if (!data) return network === 'online' ? <SkeletonPanel lines={4} /> : null
  return (
    <section className="me-month" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {data.rest.map(one => (
        <Rest key={one.cause} rest={one} />
      ))}
      <dl className="me-share">
        {ledgerFigures.map(key => {
          const inHours = key === 'minutes' || key === 'suitMinutes'
          const value = inHours ? Math.round(data.figures[key] / 60) : data.figures[key]
          return (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>
                {value} <span>{t(inHours ? 'inHours' : 'inDays')}</span>
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="td-quiet">{t('how', { from: data.from, until: data.until })}</p>
    </section>
  )
}

function Rest({ rest }: { rest: Share['rest'][number] }) {
  const t = useWords(shareWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const span = <span className="fx-date">{format.span(rest.from, rest.until, { days: true })}</span>
  const hours = Math.round(rest.owedMinutes / 6) / 10
  return (
    <PhoneCard
      icon="clock"
      attention={rest.state !== 'granted'}
      title={rest.state === 'granted' ? t('granted') : t(rest.state, { n: hours })}
      note={
        <>
          {restCauseTitles[rest.cause][lang]}
          {lang === 'zh' ? '：' : ': '}
          {rest[lang]}
          <br />
          {rest.state === 'granted' ? span : null}
          {rest.state === 'ordered' && rest.order
            ? t('byOrder', { who: rest.order.orderer, reason: rest.order.reason })
            : null}
        </>
      }
    />
  )
}
