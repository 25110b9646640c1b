// Recall 召回 at the desk: who is in by when, against the clock; it follows by itself.
import './recall.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  FigureRow,
  Panel,
  PlainButton,
  ProblemNote,
  Scroll,
  SelectInput,
  Signal,
  SkeletonPanel,
  TrendChart,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { orderRecall, recallBoard, recalls } from '../contracts.ts'
import { CommandFrame, Moment, type Running } from './CommandFrame.tsx'
import { DueWord } from './DifficultiesPage.tsx'
import { CloseRecallForm, RecallForm } from './RecallForm.tsx'
import { RecallPeople } from './RecallPeople.tsx'
import { recallWords } from './recall-words.ts'
import { commandWords } from './words.ts'

export type Board = OutputOf<typeof recallBoard>
const words = { ...commandWords, ...recallWords }

export default function RecallPage() {
  return <CommandFrame>{running => <Recall running={running} />}</CommandFrame>
}

function Recall({ running }: { running: Running }) {
  const t = useWords(words)
  const [address] = useAddress()
  const mayOrder = useMay(orderRecall)
  const found = useAsk(recalls, { operationId: running.operationId, limit: 200 }, { refetchSeconds: 60 })
  const [ordering, setOrdering] = useState(false)
  const rows = found.data?.rows ?? []
  const chosen = rows.find(row => row.recallId === address.recall) ?? rows[0]
  const order = mayOrder ? { label: t('order'), onClick: () => setOrdering(true) } : undefined
  return (
    <>
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={12} /> : null}
      {found.data && !chosen ? (
        <Panel title={t('recall')}>
          <h1 className="fx-hidden">{t('recall')}</h1>
          <EmptyState sentence={t('emptyRecall')} example={t('emptyRecallExample')} action={order} />
        </Panel>
      ) : null}
      {chosen ? <RecallBoard recallId={chosen.recallId} rows={rows} onOrder={order?.onClick} /> : null}
      {ordering ? <RecallForm running={running} onClose={() => setOrdering(false)} /> : null}
    </>
  )
}

type Rows = OutputOf<typeof recalls>['rows']
type BoardProps = { recallId: string; rows: Rows; onOrder?: () => void }

function RecallBoard({ recallId, rows, onOrder }: BoardProps) {
  const [address, setAddress] = useAddress()
  const found = useAsk(recallBoard, { recallId }, { refetchSeconds: 60 })
  const board = found.data?.recallId === recallId ? found.data : undefined
  const [closing, setClosing] = useState(false)
  /** What the figures and units narrow the list to; the recall stays. */
  const narrow = (more: Record<string, string>) => setAddress({ recall: recallId, ...more })
  return (
    <div className="rc">
      <Head
        board={board}
        rows={rows}
        recallId={recallId}
        onPick={recall => setAddress({ ...(address.unit ? { unit: address.unit } : {}), recall })}
        onClose={() => setClosing(true)}
        onOrder={onOrder}
      />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      <Figures board={board} narrow={narrow} />
      <div className="rc-mid">
        <Units board={board} narrow={narrow} />
        <Curve board={board} />
      </div>
      <RecallPeople recallId={recallId} mayKeep={board?.mayKeep ?? false} />
      {closing && board ? <CloseRecallForm board={board} onClose={() => setClosing(false)} /> : null}
    </div>
  )
}

type HeadProps = BoardProps & { board?: Board; onPick: (recallId: string) => void; onClose: () => void }

function Head({ board, rows, recallId, onPick, onClose, onOrder }: HeadProps) {
  const t = useWords(words)
  const options = rows.map(row => ({
    value: row.recallId,
    label: `${t('recallNo', { n: row.n })} · ${t(row.state === 'open' ? 'recallOpen' : 'recallClosed')} · ${row.reason.slice(0, 24)}`,
  }))
  return (
    <section className="fx-panel rc-head" aria-label={t('recall')}>
      <h2>{board ? t('recallNo', { n: board.n }) : t('recall')}</h2>
      {rows.length > 1 ? (
        <SelectInput aria-label={t('which')} value={recallId} options={options} onChange={onPick} />
      ) : null}
      {board ? <HeadFacts board={board} /> : null}
      <span className="rc-head-acts">
        {board?.mayClose ? <Button onClick={onClose}>{t('close')}</Button> : null}
        {onOrder ? (
          <Button type="primary" onClick={onOrder}>
            {t('order')}
          </Button>
        ) : null}
      </span>
    </section>
  )
}

