import { Button, Popover } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import type { FilterDef } from './ListTools.tsx'

type FilterButtonProps = { filter: FilterDef; values: string[]; onChange: (values: string[]) => void }

/** Closed it says what is set: 单位, 单位 城东所, 单位 3. */
export function FilterButton({ filter, values, onChange }: FilterButtonProps) {
  const [open, setOpen] = useState(false)
  const list = useRef<HTMLFieldSetElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const only =
    values.length === 1 ? filter.options.find(option => option.value === values[0])?.label : undefined
  const said = only ?? (values.length ? String(values.length) : '')
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      // The list stands at the end of the page: without this a keyboard never gets to it.
      afterOpenChange={now => now && list.current?.querySelector('input')?.focus()}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={<FilterList filter={filter} values={values} onChange={onChange} onClose={close} list={list} />}
    >
      <Button ref={button} className={said ? 'fx-filter-on' : undefined} aria-expanded={open}>
        {filter.label}
        {said ? <strong>{said}</strong> : null}
        <Icon name="down" size={14} />
      </Button>
    </Popover>
  )
}

type FilterListProps = FilterButtonProps & {
  onClose: () => void
  list: React.RefObject<HTMLFieldSetElement | null>
}

const searchFrom = 12

function FilterList({ filter, values, onChange, onClose, list }: FilterListProps) {
  const t = useWords(uiWords)
  const [text, setText] = useState('')
  const options = useMemo(
    () => filter.options.filter(option => option.label.toLowerCase().includes(text.trim().toLowerCase())),
    [filter.options, text],
  )
  const toggle = (value: string) => {
    if (filter.single) return onChange(values.includes(value) ? [] : [value])
    onChange(values.includes(value) ? values.filter(each => each !== value) : [...values, value])
  }
  return (
    <fieldset
      ref={list}
      className="fx-choices"
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <legend>{filter.label}</legend>
      {filter.options.length > searchFrom ? (
        <input
          type="text"
          className="fx-choices-search"
          placeholder={t('searchList')}
          aria-label={t('searchList')}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      ) : null}
      <div className="fx-choices-list">
        {options.map(option => (
          <label key={option.value} className="fx-choice">
            <input
              type={filter.single ? 'radio' : 'checkbox'}
              name={filter.key}
              checked={values.includes(option.value)}
              onChange={() => toggle(option.value)}
            />
            <span>{option.label}</span>
            {option.count === undefined ? null : <span className="fx-choice-count">{option.count}</span>}
          </label>
        ))}
      </div>
      {values.length ? (
        <Button type="link" size="small" onClick={() => onChange([])}>
          {t('all')}
        </Button>
      ) : null}
    </fieldset>
  )
}
