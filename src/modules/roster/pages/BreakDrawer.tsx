// One duty that breaks: by which rule, and who may take it, the best first.
import { Button } from 'antd'
import { DetailDrawer, DetailSection, Facts, formatNumber, useLang, useWords } from '../../../ui/index.ts'
import type { BreakRow, FillOne } from './BreaksPage.tsx'
import { breakWords } from './break-words.ts'
import { DutyWords } from './LivedFrame.tsx'

interface BreakDrawerProps {
  row: BreakRow
  busy: boolean
  onFill: FillOne | null
  onClose: () => void
}

export function BreakDrawer({ row, busy, onFill, onClose }: BreakDrawerProps) {
  const t = useWords(breakWords)
  const { lang } = useLang()
  return (
    <DetailDrawer open onClose={onClose} title={row.name} subtitle={row.unitName}>
      <Facts
        facts={[
          { label: t('duty'), value: <DutyWords duty={row.duty} /> },
          { label: t('why'), value: row.broken[lang], aside: row.broken.rule },
        ]}
      />
      <DetailSection title={t('ranked')}>
        {row.proposals.length === 0 ? <p>{t('nobodyNote')}</p> : null}
        <ol className="sw-proposals">
          {row.proposals.map((one, at) => (
            <li key={one.officerId}>
              <span className="sw-two">
                <b>{one.name}</b> <span className="sw-small">{one.badge}</span> {one.unitName}
                <br />
                <span className="sw-small">
                  {[
                    ...(one.sameUnit ? [t('sameUnit')] : []),
                    ...(one.doubles ? [t('doubles')] : []),
                    t('week', { n: formatNumber(Math.round(one.weekMinutes / 60)) }),
                  ].join(' · ')}
                </span>
              </span>
              {onFill ? (
                <Button
                  type={at === 0 ? 'primary' : 'default'}
                  disabled={busy}
                  aria-label={`${t('fill')} ${one.name}`}
                  onClick={() => onFill(row, one.officerId)}
                >
                  {t('fill')}
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      </DetailSection>
    </DetailDrawer>
  )
}
