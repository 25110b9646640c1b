import './drawer.css'
import { Button, Drawer } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFormat, useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import { SkeletonPanel } from './states.tsx'

export type DetailDrawerProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** Small and grey behind or below the title. */
  subtitle?: ReactNode
  /** 480 for a record, 800 for an import. Never wider than the screen. */
  width?: number
  /** At the right of the head: steps, a tag. */
  head?: ReactNode
  loading?: boolean
  /** An ErrorNote stands in place of the content. */
  error?: ReactNode
  /** Left of the foot: quiet actions. */
  footStart?: ReactNode
  /** Right of the foot: the one filled button last. */
  footEnd?: ReactNode
  onPrevious?: () => void
  onNext?: () => void
  children?: ReactNode
}

export function DetailDrawer(props: DetailDrawerProps) {
  const { open, onClose, width = 480, loading, error, footStart, footEnd, children } = props
  const t = useWords(uiWords)
  const foot = footStart || footEnd
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={width}
      rootClassName="fx-drawer"
      closable={{ 'aria-label': t('close'), closeIcon: <Icon name="close" size={18} /> }}
      title={<DrawerHead {...props} />}
      footer={
        foot ? (
          <div className="fx-drawer-foot">
            <div>{footStart}</div>
            <div>{footEnd}</div>
          </div>
        ) : null
      }
    >
      {error ?? (loading ? <SkeletonPanel lines={10} /> : children)}
    </Drawer>
  )
}

/**
 * A drawer that is there from its first render is not focused by Ant Design, and then Esc does not reach it. The focus
 * goes in when it opens and back to where it came from; Esc is heard on the drawer alone, so that of two it closes one.
 */
function useDrawerKeys(onClose: () => void) {
  const inside = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const dialog = inside.current?.closest<HTMLElement>('[role="dialog"]')
    if (!dialog) return
    const before = document.activeElement
    dialog.tabIndex = -1
    // What is not shown yet takes no focus, and the drawer is hidden until its motion begins.
    const enter = setInterval(() => {
      if (!dialog.contains(document.activeElement)) dialog.focus({ preventScroll: true })
      if (dialog.contains(document.activeElement)) clearInterval(enter)
    }, 30)
    const onKey = (event: KeyboardEvent) => {
      const within = event.target instanceof Element ? event.target : null
      if (event.key !== 'Escape' || event.isComposing || within?.closest('.ant-select-open')) return
      event.stopPropagation()
      close.current()
    }
    dialog.addEventListener('keydown', onKey)
    return () => {
      clearInterval(enter)
      dialog.removeEventListener('keydown', onKey)
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return inside
}

function DrawerHead({ title, subtitle, head, onPrevious, onNext, onClose }: DetailDrawerProps) {
  const t = useWords(uiWords)
  const inside = useDrawerKeys(onClose)
  return (
    <div ref={inside} className="fx-drawer-head">
      <span className="fx-drawer-name">
        <span className="fx-drawer-title">{title}</span>
        {subtitle ? <span className="fx-drawer-subtitle">{subtitle}</span> : null}
      </span>
      <span className="fx-drawer-aside">
        {head}
        {onPrevious || onNext ? (
          <>
            <Button
              size="small"
              aria-label={t('previousRow')}
              disabled={!onPrevious}
              onClick={onPrevious}
              icon={<Icon name="up" size={14} />}
            />
            <Button
              size="small"
              aria-label={t('nextRow')}
              disabled={!onNext}
              onClick={onNext}
              icon={<Icon name="down" size={14} />}
            />
          </>
        ) : null}
      </span>
    </div>
  )
}

export type DetailSectionProps = {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

export function DetailSection({ title, note, actions, children }: DetailSectionProps) {
  return (
    <section className="fx-section">
      <header className="fx-section-head">
        <h2>{title}</h2>
        {note ? <span className="fx-panel-note">{note}</span> : null}
        {actions ? <div className="fx-panel-actions">{actions}</div> : null}
      </header>
      {children}
    </section>
  )
}

export type Fact = {
  label: ReactNode
  value: ReactNode /** Right of the value: a signal, a limit. */
  aside?: ReactNode
}

/** Label, value, what is said about it; a line below each. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="fx-facts">
      {facts.map((fact, index) => (
        <div key={index}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
          {fact.aside ? <dd className="fx-facts-aside">{fact.aside}</dd> : null}
        </div>
      ))}
    </dl>
  )
}

export type HistoryEntry = { key: string; at: string | number | Date; who?: ReactNode; what: ReactNode }

/** Newest first is the caller's order; a day is written once, above its entries. */
export function HistoryList({ entries }: { entries: HistoryEntry[] }) {
  const format = useFormat()
  let before = ''
  return (
    <ol className="fx-history">
      {entries.map(entry => {
        const day = format.day(entry.at)
        const heading = day === before ? null : day
        before = day
        return (
          <li key={entry.key}>
            {heading ? <div className="fx-history-day fx-date">{heading}</div> : null}
            <div className="fx-history-row">
              <time dateTime={new Date(entry.at).toISOString()}>{format.time(entry.at)}</time>
              <span>
                {entry.what} {entry.who ? <span className="fx-history-who">{entry.who}</span> : null}
              </span>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
