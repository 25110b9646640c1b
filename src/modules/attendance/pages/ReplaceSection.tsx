// Who can take the place, the best first, with the reasons; and who may not, with the rule.
import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailSection,
  formatNumber,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { demandSkillTitles } from '../../posts/contracts.ts'
import { replace, replacements, type SeatView } from '../contracts.ts'
import { attendanceWords } from './words.ts'

type Answer = OutputOf<typeof replacements>
type Candidate = Answer['rows'][number]

interface ReplaceSectionProps {
  /** The place, and whose it is; null where nobody was rostered. */
  row: Pick<SeatView, 'postId' | 'day' | 'patternId' | 'band' | 'state'> & { officerId: string | null }
  onDone: () => void
}

export function ReplaceSection({ row, onDone }: ReplaceSectionProps) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const [open, setOpen] = useState(row.state === 'missing' || row.state === 'absent')
  const { postId, day, patternId, band, officerId } = row
  const seat = { postId, day, patternId, band }
  const answer = useAsk(replacements, { ...seat, replacesOfficerId: officerId }, { enabled: open })
  const send = useDo(replace)
  const order = (who: string, here: boolean) => {
    const input = { standInId: newId(), ...seat, officerId: who, replacesOfficerId: officerId, here }
    send.mutate(input, { onSuccess: onDone })
  }
  const skill = answer.data?.skill
  const skillWord = skill
    ? (demandSkillTitles as Record<string, { zh: string; en: string }>)[skill]?.[lang]
    : null
  return (
    <DetailSection
      title={t('replaceTitle')}
      note={skillWord ? t('lacks', { skill: skillWord }) : t('replaceNote')}
      actions={
        open ? undefined : (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('send')}
          </Button>
        )
      }
    >
      {send.error ? <ProblemNote error={send.error} safe="kept" /> : null}
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {open && answer.isPending ? <SkeletonPanel lines={6} /> : null}
      {answer.data ? <Candidates answer={answer.data} busy={send.isPending} onSend={order} /> : null}
    </DetailSection>
  )
}

interface CandidatesProps {
  answer: Answer
  busy: boolean
  onSend: (officerId: string, here: boolean) => void
}

function Candidates({ answer, busy, onSend }: CandidatesProps) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  return (
    <>
      {answer.rows.length === 0 ? <p>{t('nobody')}</p> : null}
      <ol className="at-candidates">
        {answer.rows.map(one => (
          <li key={one.officerId}>
            <span>
              <b>{one.name}</b> <span className="at-quiet">{one.unitName}</span>
              <Reasons one={one} />
            </span>
            <Button size="small" disabled={busy} onClick={() => onSend(one.officerId, true)}>
              {t('here')}
            </Button>
            <Button size="small" type="primary" disabled={busy} onClick={() => onSend(one.officerId, false)}>
              {t('send')}
            </Button>
          </li>
        ))}
      </ol>
      {answer.barred.length > 0 ? (
        <details className="at-barred">
          <summary>
            {t('barred')} {t('barredCount', { n: answer.counts.barred })}
          </summary>
          <ul>
            {answer.barred.map(one => (
              <li key={one.officerId}>
                <b>{one.name}</b> <span className="at-quiet">{one[lang]}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

const hours = (minutes: number) => formatNumber(Math.round(minutes / 6) / 10)

function Reasons({ one }: { one: Candidate }) {
  const t = useWords(attendanceWords)
  const said = [
    t(one.from),
    ...(one.kilometres === null ? [] : [t('kilometres', { n: formatNumber(one.kilometres) })]),
    ...(one.sameUnit ? [t('sameUnit')] : []),
    ...(one.restMinutes === null || one.restMinutes === 0 ? [] : [t('rest', { n: hours(one.restMinutes) })]),
    t('week', { n: hours(one.weekMinutes) }),
  ]
  return <span className="at-reasons">{said.join(' · ')}</span>
}
