// The test kit: a database of its own, named officers who do and ask things, and at the end the whole journal run
// again into a second database, where every table must come out the same. That is where a wall clock, a row order
// or a session time zone in a handler is caught.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, inject } from 'vitest'
import type { Actor, AgencySettings } from './command.ts'
import {
  type CommandContract,
  type CommandEntry,
  type InputOf,
  type OutputOf,
  Problem,
  type ProblemAnswer,
  type QueryContract,
  type Role,
  type Verdict,
} from './contract.ts'
import { bulkTables } from './db/catalogue.ts'
import { uuidv7 } from './ids.ts'
import { Kernel } from './kernel.ts'
import { jsonLog } from './log.ts'
import { type Module, Registry } from './module.ts'
import type { PreparedCommand } from './pipeline.ts'
import type { PushParts } from './push/push.ts'
import { Problem as ProblemClass } from './contract.ts'
import { unsealedValues } from './unsealed.ts'
import { verifyDatabase } from './verify.ts'
import type { z } from 'zod'

export interface Person {
  actor: Actor
  /** Does it, or throws an error that names the problem. */
  does<C extends CommandContract<z.ZodType, z.ZodType>>(
    contract: C,
    input: z.input<C['input']>,
  ): Promise<OutputOf<C>>
  /** Expects a refusal (or a held fact) and gives its code. */
  isRefused<C extends CommandContract<z.ZodType, z.ZodType>>(contract: C, input: unknown): Promise<string>
  asks<C extends QueryContract<z.ZodType, z.ZodType>>(
    contract: C,
    input?: z.input<C['input']>,
  ): Promise<OutputOf<C>>
  /** Expects the query to fail and gives the problem's code. */
  mayNotAsk<C extends QueryContract<z.ZodType, z.ZodType>>(contract: C, input?: unknown): Promise<string>
  sends(entries: readonly unknown[]): Promise<Verdict[]>
}

export interface World {
  kernel: Kernel
  agency: AgencySettings
  clock: { now: Date; set(at: string): void; advance(minutes: number): void }
  person(name: string, roles: readonly Role[], more?: { unitIds?: string[]; officerId?: string }): Person
  entry<C extends CommandContract>(contract: C, input: unknown, id?: string): CommandEntry
  newId(): string
  /** The owner's connection: looks at what the app's role may not. */
  owner: pg.Client
  databaseConfig: pg.ClientConfig
  logged: string[]
  /** Runs the journal again and compares; called by itself when the file ends. Returns how much was compared. */
  replays(): Promise<{ commands: number; tables: number; differences: string[] }>
}

/** Each world of a process has an agency of its own: what the server keeps between questions, it keeps by agency. */
let worlds = 0
const nextAgencyId = () => {
  worlds += 1
  return `00000000-0000-7000-8000-${String(worlds).padStart(12, '0')}`
}
/**
 * The zones of the app's sessions, first and when run again: 26 hours apart, so that the day, too, is another one
 * at every hour. (With UTC and Kiritimati it is the same from 0 to 10 h UTC, which is the working day in China.)
 */
const zones = { first: 'Pacific/Kiritimati', again: 'Etc/GMT+12' }
const masterKey = Buffer.alloc(32, 7)

export async function openDatabase(): Promise<{
  name: string
  config: pg.ClientConfig
  drop(): Promise<void>
}> {
  const { host, port, user, template } = inject('postgres')
  const name = `w_${randomBytes(6).toString('hex')}`
  const root = new pg.Client({ host, port, user, database: 'postgres' })
  await root.connect()
  await root.query(`create database ${name} template ${template} strategy wal_log`)
  await root.end()
  return {
    name,
    config: { host, port, database: name },
    drop: async () => {
      const again = new pg.Client({ host, port, user, database: 'postgres' })
      await again.connect()
      await again.query(`drop database if exists ${name} with (force)`)
      await again.end()
    },
  }
}

/** The first row of every world, in both databases alike: the bureau itself. */
async function foundAgency(owner: pg.Client, id: string, code: string, name: string): Promise<void> {
  await owner.query('begin')
  await owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
  await owner.query("insert into app.agency (agency_id, code, name, kind) values ($1, $2, $3, 'rehearsal')", [
    id,
    code,
    name,
  ])
  await owner.query('commit')
}

/** Looks are not journaled, and bulk facts are left out of re-execution: their flushes are verified by digest. */
const notCompared = ['opening', ...Object.keys(bulkTables)]
const tablesCompared = `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'app' and c.relkind = 'r' and not c.relispartition
    and c.relname not in (${notCompared.map(one => `'${one}'`).join()}) order by 1`

