// Who a directive is addressed to, how far each is, and what the reader may do about it.
import { Button } from 'antd'
import { useDo } from '../../../device/hooks.ts'
import { ProblemNote, Signal, useConfirm, useLang, useWords } from '../../../ui/index.ts'
import { acknowledgeDirective, addresseeStateTitles, noteSkipLevel, reviewDirective } from '../contracts.ts'
import { useDayTime } from './CommandFrame.tsx'
import type { DirectiveAct } from './DirectiveActs.tsx'
import type { Directive } from './DirectiveDrawer.tsx'
import { directiveWords } from './directive-words.ts'
import { commandWords } from './words.ts'

export type Addressee = Directive['addressees'][number]
const words = { ...commandWords, ...directiveWords }

type AddresseeTableProps = {
  row: Directive
  onAct: (act: DirectiveAct) => void
  onPass: (addresseeId: string) => void
}

export function AddresseeTable({ row, onAct, onPass }: AddresseeTableProps) {
  const t = useWords(words)
  return (
    <table className="cmd-addressees">
      <thead>
        <tr>
          <th scope="col">{t('addressee')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">
            <span className="fx-hidden">{t('steps')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {row.addressees.map(one => (
          <tr key={one.addresseeId}>
            <td>
              {one.postName ?? one.unitName}
              {one.postName ? <div className="cmd-quiet">{one.unitName}</div> : null}
              <Marks one={one} />
            </td>
            <td>
              <Standing one={one} />
            </td>
            <td>
              <RowActs
                row={row}
                one={one}
                onAct={kind => onAct({ kind, addressee: one })}
                onPass={() => onPass(one.addresseeId)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Marks({ one }: { one: Addressee }) {
  const t = useWords(words)
  const unit = one.informedUnitName ?? ''
  const marks = [
    one.supervised ? t('supervisedBy', { number: one.supervised }) : '',
    one.chased > 0 && !one.supervised ? t('chasedTimes', { n: one.chased }) : '',
    one.informedUnitId ? t(one.informedSeenAt ? 'skippedSeen' : 'skipped', { unit }) : '',
  ].filter(Boolean)
  return marks.length > 0 ? <div className="cmd-quiet">{marks.join(' · ')}</div> : null
}

function Standing({ one }: { one: Addressee }) {
  const t = useWords(words)
  const { lang } = useLang()
  const dayTime = useDayTime()
  const kind =
    one.state === 'completed' ? 'green' : one.overdue ? 'red' : one.state === 'returned' ? 'amber' : null
  const [at, by] =
    one.state === 'completed'
      ? [one.completedAt, one.completedBy]
      : one.state === 'done'
        ? [one.doneAt, one.doneBy]
        : [one.receivedAt, one.receivedBy]
  return (
    <>
      <span className="cmd-sign">
        {kind ? <Signal kind={kind} size={14} label={one.overdue ? t('overdue') : undefined} /> : null}
        {addresseeStateTitles[one.state][lang]}
      </span>
      {at ? (
        <div className="cmd-quiet">
          <span className="fx-date">{dayTime(at)}</span> {by}
        </div>
      ) : null}
    </>
  )
}

type RowActsProps = {
  row: Directive
  one: Addressee
  onAct: (kind: 'report' | 'done' | 'giveBack' | 'sendBack' | 'resend') => void
  onPass: () => void
}

function RowActs({ row, one, onAct, onPass }: RowActsProps) {
  const t = useWords(words)
  const [acknowledge, review, note] = [
    useDo(acknowledgeDirective),
    useDo(reviewDirective),
    useDo(noteSkipLevel),
  ]
  const [ask, question] = useConfirm()
  const { addresseeId } = one
  const complete = async () => {
    const name = one.postName ?? one.unitName
    const yes = await ask({ title: t('completeAsk', { name }), ok: t('complete') })
    if (yes) review.mutate({ addresseeId, verdict: 'complete' })
  }
  const button = (word: keyof typeof words, onClick: () => void, primary = false, busy = false) => (
    <Button size="small" type={primary ? 'primary' : 'default'} loading={busy} onClick={onClick}>
      {t(word)}
    </Button>
  )
  const error = acknowledge.error ?? review.error ?? note.error
  const { answer } = one.may
  const sent = one.state === 'sent'
  return (
    <div className="cmd-acts">
      {answer && sent
        ? button('acknowledge', () => acknowledge.mutate({ addresseeId }), true, acknowledge.isPending)
        : null}
      {answer && !sent ? (
        <>
          {button('done', () => onAct('done'), true)}
          {button('report', () => onAct('report'))}
          {one.postId === null ? button('pass', onPass) : null}
        </>
      ) : null}
      {answer ? button('giveBack', () => onAct('giveBack')) : null}
      {one.may.review ? (
        <>
          {button('complete', () => void complete(), true, review.isPending)}
          {button('sendBack', () => onAct('sendBack'))}
        </>
      ) : null}
      {row.mayIssue && one.state === 'returned' ? button('resend', () => onAct('resend'), true) : null}
      {one.may.note ? button('note', () => note.mutate({ addresseeId }), false, note.isPending) : null}
      {error ? <ProblemNote error={error} /> : null}
      {question}
    </div>
  )
}
