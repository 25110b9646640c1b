// One request at the desk: both sides, what it would break now, what was said, and the decision.
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  ErrorNote,
  Facts,
  Field,
  FormDrawer,
  ProblemNote,
  TextArea,
  useConfirm,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { approveSwap, refuseSwap, swap, swapKindTitles } from '../contracts.ts'
import { DutyWords, Moment } from './LivedFrame.tsx'
import { SwapStateWord } from './SwapListPage.tsx'
import { swapWords } from './swap-words.ts'

type Swap = OutputOf<typeof swap>

export function SwapDrawer({ swapId, onClose }: { swapId: string; onClose: () => void }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const answer = useAsk(swap, { swapId }, { refetchSeconds: 60 })
  const [refusing, setRefusing] = useState(false)
  const row = answer.data?.swapId === swapId ? answer.data : undefined
  if (row && refusing) return <RefuseForm row={row} onClose={() => setRefusing(false)} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={560}
      title={row ? `${row.asker.name} ${swapKindTitles[row.kind][lang]}` : ''}
      subtitle={row?.asker.unitName}
      head={row ? <SwapStateWord state={row.state} /> : undefined}
      loading={!row && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footEnd={row ? <Acts row={row} onRefuse={() => setRefusing(true)} /> : null}
    >
      {row ? <Content row={row} /> : null}
    </DetailDrawer>
  )
}

function Acts({ row, onRefuse }: { row: Swap; onRefuse: () => void }) {
  const t = useWords(swapWords)
  const approve = useDo(approveSwap)
  const [ask, question] = useConfirm()
  const send = async () => {
    const then =
      row.drafts > 0 ? `${t('approveThen')}${t('approveDrafts', { n: row.drafts })}` : t('approveThen')
    const what = [row.asker.name, row.partner?.name ?? ''].join(t('comma'))
    const yes = await ask({ title: t('approveAsk'), what, then, ok: t('approve') })
    if (yes) approve.mutate({ swapId: row.swapId })
  }
  if (!row.may.refuse) return null
  return (
    <>
      {approve.error ? <ProblemNote error={approve.error} /> : null}
      <Button onClick={onRefuse}>{t('refuse')}</Button>
      <Button
        type="primary"
        disabled={!row.may.approve}
        loading={approve.isPending}
        onClick={() => void send()}
      >
        {t('approve')}
      </Button>
      {question}
    </>
  )
}

function RefuseForm({ row, onClose }: { row: Swap; onClose: () => void }) {
  const t = useWords(swapWords)
  const refuse = useDo(refuseSwap)
  const form = `swap refuse ${row.swapId}`
  const initial = () => ({ reason: '' })
  const [{ reason }, setDraft, kept] = useKeptDraft({ form, initial, contract: refuseSwap })
  const ready = reason.trim() !== ''
  const done = { onSuccess: kept.done(onClose) }
  return (
    <FormDrawer
      onClose={onClose}
      title={t('refuseTitle')}
      subtitle={row.asker.name}
      ok={t('refuse')}
      ready={ready}
      doing={[refuse]}
      kept={kept}
      onSubmit={() => {
        if (ready) refuse.mutate({ swapId: row.swapId, reason: reason.trim() }, done)
      }}
    >
      <Field label={t('reason')} hint={t('refuseHint')} required>
        <TextArea rows={4} value={reason} maxLength={200} onChange={next => setDraft({ reason: next })} />
      </Field>
    </FormDrawer>
  )
}

function Content({ row }: { row: Swap }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const open = row.state === 'asked' || row.state === 'agreed'
  const facts = [
    { label: t('asker'), value: `${row.asker.name} ${row.asker.unitName}` },
    { label: t('given'), value: <DutyWords duty={row.given} /> },
    {
      label: t('partner'),
      value: row.partner ? `${row.partner.name} ${row.partner.unitName}` : t('nobodyYet'),
    },
    { label: t('returned'), value: row.returned ? <DutyWords duty={row.returned} /> : t('noReturn') },
    ...(open
      ? [{ label: t('due'), value: <Moment at={row.dueAt} /> }]
      : row.settledAt
        ? [{ label: t('settledAt'), value: <Moment at={row.settledAt} /> }]
        : []),
    ...(row.version ? [{ label: t('approve'), value: t('newVersion', { n: row.version }) }] : []),
    ...(row.reason ? [{ label: t('reason'), value: row.reason }] : []),
  ]
  const broken = row.broken.map(one => `${one.name} ${one.day.slice(5)} ${one[lang]}(${one.rule})`)
  return (
    <>
      {broken.length > 0 ? <ErrorNote what={t('breaks')} todo={broken.join(t('comma'))} /> : null}
      <Facts facts={facts} />
      <DetailSection title={t('steps')}>
        <ol className="sw-steps">
          {row.steps.map(step => (
            <li key={step.n}>
              <Moment at={step.at} />
              <span>
                <strong>{t(`step_${step.kind}`)}</strong>{' '}
                <span className="sw-small">{step.by ?? t('system')}</span>
                {step.text ? <span className="sw-two">{step.text}</span> : null}
              </span>
            </li>
          ))}
        </ol>
      </DetailSection>
    </>
  )
}
