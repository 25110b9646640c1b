// The closed loop of a team at the desk: its order, how long each member is in, and what they object to.
import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useMay } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailSection,
  Facts,
  Field,
  FormDrawer,
  ProblemNote,
  Signal,
  SkeletonPanel,
  TextArea,
  TextInput,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { loops, orderLoop } from '../contracts.ts'
import { ObjectionItem } from './ObjectionItem.tsx'
import { teamWords } from './team-words.ts'

type Loops = OutputOf<typeof loops>
type Loop = Loops['rows'][number]

export function LoopSection({ teamId }: { teamId: string }) {
  const t = useWords(teamWords)
  const found = useAsk(loops, { teamId })
  const may = useMay(orderLoop)
  const [ordering, setOrdering] = useState(false)
  const loop = found.data?.rows.find(row => row.teamId === teamId)
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <SkeletonPanel lines={6} />
  if (!loop || !found.data) return null
  const { daysMost, restDays } = found.data
  return (
    <>
      <DetailSection
        title={t('loop')}
        note={t('most', { n: daysMost, rest: restDays })}
        actions={
          may && !loop.order ? (
            <Button size="small" onClick={() => setOrdering(true)}>
              {t('loopOrder')}
            </Button>
          ) : undefined
        }
      >
        <OrderFacts loop={loop} />
        <Members loop={loop} answer={found.data} />
      </DetailSection>
      <DetailSection
        title={t('objections')}
        note={loop.objections.length === 0 ? t('objectionsNone') : undefined}
      >
        <ul className="tm-posts">
          {loop.objections.map(one => (
            <ObjectionItem key={one.objectionId} objection={one} />
          ))}
        </ul>
      </DetailSection>
      {ordering ? <OrderForm loop={loop} onClose={() => setOrdering(false)} /> : null}
    </>
  )
}

function OrderFacts({ loop }: { loop: Loop }) {
  const t = useWords(teamWords)
  const format = useFormat()
  const { order } = loop
  if (!order) {
    return (
      <p>
        <Signal kind="red" size={14} /> {t('loopNone')}
      </p>
    )
  }
  const day = (value: string) => format.day(value, { weekday: false })
  return (
    <Facts
      facts={[
        { label: t('orderNumber'), value: order.orderNumber },
        { label: t('approver'), value: order.approver },
        { label: t('basis'), value: order.basis },
        { label: t('reason'), value: order.reason },
        { label: t('span'), value: `${day(order.beginsOn)} — ${day(order.endsOn)}` },
      ]}
    />
  )
}

/** Two days before the most days it is amber, past them red; the words beside say the same. */
function Members({ loop, answer }: { loop: Loop; answer: Loops }) {
  const t = useWords(teamWords)
  const format = useFormat()
  const day = (value: string) => format.day(value, { weekday: false })
  const mark = (days: number) =>
    days > answer.daysMost ? (
      <Signal kind="red" size={14} />
    ) : days >= answer.daysMost - 2 ? (
      <Signal kind="amber" size={14} />
    ) : null
  const state = ({ lastDay, restsUntil }: Loop['members'][number]) => {
    if (lastDay !== null && lastDay < answer.today && restsUntil) return t('rests', { day: day(restsUntil) })
    return lastDay ? t('until1', { day: day(lastDay) }) : t('open')
  }
  return (
    <ul className="tm-members">
      {loop.members.map(one => (
        <li key={one.officerId}>
          <b>{one.name}</b>{' '}
          <span>
            {mark(one.daysIn)} {t('daysIn', { n: one.daysIn })}
          </span>{' '}
          <span className="at-quiet">{state(one)}</span>
        </li>
      ))}
    </ul>
  )
}

function OrderForm({ loop, onClose }: { loop: Loop; onClose: () => void }) {
  const t = useWords(teamWords)
  const order = useDo(orderLoop)
  const [draft, setDraft, kept] = useKeptDraft({
    form: `loop order ${loop.teamId}`,
    initial: () => ({
      orderNumber: '',
      approver: '',
      basis: '',
      reason: '',
      beginsOn: loop.beginsOn,
      endsOn: loop.endsOn ?? '',
    }),
    contract: orderLoop,
  })
  const set = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const { orderNumber, approver, basis, reason, beginsOn, endsOn } = draft
  const words = [orderNumber, approver].every(one => one.trim() !== '')
  const ready =
    words && [basis, reason].every(one => one.trim().length >= 2) && beginsOn !== '' && endsOn !== ''
  const submit = () =>
    order.mutate(
      {
        orderId: newId(),
        teamId: loop.teamId,
        orderNumber: orderNumber.trim(),
        approver: approver.trim(),
        basis: basis.trim(),
        reason: reason.trim(),
        beginsOn,
        endsOn,
      },
      { onSuccess: kept.done(onClose) },
    )
  return (
    <FormDrawer
      title={t('loopOrder')}
      subtitle={loop.team}
      ok={t('loopOrder')}
      ready={ready}
      doing={[order]}
      columns={2}
      kept={kept}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('orderNumber')} required>
        <TextInput value={orderNumber} maxLength={60} onChange={next => set({ orderNumber: next })} />
      </Field>
      <Field label={t('approver')} required>
        <TextInput value={approver} maxLength={60} onChange={next => set({ approver: next })} />
      </Field>
      <Field label={t('from')} required>
        <TextInput type="date" value={beginsOn} onChange={next => set({ beginsOn: next })} />
      </Field>
      <Field label={t('lastDay')} required>
        <TextInput type="date" value={endsOn} min={beginsOn} onChange={next => set({ endsOn: next })} />
      </Field>
      <Field label={t('basis')} required wide>
        <TextInput value={basis} maxLength={200} onChange={next => set({ basis: next })} />
      </Field>
      <Field label={t('reason')} required wide>
        <TextArea rows={3} value={reason} maxLength={500} onChange={next => set({ reason: next })} />
      </Field>
    </FormDrawer>
  )
}
