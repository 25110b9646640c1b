// The samples of a published operation as they would come from the phones: one fact for each tube of ten through
// POST /api/commands, fifty in a batch and four batches at once, by a leader of the sites. What is
// told is how long 120,000 tubes (1.2 million people) would take at the pace that was measured.
import { found } from '../../src/app/first-administrator.ts'
import type { CommandContract } from '../../src/kernel/contract.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { SignIn } from '../../src/kernel/http/sign-in.ts'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import { modules } from '../../src/app/registry.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { openOperation } from '../../src/modules/operations/contracts.ts'
import { addUnit } from '../../src/modules/people/contracts.ts'
import { addPosts, defineRound, setRoundSites } from '../../src/modules/posts/contracts.ts'
import { sealTube } from '../../src/modules/screening/contracts.ts'
import { type BenchOptions, type Row, rounded } from '../bench.ts'
import { cpuMeter } from '../frame/cpu.ts'
import { benchDatabase, type BenchDatabase } from '../frame/database.ts'

const siteCount = 69
const batch = 50
const atOnce = 4
const tubesWanted = 120_000
const peopleATube = 10
const now = Date.parse('2021-11-04T02:00:00Z')
const day = '2021-11-04'
const password = 'bench-example-1'

interface Opened {
  send(tubes: number): Promise<void>
  people(): Promise<number>
  close(): Promise<void>
}

async function ground(
  run: (contract: CommandContract, input: object) => Promise<unknown>,
  id: (label: string) => string,
) {
  const operationId = id('operation')
  await run(openOperation, {
    operationId,
    name: '秋季疫情防控专项勤务',
    beginsOn: '2021-10-24',
    endsOn: null,
  })
  await run(addUnit, {
    ...{ unitId: id('unit'), parentId: null, name: '城东派出所', shortName: '城东所', kind: 'station' },
    ...{ sort: 1, lendable: true, place: null },
  })
  const sites = Array.from({ length: siteCount }, (_, n) => id(`site ${n}`))
  await run(addPosts, {
    operationId,
    posts: sites.map((postId, n) => ({
      ...{
        postId,
        code: `CY-${100 + n}`,
        name: `示例采样点${n + 1}`,
        kind: 'samplingSite',
        unitId: id('unit'),
      },
      ...{ zoneId: null, opensOn: null, closesOn: null, place: null, contactPhone: null, state: 'active' },
      ...{ address: '', duties: '', equipment: '', contactName: '', closedLoop: false },
      partnersExpected: { health: 0, community: 0, volunteer: 0, enterprise: 0 },
    })),
  })
  const roundId = id('round')
  await run(defineRound, {
    ...{ roundId, operationId, n: 1, name: '第一轮', day, opensMinute: 420, closesMinute: 1_080, area: '' },
  })
  await run(setRoundSites, { roundId, sites: sites.map(postId => ({ postId, lanes: 4 })) })
  return { roundId, sites }
}

async function open(database: BenchDatabase): Promise<Opened> {
  const kernel = new Kernel({
    registry: new Registry(modules),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(now),
    log: silentLog,
  })
  const agencyId = uuidv7(now)
  const id = (label: string) => derivedId(agencyId, label)
  await found(kernel, { agencyId, code: 'bench', name: '青禾县公安局', kind: 'rehearsal' })
  const { actor } = await kernel.system(agencyId)
  const run = (contract: CommandContract, input: object) => kernel.run(actor, contract, input as never)
  const { roundId, sites } = await ground(run, id)
  const accountId = id('account')
  const account = { accountId, badge: '990101', name: '周示一', roles: ['unitLeader'], scopeUnitId: null }
  await run(addAccount, { ...account, officerId: null })
  const signIn = new SignIn(kernel)
  await signIn.setPassword(agencyId, accountId, '990101', password, false)
  const { token } = await signIn.signIn(agencyId, '990101', password, 'bench', 'bench')
  const live = new Live(database.as('fangxian_app'), silentLog)
  await live.start()
  const app = await httpServer({ kernel, live, ready: () => true, version: '0' })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  let made = 0
  const entry = () => {
    made += 1
    const input = {
      postId: sites[made % sites.length],
      roundId,
      lane: 1 + (made % 4),
      code: `BN${made + 1_000_000}`,
    }
    const whole = { ...input, size: 10, people: peopleATube, short: false, boxes: [], retestId: null }
    const at = now - 3_600_000 + (made % 3_600) * 1_000
    return {
      ...{ id: uuidv7(at), name: sealTube.name, version: 1, occurredAt: new Date(at).toISOString() },
      input: whole,
    }
  }
  const post = async () => {
    const headers = { 'content-type': 'application/json', cookie: `fangxian=${token}`, 'x-fangxian': '1' }
    const body = JSON.stringify({ commands: Array.from({ length: batch }, entry) })
    const response = await fetch(`${base}/api/commands`, { method: 'POST', headers, body })
    const { verdicts } = (await response.json()) as { verdicts?: { verdict: string }[] }
    const bad = verdicts?.find(one => one.verdict !== 'done')
    if (!verdicts || bad) throw new Error(`a tube was not taken: ${JSON.stringify(bad ?? response.status)}`)
  }
  return {
    async send(tubes) {
      let left = Math.ceil(tubes / batch)
      const lane = async () => {
        while (left > 0) {
          left -= 1
          await post()
        }
      }
      await Promise.all(Array.from({ length: atOnce }, lane))
    },
    people: async () =>
      Number((await database.owner.query('select sum(people) as n from app.tube')).rows[0]?.n ?? 0),
    async close() {
      await app.close()
      await live.close()
      await kernel.close()
    },
  }
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    const opened = await open(database)
    try {
      const tubes = quick ? 5_000 : 30_000
      say('sampling: warming up')
      await opened.send(1_000)
      await database.owner.query('analyze')
      const meter = await cpuMeter(database.owner)
      const [begun, before] = [performance.now(), meter?.() ?? 0]
      say(`sampling: ${tubes} tubes`)
      await opened.send(tubes)
      const seconds = (performance.now() - begun) / 1_000
      const cpu = ((meter?.() ?? 0) - before) / tubes
      const stood = await opened.people()
      if (stood !== (tubes + 1_000) * peopleATube)
        throw new Error(`invariant: ${stood} people stand in the tubes`)
      const all = [
        { name: 'sampling: tubes', value: Math.round(tubes / seconds), unit: 'tubes/s' },
        {
          name: 'sampling: replay of 1.2 million samples at this pace',
          value: rounded((tubesWanted * seconds) / tubes),
          unit: 's',
        },
      ]
      if (!meter) return all
      const processor = [
        { name: 'sampling: processor of server and database', value: Math.round(cpu), unit: 'µs/tube' },
        {
          name: 'sampling: processor for 1.2 million samples',
          value: rounded((tubesWanted * cpu) / 1e6),
          unit: 's',
        },
      ]
      return [...all, ...processor]
    } finally {
      await opened.close()
    }
  } finally {
    await database.close()
  }
}
