// The log and the lists as Excel, and enclosures with the rights of the record that they are joined to.
import { z } from 'zod'
import { allRows } from '../../kernel/all-rows.ts'
import { id } from '../../kernel/contract.ts'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { workbookFile, writeColumn as column } from '../../sheets/index.ts'
import {
  commandpostProblems,
  deskReaders,
  difficulties,
  difficulty,
  difficultyKindTitles,
  difficultyStateTitles,
  directive,
  directives,
  entryKindTitles,
  log,
  logSheet,
  logSheetInput,
  meeting,
  ownerTitles,
  readers,
  sourceTitles,
  urgencyTitles,
  visit,
} from './contracts.ts'
import { commandpostDb } from './lower.ts'
import { mobiliseFiles } from './mobilise-files.ts'
import { recallFiles } from './recall-files.ts'
import { shown, timeOf, workbook } from './sheet.ts'

/** One duty day: 值班日志, or an activity log after form ICS 214 with its resources on a sheet of their own. */
const exportLog = fileMaker({
  name: 'commandpost.exportLog',
  title: { zh: '值班日志文件', en: 'Duty log as a file' },
  roles: deskReaders,
  input: logSheetInput,
  async make(input, hands) {
    const sheet = await hands.ask(logSheet, input)
    const table = (rows: readonly (readonly string[])[], columns: readonly string[]) => ({
      columns: columns.map((header, at) => column(String(at), header)),
      rows: rows.map(cells => Object.fromEntries(cells.map((cell, at) => [String(at), cell]))),
    })
    const { activity, resources, head } = sheet
    const half = Math.ceil(head.length / 2)
    const line = (pairs: typeof head) => pairs.map(one => `${one.label}: ${one.value}`).join('    ')
    const struckMark = input.form === 'zh' ? '[已更正] ' : '[STRUCK] '
    const struckAt = input.form === 'zh' ? 3 : 1
    const lines = activity.rows.map(row =>
      row.struck ? row.cells.map((cell, at) => (at === struckAt ? struckMark + cell : cell)) : row.cells,
    )
    const name = input.form === 'zh' ? sheet.title : 'ICS-214'
    return workbookFile(`${name} ${input.day}`, {
      sheets: [
        {
          sheetName: activity.title,
          title: sheet.title,
          subtitleLeft: line(head.slice(0, half)),
          subtitleRight: line(head.slice(half)),
          ...table(lines, activity.columns),
          foot: sheet.foot,
          orientation: input.form === 'zh' ? 'landscape' : 'portrait',
        },
        { sheetName: resources.title, title: resources.title, ...table(resources.rows, resources.columns) },
      ],
    })
  },
})

const exportEntries = fileMaker({
  name: 'commandpost.exportEntries',
  title: { zh: '值班日志列表', en: 'List of entries' },
  roles: deskReaders,
  input: shown(log.input),
  async make(input, hands) {
    const rows = await allRows(hands, log, input)
    const time = timeOf(hands)
    return workbook(
      '值班日志',
      [
        column('n', '序号', 'int'),
        column('happened', '发生时间'),
        column('kind', '类别'),
        column('text', '内容'),
        column('unit', '单位'),
        column('post', '点位'),
        column('zone', '区域'),
        column('author', '记录人'),
        column('entered', '记录时间'),
        column('note', '备注'),
      ],
      rows.map(row => ({
        n: row.n,
        happened: time(row.happenedAt),
        kind: entryKindTitles[row.kind].zh,
        text: row.text,
        unit: row.unit?.name ?? '',
        post: row.post?.name ?? '',
        zone: row.zone?.name ?? '',
        author: row.authorName ?? '系统',
        entered: time(row.enteredAt),
        note: row.correctedBy === null ? '' : `由第${row.correctedBy}条更正`,
      })),
    )
  },
})

