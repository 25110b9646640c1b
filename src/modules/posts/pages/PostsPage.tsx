import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Column, type FilterDef, ListPage, useLang, useList, useWords } from '../../../ui/index.ts'
import {
  addPost,
  postKinds,
  postKindTitles,
  postList,
  postOrders,
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

export default function PostsPage() {
  return <PostsFrame>{running => <Posts running={running} />}</PostsFrame>
}

const filterKeys = ['kind', 'state', 'unit', 'zone', 'only']
const only = ['withoutDemand', 'withoutPlace'] as const

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
      options: only.map(one => ({ value: one, label: t(one) })),
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
      narrow: true,
      render: row => row.code,
    },
    {
      key: 'name',
      title: t('name'),
      width: 200,
      grow: 3,
      narrow: true,
      render: row => row.name,
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 120,
      grow: 0,
      narrow: true,
      render: row => postKindTitles[row.kind][lang],
    },
    { key: 'unit', title: t('unit'), width: 104, render: row => row.unitName },
    { key: 'zone', title: t('zone'), width: 120, render: row => row.zoneName ?? '—' },
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
  const list = useList(useAddress(), { filters: filterKeys, orders: postOrders })
  const lacking = list.many('only', only)
  const asked = {
    operationId,
    ...list.asked,
    kinds: list.many('kind', postKinds),
    states: list.many('state', postStates),
    unitId: list.id('unit'),
    zoneId: list.id('zone'),
    withoutDemand: lacking?.includes('withoutDemand'),
    withoutPlace: lacking?.includes('withoutPlace'),
  }
  const answer = useAsk(postList, { ...asked, limit: 5_000 })
  const [open, setOpen] = useState<'add' | 'import' | null>(null)
  const close = () => setOpen(null)
  return (
    <ListPage
      id="posts"
      title={t('posts')}
      counts={answer.data ? t('postCount', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.postId}
      rowName={row => row.name}
      columns={useColumns()}
      {...list.page}
      searchHint={t('searchPosts')}
      filters={useFilters(operationId)}
      empty={{
        sentence: t('emptyPosts'),
        action: mayAdd ? { label: t('importPosts'), onClick: () => setOpen('import') } : undefined,
        example: t('emptyPostsExample'),
      }}
      actions={mayAdd ? <HeadButtons onImport={() => setOpen('import')} /> : undefined}
      first={mayAdd ? { label: t('addPost'), onClick: () => setOpen('add') } : undefined}
      bulk={
        mayAdd
          ? (rows, clear) => <PostStateButtons rows={rows} today={running.dutyDay} onDone={clear} />
          : undefined
      }
      onOpen={row => list.show(row.postId)}
      file={() => client.fileUrl('posts.exportPosts', asked)}
    >
      {list.open ? <PostDrawer postId={list.open} running={running} onClose={() => list.show(null)} /> : null}
      {open === 'add' ? <PostForm operationId={operationId} onClose={close} /> : null}
      {open === 'import' ? <ImportDrawer operationId={operationId} onClose={close} /> : null}
    </ListPage>
  )
}

function HeadButtons({ onImport }: { onImport: () => void }) {
  const t = useWords(postsWords)
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => void navigate({ to: '/posts/map' })}>{t('onMap')}</Button>
      <Button onClick={onImport}>{t('importPosts')}</Button>
    </>
  )
}