export async function digestTables(owner: pg.Client): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ name: string }>(tablesCompared)
  const digests = new Map<string, string>()
  await owner.query("set timezone = 'UTC'")
  for (const { name } of rows) {
    const answer = await owner.query<{ d: string }>(
      `select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '-') as d from app.${name} t`,
    )
    digests.set(name, answer.rows[0]?.d ?? '')
  }
  return digests
}

function clockAt(startsAt: string): World['clock'] {
  const clock = {
    now: new Date(startsAt),
    set(at: string) {
      clock.now = new Date(at)
    },
    advance(minutes: number) {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000)
    },
  }
  return clock
}

export async function world(
  modules: readonly Module[],
  startsAt = '2021-11-03T06:00:00.000Z',
  /** Only for the tests that show that re-execution finds a planted fault. */
  options: { expectDifferences?: boolean; push?: PushParts } = {},
): Promise<World> {
  const database = await openDatabase()
  const agencyId = nextAgencyId()
  const owner = new pg.Client({ ...database.config, user: inject('postgres').user })
  await owner.connect()
  await owner.query(`alter database ${database.name} set timezone = '${zones.first}'`)
  await foundAgency(owner, agencyId, 'qinghe', '青禾县公安局')
  const clock = clockAt(startsAt)
  const logged: string[] = []
  const registry = new Registry(modules)
  const kernel = new Kernel({
    registry,
    database: { ...database.config, user: 'fangxian_app' },
    masterKey,
    now: () => clock.now,
    log: jsonLog(
      line => logged.push(line),
      () => clock.now,
    ),
    push: options.push,
    commandConnections: 3,
    queryConnections: 3,
  })
  const agency = await kernel.agency(agencyId)
  let ids = 0
  const newId = () => {
    ids += 1
    return uuidv7(clock.now.getTime() + ids)
  }
  const self: World = {
    kernel,
    agency,
    clock,
    owner,
    databaseConfig: database.config,
    logged,
    newId,
    person: (name, roles, more) => personOf(self, name, roles, more),
    entry: (contract, input, id = newId()) => ({
      id,
      name: contract.name,
      version: contract.version,
      occurredAt: clock.now.toISOString(),
      input,
    }),
    replays: () => replay(self, registry),
  }
  afterAll(async () => {
    try {
      const result = await self.replays()
      if (options.expectDifferences) expect(result.differences.length).toBeGreaterThan(0)
      else expect(result.differences, 'tables that differ after the journal was run again').toEqual([])
      await booksAreSound(self)
    } finally {
      await kernel.close()
      await owner.end()
      await database.drop()
    }
  })
  return self
}

/** What every test file leaves behind is held to the kernel's promises: nothing in clear, and the fold is the state. */
async function booksAreSound(self: World): Promise<void> {
  const { unsealed } = await unsealedValues(self.owner, self.kernel.registry)
  expect(unsealed, 'personal values that stand in the journal in clear').toEqual([])
  const { user } = inject('postgres')
  const { problems } = await verifyDatabase({ ...self.databaseConfig, user })
  expect(problems, 'what verify says of the books').toEqual([])
}

function personOf(
  self: World,
  name: string,
  roles: readonly Role[],
  more: { unitIds?: string[]; officerId?: string } = {},
): Person {
  const actor: Actor = {
    accountId: self.newId(),
    officerId: more.officerId ?? null,
    name,
    roles,
    scope: { agencyId: self.agency.agencyId, unitIds: more.unitIds ?? '*' },
    deviceId: null,
  }
  return {
    actor,
    does: async (contract, input) => {
      try {
        return await self.kernel.run(actor, contract, input as InputOf<typeof contract>, self.newId())
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        // A problem is shown as its answer, which a failed test prints as [object Object]; this one says what it was.
        throw new Error(`${contract.name}: ${error.message} ${JSON.stringify(error.params)}`, {
          cause: error.code,
        })
      }
    },
    isRefused: async (contract, input) => {
      const [verdict] = await self.kernel.submit(actor, [self.entry(contract, input)])
      if (verdict?.verdict !== 'refused' && verdict?.verdict !== 'held') {
        throw new Error(`${contract.name} was ${verdict?.verdict}, not refused`)
      }
      return verdict.problem.code
    },
    asks: (contract, input) => self.kernel.ask(actor, contract, input ?? {}),
    mayNotAsk: async (contract, input) => {
      try {
        await self.kernel.ask(actor, contract, input ?? {})
      } catch (error) {
        if (error instanceof Problem) return error.code
        throw error
      }
      throw new Error(`${contract.name} was answered`)
    },
    sends: entries => self.kernel.submit(actor, entries),
  }
}

