import { type Upload, upload } from '../../kernel/module.ts'
import { inWords, refusedFile } from '../../sheets/index.ts'
import { importOfficers } from './contracts.ts'
import { previewOf } from './import-answer.ts'
import { readList } from './import-preview.ts'
import { readSheetInput } from './import-shapes.ts'

const brought = {
  roles: importOfficers.roles.filter(role => role !== 'system'),
  input: readSheetInput,
  /** A list of 5,000 officers has under 1 MB; one with pictures of them may have twenty. */
  bytesMost: 20 * 1024 * 1024,
}

const readSheet = upload({
  name: 'people.readSheet',
  title: { zh: '核对警力花名册', en: 'Look at a list of officers' },
  ...brought,
  read: (file, input, hands) => inWords(async () => previewOf(await readList(file, input, hands), input)),
})

const errorRows = upload({
  name: 'people.errorRows',
  title: { zh: '下载有误行', en: 'The refused rows as Excel' },
  ...brought,
  read: (file, input, hands) =>
    inWords(async () => {
      const list = await readList(file, input, hands)
      return refusedFile(list, list.mapped)
    }),
})

export const uploads: Upload[] = [readSheet, errorRows]
