// The phone of the simulated world: a store that commits or does not, and tabs that die between any two effects. The
// rules are those of `rows.ts` and `sender.ts`; here is only what a browser would do for them.
import type { Agenda } from './trial-draw.ts'
import {
  acknowledge,
  append,
  type Installation,
  type Row,
  settle,
  type Settling,
  unread,
  waits,
} from './rows.ts'
import { idle, type Sender, type SenderEffect, type SenderEvent, step } from './sender.ts'
import type { Fate, TrialEntry, TrialServer } from './trial-server.ts'

export const bugs = ['noDedupe', 'noOrder', 'dropOnError', 'silentRefusal', 'wipeAtSignOut'] as const
export type Bug = (typeof bugs)[number]

export interface Odds {
  request: number
  answer: number
  double: number
  slow: number
  death: number
  storeFails: number
  wordLost: number
}
export const calm: Odds = {
  request: 0,
  answer: 0,
  double: 0,
  slow: 0,
  death: 0,
  storeFails: 0,
  wordLost: 0,
}

const none = new Uint8Array()
/** How long a request is waited for. */
const patienceMs = 30_000

export class TrialTab {
  sender: Sender = idle
  alive = true
  timer = 0
}

export class TrialPhone {
  installation: Installation
  rows = new Map<string, Row>()
  readonly facts = new Map<string, TrialEntry>()
  /** Whom the browser is signed in as; one for all tabs. */
  cookie: string | null = null
  tabs: TrialTab[] = []
  lives = 1
  odds: Odds
  deaths = 0
  posts = 0
  /** Read and put away by the officer, by verdict. */
  readonly read = new Map<string, Row['state']>()
  /** Put off alone at some time: what was stated later may have been done before it. */
  readonly putOff = new Set<string>()
  private readonly agenda: Agenda
  private readonly server: TrialServer
  private readonly draw: () => number
  private readonly bug: Bug | undefined

  constructor(agenda: Agenda, server: TrialServer, draw: () => number, odds: Odds, bug: Bug | undefined) {
    this.agenda = agenda
    this.server = server
    this.draw = draw
    this.odds = odds
    this.bug = bug
    this.installation = { installationId: 'life 1', nextSequence: 1, standings: {} }
  }

  private happens(odds: number): boolean {
    return odds > 0 && this.draw() < odds
  }

  // ------------------------------------------------------------------------------------------------------- tabs

  open(): void {
    const tab = new TrialTab()
    this.tabs.push(tab)
    this.askSession(tab)
    this.passTurn()
  }

  kill(tab: TrialTab): void {
    tab.alive = false
    this.deaths += 1
    this.tabs = this.tabs.filter(one => one !== tab)
    this.passTurn()
  }

  private passTurn(): void {
    const [first] = this.tabs
    if (first && !this.tabs.some(one => one.sender.turn)) this.give(first, { kind: 'turn' })
  }

  /** The page asks who is signed in, and hears where the books stand. */
  askSession(tab: TrialTab): void {
    if (!tab.alive || this.server.failing !== null) return
    const { cookie } = this
    if (cookie === null) return this.give(tab, { kind: 'signedOut' })
    this.settle({ accountId: cookie, ids: [], verdicts: [], standing: this.server.standing, at: null })
    this.give(tab, { kind: 'signedIn', accountId: cookie })
  }

  give(tab: TrialTab, event: SenderEvent): void {
    if (!tab.alive) return
    const [sender, effects] = step(tab.sender, event)
    tab.sender = sender
    for (const effect of effects) {
      if (this.happens(this.odds.death)) return this.kill(tab)
      this.run(tab, effect)
    }
  }

  /** Word of a change reaches the own tab always, another one mostly. */
  private tell(own: TrialTab | undefined): void {
    for (const tab of [...this.tabs]) {
      if (tab === own || !this.happens(this.odds.wordLost)) this.give(tab, { kind: 'changed' })
    }
  }

  // ---------------------------------------------------------------------------------------------------- effects

  private run(tab: TrialTab, effect: SenderEffect): void {
    if (effect.kind === 'wake') {
      tab.timer += 1
      const { timer } = tab
      this.agenda.after(effect.ms, () => {
        if (tab.timer === timer) this.give(tab, { kind: 'woken' })
      })
      return
    }
    const { accountId } = effect
    const later = (ms: number, event: () => SenderEvent) =>
      this.agenda.after(ms, () => {
        if (tab.alive) this.give(tab, event())
      })
    if (effect.kind === 'read') {
      const roll = this.draw()
      if (this.happens(this.odds.storeFails)) return later(5, () => ({ kind: 'storeFailed', roll }))
      return later(2, () => ({ kind: 'read', accountId, queue: this.queue(accountId), roll }))
    }
    if (effect.kind === 'post') return this.post(tab, accountId, effect.ids)
    const verdicts =
      effect.kind === 'store'
        ? effect.answer.verdicts.map(({ id, verdict }) => ({ id, verdict, outcome: none }))
        : [{ id: effect.id, verdict: 'retry' as const, outcome: none }]
    const ids = effect.kind === 'store' ? effect.ids : [effect.id]
    const { standing, at } = effect.kind === 'store' ? effect.answer : { standing: null, at: null }
    later(3, () => {
      const roll = this.draw()
      if (this.happens(this.odds.storeFails)) return { kind: 'storeFailed', roll }
      this.settle({ accountId, ids, verdicts, standing, at })
      if (this.happens(this.odds.death)) this.kill(tab)
      return { kind: 'stored', roll }
    })
  }

