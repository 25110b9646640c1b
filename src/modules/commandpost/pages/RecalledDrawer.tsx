// One officer of a recall: what he answered, and what his leader does for him.
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  Field,
  FormDrawer,
  ProblemNote,
  SelectInput,
  TextArea,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  decideExemption,
  type ExemptClass,
  exemptClasses,
  exemptClassTitles,
  phoneRecall,
  recalledOfficer,
  recallKindTitles,
  rollRecalled,
  strikeArrival,
} from '../contracts.ts'
import { Moment, useDayTime } from './CommandFrame.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { RecalledState, useRecalledNote } from './RecallPeople.tsx'
import { recallWords } from './recall-words.ts'
import { commandWords } from './words.ts'

type Detail = OutputOf<typeof recalledOfficer>
const words = { ...commandWords, ...recallWords }
type Props = { recallId: string; officerId: string; onClose: () => void }

export function RecalledDrawer({ recallId, officerId, onClose }: Props) {
  const t = useWords(words)
  const found = useAsk(recalledOfficer, { recallId, officerId }, { refetchSeconds: 60 })
  const row = found.data?.officerId === officerId ? found.data : undefined
  const [doing, setDoing] = useState<'phone' | 'strike' | null>(null)
  if (row && doing === 'phone') return <PhoneForm row={row} onClose={() => setDoing(null)} />
  if (row && doing === 'strike') return <StrikeForm row={row} onClose={() => setDoing(null)} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row?.name ?? ''}
      subtitle={row ? t('recallNo', { n: row.recallN }) : undefined}
      head={row ? <RecalledState row={row} /> : undefined}
      loading={!row && !found.error}
      error={
        found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : undefined
      }
      footStart={row?.may.strike ? <Button onClick={() => setDoing('strike')}>{t('strike')}</Button> : null}
      footEnd={row ? <Acts row={row} onPhone={() => setDoing('phone')} /> : null}
    >
      {row ? <Content row={row} /> : null}
    </DetailDrawer>
  )
}

function Acts({ row, onPhone }: { row: Detail; onPhone: () => void }) {
  const t = useWords(words)
  const [decide, roll] = [useDo(decideExemption), useDo(rollRecalled)]
  const { recallId, officerId, may } = row
  const error = decide.error ?? roll.error
  const decided = (grant: boolean) => decide.mutate({ recallId, officerId, grant })
  return (
    <>
      {error ? <ProblemNote error={error} /> : null}
      {may.phone ? <Button onClick={onPhone}>{t('phone')}</Button> : null}
      {may.decide ? (
        <>
          <Button loading={decide.isPending} onClick={() => decided(false)}>
            {t('refuse')}
          </Button>
          <Button type="primary" loading={decide.isPending} onClick={() => decided(true)}>
            {t('grant')}
          </Button>
        </>
      ) : null}
      {may.arrive && !may.decide ? (
        <Button
          type="primary"
          loading={roll.isPending}
          onClick={() => roll.mutate({ recallId, officerIds: [officerId] })}
        >
          {t('rollOne')}
        </Button>
      ) : null}
    </>
  )
}

function Content({ row }: { row: Detail }) {
  const t = useWords(words)
  const { lang } = useLang()
  const note = useRecalledNote()
  const moment = (label: string, at: string | null, by?: string | null) =>
    at === null
      ? []
      : [
          {
            label,
            value: (
              <>
                <Moment at={at} /> {by ?? ''}
              </>
            ),
          },
        ]
  const said = note({ ...row, exemptClass: null })
  const facts = [
    { label: t('badge'), value: row.badge },
    { label: t('kind'), value: recallKindTitles[row.kind][lang] },
    { label: t('unit'), value: row.unitName },
    ...moment(t('calledAt'), row.calledAt),
    ...moment(t('reportBy'), row.reportBy),
    ...moment(t('reachedAt'), row.reachedAt),
    ...moment(t('eta'), row.eta),
    ...moment(t('arrivedAt'), row.arrivedAt, row.arrivedBy),
    ...(row.exemptClass ? [{ label: t('exemptWhy'), value: exemptClassTitles[row.exemptClass][lang] }] : []),
    ...moment(t('exemptUntil'), row.exemptUntil, row.exemptBy),
    ...(said ? [{ label: t('note'), value: said }] : []),
  ]
  return (
    <>
      <Facts facts={facts} />
      <Steps row={row} />
    </>
  )
}

