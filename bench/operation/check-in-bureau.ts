// A bureau of 610 at 61 posts, all of whom begin at eight: officers with sessions, posts with codes, the real door.
import { randomBytes } from 'node:crypto'
import { found } from '../../src/app/first-administrator.ts'
import type { CommandContract } from '../../src/kernel/contract.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { hashOf, hashPassword } from '../../src/kernel/http/sign-in.ts'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { access } from '../../src/modules/access/index.ts'
import { turnCode, turnOf } from '../../src/modules/attendance/code.ts'
import { issueCode } from '../../src/modules/attendance/contracts.ts'
import { attendance } from '../../src/modules/attendance/index.ts'
import { openOperation } from '../../src/modules/operations/contracts.ts'
import { operations } from '../../src/modules/operations/index.ts'
import { addUnit, importOfficers } from '../../src/modules/people/contracts.ts'
import { people } from '../../src/modules/people/index.ts'
import { addPosts, defineStandardPatterns, setDemands } from '../../src/modules/posts/contracts.ts'
import { posts } from '../../src/modules/posts/index.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { roster } from '../../src/modules/roster/index.ts'
import { inventedNames } from '../../scenarios/names.ts'
import type { BenchDatabase } from '../frame/database.ts'

export const strength = 610
const postCount = 61
const heads = strength / postCount
const day = '2021-11-10'
/** 08:00 in Beijing, when the early band begins. */
const begins = Date.parse('2021-11-10T00:00:00Z')
const dayBefore = Date.parse('2021-11-09T00:00:00Z')

export interface CheckInBureau {
  base: string
  /** From now on the server's clock runs, and it is a little before eight. */
  startClock(): void
  now(): number
  officers: { cookie: string; postId: string }[]
  /** What the screen of the post shows now. */
  codeAt(postId: string): string
  presences(): Promise<number>
  /** Takes all check-ins away, so that the same officers can come again. */
  clear(): Promise<void>
  close(): Promise<void>
}

const secretOf = (postId: string) => postId.replaceAll('-', '').repeat(2)

export async function checkInBureau(database: BenchDatabase): Promise<CheckInBureau> {
  let runsSince: number | undefined
  const now = () => (runsSince === undefined ? dayBefore : begins - 30_000 + (performance.now() - runsSince))
  const kernel = new Kernel({
    registry: new Registry([access, operations, people, posts, roster, attendance]),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(now()),
    log: silentLog,
  })
  const agencyId = uuidv7(dayBefore)
  const id = (label: string) => derivedId(agencyId, label)
  await found(kernel, { agencyId, code: 'bench', name: '青禾县公安局', kind: 'rehearsal' })
  const { actor } = await kernel.system(agencyId)
  const run = (contract: CommandContract, input: object) => kernel.run(actor, contract, input as never)
  await rosterOf(run, id)
  const { owner } = database
  const hash = await hashPassword(randomBytes(12).toString('hex'))
  const officers: CheckInBureau['officers'] = []
  for (let n = 0; n < strength; n += 1) {
    const accountId = id(`account ${n}`)
    const roles = { roles: ['officer'], scopeUnitId: null, officerId: id(`officer ${n}`) }
    await run(addAccount, { accountId, badge: String(990_000 + n), name: `民警${n}`, ...roles })
    const token = randomBytes(32).toString('base64url')
    await owner.query('select sys.set_password($1, $2, $3, false, now())', [agencyId, accountId, hash])
    // A session as signing in leaves it; the 42 ms of its password are not what is measured here.
    await owner.query("select sys.add_session($1, $2, $3, $4, $5, $6, 'bench', 'bench')", [
      hashOf(token),
      uuidv7(dayBefore + n),
      agencyId,
      accountId,
      new Date(dayBefore).toISOString(),
      new Date(begins + 86_400_000).toISOString(),
    ])
    officers.push({ cookie: `fangxian=${token}`, postId: id(`post ${Math.floor(n / heads)}`) })
  }
  await owner.query('analyze')
  const live = new Live(database.as('fangxian_app'), silentLog)
  await live.start()
  const app = await httpServer({ kernel, live, ready: () => true, version: '0' })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    base,
    officers,
    now,
    startClock: () => {
      runsSince = performance.now()
    },
    codeAt: postId => turnCode(secretOf(postId), postId, turnOf(now())).token,
    presences: async () =>
      Number((await owner.query('select count(*) as n from app.presence')).rows[0]?.n ?? 0),
    clear: async () => {
      await owner.query('truncate app.presence')
    },
    close: async () => {
      await app.close()
      await live.close()
      await kernel.close()
    },
  }
}

type Run = (contract: CommandContract, input: object) => Promise<unknown>

async function rosterOf(run: Run, id: (label: string) => string): Promise<void> {
  const operationId = id('operation')
  const patterns = {
    fourBySix: id('4x6'),
    threeByEight: id('3x8'),
    twoByTwelve: id('2x12'),
    dayOnly: id('day'),
    standby: id('standby'),
  }
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
  const names = inventedNames(strength)
  await run(importOfficers, {
    rows: names.map((name, n) => ({
      officerId: id(`officer ${n}`),
      badge: String(990_000 + n),
      name,
      kind: 'police',
      unit: '城东派出所',
    })),
  })
  await run(defineStandardPatterns, patterns)
  const places = Array.from({ length: postCount }, (_, n) => id(`post ${n}`))
  await run(addPosts, {
    operationId,
    posts: places.map((postId, n) => ({
      ...{ postId, code: `KK-${100 + n}`, name: `示例卡口${n + 1}`, kind: 'checkpoint', unitId: id('unit') },
      ...{ zoneId: null, opensOn: null, closesOn: null, place: null, contactPhone: null, state: 'active' },
      ...{ address: '', duties: '', equipment: '', contactName: '', closedLoop: false },
      partnersExpected: { health: 0, community: 0, volunteer: 0, enterprise: 0 },
    })),
  })
  const line = { patternId: patterns.threeByEight, bands: ['early'], heads, beginsOn: day, endsOn: day }
  await run(setDemands, {
    lines: places.map((postId, n) => ({ demandId: id(`demand ${n}`), postId, ...line })),
  })
  const cells = Buffer.alloc(strength * 2)
  for (let n = 0; n < strength; n += 1) cells.writeUInt16LE(1 + Math.floor(n / heads), n * 2)
  await run(adopt, {
    planId: id('plan'),
    operationId,
    name: '',
    fromDay: day,
    untilDay: day,
    matrix: {
      officers: names.map((_name, n) => id(`officer ${n}`)),
      patterns: [{ patternId: patterns.threeByEight, bands: ['early', 'late', 'night'] }],
      posts: places.map(postId => ({ postId, pattern: 0 })),
      duties: places.map((_postId, post) => ({ post, bands: 1 })),
      cells: cells.toString('base64'),
    },
    ...{ open: [], solver: null, basedOn: null, replaces: null, beside: [] },
  })
  await run(publish, { planId: id('plan'), revision: 1 })
  for (const postId of places) await run(issueCode, { postId, secret: secretOf(postId) })
}
