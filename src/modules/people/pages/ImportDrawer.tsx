import { useMemo } from 'react'
import { newId } from '../../../device/client.ts'
import { useClient, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  ImportDrawer as Drawer,
  ImportState,
  mappingOf,
  type MendList,
  nothingSaid,
  saveFile,
  SelectInput,
  useBrought,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { importOfficers, rememberMapping } from '../contracts.ts'
import { officerKinds, officerKindTitles, skillKinds, skillTitles } from '../contracts-words.ts'
import type { Preview, ReadSheetInput } from '../import-shapes.ts'
import { importWords } from './import-words.ts'
import type { Unit } from './labels.tsx'

type Word = ReadSheetInput['words'][number]
const untouched = { ...nothingSaid, words: [] as Word[], existing: 'update' as 'update' | 'skip' }

function useImport() {
  const client = useClient()
  const importing = useDo(importOfficers)
  const remembering = useDo(rememberMapping)
  const brought = useBrought<typeof untouched, Preview, OutputOf<typeof importOfficers>>(
    untouched,
    (file, said) => client.upload('people.readSheet', file, file.name, said),
  )
  const { file, said, preview } = brought
  // Made once per preview: a second try after a lost answer then carries the same ids and changes nothing.
  const rows = useMemo(
    () => (preview?.accepted ?? []).map(({ value }) => ({ ...value, officerId: value.officerId ?? newId() })),
    [preview],
  )
  return {
    brought,
    write: (remember: boolean) =>
      void brought.write(async () => {
        if (remember && preview) {
          await remembering.mutateAsync({ subject: 'officers', ...mappingOf(preview) })
        }
        return importing.mutateAsync({ rows })
      }),
    downloadRefused: () => {
      if (file) saveFile(client.upload('people.errorRows', file, file.name, said)).catch(brought.fail)
    },
    matchWord: (field: Word['field'], word: string, means: string) =>
      brought.say({
        words: [
          ...said.words.filter(one => one.field !== field || one.word !== word),
          { field, word, means },
        ],
      }),
  }
}
type Importing = ReturnType<typeof useImport>

/** A list of officers: chosen, looked at with its counts and faults, then written by one command. */
export function ImportDrawer({ units, onClose }: { units: readonly Unit[]; onClose: () => void }) {
  const t = useWords(importWords)
  const { lang } = useLang()
  const client = useClient()
  const importing = useImport()
  const mend = useMend(units, importing)
  const { brought } = importing
  const { preview, written } = brought
  const n = preview?.counts.accepted ?? 0
  return (
    <Drawer
      brought={brought}
      preview={preview ? { ...preview, list: preview } : null}
      title={t('title')}
      drop={t('drop')}
      dropNote={t('dropNote')}
      accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt,.tsv"
      template={client.fileUrl('people.template', {})}
      rows={{
        duplicate: (preview?.duplicates ?? []).map(one => ({
          row: one.row,
          cells: [one.name, one.badge, one[lang]],
        })),
        accepted: (preview?.accepted ?? []).map(({ row, value }) => ({
          row,
          cells: [
            value.name,
            value.badge,
            officerKindTitles[value.kind][lang],
            value.unit,
            value.officerId === null ? t('added') : t('updated'),
          ],
        })),
      }}
      acceptedNote={preview ? t('acceptedNote', preview.counts) : undefined}
      aside={<Existing brought={brought} />}
      columnState={letter => columnState(letter, importing, t, lang)}
      mend={mend}
      write={t('write', { n })}
      writing={t('writing', { n })}
      onWrite={importing.write}
      onRefused={importing.downloadRefused}
      done={
        written
          ? {
              title: t('done', { n: written.added + written.updated + written.unchanged }),
              note: t('doneNote', written),
            }
          : null
      }
      onClose={onClose}
    />
  )
}

function Existing({ brought }: Pick<Importing, 'brought'>) {
  const t = useWords(importWords)
  return (
    <span className="fx-import-choice">
      <span className="fx-import-note">{t('existing')}</span>
      <SelectInput
        value={brought.said.existing}
        aria-label={t('existing')}
        disabled={brought.busy}
        onChange={value => brought.say({ existing: value as 'update' })}
        options={[
          { value: 'update', label: t('update') },
          { value: 'skip', label: t('skip') },
        ]}
      />
    </span>
  )
}

type T = ReturnType<typeof useWords<typeof importWords>>

/** Words that nobody knows yet, and what was cleaned or matched; null where there is nothing more to say. */
function columnState(letter: string, { brought, matchWord }: Importing, t: T, lang: 'zh' | 'en') {
  const column = brought.preview?.columns.find(one => one.letter === letter)
  if (!column) return null
  const { unknown, cleaned, values, status } = column
  const [first] = unknown
  if (first) {
    const n = unknown.length
    return (
      <ImportState tone="amber">
        {n === 1 ? t('unknownWord', { word: first.word }) : t('unknownMore', { word: first.word, n })}
        <SelectInput
          value=""
          aria-label={t('matchWord', { word: first.word })}
          placeholder={t('matchWord', { word: first.word })}
          disabled={brought.busy}
          onChange={value => matchWord('skills', first.word, value === 'nothing' ? '' : value)}
          options={[
            ...skillKinds.map(skill => ({ value: skill, label: skillTitles[skill][lang] })),
            { value: 'nothing', label: t('matchNothing') },
          ]}
        />
      </ImportState>
    )
  }
  if (status === 'similar') return null
  if (cleaned > 0) return <ImportState>{t('cleaned', { n: cleaned })}</ImportState>
  return values ? <ImportState>{t('matched', { n: values })}</ImportState> : null
}

/** Units and kinds are chosen from a list, for the word in the whole column. */
function useMend(units: readonly Unit[], { matchWord }: Importing) {
  const t = useWords(importWords)
  const { lang } = useLang()
  return ({ field, text }: { field: string | null; text: string }): MendList | undefined => {
    const word = text.trim()
    if (word === '') return undefined
    if (field === 'unit') {
      return {
        label: t('pickUnit'),
        options: units.map(unit => ({ value: unit.name, label: unit.name })),
        apply: value => matchWord('unit', word.normalize('NFKC'), value),
      }
    }
    if (field !== 'kind') return undefined
    return {
      label: t('pickKind'),
      options: officerKinds.map(kind => ({ value: kind, label: officerKindTitles[kind][lang] })),
      apply: value => matchWord('kind', kindWord(word), value),
    }
  }
}

/** As the server compares kinds: without blanks and brackets. */
const kindWord = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^[([【〔](.*)[)\]】〕]$/, '$1')
