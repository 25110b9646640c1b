import { Button } from 'antd'
import { useState } from 'react'
import { useDo } from '../../../device/hooks.ts'
import { ProblemNote, useConfirm, useWords } from '../../../ui/index.ts'
import { withdrawDemands } from '../contracts.ts'
import { CopyDemandForm } from './CopyDemandForm.tsx'
import type { BoardRow, PatternRow } from './DemandPage.tsx'
import type { Running } from './PostsFrame.tsx'
import { ScaleDemandForm } from './ScaleDemandForm.tsx'
import { SetDemandForm } from './SetDemandForm.tsx'
import { demandWords } from './words.ts'

export interface ChosenPosts {
  rows: BoardRow[]
  pattern: PatternRow
  day: string
  running: Running
}

/** The lines that give the posts what they need on the day shown. */
export const linesOfRows = (rows: readonly BoardRow[]): string[] => [
  ...new Set(rows.flatMap(row => row.cells.flatMap(cell => cell.demandIds))),
]

/** What may be done with the demand of the posts chosen. */
export function DemandActions(props: ChosenPosts & { onDone: () => void }) {
  const { onDone, ...chosen } = props
  const t = useWords(demandWords)
  const [doing, setDoing] = useState<'set' | 'scale' | 'copy' | null>(null)
  const withdraw = useDo(withdrawDemands)
  const [ask, confirm] = useConfirm()
  const demandIds = linesOfRows(chosen.rows)
  const close = () => setDoing(null)
  const done = () => {
    close()
    onDone()
  }
  const remove = async () => {
    const yes = await ask({
      title: t('withdrawAsk'),
      count: demandIds.length,
      unit: t('lineUnit'),
      what: chosen.rows
        .slice(0, 5)
        .map(row => row.name)
        .join('、'),
      then: t('withdrawThen'),
      ok: t('withdrawOk', { n: demandIds.length }),
      danger: true,
    })
    if (yes) withdraw.mutate({ demandIds: demandIds.slice(0, 5_000) }, { onSuccess: onDone })
  }
  return (
    <>
      <Button size="small" type="primary" onClick={() => setDoing('set')}>
        {t('set')}
      </Button>
      <Button size="small" disabled={demandIds.length === 0} onClick={() => setDoing('scale')}>
        {t('scale')}
      </Button>
      <Button size="small" onClick={() => setDoing('copy')}>
        {t('copy')}
      </Button>
      <Button
        size="small"
        disabled={demandIds.length === 0}
        loading={withdraw.isPending}
        onClick={() => void remove()}
      >
        {t('withdraw')}
      </Button>
      {withdraw.error ? <ProblemNote error={withdraw.error} safe="kept" /> : null}
      {confirm}
      {doing === 'set' ? <SetDemandForm {...chosen} onClose={close} onDone={done} /> : null}
      {doing === 'scale' ? <ScaleDemandForm {...chosen} onClose={close} onDone={done} /> : null}
      {doing === 'copy' ? <CopyDemandForm {...chosen} onClose={close} onDone={done} /> : null}
    </>
  )
}
