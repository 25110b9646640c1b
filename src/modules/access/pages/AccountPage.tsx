import './access.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useClient, useSession } from '../../../device/hooks.ts'
import { useSignOut } from '../../../device/sign-out.ts'
import { type Problem, roleTitles } from '../../../kernel/contract.ts'
import {
  Field,
  FieldForm,
  formatDayTime,
  Panel,
  ProblemNote,
  SkeletonPanel,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { accessWords } from './words.ts'

interface SessionRow {
  sessionId: string
  createdAt: string
  seenAt: string
  address: string
  agent: string
  current: boolean
}

export default function AccountPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const session = useSession()
  return (
    <div className="access-stack">
      <Panel title={t('myAccount')} padded>
        <h1 className="fx-hidden">{t('myAccount')}</h1>
        <p>
          {session.name} · {session.badge} · {session.agency.name}
        </p>
        <p>{session.roles.map(role => roleTitles[role][lang]).join('、')}</p>
      </Panel>
      <Sessions />
      <PasswordPanel />
    </div>
  )
}

function Sessions() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const client = useClient()
  const signOut = useSignOut()
  const queries = useQueryClient()
  const [fault, setFault] = useState<unknown>(null)
  const rows = useQuery<{ rows: SessionRow[] }, Problem>({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => client.get('/api/sessions', signal),
  })
  const end = (work: Promise<unknown>) => void work.catch(setFault)
  const endOther = async (sessionId: string) => {
    await client.post('/api/sign-out', { sessionId })
    await queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <Panel
      title={t('sessions')}
      padded
      actions={
        <Button size="small" onClick={() => end(signOut(true))}>
          {t('endAll')}
        </Button>
      }
    >
      {fault ? <ProblemNote error={fault} /> : null}
      {rows.isPending ? <SkeletonPanel lines={3} /> : null}
      {rows.error ? <ProblemNote error={rows.error} onRetry={() => void rows.refetch()} /> : null}
      <ul className="access-sessions">
        {rows.data?.rows.map(row => (
          <li key={row.sessionId}>
            <span>
              {row.current ? <strong>{t('thisOne')} · </strong> : null}
              {row.address} · {t('since', { at: formatDayTime(row.createdAt, { lang }) })} ·{' '}
              {t('seen', { at: formatDayTime(row.seenAt, { lang }) })}
            </span>
            <Button size="small" onClick={() => end(row.current ? signOut() : endOther(row.sessionId))}>
              {t('end')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function PasswordPanel() {
  const t = useWords(accessWords)
  const client = useClient()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const differ = again !== '' && again !== fresh
  const submit = async () => {
    setBusy(true)
    setFault(null)
    setDone(false)
    try {
      await client.post('/api/password', { old, password: fresh })
      setDone(true)
      setOld('')
      setFresh('')
      setAgain('')
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={t('password')} padded className="access-password">
      <FieldForm
        onSubmit={() => void submit()}
        error={fault ? <ProblemNote error={fault} safe="kept" /> : undefined}
        foot={
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={old === '' || fresh === '' || fresh !== again}
          >
            {t('password')}
          </Button>
        }
      >
        <Field label={t('oldPassword')} required>
          <TextInput type="password" autoComplete="current-password" value={old} onChange={setOld} />
        </Field>
        <Field label={t('newPassword')} required>
          <TextInput type="password" autoComplete="new-password" value={fresh} onChange={setFresh} />
        </Field>
        <Field label={t('again')} required error={differ ? t('differ') : undefined}>
          <TextInput type="password" autoComplete="new-password" value={again} onChange={setAgain} />
        </Field>
        {done ? <p role="status">{t('changed')}</p> : null}
      </FieldForm>
    </Panel>
  )
}
