import { Button, Modal } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { useWords } from '../i18n.ts'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'
import { Figure } from './Figure.tsx'

export type ConfirmOptions = {
  /** A question that names the act: 换下郑例二？ */
  title: ReactNode
  /** How many are touched. Always said when more than one thing changes. */
  count?: number
  unit?: string
  /** Who or what, by name; the first few of a long list. */
  what?: ReactNode
  /** What follows, and whether it can be undone. */
  then?: ReactNode
  /** The button names its effect: 写入 119 人 */
  ok: string
  danger?: boolean
}

export type ConfirmProps = ConfirmOptions & {
  open: boolean
  busy?: boolean
  onOk: () => void
  onCancel: () => void
}

export function Confirm(props: ConfirmProps) {
  const { open, busy, title, count, unit, what, then, ok, danger, onOk, onCancel } = props
  const t = useWords(uiWords)
  return (
    <Modal
      open={open}
      onCancel={onCancel}
      closable={false}
      width={440}
      title={
        <span className="fx-confirm-title">
          {danger ? <Signal kind="red" size={18} /> : null}
          {title}
        </span>
      }
      footer={[
        <Button key="cancel" onClick={onCancel} disabled={busy}>
          {t('cancel')}
        </Button>,
        <Button key="ok" type="primary" danger={danger} onClick={onOk} loading={busy}>
          {ok}
        </Button>,
      ]}
    >
      <div className="fx-confirm">
        {count === undefined ? null : (
          <p className="fx-confirm-count">
            <Figure value={count} unit={unit} />
          </p>
        )}
        {what ? <div>{what}</div> : null}
        {then ? <p className="fx-confirm-then">{then}</p> : null}
      </div>
    </Modal>
  )
}

type Asked = ConfirmOptions & { answer: (yes: boolean) => void }

/** `const [ask, confirm] = useConfirm()`; `if (await ask({...}))`; render `{confirm}` once in the page. */
export function useConfirm(): [ask: (options: ConfirmOptions) => Promise<boolean>, element: ReactNode] {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [open, setOpen] = useState(false)
  const ask = useCallback((options: ConfirmOptions) => {
    setOpen(true)
    return new Promise<boolean>(resolve => setAsked({ ...options, answer: resolve }))
  }, [])
  const close = (yes: boolean) => {
    setOpen(false)
    asked?.answer(yes)
  }
  const { answer: _answer, ...options } = asked ?? { answer: undefined, title: '', ok: '' }
  const element = <Confirm {...options} open={open} onOk={() => close(true)} onCancel={() => close(false)} />
  return [ask, element]
}
