import { describe, expect, it } from 'vitest'
import { Client } from './client.ts'
import { ServerClock } from './clock.ts'

const noon = Date.parse('2021-11-03T04:00:00.000Z')
const hour = 3_600_000

/** A device whose clock is two hours slow, and moves when the test says so. */
function slowDevice() {
  const device = { at: noon - 2 * hour }
  return { device, clock: new ServerClock(() => device.at) }
}

describe('the clock of the server', () => {
  it('FLD10 goes on at the next start as it was, whatever a header says, until a query tells it anew', () => {
    const device = Date.parse('2021-11-03T00:00:00Z')
    const clock = new ServerClock(() => device)
    clock.resume(7 * 60_000)
    expect(clock.now()).toBe(device + 7 * 60_000)
    clock.heard(new Date(device).toUTCString(), device)
    expect(clock.offset()).toBe(7 * 60_000)
    clock.told({ now: new Date(device + 9 * 60_000).toISOString() }, device)
    expect(clock.offset()).toBe(9 * 60_000)
    clock.resume(0)
    expect(clock.offset()).toBe(9 * 60_000)
  })

  it('WEB35 is read from an answer that says now, between question and answer', () => {
    const { device, clock } = slowDevice()
    expect(clock.now()).toBe(noon - 2 * hour)
    const sentAt = clock.device()
    device.at += 400
    clock.told({ now: new Date(noon + 200).toISOString(), rows: [] }, sentAt)
    expect(clock.now()).toBe(noon + 400)
    device.at += hour
    expect(clock.now()).toBe(noon + 400 + hour)
  })

  it('WEB35 is not made worse by a slow answer that agrees with it, and is set by one that does not', () => {
    const { device, clock } = slowDevice()
    clock.told({ now: new Date(noon).toISOString() }, clock.device())
    const sentAt = clock.device()
    device.at += 9_000
    clock.told({ now: new Date(noon + 500).toISOString() }, sentAt)
    expect(clock.now()).toBe(noon + 9_000)
    // The device's own clock was put right under way.
    device.at += 2 * hour
    clock.told({ now: new Date(noon + 9_000).toISOString() }, clock.device())
    expect(clock.now()).toBe(noon + 9_000)
  })

  it('WEB35 is read from the Date header until an answer says now', () => {
    const { clock } = slowDevice()
    clock.heard(null, clock.device())
    clock.heard('not a date', clock.device())
    expect(clock.now()).toBe(noon - 2 * hour)
    clock.heard(new Date(noon).toUTCString(), clock.device())
    expect(clock.now()).toBe(noon + 500)
    clock.told({ now: new Date(noon + 300).toISOString() }, clock.device())
    expect(clock.now()).toBe(noon + 300)
    clock.heard(new Date(noon + hour).toUTCString(), clock.device())
    expect(clock.now()).toBe(noon + 300)
    for (const answer of [null, 3, 'now', [], {}, { now: 4 }, { now: 'soon' }]) {
      clock.told(answer, clock.device())
    }
    expect(clock.now()).toBe(noon + 300)
  })

  it('WEB35 turns in steps of ten seconds, and tells whoever shows it when it was found to be off', () => {
    const { device, clock } = slowDevice()
    let told = 0
    const leave = clock.subscribe(() => {
      told += 1
    })
    clock.told({ now: new Date(noon + 9_999).toISOString() }, clock.device())
    expect(told).toBe(1)
    expect(clock.step()).toBe(noon)
    device.at += 1
    expect(clock.step()).toBe(noon + 10_000)
    leave()
    clock.told({ now: new Date(noon + hour).toISOString() }, clock.device())
    expect(told).toBe(1)
  })

  it('WEB35 is set by every answer of the client, and dates what the client sends', async () => {
    const client = new Client({
      base: '',
      fetch: async () => new Response('{"now":"2031-01-01T00:00:00.000Z"}', { status: 200 }),
    })
    const contract = { name: 'any' } as unknown as Parameters<typeof client.ask>[0]
    await client.ask(contract, {} as never)
    const { occurredAt } = client.entry({ name: 'any', version: 1 } as never, {} as never)
    expect(occurredAt.slice(0, 16)).toBe('2031-01-01T00:00')
  })
})
