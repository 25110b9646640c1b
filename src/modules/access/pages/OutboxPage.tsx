// What this phone holds of the officer's own: not sent yet, turned down and why, and what was done today.
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useServerNow, useSession } from '../../../device/hooks.ts'
import { isUnsent, type OutboxEntry, useOutbox } from '../../../device/outbox-hooks.ts'
import { usePhoneTabs, useStrip } from '../../../device/phone.ts'
import {
  BigButton,
  LangProvider,
  PhoneCard,
  PhoneShell,
  PlainButton,
  SkeletonPanel,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { outboxWords } from './outbox-words.ts'

export default function OutboxPage() {
  return (
    <LangProvider>
      <OutboxList />
    </LangProvider>
  )
}

const isTurnedDown = ({ state }: OutboxEntry) => state === 'refused' || state === 'held'

function OutboxList() {
  const t = useWords(outboxWords)
  const format = useFormat(useSession().agency.timeZone)
  const today = format.day(useServerNow())
  const navigate = useNavigate()
  const outbox = useOutbox()
  const onTab = usePhoneTabs('/outbox')
  const strip = useStrip(format.time)
  const { entries } = outbox
  const unread = entries.filter(one => isTurnedDown(one) && !one.acknowledged)
  const unsent = entries.filter(isUnsent)
  // What was read stays among the day's, with its verdict.
  const over = entries.filter(
    one => !isUnsent(one) && one.acknowledged && format.day(one.occurredAt) === today,
  )
  return (
    <PhoneShell {...strip} onUnsent={undefined} post={t('title')} tab="me" onTab={onTab}>
      <h1 className="fx-hidden">{t('title')}</h1>
      {outbox.ready ? null : <SkeletonPanel lines={6} />}
      <Part title={t('turnedDown')} entries={unread}>
        {one => <PlainButton onClick={() => void outbox.acknowledge(one.id)}>{t('read')}</PlainButton>}
      </Part>
      <Part title={t('unsent')} entries={unsent} />
      {unsent.length > 0 ? (
        <BigButton title={t('sendNow')} says={t('sendNowSays')} icon="send" onClick={outbox.sendNow} />
      ) : null}
      {outbox.ready && unread.length + unsent.length === 0 ? (
        <PhoneCard icon="tick" title={t('nothing')} note={t('nothingNote')} />
      ) : null}
      <Part title={t('doneToday')} entries={over.toReversed()} />
      <BigButton title={t('back')} tone="plain" onClick={() => void navigate({ to: '/me' })} />
    </PhoneShell>
  )
}

interface PartProps {
  title: string
  entries: readonly OutboxEntry[]
  /** What can be done with each. */
  children?: (entry: OutboxEntry) => ReactNode
}

function Part({ title, entries, children }: PartProps) {
  if (entries.length === 0) return null
  return (
    <>
      <h2>
        {title} {entries.length}
      </h2>
      {entries.map(one => (
        <EntryCard key={one.id} entry={one} aside={children?.(one)} />
      ))}
    </>
  )
}

function EntryCard({ entry, aside }: { entry: OutboxEntry; aside: ReactNode }) {
  const t = useWords(outboxWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const { state, problem, about, title } = entry
  const words = {
    ...{ waiting: t('waiting'), sending: t('sending'), unsent: t('putOff') },
    ...{ refused: t('refused'), held: t('held'), done: '' },
  }
  const at = `${format.day(entry.occurredAt)} ${format.time(entry.occurredAt)}`
  const note = [at, words[state], problem?.message[lang]].filter(Boolean).join(' · ')
  const spoken = typeof about === 'string' ? about : about[lang]
  return (
    <PhoneCard
      icon={state === 'done' ? 'tick' : isTurnedDown(entry) ? 'returned' : 'send'}
      attention={isTurnedDown(entry) && !entry.acknowledged}
      title={[title[lang], spoken].filter(Boolean).join(' · ')}
      note={note}
      aside={aside}
    >
      {problem && state !== 'done' ? <p>{problem.do[lang]}</p> : null}
    </PhoneCard>
  )
}
