import './states.css'
import { useWords } from '../i18n.ts'
import { Signal } from '../signals.tsx'
import { uiWords } from '../ui-words.ts'

export type StepsHeadProps = { steps: string[] /** Counted from 0. */; current: number }

/** ✓ 选文件 —— ② 核对列与数据 —— ③ 写入 */
export function StepsHead({ steps, current }: StepsHeadProps) {
  const t = useWords(uiWords)
  return (
    <ol className="fx-steps">
      {steps.map((step, index) => {
        const done = index < current
        return (
          <li
            key={step}
            data-state={done ? 'done' : undefined}
            aria-current={index === current ? 'step' : undefined}
          >
            {done ? (
              <Signal kind="green" size={18} label={t('stepDone')} />
            ) : (
              <span className="fx-steps-no">{index + 1}</span>
            )}
            {step}
          </li>
        )
      })}
    </ol>
  )
}
