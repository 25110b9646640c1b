// One rest that is owed: why, what is proposed, and the two ways to see to it.
import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  Facts,
  Field,
  FormDrawer,
  instantOf,
  localOf,
  Signal,
  TextArea,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { grantRest, orderBeyondRest, restCauseTitles, type restOwed } from '../contracts.ts'
import { fairnessWords } from './fairness-words.ts'

export type RestRow = OutputOf<typeof restOwed>['rows'][number]
export const restHours = (row: RestRow) => Math.round(row.owedMinutes / 6) / 10

interface RestDrawerProps {
  row: RestRow
  operationId: string
  busy: boolean
  /** As proposed. */
  onGrant: (row: RestRow) => void
  onGranted: (duties: number) => void
  onClose: () => void
}

export function RestState({ row }: { row: RestRow }) {
  const t = useWords(fairnessWords)
  return (
    <span className="sw-sign">
      <Signal kind={row.state === 'granted' ? 'green' : 'amber'} size={14} />
      {t(`state_${row.state}`)}
    </span>
  )
}

export function RestDrawer(props: RestDrawerProps) {
  const { row, busy, onGrant, onClose } = props
  const t = useWords(fairnessWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const [form, setForm] = useState<'grant' | 'order' | null>(null)
  if (form === 'grant') return <GrantForm {...props} onBack={() => setForm(null)} />
  if (form === 'order') return <OrderForm {...props} onBack={() => setForm(null)} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row.name}
      subtitle={`${row.badge} · ${row.unitName}`}
      head={<RestState row={row} />}
      footStart={
        row.state === 'ordered' ? undefined : <Button onClick={() => setForm('order')}>{t('order')}</Button>
      }
      footEnd={
        row.state === 'granted' ? undefined : (
          <>
            <Button onClick={() => setForm('grant')}>{t('change')}</Button>
            <Button type="primary" loading={busy} onClick={() => onGrant(row)}>
              {t('grant')}
            </Button>
          </>
        )
      }
    >
      <Facts
        facts={[
          {
            label: t('why'),
            value: `${restCauseTitles[row.cause][lang]}${lang === 'zh' ? '：' : ': '}${row[lang]}`,
          },
          { label: t('owed'), value: t('hours', { n: restHours(row) }) },
          {
            label: t(row.state === 'granted' ? 'grantedRest' : 'proposed'),
            value: <span className="fx-date">{format.span(row.from, row.until, { days: true })}</span>,
          },
          ...(row.order
            ? [
                {
                  label: t('orderTitle'),
                  value: t('ordered', { who: row.order.orderer, reason: row.order.reason }),
                },
              ]
            : []),
        ]}
      />
    </DetailDrawer>
  )
}

type FormProps = RestDrawerProps & { onBack: () => void }

function GrantForm({ row, operationId, onGranted, onBack }: FormProps) {
  const t = useWords(fairnessWords)
  const { timeZone } = useSession().agency
  const command = useDo(grantRest)
  const [grantId] = useState(() => newId())
  const [from, setFrom] = useState(localOf(row.from, timeZone))
  const [until, setUntil] = useState(localOf(row.until, timeZone))
  const [begins, ends] = [instantOf(from, timeZone), instantOf(until, timeZone)]
  const ready = begins !== null && ends !== null && begins < ends
  const { officerId, cause, arisenAt } = row
  return (
    <FormDrawer
      onClose={onBack}
      title={t('grant')}
      subtitle={row.name}
      ok={t('grant')}
      ready={ready}
      doing={[command]}
      onSubmit={() => {
        if (!ready) return
        const input = { grantId, operationId, officerId, cause, arisenAt, from: begins, until: ends }
        command.mutate(input, { onSuccess: done => onGranted(done.duties) })
      }}
    >
      <Field label={t('from')} required>
        <TextInput type="datetime-local" value={from} onChange={setFrom} />
      </Field>
      <Field label={t('until')} hint={t('grantHint', { n: restHours(row) })} required>
        <TextInput type="datetime-local" value={until} onChange={setUntil} />
      </Field>
      <p className="sw-small">{t('grantThen')}</p>
    </FormDrawer>
  )
}

function OrderForm({ row, operationId, onClose, onBack }: FormProps) {
  const t = useWords(fairnessWords)
  const command = useDo(orderBeyondRest)
  const [orderId] = useState(() => newId())
  const { officerId, cause, arisenAt } = row
  const form = `rest order ${officerId} ${cause} ${arisenAt}`
  const initial = () => ({ orderer: '', reason: '' })
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: orderBeyondRest })
  const { orderer, reason } = draft
  const ready = orderer.trim() !== '' && reason.trim() !== ''
  return (
    <FormDrawer
      onClose={onBack}
      title={t('orderTitle')}
      subtitle={row.name}
      ok={t('orderOk')}
      ready={ready}
      doing={[command]}
      kept={kept}
      onSubmit={() => {
        if (!ready) return
        const input = { orderId, operationId, officerId, cause, arisenAt, orderer, reason }
        command.mutate(input, { onSuccess: kept.done(onClose) })
      }}
    >
      <Field label={t('orderer')} required>
        <TextInput value={orderer} maxLength={60} onChange={next => setDraft({ ...draft, orderer: next })} />
      </Field>
      <Field label={t('reason')} hint={t('orderNote')} required>
        <TextArea
          rows={4}
          value={reason}
          maxLength={300}
          onChange={next => setDraft({ ...draft, reason: next })}
        />
      </Field>
    </FormDrawer>
  )
}
