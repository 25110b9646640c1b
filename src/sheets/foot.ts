import { type Cell, cellText, isBlank } from './cells.ts'
import { cleanText } from './clean.ts'
import { type Header, normalLabel } from './header.ts'

interface SkipReason {
  zh: string
  en: string
  /** Ends the data: single lines after it are notes, not people. */
  foot: boolean
}

const total = /^(合计|总计|小计|共计|累计)([::(（\d].*)?$/
const signature =
  /^(填表人|填报人|填报单位|填报时间|制表人|制表|审核人|审核|审批人|单位负责人|负责人|签字|盖章|联系电话|打印时间)([(（][^)）]*[)）])?[::]/
const note = /^(注|附注|备注|说明|注意事项|备注说明)[::]/
const page = /^第\s*\d*\s*页/

/**
 * Why a row is not data, or null when it is. A total is known by its first filled cell, a foot line by its
 * label with a colon: a person called 合 or a unit called 说明 has neither.
 */
export function footReason(
  cells: readonly Cell[],
  footSeen: boolean,
  numberColumns: ReadonlySet<number>,
): SkipReason | null {
  const filled = cells.map((cell, index) => ({ cell, index })).filter(({ cell }) => !isBlank(cell))
  const text = cleanText(cellText(filled[0]?.cell)).replace(/\s+/g, '')
  if (total.test(text)) return { zh: '合计行', en: 'A row of totals', foot: !text.startsWith('小计') }
  if (signature.test(text)) return { zh: '表尾签字栏', en: 'A line for signatures', foot: true }
  if (note.test(text)) return { zh: '表尾说明', en: 'A note', foot: true }
  if (page.test(text)) return { zh: '页码', en: 'A page number', foot: false }
  if (footSeen && filled.length === 1 && filled[0]!.cell.kind === 'text')
    return { zh: '表尾说明', en: 'A note', foot: true }
  const onlyNumber = filled.length === 1 && numberColumns.has(filled[0]!.index) && /^\d+[.、]?$/.test(text)
  if (onlyNumber) return { zh: '只有序号，没有内容', en: 'Only a row number, no content', foot: false }
  return null
}

/** A printed header that was pasted along with a second page. */
export function isRepeatedHeader(cells: readonly Cell[], header: Header): SkipReason | null {
  const labels = header.columns.map(column => column.parts.map(normalLabel))
  const same = header.columns.filter((column, at) => {
    const text = normalLabel(cellText(cells[column.index]))
    return text !== '' && labels[at]!.includes(text)
  }).length
  if (same < 2 || same < header.columns.length / 2) return null
  return { zh: '重复的表头', en: 'The header again', foot: false }
}
