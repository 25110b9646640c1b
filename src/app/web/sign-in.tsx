import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react'
import type { Client } from '../../device/client.ts'
import type { Session } from '../../device/hooks.ts'
import { Problem, problemAnswer } from '../../kernel/contract.ts'
import { useLang, useWords } from '../../ui/i18n.ts'
import { Door } from './door.tsx'
import { doorWords } from './words.ts'

interface Agency {
  code: string
  name: string
  kind: 'real' | 'rehearsal'
}

export function DoorField(props: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="door-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  )
}

/** A form of the door: one action, its problem above the button, and the button says that it works. */
export function DoorForm(props: {
  title: string
  hint?: string
  action: string
  onSubmit: () => Promise<void>
  ready: boolean
  children: ReactNode
}) {
  const { lang } = useLang()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await props.onSubmit()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const said = problem ? problemAnswer(problem) : null
  return (
    <form onSubmit={submit} aria-busy={busy}>
      <h1>{props.title}</h1>
      {props.hint ? <p className="door-hint">{props.hint}</p> : null}
      {props.children}
      {said ? (
        <p role="alert" className="door-problem">
          {said.message[lang]} {said.do[lang]}
        </p>
      ) : null}
      <button type="submit" className="door-button" disabled={busy || !props.ready}>
        {props.action}
      </button>
    </form>
  )
}

export function LanguageLink() {
  const { lang, setLang } = useLang()
  const t = useWords(doorWords)
  return (
    <button type="button" className="door-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
      {t('language')}
    </button>
  )
}

function AgencyField(props: { agencies: Agency[]; value: string; onChange: (code: string) => void }) {
  const t = useWords(doorWords)
  const { agencies, value, onChange } = props
  const [only] = agencies
  if (agencies.length === 1 && only) {
    return (
      <p className="door-agency">
        {only.name}
        {only.kind === 'rehearsal' ? <span className="door-tag">{t('rehearsal')}</span> : null}
      </p>
    )
  }
  return (
    <DoorField label={t('agency')}>
      {id => (
        <select id={id} value={value} onChange={event => onChange(event.target.value)}>
          {agencies.map(one => (
            <option key={one.code} value={one.code}>
              {one.kind === 'rehearsal' ? `${one.name}(${t('rehearsal')})` : one.name}
            </option>
          ))}
        </select>
      )}
    </DoorField>
  )
}

function useAgencies(client: Client) {
  const [agencies, setAgencies] = useState<Agency[]>([])
  const [agency, setAgency] = useState('')
  useEffect(() => {
    client.get<{ agencies: Agency[] }>('/api/sign-in').then(
      answer => {
        setAgencies(answer.agencies)
        setAgency(answer.agencies[0]?.code ?? '')
      },
      (error: unknown) => {
        // The form says so when it is sent; without the list there is only no picker.
        if (!(error instanceof Problem)) throw error
      },
    )
  }, [client])
  const picker =
    agencies.length > 0 ? <AgencyField agencies={agencies} value={agency} onChange={setAgency} /> : null
  return { picker, named: agency ? { agency } : {} }
}

export interface SignInProps {
  client: Client
  /** The PIN was wrong too often, and is why somebody stands here. */
  pinSpent?: boolean
  /** Why somebody stands here, in words. */
  told?: string
  onDone: (session: Session) => void
}

export function SignIn({ client, pinSpent = false, told: first, onDone }: SignInProps) {
  const t = useWords(doorWords)
  const { picker, named } = useAgencies(client)
  const [badge, setBadge] = useState('')
  const [password, setPassword] = useState('')
  const [forgotten, setForgotten] = useState(false)
  const [told, setTold] = useState(first ?? (pinSpent ? t('pinSpent') : ''))
  if (forgotten) {
    const done = () => {
      setForgotten(false)
      setTold(t('resetDone'))
    }
    const back = () => setForgotten(false)
    return <Reset client={client} named={named} picker={picker} badge={badge} onDone={done} onBack={back} />
  }
  return (
    <Door>
      <DoorForm
        title={t('title')}
        action={t('signIn')}
        ready={badge.trim() !== '' && password !== ''}
        onSubmit={async () =>
          onDone(await client.post<Session>('/api/sign-in', { badge, password, ...named }))
        }
      >
        {told ? <p role="status">{told}</p> : null}
        {picker}
        <BadgeField value={badge} onChange={setBadge} />
        <PasswordField
          label={t('password')}
          complete="current-password"
          value={password}
          onChange={setPassword}
        />
      </DoorForm>
      <p className="door-foot">
        <button type="button" className="door-link" onClick={() => setForgotten(true)}>
          {t('forgotten')}
        </button>
        <LanguageLink />
      </p>
    </Door>
  )
}

function BadgeField({ value, onChange }: { value: string; onChange: (badge: string) => void }) {
  const t = useWords(doorWords)
  return (
    <DoorField label={t('badge')}>
      {id => (
        <input
          id={id}
          autoComplete="username"
          value={value}
          maxLength={40}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </DoorField>
  )
}

export function PasswordField(props: {
  label: string
  complete: 'current-password' | 'new-password'
  value: string
  onChange: (value: string) => void
}) {
  return (
    <DoorField label={props.label}>
      {id => (
        <input
          id={id}
          type="password"
          autoComplete={props.complete}
          maxLength={200}
          value={props.value}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
    </DoorField>
  )
}

function Reset(props: {
  client: Client
  named: { agency?: string }
  picker: ReactNode
  badge: string
  onDone: () => void
  onBack: () => void
}) {
  const t = useWords(doorWords)
  const [badge, setBadge] = useState(props.badge)
  const [code, setCode] = useState('')
  const [fresh, setFresh] = useState('')
  return (
    <Door>
      <DoorForm
        title={t('resetTitle')}
        hint={t('resetHint')}
        action={t('reset')}
        ready={badge !== '' && code !== '' && fresh !== ''}
        onSubmit={async () => {
          await props.client.post('/api/sign-in/reset', { badge, code, password: fresh, ...props.named })
          props.onDone()
        }}
      >
        {props.picker}
        <BadgeField value={badge} onChange={setBadge} />
        <DoorField label={t('code')}>
          {id => (
            <input
              id={id}
              autoComplete="one-time-code"
              value={code}
              onChange={event => setCode(event.target.value)}
            />
          )}
        </DoorField>
        <PasswordField label={t('newPassword')} complete="new-password" value={fresh} onChange={setFresh} />
      </DoorForm>
      <p className="door-foot">
        <button type="button" className="door-link" onClick={props.onBack}>
          {t('back')}
        </button>
        <LanguageLink />
      </p>
    </Door>
  )
}

export function ChangePassword({ client, onDone }: { client: Client; onDone: () => void }) {
  const t = useWords(doorWords)
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  return (
    <Door>
      <DoorForm
        title={t('mustChange')}
        action={t('change')}
        ready={old !== '' && fresh !== '' && fresh === again}
        onSubmit={async () => {
          await client.post('/api/password', { old, password: fresh })
          onDone()
        }}
      >
        <PasswordField label={t('oldPassword')} complete="current-password" value={old} onChange={setOld} />
        <PasswordField label={t('newPassword')} complete="new-password" value={fresh} onChange={setFresh} />
        <PasswordField label={t('repeat')} complete="new-password" value={again} onChange={setAgain} />
        {again !== '' && fresh !== again ? <p role="alert">{t('differ')}</p> : null}
      </DoorForm>
    </Door>
  )
}
