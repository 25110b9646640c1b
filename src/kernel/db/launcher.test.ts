import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { checkServer, DatabaseRefused, type LaunchedDatabase, launchDatabase } from './launcher.ts'
import { processStart, serverProcesses } from './launcher-processes.ts'

const root = process.getuid?.() === 0
const launched: LaunchedDatabase[] = []
const folders: string[] = []
const children: ChildProcess[] = []
const clients: pg.Client[] = []
let said: string[] = []

function folder(): string {
  // Resolved, since /tmp is a link on macOS; short, since only one test wants a long path.
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'fx-')))
  folders.push(made)
  return made
}

async function launch(dataDir: string, more: Parameters<typeof launchDatabase>[0] | object = {}) {
  const db = await launchDatabase({ dataDir, fsync: false, onLog: line => said.push(line), ...more })
  launched.push(db)
  return db
}

async function connect(db: LaunchedDatabase, database = 'postgres'): Promise<pg.Client> {
  const client = new pg.Client({ ...db.owner, database })
  client.on('error', () => said.push('connection lost'))
  await client.connect()
  clients.push(client)
  return client
}

async function answer(db: LaunchedDatabase, sql: string): Promise<unknown> {
  const client = await connect(db)
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

/** Another process of ours that holds the database until it is told or killed. */
async function launchElsewhere(dataDir: string) {
  const script = `const { launchDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'launcher.ts'))})
    const db = await launchDatabase({ dataDir: ${JSON.stringify(dataDir)}, fsync: false })
    console.log(JSON.stringify(db))
    process.stdin.on('data', () => db.stop().then(() => process.exit(0)))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, db: JSON.parse(line) as LaunchedDatabase }
}

async function refused(attempt: Promise<unknown>): Promise<DatabaseRefused> {
  const error = await attempt.then(
    () => undefined,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(DatabaseRefused)
  expect((error as DatabaseRefused).zh).toMatch(/[一-龥]/)
  return error as DatabaseRefused
}

const running = (db: LaunchedDatabase) => processStart(db.pid) !== undefined
const socketPath = (db: LaunchedDatabase) => `${db.owner.host}/.s.PGSQL.${db.owner.port}`

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  for (const client of clients.splice(0)) await client.end().catch(() => said.push('connection already gone'))
  for (const db of launched.splice(0)) await db.stop()
  for (const made of folders.splice(0)) {
    chmodSync(made, 0o700)
    const cluster = join(made, 'cluster')
    if (existsSync(cluster)) {
      expect(await serverProcesses(cluster, root ? statSync(cluster) : undefined)).toEqual([])
    }
    rmSync(made, { recursive: true, force: true, maxRetries: 5 })
  }
  said = []
})

test('a fresh folder becomes a database, keeps its data over a stop, and is closed to others', async () => {
  const dir = join(folder(), '目录 with, odd "signs" and it\'s')
  chmodSync(folders[0] ?? '', 0o711)
  const first = await launch(dir)
  expect(first).toMatchObject({ adopted: false, dataDir: dir, cluster: join(dir, 'cluster') })
  expect(await answer(first, `select current_setting('server_encoding')`)).toBe('UTF8')
  expect(await answer(first, 'show listen_addresses')).toBe('')
  expect(statSync(first.owner.host).mode & 0o777).toBe(0o700)
  expect(readFileSync(join(first.cluster, 'pg_hba.conf'), 'utf8')).not.toMatch(/^host.*trust/m)
  await answer(first, `create table kept as select '防线' as word`)
  await first.stop()
  await first.stop()
  expect(running(first)).toBe(false)
  const second = await launch(dir, { settings: { work_mem: '5MB', application_name: `a'b\\c` } })
  expect(second.adopted).toBe(false)
  expect(await answer(second, 'select word from kept')).toBe('防线')
  expect(await answer(second, 'show work_mem')).toBe('5MB')
  expect(await answer(second, `select reset_val from pg_settings where name = 'application_name'`)).toBe(
    `a'b\\c`,
  )
})

test('the server stands in its own process group', async () => {
  const db = await launch(folder())
  const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(db.pid)], { encoding: 'utf8' })
  expect(Number(group)).toBe(db.pid)
})

test('a second start adopts, and the last one out stops', async () => {
  const dir = folder()
  const first = await launch(dir)
  const second = await launch(dir)
  expect(second).toMatchObject({ adopted: true, pid: first.pid })
  await first.stop()
  expect(await answer(second, 'select 1')).toBe(1)
  await second.stop()
  expect(running(second)).toBe(false)
})

