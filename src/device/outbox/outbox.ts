// The outbox of one tab: gives the sender what happens, does what it says, and shows what became of each entry.
import {
  type Both,
  type CommandEntry,
  Problem,
  type ProblemAnswer,
  type Standing,
  type Verdict,
} from '../../kernel/contract.ts'
import { openText, sealText } from '../device-key.ts'
import { type OutboxKeys, rememberedKeys, sealedBy, type SealedBy } from './keys.ts'
import { deviceProblems } from './problems.ts'
import { entryBytesMost, type Row, unread, waits } from './rows.ts'
import { type Answered, idle, type Sender, type SenderEffect, type SenderEvent, step } from './sender.ts'
import type { OutboxStore } from './store.ts'
import type { Turns, Word } from './surroundings.ts'

/** How the screen speaks of an entry. */
export interface Spoken {
  title: Both
  /** Whom or what it is about. */
  about: Both | string
}
export interface OutboxEntry extends Spoken {
  id: string
  name: string
  occurredAt: string
  input: unknown
  state: 'waiting' | 'sending' | 'done' | 'refused' | 'held' | 'unsent'
  /** Why it was turned down or put off. */
  problem: ProblemAnswer | null
  answer: unknown
  /** The officer has read that it was turned down, or nothing is to be read. */
  acknowledged: boolean
}
export interface OutboxView {
  entries: readonly OutboxEntry[]
  /** How many of this account have not been answered. */
  unsent: number
  /** How many were refused or held, and nobody here has read it yet. */
  turnedDown: number
  /** When the oldest of the unsent happened. */
  oldest: string | null
  /** Read from the store at least once. */
  ready: boolean
}
/** What goes with each batch, so that the command post sees which phones are silent. */
export interface Told {
  accountId: string
  installationId: string
  unsent: number
  oldest: string | null
}
export interface OutboxParts {
  store: OutboxStore
  keys: OutboxKeys
  /** Throws a Problem, whose status 0 means that nothing came back. */
  post(entries: readonly CommandEntry[], told: Told): Promise<Answered>
  turns: Turns
  word: Word
  /** Evenly from 0 to 1. */
  roll: () => number
}

type Body = Pick<CommandEntry, 'name' | 'version' | 'input'> & Spoken
interface Said {
  problem: ProblemAnswer | null
  answer: unknown
}
interface Opened {
  row: Row
  body: Body | null
  said: Said | null
  /** Not opened, because its key is not at hand now. */
  closed: boolean
}

const unknownBody: Body = {
  name: '',
  version: 1,
  input: null,
  title: { zh: '记录', en: 'Record' },
  about: '',
}

export class Outbox {
  private readonly parts: OutboxParts
  private sender: Sender = idle
  private timer: ReturnType<typeof setTimeout> | undefined
  private opened = new Map<string, Opened>()
  private shown: readonly Row[] = []
  private view: OutboxView = { entries: [], unsent: 0, turnedDown: 0, oldest: null, ready: false }
  private loading: Promise<void> | undefined
  private loadAgain = false
  private readonly keys: OutboxKeys
  private readonly listeners = new Set<() => void>()
  private readonly settledListeners = new Set<() => void>()
  private readonly ends: (() => void)[]

  constructor(parts: OutboxParts) {
    this.parts = parts
    this.keys = rememberedKeys(parts.keys)
    const heard = () => this.changed()
    this.ends = [parts.word.hear(heard), parts.turns.wait(() => this.give({ kind: 'turn' }))]
  }

  close(): void {
    clearTimeout(this.timer)
    this.sender = idle
    for (const end of this.ends) end()
  }

  // ------------------------------------------------------------------------------------------ what happens to it

  /** Somebody has signed in, or a page has begun with his session, which says where the books stand. */
  async signedIn(accountId: string, standing: Standing | null): Promise<void> {
    try {
      const heard = { accountId, ids: [], verdicts: [], standing, at: null }
      if (standing) await this.parts.store.settle(heard)
    } finally {
      // A store that fails now is read again by the sender, which says so if it still does.
      this.give({ kind: 'signedIn', accountId })
      this.opened.clear()
      await this.load()
    }
  }
  signedOut(): void {
    this.give({ kind: 'signedOut' })
    this.opened.clear()
    this.shown = []
    this.show()
  }
  /** The name of this life of the storage. */
  async installationId(): Promise<string> {
    return (await this.parts.store.installation()).installationId
  }
  seen(visible: boolean): void {
    this.give({ kind: 'seen', visible })
  }
  sendNow(): void {
    this.give({ kind: 'woken' })
  }

