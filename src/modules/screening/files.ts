// Progress and tubes as Excel, as shown; and an empty list of results to fill in.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { day, id, orderInput } from '../../kernel/contract.ts'
import { fileMaker } from '../../kernel/module.ts'
import { type ColumnKind, workbookFile, writeColumn, type WrittenValue } from '../../sheets/index.ts'
import {
  deskReaders,
  kitItems,
  kitTitles,
  progress,
  progressOrders,
  type ProgressRow,
  type TubeRow,
  tubes,
  tubeStates,
  tubeStateTitles,
} from './contracts.ts'

type Cell<Row> = [header: string, cell: (row: Row) => WrittenValue, kind?: ColumnKind]
const rounded = (value: number | undefined) => (value === undefined ? '' : Math.round(value))

const progressColumns: Record<string, Cell<ProgressRow>> = {
  round: ['轮次', row => row.roundName],
  code: ['编号', row => row.code],
  site: ['采样点', row => row.name],
  unit: ['责任单位', row => row.unitName],
  expected: ['应采人数', row => row.expected ?? '', 'int'],
  sampled: ['已采人次', row => row.people, 'int'],
  tubes: ['采样管', row => row.tubes, 'int'],
  boxes: ['样本箱', row => row.boxes, 'int'],
  unboxed: ['未装箱(管)', row => row.unboxed, 'int'],
  results: ['已出结果(管)', row => row.results, 'int'],
  positive: ['阳性管', row => row.positive, 'int'],
  queue: ['排队人数', row => row.now?.queue ?? '', 'int'],
  wait: ['预计等候(分钟)', row => rounded(row.now?.advice?.waitNow), 'int'],
  lanes: ['开放采样台', row => row.now?.lanesOpen ?? '', 'int'],
  kit: [
    '秩序器材',
    row =>
      kitItems
        .filter(item => row.kit?.[item])
        .map(item => kitTitles[item].zh)
        .join('、'),
  ],
}

const time = (timeZone: string, instant: string | null) =>
  instant === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
        new Date(instant),
      )

const tubeColumns = (timeZone: string): Record<string, Cell<TubeRow>> => ({
  code: ['采样管编号', row => row.code],
  site: ['采样点', row => row.postName],
  round: ['轮次', row => row.roundName ?? ''],
  lane: ['采样台', row => row.lane, 'int'],
  size: ['规格(人)', row => row.size, 'int'],
  people: ['人数', row => row.people, 'int'],
  sealed: ['封管时间', row => time(timeZone, row.sealedAt)],
  box: ['箱封签号', row => row.sealNumber ?? ''],
  state: ['结果', row => tubeStateTitles[row.state].zh],
  resultAt: ['出结果时间', row => time(timeZone, row.resultAt)],
})

function sheetOf<Row>(
  columns: Record<string, Cell<Row>>,
  keys: readonly string[] | undefined,
  rows: readonly Row[],
) {
  const wanted = (keys ?? Object.keys(columns)).flatMap(key => {
    const column = columns[key]
    return column ? [{ key, column }] : []
  })
  return {
    columns: wanted.map(({ key, column: [header, , kind] }) => writeColumn(key, header, kind)),
    rows: rows.map(row => Object.fromEntries(wanted.map(({ key, column: [, cell] }) => [key, cell(row)]))),
  }
}

const shown = z.array(z.string().max(30)).max(30).optional()

export const files = [
  fileMaker({
    name: 'screening.exportProgress',
    title: { zh: '导出采样进度', en: 'Progress of sampling as Excel' },
    roles: deskReaders,
    input: z.strictObject({
      operationId: id(),
      day: day(),
      roundId: id().optional(),
      search: z.string().max(100).optional(),
      ...orderInput(progressOrders),
      columns: shown,
    }),
    async make({ columns, ...asked }, hands) {
      const rows = await allRows(hands, progress, asked)
      return workbookFile(`采样进度-${asked.day}`, {
        sheetName: '采样进度',
        title: `${hands.agency.name}采样进度`,
        subtitleLeft: `填报单位:${hands.agency.name}`,
        subtitleRight: `勤务日:${asked.day}`,
        ...sheetOf(progressColumns, columns, rows),
        freezeColumns: 1,
      })
    },
  }),
  fileMaker({
    name: 'screening.exportTubes',
    title: { zh: '导出采样管', en: 'Tubes as Excel' },
    roles: deskReaders,
    input: tubes.input.omit({ offset: true, limit: true }).extend({
      states: z.array(z.enum(tubeStates)).max(tubeStates.length).optional(),
      columns: shown,
    }),
    async make({ columns, ...asked }, hands) {
      const rows = await allRows(hands, tubes, asked)
      return workbookFile('采样管', {
        sheetName: '采样管',
        title: `${hands.agency.name}采样管登记`,
        ...sheetOf(tubeColumns(hands.agency.timeZone), columns, rows),
        freezeColumns: 1,
      })
    },
  }),
  fileMaker({
    name: 'screening.resultsTemplate',
    title: { zh: '下载结果模板', en: 'Template of results' },
    roles: deskReaders,
    input: z.strictObject({}),
    make: () =>
      workbookFile('检测结果模板', {
        sheetName: '检测结果',
        title: '检测结果',
        columns: [writeColumn('code', '采样管编号'), writeColumn('result', '检测结果')],
        rows: [],
      }),
  }),
  fileMaker({
    name: 'screening.tubesTemplate',
    title: { zh: '下载采样管清单模板', en: 'Template of a list of tubes' },
    roles: deskReaders,
    input: z.strictObject({}),
    make: () =>
      workbookFile('采样管清单模板', {
        sheetName: '采样管清单',
        title: '采样管清单',
        columns: [
          writeColumn('site', '采样点'),
          writeColumn('code', '采样管编号'),
          writeColumn('people', '人数'),
          writeColumn('day', '采样日期'),
          writeColumn('time', '时间'),
          writeColumn('lane', '采样台'),
          writeColumn('size', '混采规格'),
        ],
        rows: [],
      }),
  }),
]