test('of three processes that start at once one starts and two adopt; each may leave first', async () => {
  const dir = folder()
  const here = launch(dir)
  const others = await Promise.all([launchElsewhere(dir), launchElsewhere(dir)])
  const all = [await here, ...others.map(other => other.db)]
  expect(all.filter(db => !db.adopted)).toHaveLength(1)
  expect(new Set(all.map(db => db.pid)).size).toBe(1)
  others[0]?.child.stdin?.write('stop\n')
  await once(others[0]?.child as ChildProcess, 'exit')
  await (await here).stop()
  expect(running(await here)).toBe(true)
  others[1]?.child.stdin?.write('stop\n')
  await once(others[1]?.child as ChildProcess, 'exit')
  expect(running(await here)).toBe(false)
})

test('after kill -9 of our process the server is adopted, and stopped by the one who adopted it', async () => {
  const dir = folder()
  const other = await launchElsewhere(dir)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  expect(running(other.db)).toBe(true)
  const db = await launch(dir)
  expect(db).toMatchObject({ adopted: true, pid: other.db.pid })
  await db.stop()
  expect(running(db)).toBe(false)
})

test('after kill -9 of the server with busy backends the next start clears them and recovers', async () => {
  const dir = folder()
  const first = await launch(dir, { fsync: true })
  await answer(first, 'create table kept as select 7 as n')
  const lost: Promise<unknown>[] = []
  for (const sql of ['select pg_sleep(60)', 'do $$ begin loop end loop; end $$']) {
    const client = await connect(first)
    lost.push(client.query(sql).catch(error => error))
  }
  await new Promise(resolve => setTimeout(resolve, 100))
  process.kill(first.pid, 'SIGKILL')
  const second = await launch(dir, { fsync: true })
  expect(second.adopted).toBe(false)
  expect(await answer(second, 'select n from kept')).toBe(7)
  expect(said.join('\n')).toMatch(/ended \d+ processes that a killed database server had left/)
  expect(await Promise.all(lost)).toHaveLength(2)
})

test('after kill -9 of a server that several use, the last one out stops the one started since', async () => {
  const dir = folder()
  const [first, second] = [await launch(dir), await launch(dir)]
  process.kill(first.pid, 'SIGKILL')
  const third = await launch(dir)
  expect(third.adopted).toBe(false)
  await third.stop()
  await second.stop()
  expect(running(third)).toBe(true)
  await first.stop()
  expect(running(third)).toBe(false)
})