const exportDifficulties = fileMaker({
  name: 'commandpost.exportDifficulties',
  title: { zh: '一线困难台账', en: 'List of difficulties' },
  roles: deskReaders,
  input: shown(difficulties.input),
  async make(input, hands) {
    const rows = await allRows(hands, difficulties, input)
    const time = timeOf(hands)
    return workbook(
      '一线困难台账',
      [
        column('n', '序号', 'int'),
        column('post', '点位'),
        column('unit', '责任单位'),
        column('kind', '类别'),
        column('urgency', '紧急程度'),
        column('text', '情况'),
        column('raised', '上报时间'),
        column('by', '上报人'),
        column('state', '状态'),
        column('owner', '现责任人'),
        column('due', '时限'),
        column('minutes', '历时(分钟)', 'int'),
        column('closed', '销号时间'),
      ],
      rows.map(row => ({
        n: row.n,
        post: row.postName,
        unit: row.unitName,
        kind: difficultyKindTitles[row.kind].zh,
        urgency: urgencyTitles[row.urgency].zh,
        text: row.text,
        raised: time(row.raisedAt),
        by: row.raisedBy ?? '系统',
        state: difficultyStateTitles[row.state].zh,
        owner: ownerTitles[row.owner].zh,
        due: time(row.dueAt),
        minutes: row.stoodMinutes,
        closed: time(row.closedAt),
      })),
    )
  },
})

const directiveStateZh = { open: '办理中', completed: '已办结', withdrawn: '已撤回' } as const

const exportDirectives = fileMaker({
  name: 'commandpost.exportDirectives',
  title: { zh: '指令台账', en: 'List of directives' },
  roles: deskReaders,
  input: shown(directives.input),
  async make(input, hands) {
    const rows = await allRows(hands, directives, input)
    const time = timeOf(hands)
    return workbook(
      '指令台账',
      [
        column('n', '序号', 'int'),
        column('number', '文号'),
        column('title', '标题'),
        column('source', '来源'),
        column('from', '下达人'),
        column('issued', '下达时间'),
        column('due', '完成时限'),
        column('state', '状态'),
        column('all', '承办单位', 'int'),
        column('sent', '待签收', 'int'),
        column('received', '办理中', 'int'),
        column('done', '待审核', 'int'),
        column('completed', '已办结', 'int'),
        column('returned', '已退回', 'int'),
        column('completedAt', '办结时间'),
      ],
      rows.map(row => ({
        n: row.n,
        number: row.number,
        title: row.title,
        source: sourceTitles[row.source].zh,
        from: row.fromWhom,
        issued: time(row.issuedAt),
        due: time(row.dueAt),
        state: row.overdue ? '逾期' : directiveStateZh[row.state],
        ...row.counts,
        completedAt: time(row.completedAt),
      })),
    )
  },
})

/** Whether the asker may see an enclosure is whether he may open the record that it is joined to. */
const enclosure = fileMaker({
  name: 'commandpost.enclosure',
  title: { zh: '查看附件', en: 'Open an enclosure' },
  roles: readers,
  input: z.strictObject({ enclosureId: id() }),
  async make({ enclosureId }, hands) {
    const row = await hands.read(db =>
      commandpostDb(db)
        .selectFrom('enclosure')
        .select(['holder', 'holder_id', 'digest', 'name', 'removed_at'])
        .where('agency_id', '=', hands.agency.agencyId)
        .where('enclosure_id', '=', enclosureId)
        .executeTakeFirst(),
    )
    if (!row) throw commandpostProblems.enclosureMissing()
    await needHolder(hands, row.holder, row.holder_id)
    const opened = row.removed_at === null ? await hands.enclosures.open(row.digest) : null
    if (!opened) throw commandpostProblems.enclosureRemoved()
    return { fileName: row.name, contentType: opened.contentType, bytes: opened.bytes }
  },
})

async function needHolder(hands: ReaderHands, holder: string, holderId: string): Promise<void> {
  if (holder === 'difficulty') await hands.ask(difficulty, { difficultyId: holderId })
  else if (holder === 'directive') await hands.ask(directive, { directiveId: holderId })
  else if (holder === 'visit') await hands.ask(visit, { visitId: holderId })
  else if (holder === 'meeting') await hands.ask(meeting, { meetingId: holderId })
  else {
    const seen = await hands.read(db =>
      commandpostDb(db)
        .selectFrom('duty_entry')
        .select('operation_id')
        .where('agency_id', '=', hands.agency.agencyId)
        .where('entry_id', '=', holderId)
        .executeTakeFirst(),
    )
    if (!seen) throw commandpostProblems.enclosureMissing()
    // Asked as the list is, so that the role decides as well as the unit.
    await hands.ask(log, { operationId: seen.operation_id, entryId: holderId })
  }
}

export const files = [
  exportLog,
  exportEntries,
  exportDifficulties,
  exportDirectives,
  enclosure,
  ...recallFiles,
  ...mobiliseFiles,
]
