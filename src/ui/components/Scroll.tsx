import type { ReactNode } from 'react'

export type ScrollProps = {
  /** What is in it, for readers. */
  label: string
  className?: string
  children?: ReactNode
}

/** For what is wider or longer than its place, a table on a phone: it scrolls by itself, and keys reach it. */
export function Scroll({ label, className, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={className ? `fx-scroll ${className}` : 'fx-scroll'} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
