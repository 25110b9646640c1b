// Teams on the ground as Excel: the rows and columns that are shown, in the order in which they are shown.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { id, orderInput } from '../../kernel/contract.ts'
import { fileMaker } from '../../kernel/module.ts'
import { type ColumnKind, workbookFile, writeColumn, type WrittenValue } from '../../sheets/index.ts'
import { teamKinds, teamKindTitles } from '../people/contracts.ts'
import { teamDuty, teamDutyOrders, type TeamOnDuty } from './contracts.ts'

type Cell = [header: string, cell: (row: TeamOnDuty) => WrittenValue, kind?: ColumnKind]
const kindZh = (kind: string) => teamKindTitles[kind as (typeof teamKinds)[number]]?.zh ?? kind

/** On paper a post is a name and not a number: who reads it cannot open it. */
const columns: Record<string, Cell> = {
  name: ['队伍', row => row.name],
  state: ['在岗情况', row => (row.gaps > 0 ? `${row.gaps} 处无本队人员` : '')],
  kind: ['类别', row => kindZh(row.kind)],
  posts: ['值守点位', row => row.posts.map(one => one.postName).join('、')],
  there: ['现在在岗', row => row.posts.flatMap(one => one.there.map(who => who.name)).join('、')],
  hours: ['值守时长(小时)', row => row.hours, 'int'],
  deployments: ['投入警力(人次)', row => row.deployments, 'int'],
  days: ['起止', row => `${row.beginsOn} — ${row.endsOn ?? ''}`],
}

export const teamFiles = [
  fileMaker({
    name: 'attendance.exportTeamDuty',
    title: { zh: '导出队伍在岗', en: 'Teams on the ground as Excel' },
    roles: teamDuty.roles,
    input: z.strictObject({
      operationId: id(),
      search: z.string().max(100).optional(),
      kind: z.string().max(20).optional(),
      ...orderInput(teamDutyOrders),
      columns: z.array(z.string().max(30)).max(30).optional(),
    }),
    async make({ columns: keys, ...asked }, hands) {
      const rows = await allRows(hands, teamDuty, asked)
      const { today } = await hands.ask(teamDuty, { ...asked, limit: 1 })
      const wanted = (keys ?? Object.keys(columns)).flatMap(key => {
        const column = columns[key]
        return column ? [{ key, column }] : []
      })
      return workbookFile(`队伍在岗-${today}`, {
        sheetName: '队伍在岗',
        title: `${hands.agency.name}队伍在岗`,
        subtitleLeft: `填报单位:${hands.agency.name}`,
        subtitleRight: `填报时间:${today}`,
        columns: wanted.map(({ key, column: [header, , kind] }) => writeColumn(key, header, kind)),
        rows: rows.map(row =>
          Object.fromEntries(wanted.map(({ key, column: [, cell] }) => [key, cell(row)])),
        ),
        freezeColumns: 1,
      })
    },
  }),
]
