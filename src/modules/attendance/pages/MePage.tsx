// My own page on the phone: who is signed in, what I worked, and the way out.
import './today.css'
import './me.css'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useField } from '../../../device/field-hooks.ts'
import { useLive, useSession } from '../../../device/hooks.ts'
import { usePhoneTabs } from '../../../device/phone.ts'
import { useSignOut } from '../../../device/sign-out.ts'
import { roleTitles } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BigButton,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SaveLine,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { MyMonth } from './HoursCard.tsx'
import { MyShare } from './ShareCard.tsx'
import { useKeptFacts } from './kept-facts.ts'
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
  const facts = useKeptFacts()
  const [notice, setNotice] = useState(false)
  const onTab = usePhoneTabs('/me', { again: () => setNotice(false), later: () => setNotice(true) })
  return (
    <PhoneShell {...usePhoneStrip(facts)} post={t('me')} kept={t('keptHere')} tab="me" onTab={onTab}>
      <h1 className="fx-hidden">{t('me')}</h1>
      {notice ? <SaveLine>{t('later')}</SaveLine> : null}
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
        <BigButton
          tone="plain"
          stacked
          title={t('otherLang')}
          onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
        />
        <SignOut unsent={facts.unsent.length} />
      </div>
    </PhoneShell>
  )
}

/** What only this page holds would be gone with it, so nobody leaves by a slip of the thumb. */
function SignOut({ unsent }: { unsent: number }) {
  const t = useWords(meWords)
  const signOut = useSignOut()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const leave = async () => {
    setBusy(true)
    setFault(null)
    try {
      await signOut()
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <>
      {fault ? <ProblemNote error={fault} /> : null}
      {unsent > 0 ? (
        <p role="status" className="td-said">
          {t('waits', { n: unsent })}
        </p>
      ) : null}
      <BigButton
        tone="plain"
        stacked
        title={t('signOut')}
        says={t('signOutSays')}
        disabled={busy || unsent > 0}
        onClick={() => void leave()}
      />
    </>
  )
}
