// The state of an import: the file, what the person has said about it, and the last preview. Every change of mind is
// answered by the server anew, so that what is shown is what would be written.
import { useCallback, useMemo, useRef, useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useClient, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { importOfficers, rememberMapping } from '../contracts.ts'
import type { ImportField } from '../contracts-words.ts'
import type { Preview, ReadSheetInput } from '../import-shapes.ts'

const untouched: ReadSheetInput = {
  sheet: null,
  encoding: null,
  mapping: null,
  fixes: [],
  words: [],
  existing: 'update',
}
export type Written = OutputOf<typeof importOfficers>

export interface ImportState {
  file: File | null
  said: ReadSheetInput
  preview: Preview | null
  busy: boolean
  error: unknown
  written: Written | null
  writing: boolean
  choose(file: File): void
  say(more: Partial<ReadSheetInput>): void
  mapColumn(letter: string, field: ImportField | null): void
  fixCell(row: number, column: string, text: string): void
  matchWord(field: 'kind' | 'unit' | 'skills', word: string, means: string): void
  write(remember: boolean): Promise<void>
  downloadRefused(): Promise<void>
  restart(): void
}

function saveAs(base64: string, contentType: string, fileName: string): void {
  const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: contentType }))
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Reads the file with what was said; an answer that was overtaken by a later one is dropped. */
function usePreview() {
  const client = useClient()
  const [file, setFile] = useState<File | null>(null)
  const [said, setSaid] = useState(untouched)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const latest = useRef(0)
  const look = useCallback(
    async (nextFile: File, next: ReadSheetInput) => {
      latest.current += 1
      const mine = latest.current
      setFile(nextFile)
      setSaid(next)
      setBusy(true)
      setError(null)
      try {
        const answer = await client.upload<Preview>('people.readSheet', nextFile, nextFile.name, next)
        if (mine === latest.current) setPreview(answer)
      } catch (problem) {
        if (mine === latest.current) setError(problem)
      } finally {
        if (mine === latest.current) setBusy(false)
      }
    },
    [client],
  )
  const restart = useCallback(() => {
    latest.current += 1
    setFile(null)
    setSaid(untouched)
    setPreview(null)
    setBusy(false)
    setError(null)
  }, [])
  return { file, said, preview, busy, error, setError, look, restart }
}

/** Writes what the preview accepted, and remembers the mapping where that is wanted. */
function useWrite(preview: Preview | null, setError: (error: unknown) => void) {
  const importing = useDo(importOfficers)
  const remembering = useDo(rememberMapping)
  const [written, setWritten] = useState<Written | null>(null)
  // Made once per preview: a second try after a lost answer then carries the same ids and changes nothing.
  const rows = useMemo(
    () => (preview?.accepted ?? []).map(({ value }) => ({ ...value, officerId: value.officerId ?? newId() })),
    [preview],
  )
  const write = async (remember: boolean) => {
    if (!preview) return
    setError(null)
    try {
      const answer = await importing.mutateAsync({ rows })
      if (remember) {
        await remembering.mutateAsync({
          subject: 'officers',
          source: preview.source,
          signature: preview.signature,
          columns: preview.columns.map(({ letter, header, field }) => ({ letter, header, key: field })),
        })
      }
      setWritten(answer)
    } catch (problem) {
      setError(problem)
    }
  }
  return { written, setWritten, writing: importing.isPending || remembering.isPending, write }
}

export function useImport(): ImportState {
  const client = useClient()
  const { file, said, preview, busy, error, setError, look, restart } = usePreview()
  const { written, setWritten, writing, write } = useWrite(preview, setError)
  const say = (more: Partial<ReadSheetInput>) => {
    if (file) void look(file, { ...said, ...more })
  }
  const mapColumn = (letter: string, field: ImportField | null) => {
    const mapping = Object.fromEntries((preview?.columns ?? []).map(one => [one.letter, one.field]))
    // A field goes to one column: chosen here, it leaves where it was.
    for (const [other, has] of Object.entries(mapping))
      if (field !== null && has === field) mapping[other] = null
    say({ mapping: { ...mapping, [letter]: field } })
  }
  const downloadRefused = async () => {
    if (!file) return
    try {
      const made = await client.upload<{ fileName: string; contentType: string; base64: string }>(
        'people.errorRows',
        file,
        file.name,
        said,
      )
      saveAs(made.base64, made.contentType, made.fileName)
    } catch (problem) {
      setError(problem)
    }
  }
  return {
    file,
    said,
    preview,
    busy,
    error,
    written,
    writing,
    choose: next => void look(next, { ...untouched, encoding: null }),
    say,
    mapColumn,
    fixCell: (row, column, text) =>
      say({
        fixes: [...said.fixes.filter(one => one.row !== row || one.column !== column), { row, column, text }],
      }),
    matchWord: (field, word, means) =>
      say({
        words: [
          ...said.words.filter(one => one.field !== field || one.word !== word),
          { field, word, means },
        ],
      }),
    write,
    downloadRefused,
    restart: () => {
      setWritten(null)
      restart()
    },
  }
}
