// Swaps on the phone: what waits for my answer, my shifts that I may give away, and what became of my requests.
import './swaps.css'
import { type ReactNode, useState } from 'react'
import { useAsk, useDo, useLive, useServerNow, useSession } from '../../../device/hooks.ts'
import { useStrip, usePhoneTabs } from '../../../device/phone.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BigButton,
  buzz,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SaveLine,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  agreeSwap,
  declineSwap,
  mySwaps,
  swapKindTitles,
  swapStateTitles,
  withdrawSwap,
} from '../contracts.ts'
import { SwapOffer } from './SwapOffer.tsx'
import { swapWords } from './swap-words.ts'

type Mine = OutputOf<typeof mySwaps>
export type OwnShift = Mine['duties'][number]
type Row = Mine['mine'][number]
type Duty = Row['given']
type Told = (what: ReactNode) => void

/** 11月5日 周五 08:00—14:00 上午班 */
export function ShiftLine({ duty }: { duty: Pick<Duty, 'begins' | 'ends' | 'bands'> }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  return (
    <>
      <span className="fx-date">{format.day(duty.begins)}</span>{' '}
      <span className="fx-date">{format.span(duty.begins, duty.ends)}</span>{' '}
      {duty.bands.map(band => band[lang]).join(t('comma'))}
    </>
  )
}

export default function SwapsPage() {
  return (
    <LangProvider>
      <Swaps />
    </LangProvider>
  )
}

