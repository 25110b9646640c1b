// What the sheets share: columns, the order of posts, people and bands in words.
import type { z } from 'zod'
import { partnerKinds, partnerKindTitles } from '../posts/contracts.ts'
import type { sheetView } from './contracts.ts'
import type { PublishedDuty } from './published.ts'
import type { SheetPerson, SheetSource } from './sheet-data.ts'

export type SheetView = z.output<typeof sheetView>
export type SheetRow = SheetView['rows'][number]

/** What paper writes for nothing in a merged cell: an empty one would also part the cells to its right. */
export const none = '/'

export const column = (key: string, header: string, more: { int?: true; merge?: true } = {}) => ({
  key,
  header,
  kind: more.int ? ('int' as const) : ('text' as const),
  mergeDown: more.merge ?? false,
})

export const postKindZh: Record<string, string> = {
  checkpoint: '卡口',
  zoneGate: '封控点',
  isolationHotel: '隔离酒店',
  buildingGate: '门岗',
  patrolGrid: '巡逻网格',
  commandPost: '指挥部',
  reserve: '备勤',
  samplingSite: '采样点',
}

/** Checkpoints and gates first, as on paper; within a kind by code. */
export const byCode = (source: SheetSource) => {
  const kinds = Object.keys(postKindZh)
  const key = (postId: string) => {
    const post = source.posts.get(postId)
    return `${kinds.indexOf(post?.kind ?? '')} ${post?.code ?? ''}`
  }
  return (a: string, b: string) => (key(a) < key(b) ? -1 : 1)
}

export const person = (source: SheetSource, duty: Pick<PublishedDuty, 'officerId'>): SheetPerson =>
  source.people.get(duty.officerId) ?? { name: '', badge: '', kind: '', unitId: '', leads: false }

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const list = groups.get(key)
    if (list) list.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** One character a band: 早 中 夜 白 上 下 晚, and 备 on standby. */
export function shortBands(source: SheetSource, duty: PublishedDuty): string {
  const reserve = source.posts.get(duty.postId)?.kind === 'reserve'
  const bands = source.patterns.get(duty.patternId)?.bands ?? []
  return bands
    .filter(band => duty.bands.includes(band.key))
    .map(band => (reserve ? '备' : band.zh.slice(0, 1)))
    .join('')
}

/** Who leads a crew: a police officer before anybody else who may. */
export function leaderOf<T extends Pick<PublishedDuty, 'officerId'>>(
  source: SheetSource,
  crew: readonly T[],
): T | undefined {
  const leaders = crew.filter(duty => person(source, duty).leads)
  return leaders.find(duty => person(source, duty).kind === 'police') ?? leaders[0]
}

/** People of other organisations whom the post expects in each band: 卫健2人、社区1人. */
export function partnersText(source: SheetSource, postId: string): string {
  const expected = source.papers.get(postId)?.partnersExpected ?? {}
  return partnerKinds
    .filter(kind => (expected[kind] ?? 0) > 0)
    .map(kind => `${partnerKindTitles[kind].zh}${expected[kind]}人`)
    .join('、')
}

/** Posts of the sheet whose contact has a number, sealed as it is. */
export const phonePosts = (source: SheetSource, postIds: Iterable<string>): string[] =>
  [...postIds].filter(postId => source.papers.get(postId)?.hasContactPhone === true)
