import './button.css'
import type { ComponentProps } from 'react'

export type PlainButtonProps = ComponentProps<'button'> & { filled?: boolean }

/** A button that needs no Ant Design: 28 high at the desk, 56 on the phone. Looks the same as theirs. */
export function PlainButton({ filled, className, ...rest }: PlainButtonProps) {
  const classes = ['fx-button', filled && 'fx-button-filled', className].filter(Boolean).join(' ')
  return <button type="button" {...rest} className={classes} />
}
