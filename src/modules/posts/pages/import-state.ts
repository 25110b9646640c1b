// A brought file from choosing to writing: one upload for each look, then commands in pieces.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Client, newId } from '../../../device/client.ts'
import { useClient } from '../../../device/hooks.ts'
import { addPosts, addZones, type PostKind } from '../contracts.ts'
import type { GeoJsonPreview } from '../upload-geojson.ts'
import type { SheetPreview } from '../upload-sheet.ts'

export interface Choices {
  coordinates: 'wgs84' | 'gcj02'
  kind: PostKind | null
  unitId: string | null
  sheet?: string
  mapping?: Record<string, string | null>
}
export interface ZoneOrderOfFile {
  orderNumber: string
  approver: string
  beginsAt: string | null
  plannedEndAt: string | null
}
export type Brought = { what: 'sheet'; preview: SheetPreview } | { what: 'geojson'; preview: GeoJsonPreview }

/** A command carries up to 2,000 posts; pieces of 500 let the progress be seen. */
const piece = 500

interface Progress {
  done: number
  total: number
}

function zonesOf(brought: Brought) {
  return brought.what === 'geojson' ? brought.preview.zones.map(({ zone }) => zone) : []
}

/** What was accepted as the input of `posts.addPosts`; zones of the same file have got their ids by now. */
function postsOf(brought: Brought, zoneIds: ReadonlyMap<string, string>) {
  if (brought.what === 'sheet') {
    return brought.preview.accepted.map(({ post }) => ({ ...post, postId: newId() }))
  }
  return brought.preview.posts.map(({ post: { zoneName, ...post } }) => ({
    ...post,
    postId: newId(),
    zoneId: post.zoneId ?? zoneIds.get(zoneName ?? '') ?? null,
  }))
}

async function writeAll(
  client: Client,
  operationId: string,
  brought: Brought,
  order: ZoneOrderOfFile,
  say: (progress: Progress) => void,
): Promise<void> {
  const zones = zonesOf(brought)
  const zoneIds = new Map(zones.map(zone => [zone.name, newId()]))
  const posts = postsOf(brought, zoneIds)
  const total = zones.length + posts.length
  say({ done: 0, total })
  for (let at = 0; at < zones.length; at += 200) {
    const some = zones.slice(at, at + 200).map(zone => ({
      ...zone,
      zoneId: zoneIds.get(zone.name) ?? newId(),
      orderNumber: zone.orderNumber || order.orderNumber,
      approver: zone.approver || order.approver,
      beginsAt: zone.beginsAt ?? order.beginsAt ?? '',
      plannedEndAt: zone.plannedEndAt ?? order.plannedEndAt ?? '',
    }))
    await client.run(addZones, { operationId, zones: some })
    say({ done: at + some.length, total })
  }
  for (let at = 0; at < posts.length; at += piece) {
    const some = posts.slice(at, at + piece)
    await client.run(addPosts, { operationId, posts: some })
    say({ done: zones.length + at + some.length, total })
  }
}

async function look(client: Client, operationId: string, file: File, chosen: Choices): Promise<Brought> {
  const { coordinates, kind, unitId, sheet, mapping } = chosen
  if (/\.(geojson|json)$/i.test(file.name)) {
    const input = { operationId, coordinates, postKind: kind, unitId }
    const preview = await client.upload<GeoJsonPreview>('posts.readGeoJson', file, file.name, input)
    return { what: 'geojson', preview }
  }
  const input = { operationId, coordinates, kind, unitId, sheet, mapping }
  const preview = await client.upload<SheetPreview>('posts.readSheet', file, file.name, input)
  return { what: 'sheet', preview }
}

export function useImport(operationId: string) {
  const client = useClient()
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [choices, setChoices] = useState<Choices>({ coordinates: 'wgs84', kind: null, unitId: null })
  const [brought, setBrought] = useState<Brought | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [written, setWritten] = useState<Progress | null>(null)

  const working = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const read = (next: File, chosen: Choices) =>
    working(async () => {
      setFile(next)
      setChoices(chosen)
      setWritten(null)
      setBrought(await look(client, operationId, next, chosen))
    })
  const write = (order: ZoneOrderOfFile) =>
    working(async () => {
      if (!brought || !file) return
      try {
        await writeAll(client, operationId, brought, order, setWritten)
      } catch (problem) {
        // What went in before the failure is now a duplicate: looked at again, the rest can be written.
        setWritten(null)
        setBrought(await look(client, operationId, file, choices))
        throw problem
      } finally {
        await queries.invalidateQueries()
      }
    })
  return { file, choices, brought, busy, error, written, read, write }
}
