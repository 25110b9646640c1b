// Units, teams and partners as Excel: the rows and columns that are shown, in the order in which they are shown.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { orderInput, type OutputOf } from '../../kernel/contract.ts'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { type ColumnKind, workbookFile, writeColumn, type WrittenValue } from '../../sheets/index.ts'
import {
  officerKinds,
  officerKindTitles,
  partnerKind,
  partnerKindTitles,
  partnerOrders,
  partners,
  teamKind,
  teamKindTitles,
  teamOrders,
  teams,
  unitKindTitles,
  units,
} from './contracts.ts'

type Unit = OutputOf<typeof units>['rows'][number]
type Team = OutputOf<typeof teams>['rows'][number]
type Partner = OutputOf<typeof partners>['rows'][number]
/** Heading, what stands in the cell, and its kind where it is no text; by the key of the column on the page. */
type Columns<Row> = Record<string, [header: string, cell: (row: Row) => WrittenValue, kind?: ColumnKind]>

const shown = {
  search: z.string().max(100).optional(),
  columns: z.array(z.string().max(30)).max(30).optional(),
}

function listFile<Row>(
  { agency, now }: ReaderHands,
  name: string,
  columns: Columns<Row>,
  keys: readonly string[] | undefined,
  rows: readonly Row[],
) {
  const today = dutyDayOf(agency, now())
  const wanted = (keys ?? Object.keys(columns)).flatMap(key => {
    const column = columns[key]
    return column ? [{ key, column }] : []
  })
  return workbookFile(`${name}-${today}`, {
    sheetName: name,
    title: `${agency.name}${name}`,
    subtitleLeft: `填报单位:${agency.name}`,
    subtitleRight: `填报时间:${today}`,
    columns: wanted.map(({ key, column: [header, , kind] }) => writeColumn(key, header, kind)),
    rows: rows.map(row => Object.fromEntries(wanted.map(({ key, column: [, cell] }) => [key, cell(row)]))),
    freezeColumns: 1,
  })
}

const unitColumns: Columns<Unit> = {
  // As deep in the tree as on the page; paper does it so, too.
  name: ['单位全称', row => `${'　'.repeat(row.depth)}${row.name}`],
  shortName: ['简称', row => row.shortName],
  kind: ['类别', row => unitKindTitles[row.kind].zh],
  sort: ['排序号', row => row.sort, 'int'],
  ...Object.fromEntries(
    officerKinds.map(kind => [kind, [officerKindTitles[kind].zh, (row: Unit) => row.all[kind], 'int']]),
  ),
  total: ['合计', row => officerKinds.reduce((sum, kind) => sum + row.all[kind], 0), 'int'],
  state: ['状态', row => (row.active ? (row.lendable ? '在用' : '不外借') : '已停用')],
}

const exportUnits = fileMaker({
  name: 'people.exportUnits',
  title: { zh: '导出单位名册', en: 'Units as Excel' },
  roles: units.roles,
  input: z.strictObject({ ...shown, withClosed: z.boolean().optional() }),
  async make({ columns, ...asked }, hands) {
    const { rows } = await hands.ask(units, asked)
    return listFile(hands, '单位名册', unitColumns, columns, rows)
  },
})

const teamColumns: Columns<Team> = {
  name: ['队伍名称', row => row.name],
  kind: ['类别', row => teamKindTitles[row.kind].zh],
  leader: ['队长', row => row.leaderName],
  members: ['现有队员', row => row.memberCount, 'int'],
  days: ['起止日期', row => `${row.beginsOn} — ${row.endsOn ?? ''}`],
}

const exportTeams = fileMaker({
  name: 'people.exportTeams',
  title: { zh: '导出队伍名册', en: 'Teams as Excel' },
  roles: teams.roles,
  input: z.strictObject({ ...shown, ...orderInput(teamOrders), kind: teamKind.optional() }),
  async make({ columns, ...asked }, hands) {
    return listFile(hands, '队伍名册', teamColumns, columns, await allRows(hands, teams, asked))
  },
})

const partnerColumns: Columns<Partner> = {
  name: ['姓名', row => row.name],
  kind: ['类别', row => partnerKindTitles[row.kind].zh],
  organisation: ['所属单位', row => row.organisation],
  // The number itself is sealed; no list opens it.
  phone: ['联系电话', row => (row.hasPhone ? '加密保存' : '未填')],
  state: ['状态', row => (row.active ? '在岗' : '已停用')],
}

const exportPartners = fileMaker({
  name: 'people.exportPartners',
  title: { zh: '导出联勤人员名册', en: 'Partners as Excel' },
  roles: partners.roles,
  input: z.strictObject({
    ...shown,
    ...orderInput(partnerOrders),
    kind: partnerKind.optional(),
    withClosed: z.boolean().optional(),
  }),
  async make({ columns, ...asked }, hands) {
    return listFile(hands, '联勤人员名册', partnerColumns, columns, await allRows(hands, partners, asked))
  },
})

export const listFiles = [exportUnits, exportTeams, exportPartners]
