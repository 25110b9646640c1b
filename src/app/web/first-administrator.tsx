import { useState } from 'react'
import type { Client } from '../../device/client.ts'
import { useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'
import { DoorField, DoorForm, LanguageLink, PasswordField } from './sign-in.tsx'
import { doorWords } from './words.ts'

/** Reached by the one-time link: the code stands behind `#`, which browsers never send or log. */
export function FirstAdministrator({ client }: { client: Client }) {
  const t = useWords(doorWords)
  const code = location.hash.slice(1)
  const [agencyName, setAgencyName] = useState('')
  const [agencyCode, setAgencyCode] = useState('')
  const [badge, setBadge] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const input = { code, agencyName, agencyCode, badge, name, password }
  const text = (label: string, value: string, set: (next: string) => void) => (
    <DoorField label={label}>
      {id => <input id={id} value={value} onChange={event => set(event.target.value)} />}
    </DoorField>
  )
  return (
    <Door>
      {code === '' ? <p role="alert">{t('firstNoCode')}</p> : null}
      <DoorForm
        title={t('firstTitle')}
        hint={t('firstHint')}
        action={t('found')}
        ready={Object.values(input).every(value => value.trim() !== '')}
        onSubmit={async () => {
          await client.post('/api/sign-in/first', input)
          location.replace('/')
        }}
      >
        {text(t('agencyName'), agencyName, setAgencyName)}
        {text(t('agencyCode'), agencyCode, setAgencyCode)}
        {text(t('yourName'), name, setName)}
        {text(t('badge'), badge, setBadge)}
        <PasswordField
          label={t('newPassword')}
          complete="new-password"
          value={password}
          onChange={setPassword}
        />
      </DoorForm>
      <p className="door-foot">
        <LanguageLink />
      </p>
    </Door>
  )
}
