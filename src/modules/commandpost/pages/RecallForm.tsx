// The order that calls officers back: whom, where, by when; it says how many before it is given.
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  Field,
  Figure,
  FormDrawer,
  ProblemNote,
  SelectInput,
  TextArea,
  TextInput,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { officers } from '../../people/contracts.ts'
import {
  closeRecall,
  levelShares,
  orderRecall,
  recallKinds,
  recallKindTitles,
  recallPreview,
  usualAnswerMinutes,
} from '../contracts.ts'
import { type Running, usePostOptions, useUnitOptions } from './CommandFrame.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import type { Board } from './RecallPage.tsx'
import { recallWords } from './recall-words.ts'
import { commandWords } from './words.ts'

const words = { ...commandWords, ...recallWords }
type Kind = (typeof recallKinds)[number]

interface Draft {
  reason: string
  orderedBy: string
  /** `unit ID`, `post ID` or empty: everybody at his own unit. */
  place: string
  reportBy: string
  answerMinutes: string
  share: string
  levelId: string
  unitIds: string[]
  kinds: Kind[]
  officerIds: string[]
  exceptIds: string[]
}
type FieldsProps = { draft: Draft; change: (more: Partial<Draft>) => void }

const within = (text: string, most: number) => {
  const n = Number(text)
  return /^\d+$/.test(text.trim()) && n >= 1 && n <= most ? n : null
}

function useSend(running: Running, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const order = useDo(orderRecall)
  const [recallId] = useState(newId)
  const reportBy = instantOf(draft.reportBy, timeZone)
  const sharePercent = within(draft.share, 100)
  const answerMinutes = within(draft.answerMinutes, 1_440)
  const { operationId } = running
  const { unitIds, kinds, officerIds, exceptIds } = draft
  const choice = { operationId, unitIds, kinds, officerIds, exceptIds, sharePercent: sharePercent ?? 100 }
  const preview = useAsk(recallPreview, { ...choice, reportBy: reportBy ?? undefined })
  const filled = draft.reason.trim() !== '' && draft.orderedBy.trim() !== ''
  const called = preview.data?.called ?? 0
  const ready = filled && called > 0 && reportBy !== null && sharePercent !== null && answerMinutes !== null
  const [kind, place] = draft.place.split(' ')
  const submit = () => {
    if (!ready) return
    order.mutate(
      {
        ...choice,
        recallId,
        reason: draft.reason.trim(),
        orderedBy: draft.orderedBy.trim(),
        reportUnitId: kind === 'unit' ? place : null,
        reportPostId: kind === 'post' ? place : null,
        reportBy,
        answerMinutes,
        levelId: draft.levelId || null,
      },
      { onSuccess: onDone },
    )
  }
  return { ready, called, preview, submit, doing: [order] }
}

