// The lock of a phone that was left alone: PIN, our own pad, and the way to the password.
import './lock-screen.css'
import { useState } from 'react'
import { pinPattern } from '../../device/unlock.ts'
import { BigButton, Icon, NumberPad, PinDots, useLang, useWords } from '../../ui/phone.ts'
import { lockWords } from './lock-words.ts'

const digitsMost = 6

export interface LockScreenProps {
  /** How many tries are left. */
  unlock: (pin: string) => Promise<number>
  onForgotten: () => void
}

export default function LockScreen({ unlock, onForgotten }: LockScreenProps) {
  const t = useWords(lockWords)
  const { lang, setLang } = useLang()
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const send = async () => {
    setBusy(true)
    const left = await unlock(pin)
    // Once it is open this screen is gone.
    if (!Number.isFinite(left)) return
    setSaid(t('wrong', { n: left }))
    setPin('')
    setBusy(false)
  }
  return (
    <div className="fx-phone lock" data-theme="sun">
      <header className="lock-head">
        <strong>{t('mark')}</strong>
        <button type="button" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
          {t('language')}
        </button>
      </header>
      <main className="lock-main">
        <Icon name="lock" size={40} />
        <h1>{t('title')}</h1>
        <p role="status" className={said ? 'lock-said lock-wrong' : 'lock-said'}>
          {said || t('hint')}
        </p>
        <PinDots digits={pin.length} />
        <NumberPad
          onDigit={digit => setPin(before => (before.length < digitsMost && !busy ? before + digit : before))}
          onBackspace={() => setPin(before => before.slice(0, -1))}
          onClear={() => setPin('')}
        />
        <BigButton
          title={t('unlock')}
          icon="tick"
          disabled={busy || !pinPattern.test(pin)}
          onClick={() => void send()}
        />
        <BigButton
          tone="plain"
          stacked
          title={t('forgotten')}
          says={t('forgottenSays')}
          onClick={onForgotten}
        />
      </main>
    </div>
  )
}
