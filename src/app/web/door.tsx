import type { ReactNode } from 'react'
import { useWords } from '../../ui/i18n.ts'
import { doorWords } from './words.ts'
import './door.css'

/** The card that everything before the desk stands on. */
export function Door({ children }: { children: ReactNode }) {
  const t = useWords(doorWords)
  return (
    <main className="door">
      <div className="door-card">
        <div className="door-mark">{t('mark')}</div>
        {children}
      </div>
    </main>
  )
}
