// A brought file from choosing to writing. Every change of mind is answered anew by `look`, so that what is shown is
// what would be written.
import { useRef, useState } from 'react'

/** What a person says of any brought list; a module adds its own. */
export type ListSaid = {
  sheet: string | null
  encoding: string | null
  /** Column letter → field; null: as remembered or suggested. */
  mapping: Record<string, string | null> | null
  fixes: { row: number; column: string; text: string }[]
}
export const nothingSaid: ListSaid = { sheet: null, encoding: null, mapping: null, fixes: [] }

type Progress = { done: number; total: number }
type State<S, P, W> = {
  file: File | null
  said: S
  preview: P | null
  /** The file is being read. */
  busy: boolean
  error: unknown
  writing: Progress | null
  written: W | null
}
type Brought<S = ListSaid, P = unknown, W = unknown> = State<S, P, W> & {
  choose: (file: File) => void
  say: (more: Partial<S>) => void
  fixCell: (at: { row: number; column: string }, text: string) => void
  fail: (error: unknown) => void
  write: (work: (say: (progress: Progress) => void) => Promise<W>) => Promise<void>
  restart: () => void
}

/** What the drawer needs of it, whatever the module says and gets. */
export type BroughtView = Pick<
  Brought,
  'file' | 'busy' | 'error' | 'writing' | 'choose' | 'say' | 'fixCell' | 'restart'
>

export function useBrought<S extends ListSaid, P, W>(
  untouched: S,
  look: (file: File, said: S) => Promise<P>,
): Brought<S, P, W> {
  const fresh = { file: null, said: untouched, preview: null, busy: false, error: null }
  const [state, setState] = useState<State<S, P, W>>({ ...fresh, writing: null, written: null })
  const latest = useRef(0)
  const put = (more: Partial<State<S, P, W>>) => setState(before => ({ ...before, ...more }))
  const { file, said } = state
  /** An answer that was overtaken by a later one is dropped. */
  const read = async (next: File, saying: S) => {
    latest.current += 1
    const mine = latest.current
    put({ file: next, said: saying, busy: true, error: null })
    const answer = await look(next, saying).then(
      preview => ({ preview }),
      (error: unknown) => ({ error }),
    )
    if (mine === latest.current) put({ ...answer, busy: false })
  }
  const say = (more: Partial<S>) => {
    if (file) void read(file, { ...said, ...more })
  }
  return {
    ...state,
    choose: next => void read(next, said),
    say,
    fixCell: ({ row, column }, text) => {
      const others = said.fixes.filter(one => one.row !== row || one.column !== column)
      say({ fixes: [...others, { row, column, text }] } as Partial<S>)
    },
    fail: error => put({ error }),
    write: async work => {
      put({ writing: { done: 0, total: 0 }, error: null })
      try {
        put({ written: await work(writing => put({ writing })), writing: null })
      } catch (error) {
        // What went in before the failure is on the books now: looked at again, only the rest is written.
        if (file) await read(file, said)
        put({ error, writing: null })
      }
    },
    restart: () => {
      latest.current += 1
      put({ ...fresh, written: null })
    },
  }
}

type Mapped = {
  source: string
  signature: string
  columns: { letter: string; header: string; field: string | null }[]
}
/** What is kept of a mapping, so that the next list of this source is understood at once. */
export const mappingOf = ({ source, signature, columns }: Mapped) => ({
  source,
  signature,
  columns: columns.map(({ letter, header, field }) => ({ letter, header, key: field })),
})

/** Hands a file that came as an answer to the browser, which saves it. */
export async function saveFile(
  made: Promise<{ fileName: string; contentType: string; base64: string }>,
): Promise<void> {
  const { fileName, contentType, base64 } = await made
  const link = document.createElement('a')
  const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
  link.href = URL.createObjectURL(new Blob([bytes], { type: contentType }))
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
