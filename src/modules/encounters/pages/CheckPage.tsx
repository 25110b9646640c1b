// The screen of a checkpoint or gate: one passer, one screen, two taps. Everything is stored on the device first.
import './check.css'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useServerNow, useSession } from '../../../device/hooks.ts'
import { useOutbox } from '../../../device/outbox-hooks.ts'
import { usePhoneTabs, useStrip } from '../../../device/phone.ts'
import {
  BigButton,
  LangProvider,
  leftWords,
  PhoneCard,
  PhoneShell,
  useFormat,
  useWords,
} from '../../../ui/phone.ts'
import { my } from '../../attendance/contracts.ts'
import { kit } from '../contracts.ts'
import { CheckScreen } from './CheckScreen.tsx'
import { checkWords } from './check-words.ts'
import { Emergency } from './Emergency.tsx'
import { ownPost } from './own-post.ts'
import { useEmergency } from './use-emergency.ts'
import { usualRules } from './usual-rules.ts'

export default function CheckPage() {
  return (
    <LangProvider>
      <Check />
    </LangProvider>
  )
}

function Check() {
  const t = useWords(checkWords)
  const { officerId, agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  const outbox = useOutbox()
  const own = useAsk(my, {}, { refetchSeconds: 300, enabled: officerId !== null })
  const seat = ownPost(own.data?.seats ?? [], now)
  const found = useAsk(
    kit,
    { postId: seat?.postId ?? '' },
    { refetchSeconds: 300, enabled: seat !== undefined },
  )
  const [again, setAgain] = useState(0)
  const emergency = useEmergency(seat, outbox)
  const onTab = usePhoneTabs('/check', { again: () => setAgain(again + 1) })
  const left = seat ? leftWords(t, Date.parse(seat.ends) - now) : ''
  return (
    <PhoneShell
      {...useStrip(format.time)}
      post={seat?.postName ?? t('check')}
      left={seat ? t('leftStrip', { left }) : null}
      tab="check"
      onTab={onTab}
      emergency={seat ? { onOpen: () => void emergency.pass() } : null}
      flush
    >
      <h1 className="fx-hidden">{t('check')}</h1>
      {emergency.open && seat ? (
        <Emergency passage={emergency.open} outbox={outbox} onDone={emergency.close} />
      ) : found.data?.postKind === 'samplingSite' ? (
        <AtSamplingSite />
      ) : seat ? (
        <CheckScreen
          key={again}
          seat={seat}
          kit={found.data ?? null}
          rules={found.data?.rules ?? usualRules}
          outbox={outbox}
        />
      ) : (
        <NoPost officer={officerId !== null} pending={own.isPending} />
      )}
    </PhoneShell>
  )
}

function AtSamplingSite() {
  const t = useWords(checkWords)
  const navigate = useNavigate()
  return (
    <div className="ck-page">
      <PhoneCard icon="shield" title={t('atSite')} />
      <BigButton title={t('toSampling')} icon="tasks" onClick={() => void navigate({ to: '/sampling' })} />
    </div>
  )
}

function NoPost({ officer, pending }: { officer: boolean; pending: boolean }) {
  const t = useWords(checkWords)
  const navigate = useNavigate()
  if (!officer) return <PhoneCard icon="me" title={t('noOfficer')} />
  if (pending) return null
  return (
    <div className="ck-page">
      <PhoneCard icon="shield" title={t('noPost')} note={t('noPostNote')} />
      <BigButton title={t('toCheckIn')} icon="scan" onClick={() => void navigate({ to: '/check-in' })} />
    </div>
  )
}
