// Who a subject is, for two minutes: whoever leaves the desk leaves nothing on the screen.
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../../kernel/contract.ts'
import { Facts, useLang, useWords } from '../../../ui/index.ts'
import { linkKindWords, type openSubject, valueKindWords } from '../contracts.ts'
import { subjectsWords } from './words.ts'

export const shownSeconds = 120

/** Seconds that are left; calls `onEnd` when none is. */
function useCountdown(onEnd: () => void): number {
  const [left, setLeft] = useState(shownSeconds)
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    // Reckoned from its beginning: a tab in the background is called seldom.
    const until = performance.now() + shownSeconds * 1_000
    const timer = setInterval(() => {
      const rest = Math.ceil((until - performance.now()) / 1_000)
      if (rest <= 0) end.current()
      else setLeft(rest)
    }, 1_000)
    return () => clearInterval(timer)
  }, [])
  return left
}

export function OpenedCard({
  opened,
  onClose,
}: {
  opened: OutputOf<typeof openSubject>
  onClose: () => void
}) {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const left = useCountdown(onClose)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="sub-opened">
      <h3 ref={heading} tabIndex={-1}>
        {t('opened')}
      </h3>
      <Facts facts={opened.values.map(one => ({ label: valueKindWords[one.kind][lang], value: one.text }))} />
      {opened.links.length > 0 ? (
        <>
          <h3>{t('links')}</h3>
          <ul className="sub-list">
            {opened.links.map(one => (
              <li key={`${one.otherId} ${one.kind}`}>
                <code>{one.otherId}</code> {linkKindWords[one.kind][lang]}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="sub-acts">
        <Button onClick={onClose}>{t('closeNow')}</Button>
        <span role="timer">{t('closesIn', { n: left })}</span>
      </div>
    </div>
  )
}
