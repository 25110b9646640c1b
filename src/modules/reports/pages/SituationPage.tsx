// The first page: what is wrong, where, and who is there now.
import './situation.css'
import { useGo } from '../../../device/address.ts'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { EmptyState, FigureRow, Panel, ProblemNote, SkeletonPanel, useWords } from '../../../ui/index.ts'
import { currentOperation, openOperation } from '../../operations/contracts.ts'
import { mapAt } from '../../posts/contracts.ts'
import { coverage } from '../../roster/contracts.ts'
import { AlertList } from './AlertList.tsx'
import { figuresOf } from './figures-of.ts'
import { OnNow } from './OnNow.tsx'
import { SituationMap } from './SituationMap.tsx'
import { reportWords } from './words.ts'

export default function SituationPage() {
  const t = useWords(reportWords)
  const go = useGo()
  const may = useMay(openOperation)
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId
  if (current.isPending) return <SkeletonPanel lines={8} />
  if (current.error) return <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
  if (!operationId) {
    return (
      <Panel padded>
        <h1 className="fx-hidden">{t('situation')}</h1>
        <EmptyState
          sentence={t('noOperation')}
          {...(may ? { action: { label: t('openOperation'), onClick: () => go('/operation') } } : {})}
          example={t('operationExample')}
        />
      </Panel>
    )
  }
  return <Running operationId={operationId} />
}

function Running({ operationId }: { operationId: string }) {
  const t = useWords(reportWords)
  const go = useGo()
  const cover = useAsk(coverage, { operationId }, { refetchSeconds: 60 })
  const map = useAsk(mapAt, { operationId }, { refetchSeconds: 300 })
  const fault = cover.error ?? map.error
  return (
    <div className="situation">
      <h1 className="fx-hidden">{t('situation')}</h1>
      <FigureRow
        label={t('figures')}
        loading={cover.isPending || map.isPending}
        items={figuresOf(cover.data, map.data, t, go)}
      />
      {fault ? (
        <ProblemNote error={fault} onRetry={() => void Promise.all([cover.refetch(), map.refetch()])} />
      ) : null}
      <div className="situation-grid">
        <Panel title={t('map')} note={t('mapNote')} fill>
          {map.data && cover.data ? (
            <SituationMap map={map.data} cover={cover.data} to={go} />
          ) : (
            <SkeletonPanel lines={8} />
          )}
        </Panel>
        <AlertList />
        <OnNow operationId={operationId} />
      </div>
    </div>
  )
}
