// Files made on demand: the deployment table as bureaus print it, a GeoJSON of zones and posts, the import template.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { everyone, id, orderInput } from '../../kernel/contract.ts'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { workbookFile, type WriteColumn, writeColumn as column, type WriteRow } from '../../sheets/index.ts'
import {
  contactPhones,
  type DemandSkill,
  mapAt,
  patternList,
  postKind,
  postKinds,
  postKindTitles,
  postList,
  postOrders,
  postState,
  postStateTitles,
} from './contracts.ts'
import { coordinateSystem, fromWgs84 } from './coordinates.ts'
import { postsDb } from './lower.ts'
import { closedRing } from './polygon.ts'
import { demandWithLines } from './reads.ts'
import { columns as sheetColumns } from './sheet-columns.ts'

const monthDay = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

/** Per post what one band needs at most on that day, and the name of its pattern. */
async function needs(hands: ReaderHands, operationId: string, day: string) {
  const { agencyId } = hands.agency
  const entries = await hands.read(db => demandWithLines(db, agencyId, operationId, day, day))
  const { rows } = await hands.ask(patternList, {})
  const names = new Map(rows.map(row => [row.patternId, row.name]))
  const byPost = new Map<string, { heads: number; leader: number; pattern: string }>()
  for (const entry of entries) {
    const need = byPost.get(entry.postId) ?? { heads: 0, leader: 0, pattern: '' }
    if (entry.skill === null) need.heads = Math.max(need.heads, entry.heads)
    if (entry.skill === ('leader' satisfies DemandSkill)) need.leader = Math.max(need.leader, entry.heads)
    need.pattern = names.get(entry.patternId) ?? need.pattern
    byPost.set(entry.postId, need)
  }
  return byPost
}

