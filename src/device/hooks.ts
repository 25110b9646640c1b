// Asking and doing from pages. A query's key is its name and input; a live event refreshes what is on screen.
import { keepPreviousData, type Query, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import type {
  CommandContract,
  OutputOf,
  Problem,
  QueryContract,
  Role,
  Standing,
  tilesAnswer,
} from '../kernel/contract.ts'
import { Client, newId, type Sent, type TaskState } from './client.ts'

export interface Session {
  accountId: string
  officerId: string | null
  name: string
  badge: string
  roles: Role[]
  agency: { code: string; name: string; kind: 'real' | 'rehearsal'; timeZone: string; handOverMinute: number }
  mustChangePassword: boolean
  /** The last number of the agency's journal when the session was asked for. */
  headSeq: number
  /** Goes up whenever the server was restored from a backup. */
  restoreEpoch: number
  /** What lies below the map; null: a plain ground. */
  tiles: z.output<typeof tilesAnswer> | null
}

const ClientContext = createContext<Client>(new Client({ base: '' }))
const SessionContext = createContext<Session | null>(null)
export const ClientProvider = ClientContext.Provider
export const SessionProvider = SessionContext.Provider
export const useClient = () => useContext(ClientContext)

/** The signed-in session; pages are only shown with one. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('invariant: pages are shown to somebody signed in')
  return session
}
/** Whether the session has one of the roles of a contract (or a list of roles). */
export function useMay(what: { roles: readonly string[] } | readonly string[]): boolean {
  const { roles } = useSession()
  const wanted = 'roles' in what ? what.roles : what
  return wanted.some(role => (roles as readonly string[]).includes(role))
}

/**
 * The server's time in milliseconds since 1970, in steps of ten seconds: for whatever says how long something still
 * is, or that it is overdue. Never the browser's clock, which may be hours off.
 */
export function useServerNow(): number {
  const { clock } = useClient()
  return useSyncExternalStore(clock.subscribe, clock.step)
}

/** The answer of a query: `{data, error, isPending, isFetching, refetch}`; the last page stays while the next loads. */
export function useAsk<C extends QueryContract<z.ZodType, z.ZodType>>(
  contract: C,
  input: Sent<C>,
  options: { enabled?: boolean; refetchSeconds?: number; settled?: boolean } = {},
) {
  const client = useClient()
  const queryKey = [contract.name, input]
  const answered = useQueryClient().getQueryData(queryKey) !== undefined
  return useQuery<OutputOf<C>, Problem>({
    queryKey,
    // Without a network an answer that is there stays, and waits; where there is none the page says why at once.
    networkMode: answered ? 'online' : 'always',
    refetchOnReconnect: true,
    queryFn: ({ signal }) => client.ask(contract, input, signal),
    placeholderData: keepPreviousData as never,
    enabled: options.enabled ?? true,
    // An answer about the past stays as it is, whatever happens now.
    meta: { settled: options.settled ?? false },
    ...(options.settled ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    refetchInterval: options.refetchSeconds ? options.refetchSeconds * 1000 : false,
    retry: (count, problem) => problem.code === 'kernel/offline' && count < 2,
  })
}

/**
 * Does a command: `mutate(input, { onSuccess })` / `mutateAsync(input)`. Refreshes every query on success. `onSuccess` is
 * called even where the button has gone from the page meanwhile: the event of the change may arrive before its answer,
 * and react-query forgets the callbacks of whatever is no longer there.
 */
export function useDo<C extends CommandContract<z.ZodType, z.ZodType>>(contract: C) {
  const client = useClient()
  const queries = useQueryClient()
  const mutation = useMutation<OutputOf<C>, Problem, Sent<C>>({
    mutationFn: input => client.run(contract, input, newId()),
    onSuccess: () => queries.invalidateQueries(),
  })
  const mutate = (input: Sent<C>, { onSuccess }: { onSuccess?: (answer: OutputOf<C>) => void } = {}) => {
    // What goes wrong stands in `error`, beside the button.
    void mutation.mutateAsync(input).then(onSuccess, () => undefined)
  }
  return { ...mutation, mutate }
}

/** The state of a long task, asked again every half second until it ends. */
export function useTask(taskId: string | null) {
  const client = useClient()
  return useQuery<TaskState, Problem>({
    queryKey: ['task', taskId],
    queryFn: () => client.task(taskId ?? ''),
    enabled: taskId !== null,
    refetchInterval: query => (query.state.data && query.state.data.state !== 'running' ? false : 500),
  })
}

/** A look waits for the one before, but no longer than this: a slow list must not hold up the rest. */
const waitsMost = 10
/** Between two looks, and how long the events of one moment are gathered. */
const restMs = 300
const gatherMs = 30

/**
 * Listens to /api/live and refreshes what is on screen, at most three times a second. While answers are on their way
 * the next look waits for them: begun anew with every change, a slow one would never arrive.
 */
export function useLive(): void {
  const queries = useQueryClient()
  const { headSeq } = useSession()
  // Where the books stood when the page began; the session may be asked for again, the stream stays.
  const began = useRef(headSeq)
  useEffect(() => {
    let known = began.current
    const source = new EventSource('/api/live')
    const live = { predicate: (query: Query) => query.queryKey[0] !== 'task' && !query.meta?.settled }
    let timer: ReturnType<typeof setTimeout> | undefined
    let waited = 0
    let looked = -restMs
    const refresh = () => {
      timer = undefined
      if (waited < waitsMost && queries.isFetching(live) > 0) {
        waited += 1
        timer = setTimeout(refresh, 100)
        return
      }
      waited = 0
      looked = performance.now()
      void queries.invalidateQueries(live)
    }
    const heard = (seq: number) => {
      // 0: the database was away, and may be another one now.
      if (seq > 0 && seq <= known) return
      known = seq
      // After a rest at once, or nearly so, because a batch is told command by command; else when the rest is over.
      timer ??= setTimeout(refresh, Math.max(gatherMs, looked + restMs - performance.now()))
    }
    source.addEventListener('change', event => heard((JSON.parse(event.data) as { seq: number }).seq))
    // What happened before the stream was open, at first or after a break, was told to nobody.
    source.addEventListener('hello', event => heard((JSON.parse(event.data) as Standing).headSeq))
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [queries])
}
