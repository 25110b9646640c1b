// The screen of a post: its code, which turns every minute, and the same as six digits. It goes on for a quarter of an
// hour without network, and then says that it has stopped.
import './code.css'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  Field,
  LangProvider,
  PlainButton,
  RehearsalBanner,
  SelectInput,
  SkeletonPanel,
  useFormat,
  useWords,
} from '../../../ui/phone.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { postList } from '../../posts/contracts.ts'
import { codeOf, issueCode } from '../contracts.ts'
import { codeWords } from './code-words.ts'
import { linkOf } from './code-link.ts'
import { QrPicture } from './QrPicture.tsx'
import { newSecret } from './secret.ts'

type Code = OutputOf<typeof codeOf>

export default function CodePage() {
  return (
    <LangProvider>
      <Screen />
    </LangProvider>
  )
}

function Screen() {
  const t = useWords(codeWords)
  const { agency } = useSession()
  const [{ post = '' }, setAddress] = useAddress()
  return (
    <div className="pc-screen" data-theme="sun">
      {agency.kind === 'rehearsal' ? <RehearsalBanner /> : null}
      <main>
        {post === '' ? (
          <Choose onChoose={postId => setAddress({ post: postId })} />
        ) : (
          <OfPost postId={post} onAnother={() => setAddress({})} />
        )}
        <h1 className="fx-hidden">{t('title')}</h1>
      </main>
    </div>
  )
}

function Choose({ onChoose }: { onChoose: (postId: string) => void }) {
  const t = useWords(codeWords)
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId
  const posts = useAsk(
    postList,
    { operationId, states: ['active'], limit: 5_000 },
    { enabled: operationId !== undefined },
  )
  const rows = posts.data?.rows ?? []
  if (current.isPending || posts.isLoading) return <SkeletonPanel lines={4} />
  if (posts.error) return <ProblemNote error={posts.error} onRetry={() => void posts.refetch()} />
  if (rows.length === 0) return <p className="pc-note">{t('noPosts')}</p>
  return (
    <section className="pc-choose">
      <h2>{t('choose')}</h2>
      <p>{t('chooseNote')}</p>
      <Field label={t('choosePost')}>
        <SelectInput
          value=""
          placeholder=""
          onChange={onChoose}
          options={rows.map(row => ({ value: row.postId, label: `${row.code} ${row.name}` }))}
        />
      </Field>
    </section>
  )
}

const againSeconds = 240

function OfPost({ postId, onAnother }: { postId: string; onAnother: () => void }) {
  const t = useWords(codeWords)
  const answer = useAsk(codeOf, { postId }, { refetchSeconds: againSeconds })
  const issue = useDo(issueCode)
  if (answer.isPending) return <SkeletonPanel lines={8} />
  const code = answer.data
  if (!code) {
    return (
      <>
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
        <PlainButton onClick={onAnother}>{t('another')}</PlainButton>
      </>
    )
  }
  const make = () => issue.mutate({ postId, secret: newSecret() })
  if (code.issuedAt === null) {
    return (
      <section className="pc-choose">
        <h2>{t('none', { post: code.name })}</h2>
        <p>{t('noneNote')}</p>
        {issue.error ? <ProblemNote error={issue.error} /> : null}
        <PlainButton filled disabled={issue.isPending} onClick={make}>
          {t('make')}
        </PlainButton>
        <PlainButton onClick={onAnother}>{t('another')}</PlainButton>
      </section>
    )
  }
  return (
    <>
      <Turning code={code} lost={answer.error !== null} />
      {issue.error ? <ProblemNote error={issue.error} /> : null}
      <Foot code={code} onRenew={make} onAnother={onAnother} />
    </>
  )
}

/** The server's clock by the second. */
function useSeconds(): number {
  const { clock } = useClient()
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 500)
    return () => clearInterval(timer)
  }, [clock])
  return now
}

const turnMs = 60_000

function Turning({ code, lost }: { code: Code; lost: boolean }) {
  const t = useWords(codeWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useSeconds()
  const turn = code.turns.find(one => {
    const from = Date.parse(one.from)
    return from <= now && now < from + turnMs
  })
  const last = Date.parse(code.turns.at(-1)?.from ?? code.now) + turnMs
  if (!turn) {
    return (
      <section className="pc-choose" role="alert">
        <h2>{t('stopped')}</h2>
        <p>{t('stoppedNote')}</p>
      </section>
    )
  }
  const left = Math.ceil((Date.parse(turn.from) + turnMs - now) / 1_000)
  return (
    <section className="pc-turning">
      <h2>{code.name}</h2>
      <p className="pc-how">{t('scanMe')}</p>
      <QrPicture
        text={linkOf(window.location.origin, code.postId, turn.token)}
        label={t('picture', { post: code.name })}
      />
      <p className="pc-type">
        {t('orType')} <strong>{`${turn.digits.slice(0, 3)} ${turn.digits.slice(3)}`}</strong>
      </p>
      <div className="pc-bar" aria-hidden>
        <i style={{ width: `${(left / 60) * 100}%` }} />
      </div>
      <p className="pc-left">{t('turnsIn', { n: left })}</p>
      {lost ? (
        <p className="pc-lost" role="status">
          {t('lost', { time: format.time(last) })}
        </p>
      ) : null}
    </section>
  )
}

function Foot({ code, onRenew, onAnother }: { code: Code; onRenew: () => void; onAnother: () => void }) {
  const t = useWords(codeWords)
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  if (asked) {
    return (
      <section className="pc-choose" role="alertdialog" aria-label={t('renewAsk', { post: code.name })}>
        <h2>{t('renewAsk', { post: code.name })}</h2>
        <p>{t('renewThen')}</p>
        <div className="pc-foot">
          <PlainButton onClick={() => setAsked(false)}>{t('no')}</PlainButton>
          <PlainButton
            filled
            onClick={() => {
              setAsked(false)
              onRenew()
            }}
          >
            {t('yes')}
          </PlainButton>
        </div>
      </section>
    )
  }
  return (
    <div className="pc-foot">
      <PlainButton onClick={onAnother}>{t('another')}</PlainButton>
      <PlainButton
        onClick={() => void navigate({ to: '/post-code/print', search: { post: code.postId } as never })}
      >
        {t('print')}
      </PlainButton>
      <PlainButton onClick={() => setAsked(true)}>{t('renew')}</PlainButton>
    </div>
  )
}
