import { Select } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import { useWords } from '../../../ui/index.ts'
import { officers } from '../contracts.ts'
import { peopleWords } from './words.ts'

type OfficerPickerProps = {
  value: string[]
  onChange: (next: string[]) => void
  /** One officer only. */
  single?: boolean
  id?: string
}

/** Officers by name, pinyin or badge, asked from the server as one types. */
export function OfficerPicker({ value, onChange, single, id }: OfficerPickerProps) {
  const t = useWords(peopleWords)
  const [text, setText] = useState('')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const search = text.trim().slice(0, 100)
  const found = useAsk(officers, { limit: 30, ...(search ? { search } : {}) })
  const label = (row: { name: string; badge: string; unitName: string }) =>
    `${row.name} ${row.badge} ${row.unitName}`
  const rows = found.data?.rows ?? []
  const options = [
    ...rows.map(row => ({ value: row.officerId, label: label(row) })),
    // Who was picked keeps the name, also when the search has moved on.
    ...value
      .filter(officerId => !rows.some(row => row.officerId === officerId))
      .map(officerId => ({ value: officerId, label: names.get(officerId) ?? officerId })),
  ]
  const pick = (next: string | string[] | undefined) => {
    const picked = next === undefined ? [] : Array.isArray(next) ? next : [next]
    const known = new Map(names)
    for (const row of rows) if (picked.includes(row.officerId)) known.set(row.officerId, label(row))
    setNames(known)
    onChange(picked)
  }
  return (
    <Select<string | string[]>
      id={id}
      {...(single ? {} : { mode: 'multiple' as const })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      value={single ? value[0] : value}
      onChange={pick}
      options={options}
      loading={found.isFetching}
      placeholder={t('pickPeople')}
      aria-label={t('pickPeople')}
    />
  )
}
