import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { access } from '../modules/access/index.ts'
import { books } from './books/books.ts'
import { order, titles, trial } from './trial.ts'
import type { ways } from './trial-ways.ts'
import { codes, gapless, kinds, rowsOf } from './trial-world.ts'
import { world } from './world.ts'

type Way = (typeof ways)[number]
const open = () => world([access, trial, books([access, trial])])

describe('the database goes away', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const entry = (way: Way, text: string) => w.entry(order, { alertId: w.newId(), text, way })
  const root = async <T>(work: (client: pg.Client) => Promise<T>) => {
    const { host, port, user } = inject('postgres')
    const client = new pg.Client({ host, port, user, database: w.databaseConfig.database! })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const kill = (how: 'pg_terminate_backend' | 'pg_cancel_backend') =>
    root(async client => {
      for (let look = 0; look < 200; look += 1) {
        const { rows } = await client.query(
          `select pid from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid() and state = 'active'`,
        )
        if (rows[0]) return client.query(`select ${how}($1)`, [rows[0].pid])
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      throw new Error('nothing slept')
    })

  it('KRN50 a connection killed in the middle: retry, nothing half done, and sent again done once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const batch = [entry('plain', `a ${round}`), entry('slow', `b ${round}`), entry('plain', `c ${round}`)]
      const [verdicts] = await Promise.all([zheng.sends(batch), kill('pg_terminate_backend')])
      expect(kinds(verdicts)).toEqual(['retry', 'retry', 'retry'])
      expect(verdicts[0]).toMatchObject({ problem: { code: 'kernel/busy', status: 503 } })
      expect(await rowsOf(w, `select 1 from app.alert where subject like $1`, [`% ${round}`])).toHaveLength(0)
      expect(kinds(await zheng.sends(batch))).toEqual(['done', 'done', 'done'])
      expect(await rowsOf(w, `select 1 from app.alert where subject like $1`, [`% ${round}`])).toHaveLength(3)
    }
    await gapless(w)
  })

  it('KRN51 a statement that is stopped is that command’s failure alone', async () => {
    const batch = [entry('plain', 'd'), entry('slow', 'e'), entry('plain', 'f')]
    const twice = async () => {
      await kill('pg_cancel_backend')
      await new Promise(resolve => setTimeout(resolve, 50))
      await kill('pg_cancel_backend')
    }
    const [verdicts] = await Promise.all([zheng.sends(batch), twice()])
    expect(codes(verdicts)).toEqual(['done', 'kernel/internal', 'done'])
  })

  it('KRN52 every idle connection killed: the next batch and the next query find fresh ones', async () => {
    await Promise.all([zheng.asks(titles), zheng.asks(titles), zheng.sends([entry('plain', 'g')])])
    await root(client =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'fangxian_app'`,
      ),
    )
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(kinds(await zheng.sends([entry('plain', 'h')]))).toEqual(['done'])
    expect((await zheng.asks(titles)).total).toBeGreaterThan(3)
  })

  it('KRN53 no database at all: everybody who waits is told, and afterwards all is well', async () => {
    const [name] = [w.databaseConfig.database]
    await root(client =>
      client.query(`alter role fangxian_app in database ${name} connection limit -1`).catch(() => 0),
    )
    const { host, port, user } = inject('postgres')
    const other = new pg.Client({ host, port, user, database: 'postgres' })
    await other.connect()
    await other.query(`alter database ${name} with allow_connections false`)
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = 'fangxian_app'`,
    )
    const batches = Array.from({ length: 12 }, (_, n) => [entry('plain', `gone ${n}`)])
    const told = await Promise.all(batches.map(batch => zheng.sends(batch)))
    expect(new Set(told.flat().map(one => one.verdict))).toEqual(new Set(['retry']))
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => zheng.asks(titles)))
    expect(new Set(asked.map(one => one.status))).toEqual(new Set(['rejected']))
    await other.query(`alter database ${name} with allow_connections true`)
    await other.end()
    const done = await Promise.all(batches.map(batch => zheng.sends(batch)))
    expect(new Set(done.flat().map(one => one.verdict))).toEqual(new Set(['done']))
    await gapless(w)
  })

  it('KRN54 a grant that is missing or a disk that is full is not the command’s fault', async () => {
    await w.owner.query('revoke insert on app.alert from fangxian_app')
    const batch = [entry('plain', 'i')]
    expect(kinds(await zheng.sends(batch))).toEqual(['retry'])
    await w.owner.query('grant insert on app.alert to fangxian_app')
    await w.owner.query(
      `create function app.full() returns trigger language plpgsql as $$ begin raise exception 'no space left' using errcode = '53100'; end $$`,
    )
    await w.owner.query(
      'create trigger a_full before insert on app.alert for each row execute function app.full()',
    )
    expect(kinds(await zheng.sends(batch))).toEqual(['retry'])
    await w.owner.query('drop trigger a_full on app.alert')
    await w.owner.query('drop function app.full()')
    expect(kinds(await zheng.sends(batch))).toEqual(['done'])
  })

  it('KRN55 a deadlock or a serialization failure is tried again by itself', async () => {
    await w.owner.query(`create table app.tries (n int)`)
    await w.owner.query(`create sequence app.try_count`)
    await w.owner.query('grant usage on sequence app.try_count to fangxian_app')
    await w.owner.query(
      `create function app.conflict() returns trigger language plpgsql as $$ begin
         if nextval('app.try_count') < 3 then raise exception 'could not serialize' using errcode = '40001'; end if;
         return new; end $$`,
    )
    await w.owner.query(
      'create trigger a_conflict before insert on app.alert for each row execute function app.conflict()',
    )
    expect(kinds(await zheng.sends([entry('plain', 'j')]))).toEqual(['done'])
    await w.owner.query('drop trigger a_conflict on app.alert')
    await w.owner.query('drop function app.conflict()')
    await w.owner.query('drop sequence app.try_count')
    await w.owner.query('drop table app.tries')
  })
})