test.each(['base', 'postgresql.conf', 'base/1/PG_VERSION', 'base/5'])(
  'a half-made cluster is made anew, also one killed at %s',
  async step => {
    const dir = folder()
    const half = join(dir, 'cluster.making-0badcafe')
    mkdirSync(half)
    writeFileSync(join(half, 'PG_VERSION'), '18\n')
    const script = `(await import(${JSON.stringify(join(import.meta.dirname, 'launcher.ts'))})).launchDatabase({ dataDir: ${JSON.stringify(dir)}, fsync: false })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    children.push(child)
    const making = () => readdirSync(dir).find(name => /making-(?!0badcafe)/.test(name))
    while (!making() || !existsSync(join(dir, making() ?? '', step))) {
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(half)).toBe(false)
    const db = await launch(dir)
    expect(await answer(db, 'select 1')).toBe(1)
    expect(readdirSync(dir).filter(name => name.includes('making'))).toEqual([])
    expect(said.join('\n')).toContain('its making was interrupted')
  },
)

test('a path too long for a socket gets a closed folder elsewhere, gone after the stop', async () => {
  const top = folder()
  chmodSync(top, 0o711)
  const db = await launch(join(top, '数'.repeat(40)))
  expect(Buffer.byteLength(db.dataDir)).toBeGreaterThan(107)
  expect(Buffer.byteLength(socketPath(db))).toBeLessThanOrEqual(107)
  expect(statSync(db.owner.host).mode & 0o777).toBe(0o700)
  expect(await answer(db, 'select 1')).toBe(1)
  expect((await launch(db.dataDir)).owner).toEqual(db.owner)
  for (const one of launched) await one.stop()
  expect(existsSync(db.owner.host)).toBe(false)
})

test('a server without fsync is not adopted for data that matters', async () => {
  const dir = folder()
  const unsafe = await launch(dir)
  expect((await refused(launch(dir, { fsync: true }))).message).toContain('without fsync')
  expect(await answer(unsafe, 'select 1')).toBe(1)
  await unsafe.stop()
  const other = await launchElsewhere(dir)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  const safe = await launch(dir, { fsync: true })
  expect(safe.adopted).toBe(false)
  expect(await answer(safe, 'show fsync')).toBe('on')
})

test('a start that fails says why, where the log is, and leaves nothing behind', async () => {
  const dir = folder()
  const error = await refused(launch(dir, { settings: { shared_buffers: 'plenty' } }))
  expect(error.message).toContain(join(dir, 'postgres.log'))
  expect(error.message).toContain('invalid value for parameter "shared_buffers"')
  expect([...readdirSync(join(dir, 'users')), ...readdirSync(join(dir, 'locks'))]).toEqual([])
  expect(await answer(await launch(dir), 'select 1')).toBe(1)
})

test('a cluster that is damaged, of another version or not ours is left alone', async () => {
  const dir = folder()
  const db = await launch(dir)
  await db.stop()
  const version = join(db.cluster, 'PG_VERSION')
  writeFileSync(version, '17\n')
  expect((await refused(launch(dir))).message).toContain('made by PostgreSQL 17')
  rmSync(version)
  expect((await refused(launch(dir))).message).toContain('no file PG_VERSION')
  expect(existsSync(join(db.cluster, 'base'))).toBe(true)
  const foreign = folder()
  writeFileSync(join(foreign, 'PG_VERSION'), '18\n')
  expect((await refused(launch(foreign))).message).toContain('made by something else')
})

test('a pid file whose number now belongs to another process does not stop the start', async () => {
  const dir = folder()
  const db = await launch(dir)
  const file = join(db.cluster, 'postmaster.pid')
  const note = readFileSync(file, 'utf8')
  writeFileSync(file, note.replace(/^\d+/, String(process.pid)))
  expect((await refused(launch(dir))).message).toContain('another container')
  writeFileSync(file, note)
  await db.stop()
  // One that PostgreSQL may signal, which it takes for a server.
  const holder = spawn('sleep', ['60'], root ? { uid: 65534, gid: 65534 } : {})
  children.push(holder)
  writeFileSync(file, note.replace(/^\d+/, String(holder.pid)))
  writeFileSync(`${socketPath(db)}.lock`, note.replace(/^\d+/, String(holder.pid)))
  expect((await launch(dir)).adopted).toBe(false)
})

test('checkServer accepts ours, leaves nothing behind, and refuses what cannot hold Chinese', async () => {
  const db = await launch(folder())
  const ours = await connect(db)
  await checkServer(ours)
  const extensions = `select count(*)::int from pg_extension where extname = 'pg_trgm'`
  expect(await answer(db, extensions)).toBe(0)
  await ours.query('create schema elsewhere')
  await ours.query('create extension pg_trgm schema elsewhere')
  await checkServer(ours)
  const make = (name: string, rest: string) =>
    ours.query(`create database ${name} template template0 locale_provider libc ${rest}`)
  await make('ascii', `encoding 'SQL_ASCII' locale 'C'`)
  const ascii = await refused(checkServer(await connect(db, 'ascii')))
  expect(ascii.message).toContain('"ascii" is encoded in SQL_ASCII')
  expect(ascii.zh).toContain('需要 UTF8')
  await make('deaf', `encoding 'UTF8' locale 'C'`)
  expect((await refused(checkServer(await connect(db, 'deaf')))).message).toContain('no trigrams of Chinese')
  await ours.query('create role guest login')
  const guest = new pg.Client({ ...db.owner, user: 'guest', database: 'ascii' })
  await guest.connect()
  await refused(checkServer(guest))
  await guest.end()
})

test('a test that keeps its database in a folder of mkdtemp may simply remove that folder', async () => {
  const top = folder()
  const db = await launch(join(top, 'pg'))
  expect(db.cluster).toBe(join(top, 'pg', 'cluster'))
  rmSync(top, { recursive: true, force: true, maxRetries: 5 })
  await db.stop()
  expect(running(db)).toBe(false)
  folders.pop()
})

test.runIf(root)('root below a closed folder: the cluster lies elsewhere, and moves along', async () => {
  const [closed, otherPlaces] = [folder(), folder()]
  chmodSync(otherPlaces, 0o755)
  const dir = join(closed, 'data')
  const first = await launch(dir, { otherPlaces, fsync: true })
  expect(first.cluster.startsWith(otherPlaces)).toBe(true)
  expect(said.join('\n')).toContain('pg-location')
  await answer(first, 'create table kept as select 7 as n')
  await first.stop()
  renameSync(dir, join(closed, 'renamed'))
  const second = await launch(join(closed, 'renamed'), { otherPlaces, fsync: true })
  expect(await answer(second, 'select n from kept')).toBe(7)
  await second.stop()
  cpSync(join(closed, 'renamed'), join(closed, 'copy'), { recursive: true })
  expect((await refused(launch(join(closed, 'copy'), { otherPlaces, fsync: true }))).message).toContain(
    'is a copy of',
  )
  rmSync(join(closed, 'renamed'), { recursive: true })
  said = []
  rmSync(join(closed, 'copy'), { recursive: true })
  const anew = await launch(dir, { otherPlaces, fsync: true })
  expect(await answer(anew, `select to_regclass('kept')`)).toBe(null)
  expect(said.join('\n')).toContain('left over')
})
