import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { InputOf, OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  type FilterDef,
  ListPage,
  type ListState,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  addPost,
  type PostKind,
  type PostState,
  postKinds,
  postKindTitles,
  postList,
  postStates,
  postStateTitles,
} from '../contracts.ts'
import { ImportDrawer } from './ImportDrawer.tsx'
import { PostDrawer } from './PostDrawer.tsx'
import { PostForm } from './PostForm.tsx'
import { PostStateButtons } from './PostStateButtons.tsx'
import { PostsFrame, type Running } from './PostsFrame.tsx'
import { useUnitOptions, useZoneOptions } from './parts.tsx'
import { postsWords } from './words.ts'

type Row = OutputOf<typeof postList>['rows'][number]
type Asked = Omit<InputOf<typeof postList>, 'offset' | 'limit' | 'order' | 'descending'>
type Open = { what: 'add' } | { what: 'import' } | null

export default function PostsPage() {
  return <PostsFrame>{running => <Posts running={running} />}</PostsFrame>
}

const filterKeys = ['kind', 'state', 'unit', 'zone', 'only']
const orders = ['code', 'name', 'kind', 'unit', 'zone'] as const

/** What the list asks for, as it stands in the address. */
function askedOf(state: ListState, operationId: string): Asked {
  const { kind, state: states, unit, zone, only } = state.filters
  return {
    operationId,
    ...(state.q ? { search: state.q } : {}),
    ...(kind ? { kinds: kind as PostKind[] } : {}),
    ...(states ? { states: states as PostState[] } : {}),
    ...(unit?.[0] ? { unitId: unit[0] } : {}),
    ...(zone?.[0] ? { zoneId: zone[0] } : {}),
    ...(only?.includes('withoutDemand') ? { withoutDemand: true } : {}),
    ...(only?.includes('withoutPlace') ? { withoutPlace: true } : {}),
  }
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
    {
      key: 'state',
      label: t('state'),
      options: postStates.map(state => ({ value: state, label: postStateTitles[state][lang] })),
    },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    { key: 'zone', label: t('zone'), single: true, options: useZoneOptions(operationId) },
    {
      key: 'only',
      label: t('only'),
      options: [
        { value: 'withoutDemand', label: t('withoutDemand') },
        { value: 'withoutPlace', label: t('withoutPlace') },
      ],
    },
  ]
}

function useColumns(): Column<Row>[] {
  const t = useWords(postsWords)
  const { lang } = useLang()
  return [
    {
      key: 'code',
      title: t('code'),
      width: 96,
      grow: 0,
      sortable: true,
      narrow: true,
      render: row => row.code,
    },
    {
      key: 'name',
      title: t('name'),
      width: 200,
      grow: 3,
      sortable: true,
      narrow: true,
      render: row => row.name,
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 120,
      grow: 0,
      sortable: true,
      narrow: true,
      render: row => postKindTitles[row.kind][lang],
    },
    { key: 'unit', title: t('unit'), width: 104, sortable: true, render: row => row.unitName },
    { key: 'zone', title: t('zone'), width: 120, sortable: true, render: row => row.zoneName ?? '—' },
    {
      key: 'lines',
      title: t('lines'),
      width: 88,
      grow: 0,
      align: 'end',
      render: row =>
        row.demandLines === 0 ? <span className="fx-tone-amber">{t('none')}</span> : row.demandLines,
    },
    {
      key: 'place',
      title: t('place'),
      width: 150,
      grow: 0,
      render: row =>
        row.lng === null || row.lat === null ? t('noPlace') : `${row.lng.toFixed(4)}, ${row.lat.toFixed(4)}`,
    },
    { key: 'address', title: t('address'), width: 160, hidden: true, render: row => row.address },
    { key: 'contact', title: t('contact'), width: 96, hidden: true, render: row => row.contactName },
    { key: 'state', title: t('state'), width: 80, grow: 0, render: row => postStateTitles[row.state][lang] },
  ]
}

function Posts({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(postsWords)
  const client = useClient()
  const mayAdd = useMay(addPost)
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, filterKeys)
  const asked = askedOf(state, operationId)
  const order = orders.find(one => one === state.sort?.key) ?? 'code'
  const answer = useAsk(postList, { ...asked, limit: 5_000, order, descending: state.sort?.dir === 'desc' })
  const [open, setOpen] = useState<Open>(null)
  const show = (postId: string | undefined) => {
    const { open: _before, ...rest } = address
    setAddress(postId ? { ...rest, open: postId } : rest)
  }
  const close = () => setOpen(null)
  return (
    <ListPage
      id="posts"
      title={t('posts')}
      counts={answer.data ? t('postCount', { n: answer.data.total }) : undefined}
      rows={answer.data?.rows ?? []}
      total={answer.data?.total}
      rowKey={row => row.postId}
      rowName={row => row.name}
      columns={useColumns()}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      searchHint={t('searchPosts')}
      filters={useFilters(operationId)}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={
        <EmptyState
          sentence={t('emptyPosts')}
          action={
            mayAdd ? { label: t('importPosts'), onClick: () => setOpen({ what: 'import' }) } : undefined
          }
          example={t('emptyPostsExample')}
        />
      }
      actions={mayAdd ? <HeadButtons onOpen={what => setOpen({ what })} /> : undefined}
      bulk={
        mayAdd
          ? (rows, clear) => <PostStateButtons rows={rows} today={running.dutyDay} onDone={clear} />
          : undefined
      }
      onOpen={row => show(row.postId)}
      openKey={address.open}
      onExport={() => window.location.assign(client.fileUrl('posts.exportPosts', asked))}
    >
      {address.open ? (
        <PostDrawer postId={address.open} running={running} onClose={() => show(undefined)} />
      ) : null}
      {open?.what === 'add' ? <PostForm operationId={operationId} onClose={close} /> : null}
      {open?.what === 'import' ? <ImportDrawer operationId={operationId} onClose={close} /> : null}
    </ListPage>
  )
}

function HeadButtons({ onOpen }: { onOpen: (what: 'add' | 'import') => void }) {
  const t = useWords(postsWords)
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => void navigate({ to: '/posts/map' })}>{t('onMap')}</Button>
      <Button onClick={() => onOpen('import')}>{t('importPosts')}</Button>
      <Button type="primary" onClick={() => onOpen('add')}>
        {t('addPost')}
      </Button>
    </>
  )
}
