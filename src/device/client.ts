// The typed client of the web and the CLI: made of contracts, knows no module by name.
import type { z } from 'zod'
import {
  type BatchAnswer,
  type CommandContract,
  type CommandEntry,
  type OutputOf,
  Problem,
  type ProblemAnswer,
  type QueryContract,
  type Verdict,
} from '../kernel/contract.ts'
import { ServerClock } from './clock.ts'

export type Sent<C extends { input: z.ZodType }> = z.input<C['input']>

/** A UUIDv7 of now, in any runtime with WebCrypto. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const at = Date.now()
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(at / 2 ** (8 * (5 - index))) & 0xff
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const networkEntry = {
  status: 0,
  zh: '网络不通，未能送达。',
  en: 'No network: it did not arrive.',
  doZh: '内容仍在本页，恢复后请再提交。',
  doEn: 'Everything is still on this page. Send again when the network is back.',
}

export function problemFrom(answer: ProblemAnswer): Problem {
  const { status, message, do: todo } = answer
  return new Problem(
    answer.code,
    { status, zh: message.zh, en: message.en, doZh: todo.zh, doEn: todo.en },
    answer.params,
  )
}

export interface ClientOptions {
  /** '' in the browser, 'http://127.0.0.1:8080' in the CLI. */
  base: string
  cookie?: string
  fetch?: typeof fetch
  onSignedOut?: () => void
  /** This device was revoked for the account that is signed in. */
  onRevoked?: (accountId: string) => void
}

export class Reach {
  private reached = true
  private readonly listeners = new Set<() => void>()
  readonly now = (): boolean => this.reached
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }
  set(reached: boolean): void {
    if (reached === this.reached) return
    this.reached = reached
    for (const listener of this.listeners) listener()
  }
}

export class Client {
  private readonly options: ClientOptions
  /** The server's clock, set by every answer. */
  readonly clock = new ServerClock()
  /** Whether the server answered when it was last asked: a bar in the corner of the screen says nothing of that. */
  readonly reach = new Reach()
  /** What every request says of this device, once it is known. */
  device: Readonly<Record<string, string>> | undefined
  constructor(options: ClientOptions) {
    this.options = options
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ ...this.device, ...(init.headers as Record<string, string> | undefined) })
    // A header that a foreign page's form cannot set, checked beside the origin.
    headers.set('x-fangxian', '1')
    if (this.options.cookie) headers.set('cookie', this.options.cookie)
    const call = this.options.fetch ?? fetch
    const sentAt = this.clock.device()
    let response: Response
    try {
      response = await call(this.options.base + path, { credentials: 'same-origin', ...init, headers })
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw error
      this.reach.set(false)
      throw new Problem('kernel/offline', networkEntry)
    }
    this.clock.heard(response.headers.get('date'), sentAt)
    if (response.ok) {
      this.reach.set(true)
      return response
    }
    const body = (await response.json().catch(() => undefined)) as ProblemAnswer | undefined
    // A proxy in between answers too, in its own words.
    this.reach.set(body?.code !== undefined)
    if (response.status === 401 && body?.code === 'kernel/signed-out') this.options.onSignedOut?.()
    if (body?.code === 'kernel/device-revoked') this.options.onRevoked?.(String(body.params.accountId ?? ''))
    if (body?.code && body.message) throw problemFrom(body)
    throw new Problem('kernel/offline', { ...networkEntry, status: response.status })
  }

  private async json<T>(path: string, init: RequestInit = {}): Promise<T> {
    return (await (await this.send(path, init)).json()) as T
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.json<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.json<T>(path, signal ? { signal } : {})
  }

  /** Answers the query, or throws a Problem. */
  async ask<C extends QueryContract<z.ZodType, z.ZodType>>(
    contract: C,
    input: Sent<C>,
    signal?: AbortSignal,
  ): Promise<OutputOf<C>> {
    const path = `/api/queries/${contract.name}`
    const asked = encodeURIComponent(JSON.stringify(input ?? {}))
    const sentAt = this.clock.device()
    // With a purpose it may name somebody, whom no log of addresses is to keep.
    const answer = contract.opens
      ? await this.post<OutputOf<C>>(path, input ?? {})
      : await this.get<OutputOf<C>>(`${path}?input=${asked}`, signal)
    this.clock.told(answer, sentAt)
    return answer
  }

  entry<C extends CommandContract<z.ZodType, z.ZodType>>(
    contract: C,
    input: Sent<C>,
    id = newId(),
  ): CommandEntry {
    const { name, version } = contract
    return { id, name, version, occurredAt: new Date(this.clock.now()).toISOString(), input }
  }

  /** Sends a batch; one verdict each, in order. */
  async commands(entries: readonly CommandEntry[]): Promise<Verdict[]> {
    const answer = await this.post<{ verdicts: Verdict[] }>('/api/commands', { commands: entries })
    return answer.verdicts
  }

  /** Sends a batch of the outbox. `at`: the server's time of its answer; null where it does not say. */
  async batch(
    commands: readonly CommandEntry[],
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<BatchAnswer & { at: number | null }> {
    const body = JSON.stringify({ commands })
    const sent = { 'content-type': 'application/json', ...headers }
    const response = await this.send('/api/commands', { method: 'POST', headers: sent, body, signal })
    const at = Date.parse(response.headers.get('date') ?? '')
    return { ...((await response.json()) as BatchAnswer), at: Number.isNaN(at) ? null : at }
  }

  /** Does one command and gives its answer, or throws the Problem. The same id may be sent again after a failure. */
  async run<C extends CommandContract<z.ZodType, z.ZodType>>(
    contract: C,
    input: Sent<C>,
    id = newId(),
  ): Promise<OutputOf<C>> {
    const [verdict] = await this.commands([this.entry(contract, input, id)])
    if (!verdict) throw new Problem('kernel/offline', networkEntry)
    if (verdict.verdict === 'done') return verdict.answer as OutputOf<C>
    throw problemFrom(verdict.problem)
  }

  /** Address of a file made on demand; the browser downloads it. */
  fileUrl(name: string, input: unknown): string {
    return `${this.options.base}/api/files/${name}?input=${encodeURIComponent(JSON.stringify(input ?? {}))}`
  }

  async upload<T>(name: string, file: File | Blob, fileName: string, input: unknown): Promise<T> {
    const form = new FormData()
    // The input goes first, because the server reads the parts in order.
    form.set('input', JSON.stringify(input ?? {}))
    form.set('file', file, fileName)
    return this.json<T>(`/api/uploads/${name}`, { method: 'POST', body: form })
  }

  startTask(name: string, input: unknown): Promise<{ taskId: string }> {
    return this.post(`/api/tasks/${name}`, input ?? {})
  }
  task(taskId: string): Promise<TaskState> {
    return this.get(`/api/tasks/${taskId}`)
  }
  cancelTask(taskId: string): Promise<unknown> {
    return this.post(`/api/tasks/${taskId}/cancel`, {})
  }
}

export interface TaskState {
  taskId: string
  name: string
  state: 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  note: { zh: string; en: string }
  best: unknown
  result: unknown
  problem: ProblemAnswer | null
  startedAt: string
}
