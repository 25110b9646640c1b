// One alert: what it is, whose, by when; what was done about it; and what the reader may do now.
import './alerts.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { acknowledgeAlerts, alertDetail, wakeAlert } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  type DetailDrawerProps,
  DetailSection,
  Facts,
  formatDayTime,
  ProblemNote,
  Signal,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { HandForm, SnoozeForm } from './AlertForms.tsx'
import {
  At,
  Clock,
  ownerWords,
  roleName,
  StateWords,
  stretchWords,
  Times,
  titleOf,
  watchOf,
} from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'

type Detail = OutputOf<typeof alertDetail>
type Step = Detail['steps'][number]
type AlertDrawerProps = { alertId: string } & Pick<DetailDrawerProps, 'onClose' | 'onPrevious' | 'onNext'>

export function AlertDrawer({ alertId, ...drawer }: AlertDrawerProps) {
  const { lang } = useLang()
  const answer = useAsk(alertDetail, { alertId })
  const [doing, setDoing] = useState<'hand' | 'snooze' | null>(null)
  const row = answer.data?.alertId === alertId ? answer.data : undefined
  const back = () => setDoing(null)
  if (row && doing === 'hand') return <HandForm row={row} onClose={back} />
  if (row && doing === 'snooze') return <SnoozeForm row={row} onClose={back} />
  return (
    <DetailDrawer
      open
      {...drawer}
      width={560}
      title={row ? watchOf(row, lang) : ''}
      head={row && row.clearedAt === null ? <StateWords row={row} /> : undefined}
      loading={!row && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={row?.may ? <Later row={row} onDo={setDoing} /> : null}
      footEnd={row?.may ? <Now row={row} /> : null}
    >
      {row ? <Content row={row} /> : null}
    </DetailDrawer>
  )
}

function Later({ row, onDo }: { row: Detail; onDo: (what: 'hand' | 'snooze') => void }) {
  const t = useWords(alertWords)
  const wake = useDo(wakeAlert)
  return (
    <span className="alert-acts">
      <Button onClick={() => onDo('hand')}>{t('hand')}</Button>
      {row.state === 'snoozed' ? (
        <Button loading={wake.isPending} onClick={() => wake.mutate({ alertId: row.alertId })}>
          {t('wake')}
        </Button>
      ) : (
        <Button onClick={() => onDo('snooze')}>{t('snooze')}</Button>
      )}
      {wake.error ? <ProblemNote error={wake.error} /> : null}
    </span>
  )
}

function Now({ row }: { row: Detail }) {
  const t = useWords(alertWords)
  const { accountId } = useSession()
  const doing = useDo(acknowledgeAlerts)
  const send = (take: boolean) => doing.mutate({ alertIds: [row.alertId], take })
  const own = row.ownerId === accountId && row.acknowledgedAt !== null
  return (
    <span className="alert-acts">
      {doing.error ? <ProblemNote error={doing.error} /> : null}
      {own ? null : (
        <Button loading={doing.isPending} onClick={() => send(true)}>
          {t('take')}
        </Button>
      )}
      {row.acknowledgedAt === null ? (
        <Button type="primary" loading={doing.isPending} onClick={() => send(false)}>
          {t('acknowledge')}
        </Button>
      ) : null}
    </span>
  )
}

function Content({ row }: { row: Detail }) {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const go = useGo()
  const { timeZone } = useSession().agency
  const up =
    row.goesUpAt && row.goesUpTo
      ? t('goesUpTo', {
          time: formatDayTime(row.goesUpAt, { lang, timeZone }),
          role: roleName(row.goesUpTo, lang),
        })
      : t('stays')
  const open = row.clearedAt === null
  const facts = [
    {
      label: t('severity'),
      value: (
        <span className="alert-sign">
          <Signal kind={row.severity} size={14} /> {t(row.severity)}
        </span>
      ),
    },
    { label: t('owner'), value: ownerWords(row, lang) },
    { label: t('raised'), value: <At instant={row.raisedAt} />, aside: <Times row={row} /> },
    { label: t('due'), value: <At instant={row.dueAt} />, aside: open ? <Clock row={row} /> : null },
    { label: open ? t('standsSince') : t('stood'), value: stretchWords(t, row.stoodMinutes) },
    ...(row.acknowledgedAt
      ? [
          {
            label: t('acknowledgedBy'),
            value: (
              <>
                <At instant={row.acknowledgedAt} /> {row.acknowledgedBy}
              </>
            ),
          },
        ]
      : []),
    ...(open && row.snoozedUntil ? [{ label: t('until'), value: <At instant={row.snoozedUntil} /> }] : []),
    ...(row.clearedAt ? [{ label: t('cleared'), value: <At instant={row.clearedAt} /> }] : []),
    ...(open ? [{ label: t('goesUp'), value: up }] : []),
  ]
  return (
    <>
      <p className="alert-title">{titleOf(row, lang)}</p>
      <p className="alert-record alert-acts">
        <Button onClick={() => go(row.link)}>{t('openRecord')}</Button>
      </p>
      <Facts facts={facts} />
      <DetailSection title={t('steps')}>
        <ol className="alert-steps">
          {row.steps.map(step => (
            <StepLine key={step.n} step={step} />
          ))}
        </ol>
      </DetailSection>
    </>
  )
}

/** Steps of the system carry in `text` what is said in words here. */
function StepLine({ step }: { step: Step }) {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const owner = ownerWords(step, lang)
  const said: Record<Step['kind'], string> = {
    raised: t('stepRaised', { owner }),
    acknowledged: t('stepAcknowledged'),
    taken: t('stepTaken'),
    handed: t('stepHanded', { owner }),
    snoozed: t('stepSnoozed', { time: step.until ? format.time(step.until) : '' }),
    woken: t('stepWoken'),
    wentUp: t('stepWentUp', { owner }),
    ended: t('stepEnded'),
    continued: t('stepContinued'),
    turned: step.text === 'red' ? t('stepRed') : t('stepAmber'),
  }
  const own = step.kind === 'handed' || step.kind === 'snoozed'
  return (
    <li>
      <At instant={step.at} />
      <span>
        <strong>{said[step.kind]}</strong> <span className="alert-quiet">{step.by ?? t('system')}</span>
      </span>
      {own && step.text ? <p>{step.text}</p> : null}
    </li>
  )
}