function Steps({ row }: { row: Detail }) {
  const t = useWords(words)
  const dayTime = useDayTime()
  const title = {
    coming: t('stepComing'),
    asked: t('stepAsked'),
    notReached: t('stepNotReached'),
    exempted: t('stepExempted'),
    exemptionRefused: t('stepExemptionRefused'),
    arrived: t('stepArrived'),
    arrivalStruck: t('stepArrivalStruck'),
  }
  return (
    <DetailSection title={t('steps')}>
      {row.steps.length === 0 ? <p className="cmd-quiet">{t('noSteps')}</p> : null}
      <ol className="cmd-steps">
        {row.steps.map(step => (
          <li key={step.n}>
            <Moment at={step.at} />
            <span>
              <strong>{title[step.kind]}</strong> <span className="cmd-quiet">{step.by ?? t('system')}</span>{' '}
              {step.phonedAt ? (
                <span className="cmd-quiet">{t('phoned', { time: dayTime(step.phonedAt) })}</span>
              ) : null}
            </span>
            {step.text ? <p className="cmd-text">{step.text}</p> : null}
          </li>
        ))}
      </ol>
    </DetailSection>
  )
}

type Says = 'coming' | 'cannot' | 'notReached'
interface Draft {
  says: Says
  phonedAt: string
  eta: string
  endLeave: boolean
  exemptClass: ExemptClass
  exemptUntil: string
}

function answerOf(draft: Draft, timeZone: string) {
  if (draft.says === 'notReached') return { says: 'notReached' } as const
  if (draft.says === 'coming') {
    const eta = instantOf(draft.eta, timeZone)
    return eta ? ({ says: 'coming', eta, endLeave: draft.endLeave } as const) : null
  }
  const exemptUntil = instantOf(draft.exemptUntil, timeZone)
  return exemptUntil ? ({ says: 'cannot', exemptClass: draft.exemptClass, exemptUntil } as const) : null
}

/** 电话通知: what was said at the other end. */
function PhoneForm({ row, onClose }: { row: Detail; onClose: () => void }) {
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const phone = useDo(phoneRecall)
  const now = new Date(clock.now()).toISOString()
  const [draft, setDraft] = useState<Draft>({
    says: 'coming',
    phonedAt: localOf(now, timeZone),
    eta: localOf(laterBy(now, 60), timeZone),
    endLeave: true,
    exemptClass: 'otherDuty',
    exemptUntil: localOf(laterBy(now, 24 * 60), timeZone),
  })
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const phonedAt = instantOf(draft.phonedAt, timeZone)
  const answer = answerOf(draft, timeZone)
  const { recallId, officerId } = row
  const submit = () => {
    if (phonedAt && answer) phone.mutate({ recallId, officerId, phonedAt, answer }, { onSuccess: onClose })
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('phone')}
      subtitle={`${row.name} ${row.unitName}`}
      ok={t('phoneDo')}
      ready={phonedAt !== null && answer !== null}
      doing={[phone]}
      onSubmit={submit}
    >
      <Field label={t('phonedAt')} required>
        <TextInput type="datetime-local" value={draft.phonedAt} onChange={at => change({ phonedAt: at })} />
      </Field>
      <Field label={t('says')} required>
        <SelectInput
          value={draft.says}
          options={[
            { value: 'coming', label: t('saysComing') },
            { value: 'cannot', label: t('saysCannot') },
            { value: 'notReached', label: t('saysNotReached') },
          ]}
          onChange={says => change({ says: says as Says })}
        />
      </Field>
      <AnswerFields draft={draft} change={change} />
    </FormDrawer>
  )
}

function AnswerFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  if (draft.says === 'notReached') return null
  if (draft.says === 'coming') {
    return (
      <>
        <Field label={t('eta')} required>
          <TextInput type="datetime-local" value={draft.eta} onChange={eta => change({ eta })} />
        </Field>
        <label className="cmd-sign">
          <input
            type="checkbox"
            checked={draft.endLeave}
            onChange={event => change({ endLeave: event.target.checked })}
          />
          {t('endLeave')}
        </label>
      </>
    )
  }
  return (
    <>
      <Field label={t('exemptWhy')} hint={t('notHealth')} required>
        <SelectInput
          value={draft.exemptClass}
          options={exemptClasses.map(one => ({ value: one, label: exemptClassTitles[one][lang] }))}
          onChange={one => change({ exemptClass: one as ExemptClass })}
        />
      </Field>
      <Field label={t('exemptUntil')} required>
        <TextInput
          type="datetime-local"
          value={draft.exemptUntil}
          onChange={exemptUntil => change({ exemptUntil })}
        />
      </Field>
    </>
  )
}

function StrikeForm({ row, onClose }: { row: Detail; onClose: () => void }) {
  const t = useWords(words)
  const strike = useDo(strikeArrival)
  const [why, setWhy] = useState('')
  const { recallId, officerId } = row
  return (
    <FormDrawer
      onClose={onClose}
      title={t('strike')}
      subtitle={row.name}
      ok={t('strikeDo')}
      danger
      ready={why.trim() !== ''}
      doing={[strike]}
      onSubmit={() => strike.mutate({ recallId, officerId, why: why.trim() }, { onSuccess: onClose })}
    >
      <Field label={t('strikeWhy')} required>
        <TextArea rows={3} value={why} maxLength={200} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}
