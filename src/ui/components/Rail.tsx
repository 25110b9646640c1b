import { Drawer } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import { useWords } from '../i18n.ts'
import { Icon, type IconName } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import { DutyLevel, LangSwitch, OperationSwitch, type TopBarProps } from './TopBar.tsx'

export type RailItem = {
  key: string
  label: string
  icon: IconName
  href: string
  /** Waiting records, shown small at the end of the row. */
  count?: number
}

type RailProps = {
  sections: RailItem[]
  current?: string
  onNavigate: (item: RailItem) => void
  foot?: ReactNode
}

export function Rail({ sections, current, onNavigate, foot }: RailProps) {
  const t = useWords(uiWords)
  return (
    <nav className="fx-rail" aria-label={t('sections')}>
      <RailList sections={sections} current={current} onNavigate={onNavigate} />
      {foot ? <div className="fx-rail-foot">{foot}</div> : null}
    </nav>
  )
}

function RailList({ sections, current, onNavigate }: Omit<RailProps, 'foot'>) {
  const open = (item: RailItem) => (event: MouseEvent) => {
    // A click with a modifier is a new tab; that is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onNavigate(item)
  }
  return (
    <ul className="fx-rail-list">
      {sections.map(item => (
        <li key={item.key}>
          <a
            className="fx-rail-item"
            href={item.href}
            aria-current={item.key === current ? 'page' : undefined}
            onClick={open(item)}
          >
            <Icon name={item.icon} />
            <span className="fx-rail-label">{item.label}</span>
            {item.count ? <span className="fx-rail-count">{item.count}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  )
}

type RailDrawerProps = RailProps & { open: boolean; onClose: () => void; bar: Omit<TopBarProps, 'onMenu'> }

/** On a narrow screen the rail and what the bar had to drop: operation, level, language. */
export function RailDrawer({ open, onClose, bar, foot, ...list }: RailDrawerProps) {
  const t = useWords(uiWords)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={264}
      title={t('mark')}
      className="fx-rail-drawer"
      styles={{ body: { padding: 0 } }}
    >
      <div className="fx-rail-extra">
        {bar.operation ? <OperationSwitch {...bar.operation} /> : null}
        {bar.level ? <DutyLevel {...bar.level} /> : null}
        <LangSwitch />
      </div>
      <nav aria-label={t('sections')}>
        <RailList {...list} />
      </nav>
      {foot ? <div className="fx-rail-foot">{foot}</div> : null}
    </Drawer>
  )
}
