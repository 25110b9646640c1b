// The printed code of a post, for where there is no screen. It never turns, and says so itself.
import './code.css'
import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  formatDayTime,
  LangProvider,
  PlainButton,
  RehearsalBanner,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { codeOf } from '../contracts.ts'
import { linkOf } from './code-link.ts'
import { codeWords } from './code-words.ts'
import { QrPicture } from './QrPicture.tsx'

export default function CodePrintPage() {
  return (
    <LangProvider>
      <Sheet />
    </LangProvider>
  )
}

function Sheet() {
  const t = useWords(codeWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const { agency } = useSession()
  const [{ post = '' }] = useAddress()
  const answer = useAsk(codeOf, { postId: post }, { enabled: post !== '' })
  const code = answer.data
  const back = () => void navigate({ to: '/post-code', search: (post ? { post } : {}) as never })
  return (
    <div className="pc-sheet">
      {agency.kind === 'rehearsal' ? <RehearsalBanner /> : null}
      <div className="pc-foot pc-noprint">
        <PlainButton onClick={back}>{t('back')}</PlainButton>
        {code?.printed ? (
          <PlainButton filled onClick={() => window.print()}>
            {t('printNow')}
          </PlainButton>
        ) : null}
      </div>
      <main>
        <h1 className={code?.printed ? undefined : 'fx-hidden'}>
          {t('printTitle', { post: code?.name ?? '' })}
        </h1>
        {post !== '' && answer.isPending ? <SkeletonPanel lines={8} /> : null}
        {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
        {post === '' || (code && !code.printed) ? (
          <p className="pc-note">{t('none', { post: code?.name ?? t('choosePost') })}</p>
        ) : null}
        {code?.printed ? (
          <>
            <p className="pc-where">
              {code.code} {code.address}
            </p>
            <QrPicture
              text={linkOf(window.location.origin, code.postId, code.printed)}
              label={t('picture', { post: code.name })}
            />
            <p>{t('how')}</p>
            <p className="pc-fixed">{t('fixed')}</p>
            <p className="pc-issued">
              {agency.name} ·{' '}
              {t('issued', {
                at: formatDayTime(code.issuedAt ?? code.now, { lang, timeZone: agency.timeZone, year: true }),
              })}
            </p>
          </>
        ) : null}
      </main>
    </div>
  )
}
