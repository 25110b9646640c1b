// Giving one shift away: to anybody who may take it, or to one colleague, for a shift of his or for nothing. What the
// rules forbid is shown with its reason and cannot be touched.
import { useDeferredValue, useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  formatNumber,
  PhoneCard,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { askSwap, swapReturns, swapTakers } from '../contracts.ts'
import { type OwnShift, ShiftLine } from './SwapsPage.tsx'
import { swapWords } from './swap-words.ts'

type Taker = OutputOf<typeof swapTakers>['rows'][number]

interface OfferProps {
  shift: OwnShift
  onBack: () => void
  onDone: () => void
}

export function SwapOffer({ shift, onBack, onDone }: OfferProps) {
  const t = useWords(swapWords)
  const [partner, setPartner] = useState<Taker | null>(null)
  return (
    <div className="sw-list">
      <BackButton onBack={partner ? () => setPartner(null) : onBack} />
      <PhoneCard icon="today" title={shift.postName} note={<ShiftLine duty={shift} />} />
      {partner ? (
        <Partner shift={shift} partner={partner} onDone={onDone} />
      ) : (
        <Choose shift={shift} onChoose={setPartner} onDone={onDone} />
      )}
    </div>
  )
}

/** The request is named once, so that a second touch is the same request. */
function useSend(shift: OwnShift, onDone: () => void) {
  const command = useDo(askSwap)
  const [swapId] = useState(newId)
  const send = (partnerId: string | null, partnerAssignmentId: string | null) =>
    void command
      .mutateAsync({ swapId, assignmentId: shift.assignmentId, partnerId, partnerAssignmentId })
      .then(onDone, () => undefined)
  return { send, busy: command.isPending, error: command.error }
}

interface ChooseProps {
  shift: OwnShift
  onChoose: (partner: Taker) => void
  onDone: () => void
}

function Choose({ shift, onChoose, onDone }: ChooseProps) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim().slice(0, 40))
  const { assignmentId } = shift
  const found = useAsk(swapTakers, { assignmentId, search: asked })
  const { send, busy, error } = useSend(shift, onDone)
  const legal = found.data?.legal ?? 0
  return (
    <>
      <h2>{t('offerTitle')}</h2>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      <BigButton
        stacked
        icon="horn"
        title={t('offerAnybody')}
        says={t('offerAnybodySays', { n: legal })}
        disabled={busy || legal === 0}
        onClick={() => send(null, null)}
      />
      <input
        className="sw-search"
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={40}
        value={search}
        onChange={event => setSearch(event.target.value)}
      />
      {found.isPending ? <SkeletonPanel lines={6} /> : null}
      {found.data?.rows.length === 0 ? <p className="sw-quiet">{t('nobody')}</p> : null}
      {found.data?.rows.map(one => (
        <PhoneCard
          key={one.officerId}
          title={one.name}
          note={
            <>
              {one.unitName} · {t('week', { n: formatNumber(Math.round(one.weekMinutes / 60)) })}
              {one.barred ? ` · ${t('mayNot', { why: one.barred[lang] })}` : null}
            </>
          }
          aside={one.barred ? undefined : t('mayTake')}
          onOpen={() => onChoose(one)}
        />
      ))}
    </>
  )
}

function Partner({ shift, partner, onDone }: { shift: OwnShift; partner: Taker; onDone: () => void }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const { name, officerId } = partner
  const found = useAsk(swapReturns, { assignmentId: shift.assignmentId, partnerId: officerId })
  const { send, busy, error } = useSend(shift, onDone)
  const answer = found.data
  return (
    <>
      <h2>
        {t('partnerTitle', { name })} · {partner.unitName}
      </h2>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={6} /> : null}
      {answer ? (
        <BigButton
          stacked
          icon="people"
          title={t('justTake', { name })}
          says={answer.takeOver ? t('cannotSwap', { why: answer.takeOver[lang] }) : t('agreeSays')}
          disabled={busy || answer.takeOver !== null}
          onClick={() => send(officerId, null)}
        />
      ) : null}
      {answer?.duties.length === 0 ? <p className="sw-quiet">{t('noReturns', { name })}</p> : null}
      {answer && answer.duties.length > 0 ? <h2>{t('swapFor', { name })}</h2> : null}
      {answer?.duties.map(duty => (
        <PhoneCard
          key={duty.assignmentId}
          icon="today"
          title={duty.postName}
          note={
            <>
              <ShiftLine duty={duty} />
              {duty.barred ? ` · ${t('cannotSwap', { why: duty.barred[lang] })}` : null}
            </>
          }
          aside={duty.barred ? undefined : t('send')}
          onOpen={duty.barred || busy ? undefined : () => send(officerId, duty.assignmentId)}
        />
      ))}
    </>
  )
}
