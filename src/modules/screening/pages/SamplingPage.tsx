// Sampling on the phone: the tube that is being filled, the line, what to do about it, and what keeps order.
import './sampling.css'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { type UsedOutbox, useOutbox } from '../../../device/outbox-hooks.ts'
import { usePhoneTabs, useStrip } from '../../../device/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  LangProvider,
  PhoneCard,
  PhoneShell,
  PlainButton,
  SaveLine,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { my, type MySite } from '../contracts.ts'
import { LastTubes } from './LastTubes.tsx'
import { PackForm } from './PackForm.tsx'
import { phoneWords } from './phone-words.ts'
import { SitePanels } from './SitePanels.tsx'
import { TubePanel } from './TubePanel.tsx'

export interface SiteProps {
  site: MySite
  outbox: UsedOutbox
}

export default function SamplingPage() {
  return (
    <LangProvider>
      <Sampling />
    </LangProvider>
  )
}

function Sampling() {
  const t = useWords(phoneWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const [address] = useAddress()
  const outbox = useOutbox()
  const found = useAsk(my, address.post ? { postId: address.post } : {}, { refetchSeconds: 60 })
  const onTab = usePhoneTabs('/sampling')
  const site = found.data?.sites[0]
  return (
    <PhoneShell
      {...useStrip(format.time)}
      post={site?.name ?? t('title')}
      left={site ? t('today', { tubes: site.tubes, people: site.people }) : null}
      tab="check"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{t('title')}</h1>
      {/* What was read before goes on being worked with; only without anything is it the whole page. */}
      {found.error && !site ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={8} /> : null}
      {found.data && !site ? <PhoneCard icon="today" title={t('none')} note={t('noneNote')} /> : null}
      {site ? <Site key={site.postId} site={site} outbox={outbox} /> : null}
    </PhoneShell>
  )
}

function Site({ site, outbox }: SiteProps) {
  const [packing, setPacking] = useState(false)
  if (packing) return <PackForm site={site} outbox={outbox} onBack={() => setPacking(false)} />
  return (
    <>
      <Stated outbox={outbox} />
      <TubePanel site={site} outbox={outbox} />
      <SitePanels site={site} outbox={outbox} />
      <LastTubes site={site} outbox={outbox} onPack={() => setPacking(true)} />
    </>
  )
}

/** What became of the last fact; and every one that was not entered, until somebody has seen it. */
function Stated({ outbox }: { outbox: UsedOutbox }) {
  const t = useWords(phoneWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const text = (about: UsedOutbox['entries'][number]['about']) =>
    typeof about === 'string' ? about : about[lang]
  const last = outbox.entries.at(-1)
  const failed = outbox.entries.filter(one => one.state === 'held' || one.state === 'refused')
  return (
    <>
      {last?.state === 'done' ? (
        <SaveLine at={format.time(last.occurredAt)}>{text(last.about)}</SaveLine>
      ) : null}
      {last?.state === 'sending' || last?.state === 'waiting' ? <SaveLine>{t('sending')}</SaveLine> : null}
      {last?.state === 'unsent' ? (
        <PhoneCard icon="offline" attention title={t('unsent')} note={t('unsentNote')} />
      ) : null}
      {failed.map(one => (
        <PhoneCard
          key={one.id}
          icon="returned"
          attention
          title={t('held', { about: text(one.about) })}
          note={one.problem?.message[lang]}
          aside={<PlainButton onClick={() => void outbox.acknowledge(one.id)}>{t('seen')}</PlainButton>}
        >
          {one.problem ? <p>{one.problem.do[lang]}</p> : null}
        </PhoneCard>
      ))}
    </>
  )
}
