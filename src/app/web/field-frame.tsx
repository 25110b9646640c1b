// What stands on every page of the phone whichever it is: how old its answers are, and one line of news at a time.
import { Outlet, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { useField } from '../../device/field-hooks.ts'
import { useSession } from '../../device/hooks.ts'
import { isPhone, useAsOf } from '../../device/phone.ts'
import { answerInstall, mayInstall, onShell, shellState } from '../../device/shell-worker.ts'
import { useFormat, useWords } from '../../ui/i18n.ts'
import { PhoneFrameContext } from '../../ui/phone/phone-frame.ts'
import { PhoneNotice } from '../../ui/phone/PhoneNotice.tsx'
import { fieldWords } from './field-words.ts'

export function FieldFrame() {
  return isPhone() ? (
    <Framed>
      <Outlet />
    </Framed>
  ) : (
    <Outlet />
  )
}

function Framed({ children }: { children: ReactNode }) {
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const asOf = useAsOf()
  const shown = asOf === null ? null : format.time(asOf)
  const frame = useMemo(() => ({ asOf: shown, notice: <News /> }), [shown])
  return <PhoneFrameContext.Provider value={frame}>{children}</PhoneFrameContext.Provider>
}

const pinTold = 'fangxian.pin-told'

/** Whether this was answered on this device before. Where storage is refused nothing is asked for at every start. */
function useOnce(key: string): [boolean, () => void] {
  const [told, setTold] = useState(() => {
    try {
      return localStorage.getItem(key) !== null
    } catch {
      // Refused: as good as answered.
      return true
    }
  })
  const tell = () => {
    localStorage.setItem(key, '1')
    setTold(true)
  }
  return [told, tell]
}

/** The most useful first: a new version, then the PIN, then the home screen. */
function News() {
  const t = useWords(fieldWords)
  const navigate = useNavigate()
  const { view } = useField()
  const shell = useSyncExternalStore(onShell, shellState)
  const install = useSyncExternalStore(onShell, mayInstall)
  const [newerRead, setNewerRead] = useState(false)
  const [pinAnswered, answerPin] = useOnce(pinTold)
  if (shell.newer && !newerRead) {
    return <PhoneNotice icon="info" says={t('newer')} no={t('understood')} onNo={() => setNewerRead(true)} />
  }
  if (!view.kept) return null
  if (!view.pin && !pinAnswered) {
    const set = () => {
      answerPin()
      void navigate({ to: '/pin' })
    }
    return (
      <PhoneNotice
        icon="lock"
        says={t('pin')}
        yes={t('setPin')}
        onYes={set}
        no={t('later')}
        onNo={answerPin}
      />
    )
  }
  if (!shell.ready || !install) return null
  const answer = (yes: boolean) => () => void answerInstall(yes)
  return (
    <PhoneNotice
      icon="download"
      says={t('install')}
      yes={t('add')}
      onYes={answer(true)}
      no={t('noThanks')}
      onNo={answer(false)}
    />
  )
}
