import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  SelectInput,
  TextInput,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  type Band,
  demandBoard,
  demandSkillTitles,
  patternList,
  postKinds,
  postKindTitles,
  setDemand,
} from '../contracts.ts'
import { DemandActions } from './DemandActions.tsx'
import { PostDrawer } from './PostDrawer.tsx'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { useUnitOptions, useZoneOptions } from './parts.tsx'
import { demandWords, postsWords } from './words.ts'

export type BoardRow = OutputOf<typeof demandBoard>['rows'][number]
export type PatternRow = OutputOf<typeof patternList>['rows'][number]

export default function DemandPage() {
  return <PostsFrame>{running => <Demand running={running} />}</PostsFrame>
}

function Heads({ cells }: { cells: BoardRow['cells'] }) {
  const { lang } = useLang()
  const crew = cells.find(cell => cell.skill === null)
  if (!crew) return <>—</>
  return (
    <span className="fx-posts-heads">
      {crew.heads}
      {cells.map(cell =>
        cell.skill === null ? null : (
          <small key={cell.skill}>
            {demandSkillTitles[cell.skill][lang]} {cell.heads}
          </small>
        ),
      )}
    </span>
  )
}

function useColumns(pattern: PatternRow | undefined): Column<BoardRow>[] {
  const t = useWords(postsWords)
  const d = useWords(demandWords)
  const { lang } = useLang()
  const bands = (pattern?.bands ?? []).map(
    (band: Band): Column<BoardRow> => ({
      key: `band-${band.key}`,
      title: band[lang],
      width: 112,
      align: 'end',
      narrow: band === pattern?.bands[0],
      render: row => (
        <Heads
          cells={row.cells.filter(cell => cell.patternId === pattern?.patternId && cell.band === band.key)}
        />
      ),
    }),
  )
  const others = (row: BoardRow) =>
    row.cells
      .filter(cell => cell.patternId !== pattern?.patternId && cell.skill === null)
      .reduce((sum, cell) => sum + cell.heads, 0)
  return [
    { key: 'code', title: t('code'), width: 88, grow: 0, narrow: true, render: row => row.code },
    { key: 'name', title: t('name'), width: 200, grow: 2, narrow: true, render: row => row.name },
    { key: 'kind', title: t('kind'), width: 120, grow: 0, render: row => postKindTitles[row.kind][lang] },
    { key: 'zone', title: t('zone'), width: 104, render: row => row.zoneName ?? '—' },
    ...bands,
    { key: 'other', title: d('other'), width: 112, grow: 0, align: 'end', render: row => others(row) || '—' },
  ]
}

function useFilters(operationId: string): FilterDef[] {
  const t = useWords(postsWords)
  const { lang } = useLang()
  return [
    {
      key: 'kind',
      label: t('kind'),
      options: postKinds.map(kind => ({ value: kind, label: postKindTitles[kind][lang] })),
    },
    { key: 'zone', label: t('zone'), single: true, options: useZoneOptions(operationId) },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
  ]
}

/** Posts that ask for somebody on the day stand before those that ask for nobody; else the order of codes stays. */
function neededFirst(rows: BoardRow[]): BoardRow[] {
  return [...rows.filter(row => row.cells.length > 0), ...rows.filter(row => row.cells.length === 0)]
}

/** The pattern that most posts of the day are worked in: the one to show until somebody chooses. */
function mostUsed(rows: readonly BoardRow[]): string | undefined {
  const uses = new Map<string, number>()
  for (const row of rows) {
    for (const patternId of new Set(row.cells.map(cell => cell.patternId))) {
      uses.set(patternId, (uses.get(patternId) ?? 0) + 1)
    }
  }
  return [...uses].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Pattern and day stand in the address beside the filters. */
function useBoard(running: Running) {
  const address = useAddress()
  const [search, setSearch] = address
  const list = useList(address, { filters: ['kind', 'zone', 'unit'], keep: ['day', 'pattern'] })
  const day = search.day ?? running.dutyDay
  const patterns = useAsk(patternList, { active: true })
  const choices = patterns.data?.rows ?? []
  const asked = {
    operationId: running.operationId,
    day,
    ...list.asked,
    kinds: list.many('kind', postKinds),
    zoneId: list.id('zone'),
    unitId: list.id('unit'),
  }
  const answer = useAsk(demandBoard, { ...asked, limit: 5_000 })
  const rows = useMemo(() => neededFirst(answer.data?.rows ?? []), [answer.data])
  const most = useMemo(() => mostUsed(rows), [rows])
  const pattern = choices.find(one => one.patternId === (search.pattern ?? most)) ?? choices[0]
  const set = (name: 'day' | 'pattern') => (next: string) => setSearch({ ...search, [name]: next })
  return { list, set, day, choices, pattern, patterns, asked, answer, rows }
}

function Demand({ running }: { running: Running }) {
  const t = useWords(demandWords)
  const client = useClient()
  const may = useMay(setDemand)
  const { list, set, day, choices, pattern, patterns, asked, answer, rows } = useBoard(running)
  const total = useMemo(
    () =>
      rows.flatMap(row => row.cells).reduce((sum, cell) => sum + (cell.skill === null ? cell.heads : 0), 0),
    [rows],
  )
  return (
    <ListPage
      id="demand"
      title={t('title')}
      counts={answer.data ? t('total', { n: total }) : undefined}
      answer={patterns.error ? { ...answer, error: patterns.error } : answer}
      rows={rows}
      total={answer.data?.total}
      rowKey={row => row.postId}
      rowName={row => row.name}
      columns={useColumns(pattern)}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters(running.operationId)}
      empty={{ sentence: t('empty'), example: t('emptyExample') }}
      above={
        <div className="fx-posts-above">
          <label>
            {t('day')}
            <TextInput type="date" value={day} onChange={set('day')} />
          </label>
          <label>
            {t('pattern')}
            <SelectInput
              value={pattern?.patternId ?? ''}
              options={choices.map(one => ({ value: one.patternId, label: one.name }))}
              onChange={set('pattern')}
            />
          </label>
          {choices.length === 0 && !patterns.isPending ? (
            <Button href="/posts/patterns">{t('noPatterns')}</Button>
          ) : null}
        </div>
      }
      bulk={
        may && pattern
          ? (chosen, clear) => (
              <DemandActions rows={chosen} pattern={pattern} day={day} running={running} onDone={clear} />
            )
          : undefined
      }
      onOpen={row => list.show(row.postId)}
      file={() => client.fileUrl('posts.exportDemand', asked)}
    >
      {list.open ? <PostDrawer postId={list.open} running={running} onClose={() => list.show(null)} /> : null}
    </ListPage>
  )
}
