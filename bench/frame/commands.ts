// Commands a second through HTTP, and what each layer takes: the same four statements without any layer, then layer
// upon layer. Batches of 50, four at once, one agency. Clients, server and database share the machine. There are two
// peers: the bare loop on four connections at once, and the same in the agency's order, which leaves no two batches
// at once.
import { Worker } from 'node:worker_threads'
import { found } from '../../src/app/first-administrator.ts'
import type { Actor, AgencySettings } from '../../src/kernel/command.ts'
import type { CommandEntry } from '../../src/kernel/contract.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { SignIn } from '../../src/kernel/http/sign-in.ts'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import type { PreparedCommand } from '../../src/kernel/pipeline.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { access } from '../../src/modules/access/index.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { ByHand } from './by-hand.ts'
import { cpuMeter } from './cpu.ts'
import { type BenchDatabase, benchDatabase } from './database.ts'
import type { SenderOrder, SenderTurn } from './sender.ts'
import { PlainLoop } from './plain-loop.ts'
import { stock, stockTables } from './stock.ts'

const batch = 50
const atOnce = 4
const itemCount = 2_000
const agencyId = uuidv7(Date.now())
const items = Array.from({ length: itemCount }, (_, n) => derivedId(agencyId, `item ${n}`))
const books = ['journal', 'journal_head', 'change']
const tables = ['bench_item', 'bench_movement', 'bench_line']

interface Layer {
  name: string
  path: string
  policies: boolean
  trigger: boolean
  /** A peer beside the layers: nothing is added to it. */
  aside?: boolean
  /** What the server does with a batch; absent where the real door answers. */
  answer?(entries: CommandEntry[]): Promise<readonly { verdict: string }[]>
}

async function prepareTables(database: BenchDatabase): Promise<void> {
  for (const statement of stockTables.split(';')) if (statement.trim()) await database.owner.query(statement)
}

/** The state that every measurement starts from. */
async function reset({ owner }: BenchDatabase, { policies, trigger }: Layer): Promise<void> {
  await owner.query(`truncate ${[...tables, ...books].map(name => `app.${name}`).join(', ')}`)
  for (const name of [...tables, ...books]) {
    await owner.query(`alter table app.${name} ${policies ? 'enable' : 'disable'} row level security`)
  }
  for (const name of tables) {
    await owner.query(`alter table app.${name} ${trigger ? 'enable' : 'disable'} trigger change`)
  }
  await owner.query('begin')
  await owner.query(`set local app.command_id = '${agencyId}'`)
  await owner.query(`insert into app.bench_item select $1, unnest($2::uuid[]), '口罩', 0`, [agencyId, items])
  await owner.query('commit')
  await owner.query(`analyze ${tables.map(name => `app.${name}`).join(', ')}`)
}

interface Opened {
  layers: Layer[]
  run(layer: Layer, ms: number): Promise<{ done: number; ms: number }>
  close(): Promise<void>
}

