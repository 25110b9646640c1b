import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient, useDo, useSession } from '../../../device/hooks.ts'
import {
  ImportDrawer as Drawer,
  type ImportRow,
  mappingOf,
  type MendList,
  saveFile,
  useBrought,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { rememberMapping } from '../../people/contracts.ts'
import { postKinds, postKindTitles, zoneKindTitles } from '../contracts.ts'
import { ImportChoices } from './ImportChoices.tsx'
import { ImportOrder, type OrderDraft } from './ImportOrder.tsx'
import { type Brought, look, untouched, writeAll, type ZoneOrderOfFile, zonesOf } from './import-state.ts'
import { instantOf } from '../../../ui/local-time.ts'
import { useUnitOptions, useZoneOptions } from './parts.tsx'
import { importWords } from './words.ts'

const accepted = '.xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.txt,.geojson,.json'
const noOrder: OrderDraft = { orderNumber: '', approver: '', beginsAt: '', plannedEndAt: '' }

/** The order for zones that do not bring their own, and whether every zone has one now. */
function useOrder(looked: Brought | null) {
  const { timeZone } = useSession().agency
  const [order, setOrder] = useState<OrderDraft>(noOrder)
  const zones = zonesOf(looked)
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

function useImport(operationId: string) {
  const client = useClient()
  const queries = useQueryClient()
  const remembering = useDo(rememberMapping)
  const brought = useBrought<typeof untouched, Brought, number>(untouched, (file, said) =>
    look(client, operationId, file, said),
  )
  const { file, said, preview } = brought
  return {
    brought,
    write: (order: ZoneOrderOfFile, remember: boolean) =>
      void brought.write(async say => {
        if (!preview) return 0
        if (remember && preview.what === 'sheet') {
          await remembering.mutateAsync({ subject: 'posts', ...mappingOf(preview.preview) })
        }
        return writeAll(client, operationId, preview, order, say).finally(() => queries.invalidateQueries())
      }),
    downloadRefused: () => {
      const input = { operationId, ...said }
      if (file) saveFile(client.upload('posts.errorRows', file, file.name, input)).catch(brought.fail)
    },
  }
}

/** A sheet of posts or a GeoJSON: chosen, looked at with its counts, then written. */
export function ImportDrawer({ operationId, onClose }: { operationId: string; onClose: () => void }) {
  const t = useWords(importWords)
  const client = useClient()
  const units = useUnitOptions()
  const { brought, write, downloadRefused } = useImport(operationId)
  const { preview: looked, written } = brought
  const order = useOrder(looked)
  const mend = useMend(operationId, units, brought.fixCell)
  const sheet = looked?.what === 'sheet' ? looked.preview : undefined
  const n = looked?.preview.counts.accepted ?? 0
  return (
    <Drawer
      brought={brought}
      preview={previewOf(looked)}
      title={t('title')}
      drop={t('drop')}
      dropNote={t('accepts')}
      accept={accepted}
      template={client.fileUrl('posts.template', {})}
      unit={sheet ? undefined : t('featureUnit')}
      rows={useRows(looked)}
      choices={
        <>
          <ImportChoices
            said={brought.said}
            units={units}
            onChange={brought.say}
            disabled={brought.busy || brought.writing !== null}
          />
          {order.zones > 0 ? <ImportOrder order={order.order} onChange={order.setOrder} /> : null}
        </>
      }
      mend={mend}
      unready={!order.whole}
      write={
        order.zones > 0 ? t('writeBoth', { zones: order.zones, posts: n - order.zones }) : t('write', { n })
      }
      writing={t('writing', { n })}
      onWrite={remember => write(order.given, remember)}
      onRefused={sheet ? downloadRefused : undefined}
      done={written === null ? null : { title: t('wrote', { n: written }) }}
      onClose={onClose}
    />
  )
}

/** A GeoJSON has no columns: a feature that is refused is told by its place in the file and its name. */
function previewOf(looked: Brought | null) {
  if (looked === null) return null
  if (looked.what === 'sheet') return { ...looked.preview, list: looked.preview }
  const { counts, refused } = looked.preview
  const nowhere = { column: '', header: '', field: null, fix: null }
  return {
    counts,
    refused: refused.map(({ n, name, ...why }) => ({ ...nowhere, ...why, row: n, text: name })),
  }
}

function useRows(looked: Brought | null): Record<'accepted' | 'duplicate', ImportRow[]> {
  const { lang } = useLang()
  if (looked === null) return { accepted: [], duplicate: [] }
  const ofPost = (
    row: number,
    { code, name, kind }: { code: string; name: string; kind: (typeof postKinds)[number] },
  ) => ({
    row,
    cells: [code, name, postKindTitles[kind][lang]],
  })
  if (looked.what === 'sheet') {
    return {
      accepted: looked.preview.accepted.map(({ row, post }) => ofPost(row, post)),
      duplicate: looked.preview.duplicate.map(one => ({ row: one.row, cells: [one.name, one[lang]] })),
    }
  }
  const { zones, posts, duplicate } = looked.preview
  return {
    accepted: [
      ...zones.map(({ n, zone }) => ({ row: n, cells: ['', zone.name, zoneKindTitles[zone.kind][lang]] })),
      ...posts.map(({ n, post }) => ofPost(n, post)),
    ],
    duplicate: duplicate.map(one => ({ row: one.n, cells: [one.name, one[lang]] })),
  }
}

type Options = { value: string; label: string }[]
type Fault = { row: number; column: string; field: string | null; text: string }

/** Units, zones and kinds are chosen from a list; the words are put into the cell as a person would write them. */
function useMend(operationId: string, units: Options, fixCell: (at: Fault, text: string) => void) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const kinds = postKinds.map(kind => ({ value: postKindTitles[kind].zh, label: postKindTitles[kind][lang] }))
  const named = (options: Options) => options.map(({ label }) => ({ value: label, label }))
  const lists: Record<string, { label: string; options: Options }> = {
    unit: { label: t('pickUnit'), options: named(units) },
    zone: { label: t('pickZone'), options: named(useZoneOptions(operationId)) },
    kind: { label: t('pickKind'), options: kinds },
  }
  return (fault: Fault): MendList | undefined => {
    const list = lists[fault.field ?? '']
    return list && { ...list, apply: value => fixCell(fault, value) }
  }
}
