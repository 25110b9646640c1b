// My own page on the phone: who is signed in, what I worked, and the way out.
import './today.css'
import './me.css'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useField } from '../../../device/field-hooks.ts'
import { useLive, useSession } from '../../../device/hooks.ts'
import { usePhoneTabs } from '../../../device/phone.ts'
import { useOutbox } from '../../../device/outbox-hooks.ts'
import { useSignOut } from '../../../device/sign-out.ts'
import { roleTitles } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { BigButton, LangProvider, PhoneCard, PhoneShell, useLang, useWords } from '../../../ui/phone.ts'
import { MyMonth } from './HoursCard.tsx'
import { MyShare } from './ShareCard.tsx'
import { usePhoneStrip } from './phone-strip.ts'
import { meWords } from './me-words.ts'

export default function MePage() {
  return (
    <LangProvider>
      <Me />
    </LangProvider>
  )
}

function Me() {
  const t = useWords(meWords)
  const { lang, setLang } = useLang()
  const navigate = useNavigate()
  const { agency, name, badge, roles, officerId } = useSession()
  useLive()
  const { view } = useField()
  const onTab = usePhoneTabs('/me')
  return (
    <PhoneShell {...usePhoneStrip()} post={t('me')} tab="me" onTab={onTab}>
      <h1 className="fx-hidden">{t('me')}</h1>
      <div className="me-list">
        <PhoneCard
          icon="me"
          title={name}
          note={`${badge} · ${agency.name} · ${roles.map(role => roleTitles[role][lang]).join(' · ')}`}
        />
        {officerId === null ? null : <MyMonth />}
        {officerId === null ? null : <MyShare />}
        {view.kept ? (
          <PhoneCard
            icon="lock"
            title={t('pin')}
            note={t(view.pin ? 'pinSet' : 'pinUnset')}
            onOpen={() => void navigate({ to: '/pin' })}
          />
        ) : null}
        <PhoneCard
          icon="lock"
          title={t('account')}
          note={t('accountNote')}
          onOpen={() => void navigate({ to: '/account' })}
        />
        <PhoneCard
          icon="lock"
          title={t('devices')}
          note={t('devicesNote')}
          onOpen={() => void navigate({ to: '/my-devices' })}
        />
        <BigButton
          tone="plain"
          stacked
          title={t('otherLang')}
          onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
        />
        <SignOut />
      </div>
    </PhoneShell>
  )
}

/** What this phone still holds is said before, with its number: nobody leaves by a slip of the thumb. */
function SignOut() {
  const t = useWords(meWords)
  const signOut = useSignOut()
  const navigate = useNavigate()
  const { unsent, turnedDown } = useOutbox()
  const warns = unsent + turnedDown > 0
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const leave = async () => {
    setBusy(true)
    setFault(null)
    try {
      await signOut(false, true)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <>
      {fault ? <ProblemNote error={fault} /> : null}
      {warns ? (
        <PhoneCard
          icon="send"
          attention
          title={t('toOutbox')}
          note={
            <>
              {unsent > 0 ? t('waits', { n: unsent }) : null}{' '}
              {turnedDown > 0 ? t('turnedDown', { n: turnedDown }) : null}
            </>
          }
          onOpen={() => void navigate({ to: '/outbox' })}
        />
      ) : null}
      <BigButton
        tone="plain"
        stacked
        title={warns && sure ? t('signOutAnyway') : t('signOut')}
        says={t('signOutSays')}
        disabled={busy}
        onClick={() => (warns && !sure ? setSure(true) : void leave())}
      />
    </>
  )
}