  /** Resolves once it is stored durably; rejects with a Problem where it could not be. */
  async state(entry: CommandEntry, { title, about }: Spoken): Promise<string> {
    const { accountId } = this.sender
    if (accountId === null) throw new Error('invariant: only who is signed in states anything')
    const { id, occurredAt, name, version, input } = entry
    const bytes = new TextEncoder().encode(JSON.stringify(entry)).length
    if (bytes > entryBytesMost) throw deviceProblems.tooLarge({ limit: `${entryBytesMost / 1024} kB` })
    try {
      const said = { name, version, input, title, about } satisfies Body
      const [body, by] = await this.sealed(id, said)
      await this.parts.store.append({ id, accountId, occurredAt, bytes, body, sealedBy: by })
    } catch (error) {
      const problem = deviceProblems.notSaved()
      problem.cause = error
      throw problem
    }
    this.parts.word.tell()
    this.changed()
    return id
  }

  async acknowledge(id: string): Promise<void> {
    await this.parts.store.acknowledge(id)
    this.parts.word.tell()
    await this.load()
  }

  private changed(): void {
    void this.load()
    this.give({ kind: 'changed' })
  }

  // ------------------------------------------------------------------------------------------------- the sender

  private give(event: SenderEvent): void {
    const before = this.sender
    const [sender, effects] = step(before, event)
    this.sender = sender
    for (const effect of effects) void this.run(effect)
    if (sender.sending !== before.sending || sender.failures !== before.failures) this.show()
  }

