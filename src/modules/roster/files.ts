// The sheets as files: Excel to go on working with, and a page that prints as it stands.
import { z } from 'zod'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { contactPhones } from '../posts/contracts.ts'
import {
  blocksOf,
  mergedRows,
  phonesMost,
  type PostPhone,
  readers,
  sheet,
  sheetInput,
  withPhones,
} from './contracts.ts'
import type { SheetView } from './sheet-parts.ts'

const fileInput = sheetInput.extend({
  format: z.enum(['xlsx', 'html']).default('xlsx'),
  /** Why the numbers of the posts' contacts are wanted; without it they are not on the sheet. */
  purpose: z.string().min(2).max(500).optional(),
})

/** Asked as whoever wants the file: the right to open numbers and the log of it are those of the posts. */
async function opened(view: SheetView, purpose: string | undefined, hands: ReaderHands): Promise<SheetView> {
  if (purpose === undefined || view.phonePosts.length === 0) return view
  const found: PostPhone[] = []
  for (let at = 0; at < view.phonePosts.length; at += phonesMost) {
    const postIds = view.phonePosts.slice(at, at + phonesMost)
    found.push(...(await hands.ask(contactPhones, { postIds, purpose })).phones)
  }
  return withPhones(view, found)
}

export const files = [
  fileMaker({
    name: 'roster.sheet',
    title: { zh: '勤务表文件', en: 'Roster sheet' },
    roles: readers,
    input: fileInput,
    async make({ format, purpose, ...input }, hands) {
      const view = await opened(await hands.ask(sheet, input), purpose, hands)
      const name = `${view.title}`
      if (format === 'html') {
        const bytes = Buffer.from(htmlOf(view), 'utf8')
        return { fileName: `${name}.html`, contentType: 'text/html; charset=utf-8', bytes }
      }
      return {
        fileName: `${name}.xlsx`,
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await workbookOf(view),
      }
    },
  }),
]

const isDay = (key: string) => /^\d{4}-/.test(key)
/** Lists would take as much as they can get and leave a page that is read with a glass. */
const widths: Record<string, number> = {
  day: 7,
  leader: 16,
  badge: 10,
  police: 18,
  auxiliary: 32,
  partners: 12,
  equipment: 20,
  note: 20,
}

function widthOf({ key, kind }: SheetView['columns'][number]): { width?: number } {
  const width = kind === 'text' ? widths[isDay(key) ? 'day' : key] : undefined
  return width === undefined ? {} : { width }
}

function workbookOf(view: SheetView): Promise<Buffer> {
  return writeWorkbook({
    sheetName: '勤务表',
    title: view.title,
    subtitleLeft: view.subtitleLeft,
    subtitleRight: view.subtitleRight,
    columns: view.columns.map(one => ({
      ...one,
      ...widthOf(one),
      ...(isDay(one.key)
        ? {
            align: 'center' as const,
            grounds: { 中: 'light' as const, 夜: 'dark' as const, 备: 'hatched' as const },
          }
        : {}),
    })),
    rows: view.rows,
    foot: view.foot,
    orientation: 'landscape',
  })
}

const escape = (text: string) =>
  text.replace(
    /[&<>"']/g,
    mark => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[mark] ?? '',
  )

const style = `@page{size:A4 landscape;margin:10mm}body{font:11px/1.5 "SimSun","Noto Serif CJK SC",serif;color:#000;margin:0}
h1{font-size:20px;text-align:center;margin:4px 0}p{display:flex;justify-content:space-between;margin:2px 0}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:2px 4px;vertical-align:middle}
th{font-family:"SimHei","Noto Sans CJK SC",sans-serif;font-weight:600}thead{display:table-header-group}
tr,tbody{break-inside:avoid}td.n{text-align:right;font-variant-numeric:tabular-nums}`

export function htmlOf(view: SheetView): string {
  const spans = mergedRows(view)
  const head = view.columns.map(one => `<th>${escape(one.header)}</th>`).join('')
  const lines = view.rows.map((row, at) => {
    const cells = view.columns.map(({ key, kind }) => {
      const span = spans.get(key)?.[at] ?? 1
      if (span === 0) return ''
      const merged = span > 1 ? ` rowspan="${span}"` : ''
      return `<td${kind === 'int' ? ' class="n"' : ''}${merged}>${escape(String(row[key] ?? ''))}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const blocks = blocksOf(view).map(
    ([from, until]) => `<tbody>${lines.slice(from, until).join('\n')}</tbody>`,
  )
  const foot = view.foot.map(line => `<p>${escape(line)}</p>`).join('')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escape(view.title)}</title><style>${style}</style>
<h1>${escape(view.title)}</h1><p><span>${escape(view.subtitleLeft)}</span><span>${escape(view.subtitleRight)}</span></p>
<table><thead><tr>${head}</tr></thead>${blocks.join('\n')}</table>${foot}</html>`
}
