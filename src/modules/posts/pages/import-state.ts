// What is brought of posts, a sheet or a GeoJSON: one upload for each look, then commands in pieces.
import type { Client } from '../../../device/client.ts'
import { newId } from '../../../device/client.ts'
import { type ListSaid, nothingSaid } from '../../../ui/index.ts'
import { addPosts, addZones, type PostKind } from '../contracts.ts'
import type { GeoJsonPreview } from '../upload-geojson.ts'
import type { SheetPreview } from '../upload-sheet.ts'

export type Said = ListSaid & {
  coordinates: 'wgs84' | 'gcj02'
  kind: PostKind | null
  unitId: string | null
}
export const untouched: Said = { ...nothingSaid, coordinates: 'wgs84', kind: null, unitId: null }

export interface ZoneOrderOfFile {
  orderNumber: string
  approver: string
  beginsAt: string | null
  plannedEndAt: string | null
}
export type Brought = { what: 'sheet'; preview: SheetPreview } | { what: 'geojson'; preview: GeoJsonPreview }

/** A command carries up to 2,000 posts; pieces of 500 let the progress be seen. */
const piece = 500

export function zonesOf(brought: Brought | null) {
  return brought?.what === 'geojson' ? brought.preview.zones.map(({ zone }) => zone) : []
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

/** Gives how many were written. */
export async function writeAll(
  client: Client,
  operationId: string,
  brought: Brought,
  order: ZoneOrderOfFile,
  say: (progress: { done: number; total: number }) => void,
): Promise<number> {
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
  return total
}

export async function look(client: Client, operationId: string, file: File, said: Said): Promise<Brought> {
  if (/\.(geojson|json)$/i.test(file.name)) {
    const { coordinates, kind: postKind, unitId } = said
    const input = { operationId, coordinates, postKind, unitId }
    return { what: 'geojson', preview: await client.upload('posts.readGeoJson', file, file.name, input) }
  }
  const input = { operationId, ...said }
  return { what: 'sheet', preview: await client.upload('posts.readSheet', file, file.name, input) }
}
