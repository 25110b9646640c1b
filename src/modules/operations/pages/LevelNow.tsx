import { useSession } from '../../../device/hooks.ts'
import { EmptyState, formatDayTime, Panel, Signal, useLang, useWords } from '../../../ui/index.ts'
import type { Current } from './OperationPage.tsx'
import { operationWords, scopeName } from './words.ts'

const soonMs = 86_400_000

/** The level that holds now, for the whole bureau and in each narrower scope, with the time it falls back. */
export function LevelNow({ current }: { current: Current }) {
  const t = useWords(operationWords)
  const levels = [...(current.level ? [current.level] : []), ...current.scopes]
  return (
    <Panel title={t('level')}>
      {levels.length === 0 ? (
        <EmptyState sentence={t('levelNone')} example={t('levelExample')} />
      ) : (
        levels.map(level => <LevelLine key={level.levelId} level={level} now={current.now} />)
      )}
    </Panel>
  )
}

function LevelLine({ level, now }: { level: NonNullable<Current['level']>; now: string }) {
  const t = useWords(operationWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const inForce = level.state === 'inForce'
  const soon = inForce && Date.parse(level.fallsBackAt) - Date.parse(now) < soonMs
  const when = formatDayTime(level.fallsBackAt, { lang, timeZone })
  const levelName = (n: number) => t(`level${n}` as 'level1')
  return (
    <div className="fx-duty-now">
      <span className="fx-duty-level">{levelName(level.levelNow)}</span>
      <span>{scopeName(level.scopeText, t)}</span>
      <span className="fx-duty-note">
        {level.orderNumber} · {t('by', { who: level.orderedBy })}
      </span>
      <span className="fx-duty-note fx-duty-until">
        {inForce ? t('until', { when, level: levelName(level.fallsBackTo) }) : t('fallenBack')}
      </span>
      {soon ? (
        <span className="fx-tone-amber">
          <Signal kind="amber" size={14} /> {t('soon')}
        </span>
      ) : null}
    </div>
  )
}
