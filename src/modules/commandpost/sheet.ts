// What the sheets of this module share.
import type { z } from 'zod'
import type { ReaderHands } from '../../kernel/module.ts'
import { type WriteColumn, type WriteRow, workbookFile } from '../../sheets/index.ts'

export const workbook = (name: string, columns: WriteColumn[], rows: WriteRow[]) =>
  workbookFile(name, { sheetName: name, title: name, columns, rows, orientation: 'landscape' })

/** What of a list's input the page fills in; the whole of it goes into the file. */
export const shown = <T extends z.ZodObject>(input: T) => input.omit({ offset: true, limit: true })

export function timeOf({ agency }: ReaderHands) {
  const { timeZone } = agency
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (instant: string | null) => (instant === null ? '' : format.format(new Date(instant)))
}
