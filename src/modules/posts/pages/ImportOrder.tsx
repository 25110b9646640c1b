import { Field, FieldForm, TextInput, useWords } from '../../../ui/index.ts'
import { importWords, postsWords } from './words.ts'

export interface OrderDraft {
  orderNumber: string
  approver: string
  beginsAt: string
  plannedEndAt: string
}

/** The order for zones of a file that does not say it: no zone goes in without one. */
export function ImportOrder({
  order,
  onChange,
}: {
  order: OrderDraft
  onChange: (next: OrderDraft) => void
}) {
  const t = useWords(postsWords)
  const i = useWords(importWords)
  const change = (more: Partial<OrderDraft>) => onChange({ ...order, ...more })
  return (
    <section className="fx-section">
      <p className="fx-posts-note">{i('orderAll')}</p>
      <FieldForm columns={2}>
        <Field label={t('orderNumber')} required>
          <TextInput
            value={order.orderNumber}
            maxLength={60}
            onChange={orderNumber => change({ orderNumber })}
          />
        </Field>
        <Field label={t('approver')} required>
          <TextInput value={order.approver} maxLength={60} onChange={approver => change({ approver })} />
        </Field>
        <Field label={t('beginsAt')} required>
          <TextInput
            type="datetime-local"
            value={order.beginsAt}
            onChange={beginsAt => change({ beginsAt })}
          />
        </Field>
        <Field label={t('plannedEndAt')} required>
          <TextInput
            type="datetime-local"
            value={order.plannedEndAt}
            onChange={plannedEndAt => change({ plannedEndAt })}
          />
        </Field>
      </FieldForm>
    </section>
  )
}
