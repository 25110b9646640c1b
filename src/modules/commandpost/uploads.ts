// Bringing a photo or document: what it is, is judged by its bytes; what a camera tells beside the picture is left out.
import { z } from 'zod'
import { judgeEnclosure } from '../../cores/enclosure/index.ts'
import { upload } from '../../kernel/module.ts'
import { commandpostProblems, readers } from './contracts.ts'

export const enclosureBytesMost = 5 * 1024 * 1024

export const uploads = [
  upload({
    name: 'commandpost.enclosure',
    title: { zh: '上传附件', en: 'Bring an enclosure' },
    roles: readers,
    input: z.strictObject({}),
    bytesMost: enclosureBytesMost,
    async read({ fileName, bytes }, _input, hands) {
      const name = shownName(fileName)
      const judged = judgeEnclosure(bytes)
      if ('fault' in judged) {
        const { fault } = judged
        if (fault === 'empty') throw commandpostProblems.fileEmpty({ name })
        if (fault === 'damaged') throw commandpostProblems.fileDamaged({ name })
        if (fault === 'tooManyPixels') throw commandpostProblems.fileTooManyPixels({ name })
        throw commandpostProblems.fileUnknown({ name })
      }
      const kept = await hands.enclosures.keep(judged.kind, Buffer.from(judged.bytes))
      return { digest: kept.digest, size: kept.size, contentType: judged.kind, name }
    },
  }),
]

/** The sender's own name for it, without a folder and without what no name may hold; its ending decides nothing. */
export function shownName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .trim()
    .slice(0, 120)
    .trim()
  return clean.toWellFormed() || '附件'
}
