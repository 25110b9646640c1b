// The history of a record, page by page, asked for only when somebody opens it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { history } from '../kernel/books/contracts.ts'
import type { OutputOf, Problem } from '../kernel/contract.ts'
import { useClient, useMay, useSession } from './hooks.ts'

export interface RecordAsked {
  table: string
  rowId: string
  /** Tables whose rows belong to it. */
  parts?: string[]
}

/** What `RecordHistory` shows: `<RecordHistory {...useRecordHistory({ table: 'post', rowId })} />`. */
export function useRecordHistory({ table, rowId, parts = [] }: RecordAsked) {
  const client = useClient()
  const may = useMay(history)
  const { timeZone } = useSession().agency
  const [open, onOpen] = useState(false)
  const answer = useInfiniteQuery<OutputOf<typeof history>, Problem>({
    queryKey: [history.name, table, rowId, ...parts],
    queryFn: ({ pageParam, signal }) =>
      client.ask(history, { table, rowId, parts, before: (pageParam as number | null) ?? undefined }, signal),
    initialPageParam: null,
    getNextPageParam: page => page.next,
    enabled: may && open,
    retry: (count, problem) => problem.code === 'kernel/offline' && count < 2,
  })
  const pages = answer.data?.pages ?? []
  return {
    record: { table, rowId },
    may,
    open,
    onOpen,
    rows: pages.flatMap(page => page.rows),
    names: Object.assign({}, ...pages.map(page => page.names)) as Record<string, string>,
    loading: answer.isPending,
    error: answer.error,
    onRetry: () => void answer.refetch(),
    onMore: answer.hasNextPage ? () => void answer.fetchNextPage() : undefined,
    loadingMore: answer.isFetchingNextPage,
    timeZone,
  }
}
