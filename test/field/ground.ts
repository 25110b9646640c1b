// What the runs stand on: the real program with a bureau in it, and a look into its database beside it.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { registry } from '../../src/app/registry.ts'
import type { Session } from '../../src/device/hooks.ts'
import { cookieName, hashOf } from '../../src/kernel/http/sign-in.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { silentLog } from '../../src/kernel/log.ts'
import type { SystemHands } from '../../src/kernel/module.ts'
import { openOperation } from '../../src/modules/operations/contracts.ts'
import { addUnit } from '../../src/modules/people/contracts.ts'
import { addPosts } from '../../src/modules/posts/contracts.ts'
import type { Books, Ledger } from './judging.ts'
import { type Founding, RealServer } from './real-server.ts'

export interface Ground {
  server: RealServer
  agencyId: string
  operationId: string
  unitId: string
  postIds: string[]
  session: Session
  cookie: string
}

export const newId = () => uuidv7(Date.now())

/** A kernel of our own on the same database: what a bureau is made of is done by real commands, without signing in. */
export async function withKernel<R>(
  server: RealServer,
  work: (kernel: Kernel) => Promise<R>,
  now = () => new Date(),
): Promise<R> {
  const kernel = new Kernel({
    registry: registry(),
    database: { ...server.database(), user: 'fangxian_app' },
    masterKey: Buffer.from(readFileSync(join(server.data, 'master.key'), 'utf8'), 'base64'),
    now,
    log: silentLog,
  })
  try {
    return await work(kernel)
  } finally {
    await kernel.close()
  }
}

export interface MadeBureau {
  operationId: string
  unitIds: string[]
  postIds: string[]
}

/** Units, and posts of each. */
export async function makeBureau(
  { run }: SystemHands,
  { units, postsEach, mark = '' }: { units: number; postsEach: number; mark?: string },
): Promise<MadeBureau> {
  const operationId = newId()
  const beginsOn = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
  await run(openOperation, { operationId, name: `秋季疫情防控专项勤务${mark}`, beginsOn, endsOn: null })
  const unitIds = Array.from({ length: units }, newId)
  for (const [n, unitId] of unitIds.entries()) {
    await run(addUnit, {
      ...{ unitId, parentId: null, name: `示例派出所${n + 1}${mark}`, shortName: `示例所${n + 1}` },
      ...{ kind: 'station', sort: n + 1, lendable: true, place: null },
    })
  }
  const posts = unitIds.flatMap((unitId, u) =>
    Array.from({ length: postsEach }, (_, n) => ({
      ...{ postId: newId(), code: `KK-${100 + u * postsEach + n}`, name: `示例卡口${u + 1}-${n + 1}${mark}` },
      ...{ kind: 'checkpoint' as const, unitId, zoneId: null, opensOn: null, closesOn: null, place: null },
      ...{ contactPhone: null, state: 'active' as const, address: '', duties: '', equipment: '' },
      ...{ contactName: '', closedLoop: false },
      partnersExpected: { health: 0, community: 0, volunteer: 0, enterprise: 0 },
    })),
  )
  await run(addPosts, { operationId, posts })
  return { operationId, unitIds, postIds: posts.map(one => one.postId) }
}

export async function makeGround(founding: Founding = {}): Promise<Ground> {
  const server = await RealServer.founded(founding)
  const { session, cookie } = await server.session()
  const agencyId = await inDatabase(server, async owner => {
    const { rows } = await owner.query<{ agency_id: string }>('select agency_id from app.agency')
    return rows[0]?.agency_id ?? ''
  })
  const made = await withKernel(server, async kernel =>
    makeBureau(await kernel.system(agencyId), { units: 2, postsEach: 4 }),
  )
  const { operationId, unitIds, postIds } = made
  return { server, agencyId, operationId, unitId: unitIds[0] ?? '', postIds, session, cookie }
}

/** As the owner of the database; a fresh connection each time, because it is killed under us now and then. */
export async function inDatabase<R>(server: RealServer, work: (owner: pg.Client) => Promise<R>): Promise<R> {
  const owner = new pg.Client({ ...server.database(), user: 'postgres', connectionTimeoutMillis: 10_000 })
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

export async function rowsNow(server: RealServer): Promise<number> {
  return inDatabase(server, async owner => {
    const { rows } = await owner.query<{ n: string }>(
      'select (select count(*) from app.encounter) + (select count(*) from app.emergency_passage) as n',
    )
    return Number(rows[0]?.n)
  })
}

const totals = `select (select count(*) from app.encounter) as all,
  (select count(*) from app.emergency_passage) as emergencies,
  (select coalesce(sum(passes), 0) from app.encounter_hour) as counted,
  (select coalesce(sum((input->>'rows')::int), 0) from app.journal where name = 'kernel.bulkTaken') as journalled,
  (select count(*) from app.journal j left join
    (select agency_id, commit_id, encode(sha256(convert_to(string_agg(digest, '' order by encounter_id), 'UTF8')), 'hex') as digest
     from app.encounter group by 1, 2) e on e.agency_id = j.agency_id and e.commit_id = j.id
   where name = 'kernel.bulkTaken' and j.input->>'digest' is distinct from e.digest) as off`

/** What the books hold of what was stated. `before`: the rows that stood there when the run began. */
export async function booksOf(server: RealServer, ledger: Ledger, before: number): Promise<Books> {
  return inDatabase(server, async owner => {
    const ids = [...ledger.stated]
    const found = await owner.query<{ id: string; n: string }>(
      `select id, count(*) as n from (select encounter_id as id from app.encounter
         union all select passage_id from app.emergency_passage) x where id = any ($1::uuid[]) group by id`,
      [ids],
    )
    const turnedDown = await owner.query<{ id: string }>(
      "select id from app.journal where id = any ($1::uuid[]) and verdict in ('refused', 'held')",
      [[...ledger.turnedDown.keys()]],
    )
    const { rows } =
      await owner.query<Record<'all' | 'emergencies' | 'counted' | 'journalled' | 'off', string>>(totals)
    const [sums] = rows
    return {
      rows: new Map(found.rows.map(({ id, n }) => [id, Number(n)])),
      grown: Number(sums?.all) + Number(sums?.emergencies) - before,
      all: Number(sums?.all),
      counted: Number(sums?.counted),
      journalled: Number(sums?.journalled),
      digestsOff: Number(sums?.off),
      recorded: new Set(turnedDown.rows.map(({ id }) => id)),
    }
  })
}

/** A session as signing in leaves it, and its cookie; what passwords cost is not looked at here. */
export async function sessionOf(server: RealServer, agencyId: string, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await inDatabase(server, async owner => {
    await owner.query("select sys.set_password($1, $2, 'no sign-in here', false, now())", [
      agencyId,
      accountId,
    ])
    await owner.query(
      "select sys.add_session($1, $2, $3, $4, now(), now() + interval '1 day', 'faults', 'faults')",
      [hashOf(token), newId(), agencyId, accountId],
    )
  })
  return `${cookieName}=${token}`
}
