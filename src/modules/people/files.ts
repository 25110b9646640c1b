// Lists of officers as Excel: what the page shows, in the very columns that the import understands.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { orderInput } from '../../kernel/contract.ts'
import { type FileMaker, fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { workbookFile, writeColumn } from '../../sheets/index.ts'
import {
  importFields,
  importFieldTitles,
  importField,
  type ImportField,
  officerFilters,
  officerKindTitles,
  officerOrders,
  officerPhones,
  officers,
  sexTitles,
  skillTitles,
} from './contracts.ts'
import type { OfficerRow } from './officer-rows.ts'

const dates = new Set<ImportField>(['beginsOn', 'endsOn'])
const columnOf = (field: ImportField) =>
  writeColumn(field, importFieldTitles[field].zh, dates.has(field) ? 'date' : 'text')

function cellsOf(row: OfficerRow, phone: string | null | undefined): Record<ImportField, string | null> {
  const skills = row.skills.filter(skill => skill !== 'woman').map(skill => skillTitles[skill].zh)
  return {
    name: row.name,
    badge: row.badge,
    kind: officerKindTitles[row.kind].zh,
    sex: row.sex === 'unknown' ? null : sexTitles[row.sex].zh,
    unit: row.unitName,
    title: row.title,
    phone: phone ?? null,
    skills: skills.length > 0 ? skills.join('、') : '无',
    homeAgency: row.homeAgency,
    beginsOn: row.beginsOn,
    endsOn: row.endsOn,
  }
}

const exportInput = z.strictObject({
  ...officerFilters,
  ...orderInput(officerOrders),
  search: z.string().max(100).optional(),
  /** Columns in the order wanted; all where left out. */
  columns: z.array(importField).min(1).max(importFields.length).optional(),
  /** Phones are opened only for a stated purpose, and that is logged. Without one the column stays empty. */
  purpose: z.string().min(2).max(500).optional(),
})

async function phonesOf(
  hands: ReaderHands,
  rows: readonly OfficerRow[],
  purpose: string | undefined,
): Promise<Map<string, string | null>> {
  const officerIds = rows.filter(row => row.hasPhone).map(row => row.officerId)
  if (purpose === undefined || officerIds.length === 0) return new Map()
  const phones = new Map<string, string | null>()
  for (let at = 0; at < officerIds.length; at += 5_000) {
    const part = officerIds.slice(at, at + 5_000)
    const opened = await hands.ask(officerPhones, { officerIds: part, purpose })
    for (const row of opened.rows) phones.set(row.officerId, row.phone)
  }
  return phones
}

const exportOfficers = fileMaker({
  name: 'people.exportOfficers',
  title: { zh: '导出警力花名册', en: 'Officers as Excel' },
  roles: officers.roles,
  input: exportInput,
  async make(input, hands) {
    const { columns, purpose, ...filters } = input
    const wanted = columns ?? [...importFields]
    const rows = await allRows(hands, officers, filters)
    const phones = await phonesOf(hands, wanted.includes('phone') ? rows : [], purpose)
    const today = dutyDayOf(hands.agency, hands.now())
    return workbookFile(`警力花名册-${today}`, {
      sheetName: '警力花名册',
      title: `${hands.agency.name}警力花名册`,
      subtitleLeft: `填报单位:${hands.agency.name}`,
      subtitleRight: `填报时间:${today}`,
      columns: wanted.map(columnOf),
      rows: rows.map(row => cellsOf(row, phones.get(row.officerId))),
      totals: { label: `合计 ${rows.length} 人` },
      foot: true,
      freezeColumns: 1,
    })
  },
})

const example: Record<ImportField, string | null> = {
  name: '周示一',
  badge: '990101',
  kind: '民警',
  sex: '男',
  unit: '城东派出所',
  title: '副所长',
  phone: '10000000001',
  skills: '带班、防护',
  homeAgency: null,
  beginsOn: null,
  endsOn: null,
}

const template = fileMaker({
  name: 'people.template',
  title: { zh: '下载导入模板', en: 'Import template' },
  roles: officers.roles,
  input: z.strictObject({}),
  async make(_input, hands) {
    return workbookFile(`警力导入模板-${hands.agency.code}`, {
      sheetName: '警力花名册',
      columns: importFields.map(columnOf),
      rows: [example],
      foot: ['说明：第 2 行是示例，请删去后填写。列可以增减、换顺序；警号 6 位数字，辅警编号为字母加数字。'],
      freezeColumns: 1,
    })
  },
})

export const files: FileMaker[] = [exportOfficers, template]
