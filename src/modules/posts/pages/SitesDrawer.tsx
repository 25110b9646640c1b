import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import {
  DetailDrawer,
  EmptyState,
  ProblemNote,
  SearchInput,
  SkeletonPanel,
  TextInput,
  useWords,
} from '../../../ui/index.ts'
import { postList, setRoundSites } from '../contracts.ts'
import type { RoundDetail } from './RoundsPage.tsx'
import { postsWords } from './words.ts'

/** At most this many rows are drawn; the search finds the others. */
const rowsShown = 300

/** Every sampling site of the operation that is not closed. */
function useSites(round: RoundDetail) {
  const answer = useAsk(postList, {
    operationId: round.operationId,
    kinds: ['samplingSite'],
    states: ['planned', 'active', 'paused'],
    limit: 5_000,
  })
  // Those in the round already stand first, or they would be lost among a thousand.
  const sites = useMemo(() => {
    const chosen = new Set(round.siteRows.map(site => site.postId))
    const rows = answer.data?.rows ?? []
    return [...rows.filter(site => chosen.has(site.postId)), ...rows.filter(site => !chosen.has(site.postId))]
  }, [answer.data, round])
  return { answer, sites }
}

/** Which sampling sites work in a round, and at how many lanes. */
export function SitesDrawer({ round, onClose }: { round: RoundDetail; onClose: () => void }) {
  const t = useWords(postsWords)
  const set = useDo(setRoundSites)
  const [q, setQ] = useState('')
  const { answer, sites } = useSites(round)
  const [lanes, setLanes] = useState(() => new Map(round.siteRows.map(site => [site.postId, site.lanes])))
  const found = useMemo(
    () => sites.filter(site => q === '' || `${site.code} ${site.name} ${site.address}`.includes(q)),
    [sites, q],
  )
  const put = (postId: string, n: number | null) => {
    const next = new Map(lanes)
    if (n === null) next.delete(postId)
    else next.set(postId, n)
    setLanes(next)
  }
  const all = () =>
    setLanes(
      new Map([
        ...lanes,
        ...found
          .filter(site => site.state === 'active')
          .map(site => [site.postId, lanes.get(site.postId) ?? 2] as const),
      ]),
    )
  const submit = () =>
    set.mutate(
      { roundId: round.roundId, sites: [...lanes].map(([postId, n]) => ({ postId, lanes: n })) },
      { onSuccess: onClose },
    )
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={640}
      title={t('setSites')}
      subtitle={round.name}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footEnd={
        <Button type="primary" loading={set.isPending} onClick={submit}>
          {t('setSitesDo', { n: lanes.size })}
        </Button>
      }
    >
      {set.error ? <ProblemNote error={set.error} safe="kept" /> : null}
      <div className="fx-posts-file">
        <SearchInput value={q} onChange={setQ} hint={t('searchPosts')} />
        <Button onClick={all}>{t('chooseAll')}</Button>
        <Button onClick={() => setLanes(new Map())}>{t('chooseNone')}</Button>
      </div>
      {answer.isPending ? <SkeletonPanel lines={8} /> : null}
      {answer.data && sites.length === 0 ? <EmptyState sentence={t('noSamplingSites')} /> : null}
      <div className="fx-posts-choose">
        {found.slice(0, rowsShown).map(site => (
          <SiteRow key={site.postId} site={site} lanes={lanes.get(site.postId)} onPut={put} />
        ))}
      </div>
    </DetailDrawer>
  )
}

type SiteRowProps = {
  site: { postId: string; code: string; name: string }
  lanes: number | undefined
  onPut: (postId: string, lanes: number | null) => void
}

function SiteRow({ site, lanes, onPut }: SiteRowProps) {
  const t = useWords(postsWords)
  const toNumber = (text: string) => Math.max(1, Math.min(50, Math.trunc(Number(text) || 1)))
  return (
    <label>
      <input
        type="checkbox"
        checked={lanes !== undefined}
        onChange={event => onPut(site.postId, event.target.checked ? 2 : null)}
      />
      <span>{site.code}</span>
      <span>{site.name}</span>
      {lanes === undefined ? (
        <span />
      ) : (
        <TextInput
          type="number"
          min={1}
          max={50}
          aria-label={`${site.name} ${t('lanes')}`}
          value={String(lanes)}
          onChange={text => onPut(site.postId, toNumber(text))}
        />
      )}
    </label>
  )
}
