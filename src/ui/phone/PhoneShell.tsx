import '../base.css'
import './phone.css'
import { type ReactNode, useContext } from 'react'
import { RehearsalBanner } from '../components/RehearsalStrip.tsx'
import { useWords } from '../i18n.ts'
import { Icon, type IconName } from '../icons.tsx'
import { PhoneFrameContext } from './phone-frame.ts'
import { phoneWords } from './phone-words.ts'

export type PhoneTab = 'today' | 'check' | 'tasks' | 'me'

export type PhoneShellProps = {
  rehearsal?: boolean
  /** 石桥卡口 */
  post?: ReactNode
  /** 早班还剩 42 分 */
  left?: ReactNode
  network: 'online' | 'offline' | 'sending'
  /** What has not left the device; `earliest` already written: 14:05 */
  unsent?: { count: number; earliest: string } | null
  /** Where it is kept meanwhile, if not on this device for good: 只留在本页 */
  kept?: ReactNode
  /** Opens the list of what waits to be sent. */
  onUnsent?: () => void
  tab: PhoneTab
  onTab: (tab: PhoneTab) => void
  waiting?: Partial<Record<PhoneTab, number>>
  /** On every gate screen, at the same place. */
  emergency?: { onOpen: () => void; note?: ReactNode } | null
  /** No padding above: the page begins with a SaveLine. */
  flush?: boolean
  children?: ReactNode
}

/** Banner 16/24, strip 36/48, page, red bar, tabs 56/64; the second measure from 760 px of height. */
export function PhoneShell(props: PhoneShellProps) {
  const { rehearsal, emergency, flush, children } = props
  const { notice } = useContext(PhoneFrameContext)
  return (
    <div className="fx-phone" data-theme="sun">
      {rehearsal ? <RehearsalBanner /> : null}
      <PhoneStrip {...props} />
      {/* A gate screen has no room to spare, and its red bar stays where it is. */}
      {emergency ? null : notice}
      {/* It scrolls, so a keyboard must be able to reach it. */}
      <main tabIndex={0} className={flush ? 'fx-phone-main fx-phone-flush' : 'fx-phone-main'}>
        {children}
      </main>
      {emergency ? <EmergencyBar {...emergency} /> : null}
      <PhoneTabs {...props} />
    </div>
  )
}

function PhoneStrip({ post, left, network, unsent, kept, onUnsent }: PhoneShellProps) {
  const t = useWords(phoneWords)
  const { asOf } = useContext(PhoneFrameContext)
  const waits = unsent && unsent.count > 0
  const queue = waits ? t('unsent', { n: unsent.count, at: unsent.earliest }) : t('allSent')
  const line = (
    <>
      <Icon name={waits ? 'send' : 'tick'} size={18} />
      {queue}
    </>
  )
  const classes = waits ? 'fx-phone-queue fx-phone-warn' : 'fx-phone-queue'
  return (
    <header className="fx-phone-strip" aria-label={t('strip')}>
      <div className="fx-phone-post">
        <strong>{post}</strong> <span>{left}</span>
      </div>
      <div className={network === 'offline' ? 'fx-phone-net fx-phone-warn' : 'fx-phone-net'} role="status">
        <Icon name={network === 'offline' ? 'offline' : 'online'} size={18} />
        {t(network)}
        {network === 'offline' && asOf ? (
          <span className="fx-phone-as-of">{t('asOf', { at: asOf })}</span>
        ) : null}
      </div>
      {waits && onUnsent ? (
        <button type="button" className={classes} onClick={onUnsent}>
          {line}
        </button>
      ) : (
        <div className={classes}>{line}</div>
      )}
      <div className="fx-phone-kept">{waits ? (kept ?? t('onDevice')) : null}</div>
    </header>
  )
}

/** Red on the phone is this and nothing else. */
export function EmergencyBar({ onOpen, note }: { onOpen: () => void; note?: ReactNode }) {
  const t = useWords(phoneWords)
  return (
    <button type="button" className="fx-emergency" onClick={onOpen}>
      <Icon name="siren" size={28} />
      <strong>{t('emergency')}</strong>
      <span>{note ?? t('emergencyNote')}</span>
    </button>
  )
}

const tabs: { key: PhoneTab; icon: IconName }[] = [
  { key: 'today', icon: 'today' },
  { key: 'check', icon: 'shield' },
  { key: 'tasks', icon: 'tasks' },
  { key: 'me', icon: 'me' },
]

function PhoneTabs({ tab, onTab, waiting }: PhoneShellProps) {
  const t = useWords(phoneWords)
  return (
    <nav className="fx-phone-tabs" aria-label={t('tabs')}>
      {tabs.map(({ key, icon }) => {
        const n = waiting?.[key]
        return (
          <button
            key={key}
            type="button"
            aria-current={key === tab ? 'page' : undefined}
            onClick={() => onTab(key)}
          >
            <Icon name={icon} size={24} />
            <span>
              {t(key)}
              {n ? (
                <span className="fx-phone-waiting">
                  {n}
                  <span className="fx-hidden">{t('waiting', { n })}</span>
                </span>
              ) : null}
            </span>
          </button>
        )
      })}
    </nav>
  )
}
