import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'

export type SearchInputProps = { value: string; onChange: (q: string) => void; hint?: string; delay?: number }

/** Reports after a pause in typing, and never half a pinyin syllable. */
export function SearchInput({ value, onChange, hint, delay = 250 }: SearchInputProps) {
  const t = useWords(uiWords)
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const reported = useRef(value)

  // The address changed by other means (back button, cleared filters): follow it.
  useEffect(() => {
    if (value !== reported.current) setText(value)
    reported.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const report = (next: string, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      reported.current = next.trim()
      onChange(next.trim())
    }, wait)
  }
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    setText(event.target.value)
    if (!composing.current) report(event.target.value, delay)
  }
  const clear = () => {
    setText('')
    report('', 0)
  }
  return (
    <div className="fx-searchbox">
      <Icon name="search" />
      <input
        type="text"
        inputMode="search"
        value={text}
        placeholder={hint ?? t('searchList')}
        aria-label={hint ?? t('searchList')}
        onChange={change}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={event => {
          composing.current = false
          report(event.currentTarget.value, delay)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && !composing.current) report(text, 0)
          if (event.key === 'Escape' && text) clear()
        }}
      />
      {text ? (
        <button type="button" aria-label={t('clearSearch')} onClick={clear}>
          <Icon name="close" size={14} />
        </button>
      ) : null}
    </div>
  )
}
