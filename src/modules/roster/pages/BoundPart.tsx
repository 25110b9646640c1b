// How good the draft is at the most: what no roster can undercut, proven when somebody asks for it.
import { ProblemNote, useWords } from '../../../ui/index.ts'
import { boundWords } from './bound-words.ts'
import { useBound } from './use-bound.ts'

export interface BoundPartProps {
  planId: string
  revision: number
}

export function BoundPart({ planId, revision }: BoundPartProps) {
  const t = useWords(boundWords)
  const proving = useBound(planId, revision)
  const { state, answer, soFar } = proving
  return (
    <div className="rb-bound" aria-live="polite">
      {state === 'running' ? (
        <>
          <span className="rb-quiet">
            {soFar
              ? t('soFar', { n: points(soFar.bound), a: Math.floor(proving.spent), b: proving.total })
              : t('begins')}
          </span>
          <button type="button" className="rb-link" onClick={proving.stop}>
            {t('stop')}
          </button>
        </>
      ) : (
        <>
          {answer ? <span>{sentence(t, answer)}</span> : null}
          <button type="button" className="rb-link" onClick={proving.start}>
            {answer ? t('again') : t('prove')}
          </button>
        </>
      )}
      {proving.problem ? <ProblemNote error={proving.problem} safe="kept" /> : null}
    </div>
  )
}

/** Bounds are told rounded down: up, they would claim too much. */
const points = (value: number) => Math.floor(value)

type T = ReturnType<typeof useWords<typeof boundWords>>
type Answer = NonNullable<ReturnType<typeof useBound>['answer']>

function sentence(t: T, { bound, cost, gap }: Answer): string {
  if (bound === null) return t('none')
  // A tenth of a percent is the finest that is told.
  if (gap === null || gap < 0.0005) return t('best', { cost: Math.round(cost) })
  return t('gap', { bound: points(bound), cost: Math.round(cost), gap: (100 * gap).toFixed(1) })
}
