// The tubes that were sealed last, and the way to the box that takes them.
import { useSession } from '../../../device/hooks.ts'
import { BigButton, PhoneCard, useFormat, useWords } from '../../../ui/phone.ts'
import { phoneWords } from './phone-words.ts'
import type { SiteProps } from './SamplingPage.tsx'

export function LastTubes({ site, onPack }: SiteProps & { onPack: () => void }) {
  const t = useWords(phoneWords)
  const format = useFormat(useSession().agency.timeZone)
  return (
    <>
      <BigButton
        title={t('pack')}
        says={t('packNote', { n: site.unboxed.length })}
        icon="supplies"
        tone="plain"
        disabled={site.unboxed.length === 0}
        onClick={onPack}
      />
      <PhoneCard icon="clock" title={t('last')} note={site.last.length === 0 ? t('lastEmpty') : undefined}>
        <ul className="sm-last">
          {site.last.map(tube => (
            <li key={tube.tubeId}>
              <b>{tube.code}</b>
              <span>{t('inTube', { n: tube.people })}</span>
              <span className="fx-date">{format.time(tube.sealedAt)}</span>
            </li>
          ))}
        </ul>
      </PhoneCard>
    </>
  )
}
