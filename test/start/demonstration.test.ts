// The demonstration from an empty folder, cut off, gone on with, served, killed, backed up and brought back: one
// installation and its life, because loading it is most of the time.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { takeLock } from '../../src/kernel/db/launcher-processes.ts'
import { databaseOf, fangxian, newFolder, post, processesOf, type SignInLine, start } from './server.ts'

const folder = newFolder()
const data = join(folder, 'data')
let signIns: SignInLine[] = []
const as = (role: string) => {
  const line = signIns.find(one => one.role === role)
  if (!line) throw new Error(`nobody signs in as ${role}`)
  const { badge, password } = line
  return { badge, password }
}

describe('npm start with the demonstration', () => {
  it('STA1 Ctrl-C while it loads ends it in order, kill -9 does no harm, and the next start goes on', async () => {
    const first = start(data)
    await first.says(/zones and posts/)
    expect(await first.stop('SIGINT')).toBe(130)
    expect(first.out(), 'nothing is a result before it is ready').toBe('')
    expect(first.err()).toMatch(/Stopped before it was ready[\s\S]*启动中途停止/)
    expect(processesOf(folder)).toEqual([])

    const second = start(data)
    // The most delicate moment: the plan is adopted and not yet published.
    await second.says(/publishing the roster/)
    process.kill(second.pid, 'SIGKILL')
    await second.ended
    const third = start(data)
    const base = await third.ready()
    expect(third.err(), 'the plan that was adopted is the one published').not.toContain('solving the roster')
    signIns = third.signIns()
    const [address, holds, ...rest] = third.out().trimEnd().split('\n')
    expect(address).toBe(`Fangxian 防线  ${base}`)
    expect(holds).toMatch(/^demonstration 演练 {2}\d{3} people, 30 zones, .* rosters for 24 days {2}\d{3} 人/)
    expect(rest).toHaveLength(11)
    for (const line of rest) expect(line).toMatch(/^sign-in [a-zA-Z]+ \S+ [a-z2-9]{14}$/)
    expect(await third.stop('SIGTERM')).toBe(0)
    expect(processesOf(folder)).toEqual([])
  })

  it('STA2 every role signs in; words of the command line work on the running server; Ctrl-C ends open streams', async () => {
    const server = start(data)
    const base = await server.ready()
    expect(server.out(), 'passwords are printed once').toBe(`Fangxian 防线  ${base}\n`)
    for (const { role, badge, password } of signIns) {
      const { status, answer } = await post(base, '/api/sign-in', { badge, password })
      expect([role, status, answer.roles]).toEqual([role, 200, [role]])
    }
    const { badge, password } = as('administrator')
    const who = { FANGXIAN_URL: base, FANGXIAN_BADGE: badge, FANGXIAN_PASSWORD: password }
    const unit = {
      unitId: crypto.randomUUID(),
      parentId: null,
      name: '示例大队',
      shortName: '示例',
      kind: 'brigade',
      sort: 990,
      lendable: true,
      place: null,
    }
    const added = await fangxian(data, ['call', 'people.addUnit', '--input', JSON.stringify(unit)], who)
    expect([added.code, added.err]).toEqual([0, ''])
    const asked = await fangxian(data, ['ask', 'people.units'], who)
    expect(asked.out).toContain('示例大队')
    const measured = await fangxian(data, ['measure', 'people.officers'], who)
    expect(JSON.parse(measured.out)).toMatchObject({ key: 'people.officers', value: 610 })
    const again = await fangxian(data, ['start', '--no-pages'])
    expect([again.code, again.out]).toEqual([1, ''])
    expect(again.err).toContain(`already runs on ${data} (process ${server.pid}): ${base}`)

    const { cookie } = await post(base, '/api/sign-in', as('viewer'))
    const streams = await Promise.all([1, 2].map(() => fetch(`${base}/api/live`, { headers: { cookie } })))
    expect(streams.map(one => one.status)).toEqual([200, 200])
    const began = performance.now()
    expect(await server.stop('SIGINT')).toBe(0)
    expect(performance.now() - began).toBeLessThan(60_000)
    for (const stream of streams) expect(await stream.text()).toContain('retry: 2000')
    expect(processesOf(folder)).toEqual([])
  })

  it('STA3 kill -9 of the database: /readyz says so, and it comes back by itself; kill -9 of the server: start again', async () => {
    const server = start(data)
    const base = await server.ready()
    const { cookie } = await post(base, '/api/sign-in', as('commander'))
    // Who starts the database takes this lock first: held, it keeps the database down until we have looked.
    const lock = await takeLock(join(data, 'pg', 'locks'), () => undefined)
    process.kill(databaseOf(folder), 'SIGKILL')
    while ((await fetch(`${base}/readyz`)).status !== 503) await sleep(20)
    expect((await fetch(`${base}/healthz`)).status, 'the process itself lives').toBe(200)
    lock.release()
    while ((await fetch(`${base}/readyz`)).status !== 200) await sleep(20)
    const session = await fetch(`${base}/api/queries/people.units?input={}`, { headers: { cookie } })
    expect(session.status).toBe(200)
    await server.says(/database started again/)

    process.kill(server.pid, 'SIGKILL')
    await server.ended
    expect(processesOf(folder).length, 'the database outlives it').toBeGreaterThan(0)
    const next = start(data)
    await next.ready()
    expect(next.err()).toContain('using the database that already runs')
    expect(await next.stop()).toBe(0)
    expect(processesOf(folder)).toEqual([])
  })

  it('STA4 backup while it runs, destroy, restore, verify: equal', async () => {
    const server = start(data)
    const base = await server.ready()
    const file = join(folder, 'one.backup')
    const saved = await fangxian(data, ['backup', file, '--json'])
    expect(saved.code, saved.err).toBe(0)
    const busy = await fangxian(data, ['restore', file, '--replace'])
    expect([busy.code, busy.err]).toEqual([1, expect.stringContaining('The server is using this database')])
    expect((await fangxian(data, ['verify'])).out).toContain('✓ the fold of all changes equals the state')
    await server.stop()
    // Still, so that no watch of the minute adds a row between backup and comparison.
    const stillFile = join(folder, 'two.backup')
    expect((await fangxian(data, ['backup', stillFile])).out).toContain(stillFile)
    const before = JSON.parse((await fangxian(data, ['verify', '--json'])).out)
    expect(before).toMatchObject({ problems: [] })
    expect(before.rows).toBeGreaterThan(15_000)

    rmSync(join(data, 'pg'), { recursive: true })
    expect((await fangxian(data, ['verify'])).err).toContain('There is no database in')
    const restored = await fangxian(data, ['restore', file, '--json'])
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ masterKey: 'same', rows: JSON.parse(saved.out).rows })
    expect((await fangxian(data, ['restore', stillFile])).err).toContain('say --replace')
    expect((await fangxian(data, ['restore', stillFile, '--replace'])).code).toBe(0)
    const after = JSON.parse((await fangxian(data, ['verify', '--json'])).out)
    expect({ ...after, seconds: 0 }).toEqual({ ...before, seconds: 0 })
    expect(processesOf(folder)).toEqual([])

    const back = start(data)
    const again = await back.ready()
    expect(back.out(), 'the demonstration is there and not loaded anew').toBe(`Fangxian 防线  ${again}\n`)
    expect((await post(again, '/api/sign-in', as('officer'))).status).toBe(200)
    expect(again).not.toBe(base)
    await back.stop()
  })

  it('STA5 a one-time code brings the last administrator back', async () => {
    const { badge } = as('administrator')
    const given = await fangxian(data, ['reset-code', badge])
    expect([given.code, given.out]).toEqual([0, expect.stringMatching(/^([A-Z2-9]{4}-){2}[A-Z2-9]{4}\n$/)])
    const server = start(data)
    const base = await server.ready()
    const password = 'another-example-1'
    const reset = { badge, code: given.out.trim(), password }
    expect((await post(base, '/api/sign-in/reset', reset)).status).toBe(200)
    expect((await post(base, '/api/sign-in/reset', reset)).status, 'once').toBe(401)
    expect((await post(base, '/api/sign-in', { badge, password })).status).toBe(200)
    expect((await fangxian(data, ['reset-code', '999999'])).err).toContain(
      'There is no active account 999999',
    )
    await server.stop()
  })
})
