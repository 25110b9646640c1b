// What is supposed at the left, what comes of it at the right.
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import {
  EmptyState,
  Field,
  FieldForm,
  Icon,
  Panel,
  ProblemNote,
  SelectInput,
  SkeletonPanel,
  TextInput,
  useFolded,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type PreferencePreset,
  preferenceInForce,
  preferencePresets,
  preferenceText,
  presetTitles,
  type Supposition,
  supposables,
  suppositionsMost,
} from '../contracts.ts'
import { preferenceWords } from './preference-words.ts'
import { SuppositionDrawer } from './SuppositionDrawer.tsx'
import { type Asked, givenOf, useWorking, type Working } from './use-what-if.ts'
import { WhatIfAnswerPanel } from './WhatIfAnswer.tsx'
import { suppositionText } from './what-if-text.ts'
import { whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

export type Supposables = OutputOf<typeof supposables>

export interface WorkProps {
  asked: Asked
  change: (more: Partial<Asked>) => void
  today: string
}

const daysFrom = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1

export function WhatIfWork({ asked, change, today }: WorkProps) {
  const t = useWords(whatIfWords)
  const days = daysFrom(asked.fromDay, asked.untilDay)
  const good = days >= 1 && days <= 62
  const { operationId, fromDay, untilDay } = asked
  const found = useAsk(supposables, { operationId, fromDay, untilDay }, { enabled: good })
  const working = useWorking(asked, change)
  const [open, setOpen] = useState<number | null>(null)
  const names = namesOf(found.data)
  const answer = useRef<HTMLDivElement>(null)
  const folded = useFolded()
  const runs = working.state === 'running'
  // On a phone the answer lies below the form, out of sight.
  useEffect(() => {
    if (runs && folded) answer.current?.scrollIntoView()
  }, [runs, folded])
  const put = (one: Supposition) => {
    const at = open ?? asked.suppositions.length
    change({ suppositions: [...asked.suppositions.slice(0, at), one, ...asked.suppositions.slice(at + 1)] })
    setOpen(null)
  }
  return (
    <div className="wf-work">
      <Panel title={t('suppositions')} note={t('untouched')} padded className="wf-form">
        <SupposedList
          asked={asked}
          names={names}
          onAdd={() => setOpen(asked.suppositions.length)}
          onOpen={setOpen}
          onRemove={at => change({ suppositions: asked.suppositions.filter((_one, n) => n !== at) })}
        />
        <RunForm {...{ asked, change, today, working, days, good }} />
        {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      </Panel>
      <div className="wf-answer" ref={answer}>
        <WorkState working={working} stale={working.answer !== null && asked.given !== givenOf(asked)} />
        {working.answer ? (
          <WhatIfAnswerPanel
            answer={working.answer}
            asked={asked}
            stale={asked.given !== givenOf(asked)}
            onKept={origin => change({ origin })}
          />
        ) : null}
      </div>
      {open !== null && found.data ? (
        <SuppositionDrawer
          key={open}
          found={found.data}
          was={asked.suppositions[open] ?? null}
          span={{ fromDay, untilDay }}
          onPut={put}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}

export function namesOf(found: Supposables | undefined): Record<string, string> {
  return Object.fromEntries([
    ...(found?.zones ?? []).map(one => [one.zoneId, one.name] as const),
    ...(found?.posts ?? []).map(one => [one.postId, one.name] as const),
    ...(found?.units ?? []).map(one => [one.unitId, one.name] as const),
  ])
}

interface ListProps {
  asked: Asked
  names: Record<string, string>
  onAdd: () => void
  onOpen: (at: number) => void
  onRemove: (at: number) => void
}

function SupposedList({ asked, names, onAdd, onOpen, onRemove }: ListProps) {
  const t = useWords(whatIfWords)
  const words = useWords(rosterWords)
  const { lang } = useLang()
  if (asked.suppositions.length === 0) {
    return (
      <EmptyState
        sentence={t('empty')}
        action={{ label: t('add'), onClick: onAdd }}
        example={t('emptyExample')}
      />
    )
  }
  return (
    <>
      <ul className="wf-supposed">
        {asked.suppositions.map((one, at) => {
          const what = suppositionText(one, { t, words, lang, names })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal suppositions differ in nothing but their place
            <li key={at}>
              <button type="button" aria-label={t('change', { what })} onClick={() => onOpen(at)}>
                {what}
              </button>
              <Button
                type="text"
                aria-label={t('remove', { what })}
                title={t('remove', { what })}
                onClick={() => onRemove(at)}
                icon={<Icon name="close" size={14} />}
              />
            </li>
          )
        })}
      </ul>
      {asked.suppositions.length < suppositionsMost ? <Button onClick={onAdd}>{t('add')}</Button> : null}
    </>
  )
}

interface RunProps extends WorkProps {
  working: Working
  days: number
  good: boolean
}

function RunForm({ asked, change, today, working, days, good }: RunProps) {
  const t = useWords(whatIfWords)
  const [seconds, setSeconds] = useState('20')
  const outside = asked.suppositions.some(
    one => 'fromDay' in one && (one.fromDay < asked.fromDay || one.untilDay > asked.untilDay),
  )
  const ready = good && !outside && asked.suppositions.length > 0 && working.state !== 'running'
  const run = () => {
    if (ready) void working.start(Number(seconds))
  }
  return (
    <FieldForm
      label={t('work')}
      columns={2}
      onSubmit={run}
      error={working.problem ? <ProblemNote error={working.problem} safe="kept" /> : undefined}
      foot={
        <Button type="primary" htmlType="submit" disabled={!ready} loading={working.busy}>
          {t(asked.origin ? 'rerun' : 'run', { n: good ? days : 0 })}
        </Button>
      }
    >
      <Field label={t('fromDay')} required>
        <TextInput
          type="date"
          value={asked.fromDay}
          min={today}
          onChange={fromDay => change({ fromDay, suppositions: moved(asked, { fromDay }) })}
        />
      </Field>
      <Field
        label={t('untilDay')}
        required
        error={good ? (outside ? t('outside') : undefined) : t('badDays')}
      >
        <TextInput
          type="date"
          value={asked.untilDay}
          min={asked.fromDay}
          onChange={untilDay => change({ untilDay, suppositions: moved(asked, { untilDay }) })}
        />
      </Field>
      <Field label={t('seconds')}>
        <SelectInput
          value={seconds}
          onChange={setSeconds}
          options={['5', '10', '20', '40', '60'].map(n => ({
            value: n,
            label: t('secondsUnit', { n: Number(n) }),
          }))}
        />
      </Field>
      <LeaningField asked={asked} change={change} />
    </FieldForm>
  )
}

function LeaningField({ asked, change }: Pick<WorkProps, 'asked' | 'change'>) {
  const p = useWords(preferenceWords)
  const { lang } = useLang()
  const { data } = useAsk(preferenceInForce, { operationId: asked.operationId })
  const what = data ? preferenceText(data.preference, lang) : '…'
  return (
    <Field label={p('title')} wide>
      <SelectInput
        value={asked.preference ?? ''}
        onChange={name => change({ preference: name === '' ? null : (name as PreferencePreset) })}
        options={[
          { value: '', label: p('standing', { what }) },
          ...preferencePresets.map(value => ({ value, label: presetTitles[value][lang] })),
        ]}
      />
    </Field>
  )
}

/** What was supposed of all days stays so when the days of the what-if change. */
function moved(asked: Asked, span: { fromDay?: string; untilDay?: string }): Supposition[] {
  return asked.suppositions.map(one =>
    'fromDay' in one
      ? {
          ...one,
          ...(span.fromDay && one.fromDay === asked.fromDay ? { fromDay: span.fromDay } : {}),
          ...(span.untilDay && one.untilDay === asked.untilDay ? { untilDay: span.untilDay } : {}),
        }
      : one,
  )
}

function WorkState({ working, stale }: { working: Working; stale: boolean }) {
  const t = useWords(whatIfWords)
  const { lang } = useLang()

  if (working.state === 'running') {
    return (
      <Panel padded title={t('running')}>
        <div className="wf-running" role="status">
          <progress aria-label={t('running')} value={working.done} max={Math.max(1, working.total)} />
          <span>{working.note[lang]}</span>
          {working.best ? <span>{t('bestSoFar', { n: working.best.open })}</span> : null}
          <Button onClick={working.stop}>{t('stop')}</Button>
        </div>
        <SkeletonPanel lines={6} />
      </Panel>
    )
  }
  if (working.lost) return <p className="wf-note">{t('lost')}</p>
  return stale ? <p className="wf-note">{t('differs')}</p> : null
}
