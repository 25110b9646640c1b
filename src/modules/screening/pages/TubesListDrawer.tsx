// Tubes of sites that worked on paper: a list is chosen, looked at with its counts and faults, then written site by site.
import { useQueryClient } from '@tanstack/react-query'
import { useClient, useDo, useSession } from '../../../device/hooks.ts'
import {
  ImportDrawer,
  mappingOf,
  nothingSaid,
  saveFile,
  useBrought,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { rememberMapping } from '../../people/contracts.ts'
import { recordTubes, tubesInListMost } from '../contracts.ts'
import type { TubesPreview } from '../uploads-tubes.ts'
import { screeningWords } from './words.ts'

type Accepted = TubesPreview['accepted']
interface Written {
  tubes: number
  people: number
}

/** One command a site and round, no longer than a command may be. */
function partsOf(accepted: Accepted): Accepted[] {
  const bySite = new Map<string, Accepted>()
  for (const one of accepted) {
    const key = `${one.postId} ${one.roundId}`
    bySite.set(key, [...(bySite.get(key) ?? []), one])
  }
  return [...bySite.values()].flatMap(own =>
    Array.from({ length: Math.ceil(own.length / tubesInListMost) }, (_, n) =>
      own.slice(n * tubesInListMost, (n + 1) * tubesInListMost),
    ),
  )
}

function useTubes() {
  const client = useClient()
  const queries = useQueryClient()
  const remembering = useDo(rememberMapping)
  const brought = useBrought<typeof nothingSaid, TubesPreview, Written>(nothingSaid, (file, said) =>
    client.upload('screening.readTubes', file, file.name, said),
  )
  const { file, said, preview } = brought
  const write = (remember: boolean) =>
    void brought.write(async say => {
      const sum = { tubes: 0, people: 0 }
      if (!preview) return sum
      if (remember) await remembering.mutateAsync({ subject: 'tubes', ...mappingOf(preview) })
      for (const part of partsOf(preview.accepted)) {
        const [{ postId, roundId }] = part as [Accepted[number]]
        const list = part.map(({ code, lane, size, people, sealedAt }) => ({
          ...{ code, lane, size, people, sealedAt },
        }))
        const answer = await client.run(recordTubes, { postId, roundId, tubes: list })
        sum.tubes += answer.recorded
        sum.people += answer.people
        say({ done: sum.tubes, total: preview.accepted.length })
      }
      await queries.invalidateQueries()
      return sum
    })
  const downloadRefused = () => {
    if (file) saveFile(client.upload('screening.refusedTubes', file, file.name, said)).catch(brought.fail)
  }
  return { brought, write, downloadRefused }
}

export function TubesListDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(screeningWords)
  const client = useClient()
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const { brought, write, downloadRefused } = useTubes()
  const { preview, written } = brought
  const n = preview?.counts.accepted ?? 0
  return (
    <ImportDrawer
      brought={brought}
      preview={preview ? { ...preview, list: preview } : null}
      title={t('listTitle')}
      drop={t('listDrop')}
      dropNote={t('listDropNote')}
      accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt,.tsv"
      template={client.fileUrl('screening.tubesTemplate', {})}
      rows={{
        accepted: (preview?.accepted ?? []).map(one => ({
          row: one.row,
          cells: [
            one.siteName,
            one.code,
            `${one.people} ${t('unitPerson')}`,
            `${format.day(one.sealedAt)} ${format.time(one.sealedAt)}`,
          ],
        })),
        duplicate: (preview?.duplicate ?? []).map(one => ({ row: one.row, cells: [one.code, one[lang]] })),
      }}
      write={t('listWrite', { n })}
      writing={t('listWriting', { n })}
      onWrite={write}
      onRefused={downloadRefused}
      done={
        written
          ? { title: t('listDone', { n: written.tubes }), note: t('listDoneNote', { ...written }) }
          : null
      }
      onClose={onClose}
    />
  )
}
