// Who was called back and who is in, as Excel.
import { allRows } from '../../kernel/all-rows.ts'
import { fileMaker } from '../../kernel/module.ts'
import { writeColumn as column } from '../../sheets/index.ts'
import {
  deskReaders,
  exemptClassTitles,
  recalled,
  recalledStateTitles,
  recallKindTitles,
} from './contracts.ts'
import { shown, timeOf, workbook } from './sheet.ts'

const exportRecalled = fileMaker({
  name: 'commandpost.exportRecalled',
  title: { zh: '召回人员名册', en: 'Officers called back, as a file' },
  roles: deskReaders,
  input: shown(recalled.input),
  async make(input, hands) {
    const rows = await allRows(hands, recalled, input)
    const time = timeOf(hands)
    return workbook(
      '召回人员名册',
      [
        column('n', '序号', 'int'),
        column('recall', '召回号', 'int'),
        column('name', '姓名'),
        column('badge', '警号'),
        column('kind', '类别'),
        column('unit', '单位'),
        column('called', '召回时间'),
        column('state', '状态'),
        column('reached', '联系时间'),
        column('tries', '未接通(次)', 'int'),
        column('eta', '预计到达'),
        column('arrived', '到达时间'),
        column('how', '登记方式'),
        column('exempt', '免召'),
        column('until', '免召至'),
        column('note', '备注'),
      ],
      rows.map((row, at) => ({
        n: at + 1,
        recall: row.recallN,
        name: row.name,
        badge: row.badge,
        kind: recallKindTitles[row.kind].zh,
        unit: row.unitName,
        called: time(row.calledAt),
        state: row.overdue ? '逾期未到' : recalledStateTitles[row.state].zh,
        reached: time(row.reachedAt),
        tries: row.tries,
        eta: time(row.eta),
        arrived: time(row.arrivedAt),
        how: row.arrivedHow === null ? '' : row.arrivedHow === 'self' ? '本人报到' : '点名登记',
        exempt: row.exemptClass === null ? '' : exemptClassTitles[row.exemptClass].zh,
        until: time(row.exemptUntil),
        note: [
          row.dutyPostName === null ? '' : `在岗：${row.dutyPostName}`,
          row.seconded ? '下沉借调中' : '',
          row.leaveEnded ? '已销假' : '',
        ]
          .filter(Boolean)
          .join('；'),
      })),
    )
  },
})

export const recallFiles = [exportRecalled]
