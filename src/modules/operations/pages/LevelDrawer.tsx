import { Button } from 'antd'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import {
  DetailDrawer,
  Field,
  FieldForm,
  ProblemNote,
  SelectInput,
  TextArea,
  TextInput,
  useWords,
} from '../../../ui/index.ts'
import { orderLevel } from '../contracts.ts'
import { addDays } from '../../../kernel/time.ts'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import type { Current, Operation } from './OperationPage.tsx'
import { wholeBureau } from './scope.ts'
import { operationWords, scopeName } from './words.ts'

type Level = 1 | 2 | 3
interface Draft {
  level: Level
  scopeText: string
  reason: string
  orderNumber: string
  orderedBy: string
  beginsAt: string
  fallsBackAt: string
  fallsBackTo: Level
  /** Officers are called back with it. */
  recalls: boolean
  reportBy: string
  share: string
}
/** How many of a unit's officers a level asks for at least: everybody at 1, half at 2. */
const usualShare = { 1: '100', 2: '50', 3: '100' } as const
const usualReportMs = 2 * 3_600_000

function useDraft(current: Current, operation: Operation) {
  const session = useSession()
  const { timeZone, handOverMinute } = session.agency
  const two = (n: number) => String(n).padStart(2, '0')
  const handOver = `${two(Math.floor(handOverMinute / 60))}:${two(handOverMinute % 60)}`
  const initial = (): Draft => ({
    level: 1,
    scopeText: '',
    reason: '',
    orderNumber: '',
    orderedBy: session.name,
    beginsAt: localOf(current.now, timeZone),
    fallsBackAt: `${addDays(current.dutyDay, 2)}T${handOver}`,
    fallsBackTo: 2,
    recalls: false,
    reportBy: localOf(new Date(Date.parse(current.now) + usualReportMs).toISOString(), timeZone),
    share: usualShare[1],
  })
  return useKeptDraft({ form: `level ${operation.operationId}`, initial, contract: orderLevel })
}

type DrawerProps = { current: Current; operation: Operation; onClose: () => void }

export function LevelDrawer({ current, operation, onClose }: DrawerProps) {
  const t = useWords(operationWords)
  const { timeZone } = useSession().agency
  const order = useDo(orderLevel)
  const [draft, setDraft, kept] = useDraft(current, operation)
  const beginsAt = instantOf(draft.beginsAt, timeZone)
  const fallsBackAt = instantOf(draft.fallsBackAt, timeZone)
  const said = [draft.reason, draft.orderNumber, draft.orderedBy].every(text => text.trim() !== '')
  const scopeText = draft.scopeText.trim() || wholeBureau
  const recall = recallOf(draft, scopeText, timeZone)
  const ready = said && beginsAt !== null && fallsBackAt !== null && recall !== undefined
  const { operationId } = operation
  const submit = () => {
    if (!ready) return
    const { recalls: _recalls, reportBy: _reportBy, share: _share, ...said } = draft
    const input = { ...said, scopeText, levelId: newId(), operationId, beginsAt, fallsBackAt, recall }
    order.mutate(input, { onSuccess: kept.done(onClose) })
  }
  const before = [current.level, ...current.scopes].find(
    one => one?.state === 'inForce' && one.scopeText === scopeText,
  )
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('order')}
      subtitle={operation.name}
      footEnd={
        <Button type="primary" disabled={!ready} loading={order.isPending} onClick={submit}>
          {t('orderDo', { level: t(`level${draft.level}` as 'level1') })}
        </Button>
      }
    >
      <FieldForm
        columns={2}
        onSubmit={submit}
        kept={kept}
        error={order.error ? <ProblemNote error={order.error} safe="kept" /> : undefined}
      >
        <OrderFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
        {scopeText === wholeBureau ? (
          <RecallFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
        ) : null}
        {before ? (
          <p className="fx-field-wide fx-duty-note">
            {t('replaces', { scope: scopeName(before.scopeText, t), number: before.orderNumber })}
          </p>
        ) : null}
      </FieldForm>
    </DetailDrawer>
  )
}

/** Null: nobody is called back. Undefined: not filled in yet. */
function recallOf(draft: Draft, scopeText: string, timeZone: string) {
  if (!draft.recalls || scopeText !== wholeBureau) return null
  const reportBy = instantOf(draft.reportBy, timeZone)
  const sharePercent = Number(draft.share)
  const right = Number.isInteger(sharePercent) && sharePercent >= 1 && sharePercent <= 100
  return reportBy && right ? { reportBy, sharePercent } : undefined
}

/** 停休召回: one tick, and everybody off duty is called to his own unit with the order. */
function RecallFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(operationWords)
  return (
    <>
      <label className="fx-field-wide fx-duty-recall">
        <input
          type="checkbox"
          checked={draft.recalls}
          onChange={event => change({ recalls: event.target.checked })}
        />
        {t('recalls')}
      </label>
      {draft.recalls ? (
        <>
          <Field label={t('recallBy')} required>
            <TextInput
              type="datetime-local"
              value={draft.reportBy}
              onChange={reportBy => change({ reportBy })}
            />
          </Field>
          <Field label={t('recallShare')} hint={t('recallShareHint')} required>
            <TextInput
              inputMode="numeric"
              value={draft.share}
              maxLength={3}
              onChange={share => change({ share })}
            />
          </Field>
        </>
      ) : null}
    </>
  )
}

function OrderFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(operationWords)
  const levels = ([1, 2, 3] as const).map(n => ({ value: String(n), label: t(`level${n}`) }))
  const setLevel = (text: string) => {
    const level = Number(text) as Level
    change({ level, fallsBackTo: Math.max(level, draft.fallsBackTo) as Level, share: usualShare[level] })
  }
  return (
    <>
      <Field label={t('level')} required>
        <SelectInput value={String(draft.level)} onChange={setLevel} options={levels} />
      </Field>
      <Field label={t('scope')} hint={t('scopeHint')}>
        <TextInput
          value={draft.scopeText}
          maxLength={80}
          placeholder={t('wholeBureau')}
          onChange={scopeText => change({ scopeText })}
        />
      </Field>
      <Field label={t('orderNumber')} required>
        <TextInput
          value={draft.orderNumber}
          maxLength={60}
          onChange={orderNumber => change({ orderNumber })}
        />
      </Field>
      <Field label={t('orderedBy')} required>
        <TextInput value={draft.orderedBy} maxLength={60} onChange={orderedBy => change({ orderedBy })} />
      </Field>
      <Field label={t('beginsAt')} required>
        <TextInput type="datetime-local" value={draft.beginsAt} onChange={beginsAt => change({ beginsAt })} />
      </Field>
      <Field label={t('fallsBackAt')} required>
        <TextInput
          type="datetime-local"
          value={draft.fallsBackAt}
          onChange={fallsBackAt => change({ fallsBackAt })}
        />
      </Field>
      <Field label={t('fallsBackTo')} required>
        <SelectInput
          value={String(draft.fallsBackTo)}
          onChange={text => change({ fallsBackTo: Number(text) as Level })}
          options={levels.filter(({ value }) => Number(value) >= draft.level)}
        />
      </Field>
      <Field label={t('reason')} required wide>
        <TextArea value={draft.reason} maxLength={500} onChange={reason => change({ reason })} />
      </Field>
    </>
  )
}
