// The lists of zones, rounds, demand and cameras as Excel: the same rows as on the screen, in the same order.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { day, everyone, id, orderInput } from '../../kernel/contract.ts'
import { fileMaker } from '../../kernel/module.ts'
import { workbookFile, type WriteColumn, writeColumn as column, type WriteRow } from '../../sheets/index.ts'
import {
  type Band,
  cameraList,
  demandBoard,
  demandSkillTitles,
  patternList,
  postKind,
  postKinds,
  postKindTitles,
  roundDetail,
  roundList,
  zoneKindTitles,
  zoneList,
  zoneOrders,
  zoneStageKind,
} from './contracts.ts'

const workbook = (name: string, columns: WriteColumn[], rows: WriteRow[]) =>
  workbookFile(name, { sheetName: name, title: name, columns, rows, orientation: 'landscape' })

const clock = (minutes: number) =>
  `${minutes >= 1_440 ? '次日' : ''}${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const exportZones = fileMaker({
  name: 'posts.exportZones',
  title: { zh: '区域列表', en: 'Zones' },
  roles: everyone,
  input: z.strictObject({
    operationId: id(),
    search: z.string().max(100).optional(),
    ...orderInput(zoneOrders),
    kind: zoneStageKind.optional(),
    overdue: z.boolean().optional(),
  }),
  async make(input, hands) {
    const rows = await allRows(hands, zoneList, input)
    const { timeZone } = hands.agency
    const time = (instant: string | null) =>
      instant === null
        ? ''
        : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
            new Date(instant),
          )
    return workbook(
      '区域列表',
      [
        column('name', '区域名称'),
        column('kind', '类别'),
        column('opened', '划定时类别'),
        column('order', '文号'),
        column('approver', '批准人'),
        column('begins', '开始'),
        column('planned', '计划结束'),
        column('lifted', '解除'),
        column('households', '户数', 'int'),
        column('gates', '封控点', 'int'),
        column('unit', '责任单位'),
      ],
      rows.map(row => ({
        name: row.name,
        kind: row.kind === null ? '' : zoneKindTitles[row.kind].zh,
        opened: zoneKindTitles[row.openedAs].zh,
        order: row.orderNumber,
        approver: row.approver,
        begins: time(row.beginsAt),
        planned: time(row.plannedEndAt),
        lifted: time(row.liftedAt),
        households: row.households,
        gates: row.gates,
        unit: row.unitName ?? '',
      })),
    )
  },
})

const exportRounds = fileMaker({
  name: 'posts.exportRounds',
  title: { zh: '采样轮次及采样点', en: 'Sampling rounds and their sites' },
  roles: everyone,
  input: z.strictObject({ operationId: id() }),
  async make({ operationId }, hands) {
    const { rows: rounds } = await hands.ask(roundList, { operationId, limit: 500 })
    const rows: WriteRow[] = []
    for (const { roundId } of rounds) {
      const round = await hands.ask(roundDetail, { roundId })
      for (const site of round.siteRows) {
        rows.push({
          round: round.name,
          day: round.day,
          hours: `${clock(round.opensMinute)}—${clock(round.closesMinute)}`,
          code: site.code,
          name: site.name,
          address: site.address,
          lanes: site.lanes,
          unit: site.unitName,
        })
      }
    }
    return workbook(
      '采样点一览表',
      [
        column('round', '轮次'),
        column('day', '日期', 'date'),
        column('hours', '采样时间'),
        column('code', '编号'),
        column('name', '采样点名称'),
        column('address', '详细地址'),
        column('lanes', '采样台数', 'int'),
        column('unit', '秩序维护责任单位'),
      ],
      rows,
    )
  },
})

const exportDemand = fileMaker({
  name: 'posts.exportDemand',
  title: { zh: '警力需求表', en: 'Demand' },
  roles: everyone,
  input: z.strictObject({
    operationId: id(),
    day: day(),
    search: z.string().max(100).optional(),
    kinds: z.array(postKind).max(postKinds.length).optional(),
    zoneId: id().optional(),
    unitId: id().optional(),
  }),
  async make(input, hands) {
    const board = await hands.ask(demandBoard, { ...input, limit: 5_000 })
    const { rows: patterns } = await hands.ask(patternList, {})
    const rows = board.rows.flatMap(post =>
      post.cells.map((cell): WriteRow => {
        const pattern = patterns.find(one => one.patternId === cell.patternId)
        return {
          code: post.code,
          name: post.name,
          kind: postKindTitles[post.kind].zh,
          unit: post.unitName,
          pattern: pattern?.name ?? '',
          band: pattern?.bands.find((band: Band) => band.key === cell.band)?.zh ?? cell.band,
          skill: cell.skill === null ? '全部警力' : `其中${demandSkillTitles[cell.skill].zh}`,
          heads: cell.heads,
        }
      }),
    )
    return workbook(
      `警力需求表-${input.day}`,
      [
        column('code', '编号'),
        column('name', '点位名称'),
        column('kind', '类别'),
        column('unit', '责任单位'),
        column('pattern', '班制'),
        column('band', '班次'),
        column('skill', '资质'),
        column('heads', '人数', 'int'),
      ],
      rows,
    )
  },
})

const exportCameras = fileMaker({
  name: 'posts.exportCameras',
  title: { zh: '监控点列表', en: 'Places with video' },
  roles: everyone,
  input: z.strictObject({ operationId: id() }),
  async make({ operationId }, hands) {
    const { rows } = await hands.ask(cameraList, { operationId, limit: 5_000 })
    return workbook(
      '监控点列表',
      [
        column('name', '名称'),
        column('covers', '覆盖范围'),
        column('zone', '所属区域'),
        column('added', '加装日', 'date'),
        column('removed', '拆除日', 'date'),
      ],
      rows.map(row => ({
        name: row.name,
        covers: row.covers,
        zone: row.zoneName ?? '',
        added: row.addedOn,
        removed: row.removedOn,
      })),
    )
  },
})

export const listFiles = [exportZones, exportRounds, exportDemand, exportCameras]
