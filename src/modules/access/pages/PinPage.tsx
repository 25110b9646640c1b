// The PIN of this phone, set or changed: typed twice, with the network, as a sign-in is.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useField } from '../../../device/field-hooks.ts'
import { useSession } from '../../../device/hooks.ts'
import { useNetwork, usePhoneTabs } from '../../../device/phone.ts'
import { pinPattern } from '../../../device/unlock.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  LangProvider,
  NumberPad,
  PhoneCard,
  PhoneShell,
  PinDots,
  SaveLine,
  useWords,
} from '../../../ui/phone.ts'
import { pinWords } from './pin-words.ts'

const digitsMost = 6

export default function PinPage() {
  return (
    <LangProvider>
      <Pin />
    </LangProvider>
  )
}

function Pin() {
  const t = useWords(pinWords)
  const navigate = useNavigate()
  const { agency } = useSession()
  const network = useNetwork()
  const { view, setPin } = useField()
  const [typed, setTyped] = useState('')
  /** The first of the two, once it is confirmed. */
  const [first, setFirst] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const back = () => void navigate({ to: '/me' })
  const onTab = usePhoneTabs('/pin')
  const next = async () => {
    setSaid('')
    setFault(null)
    setTyped('')
    if (first === null) return setFirst(typed)
    if (first !== typed) {
      setFirst(null)
      return setSaid(t('differ'))
    }
    setBusy(true)
    try {
      await setPin(typed)
      buzz()
      back()
    } catch (error) {
      setFault(error)
      setFirst(null)
      setBusy(false)
    }
  }
  return (
    <PhoneShell
      rehearsal={agency.kind === 'rehearsal'}
      post={t('pin')}
      network={network}
      tab="me"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{t('pin')}</h1>
      <BackButton onBack={back} />
      {said ? <SaveLine>{said}</SaveLine> : null}
      {fault ? <ProblemNote error={fault} /> : null}
      <PhoneCard icon="lock" title={t(first === null ? 'choose' : 'again')} note={t('why')} />
      <PinDots digits={typed.length} />
      <NumberPad
        onDigit={digit => setTyped(before => (before.length < digitsMost ? before + digit : before))}
        onBackspace={() => setTyped(before => before.slice(0, -1))}
        onClear={() => setTyped('')}
      />
      <BigButton
        title={t(first === null ? 'next' : 'set')}
        icon="tick"
        disabled={busy || network === 'offline' || !pinPattern.test(typed)}
        onClick={() => void next()}
      />
      {view.pin && first === null ? <RemovePin onDone={back} /> : null}
    </PhoneShell>
  )
}

/** With the network, as setting one: whoever has the open phone in hand is not enough. */
function RemovePin({ onDone }: { onDone: () => void }) {
  const t = useWords(pinWords)
  const network = useNetwork()
  const { removePin } = useField()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const remove = async () => {
    setBusy(true)
    setFault(null)
    try {
      await removePin()
      onDone()
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <>
      {fault ? <ProblemNote error={fault} /> : null}
      <BigButton
        tone="plain"
        stacked
        title={t('remove')}
        says={t('removeSays')}
        disabled={busy || network === 'offline'}
        onClick={() => void remove()}
      />
    </>
  )
}
