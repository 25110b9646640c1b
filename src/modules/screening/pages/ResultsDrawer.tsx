// A laboratory's list of results: chosen, looked at with its counts and faults, then written.
import { useQueryClient } from '@tanstack/react-query'
import { useClient, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  ImportDrawer,
  mappingOf,
  nothingSaid,
  saveFile,
  useBrought,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { rememberMapping } from '../../people/contracts.ts'
import { recordResults, resultsMost, tubeResultTitles } from '../contracts.ts'
import type { ResultsPreview } from '../uploads.ts'
import { screeningWords } from './words.ts'

type Written = OutputOf<typeof recordResults>
const nothing: Written = { recorded: 0, same: 0, opened: 0, closed: 0 }

function useResults() {
  const client = useClient()
  const queries = useQueryClient()
  const remembering = useDo(rememberMapping)
  const brought = useBrought<typeof nothingSaid, ResultsPreview, Written>(nothingSaid, (file, said) =>
    client.upload('screening.readResults', file, file.name, said),
  )
  const { file, said, preview } = brought
  const write = (remember: boolean) =>
    void brought.write(async say => {
      if (!preview) return nothing
      if (remember) await remembering.mutateAsync({ subject: 'results', ...mappingOf(preview) })
      const results = preview.accepted.map(({ code, result }) => ({ code, result }))
      const sum = { ...nothing }
      for (let at = 0; at < results.length; at += resultsMost) {
        const some = results.slice(at, at + resultsMost)
        const answer = await client.run(recordResults, { results: some })
        for (const key of ['recorded', 'same', 'opened', 'closed'] as const) sum[key] += answer[key]
        say({ done: at + some.length, total: results.length })
      }
      await queries.invalidateQueries()
      return sum
    })
  const downloadRefused = () => {
    if (file) saveFile(client.upload('screening.errorRows', file, file.name, said)).catch(brought.fail)
  }
  return { brought, write, downloadRefused }
}

export function ResultsDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(screeningWords)
  const { lang } = useLang()
  const client = useClient()
  const { brought, write, downloadRefused } = useResults()
  const { preview, written } = brought
  const n = preview?.counts.accepted ?? 0
  return (
    <ImportDrawer
      brought={brought}
      preview={preview ? { ...preview, list: preview } : null}
      title={t('importTitle')}
      drop={t('drop')}
      dropNote={t('dropNote')}
      accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt,.tsv"
      template={client.fileUrl('screening.resultsTemplate', {})}
      rows={{
        accepted: (preview?.accepted ?? []).map(one => ({
          row: one.row,
          cells: [one.code, tubeResultTitles[one.result][lang], `${one.people} ${t('unitPerson')}`],
        })),
        duplicate: (preview?.duplicate ?? []).map(one => ({ row: one.row, cells: [one.code, one[lang]] })),
      }}
      write={t('write', { n })}
      writing={t('writing', { n })}
      onWrite={write}
      onRefused={downloadRefused}
      done={written ? { title: t('done', { n: written.recorded }), note: t('doneNote', written) } : null}
      onClose={onClose}
    />
  )
}
