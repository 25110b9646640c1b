import { Dropdown } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useLang, useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'

export type OperationSwitchProps = {
  name: string
  /** Others to switch to. With none the name stands alone. */
  options?: { key: string; label: string }[]
  onSwitch?: (key: string) => void
}
export type DutyLevelProps = { label: string; order?: string; onOpen?: () => void }
export type DutyDay = {
  /** Already written: 11月3日 周三 */
  day: string
  nth?: number
  /** 14:26 */
  time: string
}
export type AlertCounts = { total: number; red: number; onOpen: () => void }
export type UserMenuItem = { key: string; label: ReactNode; danger?: boolean } | { type: 'divider' }
export type UserBadge = {
  name: string
  role?: string
  menu: UserMenuItem[]
  onMenu: (key: string) => void
}

export type TopBarProps = {
  operation?: OperationSwitchProps
  level?: DutyLevelProps
  dutyDay?: DutyDay
  /** Opens the palette; Ctrl+K does the same. */
  onSearch?: () => void
  searchHint?: string
  alerts?: AlertCounts
  user?: UserBadge
  /** Anything else the bar must say (connection lost, read only …), left of the search. */
  extra?: ReactNode
  onMenu: () => void
}

export function TopBar(props: TopBarProps) {
  const t = useWords(uiWords)
  return (
    <header className="fx-bar">
      <button type="button" className="fx-bar-menu" aria-label={t('openMenu')} onClick={props.onMenu}>
        <Icon name="menu" size={20} />
      </button>
      <div className="fx-mark">{t('mark')}</div>
      <div className="fx-bar-wide">
        {props.operation ? <OperationSwitch {...props.operation} /> : null}
        {props.level ? <DutyLevel {...props.level} /> : null}
      </div>
      {props.dutyDay ? <DutyClock {...props.dutyDay} /> : null}
      <div className="fx-bar-gap" />
      {props.extra}
      {props.onSearch ? <SearchTrigger onSearch={props.onSearch} hint={props.searchHint} /> : null}
      {props.alerts ? <AlertsButton {...props.alerts} /> : null}
      <div className="fx-bar-wide">
        <LangSwitch />
      </div>
      {props.user ? <UserButton {...props.user} /> : null}
    </header>
  )
}

export function OperationSwitch({ name, options = [], onSwitch }: OperationSwitchProps) {
  const t = useWords(uiWords)
  if (!options.length) return <span className="fx-operation fx-operation-only">{name}</span>
  const items = options.map(({ key, label }) => ({ key, label }))
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: event => onSwitch?.(event.key) }}>
      <button type="button" className="fx-operation" aria-label={t('switchOperation', { name })}>
        <span>{name}</span>
        <Icon name="down" size={14} />
      </button>
    </Dropdown>
  )
}

/** The level opens the order that set it. */
export function DutyLevel({ label, order, onOpen }: DutyLevelProps) {
  const body = (
    <>
      <strong>{label}</strong>
      {order ? <span>{order}</span> : null}
    </>
  )
  if (!onOpen) return <span className="fx-level">{body}</span>
  return (
    <button type="button" className="fx-level" onClick={onOpen}>
      {body}
    </button>
  )
}

function DutyClock({ day, nth, time }: DutyDay) {
  const t = useWords(uiWords)
  return (
    <div className="fx-clock">
      <span className="fx-clock-label">{t('dutyDay')}</span>
      <span className="fx-date fx-clock-day">{day}</span>
      {nth === undefined ? null : <span className="fx-clock-nth">{t('nthDay', { n: nth })}</span>}
      <strong className="fx-clock-time">{time}</strong>
    </div>
  )
}

function SearchTrigger({ onSearch, hint }: { onSearch: () => void; hint?: string }) {
  const t = useWords(uiWords)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      onSearch()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onSearch])
  return (
    <button type="button" className="fx-search" onClick={onSearch} aria-keyshortcuts="Control+K">
      <Icon name="search" />
      <span className="fx-search-hint">{hint ?? t('search')}</span>
      <span className="fx-key" aria-hidden>
        Ctrl K
      </span>
    </button>
  )
}

function AlertsButton({ total, red, onOpen }: AlertCounts) {
  const t = useWords(uiWords)
  return (
    <button type="button" className="fx-alerts" onClick={onOpen}>
      <Icon name="bell" />
      <span className="fx-alerts-word">{t('alerts')}</span>
      <strong>{total}</strong>
      {red ? (
        <span className="fx-alerts-red">
          <Signal kind="red" size={14} label={t('alertsRed')} />
          <strong>{red}</strong>
        </span>
      ) : null}
    </button>
  )
}

export function LangSwitch() {
  const t = useWords(uiWords)
  const { lang, setLang } = useLang()
  return (
    <div className="fx-lang" role="group" aria-label={t('language')}>
      <button type="button" lang="zh-CN" aria-pressed={lang === 'zh'} onClick={() => setLang('zh')}>
        中<span className="fx-hidden">文</span>
      </button>
      <button
        type="button"
        lang="en"
        title="English"
        aria-pressed={lang === 'en'}
        onClick={() => setLang('en')}
      >
        EN
      </button>
    </div>
  )
}

function UserButton({ name, role, menu, onMenu }: UserBadge) {
  const t = useWords(uiWords)
  return (
    // The button stands at the right edge, so the menu hangs from its right corner and cannot leave the screen.
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{ items: menu, onClick: event => onMenu(event.key) }}
    >
      <button type="button" className="fx-user">
        <Icon name="me" size={20} className="fx-user-icon" />
        <strong>{name}</strong>
        {role ? <span>{role}</span> : null}
        <span className="fx-hidden">{t('userMenu')}</span>
      </button>
    </Dropdown>
  )
}
