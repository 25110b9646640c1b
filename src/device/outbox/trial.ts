// The seeded simulator: officers, tabs, a bad network and a server that is put back to a backup, in simulated time.
// A seed is a whole run; the same seed is the same run for ever.
import { unread, waits } from './rows.ts'
import { Agenda, drawn } from './trial-draw.ts'
import { type Bug, calm, type Odds, TrialPhone } from './trial-phone.ts'
import { type Fate, TrialServer } from './trial-server.ts'

export interface Outcome {
  seed: number
  faults: string[]
  /** What happened in it, so that a run in which nothing happens is seen to be one. */
  counts: Record<'stated' | 'booked' | 'posts' | 'deaths' | 'restores' | 'lives' | 'turnedDown', number>
}

const accounts = ['周示一', '郑例二'] as const
const actionsMost = 60
const yearMs = 365.25 * 86_400_000
const fates: readonly (readonly [Fate, number])[] = [
  ['done', 0.76],
  ['refused', 0.07],
  ['held', 0.07],
  ['quota', 0.05],
  ['error', 0.025],
  ['broken', 0.025],
]

class Run {
  private readonly draw: () => number
  private readonly agenda = new Agenda()
  private readonly server: TrialServer
  private readonly phone: TrialPhone
  private readonly told = new Set<string>()
  private readonly wiped = new Set<string>()
  private readonly numbers = new Set<string>()
  private readonly faults: string[] = []
  private skewMs = 0
  private stated = 0
  private restores = 0

  constructor(seed: number, bug: Bug | undefined) {
    this.draw = drawn(seed)
    this.server = new TrialServer(bug !== 'noDedupe')
    const wild = this.draw()
    const odds: Odds = {
      request: 0.1 + wild * 0.2,
      answer: 0.15 + wild * 0.2,
      double: 0.1,
      slow: 0.05,
      death: 0.01,
      storeFails: 0.01,
      wordLost: 0.1,
    }
    this.phone = new TrialPhone(this.agenda, this.server, this.draw, odds, bug)
  }

  private chance<T>(of: readonly (readonly [T, number])[]): T {
    let rest = this.draw()
    for (const [what, odds] of of) {
      rest -= odds
      if (rest < 0) return what
    }
    return (of[0] as readonly [T, number])[0]
  }

  private get tab() {
    const { tabs } = this.phone
    return tabs[Math.floor(this.draw() * tabs.length)]
  }

  private state(): void {
    const { tab, phone } = this
    if (!tab) return
    this.stated += 1
    // Ids say nothing of the order: the device's clock may have been put back between two.
    const id = `${Math.floor(this.draw() * 1e9).toString(36)}-${this.stated}`
    const occurredAt = new Date(this.agenda.now + this.skewMs).toISOString()
    const saved = phone.state(tab, id, this.chance(fates), occurredAt)
    if (saved) this.told.add(saved)
    const fact = phone.facts.get(id)
    if (!fact) return
    const number = `${phone.installation.installationId} ${fact.sequence}`
    if (this.numbers.has(number)) this.faults.push(`number used twice: ${number}`)
    this.numbers.add(number)
  }

  /** For a while the server answers everything by an error. */
  private trouble(): void {
    this.server.failing = this.chance([
      [503, 0.5],
      [500, 0.2],
      [502, 0.2],
      [403, 0.1],
    ])
    this.agenda.after(this.draw() * 300_000, () => {
      this.server.failing = null
    })
  }

  private readonly actions: readonly (readonly [() => void, number])[] = [
    [() => this.state(), 0.58],
    [() => this.phone.cookie && this.phone.readAll(this.phone.cookie), 0.06],
    [() => this.tab && this.phone.signOut(this.tab), 0.04],
    [
      () =>
        this.signIn(
          this.chance([
            [accounts[0], 0.6],
            [accounts[1], 0.4],
          ]),
        ),
      0.08,
    ],
    [() => this.phone.tabs.length < 2 && this.phone.open(), 0.05],
    [() => this.tab && this.phone.kill(this.tab), 0.03],
    [() => this.server.backup(this.agenda.now), 0.03],
    [() => this.restore(), 0.02],
    [() => this.trouble(), 0.03],
    [() => this.look(), 0.03],
    [() => this.turnClock(), 0.03],
    [() => this.wipe(), 0.004],
    [() => this.expireSession(), 0.016],
  ]

