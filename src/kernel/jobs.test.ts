import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { access } from '../modules/access/index.ts'
import { books } from './books/books.ts'
import { alerts, quietMinutes } from './books/contracts.ts'
import { Jobs, runWatch, runWatches } from './jobs.ts'
import { follow, followUps, lead, seenByWatch, trial } from './trial.ts'
import { world } from './world.ts'

const w = await world([access, trial, books([access, trial])])
const zheng = w.person('郑例二', ['dutyOfficer'])
const jobs = new Jobs(w.kernel, { ...w.databaseConfig, user: 'fangxian_jobs' })
afterAll(() => jobs.close())
const raised = async () => {
  const { rows } = await w.owner.query(`select subject from app.alert where watch = 'trial' order by subject`)
  return rows.map(row => row.subject)
}
const waiting = async () =>
  (await w.owner.query('select count(*) as n from graphile_worker._private_jobs')).rows[0].n

describe('follow-ups', () => {
  it('JOB1 a follow-up runs once, by the system, as a command of its own', async () => {
    const id = w.newId()
    await zheng.sends([w.entry(lead, { subjects: [] }, id)])
    expect(await waiting()).toBe(1)
    await jobs.start()
    await expect.poll(waiting).toBe(0)
    expect(followUps.ran).toEqual([id])
    expect(await raised()).toEqual([`after ${id}`])
    const { rows } = await w.owner.query(
      `select actor_id, actor from app.journal where name = 'trial.follow'`,
    )
    expect(rows).toMatchObject([{ actor_id: null, actor: { roles: ['system'] } }])
  })

  it('JOB2 one that broke off after its work runs again, and changes nothing twice', async () => {
    followUps.ran.length = 0
    followUps.failures = 1
    const id = w.newId()
    await zheng.sends([w.entry(lead, { subjects: [] }, id)])
    await expect.poll(waiting).toBe(0)
    expect(followUps.ran).toEqual([id, id])
    expect((await raised()).filter(one => one.includes(id))).toHaveLength(1)
    expect(w.logged.join('\n')).toContain('follow-up trial.afterLead')
  })

  it('JOB3 one that is refused is recorded and not tried for ever', async () => {
    await zheng.does(follow, { subject: 'taken' })
    const id = w.newId()
    await zheng.does(follow, { subject: `after ${id}` })
    await zheng.sends([w.entry(lead, { subjects: [] }, id)])
    await expect.poll(waiting).toBe(0)
    const { rows } = await w.owner.query(
      `select verdict from app.journal where actor_id is null order by seq desc limit 1`,
    )
    expect(rows).toEqual([{ verdict: 'refused' }])
  })

  it('JOB5 where the database goes away while a job is marked, the program goes on, and the job is done later', async () => {
    const other = new pg.Client({ ...w.databaseConfig, user: inject('postgres').user })
    await other.connect()
    followUps.ran.length = 0
    followUps.failures = 1
    followUps.beforeFailure = async () => {
      await other.query('begin; lock table graphile_worker._private_jobs in access exclusive mode')
    }
    const id = w.newId()
    await zheng.sends([w.entry(lead, { subjects: [] }, id)])
    const waitsForLock = `from pg_stat_activity where usename = 'fangxian_jobs' and wait_event_type = 'Lock'
      and datname = current_database() and query like '%last_error = %'`
    const marking = async () => (await other.query(`select count(*) as n ${waitsForLock}`)).rows[0].n
    await expect.poll(marking).toBe(1)
    await other.query(`select pg_terminate_backend(pid) ${waitsForLock}`)
    await other.query('commit')
    await other.end()
    followUps.beforeFailure = async () => undefined
    await expect.poll(waiting).toBe(0)
    expect(followUps.ran).toEqual([id, id])
  })

  it('JOB6 what a killed server had begun is begun anew at the next start, and not after four hours', async () => {
    await jobs.close()
    followUps.ran.length = 0
    const id = w.newId()
    await zheng.sends([w.entry(lead, { subjects: [] }, id)])
    await w.owner.query("update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now()")
    const next = new Jobs(w.kernel, { ...w.databaseConfig, user: 'fangxian_jobs' }, { alone: true })
    await next.start()
    await expect.poll(waiting).toBe(0)
    expect(followUps.ran).toEqual([id])
    await next.close()
    await jobs.start()
  })

  it('JOB4 nobody but the queue’s own role reads it, and its payload names nobody', async () => {
    const app = new pg.Client({ ...w.databaseConfig, user: 'fangxian_app' })
    await app.connect()
    await expect(app.query('select * from graphile_worker._private_jobs')).rejects.toThrow(
      'permission denied',
    )
    await app.end()
  })
})

describe('watches', () => {
  const open = async () =>
    (await zheng.asks(alerts, { watch: 'trial.sees' })).rows.map(row => row.subject).toSorted()
  const sees = async () => runWatch(w.kernel, w.agency.agencyId, trial.watches![1]!)

  it('WAT1 what is seen raises an alert, what has ended clears it', async () => {
    seenByWatch.subjects = ['东门', '南门']
    expect(await sees()).toBe(2)
    expect(await open()).toEqual(['东门', '南门'].toSorted())
    seenByWatch.subjects = ['南门', '北门']
    expect(await sees()).toBe(2)
    expect(await open()).toEqual(['南门', '北门'].toSorted())
    // Later than the short while in which it would be the alert of before.
    w.clock.advance(quietMinutes + 1)
    seenByWatch.subjects = ['东门']
    await sees()
    const { rows } = await w.owner.query(`select count(*) as n from app.alert where subject = '东门'`)
    expect(rows[0].n).toBe(2)
  })

  it('WAT2 nothing new is no command', async () => {
    const before = await w.owner.query('select count(*) as n from app.journal')
    expect(await sees()).toBe(0)
    expect(await w.owner.query('select count(*) as n from app.journal')).toMatchObject({ rows: before.rows })
  })

  it('WAT3 two rounds at the same moment raise an alert once', async () => {
    seenByWatch.subjects = ['西门']
    await Promise.all([sees(), sees(), sees()])
    expect(await open()).toEqual(['西门'])
  })

  it('WAT4 a watch that fails is logged and does not stop the others', async () => {
    seenByWatch.fails = true
    seenByWatch.subjects = ['中门']
    await runWatches(w.kernel, w.agency.agencyId)
    expect(await open()).toEqual(['中门'])
    expect(w.logged.join('\n')).toContain('watch trial.fails')
    seenByWatch.fails = false
  })

  it('WAT5 a round runs the routines that are due and every watch', async () => {
    followUps.routines = 0
    seenByWatch.subjects = []
    const fresh = new Jobs(w.kernel, {})
    await fresh.minute()
    await fresh.minute()
    expect(followUps.routines).toBe(1)
    expect(await open()).toEqual([])
  })
})

it('LOG1 no log line of this file holds a name', () => {
  expect(w.logged.length).toBeGreaterThan(2)
  for (const line of w.logged) expect(line).not.toMatch(/[一-龥]/)
})
