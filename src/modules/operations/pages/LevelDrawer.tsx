import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
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
import { dayAfter, instantOf, localInput } from './local-time.ts'
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
}

function useDraft(current: Current) {
  const session = useSession()
  const { timeZone, handOverMinute } = session.agency
  const two = (n: number) => String(n).padStart(2, '0')
  const handOver = `${two(Math.floor(handOverMinute / 60))}:${two(handOverMinute % 60)}`
  return useState<Draft>(() => ({
    level: 1,
    scopeText: '',
    reason: '',
    orderNumber: '',
    orderedBy: session.name,
    beginsAt: localInput(current.now, timeZone),
    fallsBackAt: `${dayAfter(current.dutyDay, 2)}T${handOver}`,
    fallsBackTo: 2,
  }))
}

type DrawerProps = { current: Current; operation: Operation; onClose: () => void }

export function LevelDrawer({ current, operation, onClose }: DrawerProps) {
  const t = useWords(operationWords)
  const { timeZone } = useSession().agency
  const order = useDo(orderLevel)
  const [draft, setDraft] = useDraft(current)
  const beginsAt = instantOf(draft.beginsAt, timeZone)
  const fallsBackAt = instantOf(draft.fallsBackAt, timeZone)
  const said = [draft.reason, draft.orderNumber, draft.orderedBy].every(text => text.trim() !== '')
  const scopeText = draft.scopeText.trim() || wholeBureau
  const ready = said && beginsAt !== null && fallsBackAt !== null
  const { operationId } = operation
  const submit = () => {
    if (!ready) return
    const input = { ...draft, scopeText, levelId: newId(), operationId, beginsAt, fallsBackAt }
    order.mutate(input, { onSuccess: onClose })
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
        error={order.error ? <ProblemNote error={order.error} safe="kept" /> : undefined}
      >
        <OrderFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
        {before ? (
          <p className="fx-field-wide fx-duty-note">
            {t('replaces', { scope: scopeName(before.scopeText, t), number: before.orderNumber })}
          </p>
        ) : null}
      </FieldForm>
    </DetailDrawer>
  )
}

function OrderFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(operationWords)
  const levels = ([1, 2, 3] as const).map(n => ({ value: String(n), label: t(`level${n}`) }))
  const setLevel = (text: string) => {
    const level = Number(text) as Level
    change({ level, fallsBackTo: Math.max(level, draft.fallsBackTo) as Level })
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
