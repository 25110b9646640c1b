import { type Upload, upload } from '../../kernel/module.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { cellText, type CellRefusal } from '../../sheets/index.ts'
import { importOfficers, peopleProblems } from './contracts.ts'
import { previewOf } from './import-answer.ts'
import { readList } from './import-preview.ts'
import { readSheetInput } from './import-shapes.ts'

const roles = importOfficers.roles.filter(role => role !== 'system')
/** A list of 5,000 officers has under 1 MB; one with pictures of them may have twenty. */
const bytesMost = 20 * 1024 * 1024

const readSheet = upload({
  name: 'people.readSheet',
  title: { zh: '核对警力花名册', en: 'Look at a list of officers' },
  roles,
  input: readSheetInput,
  bytesMost,
  async read(file, input, hands) {
    return previewOf(file.fileName, await readList(file, input, hands), input)
  },
})

/** The refused rows as they stand in the file, each with its reason: mended, this sheet can be imported alone. */
const errorRows = upload({
  name: 'people.errorRows',
  title: { zh: '下载有误行', en: 'The refused rows as Excel' },
  roles,
  input: readSheetInput,
  bytesMost,
  async read(file, input, hands) {
    const { sheet, header, mapped } = await readList(file, input, hands)
    if (!mapped || mapped.refused.length === 0) throw peopleProblems.importNoFaults()
    const at = new Map(sheet.rowNumbers.map((rowNumber, index) => [rowNumber, index]))
    const say = (fault: CellRefusal) => `${fault.column} 列 ${fault.header}:${fault.zh}`
    const bytes = await writeWorkbook({
      sheetName: '有误行',
      columns: [
        { key: 'row', header: '原行号', kind: 'int' },
        ...header.columns.map(column => ({
          key: column.letter,
          header: column.text || column.letter,
          kind: 'text' as const,
        })),
        { key: 'why', header: '哪里不对', kind: 'text', width: 40 },
      ],
      rows: mapped.refused.map(refused => {
        const row = sheet.rows[at.get(refused.rowNumber) ?? -1] ?? []
        return {
          row: refused.rowNumber,
          ...Object.fromEntries(header.columns.map(({ letter, index }) => [letter, cellText(row[index])])),
          why: [refused, ...refused.more].map(say).join('\n'),
        }
      }),
    })
    return {
      fileName: `${file.fileName.replace(/\.[^.]*$/, '')}-有误${mapped.refused.length}行.xlsx`,
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      base64: bytes.toString('base64'),
    }
  },
})

export const uploads: Upload[] = [readSheet, errorRows]
