// The server of the simulated world: books with ids, a session cookie, backups that it may be put back to.
import type { ProblemAnswer, Standing, Verdict } from '../../kernel/contract.ts'
import type { Answered } from './sender.ts'

/** What the server makes of an entry. `broken` makes it turn the whole request away, for ever. */
export type Fate = 'done' | 'refused' | 'held' | 'quota' | 'error' | 'broken'
export interface TrialEntry {
  id: string
  accountId: string
  installationId: string
  sequence: number
  fate: Fate
  occurredAt: string
}
interface Booked {
  entry: TrialEntry
  verdict: Verdict
}
interface Books {
  order: readonly Booked[]
  at: number
}

export const trialProblem: ProblemAnswer = {
  code: 'trial/problem',
  status: 409,
  message: { zh: '例', en: 'trial' },
  do: { zh: '例', en: 'trial' },
  params: {},
}
/** A backup is never older than what phones keep. */
const backupMs = 5 * 86_400_000

export class TrialServer {
  /** In the order of applying; an id stands here twice only where nobody looked. */
  order: Booked[] = []
  epoch = 0
  /** Answers everything by this status while it is not null. */
  failing: number | null = null
  /** Too many of this device wait for review. */
  quotaFull = true
  /** A bug of the server makes some entries fail; mended at the end. */
  faulty = true
  /** Ids that a restore took out of the books: they may come back later than what followed. */
  readonly lost = new Set<string>()
  /** Ids that it put off by `retry` while it took what came with them. */
  readonly putOff = new Set<string>()
  private readonly byId = new Map<string, Booked>()
  private readonly backups: Books[] = []
  private readonly dedupes: boolean

  constructor(dedupes: boolean) {
    this.dedupes = dedupes
  }

  get standing(): Standing {
    return { restoreEpoch: this.epoch, headSeq: this.order.length }
  }

  backup(at: number): void {
    this.backups.push({ order: [...this.order], at })
  }

  restore(at: number, roll: number): void {
    const fit = this.backups.filter(one => at - one.at < backupMs)
    const found = fit[Math.floor(roll * fit.length)]
    if (!found) return
    for (const one of this.order.slice(found.order.length)) this.lost.add(one.entry.id)
    this.order = [...found.order]
    this.byId.clear()
    for (const one of this.order) this.byId.set(one.entry.id, one)
    this.backups.length = this.backups.indexOf(found) + 1
    this.epoch += 1
  }

  /** `cookie` is who the browser is signed in as, `account` whom the outbox sends for. */
  post(
    cookie: string | null,
    account: string,
    entries: readonly TrialEntry[],
    at: number,
  ): Answered | number {
    if (this.failing !== null) return this.failing
    if (cookie === null || cookie !== account) return 401
    if (entries.some(one => one.fate === 'broken')) return 400
    if (this.faulty && entries.some(one => one.fate === 'error')) return 500
    const verdicts = entries.map(entry => this.one(entry))
    return { verdicts, standing: this.standing, at }
  }

  private one(entry: TrialEntry): Verdict {
    const before = this.byId.get(entry.id)
    if (before && this.dedupes) return before.verdict
    const { id, fate } = entry
    if (fate === 'quota' && this.quotaFull) {
      this.putOff.add(id)
      return { id, verdict: 'retry', problem: trialProblem }
    }
    const seq = this.order.length + 1
    const verdict: Verdict =
      fate === 'refused'
        ? { id, verdict: 'refused', seq, problem: trialProblem }
        : fate === 'held'
          ? { id, verdict: 'held', seq, reviewId: id, problem: trialProblem }
          : { id, verdict: 'done', seq, answer: {} }
    const booked = { entry, verdict }
    this.order.push(booked)
    this.byId.set(id, booked)
    return verdict
  }
}
