import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useClient, useSession } from '../../../device/hooks.ts'
import { DetailDrawer, ProblemNote, ProgressNote, StepsHead, useSlow, useWords } from '../../../ui/index.ts'
import { ImportChoices } from './ImportChoices.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { ImportOrder, type OrderDraft } from './ImportOrder.tsx'
import { useImport } from './import-state.ts'
import { instantOf } from './local-time.ts'
import { importWords } from './words.ts'

const accepted = '.xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.txt,.geojson,.json'

type Importing = ReturnType<typeof useImport>
const noOrder: OrderDraft = { orderNumber: '', approver: '', beginsAt: '', plannedEndAt: '' }

/** The order for zones that do not bring their own, and whether every zone has one now. */
function useOrder(brought: Importing['brought']) {
  const { timeZone } = useSession().agency
  const [order, setOrder] = useState<OrderDraft>(noOrder)
  const zones = brought?.what === 'geojson' ? brought.preview.zones.map(one => one.zone) : []
  const given = {
    orderNumber: order.orderNumber.trim(),
    approver: order.approver.trim(),
    beginsAt: instantOf(order.beginsAt, timeZone),
    plannedEndAt: instantOf(order.plannedEndAt, timeZone),
  }
  const whole = zones.every(
    zone =>
      (zone.orderNumber || given.orderNumber) &&
      (zone.approver || given.approver) &&
      (zone.beginsAt ?? given.beginsAt) &&
      (zone.plannedEndAt ?? given.plannedEndAt),
  )
  return { order, setOrder, given, whole, zones: zones.length }
}

/** A sheet of posts or a GeoJSON: chosen, looked at with its four counts, then written. */
export function ImportDrawer({ operationId, onClose }: { operationId: string; onClose: () => void }) {
  const t = useWords(importWords)
  const client = useClient()
  const self = useImport(operationId)
  const { brought, busy, error, written, file } = self
  const order = useOrder(brought)
  const finished = written !== null && written.done === written.total && !busy && !error
  const n = brought?.preview.counts.accepted ?? 0
  const words =
    order.zones > 0 ? t('writeBoth', { zones: order.zones, posts: n - order.zones }) : t('write', { n })
  const step = finished ? 3 : written ? 2 : brought ? 1 : 0
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={800}
      title={t('title')}
      head={<StepsHead steps={[t('stepFile'), t('stepCheck'), t('stepWrite')]} current={step} />}
      footStart={<Button href={client.fileUrl('posts.template', {})}>{t('template')}</Button>}
      footEnd={
        brought && !finished ? (
          <Button
            type="primary"
            disabled={n === 0 || !order.whole || busy}
            loading={busy}
            onClick={() => void self.write(order.given)}
          >
            {words}
          </Button>
        ) : null
      }
    >
      <FileChooser self={self} />
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      <Progress self={self} finished={finished} />
      {finished ? null : (
        <ImportChoices
          choices={self.choices}
          sheets={brought?.what === 'sheet' ? brought.preview.sheets : []}
          onChange={next => (file ? void self.read(file, next) : undefined)}
          disabled={!file || busy}
        />
      )}
      {order.zones > 0 && !finished ? <ImportOrder order={order.order} onChange={order.setOrder} /> : null}
      {brought && !finished ? (
        <ImportPreview
          brought={brought}
          onMapping={mapping => (file ? void self.read(file, { ...self.choices, mapping }) : undefined)}
        />
      ) : null}
    </DetailDrawer>
  )
}

function FileChooser({ self: { file, busy, choices, read } }: { self: Importing }) {
  const t = useWords(importWords)
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <div className="fx-posts-file">
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={t('choose')}
        accept={accepted}
        onChange={event => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) void read(chosen, { ...choices, sheet: undefined, mapping: undefined })
        }}
      />
      <Button type={file ? 'default' : 'primary'} disabled={busy} onClick={() => chooser.current?.click()}>
        {file ? t('other') : t('choose')}
      </Button>
      <span className="fx-posts-note">{file?.name ?? t('accepts')}</span>
    </div>
  )
}

function Progress({ self: { busy, written, file }, finished }: { self: Importing; finished: boolean }) {
  const t = useWords(importWords)
  const slow = useSlow(busy && !written)
  if (finished && written) return <p role="status">{t('wrote', { n: written.total })}</p>
  if (written) return <ProgressNote doing={t('writing', { n: written.total })} {...written} />
  return slow ? <ProgressNote doing={t('reading', { name: file?.name ?? '' })} /> : null
}
