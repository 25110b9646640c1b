// Who is it? Signed in, the pages; else the door; on a phone that was left alone, its lock.
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore } from 'react'
import { FieldProvider } from '../../device/field-hooks.ts'
import { ClientProvider, SessionProvider } from '../../device/hooks.ts'
import { OutboxProvider } from '../../device/outbox-hooks.ts'
import { revokedHere } from '../../device/revoked-note.ts'
import { useWords } from '../../ui/i18n.ts'
import { DeskBones } from './desk-bones.tsx'
import { Door } from './door.tsx'
import { FirstAdministrator } from './first-administrator.tsx'
import { revokedWords } from './revoked-words.ts'
import { ChangePassword, SignIn } from './sign-in.tsx'
import { Start } from './start.ts'
import { doorWords } from './words.ts'

const Pages = lazy(() => import('./pages.tsx'))
const Revoked = lazy(() => import('./revoked.tsx'))
const LockScreen = lazy(() => import('./lock-screen.tsx'))

export function Entrance() {
  const queries = useQueryClient()
  const start = useMemo(() => new Start(queries), [queries])
  useEffect(() => {
    void start.begin()
  }, [start])
  const where = useSyncExternalStore(start.subscribe, start.where)
  const told = useWords(revokedWords)
  const lock = <LockScreen unlock={start.unlock} onForgotten={start.giveUp} />
  if (where.at === 'noServer') return <NoServer onAgain={() => void start.begin()} />
  if (where.at === 'opening') return <Opening />
  if (where.at === 'locked') return <Suspense fallback={<Opening />}>{lock}</Suspense>
  if (where.at === 'revoked') {
    const { accountId, pinKey } = where
    const { client, source } = start
    const hands = { onDone: start.wiped, onSignedIn: start.signedInRevoked }
    return (
      <Suspense fallback={<Opening />}>
        <Revoked {...{ client, source, accountId, pinKey }} {...hands} />
      </Suspense>
    )
  }
  if (where.at === 'door') {
    if (location.pathname === '/first') return <FirstAdministrator client={start.client} />
    const hands = { client: start.client, pinSpent: where.pinSpent, onDone: start.signedIn }
    return revokedHere() === null ? <SignIn {...hands} /> : <SignIn {...hands} told={told('doneDoor')} />
  }
  const { session, locked } = where
  if (session.mustChangePassword)
    return <ChangePassword client={start.client} onDone={() => void start.ask()} />
  return (
    <ClientProvider value={start.client}>
      <FieldProvider value={start.source}>
        <SessionProvider value={session}>
          <OutboxProvider>
            <Suspense fallback={<DeskBones />}>
              {locked ? lock : null}
              {/* What is open stays as it was left, out of sight and out of reach. */}
              <div style={{ display: locked ? 'none' : 'contents' }} inert={locked}>
                <Pages />
              </div>
            </Suspense>
          </OutboxProvider>
        </SessionProvider>
      </FieldProvider>
    </ClientProvider>
  )
}

function Opening() {
  const t = useWords(doorWords)
  return (
    <Door>
      <p role="status" className="door-wait">
        {t('opening')}
      </p>
    </Door>
  )
}

function NoServer({ onAgain }: { onAgain: () => void }) {
  const t = useWords(doorWords)
  return (
    <Door>
      <p role="alert">{t('noServer')}</p>
      <button type="button" className="door-button" onClick={onAgain}>
        {t('again')}
      </button>
    </Door>
  )
}
