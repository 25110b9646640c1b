import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { addAccount, changeAccount } from '../../modules/access/contracts.ts'
import { access } from '../../modules/access/index.ts'
import { verifyDatabase } from '../verify.ts'
import { digestTables, openDatabase, world } from '../world.ts'
import { anyRow, appTables, dropChecks, putRows, seeded, uuidOf } from './any-rows.ts'
import { backupTo, columnList, copySettings, notKept, qualified } from './backup.ts'
import { BackupReader, checkBackup } from './backup-format.ts'
import { makeRoles, migrations } from './migrate.ts'
import { levelOf, restoreFrom } from './restore.ts'
import { schemaText } from './schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'fangxian-backup-'))
const file = (name: string) => join(folder, name)
const dropped: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of dropped) await drop()
  rmSync(folder, { recursive: true, force: true })
})

/** A database of its own; `bare` has not even been migrated. */
async function target(bare = false): Promise<pg.ClientConfig> {
  const { user } = inject('postgres')
  const database = await openDatabase()
  dropped.push(database.drop)
  const config = { ...database.config, user }
  if (bare) {
    await using(config, owner =>
      owner.query('drop schema past, app, ref, sys, fangxian_migration, graphile_worker cascade'),
    )
  }
  return config
}

async function using<R>(config: pg.ClientConfig, work: (owner: pg.Client) => Promise<R>): Promise<R> {
  const owner = new pg.Client(config)
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

const masterKey = Buffer.alloc(32, 7)

describe('a backup of a world with data', async () => {
  const w = await world([access])
  const { user } = inject('postgres')
  const config = { ...w.databaseConfig, user }
  const zhou = w.person('周示一', ['administrator'])
  const ids = Array.from({ length: 40 }, () => w.newId())
  const path = file('world.backup')

  const addAll = async (list: readonly string[], from: number) => {
    for (const [n, accountId] of list.entries()) {
      const badge = String(990_000 + from + n)
      await zhou.does(addAccount, { accountId, badge, name: '郑例二', roles: ['viewer'] })
    }
  }

  it('BAK1 destroyed, restored and verified, it is equal', async () => {
    await addAll(ids, 0)
    await zhou.does(changeAccount, {
      accountId: ids[3] ?? '',
      roles: ['officer'],
      scopeUnitId: null,
      active: false,
    })
    await w.owner.query('select sys.add_seal_keys($1, $2, $3, $4)', [
      w.agency.agencyId,
      [ids[0], ids[1]],
      ['wrapped0', 'wrapped1'],
      '2021-11-03T06:00:00Z',
    ])
    await w.owner.query("select sys.add_session('\\xaa', $1, $1, $1, now(), now(), '', '')", [ids[0]])
    await w.owner.query("select sys.enqueue('people.welcome', $1, $2)", [w.agency.agencyId, ids[5]])
    const steps = new Set<string>()
    const report = await backupTo(config, path, { masterKey, onProgress: step => steps.add(step.phase) })
    expect([...steps]).toEqual(['backup', 'check'])
    expect(report.bytes).toBe(statSync(path).size)
    expect(statSync(path).mode & 0o077).toBe(0)

    const into = await target(true)
    const queue = { ...into, user: 'fangxian_jobs' }
    const restored = await restoreFrom(into, path, {
      masterKey,
      queue,
      onProgress: step => steps.add(step.phase),
    })
    expect([...steps]).toEqual(['backup', 'check', 'restore', 'verify'])
    expect(restored).toMatchObject({
      rows: report.rows,
      masterKey: 'same',
      restoreEpoch: 1,
      migratedForward: [],
    })
    expect(restored.followUps).toEqual({ put: 1, lost: 0 })
    await using(into, async owner => {
      const digests = await digestTables(owner)
      expect(digests.size).toBeGreaterThan(25)
      expect(digests).toEqual(await digestTables(w.owner))
      expect((await schemaText(owner)).text).toBe((await schemaText(w.owner)).text)
      const sessions = await owner.query('select 1 from sys.session')
      expect(sessions.rowCount, 'sessions are not kept').toBe(0)
      const keys = await owner.query('select owner_id, wrapped from sys.seal_key order by owner_id')
      expect(keys.rows.map(row => row.wrapped)).toEqual(['wrapped0', 'wrapped1'])
    })
    const verified = await verifyDatabase(into)
    expect(verified.problems).toEqual([])
    expect(verified.rows).toBe(41)
  })

  it('BAK2 the master key is not in it, and another one is noticed', async () => {
    const other = Buffer.alloc(32, 8)
    const bytes = readFileSync(path)
    expect(bytes.includes(masterKey)).toBe(false)
    expect(bytes.includes(masterKey.toString('hex'))).toBe(false)
    const into = await target()
    await expect(restoreFrom(into, path, { masterKey: other })).rejects.toThrow(/主密钥/)
    expect((await restoreFrom(into, path, { masterKey: other, acceptOtherKey: true })).masterKey).toBe(
      'other',
    )
    expect((await restoreFrom(into, path, { replace: true })).masterKey).toBe('unknown')
  })

  it('BAK3 a database that is not empty is refused, and replaced when asked', async () => {
    const into = await target()
    await restoreFrom(into, path)
    const before = await using(into, digestTables)
    await expect(restoreFrom(into, path)).rejects.toThrow(/--replace/)
    expect(await using(into, digestTables)).toEqual(before)
    await using(into, owner =>
      owner.query('select sys.destroy_seal_key($1, $2, now())', [w.agency.agencyId, ids[0]]),
    )
    const again = await restoreFrom(into, path, { replace: true })
    expect(again).toMatchObject({ restoreEpoch: 2, keysDestroyedAgain: 1 })
    await using(into, async owner => {
      const key = await owner.query('select wrapped from sys.seal_key where owner_id = $1', [ids[0]])
      expect(key.rows[0]?.wrapped, 'an erased person stays erased').toBeNull()
    })
  })

  it('BAK4 a database in use is refused', async () => {
    await expect(restoreFrom(config, path, { replace: true })).rejects.toThrow(/Stop it/)
    expect((await verifyDatabase(config)).problems).toEqual([])
  })

  it('BAK5 every flipped byte is found, before anything is touched', async () => {
    const good = readFileSync(path)
    const random = seeded(5)
    const places = [0, 17, 20, 100, good.length - 1, good.length - 5, good.length - 40]
    while (places.length < 160) places.push(Math.floor(random() * good.length))
    const bad = file('flipped.backup')
    for (const place of places) {
      const copy = Buffer.from(good)
      copy[place] = (copy[place] ?? 0) ^ (1 << Math.floor(random() * 8))
      writeFileSync(bad, copy)
      await expect(checkBackup(bad), `byte ${place} of ${good.length}`).rejects.toThrow(
        /damaged|not a backup|format/,
      )
    }
    const into = await target()
    const before = await using(into, digestTables)
    await expect(restoreFrom(into, bad)).rejects.toThrow(/损坏|不是/)
    expect(await using(into, digestTables)).toEqual(before)
  })

  it('BAK6 a truncated file, a longer one and a strange one are found', async () => {
    const good = readFileSync(path)
    const bad = file('cut.backup')
    for (const length of [0, 5, 16, 18, 200, Math.floor(good.length / 2), good.length - 4, good.length - 1]) {
      writeFileSync(bad, good.subarray(0, length))
      await expect(checkBackup(bad), `${length} bytes`).rejects.toThrow(/ends too early|not a backup/)
    }
    writeFileSync(bad, Buffer.concat([good, Buffer.from('x')]))
    await expect(checkBackup(bad)).rejects.toThrow(/follows its end/)
    writeFileSync(bad, 'PGDMP')
    await expect(restoreFrom(await target(), bad)).rejects.toThrow(/不是防线的备份/)
    await expect(restoreFrom(await target(), file('none'))).rejects.toThrow(/ENOENT/)
    expect((await checkBackup(path)).header.tables.length).toBeGreaterThan(30)
  })

  it('BAK7 a file is never written over, and a failed backup leaves none', async () => {
    await expect(backupTo(config, path)).rejects.toThrow(/exists/)
    await expect(backupTo(await target(true), file('empty.backup'))).rejects.toThrow(/nothing to back up/)
    await expect(checkBackup(file('empty.backup'))).rejects.toThrow(/ENOENT/)
  })

  it('BAK8 made while commands run, it is one moment of them', async () => {
    const more = Array.from({ length: 150 }, () => w.newId())
    const running = addAll(more, 1_000)
    await new Promise(resolve => setTimeout(resolve, 150))
    const during = file('during.backup')
    await backupTo(config, during)
    await running
    const into = await target()
    const { rows } = await restoreFrom(into, during)
    expect(rows).toBeGreaterThan(100)
    const verified = await verifyDatabase(into)
    expect(verified.problems).toEqual([])
    const now = await verifyDatabase(config)
    expect(now.problems).toEqual([])
    console.log(`backup while commands ran: ${verified.commands} of ${now.commands} commands`)
    expect(verified.commands).toBeGreaterThanOrEqual(41)
    expect(verified.commands).toBeLessThanOrEqual(now.commands)
  })

  it('BAK9 a newer backup and another edition are refused; an older one is brought forward', async () => {
    const { header } = await checkBackup(path)
    const known = migrations()
    expect(() => levelOf(header, known.slice(0, -1))).toThrow(/newer/)
    const edited = known.map((one, n) => (n === 1 ? { ...one, hash: 'x' } : one))
    expect(() => levelOf(header, edited)).toThrow(/another edition/)
    expect(() => levelOf({ ...header, migrations: header.migrations.slice(1) })).toThrow(/middle/)
    expect(levelOf(header).missing).toEqual([])

    const old = await target(true)
    await using(old, async owner => {
      await makeRoles(owner)
      await owner.query('create schema fangxian_migration')
      await owner.query(
        'create table fangxian_migration.applied (name text primary key, hash text, at timestamptz)',
      )
      const [first] = known
      await owner.query(first?.sql ?? '')
      await owner.query('insert into fangxian_migration.applied values ($1, $2)', [first?.name, first?.hash])
      await owner.query("set app.command_id = '00000000-0000-7000-8000-0000000000ff'")
      await owner.query(
        "insert into app.agency (agency_id, code, name, kind) values ($1, 'old', '旧局', 'rehearsal')",
        [ids[0]],
      )
    })
    const oldFile = file('old.backup')
    await backupTo(old, oldFile)
    const into = await target()
    const report = await restoreFrom(into, oldFile)
    expect(report.migratedForward).toEqual(known.slice(1).map(one => one.name))
    await using(into, async owner => {
      expect((await schemaText(owner)).text).toBe((await schemaText(w.owner)).text)
      expect((await owner.query('select name from app.agency')).rows).toEqual([{ name: '旧局' }])
    })
  })
})

describe('a backup of everything', () => {
  /** Rows of every table and type; they break checks and foreign keys, which their database has not. */
  async function filled(): Promise<pg.ClientConfig> {
    const config = await target()
    const random = seeded(10)
    const agencies = [uuidOf(random), uuidOf(random)]
    await using(config, async owner => {
      await dropChecks(owner)
      for (const table of await appTables(owner)) {
        const rows = agencies.flatMap(id =>
          Array.from({ length: table.key.length === 1 ? 1 : 7 }, () =>
            anyRow(table, id, [uuidOf(random)], random),
          ),
        )
        await putRows(owner, table.name, rows)
      }
    })
    return config
  }

  it('BAK10 rows that break a key are refused, and the target stays as it was', async () => {
    const path = file('broken.backup')
    await backupTo(await filled(), path)
    const into = await target()
    const before = await using(into, digestTables)
    await expect(restoreFrom(into, path)).rejects.toThrow(/check constraint|foreign key/)
    expect(await using(into, digestTables)).toEqual(before)
  })

  it('BAK11 every type of every table comes through the file unchanged', async () => {
    const from = await filled()
    const path = file('any.backup')
    const { rows } = await backupTo(from, path)
    const into = await target()
    await using(into, async owner => {
      await dropChecks(owner)
      await owner.query(copySettings)
      await owner.query("set session_replication_role = 'replica'")
      const reader = await BackupReader.open(path)
      for (const table of reader.header.tables) {
        const columns = columnList(owner, table.columns)
        await owner.query(`delete from ${qualified(owner, table)}`)
        await reader.table(
          table,
          owner.query(copyFrom(`copy ${qualified(owner, table)} (${columns}) from stdin`)),
        )
      }
      await reader.end()
      await reader.close()
      const digests = await digestTables(owner)
      expect(digests).toEqual(await using(from, digestTables))
      console.log(`${rows} rows of ${digests.size} tables went through a file`)
    })
    expect(rows).toBeGreaterThan(300)
  })

  it('BAK12 an owner who is no superuser can do all of it', async () => {
    const { host, port, user } = inject('postgres')
    const name = `plain_${randomBytes(4).toString('hex')}`
    await using({ host, port, user, database: 'postgres' }, async root => {
      await root.query(`create role ${name} login createrole`)
      await root.query(`create database ${name} owner ${name}`)
    })
    dropped.push(() =>
      using({ host, port, user, database: 'postgres' }, async root => {
        await root.query(`drop database ${name} with (force)`)
        await root.query(`drop role ${name}`)
      }),
    )
    const plain = { host, port, user: name, database: name }
    const source = await target()
    await using(source, async owner => {
      await owner.query("set app.command_id = '00000000-0000-7000-8000-0000000000ff'")
      await owner.query(
        "insert into app.agency (agency_id, code, name, kind) values ($1, 'qinghe', '青禾县公安局', 'rehearsal')",
        [uuidOf(seeded(12))],
      )
    })
    const [first, second] = [file('first.backup'), file('second.backup')]
    await backupTo(source, first)
    await restoreFrom(plain, first)
    expect((await verifyDatabase(plain)).problems).toEqual([])
    await backupTo(plain, second)
    const [a, b] = [await checkBackup(first), await checkBackup(second)]
    a.tables.delete('sys.installation')
    b.tables.delete('sys.installation')
    expect(b.tables).toEqual(a.tables)
  })

  it('BAK13 what is left out is named with a reason, and exists', async () => {
    const names = await using(await target(), async owner =>
      (await owner.query("select relname from pg_class where relnamespace = 'sys'::regnamespace")).rows.map(
        row => row.relname,
      ),
    )
    for (const name of Object.keys(notKept)) expect(names).toContain(name)
  })
})
