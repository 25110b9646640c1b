import { Button } from 'antd'
import { useGo } from '../../../device/address.ts'
import { useSession } from '../../../device/hooks.ts'
import { EmptyState, Panel, Signal, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type EntryKind, entryKindTitles } from '../../commandpost/contracts.ts'
import type { Situation } from './figures-of.ts'
import { reportWords } from './words.ts'

/** The duty log as a quiet column: what is pinned, then the latest. */
export function LogColumn({ log }: { log: NonNullable<Situation['log']> }) {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const go = useGo()
  const format = useFormat(useSession().agency.timeZone)
  return (
    <Panel
      title={t('dutyLog')}
      fill
      actions={
        <Button size="small" onClick={() => go('/duty-log')}>
          {t('allEntries', { n: log.total })}
        </Button>
      }
    >
      {log.total === 0 ? <EmptyState sentence={t('emptyLog')} /> : null}
      <ul className="situation-rows">
        {log.rows.map(row => (
          <li key={row.entryId}>
            <button
              type="button"
              className="situation-entry"
              onClick={() => go(`/duty-log?open=${row.entryId}`)}
            >
              <small>
                {row.kind === 'alert' ? <Signal kind="red" size={12} /> : null}
                <span className="fx-date">
                  {format.day(row.happenedAt, { weekday: false })} {format.time(row.happenedAt)}
                </span>{' '}
                {entryKindTitles[row.kind as EntryKind][lang]} {row.pinned ? <em>{t('pinned')}</em> : null}
              </small>
              <span className={row.struck ? 'situation-said situation-struck' : 'situation-said'}>
                {lang === 'en' && row.textEn !== null ? row.textEn : row.text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