export function RecallForm({ running, onClose }: { running: Running; onClose: () => void }) {
  const t = useWords(words)
  const { clock } = useClient()
  const session = useSession()
  const { timeZone } = session.agency
  const initial = (): Draft => ({
    reason: '',
    orderedBy: session.name,
    place: '',
    reportBy: localOf(laterBy(new Date(clock.now()).toISOString(), 120), timeZone),
    answerMinutes: String(usualAnswerMinutes),
    share: '100',
    levelId: '',
    unitIds: [],
    kinds: [],
    officerIds: [],
    exceptIds: [],
  })
  const [draft, setDraft, kept] = useKeptDraft({ form: 'recall new', initial, contract: orderRecall })
  const { ready, called, preview, submit, doing } = useSend(running, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  return (
    <FormDrawer
      onClose={onClose}
      width={720}
      title={t('order')}
      ok={t('orderDo', { n: called })}
      ready={ready}
      doing={doing}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <OrderFields running={running} draft={draft} change={change} />
      <WhomFields draft={draft} change={change} preview={preview.data} />
      {preview.error ? <ProblemNote error={preview.error} /> : null}
      {preview.data ? <Will preview={preview.data} /> : null}
    </FormDrawer>
  )
}

function OrderFields({ running, draft, change }: FieldsProps & { running: Running }) {
  const t = useWords(words)
  return (
    <>
      <Field label={t('reason')} required wide>
        <TextArea
          rows={2}
          value={draft.reason}
          maxLength={500}
          placeholder={t('reasonExample')}
          onChange={reason => change({ reason })}
        />
      </Field>
      <Field label={t('orderedBy')} required>
        <TextInput value={draft.orderedBy} maxLength={60} onChange={orderedBy => change({ orderedBy })} />
      </Field>
      <PlaceField running={running} draft={draft} change={change} />
      <Field label={t('reportBy')} required>
        <TextInput type="datetime-local" value={draft.reportBy} onChange={reportBy => change({ reportBy })} />
      </Field>
      <Field label={t('answerMinutes')} required>
        <TextInput
          inputMode="numeric"
          value={draft.answerMinutes}
          maxLength={4}
          onChange={answerMinutes => change({ answerMinutes })}
        />
      </Field>
      <LevelField draft={draft} change={change} />
      <Field label={t('share')} hint={t('shareHint')} required>
        <TextInput
          inputMode="numeric"
          value={draft.share}
          maxLength={3}
          onChange={share => change({ share })}
        />
      </Field>
    </>
  )
}

function PlaceField({ running, draft, change }: FieldsProps & { running: Running }) {
  const t = useWords(words)
  const units = useUnitOptions()
  const posts = usePostOptions(running.operationId)
  const options = [
    { value: '', label: t('ownUnit') },
    ...units.map(one => ({ value: `unit ${one.value}`, label: one.label })),
    ...posts.map(one => ({ value: `post ${one.value}`, label: one.label })),
  ]
  return (
    <Field label={t('reportAt')} required>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        value={draft.place}
        options={options}
        onChange={place => change({ place })}
      />
    </Field>
  )
}

/** The levels that hold; chosen, the share follows from the level, and may be changed after. */
function LevelField({ draft, change }: FieldsProps) {
  const t = useWords(words)
  const { data } = useAsk(currentOperation, {})
  const levels = [data?.level, ...(data?.scopes ?? [])].flatMap(one =>
    one && one.state === 'inForce' ? [one] : [],
  )
  const pick = (levelId: string) => {
    const level = levels.find(one => one.levelId === levelId)
    change({ levelId, ...(level ? { share: String(levelShares[level.level] ?? 100) } : {}) })
  }
  return (
    <Field label={t('levelPick')} hint={t('levelHint')}>
      <SelectInput
        value={draft.levelId}
        placeholder={t('noLevel')}
        options={levels.map(one => ({ value: one.levelId, label: `${one.orderNumber} ${one.scopeText}` }))}
        onChange={pick}
      />
    </Field>
  )
}

type Preview = OutputOf<typeof recallPreview>

function WhomFields({ draft, change, preview }: FieldsProps & { preview?: Preview }) {
  const t = useWords(words)
  const { lang } = useLang()
  const people = useAsk(officers, { limit: 5_000 })
  const names = useMemo(
    () =>
      (people.data?.rows ?? []).map(one => ({
        value: one.officerId,
        label: `${one.name} ${one.badge} ${one.unitName}`,
      })),
    [people.data],
  )
  const chosen = (preview?.officers ?? []).map(one => one.officerId)
  const leaveOut = names.filter(one => chosen.includes(one.value) || draft.exceptIds.includes(one.value))
  return (
    <>
      <Field label={t('pickUnits')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('allUnits')}
          value={draft.unitIds}
          options={useUnitOptions()}
          onChange={unitIds => change({ unitIds })}
        />
      </Field>
      <Field label={t('pickKinds')}>
        <Select
          mode="multiple"
          allowClear
          placeholder={t('allKinds')}
          value={draft.kinds}
          options={recallKinds.map(one => ({ value: one, label: recallKindTitles[one][lang] }))}
          onChange={kinds => change({ kinds })}
        />
      </Field>
      <Field label={t('named')} hint={t('namedHint')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('noNames')}
          value={draft.officerIds}
          options={names}
          onChange={officerIds => change({ officerIds })}
        />
      </Field>
      <Field label={t('except')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('noNames')}
          value={draft.exceptIds}
          options={leaveOut}
          onChange={exceptIds => change({ exceptIds })}
        />
      </Field>
    </>
  )
}

/** What the order will do, and whom it leaves out and why. */
function Will({ preview }: { preview: Preview }) {
  const t = useWords(words)
  const left = [
    [preview.away, 'willAway'],
    [preview.seconded, 'willSeconded'],
    [preview.already, 'willAlready'],
    [preview.missing, 'willMissing'],
    [preview.spared, 'willSpared'],
  ] as const
  return (
    <section className="rc-will" aria-live="polite" aria-label={t('willCall')}>
      <p>
        {t('willCall')} <Figure value={preview.called} unit={t('personUnit')} /> · {t('onDuty')}{' '}
        <Figure value={preview.onDuty} unit={t('personUnit')} />
      </p>
      <ul>{left.map(([n, key]) => (n > 0 ? <li key={key}>{t(key, { n })}</li> : null))}</ul>
      <ul>
        {preview.units.map(unit => (
          <li key={unit.unitId}>
            {unit.unitName} {unit.called}
            {unit.onDuty > 0 ? ` + ${unit.onDuty}` : ''}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function CloseRecallForm({ board, onClose }: { board: Board; onClose: () => void }) {
  const t = useWords(words)
  const close = useDo(closeRecall)
  const [why, setWhy] = useState('')
  const { called, arrived, exempt } = board.counts
  return (
    <FormDrawer
      onClose={onClose}
      title={t('close')}
      subtitle={t('recallNo', { n: board.n })}
      ok={t('closeDo', { n: board.n })}
      danger
      ready={why.trim() !== ''}
      doing={[close]}
      onSubmit={() => close.mutate({ recallId: board.recallId, why: why.trim() }, { onSuccess: onClose })}
    >
      <p className="cmd-text">{t('closeThen', { n: called - arrived - exempt })}</p>
      <Field label={t('closeWhy')} required>
        <TextArea rows={3} value={why} maxLength={500} onChange={setWhy} />
      </Field>
    </FormDrawer>
  )
}