/** Equipment is too long for the list on the screen, so the sheet fetches it apart. */
async function equipmentOf(hands: ReaderHands, operationId: string): Promise<Map<string, string>> {
  const rows = await hands.read(db =>
    postsDb(db)
      .selectFrom('post')
      .select(['post_id', 'equipment'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('operation_id', '=', operationId)
      .where('equipment', '<>', '')
      .orderBy('post_id')
      .execute(),
  )
  return new Map(rows.map(row => [row.post_id, row.equipment]))
}

/** PAPERWORK §2.3, in its order. What the books do not hold (class, vehicles, who is there) is left to the pen. */
const deploymentColumns: WriteColumn[] = [
  column('n', '序号', 'int', 6),
  column('name', '点位名称', 'text', 34),
  column('kind', '类别'),
  column('class', '级别', 'text', 6),
  column('unit', '责任单位', 'text', 14),
  column('leader', '责任领导(包保局领导)', 'text', 14),
  column('contact', '点长', 'text', 10),
  column('phone', '联系电话', 'text', 14),
  column('heads', '应配(人/班)', 'int', 10),
  column('led', '其中带班', 'int', 8),
  column('policeHere', '实到民警', 'int', 8),
  column('auxiliaryHere', '实到辅警', 'int', 8),
  column('pattern', '勤务模式', 'text', 16),
  column('opensOn', '起用时间', 'text', 10),
  column('vehicles', '车辆', 'text', 6),
  column('equipment', '装备', 'text', 24),
  column('state', '状态', 'text', 8),
]

const exportPosts = fileMaker({
  name: 'posts.exportPosts',
  title: { zh: '警力部署表', en: 'Deployment table' },
  roles: everyone,
  input: z.strictObject({
    operationId: id(),
    kinds: z.array(postKind).max(postKinds.length).optional(),
    states: z.array(postState).max(4).optional(),
    unitId: id().optional(),
    zoneId: id().optional(),
    search: z.string().max(100).optional(),
    withoutDemand: z.boolean().optional(),
    withoutPlace: z.boolean().optional(),
    ...orderInput(postOrders),
    /** With a purpose the numbers of the contacts are opened, and the look is logged. */
    purpose: z.string().min(2).max(500).optional(),
  }),
  async make({ purpose, ...choice }, hands) {
    const posts = await allRows(hands, postList, choice)
    const day = dutyDayOf(hands.agency, hands.now())
    const need = await needs(hands, choice.operationId, day)
    const equipment = await equipmentOf(hands, choice.operationId)
    const phones = new Map<string, string | null>()
    if (purpose !== undefined) {
      for (let at = 0; at < posts.length; at += 2_000) {
        const postIds = posts.slice(at, at + 2_000).map(post => post.postId)
        const opened = await hands.ask(contactPhones, { postIds, purpose })
        for (const { postId, phone } of opened.phones) phones.set(postId, phone)
      }
    }
    const rows = posts.map((post, index): WriteRow => {
      const wanted = need.get(post.postId)
      return {
        n: index + 1,
        name: post.name,
        kind: postKindTitles[post.kind].zh,
        class: '',
        unit: post.unitName,
        leader: '',
        contact: post.contactName,
        phone: phones.get(post.postId) ?? '',
        heads: wanted?.heads ?? 0,
        led: wanted?.leader ?? 0,
        policeHere: null,
        auxiliaryHere: null,
        pattern: wanted?.pattern ?? '',
        opensOn: post.opensOn === null ? '' : monthDay(post.opensOn),
        vehicles: '',
        equipment: equipment.get(post.postId) ?? '',
        state: postStateTitles[post.state].zh,
      }
    })
    return workbookFile(`警力部署表-${day}`, {
      sheetName: '警力部署表',
      title: `${hands.agency.name}警力部署表`,
      subtitleLeft: '填报单位(盖章):',
      subtitleRight: `填报时间:${day.slice(0, 4)}年${monthDay(day)}`,
      columns: deploymentColumns,
      rows,
      totals: { sum: ['heads', 'led'] },
      foot: true,
      orientation: 'landscape',
      freezeColumns: 2,
    })
  },
})

const exportGeoJson = fileMaker({
  name: 'posts.exportGeoJson',
  title: { zh: '导出 GeoJSON', en: 'GeoJSON of zones and posts' },
  roles: everyone,
  input: z.strictObject({ operationId: id(), coordinates: coordinateSystem.default('wgs84') }),
  async make({ operationId, coordinates }, hands) {
    const map = await hands.ask(mapAt, { operationId })
    const zones = map.zones.flatMap(({ polygon, ...zone }) =>
      polygon === null
        ? []
        : [
            {
              type: 'Feature',
              id: zone.zoneId,
              properties: { name: zone.name, kind: zone.kind, plannedEndAt: zone.plannedEndAt },
              geometry: {
                type: 'Polygon',
                coordinates: [closedRing(polygon).map(position => fromWgs84(position, coordinates))],
              },
            },
          ],
    )
    const posts = map.posts.flatMap(({ lng, lat, ...post }) =>
      lng === null || lat === null
        ? []
        : [
            {
              type: 'Feature',
              id: post.postId,
              properties: { name: post.name, kind: post.kind, code: post.code, state: post.state },
              geometry: { type: 'Point', coordinates: fromWgs84([lng, lat], coordinates) },
            },
          ],
    )
    const text = JSON.stringify({ type: 'FeatureCollection', features: [...zones, ...posts] }, null, 1)
    return {
      fileName: `防线-区域点位-${map.day}.geojson`,
      contentType: 'application/geo+json; charset=utf-8',
      bytes: Buffer.from(text),
    }
  },
})

const template = fileMaker({
  name: 'posts.template',
  title: { zh: '点位导入模板', en: 'Template for importing posts' },
  roles: everyone,
  input: z.strictObject({}),
  async make() {
    // Longitude and latitude have columns of their own; the joined column is for files that come so.
    const columns = sheetColumns.filter(spec => spec.key !== 'place')
    return workbookFile('点位导入模板', {
      sheetName: '点位',
      columns: columns.map(spec => column(spec.key, spec.zh)),
      rows: [
        {
          name: '青禾高速青禾北收费站出口卡口',
          code: 'KK-001',
          kind: '卡口',
          address: '青禾高速K12+300',
          lng: '107.1234',
          lat: '40.6543',
          unit: '交通警察大队',
          contact: '周示一',
          phone: '10000000001',
          duties: '逐车查验',
          equipment: '测温枪2',
          state: '启用',
          opensOn: '2021年10月24日',
          closedLoop: '否',
        },
      ],
    })
  },
})

export const files = [exportPosts, exportGeoJson, template]