  private async run(effect: SenderEffect): Promise<void> {
    if (effect.kind === 'wake') {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.give({ kind: 'woken' }), effect.ms)
      return
    }
    const { roll } = this.parts
    try {
      if (effect.kind === 'read') await this.read(effect.accountId)
      else if (effect.kind === 'post') await this.post(effect)
      else {
        await this.settle(effect)
        this.give({ kind: 'stored', roll: roll() })
        this.parts.word.tell()
        void this.load()
        for (const listener of this.settledListeners) listener()
      }
    } catch {
      // Neither read nor written: nothing is taken as sent, and it is tried again after a rest.
      this.give({ kind: 'storeFailed', roll: roll() })
    }
  }

  private async read(accountId: string): Promise<void> {
    const rows = await this.parts.store.waiting(accountId)
    const readable = rows.filter(row => this.opened.get(row.id)?.body !== null)
    const queue = readable.map(({ id, bytes, putOff }) => ({ id, bytes, putOff }))
    this.give({ kind: 'read', accountId, queue, roll: this.parts.roll() })
  }

  private async post({ accountId, ids }: SenderEffect & { kind: 'post' }): Promise<void> {
    const { store, roll } = this.parts
    const waiting = await store.waiting(accountId)
    const wanted = new Set(ids)
    const entries: CommandEntry[] = []
    for (const row of waiting.filter(({ id }) => wanted.has(id))) {
      const { body } = await this.open(row)
      if (!body) continue
      const { name, version, input } = body
      entries.push({ id: row.id, name, version, occurredAt: row.occurredAt, input })
    }
    const { installationId } = await store.installation()
    const told = { accountId, installationId, unsent: waiting.length, oldest: waiting[0]?.occurredAt ?? null }
    // Somebody else may have signed in while it was opened.
    const own = this.sender.accountId === accountId && entries.length > 0
    const answer = own ? await this.parts.post(entries, told).catch(statusOf) : 0
    if (typeof answer === 'number') this.give({ kind: 'failed', accountId, status: answer, roll: roll() })
    else this.give({ kind: 'answered', accountId, answer, roll: roll() })
  }

  private async settle(effect: SenderEffect & { kind: 'store' | 'putOff' }): Promise<void> {
    const { accountId } = effect
    const sealed = async (id: string, verdict: Verdict['verdict'], said: Said) => {
      const [outcome, by] = await this.sealed(id, said)
      return { id, verdict, outcome, sealedBy: by }
    }
    if (effect.kind === 'putOff') {
      const problem = deviceProblems.turnedAway({ status: effect.status }).toJSON()
      const verdicts = [await sealed(effect.id, 'retry', { problem, answer: null })]
      return this.parts.store.settle({ accountId, ids: [effect.id], verdicts, standing: null, at: null })
    }
    const { verdicts, standing, at } = effect.answer
    const outcomes = verdicts.map(one => {
      const done = one.verdict === 'done'
      return sealed(one.id, one.verdict, {
        problem: done ? null : one.problem,
        answer: done ? one.answer : null,
      })
    })
    await this.parts.store.settle({
      accountId,
      ids: effect.ids,
      verdicts: await Promise.all(outcomes),
      standing,
      at,
    })
  }

  // ---------------------------------------------------------------------------------------------- what is shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }
  /** Called whenever answers have been stored: what the books say may be another thing now. */
  readonly onSettled = (listener: () => void): (() => void) => {
    this.settledListeners.add(listener)
    return () => {
      this.settledListeners.delete(listener)
    }
  }
  readonly snapshot = (): OutboxView => this.view

  /** Under the key that counts now. */
  private async sealed(id: string, value: unknown): Promise<[Uint8Array, SealedBy]> {
    const by = await this.keys.current()
    const key = await this.keys.of(by)
    if (!key) throw new Error('the key of this device is not at hand')
    return [await sealText(key, id, value), by]
  }

  private async open(row: Row): Promise<Opened> {
    const known = this.opened.get(row.id)
    if (known && !known.closed && known.row.state === row.state && known.row.putOff === row.putOff) {
      known.row = row
      return known
    }
    const [key, outcomeKey] = [
      await this.keys.of(sealedBy(row.sealedBy)),
      await this.keys.of(sealedBy(row.outcomeBy)),
    ]
    const body = known?.body ?? (key ? await openText<Body>(key, row.id, row.body) : null)
    const said = row.outcome && outcomeKey ? await openText<Said>(outcomeKey, row.id, row.outcome) : null
    const opened = { row, body, said, closed: key === null }
    this.opened.set(row.id, opened)
    return opened
  }

  /**
   * Puts what lies here under the key that counts now, one entry after another; each is whole under one of the two.
   * What cannot be opened stays as it is.
   */
  async reseal(): Promise<void> {
    const { accountId } = this.sender
    if (accountId === null) return
    const by = await this.keys.current()
    for (const row of await this.parts.store.all(accountId)) {
      const isDone = sealedBy(row.sealedBy) === by && (!row.outcome || sealedBy(row.outcomeBy) === by)
      if (isDone) continue
      const { body, said } = await this.open(row)
      if (!body || (row.outcome && !said)) continue
      const [[sealedBody], outcome] = [
        await this.sealed(row.id, body),
        row.outcome ? (await this.sealed(row.id, said))[0] : null,
      ]
      await this.parts.store.reseal(row, { body: sealedBody, sealedBy: by, outcome, outcomeBy: by })
    }
  }

  /** Reads what is shown; asked again meanwhile, once more. */
  private load(): Promise<void> {
    if (this.loading) this.loadAgain = true
    this.loading ??= this.loadAll().finally(() => {
      this.loading = undefined
    })
    return this.loading
  }

  private async loadAll(): Promise<void> {
    do {
      this.loadAgain = false
      const { accountId } = this.sender
      if (accountId === null) return
      const rows = await this.parts.store.shown(accountId)
      await Promise.all(rows.map(row => this.open(row)))
      if (accountId === this.sender.accountId) this.shown = rows
    } while (this.loadAgain)
    this.view = { ...this.view, ready: true }
    this.show()
  }

  private show(): void {
    const sending = new Set(this.sender.sending)
    const entries = this.shown.map(row => this.entryOf(row, sending.has(row.id)))
    const waiting = this.shown.filter(waits)
    const oldest = waiting[0]?.occurredAt ?? null
    const turnedDown = this.shown.filter(unread).length
    this.view = { ...this.view, entries, unsent: waiting.length, turnedDown, oldest }
    for (const listener of this.listeners) listener()
  }

  private entryOf(row: Row, isSending: boolean): OutboxEntry {
    const { body, said, closed } = this.opened.get(row.id) ?? { body: null, said: null, closed: false }
    const { name, input, title, about } = body ?? unknownBody
    const tried = row.state === 'waiting' && this.sender.failures > 0
    return {
      id: row.id,
      name,
      title,
      about,
      occurredAt: row.occurredAt,
      input,
      state: isSending ? 'sending' : tried ? 'unsent' : row.state,
      problem: body
        ? (said?.problem ?? null)
        : closed
          ? deviceProblems.locked().toJSON()
          : deviceProblems.unreadable().toJSON(),
      answer: said?.answer ?? null,
      acknowledged: !unread(row),
    }
  }
}

function statusOf(error: unknown): number {
  return error instanceof Problem ? error.entry.status : 0
}
