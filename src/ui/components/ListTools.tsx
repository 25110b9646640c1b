import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import { FilterButton } from './FilterButton.tsx'
import type { FullProps } from './ListPage.tsx'
import { isFiltered, type ListState } from './list-state.ts'
import { SearchInput } from './SearchInput.tsx'
import type { ColumnChooser } from './use-columns.ts'

export type FilterOption = { value: string; label: string; count?: number }
export type FilterDef = {
  /** Also its name in the address. */
  key: string
  label: string
  options: FilterOption[]
  /** One value only. */
  single?: boolean
}

type ListToolsProps<Row> = FullProps<Row> & { chooser: ColumnChooser & { shown: { key: string }[] } }

export function ListTools<Row>(props: ListToolsProps<Row>) {
  const { value, onChange, filters = [], chooser, onExport, file } = props
  const t = useWords(uiWords)
  const shown = chooser.shown.map(column => column.key)
  const setFilter = (key: string, values: string[]) => {
    const next: ListState = { ...value, filters: { ...value.filters, [key]: values } }
    onChange(next)
  }
  return (
    <div className="fx-list-tools" role="search">
      {props.searchHint === null ? null : (
        <SearchInput value={value.q} onChange={q => onChange({ ...value, q })} hint={props.searchHint} />
      )}
      {filters.map(filter => (
        <FilterButton
          key={filter.key}
          filter={filter}
          values={value.filters[filter.key] ?? []}
          onChange={values => setFilter(filter.key, values)}
        />
      ))}
      {isFiltered(value) ? (
        <Button type="link" size="small" onClick={() => onChange({ ...value, q: '', filters: {} })}>
          {t('clearFilters')}
        </Button>
      ) : null}
      <div className="fx-list-tools-end">
        <ColumnButton chooser={chooser} />
        {onExport || file ? (
          <Button
            icon={<Icon name="download" />}
            loading={props.exporting}
            title={t('exportSay', { n: props.total ?? props.rows.length })}
            onClick={() => (file ? window.location.assign(file(shown)) : onExport?.(shown))}
          >
            {t('export')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function ColumnButton({ chooser }: { chooser: ColumnChooser }) {
  const t = useWords(uiWords)
  const [open, setOpen] = useState(false)
  const toggle = (key: string) => {
    const now = new Set(chooser.shownKeys)
    if (now.has(key)) now.delete(key)
    else now.add(key)
    chooser.setShown(chooser.all.map(column => column.key).filter(each => now.has(each)))
  }
  const content = (
    <fieldset className="fx-choices">
      <legend>{t('columnsTitle')}</legend>
      {chooser.all.map(column => (
        <label key={column.key} className="fx-choice">
          <input
            type="checkbox"
            checked={chooser.shownKeys.includes(column.key)}
            onChange={() => toggle(column.key)}
          />
          {column.title}
        </label>
      ))}
      <Button type="link" size="small" onClick={chooser.reset}>
        {t('columnsReset')}
      </Button>
    </fieldset>
  )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={content}
    >
      <Button className="fx-list-columns" icon={<Icon name="columns" />} aria-expanded={open}>
        {t('columns')}
      </Button>
    </Popover>
  )
}
