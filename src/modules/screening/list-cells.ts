// What the lists of this module share: a cell as one line, and a code of a tube in it.
import { type Cell, type CellError, type ColumnSpec, cellText, cleanText } from '../../sheets/index.ts'
import { codeFaultTitles, readCode } from './contracts.ts'

export type Parsed = { value: unknown } | { error: CellError }
export const oneLine = (cell: Cell) => cleanText(cellText(cell)).replaceAll('\n', ' ')

export const tubeCodeColumn: ColumnSpec = {
  key: 'code',
  zh: '采样管编号',
  en: 'Tube',
  aliases: ['管码', '试管编号', '采集管编号', '样本编号', '条码', '条形码', '管号', 'barcode', 'tube'],
  required: true,
  parse: (cell): Parsed => {
    const read = readCode(oneLine(cell))
    return 'code' in read ? { value: read.code } : { error: codeFaultTitles[read.fault] }
  },
}
