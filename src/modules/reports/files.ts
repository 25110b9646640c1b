// Alerts as Excel, as the page shows them.
import { allRows } from '../../kernel/all-rows.ts'
import { alerts, alertStateTitles, pastAlerts, severityTitles } from '../../kernel/books/contracts.ts'
import { everyone, type Role, roleTitles } from '../../kernel/contract.ts'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { type WriteColumn, type WriteRow, workbookFile, writeColumn as column } from '../../sheets/index.ts'

const workbook = (name: string, columns: WriteColumn[], rows: WriteRow[]) =>
  workbookFile(name, { sheetName: name, title: name, columns, rows, orientation: 'landscape' })

function timeOf({ agency }: ReaderHands) {
  const { timeZone } = agency
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (instant: string | null) => (instant === null ? '' : format.format(new Date(instant)))
}

const roleZh = (role: string) => roleTitles[role as Role]?.zh ?? role
const head = [
  column('severity', '级别'),
  column('what', '事项'),
  column('watch', '种类'),
  column('role', '责任角色'),
  column('owner', '责任人'),
  column('raised', '发现时间'),
  column('due', '到时'),
  column('minutes', '历时(分钟)', 'int'),
  column('times', '次数', 'int'),
  column('wentUp', '上提次数', 'int'),
]

interface Told {
  severity: 'red' | 'amber'
  titleZh: string
  watchZh: string
  ownerRole: string
  ownerName: string | null
  raisedAt: string
  dueAt: string
  stoodMinutes: number
  times: number
  wentUp: number
}
const told = (row: Told, time: (instant: string | null) => string) => ({
  severity: severityTitles[row.severity].zh,
  what: row.titleZh,
  watch: row.watchZh,
  role: roleZh(row.ownerRole),
  owner: row.ownerName ?? '',
  raised: time(row.raisedAt),
  due: time(row.dueAt),
  minutes: row.stoodMinutes,
  times: row.times,
  wentUp: row.wentUp,
})

const exportAlerts = fileMaker({
  name: 'reports.exportAlerts',
  title: { zh: '未解除的预警清单', en: 'List of open alerts' },
  roles: everyone,
  input: alerts.input.omit({ offset: true, limit: true }),
  async make(input, hands) {
    const rows = await allRows(hands, alerts, input)
    const time = timeOf(hands)
    return workbook(
      '预警清单',
      [...head, column('state', '状态'), column('by', '知悉人'), column('until', '暂缓到')],
      rows.map(row => ({
        ...told(row, time),
        state: alertStateTitles[row.state].zh,
        by: row.acknowledgedBy ?? '',
        until: time(row.snoozedUntil),
      })),
    )
  },
})

const exportPastAlerts = fileMaker({
  name: 'reports.exportPastAlerts',
  title: { zh: '已解除的预警清单', en: 'List of past alerts' },
  roles: everyone,
  input: pastAlerts.input.omit({ offset: true, limit: true }),
  async make(input, hands) {
    const rows = await allRows(hands, pastAlerts, input)
    const time = timeOf(hands)
    return workbook(
      '已解除预警清单',
      [...head, column('cleared', '解除时间'), column('by', '处置人')],
      rows.map(row => ({
        ...told(row, time),
        cleared: time(row.clearedAt),
        by: row.handledBy ?? '自行解除',
      })),
    )
  },
})

export const files = [exportAlerts, exportPastAlerts]
