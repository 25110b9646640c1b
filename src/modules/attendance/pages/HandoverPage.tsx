// Handing a post over to the next band, on the phone of whoever goes off and of whoever comes.
import './handover.css'
import { useAsk, useLive, useSession } from '../../../device/hooks.ts'
import { usePhoneTabs } from '../../../device/phone.ts'
import {
  BigButton,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { myHandover } from '../contracts.ts'
import { LastFact } from './FactLine.tsx'
import type { Give } from './handover-draft.ts'
import { GiveForm } from './HandoverGive.tsx'
import { SignCard } from './HandoverSign.tsx'
import { handoverWords } from './handover-words.ts'
import { type StatedFacts, useStatedFacts } from './stated-facts.ts'
import { usePhoneStrip } from './phone-strip.ts'

export default function HandoverPage() {
  return (
    <LangProvider>
      <Handover />
    </LangProvider>
  )
}

function Handover() {
  const t = useWords(handoverWords)
  const { officerId } = useSession()
  useLive()
  const facts = useStatedFacts()
  const found = useAsk(myHandover, {}, { refetchSeconds: 60, enabled: officerId !== null })
  const give = found.data?.give ?? null
  const toSign = (found.data?.toSign ?? []).filter(one => one.state === 'given')
  const writing = give !== null && (give.page === null || give.page.state === 'returned')
  const onTab = usePhoneTabs('/handover')
  return (
    <PhoneShell {...usePhoneStrip()} post={give?.postName ?? t('offDuty')} tab="today" onTab={onTab}>
      <Head give={give} />
      <LastFact facts={facts} />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {officerId === null ? <PhoneCard icon="me" title={t('noOfficer')} /> : null}
      {officerId !== null && found.isPending ? <SkeletonPanel lines={8} /> : null}
      {toSign.map(one => (
        <SignCard key={`${one.handoverId} ${one.round}`} page={one} facts={facts} />
      ))}
      {give ? <Giving give={give} facts={facts} /> : null}
      {found.data && !give && toSign.length === 0 ? (
        <PhoneCard icon="today" title={t('nothing')} note={t('nothingNote')} />
      ) : null}
      {found.data && !writing && toSign.length === 0 ? (
        <BigButton title={t('toToday')} tone="plain" onClick={() => onTab('today')} />
      ) : null}
    </PhoneShell>
  )
}

function Head({ give }: { give: Give | null }) {
  const t = useWords(handoverWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  return (
    <div className="ho-head">
      <h1>{t('title')}</h1>
      {give ? (
        <span>
          {t('turn', { from: give.from[lang], to: give.to?.[lang] ?? t('nobodyNext') })}{' '}
          {format.day(give.from.ends)} {format.time(give.from.ends)}
        </span>
      ) : null}
    </div>
  )
}

/** What can be given, or what became of what was given. */
function Giving({ give, facts }: { give: Give; facts: StatedFacts }) {
  const t = useWords(handoverWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const { page, from } = give
  if (!page || page.state === 'returned') {
    return (
      <GiveForm
        key={`${give.postId} ${from.day} ${from.band} ${page?.round ?? 0}`}
        give={give}
        facts={facts}
      />
    )
  }
  const name = page.successor.name
  if (page.signedAt) {
    return (
      <PhoneCard
        icon="tick"
        title={t('signed', { name, time: format.time(page.signedAt) })}
        note={t('signedNote')}
      />
    )
  }
  return (
    <PhoneCard
      icon="clock"
      attention
      title={t('waiting', { name })}
      note={t('waitingNote', { time: format.time(page.givenAt), n: page.round })}
    />
  )
}
