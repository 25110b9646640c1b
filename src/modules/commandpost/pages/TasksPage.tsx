// An officer's tasks on the phone: directives to his unit or post, the difficulties of his post, and raising one.
import './tasks.css'
import { type ReactNode, useState } from 'react'
import { useAsk, useLive, useServerNow, useSession } from '../../../device/hooks.ts'
import { useStrip, usePhoneTabs } from '../../../device/phone.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BigButton,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SaveLine,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { my as myAttendance } from '../../attendance/contracts.ts'
import {
  addresseeStateTitles,
  type DifficultyKind,
  difficultyKindTitles,
  type DifficultyState,
  difficultyStateTitles,
  myTasks,
  type Owner,
  ownerTitles,
} from '../contracts.ts'
import { DifficultyTask } from './DifficultyTask.tsx'
import { DirectiveTask } from './DirectiveTask.tsx'
import { RaiseTask } from './RaiseTask.tsx'
import { RecallCards, RecallTask } from './RecallTask.tsx'
import { stretch, untilWords } from './stretch.ts'
import { taskWords } from './task-words.ts'
import { commandWords } from './words.ts'

type Mine = OutputOf<typeof myTasks>
const words = { ...commandWords, ...taskWords }
/** What is open in place of the list. */
type Open = { what: 'directive' | 'difficulty' | 'recall'; id: string } | { what: 'raise' } | null

export default function TasksPage() {
  return (
    <LangProvider>
      <Tasks />
    </LangProvider>
  )
}

function Tasks() {
  const t = useWords(words)
  const { agency, officerId } = useSession()
  useLive()
  const found = useAsk(myTasks, {}, { refetchSeconds: 60 })
  const [open, setOpen] = useState<Open>(null)
  const [said, setSaid] = useState<{ at: string; what: ReactNode } | string | null>(null)
  const format = useFormat(agency.timeZone)
  const strip = useStrip(format.time)
  const now = useServerNow()
  const mine = found.data
  // Where he checked in comes before where the roster has him.
  const own = useAsk(myAttendance, {}, { enabled: officerId !== null })
  const there = own.data?.seats.find(one => one.presence?.leftAt === null)
  const onDuty = mine?.posts.find(post => post.onDuty)
  const onTab = usePhoneTabs('/tasks', {
    again: () => setOpen(null),
  })
  /** Back to the list, with the line that says what was saved. */
  const done = (what?: ReactNode) => {
    setOpen(null)
    if (what) setSaid({ at: format.time(now), what })
  }
  return (
    <PhoneShell
      post={there?.postName ?? onDuty?.name ?? t('offDuty')}
      {...strip}
      tab="tasks"
      onTab={onTab}
      waiting={mine ? { tasks: mine.directives.filter(one => one.state === 'sent').length } : {}}
    >
      <h1 className="fx-hidden">{t('tasks')}</h1>
      {typeof said === 'string' ? <SaveLine>{said}</SaveLine> : null}
      {said && typeof said === 'object' ? <SaveLine at={said.at}>{said.what}</SaveLine> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={8} /> : null}
      {mine && open?.what === 'raise' ? <RaiseTask posts={mine.posts} onDone={done} /> : null}
      {open?.what === 'directive' ? <DirectiveTask directiveId={open.id} onDone={done} /> : null}
      {open?.what === 'difficulty' ? <DifficultyTask difficultyId={open.id} onDone={done} /> : null}
      {open?.what === 'recall' ? <RecallTask recallId={open.id} onDone={done} /> : null}
      {mine && open === null ? <List mine={mine} onOpen={setOpen} /> : null}
    </PhoneShell>
  )
}

function List({ mine, onOpen }: { mine: Mine; onOpen: (open: Open) => void }) {
  const t = useWords(words)
  const [first] = mine.posts
  return (
    <div className="tk-list">
      <RecallCards onOpen={id => onOpen({ what: 'recall', id })} />
      {first ? (
        <BigButton
          stacked
          icon="horn"
          title={t('raise')}
          says={t('raiseSays', { post: first.name })}
          onClick={() => onOpen({ what: 'raise' })}
        />
      ) : (
        <PhoneCard icon="horn" title={t('noPost')} note={t('noPostNote')} />
      )}
      <h2>{t('myDirectives')}</h2>
      {mine.directives.length === 0 ? <p className="tk-quiet">{t('noDirectives')}</p> : null}
      {mine.directives.map(one => (
        <DirectiveCard
          key={one.addresseeId}
          one={one}
          onOpen={() => onOpen({ what: 'directive', id: one.directiveId })}
        />
      ))}
      <h2>{t('postDifficulties')}</h2>
      {mine.difficulties.length === 0 ? <p className="tk-quiet">{t('noDifficulties')}</p> : null}
      {mine.difficulties.map(one => (
        <DifficultyCard
          key={one.difficultyId}
          one={one}
          onOpen={() => onOpen({ what: 'difficulty', id: one.difficultyId })}
        />
      ))}
    </div>
  )
}

function DirectiveCard({ one, onOpen }: { one: Mine['directives'][number]; onOpen: () => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const now = useServerNow()
  const pressed = one.supervised
    ? t('supervised', { number: one.supervised })
    : one.chased > 0
      ? t('chased')
      : ''
  return (
    <PhoneCard
      icon="tasks"
      attention={one.overdue || one.supervised !== null}
      title={one.title}
      note={
        <>
          {one.fromWhom} · {one.toName}
          <br />
          {untilWords(t, one.dueAt, now)} {pressed ? `· ${pressed}` : ''}
        </>
      }
      aside={addresseeStateTitles[one.state][lang]}
      onOpen={onOpen}
    />
  )
}

function DifficultyCard({ one, onOpen }: { one: Mine['difficulties'][number]; onOpen: () => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const owner = ownerTitles[one.owner as Owner][lang]
  return (
    <PhoneCard
      icon="horn"
      attention={one.toConfirm || one.overdue}
      title={`${difficultyKindTitles[one.kind as DifficultyKind][lang]} · ${one.postName}`}
      note={
        <>
          {one.text ? (
            <>
              {one.text}
              <br />
            </>
          ) : null}
          {t('with', { owner, time: stretch(t, one.stoodMinutes) })}
        </>
      }
      aside={difficultyStateTitles[one.state as DifficultyState][lang]}
      onOpen={onOpen}
    />
  )
}
