// Live events: every committed batch is a NOTIFY, this listens and fans out to the agency's open pages.
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
    client.on('notification', ({ channel, payload }) => this.heard(channel, payload))
    await client.connect()
    try {
      await client.query('listen fangxian_live')
      await client.query(`listen ${doorChannel}`)
    } catch (error) {
      lost = true
      await client.end()
      throw error
    }
    this.client = client
  }

  private heard(channel: string, payload: string | undefined): void {
    if (channel === doorChannel) return this.tellDoors()
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
    }, 1_000).unref()
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