  private queue(accountId: string) {
    const rows = [...this.rows.values()].filter(one => one.accountId === accountId && waits(one))
    rows.sort((a, b) => (this.bug === 'noOrder' ? a.id.localeCompare(b.id) : a.sequence - b.sequence))
    return rows.map(({ id, bytes, putOff }) => ({ id, bytes, putOff }))
  }

  private post(tab: TrialTab, accountId: string, ids: readonly string[]): void {
    this.posts += 1
    const entries = ids.flatMap(id => this.facts.get(id) ?? [])
    const failed = (ms: number, status: number) =>
      this.agenda.after(ms, () => {
        // What a careless outbox does when nothing came back.
        if (this.bug === 'dropOnError' && tab.alive) for (const id of ids) this.rows.delete(id)
        this.give(tab, { kind: 'failed', accountId, status, roll: this.draw() })
      })
    if (this.happens(this.odds.request)) return failed(this.draw() * patienceMs, 0)
    const { cookie } = this
    const reach = () => this.server.post(cookie, accountId, entries, this.agenda.now)
    if (this.happens(this.odds.double)) this.agenda.after(this.draw() * 90_000, reach)
    if (this.happens(this.odds.slow)) {
      this.agenda.after(this.draw() * 120_000, reach)
      return failed(patienceMs, 0)
    }
    this.agenda.after(this.draw() * 400, () => {
      const answer = reach()
      if (this.happens(this.odds.answer)) return failed(this.draw() * patienceMs, 0)
      const ms = this.draw() * 400
      if (typeof answer !== 'number') {
        this.agenda.after(ms, () =>
          this.give(tab, { kind: 'answered', accountId, answer, roll: this.draw() }),
        )
        return
      }
      failed(ms, answer)
      if (answer === 401) this.agenda.after(ms + 2_000, () => this.askSession(tab))
    })
  }

  // ------------------------------------------------------------------------------------------------------ store

  private settle(answer: Settling): void {
    const { installation, put, remove } = settle(this.installation, [...this.rows.values()], answer)
    this.installation = installation
    for (const row of put) {
      if (row.putOff > 0) this.putOff.add(row.id)
      const turnedDown = row.state === 'refused' || row.state === 'held'
      if (this.bug === 'silentRefusal' && turnedDown) this.rows.delete(row.id)
      else this.rows.set(row.id, row)
    }
    for (const id of remove) this.rows.delete(id)
  }

  /** Gives the entry's id where the officer was told "saved"; null where not, whether or not it lies there. */
  state(tab: TrialTab, id: string, fate: Fate, occurredAt: string): string | null {
    const { accountId } = tab.sender
    if (accountId === null || this.happens(this.odds.storeFails)) return null
    if (this.happens(this.odds.death)) {
      this.kill(tab)
      return null
    }
    const { installation, row } = append(this.installation, {
      id,
      accountId,
      occurredAt,
      bytes: 300,
      body: none,
    })
    this.installation = installation
    this.rows.set(id, row)
    const { installationId } = installation
    this.facts.set(id, { id, accountId, installationId, sequence: row.sequence, fate, occurredAt })
    if (this.happens(this.odds.death)) {
      this.kill(tab)
      return null
    }
    this.tell(tab)
    return id
  }

  /** The officer reads what was turned down, and says so. */
  readAll(accountId: string): void {
    for (const row of this.rows.values()) {
      if (row.accountId !== accountId || !unread(row)) continue
      this.read.set(row.id, row.state)
      this.rows.set(row.id, acknowledge(row))
    }
  }

  signOut(tab: TrialTab): void {
    this.cookie = null
    if (this.bug === 'wipeAtSignOut') this.rows.clear()
    this.give(tab, { kind: 'signedOut' })
  }

  /** The browser threw everything away: another life, under another name. */
  wipe(): string[] {
    for (const tab of [...this.tabs]) this.kill(tab)
    const gone = [...this.rows.keys()]
    this.rows.clear()
    this.lives += 1
    this.installation = { installationId: `life ${this.lives}`, nextSequence: 1, standings: {} }
    return gone
  }
}