function HeadFacts({ board }: { board: Board }) {
  const t = useWords(words)
  const place = board.reportPostName ?? board.reportUnitName ?? t('ownUnit')
  const closed = {
    order: t('closedOrder', { why: board.closedWhy ?? '' }),
    complete: t('closedComplete'),
    level: t('closedLevel'),
  }
  return (
    <>
      <p>{board.reason}</p>
      <p>
        <span className="cmd-quiet">{t('reportAt')}</span> {place}
      </p>
      <p className="cmd-sign">
        <span className="cmd-quiet">{t('reportBy')}</span> <Moment at={board.reportBy} />
        {board.state === 'open' ? <DueWord dueAt={board.reportBy} beganAt={board.orderedAt} /> : null}
      </p>
      <p>
        <span className="cmd-quiet">{t('orderedBy')}</span> {board.orderedBy}
      </p>
      {board.levelNumber ? <p>{t('withLevel', { number: board.levelNumber })}</p> : null}
      {board.closedHow ? (
        <p className="cmd-sign">
          <Signal kind="green" size={14} />
          {closed[board.closedHow]}
        </p>
      ) : null}
    </>
  )
}

type Narrow = { board?: Board; narrow: (more: Record<string, string>) => void }

function Figures({ board, narrow }: Narrow) {
  const t = useWords(words)
  const counts = board?.counts
  const figure = (key: 'called' | 'reached' | 'coming' | 'asked' | 'exempt' | 'arrived' | 'onDuty') => ({
    key,
    label: t(key),
    value: counts?.[key] ?? 0,
    unit: t('personUnit'),
  })
  const state = (value: string) => () => narrow({ state: value })
  const overdue = counts?.overdue ?? 0
  return (
    <FigureRow
      label={t('recall')}
      loading={!board}
      items={[
        { ...figure('called'), onOpen: () => narrow({}) },
        {
          ...figure('reached'),
          signal: counts?.unanswered ? 'amber' : undefined,
          signalLabel: t('unanswered'),
          note: counts?.unanswered ? `${t('unanswered')} ${counts.unanswered}` : undefined,
          onOpen: () => narrow({ only: 'unanswered' }),
        },
        { ...figure('coming'), onOpen: state('coming') },
        { ...figure('asked'), signal: counts?.asked ? 'amber' : undefined, onOpen: state('asked') },
        { ...figure('exempt'), onOpen: state('exempt') },
        { ...figure('arrived'), onOpen: state('arrived') },
        {
          key: 'overdue',
          label: t('overdue'),
          value: overdue,
          unit: t('personUnit'),
          signal: overdue > 0 ? 'red' : undefined,
          onOpen: () => narrow({ only: 'overdue' }),
        },
        { ...figure('onDuty'), note: t('onDutyNote'), onOpen: state('onDuty') },
      ]}
    />
  )
}

function Units({ board, narrow }: Narrow) {
  const t = useWords(words)
  const columns = ['called', 'reached', 'coming', 'exempt', 'arrived', 'overdue', 'onDuty'] as const
  return (
    <Panel title={t('byUnit')}>
      {board ? (
        <Scroll className="rc-units" label={t('byUnit')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('unit')}</th>
                {columns.map(key => (
                  <th key={key} scope="col">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {board.units.map(unit => (
                <tr key={unit.unitId}>
                  <td>
                    <PlainButton onClick={() => narrow({ unit: unit.unitId })}>{unit.unitName}</PlainButton>
                  </td>
                  {columns.map(key => (
                    <td key={key}>
                      {key === 'overdue' && unit.overdue > 0 ? (
                        <span className="cmd-sign fx-tone-red">
                          <Signal kind="red" size={14} />
                          {unit.overdue}
                        </span>
                      ) : (
                        unit[key]
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : (
        <SkeletonPanel lines={5} />
      )}
    </Panel>
  )
}

function Curve({ board }: { board?: Board }) {
  const t = useWords(words)
  const format = useFormat()
  return (
    <Panel title={t('curve')}>
      {board ? (
        <TrendChart
          label={t('curve')}
          height={184}
          at={board.curve.map(one => format.time(one.at))}
          unit={t('personUnit')}
          series={[
            { name: t('curveArrived'), values: board.curve.map(one => one.arrived), tone: 'blue' },
            {
              name: t('called'),
              values: board.curve.map(() => board.counts.called),
              dashed: true,
              tone: 'amber',
            },
            {
              name: t('curveExpected'),
              values: board.curve.map(one => one.expected),
              dashed: true,
              tone: 'mark',
            },
          ]}
        />
      ) : (
        <SkeletonPanel lines={5} />
      )}
    </Panel>
  )
}
