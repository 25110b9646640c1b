import './shell.css'
import { type ReactNode, useState } from 'react'
import { useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'
import { Rail, type RailItem, RailDrawer } from './Rail.tsx'
import { type Rehearsal, RehearsalStrip } from './RehearsalStrip.tsx'
import { TopBar, type TopBarProps } from './TopBar.tsx'

export type DeskShellProps = Omit<TopBarProps, 'onMenu'> & {
  /** Given in a rehearsal, and only then. */
  rehearsal?: Rehearsal | null
  /** Only what the role may see, in the order of the rail. */
  sections: RailItem[]
  /** `key` of the section that is open. */
  current?: string
  onNavigate: (item: RailItem) => void
  /** Two short lines at the foot of the rail: 在线 26 人 / 同步 14:26 */
  foot?: ReactNode
  /** The h1 of a page that shows none, as the situation; read, not seen. */
  heading?: string
  children?: ReactNode
}

/** Strip 24, bar 48, rail 104, the page with 8 px around it. Below 768 px the rail is a drawer. */
export function DeskShell(props: DeskShellProps) {
  const { rehearsal, sections, current, onNavigate, foot, heading, children, ...bar } = props
  const t = useWords(uiWords)
  const [menuOpen, setMenuOpen] = useState(false)
  const go = (item: RailItem) => {
    setMenuOpen(false)
    onNavigate(item)
  }
  return (
    <div className="fx-desk">
      <a className="fx-skip" href="#fx-main">
        {t('skip')}
      </a>
      {rehearsal ? <RehearsalStrip {...rehearsal} /> : null}
      <TopBar {...bar} onMenu={() => setMenuOpen(true)} />
      <div className="fx-desk-body">
        <Rail sections={sections} current={current} onNavigate={go} foot={foot} />
        <main id="fx-main" className="fx-main" tabIndex={-1}>
          {heading ? <h1 className="fx-hidden">{heading}</h1> : null}
          {children}
        </main>
      </div>
      <RailDrawer
        open={menuOpen}
        onClose={() => setMenuOpen(false)}
        sections={sections}
        current={current}
        onNavigate={go}
        foot={foot}
        bar={bar}
      />
    </div>
  )
}
