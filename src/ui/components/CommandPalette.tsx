import './palette.css'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useLang, useWords } from '../i18n.ts'
import { Icon, type IconName } from '../icons.tsx'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'
import { PlainButton } from './PlainButton.tsx'
import { problemLine } from './ProblemNote.tsx'

export type PaletteItem = {
  key: string
  label: string
  /** Small and grey: badge number, unit, zone. */
  note?: string
  icon?: IconName
  onOpen: () => void
}
export type PaletteGroup = { key: string; label: string; items: PaletteItem[] }
/** `failed`: what kept a part of it from being searched; the rest is shown all the same. */
export type PaletteAnswer = { groups: PaletteGroup[]; failed?: unknown }

export type CommandPaletteProps = {
  open: boolean
  onClose: () => void
  /** Called after a pause in typing, with '' when it opens. The signal ends a search that was overtaken. */
  search: (q: string, signal: AbortSignal) => Promise<PaletteAnswer> | PaletteAnswer
  hint?: string
}

export function CommandPalette(props: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const t = useWords(uiWords)
  useEffect(() => {
    if (props.open && !dialog.current?.open) dialog.current?.showModal()
    if (!props.open && dialog.current?.open) dialog.current.close()
  }, [props.open])
  return (
    // A click on the backdrop lands on the dialog itself.
    <dialog
      ref={dialog}
      className="fx-palette"
      aria-label={t('paletteTitle')}
      // The event comes late: it may tell of the last closing when the palette is open again.
      onClose={() => dialog.current?.open || props.onClose()}
      onClick={event => event.target === dialog.current && props.onClose()}
    >
      {props.open ? <PaletteBody {...props} /> : null}
    </dialog>
  )
}

function useAnswer(q: string, search: CommandPaletteProps['search']) {
  const [answer, setAnswer] = useState<PaletteAnswer>({ groups: [] })
  const [busy, setBusy] = useState(true)
  const [tries, setTries] = useState(0)
  const latest = useRef(search)
  latest.current = search
  useEffect(() => {
    const control = new AbortController()
    setBusy(true)
    const timer = setTimeout(
      async () => {
        let found: PaletteAnswer
        try {
          found = await latest.current(q.trim(), control.signal)
        } catch (error) {
          found = { groups: [], failed: error }
        }
        // Overtaken by the next letter: its answer, and its failure, are nobody's any more.
        if (control.signal.aborted) return
        setAnswer({ ...found, groups: found.groups.filter(group => group.items.length > 0) })
        setBusy(false)
      },
      q && tries === 0 ? 120 : 0,
    )
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [q, tries])
  return { ...answer, busy, again: () => setTries(tries + 1) }
}

function PaletteBody({ onClose, search, hint }: CommandPaletteProps) {
  const t = useWords(uiWords)
  const id = useId()
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const { groups, failed, busy, again } = useAnswer(q, search)
  const items = useMemo(() => groups.flatMap(group => group.items), [groups])
  const cursor = Math.min(at, items.length - 1)
  const open = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    item.onOpen()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is choosing characters, its keys are its own.
    if (event.nativeEvent.isComposing || !items.length) return
    if (event.key === 'ArrowDown') setAt((cursor + 1) % items.length)
    else if (event.key === 'ArrowUp') setAt((cursor - 1 + items.length) % items.length)
    else if (event.key === 'Enter') open(items[cursor])
    else return
    event.preventDefault()
  }
  const none = q !== '' && items.length === 0 && failed === undefined
  const status = busy ? t('paletteSearching') : none ? t('paletteEmpty', { q }) : ''
  return (
    <div className="fx-palette-body">
      <div className="fx-palette-input">
        <Icon name="search" />
        <input
          // biome-ignore lint: a dialog that opened for typing takes the focus
          autoFocus
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length ? `${id}-${cursor}` : undefined}
          aria-label={hint ?? t('search')}
          placeholder={hint ?? t('search')}
          value={q}
          onChange={event => {
            setQ(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <span className="fx-key" aria-hidden>
          Esc
        </span>
      </div>
      <PaletteList id={id} groups={groups} cursor={cursor} onOpen={open} onPoint={setAt} />
      {failed !== undefined && !busy ? <Failed error={failed} onAgain={again} /> : null}
      {status ? <p className="fx-palette-status">{status}</p> : null}
      <p className="fx-hidden" role="status">
        {status || t('paletteCount', { n: items.length })}
      </p>
      <footer className="fx-palette-foot">{t('paletteHint')}</footer>
    </div>
  )
}

function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const t = useWords(uiWords)
  const { lang } = useLang()
  return (
    <p className="fx-palette-failed" role="alert">
      <Signal kind="amber" size={14} />
      <span>{t('paletteFailed', { what: problemLine(error, lang) })}</span>
      <PlainButton onClick={onAgain}>{t('retry')}</PlainButton>
    </p>
  )
}

type PaletteListProps = {
  id: string
  groups: PaletteGroup[]
  cursor: number
  onOpen: (item: PaletteItem) => void
  onPoint: (index: number) => void
}

function PaletteList({ id, groups, cursor, onOpen, onPoint }: PaletteListProps) {
  const t = useWords(uiWords)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [cursor])
  let index = -1
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={t('paletteTitle')}
      className="fx-palette-list"
    >
      {groups.map(group => (
        <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`}>
          <div id={`${id}-${group.key}`} className="fx-palette-group">
            {group.label}
          </div>
          {group.items.map(item => {
            index += 1
            const mine = index
            return (
              <div
                key={item.key}
                id={`${id}-${mine}`}
                role="option"
                tabIndex={-1}
                aria-selected={mine === cursor}
                className="fx-palette-item"
                onMouseMove={() => mine !== cursor && onPoint(mine)}
                onClick={() => onOpen(item)}
              >
                {item.icon ? <Icon name={item.icon} /> : null}
                <span>{item.label}</span>
                {item.note ? <span className="fx-palette-note">{item.note}</span> : null}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
