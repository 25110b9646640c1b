// The answers that a shift needs, kept on the phone as they arrive and put back at the next start. Sealed by the key
// of the phone; what they say of people and posts lies nowhere in clear.
import type { QueryClient } from '@tanstack/react-query'
import type { FieldStore } from './field-store.ts'
import type { DeviceKey } from './device-key.ts'

/** An answer older than the longest session says nothing about this shift. */
const keptMs = 16 * 3_600_000

const textOf = (queryKey: readonly unknown[]) => JSON.stringify(queryKey)

export async function sealJson(key: DeviceKey, value: unknown): Promise<Uint8Array> {
  return key.seal(new TextEncoder().encode(JSON.stringify(value)))
}
/** Undefined where another key sealed it: it is of no use then, and is asked for again. */
export async function openJson<T>(key: DeviceKey, sealed: Uint8Array): Promise<T | undefined> {
  try {
    return JSON.parse(new TextDecoder().decode(await key.open(sealed))) as T
  } catch (error) {
    if ((error as Error).name === 'OperationError') return undefined
    throw error
  }
}

export interface Keeping {
  store: FieldStore
  queries: QueryClient
  /** Names of the queries whose answers are kept. */
  names: readonly string[]
}

/** Puts what was kept in front of the pages, as old as it is. */
export async function restoreAnswers(
  { store, queries, names }: Keeping,
  accountId: string,
  key: DeviceKey,
  now = Date.now(),
): Promise<void> {
  for (const kept of await store.answers.where({ accountId }).toArray()) {
    const found = await openJson<{ query: string; answer: unknown }>(key, kept.sealed)
    const old = now - kept.at > keptMs
    const queryKey = JSON.parse(kept.query) as readonly [string, ...unknown[]]
    // The text is sealed with the answer: one laid under another query's name is not taken for its answer.
    if (old || found?.query !== kept.query || !names.includes(queryKey[0])) {
      await store.answers.delete([accountId, kept.query])
      continue
    }
    // What has arrived meanwhile is newer.
    if (queries.getQueryData(queryKey) !== undefined) continue
    queries.setQueryData(queryKey, found.answer, { updatedAt: kept.at })
    // However young it is: nobody told this page of what changed while it was not there.
    void queries.invalidateQueries({ queryKey, exact: true })
  }
}

/** Keeps what arrives from now on, until the returned function is called. `kept` is told of each. */
export function keepAnswers(
  { store, queries, names }: Keeping,
  accountId: string,
  key: DeviceKey,
  kept: () => void,
): () => void {
  // A page left for an hour still has its answer when it is opened again.
  for (const name of names) queries.setQueryDefaults([name], { gcTime: keptMs })
  let stopped = false
  let turn = Promise.resolve()
  const stop = queries.getQueryCache().subscribe(event => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return
    const { queryKey, state } = event.query
    if (!names.includes(queryKey[0] as string)) return
    const query = textOf(queryKey)
    const put = async () => {
      const sealed = await sealJson(key, { query, answer: state.data })
      if (stopped) return
      await store.answers.put({ accountId, query, at: state.dataUpdatedAt, sealed })
      kept()
    }
    // One after another; a full storage costs the answer, not the page.
    turn = turn.then(put).catch((error: unknown) => console.warn('not kept', query, error))
  })
  return () => {
    stopped = true
    stop()
  }
}
