import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useConfirm,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  type Band,
  changeShiftPattern,
  defineShiftPattern,
  defineStandardPatterns,
  patternList,
} from '../contracts.ts'
import { clockOf } from '../../../ui/local-time.ts'
import { PatternForm } from './PatternForm.tsx'
import { PostsFrame } from './PostsFrame.tsx'
import { demandWords } from './words.ts'

type Pattern = OutputOf<typeof patternList>['rows'][number]

export default function PatternsPage() {
  return <PostsFrame>{() => <Patterns />}</PostsFrame>
}

function Patterns() {
  const t = useWords(demandWords)
  const { handOverMinute } = useSession().agency
  const answer = useAsk(patternList, {})
  const may = useMay(defineShiftPattern)
  const standard = useDo(defineStandardPatterns)
  const [adding, setAdding] = useState(false)
  const define = () =>
    standard.mutate({
      fourBySix: newId(),
      threeByEight: newId(),
      twoByTwelve: newId(),
      dayOnly: newId(),
      standby: newId(),
    })
  const rows = answer.data?.rows ?? []
  return (
    <Panel
      fill
      title={t('patterns')}
      note={t('patternsNote', { time: clockOf(handOverMinute) })}
      actions={
        may && rows.length > 0 ? (
          <Button size="small" type="primary" onClick={() => setAdding(true)}>
            {t('define')}
          </Button>
        ) : null
      }
    >
      <h1 className="fx-hidden">{t('patterns')}</h1>
      {standard.error ? <ProblemNote error={standard.error} /> : null}
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <SkeletonPanel lines={10} /> : null}
      {answer.data && rows.length === 0 ? (
        <EmptyState
          sentence={t('emptyPatterns')}
          action={may ? { label: t('standard'), onClick: define } : undefined}
          example={t('emptyPatternsExample')}
        />
      ) : null}
      <div className="fx-posts-patterns">
        {rows.map(pattern => (
          <PatternCard key={pattern.patternId} pattern={pattern} may={may} />
        ))}
      </div>
      {adding ? <PatternForm onClose={() => setAdding(false)} /> : null}
    </Panel>
  )
}

function PatternCard({ pattern, may }: { pattern: Pattern; may: boolean }) {
  const t = useWords(demandWords)
  const change = useDo(changeShiftPattern)
  const [ask, confirm] = useConfirm()
  const { patternId, name, active } = pattern
  const toggle = async () => {
    const words = active ? t('retire') : t('revive')
    const then = t('usedBy', { n: pattern.lines })
    if (await ask({ title: `${words} · ${name}`, then, ok: words })) {
      change.mutate({ patternId, name, active: !active })
    }
  }
  return (
    <section className="fx-posts-pattern" data-off={active ? undefined : true}>
      <header>
        <h3>{name}</h3>
        <span className="fx-posts-note">
          {t(`kind${pattern.kind}`)} · {t('usedBy', { n: pattern.lines })}
          {pattern.adjoining && pattern.bands.length > 1 ? ` · ${t('adjoining')}` : ''}
          {active ? '' : ` · ${t('retired')}`}
        </span>
        {may ? (
          <Button size="small" loading={change.isPending} onClick={() => void toggle()}>
            {active ? t('retire') : t('revive')}
          </Button>
        ) : null}
      </header>
      {change.error ? <ProblemNote error={change.error} /> : null}
      <DayBar bands={pattern.bands} />
      {confirm}
    </section>
  )
}

/** The duty day as a bar from hand-over to hand-over, with the hours of each band. */
export function DayBar({ bands }: { bands: readonly Band[] }) {
  const { lang } = useLang()
  const { handOverMinute } = useSession().agency
  const clock = (minutes: number) => clockOf((handOverMinute + minutes) % 1_440)
  return (
    <div className="fx-posts-bar">
      {bands.map(band => (
        <span
          key={band.key}
          style={{
            insetInlineStart: `${(band.from / 1_440) * 100}%`,
            width: `${(Math.min(band.minutes, 1_440 - band.from) / 1_440) * 100}%`,
          }}
        >
          {band[lang]}
          <br />
          {clock(band.from)}—{clock(band.from + band.minutes)}
        </span>
      ))}
    </div>
  )
}
