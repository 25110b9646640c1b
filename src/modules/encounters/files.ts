// The register of encounters (卡口车辆、人员登记表) as Excel: the columns of the paper that hold nobody's identity.
import type { z } from 'zod'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { writtenIn } from '../../kernel/time.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { encounterReaders, search } from './contracts-lists.ts'
import {
  codeShownWords,
  directionWords,
  passerKindWords,
  verdictReasonWords,
  verdictWords,
} from './contracts-words.ts'

type Row = OutputOf<typeof search>['rows'][number]
/** A page of the query, and the most rows of a sheet: more than a post writes in a day, and far from Excel's limit. */
const pageRows = 5_000
const rowsMost = 100_000

const input = search.input.omit({ offset: true, limit: true })

async function allRows(
  asked: z.output<typeof input>,
  hands: ReaderHands,
): Promise<{ rows: Row[]; total: number }> {
  const rows: Row[] = []
  for (;;) {
    const page = await hands.ask(search, { ...asked, offset: rows.length, limit: pageRows })
    rows.push(...page.rows)
    if (page.rows.length < pageRows || rows.length >= rowsMost) return { rows, total: page.total }
  }
}

function line(row: Row, n: number, timeZone: string) {
  const { day, clock } = writtenIn(timeZone, row.occurredAt)
  return {
    no: n + 1,
    day,
    clock,
    post: row.postName,
    direction: directionWords[row.direction].zh,
    passer: passerKindWords[row.passer].zh,
    people: row.people,
    temperature: row.temperature === null ? '' : (row.temperature / 10).toFixed(1),
    code: codeShownWords[row.codeShown].zh,
    disinfected: row.disinfected ? '已做' : '',
    verdict: verdictWords[row.verdict].zh,
    reason: row.reason ? verdictReasonWords[row.reason].zh : '',
  }
}

export const files = [
  fileMaker({
    name: 'encounters.records',
    title: { zh: '查验登记表', en: 'Register of encounters' },
    roles: [...encounterReaders, 'system'],
    input,
    async make(asked, hands) {
      const { rows, total } = await allRows(asked, hands)
      const title = `${hands.agency.name}查验登记表`
      const people = rows.reduce((sum, row) => sum + row.people, 0)
      // A sheet that ends early says so: a limit that nobody sees has lost cases before.
      const cut = total > rows.length ? `,共 ${total} 条,本表只列前 ${rows.length} 条,请缩小范围再导出` : ''
      const bytes = await writeWorkbook({
        sheetName: '查验登记表',
        title,
        subtitleLeft: `填报单位(盖章):${hands.agency.name}`,
        subtitleRight: asked.dayFrom ? `勤务日:${asked.dayFrom}` : '',
        columns: [
          { key: 'no', header: '序号', kind: 'int' },
          { key: 'day', header: '日期', kind: 'text' },
          { key: 'clock', header: '时间', kind: 'text' },
          { key: 'post', header: '点位', kind: 'text' },
          { key: 'direction', header: '行驶方向', kind: 'text' },
          { key: 'passer', header: '对象', kind: 'text' },
          { key: 'people', header: '人数', kind: 'int' },
          { key: 'temperature', header: '体温(℃)', kind: 'text' },
          { key: 'code', header: '健康码', kind: 'text' },
          { key: 'disinfected', header: '消毒', kind: 'text' },
          { key: 'verdict', header: '处置', kind: 'text' },
          { key: 'reason', header: '理由', kind: 'text' },
        ],
        rows: rows.map((row, n) => line(row, n, hands.agency.timeZone)),
        foot: [`合计: ${rows.length} 次,${people} 人次${cut}。`],
        orientation: 'landscape',
      })
      return {
        fileName: `${title}.xlsx`,
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes,
      }
    },
  }),
]
