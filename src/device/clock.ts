// What time it is where it counts: on the server. A desk's own clock may be hours off, and nobody would see it.

/** Steps in which clocks on the screen turn; a divisor of a minute, so that minutes turn when they should. */
const stepMs = 10_000
/** A screen whose clock was found to be this much off turns at once, and not with its next step. */
const jumpMs = 1_000

/**
 * The server's clock, carried on by this device's ticking. Learned from every answer: from a query's field `now`,
 * else from the `Date` header, which knows only whole seconds and which a proxy in between may have written.
 */
export class ServerClock {
  private readonly deviceNow: () => number
  private offsetMs = 0
  private toldByServer = false
  private heardOf = false
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(deviceNow: () => number = () => Date.now()) {
    this.deviceNow = deviceNow
  }

  /** Milliseconds since 1970 by the server's clock; by the device's, before the first answer. */
  readonly now = (): number => this.deviceNow() + this.offsetMs

  /** This device's own clock, to say when a question was sent. */
  readonly device = (): number => this.deviceNow()

  /** The server's clock less this device's, for the next start without a network. */
  readonly offset = (): number => this.offsetMs

  /**
   * Goes on with what was known at an earlier start, until a query says it better: the header of the first answer does
   * not, which may be a proxy's.
   */
  resume(offsetMs: number): void {
    if (this.heardOf) return
    this.offsetMs = offsetMs
    this.toldByServer = true
  }

  /** The `Date` header of an answer to a question sent at `sentAt` of the device's clock. */
  heard(date: string | null, sentAt: number): void {
    const at = Date.parse(date ?? '')
    // The header leaves the milliseconds out.
    if (!this.toldByServer && !Number.isNaN(at)) this.set(at, at + 1_000, sentAt)
  }

  /** A query's answer; one that says `now` sets the clock. */
  told(answer: unknown, sentAt: number): void {
    const now = (answer as { now?: unknown } | null)?.now
    const at = typeof now === 'string' ? Date.parse(now) : Number.NaN
    if (Number.isNaN(at)) return
    this.toldByServer = true
    this.set(at, at, sentAt)
  }

  /**
   * The server's clock stood between `from` and `until` at some moment between question and answer. A clock that
   * agrees with that is kept: a slow answer must not make it worse.
   */
  private set(from: number, until: number, sentAt: number): void {
    this.heardOf = true
    const least = from - this.deviceNow()
    const most = until - sentAt
    if (least <= this.offsetMs && this.offsetMs <= most) return
    const before = this.offsetMs
    this.offsetMs = (least + most) / 2
    if (Math.abs(this.offsetMs - before) > jumpMs) this.tick()
  }

  /** The clock in steps of ten seconds: the same number until the next step, as a screen needs it. */
  readonly step = (): number => Math.floor(this.now() / stepMs) * stepMs

  /** Calls back at least at every step, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    this.timer ??= setInterval(() => this.tick(), 1_000)
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      clearInterval(this.timer)
      this.timer = undefined
    }
  }

  private tick(): void {
    for (const listener of this.listeners) listener()
  }
}
