import { Problem, problemAnswer } from '../../kernel/contract.ts'
import { useLang, useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'
import { ErrorNote } from './states.tsx'

export type ProblemNoteProps = { error: unknown; onRetry?: () => void; safe?: 'kept' | 'lost' }

/** A problem of the catalogue in the reader's language: what happened, what to do, the code small. */
export function ProblemNote({ error, onRetry, safe }: ProblemNoteProps) {
  const { lang } = useLang()
  const t = useWords(uiWords)
  if (!error) return null
  if (!(error instanceof Problem)) {
    return <ErrorNote what={t('unexpected')} code={(error as Error).message} onRetry={onRetry} safe={safe} />
  }
  const answer = problemAnswer(error)
  return (
    <ErrorNote
      what={answer.message[lang]}
      todo={answer.do[lang]}
      code={answer.code}
      onRetry={onRetry}
      safe={safe}
      tone={answer.code === 'kernel/offline' ? 'amber' : 'red'}
    />
  )
}

/** One line of a problem, for a toast or beside a field. */
export function problemLine(error: unknown, lang: 'zh' | 'en'): string {
  if (error instanceof Problem) return problemAnswer(error).message[lang]
  return (error as Error).message
}
