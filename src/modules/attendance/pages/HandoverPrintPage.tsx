// One page of the book on paper, with room for the leader's signature.
import './handover.css'
import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { LangProvider, PlainButton, RehearsalBanner, SkeletonPanel, useWords } from '../../../ui/phone.ts'
import { handoverBook } from '../contracts.ts'
import { HandoverSheet } from './HandoverSheet.tsx'
import { handoverWords } from './handover-words.ts'

export default function HandoverPrintPage() {
  return (
    <LangProvider>
      <Paper />
    </LangProvider>
  )
}

function Paper() {
  const t = useWords(handoverWords)
  const navigate = useNavigate()
  const { agency } = useSession()
  const [{ post = '', page = '0' }] = useAddress()
  const offset = /^\d{1,6}$/.test(page) ? Number(page) : 0
  const book = useAsk(handoverBook, { postId: post, offset, limit: 1 }, { enabled: post !== '' })
  const found = book.data?.rows[0]
  const back = () => void navigate({ to: '/handover-book', search: { post, page } as never })
  return (
    <div className="ho-paper">
      {agency.kind === 'rehearsal' ? <RehearsalBanner /> : null}
      <div className="ho-bar ho-noprint">
        <PlainButton onClick={back}>{t('back')}</PlainButton>
        <PlainButton filled disabled={!found} onClick={() => window.print()}>
          {t('print')}
        </PlainButton>
      </div>
      <main>
        <h1>{t('book')}</h1>
        {book.isLoading ? <SkeletonPanel lines={10} /> : null}
        {book.error ? <ProblemNote error={book.error} onRetry={() => void book.refetch()} /> : null}
        {post === '' || (book.data && !found) ? <p>{t('noPages')}</p> : null}
        {found ? (
          <>
            <HandoverSheet page={found} />
            <p>{t('leader')}</p>
          </>
        ) : null}
      </main>
    </div>
  )
}
