import { Button } from 'antd'
import type { ReactNode } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useMay } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import {
  DetailDrawer,
  Facts,
  Field,
  FieldForm,
  Figure,
  Panel,
  ProblemNote,
  RecordHistory,
  TextInput,
  useConfirm,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { changeOperation, endOperation, openOperation, startOperation } from '../contracts.ts'
import type { Operation } from './OperationPage.tsx'
import { operationWords } from './words.ts'

function Day({ day }: { day: string }) {
  return <span className="fx-date">{useFormat().day(day, { year: true })}</span>
}

export function OperationCard({ operation, onChange }: { operation: Operation; onChange: () => void }) {
  const t = useWords(operationWords)
  const mayChange = useMay(changeOperation)
  const { operationId } = operation
  const past = useRecordHistory({ table: 'operation', rowId: operationId, parts: ['duty_level'] })
  return (
    <Panel
      title={operation.name}
      note={t(operation.state)}
      actions={
        mayChange ? (
          <Button size="small" onClick={onChange}>
            {t('change')}
          </Button>
        ) : null
      }
      padded
    >
      <Facts
        facts={[
          { label: t('beginsOn'), value: <Day day={operation.beginsOn} /> },
          {
            label: t('plannedEnd'),
            value: operation.endsOn ? <Day day={operation.endsOn} /> : t('open_end'),
          },
          {
            label: t('days'),
            value: <Figure value={operation.days} unit={t('dayUnit')} />,
          },
        ]}
      />
      <RecordHistory {...past} />
    </Panel>
  )
}

export function OperationList({ rows, actions }: { rows: Operation[]; actions?: ReactNode }) {
  const t = useWords(operationWords)
  const format = useFormat()
  const start = useDo(startOperation)
  const mayStart = useMay(startOperation)
  if (rows.length === 0) return null
  return (
    <Panel title={t('others')} actions={actions} padded>
      {start.error ? <ProblemNote error={start.error} /> : null}
      <Facts
        facts={rows.map(row => ({
          label: t(row.state),
          value: (
            <>
              {row.name}{' '}
              <span className="fx-date fx-duty-note">
                {format.day(row.beginsOn, { weekday: false })} —{' '}
                {row.endsOn ? format.day(row.endsOn, { weekday: false }) : t('open_end')}
              </span>
            </>
          ),
          aside:
            row.state === 'planned' && mayStart ? (
              <Button
                size="small"
                loading={start.isPending}
                onClick={() => start.mutate({ operationId: row.operationId })}
              >
                {t('start')}
              </Button>
            ) : (
              <Figure value={row.days} unit={t('dayUnit')} />
            ),
        }))}
      />
    </Panel>
  )
}

type OperationDrawerProps = { today: string; operation?: Operation; onClose: () => void }

/** Opens an operation, or changes the one given and can end it. */
export function OperationDrawer({ today, operation, onClose }: OperationDrawerProps) {
  const t = useWords(operationWords)
  const [draft, setDraft, kept] = useKeptDraft({
    form: `operation ${operation?.operationId ?? 'new'}`,
    initial: () => ({
      name: operation?.name ?? '',
      beginsOn: operation?.beginsOn ?? today,
      endsOn: operation?.endsOn ?? '',
    }),
    contract: openOperation,
  })
  const { name, beginsOn, endsOn } = draft
  const open = useDo(openOperation)
  const change = useDo(changeOperation)
  const ready = name.trim() !== '' && beginsOn !== ''
  const submit = () => {
    if (!ready) return
    const fields = { name: name.trim(), beginsOn, endsOn: endsOn === '' ? null : endsOn }
    const done = { onSuccess: kept.done(onClose) }
    if (operation) change.mutate({ operationId: operation.operationId, ...fields }, done)
    else open.mutate({ operationId: newId(), ...fields }, done)
  }
  const error = open.error ?? change.error
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={operation ? t('change') : t('open')}
      footStart={operation ? <EndButton operation={operation} today={today} onDone={onClose} /> : null}
      footEnd={
        <Button
          type="primary"
          disabled={!ready}
          loading={open.isPending || change.isPending}
          onClick={submit}
        >
          {operation ? t('save') : t('open')}
        </Button>
      }
    >
      <FieldForm
        columns={2}
        onSubmit={submit}
        kept={kept}
        error={error ? <ProblemNote error={error} safe="kept" /> : undefined}
      >
        <Field label={t('name')} required wide hint={t('nameHint')}>
          <TextInput value={name} maxLength={80} onChange={next => setDraft({ ...draft, name: next })} />
        </Field>
        <Field label={t('beginsOn')} required>
          <TextInput type="date" value={beginsOn} onChange={next => setDraft({ ...draft, beginsOn: next })} />
        </Field>
        <Field label={t('plannedEnd')}>
          <TextInput
            type="date"
            value={endsOn}
            min={beginsOn}
            onChange={next => setDraft({ ...draft, endsOn: next })}
          />
        </Field>
      </FieldForm>
    </DetailDrawer>
  )
}

function EndButton({
  operation,
  today,
  onDone,
}: {
  operation: Operation
  today: string
  onDone: () => void
}) {
  const t = useWords(operationWords)
  const format = useFormat()
  const end = useDo(endOperation)
  const [ask, confirm] = useConfirm()
  const endsOn = operation.endsOn !== null && operation.endsOn < today ? operation.endsOn : today
  const onClick = async () => {
    const sure = await ask({
      title: t('endAsk', { name: operation.name }),
      then: t('endThen', { day: format.day(endsOn) }),
      ok: t('end'),
      danger: true,
    })
    if (sure) end.mutate({ operationId: operation.operationId, endsOn }, { onSuccess: onDone })
  }
  return (
    <>
      <Button danger loading={end.isPending} onClick={() => void onClick()}>
        {t('end')}
      </Button>
      {end.error ? <ProblemNote error={end.error} /> : null}
      {confirm}
    </>
  )
}
