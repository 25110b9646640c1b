// A workbook as the file that a page hands out.
import type { MadeFile } from '../kernel/module.ts'
import { type ColumnKind, type WriteColumn, type WriteSpec, writeWorkbook } from './write.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export async function workbookFile(fileName: string, spec: WriteSpec): Promise<MadeFile> {
  return { fileName: `${fileName}.xlsx`, contentType: xlsxType, bytes: await writeWorkbook(spec) }
}

export const writeColumn = (
  key: string,
  header: string,
  kind: ColumnKind = 'text',
  width?: number,
): WriteColumn => ({ key, header, kind, ...(width === undefined ? {} : { width }) })