interface StoredCommand {
  id: string
  name: string
  version: number
  kind: 'fact' | 'request'
  actor_id: string | null
  actor: { roles: Role[]; officerId: string | null; units: '*' | string[] }
  device_id: string | null
  occurred_at: string
  received_at: string
  digest: string
  input: { sealedWhole?: string }
  verdict: 'done' | 'refused' | 'held'
  answer: ProblemAnswer | { problem: ProblemAnswer }
}

const decidedBefore: readonly string[] = [
  'kernel/no-right',
  'kernel/internal',
  'kernel/id-reused',
  'kernel/from-revoked-device',
]

/** Refusals that intake decided, before the handler: they are taken over, since their input may be unreadable. */
function storedProblem(row: StoredCommand, isBulk: boolean): Problem | undefined {
  if (row.verdict === 'done') return undefined
  const stored = 'problem' in row.answer ? row.answer.problem : row.answer
  const atIntake = isBulk || row.input?.sealedWhole !== undefined || decidedBefore.includes(stored.code)
  if (!atIntake) return undefined
  const { status, message, do: todo } = stored
  return new ProblemClass(
    stored.code,
    { status, zh: message.zh, en: message.en, doZh: todo.zh, doEn: todo.en },
    stored.params,
  )
}

/** Bytes stand outside the journal: commands find again that they were brought, though not the bytes themselves. */
async function takeOverEnclosures(from: pg.Client, into: pg.Client): Promise<void> {
  const { rows } = await from.query('select * from sys.enclosure order by agency_id, digest')
  for (const row of rows) {
    const { agency_id, digest, key_id, content_type, size_bytes, stored_at, stored_by } = row
    const values = [agency_id, digest, key_id, content_type, size_bytes, stored_at, stored_by]
    await into.query(
      'insert into sys.enclosure values ($1, $2, $3, $4, $5, null, $6, $7, null, null)',
      values,
    )
  }
}

async function replay(self: World, registry: Registry) {
  const second = await openDatabase()
  const { agencyId } = self.agency
  const owner = new pg.Client({ ...second.config, user: inject('postgres').user })
  await owner.connect()
  try {
    await owner.query(`alter database ${second.name} set timezone = '${zones.again}'`)
    await foundAgency(owner, agencyId, 'qinghe', '青禾县公安局')
    const agencies = await self.owner.query('select * from app.agency where agency_id <> $1 order by 1', [
      agencyId,
    ])
    for (const row of agencies.rows) await foundAgency(owner, row.agency_id, row.code, row.name)
    await takeOverEnclosures(self.owner, owner)
    const logged: string[] = []
    const kernel = new Kernel({
      registry,
      database: { ...second.config, user: 'fangxian_app' },
      masterKey: Buffer.alloc(32, 9),
      now: () => new Date(0),
      log: jsonLog(
        line => logged.push(line),
        () => new Date(0),
      ),
      commandConnections: 1,
      queryConnections: 1,
      reverseUnordered: true,
    })
    const journal = await self.owner.query<StoredCommand & { agency_id: string }>(
      'select * from app.journal where parent_id is null order by agency_id, seq',
    )
    for (const row of journal.rows) {
      const actor: Actor = {
        accountId: row.actor_id,
        officerId: row.actor.officerId,
        name: '',
        roles: row.actor.roles,
        scope: { agencyId: row.agency_id, unitIds: row.actor.units },
        deviceId: row.device_id,
      }
      const handled = registry.command(row.name, row.version)
      const command: PreparedCommand = {
        entry: { id: row.id, name: row.name, version: row.version, occurredAt: row.occurred_at, input: null },
        handled,
        kind: row.kind,
        input: row.input,
        digest: row.digest,
        problem: storedProblem(row, handled?.store !== undefined),
      }
      await kernel.replay(actor, await kernel.agency(row.agency_id), row.received_at, [command])
    }
    await kernel.close()
    const [before, after] = [await digestTables(self.owner), await digestTables(owner)]
    const differences = [...before]
      .filter(([name, digest]) => after.get(name) !== digest)
      .map(([name]) => name)
    return { commands: journal.rows.length, tables: before.size, differences }
  } finally {
    await owner.end()
    await second.drop()
  }
}
