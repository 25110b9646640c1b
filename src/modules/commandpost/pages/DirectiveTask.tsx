// One directive on the phone: read it, acknowledge it, say what was done.
import { useState } from 'react'
import { useAsk, useDo, useServerNow, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  PhoneCard,
  PlainButton,
  SkeletonPanel,
  TextArea,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  acknowledgeDirective,
  addresseeStateTitles,
  directive,
  reportDirective,
  returnDirective,
} from '../contracts.ts'
import { EnclosureList, EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { untilWords } from './stretch.ts'
import { taskWords } from './task-words.ts'
import { commandWords } from './words.ts'

type Directive = OutputOf<typeof directive>
type Addressee = Directive['addressees'][number]
const words = { ...commandWords, ...taskWords }
type DoneProps = { onDone: (what?: string) => void }

export function DirectiveTask({ directiveId, onDone }: DoneProps & { directiveId: string }) {
  const t = useWords(words)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const now = useServerNow()
  const found = useAsk(directive, { directiveId })
  const row = found.data?.directiveId === directiveId ? found.data : undefined
  const own = row?.addressees.filter(one => one.may.answer) ?? []
  return (
    <div className="tk-list">
      <BackButton onBack={() => onDone()} />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {!row && !found.error ? <SkeletonPanel lines={8} /> : null}
      {row ? (
        <>
          <PhoneCard
            title={row.title}
            note={`${row.number} · ${row.fromWhom}`}
            attention={row.overdue}
            aside={untilWords(t, row.dueAt, now)}
          >
            <p className="tk-text">{row.text}</p>
            <p className="tk-quiet">
              <span className="fx-date">{format.day(row.dueAt)}</span>{' '}
              {t('due', { time: format.time(row.dueAt) })}
            </p>
            <EnclosureList enclosures={row.enclosures.filter(one => one.step === null)} />
          </PhoneCard>
          {own.map(one => (
            <Answer key={one.addresseeId} row={row} one={one} onDone={onDone} />
          ))}
          {own.length === 0
            ? row.addressees.map(one => (
                <PhoneCard
                  key={one.addresseeId}
                  title={one.postName ?? one.unitName}
                  aside={addresseeStateTitles[one.state][lang]}
                />
              ))
            : null}
        </>
      ) : null}
    </div>
  )
}

function Answer({ row, one, onDone }: DoneProps & { row: Directive; one: Addressee }) {
  const t = useWords(words)
  const acknowledge = useDo(acknowledgeDirective)
  const [giving, setGiving] = useState(false)
  const name = one.postName ?? one.unitName
  const { addresseeId } = one
  if (giving) return <GiveBack addresseeId={addresseeId} name={name} onDone={onDone} />
  return (
    <>
      {acknowledge.error ? <ProblemNote error={acknowledge.error} safe="kept" /> : null}
      {one.state === 'sent' ? (
        <BigButton
          stacked
          icon="sign"
          title={t('acknowledge')}
          says={`${name} · ${t('acknowledgeSays')}`}
          disabled={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ addresseeId }, { onSuccess: () => buzz() })}
        />
      ) : (
        <Report row={row} one={one} onDone={onDone} />
      )}
      <BigButton tone="plain" icon="returned" title={t('giveBack')} onClick={() => setGiving(true)} />
    </>
  )
}

function Report({ row, one, onDone }: DoneProps & { row: Directive; one: Addressee }) {
  const t = useWords(words)
  const report = useDo(reportDirective)
  const [text, setText] = useState('')
  const [enclosures, setEnclosures] = useState<NewEnclosure[]>([])
  const from = row.issuerUnitName ?? row.fromWhom
  const send = (done: boolean) =>
    report.mutate(
      { addresseeId: one.addresseeId, text: text.trim(), done, enclosures },
      {
        onSuccess: () => {
          buzz()
          onDone(`${row.number} ${t(done ? 'reportedDone' : 'reported')}`)
        },
      },
    )
  const ready = text.trim() !== '' && !report.isPending
  return (
    <>
      <Field label={t('what')} required>
        <TextArea rows={3} value={text} maxLength={1_000} onChange={setText} />
      </Field>
      <EnclosurePicker value={enclosures} onChange={setEnclosures} />
      {report.error ? <ProblemNote error={report.error} safe="kept" /> : null}
      <BigButton
        stacked
        icon="tick"
        title={t('done')}
        says={t('doneSays', { from })}
        disabled={!ready}
        onClick={() => send(true)}
      />
      <BigButton tone="plain" icon="send" title={t('report')} disabled={!ready} onClick={() => send(false)} />
    </>
  )
}

function GiveBack({ addresseeId, name, onDone }: DoneProps & { addresseeId: string; name: string }) {
  const t = useWords(words)
  const giveBack = useDo(returnDirective)
  const [reason, setReason] = useState('')
  const send = () =>
    giveBack.mutate(
      { addresseeId, reason: reason.trim() },
      { onSuccess: () => onDone(`${name} ${t('returned')}`) },
    )
  return (
    <>
      <Field label={t('why')} required>
        <TextArea rows={3} value={reason} maxLength={500} onChange={setReason} />
      </Field>
      {giveBack.error ? <ProblemNote error={giveBack.error} safe="kept" /> : null}
      <BigButton
        icon="returned"
        title={t('giveBack')}
        disabled={reason.trim() === '' || giveBack.isPending}
        onClick={send}
      />
    </>
  )
}
