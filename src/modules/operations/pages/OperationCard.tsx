import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useDo, useMay } from '../../../device/hooks.ts'
import {
  DetailDrawer,
  Facts,
  Field,
  FieldForm,
  Figure,
  Panel,
  ProblemNote,
  TextInput,
  useConfirm,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { changeOperation, endOperation, openOperation, startOperation } from '../contracts.ts'
import type { Operation } from './OperationPage.tsx'
import { operationWords } from './words.ts'

export function OperationCard({ operation, onChange }: { operation: Operation; onChange: () => void }) {
  const t = useWords(operationWords)
  const format = useFormat()
  const mayChange = useMay(changeOperation)
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
          { label: t('beginsOn'), value: format.day(operation.beginsOn, { year: true }) },
          {
            label: t('plannedEnd'),
            value: operation.endsOn ? format.day(operation.endsOn, { year: true }) : t('open_end'),
          },
          {
            label: t('days'),
            value: <Figure value={operation.days} unit={t('dayUnit')} />,
          },
        ]}
      />
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
          value: `${row.name} · ${format.day(row.beginsOn, { weekday: false })} — ${
            row.endsOn ? format.day(row.endsOn, { weekday: false }) : t('open_end')
          }`,
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
  const [name, setName] = useState(operation?.name ?? '')
  const [beginsOn, setBeginsOn] = useState(operation?.beginsOn ?? today)
  const [endsOn, setEndsOn] = useState(operation?.endsOn ?? '')
  const open = useDo(openOperation)
  const change = useDo(changeOperation)
  const ready = name.trim() !== '' && beginsOn !== ''
  const submit = () => {
    if (!ready) return
    const fields = { name: name.trim(), beginsOn, endsOn: endsOn === '' ? null : endsOn }
    if (operation) change.mutate({ operationId: operation.operationId, ...fields }, { onSuccess: onClose })
    else open.mutate({ operationId: newId(), ...fields }, { onSuccess: onClose })
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
        error={error ? <ProblemNote error={error} safe="kept" /> : undefined}
      >
        <Field label={t('name')} required wide hint={t('nameHint')}>
          <TextInput value={name} maxLength={80} onChange={setName} />
        </Field>
        <Field label={t('beginsOn')} required>
          <TextInput type="date" value={beginsOn} onChange={setBeginsOn} />
        </Field>
        <Field label={t('plannedEnd')}>
          <TextInput type="date" value={endsOn} min={beginsOn} onChange={setEndsOn} />
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
