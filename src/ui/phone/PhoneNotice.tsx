import './pieces.css'
import { Icon, type IconName } from '../icons.tsx'

export type PhoneNoticeProps = {
  icon: IconName
  says: string
  /** What is offered; absent where there is only something to read. */
  yes?: string
  onYes?: () => void
  no: string
  onNo: () => void
}

/** One line below the strip, with its answers; it takes room from the page and covers nothing. */
export function PhoneNotice({ icon, says, yes, onYes, no, onNo }: PhoneNoticeProps) {
  return (
    <aside className="fx-notice" aria-label={says}>
      <Icon name={icon} size={24} />
      <span>{says}</span>
      {yes ? (
        <button type="button" className="fx-notice-yes" onClick={onYes}>
          {yes}
        </button>
      ) : null}
      <button type="button" onClick={onNo}>
        {no}
      </button>
    </aside>
  )
}
