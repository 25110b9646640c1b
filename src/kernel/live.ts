// Live events: every committed batch is announced by a NOTIFY, every process listens and fans out to the agency's
// open pages.
import pg from 'pg'
import type { Log } from './log.ts'

/** Told whenever a session or a password changed: what a process knows of sessions is to be looked up anew. */
export const doorChannel = 'fangxian_door'
/** The agency of an event that is for everybody: something may have been missed. */
export const everyAgency = '*'

export interface LiveEvent {
  agency: string
  seq: number
  /** Names of the commands done. */
  names: string[]
}

const channel = 'fangxian_live'
/** A payload of NOTIFY has 8,000 bytes; a name has at most 100. */
const namesMost = 50
const againMs = 1_000

/**
 * Announces what was committed, after the commit and on a connection of its own. Inside the transaction NOTIFY would
 * take a lock of the whole database until the commit is on the disk, so that no two agencies ever commit together
 * (docs/decisions/0001-command-pipeline.md has the figures). While one announcement is on its way the next ones
 * gather, an agency's into one.
 */
export class Announcer {
  private readonly config: pg.ClientConfig
  private readonly log: Log
  private waiting: LiveEvent[] = []
  private client: pg.Client | undefined
  private sending: Promise<void> | undefined
  private pause: NodeJS.Timeout | undefined
  private closed = false

  constructor(config: pg.ClientConfig, log: Log) {
    // Nothing is written, so nothing need be on the disk before the next one.
    this.config = { ...config, options: '-c synchronous_commit=off' }
    this.log = log
  }

  announce(event: LiveEvent): void {
    const before = this.waiting.findLast(one => one.agency === event.agency)
    const names = [...new Set([...(before?.names ?? []), ...event.names])]
    if (before && names.length <= namesMost) {
      before.seq = event.seq
      before.names = names
    } else {
      for (let from = 0; from === 0 || from < event.names.length; from += namesMost) {
        this.waiting.push({ ...event, names: event.names.slice(from, from + namesMost) })
      }
    }
    if (!this.pause) this.go()
  }

  private go(): void {
    if (!this.sending && this.waiting.length > 0) this.sending = this.send()
  }

  private async send(): Promise<void> {
    while (this.waiting.length > 0) {
      const events = this.waiting.splice(0)
      try {
        this.client ??= await this.open()
        await this.client.query({
          name: 'announce',
          text: `select pg_notify('${channel}', event) from unnest($1::text[]) event`,
          values: [events.map(event => JSON.stringify(event))],
        })
      } catch (error) {
        // What is committed stays to be told: later, with what has come since.
        this.waiting.unshift(...events)
        this.log.warn('live announcement failed', { message: (error as Error).message })
        await this.hangUp()
        if (!this.closed) this.later()
        break
      }
    }
    // In the same step as the last look at what waits: what comes after it must find nobody at work.
    this.sending = undefined
    if (this.closed) await this.hangUp()
  }

  private async open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
      ...this.config,
    })
    client.on('error', () => {
      if (this.client === client) this.client = undefined
    })
    await client.connect()
    return client
  }

  private async hangUp(): Promise<void> {
    const { client } = this
    this.client = undefined
    await client?.end()
  }

  private later(): void {
    this.pause = setTimeout(() => {
      this.pause = undefined
      this.go()
    }, againMs).unref()
  }

  /** What has been committed is announced before, where the database still answers. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.pause)
    this.go()
    await this.sending
    await this.hangUp()
  }
}

export class Live {
  private readonly config: pg.ClientConfig
  private readonly log: Log
  private readonly listeners = new Set<(event: LiveEvent) => void>()
  private readonly doors = new Set<() => void>()
  private client: pg.Client | undefined
  private closed = false

  constructor(config: pg.ClientConfig, log: Log) {
    this.config = config
    this.log = log
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionTimeoutMillis: 10_000, keepAlive: true, ...this.config })
    let lost = false
    client.on('error', error => {
      if (lost || this.closed) return
      lost = true
      this.log.warn('live connection lost', { message: error.message })
      // While nobody listened, sessions may have ended: from now on they are looked up.
      this.tellDoors()
      if (this.client === client) this.again()
    })
    client.on('notification', ({ channel: on, payload }) => this.heard(on, payload))
    await client.connect()
    try {
      await client.query(`listen ${channel}`)
      await client.query(`listen ${doorChannel}`)
    } catch (error) {
      lost = true
      await client.end()
      throw error
    }
    this.client = client
  }

  private heard(on: string, payload: string | undefined): void {
    if (on === doorChannel) return this.tellDoors()
    if (!payload) return
    let event: LiveEvent
    try {
      event = JSON.parse(payload) as LiveEvent
    } catch (error) {
      // Any role of the database may notify; a payload that is not ours must not end the process.
      this.log.warn('live event unreadable', { message: (error as Error).name })
      return
    }
    this.tell(event)
  }

  private tell(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event)
  }
  private tellDoors(): void {
    for (const door of this.doors) door()
  }

  /** A lost connection is opened again, and every page is told to look again: events were missed meanwhile. */
  private again(): void {
    if (this.closed) return
    setTimeout(() => {
      if (this.closed) return
      this.start().then(
        () => {
          this.tellDoors()
          this.tell({ agency: everyAgency, seq: 0, names: [] })
        },
        (error: Error) => {
          this.log.warn('live connection refused', { message: error.message })
          this.again()
        },
      )
    }, againMs).unref()
  }

  on(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Called when sessions or rights changed anywhere. */
  onDoor(door: () => void): () => void {
    this.doors.add(door)
    return () => this.doors.delete(door)
  }

  async close(): Promise<void> {
    this.closed = true
    await this.client?.end()
  }
}
