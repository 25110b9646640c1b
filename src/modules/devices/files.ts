// The list as Excel, as shown.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { fileMaker } from '../../kernel/module.ts'
import { type ColumnKind, workbookFile, writeColumn, type WrittenValue } from '../../sheets/index.ts'
import { deviceList, type DeviceRow, deviceStateTitles, gapTitles, revokers } from './contracts.ts'

type Cell = [header: string, cell: (row: DeviceRow) => WrittenValue, kind?: ColumnKind]

const columnsOf = (timeZone: string): Record<string, Cell> => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const time = (at: string | null) => (at === null ? '' : format.format(new Date(at)))
  return {
    name: ['使用人', row => row.name],
    unit: ['单位', row => row.unitName],
    platform: ['设备', row => row.platform],
    version: ['版本', row => row.appVersion],
    lastSeen: ['最近联系', row => time(row.lastSeenAt)],
    unsent: ['未报(条)', row => row.unsent, 'int'],
    oldest: ['最早未报', row => time(row.oldestUnsentAt)],
    gaps: ['失联情况', row => row.gaps.map(gap => gapTitles[gap].zh).join('、')],
    state: ['状态', row => deviceStateTitles[row.state].zh],
    acknowledged: ['已收(条)', row => row.acknowledged, 'int'],
    firstSeen: ['首次联系', row => time(row.firstSeenAt)],
  }
}

export const files = [
  fileMaker({
    name: 'devices.export',
    title: { zh: '导出设备', en: 'Devices as Excel' },
    roles: revokers,
    input: deviceList.input
      .omit({ offset: true, limit: true })
      .extend({ columns: z.array(z.string().max(30)).max(30).optional() }),
    async make({ columns: keys, ...asked }, hands) {
      const rows = await allRows(hands, deviceList, asked)
      const all = columnsOf(hands.agency.timeZone)
      const wanted = (keys ?? Object.keys(all)).flatMap(key => {
        const column = all[key]
        return column ? [{ key, column }] : []
      })
      return workbookFile('设备', {
        sheetName: '设备',
        title: `${hands.agency.name}设备`,
        columns: wanted.map(({ key, column: [header, , kind] }) => writeColumn(key, header, kind)),
        rows: rows.map(row =>
          Object.fromEntries(wanted.map(({ key, column: [, cell] }) => [key, cell(row)])),
        ),
        freezeColumns: 1,
      })
    },
  }),
]
