// How fast encounters go in: over the real door, beside a plain COPY by the owner into the same table with the same
// indexes. Phones, server and database share the machine; COPY and phones take turns, and the medians are compared.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { from as copyFrom } from 'pg-copy-streams'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { cpuMeter } from '../frame/cpu.ts'
import { type BenchDatabase, benchDatabase } from '../frame/database.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { type IngestBureau, ingestBureau } from './bureau.ts'
import { copyColumns, copyLine, entryAt } from './entries.ts'
import type { PhonesOrder, PhonesTold, PhonesTurn } from './phones.ts'

const batch = 100
/** So many requests of a hundred are on their way at once, as when a watch comes back into the network. */
const lanes = 64

interface Phones {
  take(turn: PhonesTurn): Promise<PhonesTold>
  stop(): Promise<number>
}

function phonesOf({ base, cookie, postIds }: IngestBureau): Phones {
  const worker = new Worker(new URL('./phones.ts', import.meta.url), {
    workerData: { base, cookie, postIds } satisfies PhonesOrder,
  })
  return {
    take: turn =>
      new Promise((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', (told: PhonesTold & { error?: string }) =>
          told.error ? reject(new Error(told.error)) : resolve(told),
        )
        worker.postMessage(turn)
      }),
    stop: () => worker.terminate(),
  }
}

/** Lines of a COPY, made before the clock runs. */
function linesOf({ agencyId, postIds }: IngestBureau, rows: number): Buffer[] {
  return Array.from({ length: Math.ceil(rows / 500) }, (_, piece) => {
    const lines = Array.from({ length: Math.min(500, rows - piece * 500) }, (_, n) =>
      copyLine(agencyId, agencyId, entryAt(postIds[n % postIds.length] ?? '', n)),
    )
    return Buffer.from(lines.join(''))
  })
}

/** Rows a second of one COPY of the owner. */
async function copied(database: BenchDatabase, lines: readonly Buffer[], rows: number): Promise<number> {
  const begun = performance.now()
  const into = database.owner.query(copyFrom(`copy app.encounter (${copyColumns}) from stdin`))
  await pipeline(Readable.from(lines), into)
  return rows / ((performance.now() - begun) / 1000)
}

async function againstCopy(
  database: BenchDatabase,
  bureau: IngestBureau,
  phones: Phones,
  { quick, say }: BenchOptions,
): Promise<Row[]> {
  const rows = quick ? 20_000 : 100_000
  const turns = quick ? 3 : 7
  const [copies, batches, copyCpu, cpu]: [number[], number[], number[], number[]] = [[], [], [], []]
  const meter = await cpuMeter(database.owner)
  // The guard of the table asks whose write it is, of the owner too.
  await database.owner.query(`set app.bulk_id = '${uuidv7(Date.now())}'`)
  // The first turn of each warms up.
  for (let turn = 0; turn <= turns; turn += 1) {
    say(`ingest: turn ${turn} of ${turns}`)
    const lines = linesOf(bureau, rows)
    const begun = meter?.()
    const perSecond = await copied(database, lines, rows)
    const from = meter?.()
    const told = await phones.take({
      phones: lanes,
      requests: Math.ceil(rows / batch / lanes),
      batch,
      pauseMs: 0,
    })
    if (turn === 0) continue
    copies.push(perSecond)
    batches.push(told.done / (told.ms / 1000))
    if (!meter || from === undefined || begun === undefined) continue
    copyCpu.push((from - begun) / rows)
    cpu.push((meter() - from) / told.done)
  }
  const [copy, http] = [median(copies), median(batches)]
  return [
    { name: 'copy rows/s', value: rounded(copy), unit: 'rows/s' },
    {
      ...{ name: 'http batch 100 rows/s', value: rounded(http), unit: 'rows/s' },
      ...{ ratio: rounded(http / copy), peer: 'copy rows/s' },
    },
    ...processorRows(median(copyCpu), median(cpu)),
  ]
}

/** On a machine that others use, too, this is what can be compared. */
function processorRows(copy: number, http: number): Row[] {
  if (Number.isNaN(copy)) return []
  const unit = 'µs of a core a row'
  return [
    { name: 'copy, client and database', value: rounded(copy), unit },
    { name: 'http batch 100, server and database', value: rounded(http), unit },
  ]
}

async function singles(phones: Phones, { quick, say }: BenchOptions): Promise<Row[]> {
  say('ingest: 200 phones, one entry at a time')
  const told = await phones.take({ phones: 200, requests: quick ? 20 : 100, batch: 1, pauseMs: 0 })
  return [
    { name: 'single entries, 200 phones', value: rounded(told.done / (told.ms / 1000)), unit: 'rows/s' },
    { name: 'single entries, 200 phones, p50', value: rounded(told.p50), unit: 'ms' },
    { name: 'single entries, 200 phones, p99', value: rounded(told.p99), unit: 'ms' },
  ]
}

/** A network comes back in the morning, and every phone has the night to tell. */
async function afterNight(phones: Phones, { quick, say }: BenchOptions): Promise<Row[]> {
  const many = quick ? 200 : 1_000
  say(`ingest: ${many} phones with 200 entries each`)
  const told = await phones.take({ phones: many, requests: 2, batch: 100, pauseMs: 0 })
  const name = `${many} phones × 200 entries after a night`
  return [
    { name: `${name}, until all is stored`, value: rounded(told.ms / 1000), unit: 's' },
    { name: `${name}, asked to come again`, value: told.again, unit: 'times' },
    { name: `${name}, lost`, value: many * 200 - told.done, unit: 'entries' },
  ]
}

export async function rows(options: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    options.say('ingest: making the bureau')
    const bureau = await ingestBureau(database)
    const phones = phonesOf(bureau)
    try {
      return [
        ...(await againstCopy(database, bureau, phones, options)),
        ...(await singles(phones, options)),
        ...(await afterNight(phones, options)),
      ]
    } finally {
      await phones.stop()
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}
