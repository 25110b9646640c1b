// Asking and doing from pages. A query's key is its name and input; a live event refreshes what is on screen.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect } from 'react'
import type { z } from 'zod'
import type { CommandContract, OutputOf, Problem, QueryContract, Role } from '../kernel/contract.ts'
import { Client, newId, type Sent, type TaskState } from './client.ts'

export interface Session {
  accountId: string
  officerId: string | null
  name: string
  badge: string
  roles: Role[]
  agency: { code: string; name: string; kind: 'real' | 'rehearsal'; timeZone: string; handOverMinute: number }
  mustChangePassword: boolean
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

/** The answer of a query: `{data, error, isPending, isFetching, refetch}`; the last page stays while the next loads. */
export function useAsk<C extends QueryContract<z.ZodType, z.ZodType>>(
  contract: C,
  input: Sent<C>,
  options: { enabled?: boolean; refetchSeconds?: number } = {},
) {
  const client = useClient()
  return useQuery<OutputOf<C>, Problem>({
    queryKey: [contract.name, input],
    queryFn: ({ signal }) => client.ask(contract, input, signal),
    placeholderData: keepPreviousData as never,
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchSeconds ? options.refetchSeconds * 1000 : false,
    retry: (count, problem) => problem.code === 'kernel/offline' && count < 2,
  })
}

/** Does a command: `mutate(input)` / `mutateAsync(input)`. Refreshes every query on success. */
export function useDo<C extends CommandContract<z.ZodType, z.ZodType>>(contract: C) {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation<OutputOf<C>, Problem, Sent<C>>({
    mutationFn: input => client.run(contract, input, newId()),
    onSuccess: () => queries.invalidateQueries(),
  })
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

/** Listens to /api/live and refreshes what is on screen, at most three times a second. */
export function useLive(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/live')
    let timer: ReturnType<typeof setTimeout> | undefined
    source.addEventListener('change', () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void queries.invalidateQueries({ predicate: query => query.queryKey[0] !== 'task' })
      }, 300)
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [queries])
}
