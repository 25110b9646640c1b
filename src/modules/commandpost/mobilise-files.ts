// Visits as a register, and a meeting as minutes 会议纪要, as Excel.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { id } from '../../kernel/contract.ts'
import { fileMaker } from '../../kernel/module.ts'
import { workbookFile, writeColumn as column } from '../../sheets/index.ts'
import {
  deskReaders,
  meeting,
  meetings,
  promiseStateTitles,
  visit,
  visitKindTitles,
  visits,
} from './contracts.ts'
import { shown, timeOf, workbook } from './sheet.ts'

/** A line for each promise, so that the register can be worked through; a visit without one has one line. */
const exportVisits = fileMaker({
  name: 'commandpost.exportVisits',
  title: { zh: '检查慰问台账', en: 'List of visits' },
  roles: deskReaders,
  input: shown(visits.input),
  async make(input, hands) {
    const rows = await allRows(hands, visits, input)
    const time = timeOf(hands)
    const lines = []
    for (const row of rows) {
      const promises =
        row.promises.all > 0 ? (await hands.ask(visit, { visitId: row.visitId })).promiseRows : []
      const head = {
        n: row.n,
        at: time(row.visitedAt),
        kind: visitKindTitles[row.kind].zh,
        visitor: row.visitor,
        post: row.postName,
        unit: row.unitName,
        found: row.found,
        by: row.recordedBy ?? '系统',
      }
      if (promises.length === 0) lines.push(head)
      for (const one of promises) {
        lines.push({
          ...head,
          promise: one.text,
          who: one.byWhom,
          due: time(one.dueAt),
          state: one.overdue ? '逾期' : promiseStateTitles[one.state].zh,
          kept: one.keptText ?? '',
        })
      }
    }
    return workbook(
      '检查慰问台账',
      [
        column('n', '序号', 'int'),
        column('at', '时间'),
        column('kind', '类别'),
        column('visitor', '来人(单位、职务)'),
        column('post', '点位'),
        column('unit', '责任单位'),
        column('found', '检查慰问情况'),
        column('promise', '承诺(交办)事项'),
        column('who', '承诺人'),
        column('due', '兑现时限'),
        column('state', '状态'),
        column('kept', '兑现情况'),
        column('by', '登记人'),
      ],
      lines,
    )
  },
})

const directiveStateZh = { open: '办理中', completed: '已办结', withdrawn: '已撤回' } as const

const exportMeetings = fileMaker({
  name: 'commandpost.exportMeetings',
  title: { zh: '会议台账', en: 'List of meetings' },
  roles: deskReaders,
  input: shown(meetings.input),
  async make(input, hands) {
    const rows = await allRows(hands, meetings, input)
    const time = timeOf(hands)
    return workbook(
      '会议台账',
      [
        column('n', '序号', 'int'),
        column('at', '时间'),
        column('title', '会议名称'),
        column('place', '地点'),
        column('chair', '主持'),
        column('all', '议定事项', 'int'),
        column('issued', '已下达', 'int'),
        column('completed', '已办结', 'int'),
        column('overdue', '逾期', 'int'),
        column('by', '记录人'),
      ],
      rows.map(({ n, title, heldAt, place, chair, recordedBy, decisions }) => ({
        ...{ n, title, place, chair, ...decisions },
        at: time(heldAt),
        by: recordedBy ?? '系统',
      })),
    )
  },
})

const exportMeeting = fileMaker({
  name: 'commandpost.exportMeeting',
  title: { zh: '会议纪要文件', en: 'Minutes as a file' },
  roles: deskReaders,
  input: z.strictObject({ meetingId: id() }),
  async make(input, hands) {
    const row = await hands.ask(meeting, input)
    const time = timeOf(hands)
    return workbookFile(`会议纪要 第${row.n}号`, {
      sheetName: '会议纪要',
      title: `会议纪要(第${row.n}号) ${row.title}`,
      subtitleLeft: `时间: ${time(row.heldAt)}    地点: ${row.place}    主持: ${row.chair}`,
      subtitleRight: `记录: ${row.recordedBy ?? '系统'}`,
      orientation: 'landscape',
      columns: [
        column('n', '序号', 'int'),
        column('text', '议定事项'),
        column('number', '指令文号'),
        column('due', '完成时限'),
        column('state', '办理情况'),
      ],
      rows: row.decisionRows.map(one => ({
        n: one.n,
        text: one.text,
        number: one.directive?.number ?? '',
        due: time(one.directive?.dueAt ?? null),
        state:
          one.directive === null
            ? '未下达'
            : `${one.directive.overdue ? '逾期' : directiveStateZh[one.directive.state]} ${one.directive.completed}/${one.directive.all}`,
      })),
      foot: [`参加人员: ${row.attendees}`, `纪要: ${row.minutes}`],
    })
  },
})

export const mobiliseFiles = [exportVisits, exportMeetings, exportMeeting]