  private signIn(account: string): void {
    const { tab } = this
    if (!tab || this.server.failing !== null) return
    this.phone.cookie = account
    this.phone.askSession(tab)
  }
  private restore(): void {
    this.restores += 1
    this.server.restore(this.agenda.now, this.draw())
  }
  private look(): void {
    if (this.tab) this.phone.give(this.tab, { kind: 'seen', visible: this.draw() < 0.6 })
  }
  private turnClock(): void {
    this.skewMs = (this.draw() * 20 - 10) * yearMs
  }
  private wipe(): void {
    for (const id of this.phone.wipe()) this.wiped.add(id)
  }
  private expireSession(): void {
    this.phone.cookie = null
  }

  private wild(): void {
    this.phone.open()
    this.signIn(accounts[0])
    const actions = 15 + Math.floor(this.draw() * actionsMost)
    for (let n = 0; n < actions; n += 1) {
      // Mostly seconds, at times hours, now and then days.
      const scale = this.chance([
        [5_000, 0.8],
        [600_000, 0.14],
        [20_000_000, 0.05],
        [500_000_000, 0.01],
      ])
      const until = this.agenda.now + this.draw() * scale
      while (this.agenda.next(until));
      this.agenda.now = until
      if (this.phone.tabs.length === 0) this.phone.open()
      this.chance(this.actions)()
    }
  }

  /** Network, server and store are well again, and each officer signs in once more. What still waits then is stuck. */
  private rest(): void {
    const { phone, server, agenda } = this
    phone.odds = calm
    Object.assign(server, { failing: null, quotaFull: false, faulty: false })
    if (phone.tabs.length === 0) phone.open()
    for (const account of [...accounts, ...accounts]) {
      phone.cookie = account
      for (const tab of phone.tabs) {
        phone.give(tab, { kind: 'seen', visible: true })
        phone.askSession(tab)
      }
      const until = agenda.now + 3 * 3_600_000
      while (agenda.next(until));
      agenda.now = until
    }
  }

  private judge(): void {
    const { phone, server, faults } = this
    const booked = new Map<string, number>()
    for (const { entry } of server.order) booked.set(entry.id, (booked.get(entry.id) ?? 0) + 1)
    for (const id of this.told) {
      if (booked.has(id) || this.wiped.has(id)) continue
      const row = phone.rows.get(id)
      if (!row) faults.push(`lost: ${id}`)
      else if (phone.facts.get(id)?.fate !== 'broken') faults.push(`stuck: ${id} ${row.state}`)
    }
    for (const row of phone.rows.values()) {
      if (waits(row) && (phone.facts.get(row.id)?.fate !== 'broken' || row.state !== 'unsent'))
        faults.push(`waits for ever: ${row.id} ${row.state}`)
    }
    for (const [id, times] of booked) if (times > 1) faults.push(`done ${times} times: ${id}`)
    const lastOf = new Map<string, number>()
    for (const { entry, verdict } of server.order) {
      const { id, accountId } = entry
      if (verdict.verdict !== 'done' && !this.wiped.has(id)) {
        const row = phone.rows.get(id)
        const shown = row ? unread(row) || row.acknowledged === row.state : false
        if (!shown && phone.read.get(id) !== verdict.verdict) faults.push(`turned down in silence: ${id}`)
      }
      // What was put off alone, or was lost with a backup, may come behind what followed it.
      if (phone.putOff.has(id) || server.putOff.has(id) || server.lost.has(id)) continue
      const line = `${accountId} ${entry.installationId}`
      const last = lastOf.get(line) ?? 0
      if (entry.sequence < last) faults.push(`out of order: ${id}`)
      lastOf.set(line, Math.max(last, entry.sequence))
    }
  }

  outcome(seed: number): Outcome {
    this.wild()
    this.rest()
    this.judge()
    const { phone, server } = this
    return {
      seed,
      faults: this.faults,
      counts: {
        stated: this.stated,
        booked: server.order.length,
        posts: phone.posts,
        deaths: phone.deaths,
        restores: this.restores,
        lives: phone.lives,
        turnedDown: server.order.filter(one => one.verdict.verdict !== 'done').length,
      },
    }
  }
}

/** One run. With a bug planted it should find fault; without, never. */
export function simulate(seed: number, bug?: Bug): Outcome {
  return new Run(seed, bug).outcome(seed)
}
