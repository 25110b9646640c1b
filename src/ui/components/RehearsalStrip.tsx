import './strip.css'
import { type ReactNode, useLayoutEffect } from 'react'
import { useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'

export type Rehearsal = {
  /** The agency's name; the wall and the desk say whose rehearsal it is. */
  agency?: ReactNode
  note?: ReactNode
  /** The rehearsal's own clock, already written: 11月3日 14:26 */
  clock?: string
}

/** 24 px of ink at the top of every desk page. Nothing covers it: drawers and dialogs start below it. */
export function RehearsalStrip({ agency, note, clock }: Rehearsal) {
  const t = useWords(uiWords)
  // Drawers live at the end of <body>, outside the shell, so the height is told to the whole page.
  useLayoutEffect(() => {
    document.documentElement.classList.add('fx-rehearsing')
    return () => document.documentElement.classList.remove('fx-rehearsing')
  }, [])
  return (
    <aside className="fx-strip" aria-label={t('rehearsal')}>
      <strong className="fx-strip-mark">{t('rehearsalSpaced')}</strong>
      <span className="fx-strip-note">
        {agency ? <span>{agency}</span> : null}
        <span>{note ?? t('rehearsalNote')}</span>
      </span>
      {clock ? (
        <span className="fx-strip-clock">
          {t('rehearsalClock')} <span className="fx-date">{clock}</span>
        </span>
      ) : null}
    </aside>
  )
}

/** The phone's banner: hatched, with the one word. 16 px at 640 high, 24 at 760 and more. */
export function RehearsalBanner() {
  const t = useWords(uiWords)
  return (
    <aside className="fx-banner" aria-label={t('rehearsal')}>
      <strong>{t('rehearsal')}</strong>
    </aside>
  )
}