function Swaps() {
  const t = useWords(swapWords)
  const { agency, officerId } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  useLive()
  const strip = useStrip(format.time)
  const found = useAsk(mySwaps, {}, { refetchSeconds: 60, enabled: officerId !== null })
  const [offer, setOffer] = useState<string | null>(null)
  const [said, setSaid] = useState<{ at: string; what: ReactNode } | null>(null)
  const shift = found.data?.duties.find(one => one.assignmentId === offer)
  const tell: Told = what => {
    setOffer(null)
    setSaid({ at: format.time(now), what })
    buzz()
  }
  const onTab = usePhoneTabs('/swaps')
  return (
    <PhoneShell post={t('offDuty')} {...strip} tab="today" onTab={onTab}>
      <h1 className="fx-hidden">{t('title')}</h1>
      {said ? <SaveLine at={said.at}>{said.what}</SaveLine> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {officerId === null ? <PhoneCard icon="me" title={t('noOfficer')} note={t('noOfficerNote')} /> : null}
      {officerId !== null && found.isPending ? <SkeletonPanel lines={8} /> : null}
      {found.data && shift ? (
        <SwapOffer shift={shift} onBack={() => setOffer(null)} onDone={() => tell(t('saidAsked'))} />
      ) : null}
      {found.data && !shift ? <Lists mine={found.data} onOffer={setOffer} onTold={tell} /> : null}
    </PhoneShell>
  )
}

interface ListsProps {
  mine: Mine
  onOffer: (assignmentId: string) => void
  onTold: Told
}

function Lists({ mine, onOffer, onTold }: ListsProps) {
  const t = useWords(swapWords)
  return (
    <div className="sw-list">
      {mine.toAnswer.length > 0 ? <h2>{t('toAnswer')}</h2> : null}
      {mine.toAnswer.map(row => (
        <Answer key={row.swapId} row={row} onTold={onTold} />
      ))}
      {mine.duties.length > 0 ? <h2>{t('myShifts')}</h2> : null}
      {mine.duties.map(duty => (
        <PhoneCard
          key={duty.assignmentId}
          icon="today"
          title={duty.postName}
          note={<ShiftLine duty={duty} />}
          aside={duty.swapId ? t('asked') : undefined}
          onOpen={duty.swapId ? undefined : () => onOffer(duty.assignmentId)}
        />
      ))}
      {mine.duties.length === 0 && mine.toAnswer.length === 0 ? (
        <PhoneCard icon="today" title={t('nothing')} note={t('nothingNote')} />
      ) : null}
      {mine.mine.length > 0 ? <h2>{t('myRequests')}</h2> : null}
      {mine.mine.map(row => (
        <Request key={row.swapId} row={row} onTold={onTold} />
      ))}
    </div>
  )
}

/** Seen by who is asked: what he would take, and what the other takes for it. */
function Sides({ take, give }: { take: Duty; give: Duty | null }) {
  const t = useWords(swapWords)
  return (
    <dl className="sw-sides">
      <div>
        <dt>{t('youTake')}</dt>
        <dd>
          <b>{take.postName}</b> <ShiftLine duty={take} />
        </dd>
      </div>
      <div>
        <dt>{t('youGive')}</dt>
        <dd>
          {give ? (
            <>
              <b>{give.postName}</b> <ShiftLine duty={give} />
            </>
          ) : (
            t('noReturn')
          )}
        </dd>
      </div>
    </dl>
  )
}

function Answer({ row, onTold }: { row: Row; onTold: Told }) {
  const t = useWords(swapWords)
  const agree = useDo(agreeSwap)
  const decline = useDo(declineSwap)
  const { swapId, asker, named } = row
  const error = agree.error ?? decline.error
  const busy = agree.isPending || decline.isPending
  const title = named
    ? t(row.kind === 'swap' ? 'asksSwap' : 'asksTakeOver', { name: asker.name })
    : t('asksAnybody', { name: asker.name })
  // The card is gone as soon as the list knows of the answer, and a callback of `mutate` with it.
  const say = (send: Promise<unknown>, what: ReactNode) =>
    void send.then(
      () => onTold(what),
      () => undefined,
    )
  return (
    <PhoneCard icon="people" attention={named} title={title} note={asker.unitName}>
      <Sides take={row.given} give={row.returned} />
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      <div className={named ? 'sw-pair' : 'sw-list'}>
        <BigButton
          stacked
          title={named ? t('agree') : t('take')}
          says={t('agreeSays')}
          disabled={busy}
          onClick={() => say(agree.mutateAsync({ swapId }), t('saidAgreed'))}
        />
        {named ? (
          <BigButton
            stacked
            tone="plain"
            title={t('decline')}
            says={t('declineSays')}
            disabled={busy}
            onClick={() => say(decline.mutateAsync({ swapId }), t('saidDeclined'))}
          />
        ) : null}
      </div>
    </PhoneCard>
  )
}

function Request({ row, onTold }: { row: Row; onTold: Told }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const { officerId } = useSession()
  const withdraw = useDo(withdrawSwap)
  const decline = useDo(declineSwap)
  const { swapId } = row
  const own = row.asker.officerId === officerId
  const open = row.state === 'asked' || row.state === 'agreed'
  const other = own ? row.partner : row.asker
  const who = other ? t(row.kind === 'takeOver' && own ? 'by' : 'with', { name: other.name }) : t('toAnybody')
  const [act, said] = own
    ? [() => withdraw.mutateAsync({ swapId }), t('saidWithdrawn')]
    : [() => decline.mutateAsync({ swapId }), t('saidDeclined')]
  const error = withdraw.error ?? decline.error
  const [take, give] = own ? [row.returned, row.given] : [row.given, row.returned]
  return (
    <PhoneCard
      icon={row.state === 'approved' ? 'tick' : 'clock'}
      attention={row.state === 'refused' || row.state === 'declined'}
      title={`${swapKindTitles[row.kind][lang]} ${who}`}
      note={
        <>
          {swapStateTitles[row.state][lang]}
          {row.version ? ` · ${t('newVersion', { n: row.version })}` : null}
          {row.reason ? ` · ${t('refusedBecause', { reason: row.reason })}` : null}
        </>
      }
    >
      {take ? (
        <Sides take={take} give={give} />
      ) : (
        <p className="sw-quiet">
          {row.given.postName} <ShiftLine duty={row.given} />
        </p>
      )}
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {open ? (
        <BigButton
          tone="plain"
          title={own ? t('withdraw') : t('takeBack')}
          says={t('withdrawSays')}
          disabled={withdraw.isPending || decline.isPending}
          onClick={() =>
            void act().then(
              () => onTold(said),
              () => undefined,
            )
          }
        />
      ) : null}
    </PhoneCard>
  )
}
