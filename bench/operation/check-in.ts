// The whole bureau checks in within one minute over HTTP, each officer with a session of his own: as they come, spread
// over the minute, and all of them in one moment. Clients, server and database share the machine.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Verdict } from '../../src/kernel/contract.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { checkIn } from '../../src/modules/attendance/contracts.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { benchDatabase } from '../frame/database.ts'
import { type CheckInBureau, checkInBureau, strength } from './check-in-bureau.ts'

/** The same in a quick run: the minute is the subject. */
const minuteMs = 60_000

interface Told {
  ms: number
  verdict: Verdict['verdict'] | number
}

async function comes(bureau: CheckInBureau, n: number): Promise<Told> {
  const { base, officers } = bureau
  const officer = officers[n]
  if (!officer) throw new Error('invariant: there is such an officer')
  const { cookie, postId } = officer
  const proof = { way: 'code', code: bureau.codeAt(postId) }
  const now = bureau.now()
  const entry = {
    ...{ id: uuidv7(now), name: checkIn.name, version: 1, occurredAt: new Date(now).toISOString() },
    input: { presenceId: uuidv7(now), postId, proof },
  }
  const begun = performance.now()
  const response = await fetch(`${base}/api/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ commands: [entry] }),
  })
  const body = (await response.json()) as { verdicts?: Verdict[] }
  return { ms: performance.now() - begun, verdict: body.verdicts?.[0]?.verdict ?? response.status }
}

const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

function tableOf(name: string, told: readonly Told[], entered: number): Row[] {
  const times = told.map(one => one.ms).sort((a, b) => a - b)
  const refused = told.filter(one => one.verdict !== 'done').length
  return [
    { name: `${name}, done`, value: entered, unit: 'check-ins' },
    { name: `${name}, refused or held`, value: refused, unit: 'check-ins' },
    { name: `${name}, p50`, value: rounded(median(times)), unit: 'ms' },
    { name: `${name}, p99`, value: rounded(share(times, 0.99)), unit: 'ms' },
  ]
}

export async function rows({ say }: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    say('check-in: making the bureau')
    const bureau = await checkInBureau(database)
    try {
      bureau.startClock()
      say(`check-in: ${strength} within a minute`)
      const spread = await Promise.all(
        Array.from({ length: strength }, async (_, n) => {
          await sleep((((n * 7_919) % strength) / strength) * minuteMs)
          return comes(bureau, n)
        }),
      )
      const first = tableOf('check-in: 610 in the first minute', spread, await bureau.presences())
      await bureau.clear()
      say(`check-in: ${strength} in one moment`)
      const atOnce = await Promise.all(Array.from({ length: strength }, (_, n) => comes(bureau, n)))
      return [...first, ...tableOf('check-in: 610 in one moment', atOnce, await bureau.presences())]
    } finally {
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}
