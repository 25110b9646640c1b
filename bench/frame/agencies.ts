// Four agencies that commit at once, one command a batch: what it costs to tell open pages from inside the
// transaction instead of after it. NOTIFY takes a lock of the whole database until the commit is on the disk, so the
// slower the disk, the more the others wait; `commit_delay` stands for such a disk, because a commit then takes so
// long, and those that come meanwhile go along, as they do on a real one.
import { sql } from 'kysely'
import { z } from 'zod'
import { found } from '../../src/app/first-administrator.ts'
import { commandsOn, type Actor } from '../../src/kernel/command.ts'
import { command, id } from '../../src/kernel/contract.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { type Module, Registry } from '../../src/kernel/module.ts'
import { access } from '../../src/modules/access/index.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { type BenchDatabase, benchDatabase } from './database.ts'
import { stockTables } from './stock.ts'

const agencyCount = 4
const diskMs = 5

const move = command({
  name: 'bench.moveOnce',
  title: { zh: '出入库', en: 'Move stock' },
  roles: ['system'],
  input: z.strictObject({ movementId: id(), inside: z.boolean() }),
})
const on = commandsOn<{ bench_movement: Record<string, string | number> }>()
const moving: Module = {
  name: 'bench',
  title: { zh: '测速', en: 'Bench' },
  problems: [],
  queries: [],
  commands: [
    on(move, {
      handle(tx, { movementId, inside }, meta) {
        const { agencyId } = meta.agency
        const row = { agency_id: agencyId, movement_id: movementId, item_id: movementId, quantity: 3 }
        tx.write(tx.db.insertInto('bench_movement').values({ ...row, moved_at: meta.receivedAt }))
        const told = sql`select pg_notify('bench', ${agencyId})`
        if (inside) tx.write({ compile: () => told.compile(tx.db) })
        return {}
      },
    }),
  ],
}

interface Opened {
  kernel: Kernel
  actors: Actor[]
}

async function open(database: BenchDatabase, agencies: readonly string[]): Promise<Opened> {
  const kernel = new Kernel({
    registry: new Registry([access, moving]),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(),
    log: silentLog,
  })
  const known = new Set((await kernel.agencyList()).map(one => one.agencyId))
  const actors: Actor[] = []
  for (const [n, agencyId] of agencies.entries()) {
    const code = `bench-${n}`
    if (!known.has(agencyId)) await found(kernel, { agencyId, code, name: '青禾县公安局', kind: 'rehearsal' })
    actors.push((await kernel.system(agencyId)).actor)
  }
  return { kernel, actors }
}

/** Commands a second of all agencies together. */
async function run({ kernel, actors }: Opened, inside: boolean, ms: number): Promise<number> {
  const begun = performance.now()
  let done = 0
  const agency = async (actor: Actor) => {
    while (performance.now() - begun < ms) {
      const entry = {
        id: uuidv7(Date.now()),
        name: move.name,
        version: 1,
        occurredAt: new Date().toISOString(),
        input: { movementId: uuidv7(Date.now()), inside },
      }
      const [verdict] = await kernel.submit(actor, [entry])
      if (verdict?.verdict !== 'done') throw new Error(JSON.stringify(verdict))
      done += 1
    }
  }
  await Promise.all(actors.map(agency))
  return (done * 1_000) / (performance.now() - begun)
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const [rounds, ms] = quick ? [3, 700] : [7, 1_500]
  const database = await benchDatabase()
  try {
    for (const statement of stockTables.split(';')) {
      if (statement.trim()) await database.owner.query(statement)
    }
    const agencies = Array.from({ length: agencyCount }, () => uuidv7(Date.now()))
    const all: Row[] = []
    for (const disk of ['this disk', `a disk of ${diskMs} ms`]) {
      const opened = await open(database, agencies)
      const rates = { inside: [] as number[], after: [] as number[] }
      await run(opened, true, ms / 2)
      for (let round = 1; round <= rounds; round += 1) {
        say(`agencies: round ${round} of ${rounds}, ${disk}`)
        rates.inside.push(await run(opened, true, ms))
        rates.after.push(await run(opened, false, ms))
      }
      await opened.kernel.close()
      const peer = `told inside, ${disk}`
      const paired = rates.after.map((rate, round) => rate / (rates.inside[round] ?? Number.NaN))
      all.push(
        { name: `agencies: ${peer}`, value: Math.round(median(rates.inside)), unit: 'commands/s' },
        {
          name: `agencies: told after the commit, ${disk}`,
          value: Math.round(median(rates.after)),
          unit: 'commands/s',
          ratio: rounded(median(paired)),
          peer,
        },
      )
      // For the connections that are opened from now on.
      await database.owner.query(`alter role fangxian_app set commit_delay = ${diskMs * 1_000}`)
      await database.owner.query('alter role fangxian_app set commit_siblings = 0')
    }
    return all
  } finally {
    await database.close()
  }
}
