// The sheets as files: Excel to go on working with, and a page that prints as it stands.
import { z } from 'zod'
import { fileMaker, type ReaderHands } from '../../kernel/module.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { postList } from '../posts/contracts.ts'
import { readers, sheet, sheetInput } from './contracts.ts'
import type { SheetView } from './sheet-data.ts'

const fileInput = sheetInput.extend({ format: z.enum(['xlsx', 'html']).default('xlsx') })

/** Address and contact of a post stand in the books of the posts. */
async function withPlaces(hands: ReaderHands, operationId: string, view: SheetView): Promise<SheetView> {
  if (!view.rows.some(row => 'postId' in row)) return view
  const found = await hands.ask(postList, { operationId, limit: 5_000 })
  const byId = new Map(found.rows.map(post => [post.postId, post]))
  const rows = view.rows.map(row => {
    const post = byId.get(String(row.postId ?? ''))
    return {
      ...row,
      ...('address' in row ? { address: post?.address ?? '' } : {}),
      ...('head' in row ? { head: post?.contactName ?? '' } : {}),
    }
  })
  return { ...view, rows }
}

export const files = [
  fileMaker({
    name: 'roster.sheet',
    title: { zh: '勤务表文件', en: 'Roster sheet' },
    roles: readers,
    input: fileInput,
    async make({ format, ...input }, hands) {
      const view = await withPlaces(hands, input.operationId, await hands.ask(sheet, input))
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

function workbookOf(view: SheetView): Promise<Buffer> {
  return writeWorkbook({
    sheetName: '勤务表',
    title: view.title,
    subtitleLeft: view.subtitleLeft,
    subtitleRight: view.subtitleRight,
    columns: view.columns.map(one => ({
      ...one,
      ...(one.kind === 'text' && /^\d{4}-/.test(one.key)
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
tr{break-inside:avoid}td.n{text-align:right;font-variant-numeric:tabular-nums}`

/** How many rows each cell of a merged column covers; 0 where the one above covers it. */
export function mergedRows(view: Pick<SheetView, 'columns' | 'rows'>): Map<string, number[]> {
  const spans = new Map<string, number[]>()
  let breaks: boolean[] = view.rows.map((_row, at) => at === 0)
  for (const { key, mergeDown } of view.columns) {
    if (!mergeDown) continue
    breaks = breaks.map((broken, at) => broken || view.rows[at]?.[key] !== view.rows[at - 1]?.[key])
    const counts = breaks.map(() => 0)
    let from = 0
    breaks.forEach((broken, at) => {
      if (broken) from = at
      counts[from] = (counts[from] ?? 0) + 1
    })
    spans.set(key, counts)
  }
  return spans
}

export function htmlOf(view: SheetView): string {
  const spans = mergedRows(view)
  const head = view.columns.map(one => `<th>${escape(one.header)}</th>`).join('')
  const body = view.rows.map((row, at) => {
    const cells = view.columns.map(({ key, kind }) => {
      const span = spans.get(key)?.[at] ?? 1
      if (span === 0) return ''
      const merged = span > 1 ? ` rowspan="${span}"` : ''
      return `<td${kind === 'int' ? ' class="n"' : ''}${merged}>${escape(String(row[key] ?? ''))}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const foot = view.foot.map(line => `<p>${escape(line)}</p>`).join('')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escape(view.title)}</title><style>${style}</style>
<h1>${escape(view.title)}</h1><p><span>${escape(view.subtitleLeft)}</span><span>${escape(view.subtitleRight)}</span></p>
<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>${foot}</html>`
}