async function open(database: BenchDatabase): Promise<Opened> {
  const kernel = new Kernel({
    registry: new Registry([access, stock]),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(),
    log: silentLog,
  })
  await found(kernel, { agencyId, code: 'bench', name: '青禾县公安局', kind: 'rehearsal' })
  const accountId = uuidv7(Date.now())
  const hands = await kernel.system(agencyId)
  await hands.run(addAccount, { accountId, badge: '990101', name: '周示一', roles: ['logistics'] })
  const signIn = new SignIn(kernel)
  await signIn.setPassword(agencyId, accountId, '990101', 'bench-example-1', false)
  const { token, session } = await signIn.signIn(agencyId, '990101', 'bench-example-1', 'bench', 'bench')
  const byHand = ByHand.open(database.as('fangxian_app'), agencyId, session.actor, atOnce)
  const plain = await PlainLoop.open(database.as('fangxian_app'), agencyId, atOnce)
  const layers = layersOf(kernel, session.actor, await kernel.agency(agencyId), byHand, plain)
  const live = new Live(database.as('fangxian_app'), silentLog)
  await live.start()
  const app = await httpServer({
    kernel,
    live,
    ready: () => true,
    version: '0',
    extend: server => {
      for (const { path, answer } of layers) {
        if (answer) server.post(path, request => answer(request.body as CommandEntry[]))
      }
    },
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const workerData: SenderOrder = { base, cookie: `fangxian=${token}`, items, atOnce, batch }
  const sender = new Worker(new URL('sender.ts', import.meta.url), { workerData })
  return {
    layers,
    run: (layer, ms) => sent(sender, { path: layer.path, ms }),
    close: async () => {
      await sender.terminate()
      await app.close()
      await live.close()
      await byHand.close()
      await plain.close()
      await kernel.close()
    },
  }
}

function layersOf(
  kernel: Kernel,
  actor: Actor,
  agency: AgencySettings,
  byHand: ByHand,
  plain: PlainLoop,
): Layer[] {
  const handled = kernel.registry.command('bench.move', 1)
  const prepared = (entry: CommandEntry): PreparedCommand => ({
    entry,
    handled,
    kind: 'request',
    input: entry.input,
    digest: 'd',
    problem: undefined,
  })
  const applied = (entries: CommandEntry[]) =>
    kernel.replay(actor, agency, new Date().toISOString(), entries.map(prepared))
  const by = (layers: { order: boolean; journal: boolean }) => (entries: CommandEntry[]) =>
    byHand.batch(entries, layers)
  const off = { policies: false, trigger: false }
  const on = { policies: true, trigger: true }
  return [
    { name: 'bare pg loop', path: '/bench/bare', ...off, answer: entries => plain.batch(entries, false) },
    {
      name: 'bare in order',
      path: '/bench/bare-in-order',
      ...off,
      aside: true,
      answer: entries => plain.batch(entries, true),
    },
    { name: '+ one Sync for many', path: '/bench/0', ...off, answer: by({ order: false, journal: false }) },
    { name: '+ order of the agency', path: '/bench/1', ...off, answer: by({ order: true, journal: false }) },
    { name: '+ journal', path: '/bench/2', ...off, answer: by({ order: true, journal: true }) },
    { name: '+ handlers, query builder, row counts', path: '/bench/3', ...off, answer: applied },
    { name: '+ row-level security', path: '/bench/4', policies: true, trigger: false, answer: applied },
    { name: '+ change trigger', path: '/bench/5', ...on, answer: applied },
    {
      name: '+ parse, scan, digest, seal',
      path: '/bench/6',
      ...on,
      answer: entries => kernel.submit(actor, entries),
    },
    { name: '+ session, origin, limits', path: '/api/commands', ...on },
  ]
}

function sent(sender: Worker, turn: SenderTurn): Promise<{ done: number; ms: number }> {
  return new Promise((resolve, reject) => {
    sender.once('message', (answer: { done: number; ms: number; error?: string }) => {
      if (answer.error) reject(new Error(answer.error))
      else resolve(answer)
    })
    sender.postMessage(turn)
  })
}

interface Measured {
  layer: Layer
  /** Commands a second. */
  rate: number
  /** Processor time of server and database, µs a command; absent where the system does not tell. */
  cpu: number | undefined
}

/** Rounds go through all layers in turn, so that a minute in which the machine is busy slows all alike. */
async function measure(
  database: BenchDatabase,
  { layers, run }: Opened,
  { quick, say }: BenchOptions,
): Promise<Measured[]> {
  const [rounds, ms, warmMs] = quick ? [3, 700, 300] : [7, 2_000, 500]
  const meter = await cpuMeter(database.owner)
  const rates = layers.map((): number[] => [])
  const cpus = layers.map((): number[] => [])
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, layer] of layers.entries()) {
      say(`commands: round ${round} of ${rounds}, ${layer.name}`)
      await reset(database, layer)
      await run(layer, warmMs)
      const before = meter?.() ?? 0
      const result = await run(layer, ms)
      cpus[index]?.push(((meter?.() ?? 0) - before) / result.done)
      rates[index]?.push((result.done * 1_000) / result.ms)
    }
  }
  return layers.map((layer, index) => ({
    layer,
    rate: median(rates[index] ?? []),
    cpu: meter ? median(cpus[index] ?? []) : undefined,
  }))
}

export async function rows(options: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    await prepareTables(database)
    const opened = await open(database)
    try {
      return tableOf(await measure(database, opened, options))
    } finally {
      await opened.close()
    }
  } finally {
    await database.close()
  }
}

function tableOf(measured: readonly Measured[]): Row[] {
  const [bare] = measured
  const inOrder = measured.find(one => one.layer.aside)
  const all = measured.at(-1)
  if (!bare || !inOrder || !all) throw new Error('invariant: there are layers and peers')
  const rates = measured.map(
    ({ layer, rate }): Row => ({
      name: `commands: ${layer.name}`,
      value: Math.round(rate),
      unit: 'commands/s',
      ratio: rounded(rate / bare.rate),
      peer: bare.layer.name,
    }),
  )
  rates.push({
    name: 'commands: all layers',
    value: Math.round(all.rate),
    unit: 'commands/s',
    ratio: rounded(all.rate / inOrder.rate),
    peer: inOrder.layer.name,
  })
  return [...rates, ...sharesOf(measured, [bare, inOrder], all)]
}

/** Processor time: what each layer adds, and what the peers take of the whole. */
function sharesOf(measured: readonly Measured[], peers: readonly Measured[], all: Measured): Row[] {
  const { cpu: allCpu } = all
  if (allCpu === undefined) return []
  const layers = measured.filter(one => !one.layer.aside)
  const shares = layers.map(({ layer, cpu = 0 }, n): Row => {
    const own = cpu - (layers[n - 1]?.cpu ?? 0)
    return {
      name: `processor: ${layer.name}`,
      value: Math.round(own),
      unit: 'µs/command',
      ratio: rounded(own / allCpu),
      peer: 'all layers',
    }
  })
  const whole = peers.map(
    ({ layer, cpu = 0 }): Row => ({
      name: 'processor: all layers',
      value: Math.round(allCpu),
      unit: 'µs/command',
      ratio: rounded(cpu / allCpu),
      peer: layer.name,
    }),
  )
  return [...shares, ...whole]
}
