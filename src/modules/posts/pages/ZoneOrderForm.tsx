import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { addDays } from '../../../kernel/time.ts'
import {
  Field,
  FormDrawer,
  SelectInput,
  TextArea,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  changeZoneKind,
  extendZone,
  liftZone,
  type ZoneKind,
  zoneKinds,
  zoneKindTitles,
} from '../contracts.ts'
import { instantOf, localOf } from '../../../ui/local-time.ts'
import type { Running } from './PostsFrame.tsx'
import { postsWords } from './words.ts'
import type { ZoneDetail } from './ZoneDrawer.tsx'

export type ZoneOrder = 'kind' | 'extend' | 'lift'
type ZoneOrderFormProps = { order: ZoneOrder; zone: ZoneDetail; running: Running; onClose: () => void }

/** After a sealed zone comes a control zone, after that precaution: the usual next step stands first. */
function nextKind(kind: ZoneKind | 'lifted' | null): ZoneKind {
  return kind === 'sealed' ? 'control' : kind === 'control' ? 'precaution' : 'control'
}

interface Draft {
  kind: ZoneKind
  at: string
  end: string
  orderNumber: string
  approver: string
  reason: string
}

/** Sends the order as the command that it is; null while something is missing. */
function useOrder(order: ZoneOrder, zone: ZoneDetail, draft: Draft, onClose: () => void) {
  const { timeZone } = useSession().agency
  const [change, extend, lift] = [useDo(changeZoneKind), useDo(extendZone), useDo(liftZone)]
  const { kind, orderNumber, approver, reason } = draft
  const [at, plannedEndAt] = [instantOf(draft.at, timeZone), instantOf(draft.end, timeZone)]
  const ready =
    [orderNumber, approver, reason].every(text => text.trim() !== '') && at !== null && plannedEndAt !== null
  const submit = () => {
    if (!ready) return
    const base = { zoneId: zone.zoneId, at, orderNumber, approver, reason: reason.trim() }
    const done = { onSuccess: onClose }
    if (order === 'kind') change.mutate({ ...base, kind, plannedEndAt }, done)
    else if (order === 'extend') extend.mutate({ ...base, plannedEndAt }, done)
    else lift.mutate(base, done)
  }
  return { ready, submit, doing: [change, extend, lift] }
}

export function ZoneOrderForm({ order, zone, running, onClose }: ZoneOrderFormProps) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const format = useFormat()
  const { timeZone } = useSession().agency
  const initial = (): Draft => {
    const planned = localOf(zone.plannedEndAt, timeZone)
    return {
      kind: nextKind(zone.kind),
      at: localOf(running.now, timeZone),
      end: `${addDays(planned.slice(0, 10), order === 'extend' ? 7 : 0)}${planned.slice(10)}`,
      orderNumber: '',
      approver: '',
      reason: '',
    }
  }
  const form = `zone ${order} ${zone.zoneId}`
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: changeZoneKind })
  const { ready, submit, doing } = useOrder(order, zone, draft, kept.done(onClose))
  const words = {
    kind: [t('changeKind'), t('changeKindDo', { kind: zoneKindTitles[draft.kind][lang] })],
    extend: [t('extend'), t('extendDo', { day: format.day(draft.end.slice(0, 10)) })],
    lift: [t('lift'), t('liftDo', { name: zone.name })],
  }[order]
  return (
    <FormDrawer
      onClose={onClose}
      title={words[0]}
      subtitle={zone.name}
      ok={words[1]}
      ready={ready}
      danger={order === 'lift'}
      doing={doing}
      kept={kept}
      onSubmit={submit}
    >
      <OrderFields
        order={order}
        now={zone.kind}
        draft={draft}
        change={more => setDraft({ ...draft, ...more })}
      />
    </FormDrawer>
  )
}

type OrderFieldsProps = {
  order: ZoneOrder
  now: ZoneDetail['kind']
  draft: Draft
  change: (more: Partial<Draft>) => void
}

function OrderFields({ order, now, draft, change }: OrderFieldsProps) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const kinds = zoneKinds
    .filter(kind => kind !== now)
    .map(kind => ({ value: kind, label: zoneKindTitles[kind][lang] }))
  return (
    <>
      {order === 'kind' ? (
        <Field label={t('kind')} required>
          <SelectInput
            value={draft.kind}
            options={kinds}
            onChange={kind => change({ kind: kind as ZoneKind })}
          />
        </Field>
      ) : null}
      <Field label={t('at')} required>
        <TextInput type="datetime-local" value={draft.at} onChange={at => change({ at })} />
      </Field>
      {order === 'lift' ? null : (
        <Field label={t('plannedEndAt')} required>
          <TextInput type="datetime-local" value={draft.end} onChange={end => change({ end })} />
        </Field>
      )}
      <Field label={t('orderNumber')} required>
        <TextInput
          value={draft.orderNumber}
          maxLength={60}
          onChange={orderNumber => change({ orderNumber })}
        />
      </Field>
      <Field label={t('approver')} required>
        <TextInput value={draft.approver} maxLength={60} onChange={approver => change({ approver })} />
      </Field>
      <Field label={t('reason')} required hint={order === 'lift' ? t('liftThen') : undefined}>
        <TextArea value={draft.reason} maxLength={500} onChange={reason => change({ reason })} />
      </Field>
    </>
  )
}
