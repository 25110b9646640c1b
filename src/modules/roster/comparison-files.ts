// Two rosters compared as Excel: a sheet by officer, one of every day that differs, and one by day.
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { workbookFile, writeColumn as column } from '../../sheets/index.ts'
import { comparison, type DayChange, preferenceText } from './contracts.ts'
import type { OutputOf } from '../../kernel/contract.ts'

type Compared = OutputOf<typeof comparison>
type Row = Compared['rows'][number]

const kinds: Record<DayChange, string> = { gained: '增加', lost: '减少', moved: '换点位', retimed: '改班次' }
const reasons = { rule: '', fillsOpen: '补原空缺', notNeeded: '不再需要' }

async function wholeOf(hands: ReaderHands, input: object): Promise<Compared> {
  const page = (offset: number): Promise<Compared> =>
    hands.ask(comparison, { ...input, offset, limit: 5_000 })
  const found = await page(0)
  while (found.rows.length < found.total) {
    const { rows } = await page(found.rows.length)
    if (rows.length === 0) break
    found.rows.push(...rows)
  }
  return found
}

const hours = (minutes: number) => Math.round(minutes / 6) / 10
const dutyText = (duty: Row['changes'][number]['before']) =>
  duty ? `${duty.postName} ${duty.bands.map(band => band.zh).join('、')}` : '休'

const pairColumns = (key: string, title: string, kind: 'int' | 'decimal' = 'int') => [
  column(`${key}A`, `${title}(甲)`, kind),
  column(`${key}B`, `${title}(乙)`, kind),
  column(`${key}D`, `${title}增减`, kind),
]
const pairCells = (key: string, [a, b]: readonly [number, number]) => ({
  [`${key}A`]: a,
  [`${key}B`]: b,
  [`${key}D`]: Math.round((b - a) * 10) / 10,
})

function sideName(side: Compared['a']): string {
  if (side.version !== null) return `第 ${side.version} 版`
  if (side.name !== '') return side.name
  return side.fromDay === null ? '现行勤务表' : `草稿 ${side.fromDay} 至 ${side.untilDay ?? ''}`
}

const leaning = (side: Compared['a']) =>
  side.preference ? `（${preferenceText(side.preference, 'zh')}）` : ''

function byOfficer(found: Compared, title: string, subtitleLeft: string) {
  return {
    sheetName: '按人员',
    title,
    subtitleLeft,
    orientation: 'landscape' as const,
    columns: [
      column('unit', '单位'),
      column('name', '姓名'),
      column('badge', '警号'),
      column('changed', '变动天数', 'int'),
      ...pairColumns('duties', '班数'),
      ...pairColumns('nights', '夜班'),
      ...pairColumns('weekends', '周末班'),
      ...pairColumns('hours', '工时', 'decimal'),
    ],
    rows: found.rows.map(row => ({
      unit: row.unitName,
      name: row.name,
      badge: row.badge,
      changed: row.changes.length,
      ...pairCells('duties', row.duties),
      ...pairCells('nights', row.nights),
      ...pairCells('weekends', row.weekends),
      ...pairCells('hours', [hours(row.minutes[0]), hours(row.minutes[1])]),
    })),
  }
}

function changesSheet(found: Compared, title: string) {
  return {
    sheetName: '逐日变动',
    title,
    columns: [
      column('day', '勤务日', 'date'),
      column('unit', '单位'),
      column('name', '姓名'),
      column('badge', '警号'),
      column('kind', '变动'),
      column('before', '甲'),
      column('after', '乙'),
      column('reason', '原因'),
    ],
    rows: found.rows.flatMap(row =>
      row.changes.map(one => ({
        day: one.day,
        unit: row.unitName,
        name: row.name,
        badge: row.badge,
        kind: kinds[one.kind],
        before: dutyText(one.before),
        after: dutyText(one.after),
        reason: one.reason === null ? '' : one.reason.zh || reasons[one.reason.kind],
      })),
    ),
  }
}

function byDay(found: Compared, title: string) {
  return {
    sheetName: '按日',
    title,
    columns: [
      column('day', '勤务日', 'date'),
      ...pairColumns('duties', '班数'),
      ...pairColumns('nights', '夜班'),
      ...Object.entries(kinds).map(([key, name]) => column(key, name, 'int')),
    ],
    rows: found.days.map(({ duties, nights, ...one }) => ({
      ...one,
      ...pairCells('duties', duties),
      ...pairCells('nights', nights),
    })),
  }
}

export const comparisonFiles = [
  fileMaker({
    name: 'roster.exportComparison',
    title: { zh: '方案比较表', en: 'Two rosters compared' },
    roles: comparison.roles,
    input: comparison.input.omit({ offset: true, limit: true }),
    async make(input, hands) {
      const found = await wholeOf(hands, input)
      const title = `${hands.agency.name}勤务方案比较`
      const { a, b } = found
      const named = `甲:${sideName(a)}${leaning(a)} 乙:${sideName(b)}${leaning(b)}`
      const sides = `${named} ${found.fromDay} 至 ${found.untilDay}`
      const sheets = [byOfficer(found, title, sides), changesSheet(found, title), byDay(found, title)]
      return workbookFile(`方案比较-${found.fromDay}-${found.untilDay}`, { sheets })
    },
  }),
]
