import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cursorAfter } from '../components/table-keys.ts'
import { useWords } from '../i18n.ts'
import type { ListedFeature } from './feature-list.ts'
import type { MapPick } from './map-types.ts'
import { mapWords } from './map-words.ts'

type MapFeatureListProps = {
  label: string
  features: ListedFeature[]
  picked: MapPick | null
  onPick: (pick: MapPick) => void
  /** Stays in sight: the map could not be drawn. */
  open: boolean
}

// Far more than a reader steps through at once; 3,000 hidden rows would slow every change of the data.
const around = 60

/** The features of the map for keyboard and reader. Out of sight until it has the focus. */
export function MapFeatureList({ label, features, picked, onPick, open }: MapFeatureListProps) {
  const t = useWords(mapWords)
  const id = useId()
  const [wanted, setCursor] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const cursor = Math.min(wanted, features.length - 1)
  const from = Math.max(0, cursor - around)
  const shown = features.slice(from, cursor + around)
  useEffect(() => {
    // Not on the first render: a list out of sight must not scroll the page.
    if (box.current === document.activeElement) {
      document.getElementById(`${id}-${cursor}`)?.scrollIntoView({ block: 'nearest' })
    }
  }, [cursor, id])
  const onKeyDown = (event: KeyboardEvent) => {
    const to = cursorAfter(event.key, cursor, features.length)
    const current = features[cursor]
    if (to !== null) setCursor(to)
    else if (event.key === 'Enter' && current) onPick(current.pick)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  if (!features.length) return null
  return (
    <div className={open ? 'fx-map-list fx-map-list-open' : 'fx-map-list'}>
      <div aria-hidden className="fx-map-list-title">
        {t('listTitle', { n: features.length })}
      </div>
      <div
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={t('list', { label, n: features.length })}
        aria-activedescendant={`${id}-${cursor}`}
        onKeyDown={onKeyDown}
      >
        {shown.map((each, offset) => {
          const index = from + offset
          return (
            <div
              key={each.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={each.pick.id === picked?.id}
              aria-posinset={index + 1}
              aria-setsize={features.length}
              data-cursor={index === cursor || undefined}
              onClick={() => {
                setCursor(index)
                onPick(each.pick)
              }}
            >
              {each.name} <span>{each.kind ? t(each.kind as keyof typeof mapWords) : each.group}</span>{' '}
              {each.count ? <strong>{each.count}</strong> : null}
            </div>
          )
        })}
      </div>
    </div>
  )
}
