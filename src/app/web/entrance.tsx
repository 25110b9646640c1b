// Who is it? Signed in, the pages; else the door.
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Client } from '../../device/client.ts'
import { ClientProvider, type Session, SessionProvider } from '../../device/hooks.ts'
import { OutboxProvider } from '../../device/outbox-hooks.ts'
import { Problem } from '../../kernel/contract.ts'
import { useWords } from '../../ui/i18n.ts'
import { DeskBones } from './desk-bones.tsx'
import { Door } from './door.tsx'
import { FirstAdministrator } from './first-administrator.tsx'
import { ChangePassword, SignIn } from './sign-in.tsx'
import { doorWords } from './words.ts'

const Pages = lazy(() => import('./pages.tsx'))

export function Entrance() {
  const t = useWords(doorWords)
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  const [fault, setFault] = useState<Problem | null>(null)
  const client = useMemo(() => new Client({ base: '', onSignedOut: () => setSession(null) }), [])
  const look = useCallback(async () => {
    try {
      setFault(null)
      setSession(await client.get<Session>('/api/session'))
    } catch (error) {
      if (error instanceof Problem && error.entry.status === 401) setSession(null)
      else if (error instanceof Problem) setFault(error)
      else throw error
    }
  }, [client])
  useEffect(() => {
    void look()
  }, [look])
  if (fault) {
    return (
      <Door>
        <p role="alert">{t('noServer')}</p>
        <button type="button" className="door-button" onClick={() => void look()}>
          {t('again')}
        </button>
      </Door>
    )
  }
  if (session === undefined) {
    return (
      <Door>
        <p role="status" className="door-wait">
          {t('opening')}
        </p>
      </Door>
    )
  }
  if (session === null) {
    if (location.pathname === '/first') return <FirstAdministrator client={client} />
    return <SignIn client={client} onDone={setSession} />
  }
  if (session.mustChangePassword) return <ChangePassword client={client} onDone={() => void look()} />
  return (
    <ClientProvider value={client}>
      <SessionProvider value={session}>
        <OutboxProvider>
          <Suspense fallback={<DeskBones />}>
            <Pages />
          </Suspense>
        </OutboxProvider>
      </SessionProvider>
    </ClientProvider>
  )
}
