import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'
import { type RangeChannel, useShownRange } from './range-channel.ts'

type ListFootProps = {
  range: RangeChannel
  loaded: number
  total: number
  selected: number
  onClear: () => void
  /** Bulk actions; they take the foot's place, so no row moves under the pointer. */
  children?: ReactNode
}

export function ListFoot({ range: channel, loaded, total, selected, onClear, children }: ListFootProps) {
  const t = useWords(uiWords)
  const seen = useShownRange(channel)
  const range = loaded ? seen : null
  if (children) {
    return (
      <div className="fx-list-foot fx-list-bulk" role="region" aria-label={t('selected', { n: selected })}>
        <strong>{t('selected', { n: selected })}</strong>
        {children}
        <Button type="text" className="fx-list-unselect" onClick={onClear}>
          {t('unselect')}
        </Button>
      </div>
    )
  }
  const shown = range ? t('range', { from: range[0] + 1, to: range[1] + 1, n: total }) : t('noneListed')
  return (
    <footer className="fx-list-foot">
      <span>
        {shown}
        {loaded < total ? `，${t('loadedOf', { loaded })}` : ''}
      </span>
      {range ? <span className="fx-list-keys">{t('tableKeys')}</span> : null}
    </footer>
  )
}
