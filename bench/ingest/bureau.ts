// A bureau with 200 posts and as many phones, its real door in a process of its own turn: what the figures are taken on.
import { found } from '../../src/app/first-administrator.ts'
import type { CommandContract } from '../../src/kernel/contract.ts'
import { httpServer } from '../../src/kernel/http/server.ts'
import { hashOf } from '../../src/kernel/http/sign-in.ts'
import { derivedId, uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { Live } from '../../src/kernel/live.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { access } from '../../src/modules/access/index.ts'
import { encounters } from '../../src/modules/encounters/index.ts'
import { openOperation } from '../../src/modules/operations/contracts.ts'
import { operations } from '../../src/modules/operations/index.ts'
import { addUnit } from '../../src/modules/people/contracts.ts'
import { people } from '../../src/modules/people/index.ts'
import { addPosts } from '../../src/modules/posts/contracts.ts'
import { posts } from '../../src/modules/posts/index.ts'
import type { BenchDatabase } from '../frame/database.ts'

const postCount = 200

export interface IngestBureau {
  base: string
  agencyId: string
  cookie: string
  postIds: string[]
  close(): Promise<void>
}

export async function ingestBureau(database: BenchDatabase): Promise<IngestBureau> {
  const kernel = new Kernel({
    registry: new Registry([access, operations, people, posts, encounters]),
    database: database.as('fangxian_app'),
    masterKey: Buffer.alloc(32, 7),
    now: () => new Date(),
    log: silentLog,
  })
  const now = Date.now()
  const agencyId = uuidv7(now)
  const id = (label: string) => derivedId(agencyId, label)
  await found(kernel, { agencyId, code: 'bench', name: '青禾县公安局', kind: 'rehearsal' })
  const { actor } = await kernel.system(agencyId)
  const run = (contract: CommandContract, input: object) => kernel.run(actor, contract, input as never)
  const [operationId, unitId, accountId] = [id('operation'), id('unit'), id('account')]
  await run(openOperation, {
    operationId,
    name: '秋季疫情防控专项勤务',
    beginsOn: '2021-10-24',
    endsOn: null,
  })
  await run(addUnit, {
    ...{ unitId, parentId: null, name: '城东派出所', shortName: '城东所', kind: 'station' },
    ...{ sort: 1, lendable: true, place: null },
  })
  const postIds = Array.from({ length: postCount }, (_, n) => id(`post ${n}`))
  await run(addPosts, {
    operationId,
    posts: postIds.map((postId, n) => ({
      ...{ postId, code: `KK-${100 + n}`, name: `示例卡口${n + 1}`, kind: 'checkpoint', unitId },
      ...{ zoneId: null, opensOn: null, closesOn: null, place: null, contactPhone: null, state: 'active' },
      ...{ address: '', duties: '', equipment: '', contactName: '', closedLoop: false },
      partnersExpected: { health: 0, community: 0, volunteer: 0, enterprise: 0 },
    })),
  })
  const account = { accountId, badge: '990001', name: '冯样三', roles: ['officer'] }
  await run(addAccount, { ...account, scopeUnitId: null, officerId: null })
  const { owner } = database
  await owner.query("select sys.set_password($1, $2, 'no sign-in here', false, now())", [agencyId, accountId])
  const token = 'bench'.padEnd(43, 'x')
  // A session as signing in leaves it; what its password costs is not measured here.
  await owner.query(
    "select sys.add_session($1, $2, $3, $4, now(), now() + interval '1 day', 'bench', 'bench')",
    [...[hashOf(token), uuidv7(now), agencyId, accountId]],
  )
  await owner.query('select sys.keep_encounter_days(now(), 7, 28)')
  await owner.query('analyze')
  const live = new Live(database.as('fangxian_app'), silentLog)
  await live.start()
  const app = await httpServer({ kernel, live, ready: () => true, version: '0' })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...{ base, agencyId, postIds, cookie: `fangxian=${token}` },
    close: async () => {
      await app.close()
      await live.close()
      await kernel.close()
    },
  }
}
