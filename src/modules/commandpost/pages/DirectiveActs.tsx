// One form for what is said about a directive: each sends the command that it is.
import { useState } from 'react'
import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, TextArea, TextInput, useWords } from '../../../ui/index.ts'
import {
  chaseDirective,
  extendDirective,
  reportDirective,
  resendDirective,
  returnDirective,
  reviewDirective,
  withdrawDirective,
} from '../contracts.ts'
import type { Addressee } from './AddresseeTable.tsx'
import type { Directive } from './DirectiveDrawer.tsx'
import { directiveWords } from './directive-words.ts'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import { commandWords, enclosureWords } from './words.ts'

const words = { ...commandWords, ...directiveWords, ...enclosureWords }

export type DirectiveAct =
  | { kind: 'report' | 'done' | 'giveBack' | 'sendBack' | 'resend'; addressee: Addressee }
  | { kind: 'chase' | 'extend' | 'withdraw' }
type ActFormProps = { act: DirectiveAct; row: Directive; onClose: () => void }

export function DirectiveActForm(props: ActFormProps) {
  if (props.act.kind === 'chase') return <ChaseForm row={props.row} onClose={props.onClose} />
  return <SayForm {...props} />
}

interface Draft {
  text: string
  dueAt: string
  enclosures: NewEnclosure[]
}

const titlesOf = {
  report: ['report', 'reportDo', 'evidence'],
  done: ['done', 'doneDo', 'evidence'],
  giveBack: ['giveBack', 'giveBackDo', 'reason'],
  sendBack: ['sendBack', 'sendBackDo', 'reason'],
  resend: ['resend', 'resendDo', 'explain'],
  extend: ['extend', 'extendDo', 'reason'],
  withdraw: ['withdraw', 'withdrawDo', 'reason'],
  chase: ['chase', 'chase', 'explain'],
} as const

function useSay({ act, row }: ActFormProps, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const [report, giveBack, review] = [useDo(reportDirective), useDo(returnDirective), useDo(reviewDirective)]
  const [resend, extend, withdraw] = [
    useDo(resendDirective),
    useDo(extendDirective),
    useDo(withdrawDirective),
  ]
  const text = draft.text.trim()
  const dueAt = instantOf(draft.dueAt, timeZone)
  const ready = text !== '' && (act.kind !== 'extend' || dueAt !== null)
  const submit = () => {
    if (!ready) return
    const { directiveId } = row
    const done = { onSuccess: onDone }
    if (act.kind === 'extend' && dueAt) extend.mutate({ directiveId, dueAt, reason: text }, done)
    if (act.kind === 'withdraw') withdraw.mutate({ directiveId, reason: text }, done)
    if (!('addressee' in act)) return
    const { addresseeId } = act.addressee
    if (act.kind === 'giveBack') giveBack.mutate({ addresseeId, reason: text }, done)
    else if (act.kind === 'sendBack') review.mutate({ addresseeId, verdict: 'sendBack', text }, done)
    else if (act.kind === 'resend') resend.mutate({ addresseeId, text }, done)
    else {
      const { enclosures } = draft
      report.mutate({ addresseeId, text, done: act.kind === 'done', enclosures }, done)
    }
  }
  return { ready, submit, doing: [report, giveBack, review, resend, extend, withdraw] }
}

function SayForm(props: ActFormProps) {
  const { act, row, onClose } = props
  const t = useWords(words)
  const { timeZone } = useSession().agency
  const initial = (): Draft => ({ text: '', dueAt: localOf(row.dueAt, timeZone), enclosures: [] })
  const about = 'addressee' in act ? act.addressee.addresseeId : row.directiveId
  const form = `directive ${act.kind} ${about}`
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: reportDirective })
  const { ready, submit, doing } = useSay(props, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const [title, ok, label] = titlesOf[act.kind]
  const evidence = act.kind === 'report' || act.kind === 'done'
  return (
    <FormDrawer
      onClose={onClose}
      title={t(title)}
      subtitle={`${row.number} ${row.title}`}
      ok={t(ok)}
      ready={ready}
      danger={act.kind === 'withdraw'}
      doing={doing}
      kept={kept}
      onSubmit={submit}
    >
      {act.kind === 'extend' ? (
        <Field label={t('dueAt')} required>
          <TextInput type="datetime-local" value={draft.dueAt} onChange={dueAt => change({ dueAt })} />
        </Field>
      ) : null}
      <Field label={t(label)} hint={act.kind === 'withdraw' ? t('withdrawThen') : undefined} required>
        <TextArea
          rows={4}
          value={draft.text}
          maxLength={evidence ? 1_000 : 500}
          onChange={text => change({ text })}
        />
      </Field>
      {evidence ? (
        <Field label={t('enclosures')}>
          <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
        </Field>
      ) : null}
    </FormDrawer>
  )
}

/** Everybody with something open is chased unless he is left out; with a number it is supervision. */
function ChaseForm({ row, onClose }: { row: Directive; onClose: () => void }) {
  const t = useWords(words)
  const chase = useDo(chaseDirective)
  const open = row.addressees.filter(one => one.state === 'sent' || one.state === 'received')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState('')
  const [number, setNumber] = useState('')
  const chosen = open.filter(one => !left.has(one.addresseeId))
  const toggle = (id: string) => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  const submit = () =>
    chase.mutate(
      {
        directiveId: row.directiveId,
        addresseeIds: chosen.map(one => one.addresseeId),
        text: text.trim(),
        number: number.trim() || null,
      },
      { onSuccess: onClose },
    )
  return (
    <FormDrawer
      onClose={onClose}
      title={t('chase')}
      subtitle={`${row.number} ${row.title}`}
      ok={t(number.trim() ? 'superviseDo' : 'chaseDo', { n: chosen.length })}
      ready={chosen.length > 0}
      doing={[chase]}
      onSubmit={submit}
    >
      <fieldset className="cmd-choices" aria-label={t('chaseWho')}>
        {open.map(one => (
          <label key={one.addresseeId}>
            <input
              type="checkbox"
              checked={!left.has(one.addresseeId)}
              onChange={() => toggle(one.addresseeId)}
            />
            {one.postName ?? one.unitName}
          </label>
        ))}
      </fieldset>
      <Field label={t('explain')}>
        <TextArea rows={3} value={text} maxLength={500} onChange={setText} />
      </Field>
      <Field label={t('superviseNumber')} hint={t('superviseHint')}>
        <TextInput value={number} maxLength={60} onChange={setNumber} />
      </Field>
    </FormDrawer>
  )
}
