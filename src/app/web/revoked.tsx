// In place of all pages on a device that was revoked: what happens to what it holds, and what has happened.
import { useEffect } from 'react'
import type { Client } from '../../device/client.ts'
import type { DeviceKey } from '../../device/device-key.ts'
import type { FieldSource } from '../../device/field-hooks.ts'
import { useHandIn } from '../../device/hand-in-hooks.ts'
import type { Session } from '../../device/hooks.ts'
import { useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'
import { revokedWords } from './revoked-words.ts'
import { LanguageLink, SignIn } from './sign-in.tsx'

interface Props {
  client: Client
  source: FieldSource
  accountId: string
  pinKey: DeviceKey | null
  /** Nothing is left here. */
  onDone: () => void
  onSignedIn: (session: Session) => void
}

export default function Revoked({ onDone, onSignedIn, ...parts }: Props) {
  const t = useWords(revokedWords)
  const now = useHandIn(parts)
  useEffect(() => {
    if (now.at === 'done') onDone()
  }, [now.at, onDone])
  if (now.at === 'sealed') {
    return <SignIn client={parts.client} told={t('sealed', { n: now.left })} onDone={onSignedIn} />
  }
  const isDone = now.at === 'done'
  return (
    <Door>
      <h1>{t('title')}</h1>
      <p>{t('why')}</p>
      <p role="status">
        {isDone ? t('done') : null}
        {now.at === 'wiping' ? t('wiping') : null}
        {now.at === 'sending' ? (now.left === null ? t('reading') : t('sending', { n: now.left })) : null}
      </p>
      {isDone ? (
        <>
          <p>{t('doneNext')}</p>
          <button type="button" className="door-button" onClick={() => location.assign('/')}>
            {t('toDoor')}
          </button>
        </>
      ) : null}
      <p className="door-foot">
        <LanguageLink />
      </p>
    </Door>
  )
}
