import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { addAccount, changeAccount, issueResetCode } from '../../modules/access/contracts.ts'
import { books } from '../books/books.ts'
import { trial } from '../trial.ts'
import { httpWorld, password } from './http-world.ts'
import { SignIn } from './sign-in.ts'

const modules = [access, trial, books([access, trial])]
const codeOf = (reply: { body: { code?: string } }) => reply.body.code

describe('sign-in', async () => {
  const w = await httpWorld(modules)
  const zhou = w.person('周示一', ['administrator'])
  await w.account('990101', '周示一', ['administrator'])
  const zheng = await w.account('990102', '郑例二', ['dutyOfficer'])
  const closed = await w.account('990103', '冯样三', ['viewer'])
  const tries = async (badge: string, given = 'wrong-password', caller = w.nobody()) =>
    caller.post('/api/sign-in', { badge, password: given })

  it('ACC1 badge and password open a session; the cookie is out of reach of pages', async () => {
    const caller = w.nobody()
    const answer = await caller.post('/api/sign-in', { badge: ' 990101 ', password, agency: 'qinghe' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ badge: '990101', name: '周示一', mustChangePassword: false })
    expect(answer.body.agency).toMatchObject({ code: 'qinghe', kind: 'rehearsal' })
    const [cookie] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Strict/)
    expect(cookie).toMatch(/; Path=\//)
    expect(cookie).not.toMatch(/Secure/)
    expect((await caller.get('/api/session')).body.accountId).toBe(answer.body.accountId)
    const stored = await w.owner.query('select encode(token_hash, $1) as hash from sys.session', ['hex'])
    const token = cookie!.split(/[=;]/)[1]!
    expect(stored.rows.map(row => row.hash)).toContain(createHash('sha256').update(token).digest('hex'))
  })

  it('ACC2 wrong password, unknown badge, wrong agency and closed account are one answer', async () => {
    const shut = { accountId: closed, roles: ['viewer' as const], scopeUnitId: null, active: false }
    await zhou.does(changeAccount, shut)
    const answers = [
      await tries('990101'),
      await tries('990999'),
      await tries('990103', password),
      await w.nobody().post('/api/sign-in', { badge: '990101', password, agency: 'elsewhere' }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual(answers[0]?.body)
      expect(codeOf(answer)).toBe('kernel/wrong-password')
    }
  })

  it('ACC2 an account without a password is closed to everybody', async () => {
    await zhou.does(addAccount, { accountId: w.newId(), badge: '990104', name: '周示四', roles: ['viewer'] })
    expect((await tries('990104', '')).status).toBe(422)
    expect(codeOf(await tries('990104', 'undefined'))).toBe('kernel/wrong-password')
  })

  it('ACC3 five wrong tries lock the account, also sent at once, and the lock ends', async () => {
    const together = await Promise.all(Array.from({ length: 12 }, () => tries('990102')))
    const statuses = together.map(one => one.status).toSorted()
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
    const right = await tries('990102', password)
    expect(right.status).toBe(429)
    expect(right.body.params.minutes).toBe(15)
    expect((await tries('990101', password)).status).toBe(200)
    w.clock.advance(16)
    expect((await tries('990102', password)).status).toBe(200)
    expect((await tries('990102')).status).toBe(401)
  })

  it('ACC4 an address that tries many badges is locked, too', async () => {
    w.clock.advance(60)
    let locked = 0
    for (let n = 0; n < 70 && !locked; n += 10) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, k) => tries(`98${n + k}`)))
      locked = answers.filter(one => one.status === 429).length
    }
    expect(locked).toBeGreaterThan(0)
    expect((await tries('990101', password)).status).toBe(429)
    w.clock.advance(16)
    expect((await tries('990101', password)).status).toBe(200)
  })

  it('ACC5 the list of agencies is public, and says no more than the choice needs', async () => {
    const { body } = await w.nobody().get('/api/sign-in')
    expect(body).toEqual({ agencies: [{ code: 'qinghe', name: '青禾县公安局', kind: 'rehearsal' }] })
  })

  it('ACC6 a session ends by itself', async () => {
    const caller = await w.caller('990102')
    expect((await caller.get('/api/session')).status).toBe(200)
    w.clock.advance(16 * 60 + 1)
    new SignIn(w.kernel)
    await w.owner.query(`notify fangxian_door`)
    await expect.poll(async () => (await caller.get('/api/session')).status).toBe(401)
  })

  it('ACC7 closing an account or taking a role is felt by the next request', async () => {
    const caller = await w.caller('990102')
    expect((await caller.get('/api/queries/trial.titles')).status).toBe(200)
    const change = { accountId: zheng, roles: ['viewer' as const], scopeUnitId: null, active: true }
    await zhou.does(changeAccount, change)
    await expect.poll(async () => (await caller.get('/api/session')).body.roles).toEqual(['viewer'])
    await zhou.does(changeAccount, { ...change, active: false })
    await expect.poll(async () => (await caller.get('/api/session')).status).toBe(401)
  })
})

describe('passwords', async () => {
  const w = await httpWorld(modules)
  await w.account('990101', '周示一', ['administrator'], { mustChange: true })
  const zheng = await w.account('990102', '郑例二', ['dutyOfficer'])
  await w.account('990103', '冯样三', ['viewer'])
  const zhou = w.person('周示一', ['administrator'])
  const fresh = 'another-example-2'

  it('ACC10 a first password opens nothing but its own change', async () => {
    const caller = await w.caller('990101')
    for (const path of [
      '/api/queries/access.accounts',
      '/api/measures',
      '/api/sessions',
      '/api/live',
      '/api/none',
    ]) {
      const answer = await caller.get(path)
      expect([answer.status, codeOf(answer)], path).toEqual([403, 'kernel/must-change-password'])
    }
    expect(codeOf(await caller.post('/api/commands', []))).toBe('kernel/must-change-password')
    expect((await caller.get('/api/session')).body.mustChangePassword).toBe(true)
    expect((await caller.post('/api/password', { old: password, password: fresh })).status).toBe(200)
    expect((await caller.get('/api/measures')).status).toBe(200)
  })

  it('ACC11 weak passwords are refused, and use nothing up', async () => {
    const caller = await w.caller('990102')
    for (const weak of ['short', '990102', password, 'x'.repeat(201), '测试'.repeat(4)]) {
      const answer = await caller.post('/api/password', { old: password, password: weak })
      expect([answer.status, codeOf(answer)], weak).toEqual([422, 'kernel/weak-password'])
    }
  })

  it('ACC12 a changed password ends the other sessions, and keeps this one', async () => {
    const [here, there] = [await w.caller('990102'), await w.caller('990102')]
    expect((await there.get('/api/session')).status).toBe(200)
    expect(codeOf(await here.post('/api/password', { old: 'not it', password: fresh }))).toBe(
      'kernel/wrong-password',
    )
    expect((await here.post('/api/password', { old: password, password: fresh })).status).toBe(200)
    expect((await here.get('/api/session')).status).toBe(200)
    expect((await there.get('/api/session')).status).toBe(401)
    await expect(w.caller('990102')).rejects.toThrow('401')
    await w.caller('990102', fresh)
  })

  it('ACC13 guessing the old password locks like guessing at the door', async () => {
    const caller = await w.caller('990102', fresh)
    const guess = () => caller.post('/api/password', { old: 'guess', password: 'long-enough-3' })
    for (let n = 0; n < 5; n += 1) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
    w.clock.advance(16)
  })

  const issue = async (accountId: string, code: string) =>
    zhou.does(issueResetCode, { accountId, codeHash: createHash('sha256').update(code).digest('hex') })
  const reset = (badge: string, code: string, next = 'third-example-3') =>
    w.nobody().post('/api/sign-in/reset', { badge, code, password: next })

  it('ACC14 a one-time code sets a password once, and ends every session', async () => {
    const caller = await w.caller('990102', fresh)
    await issue(zheng, 'ABCD-EFGH')
    expect(codeOf(await reset('990102', 'ABCD-EFGH', 'short'))).toBe('kernel/weak-password')
    expect(codeOf(await reset('990102', 'ABCD-EFGH', 'y'.repeat(300)))).toBe('kernel/weak-password')
    expect((await reset('990102', ' abcd-efgh ')).status).toBe(200)
    expect((await caller.get('/api/session')).status).toBe(401)
    expect(codeOf(await reset('990102', 'ABCD-EFGH'))).toBe('kernel/wrong-code')
    await w.caller('990102', 'third-example-3')
  })

  it('ACC15 a code is for one account, for half an hour, and used by one of many at once', async () => {
    await issue(zheng, 'IJKL-MNOP')
    expect(codeOf(await reset('990103', 'IJKL-MNOP'))).toBe('kernel/wrong-code')
    w.clock.advance(31)
    expect(codeOf(await reset('990102', 'IJKL-MNOP'))).toBe('kernel/wrong-code')
    await issue(zheng, 'QRST-UVWX')
    const together = await Promise.all(Array.from({ length: 4 }, () => reset('990102', 'QRST-UVWX')))
    expect(together.map(one => one.status).toSorted()).toEqual([200, 401, 401, 401])
  })

  it('ACC16 guessing codes locks', async () => {
    const answers = []
    for (let n = 0; n < 7; n += 1) answers.push((await reset('990103', `GUES-SED${n}`)).status)
    expect(answers.at(-1)).toBe(429)
  })

  it('ACC17 sessions are listed, one is ended, then all', async () => {
    w.clock.advance(16)
    const [a, b] = [await w.caller('990103'), await w.caller('990103')]
    const { body } = await a.get('/api/sessions')
    expect(body.rows).toHaveLength(2)
    expect(body.rows.filter((row: { current: boolean }) => row.current)).toHaveLength(1)
    const other = body.rows.find((row: { current: boolean }) => !row.current)
    expect((await a.post('/api/sign-out', { sessionId: other.sessionId })).body).toEqual({ ended: 1 })
    expect((await b.get('/api/session')).status).toBe(401)
    const c = await w.caller('990103')
    const foreign = (await (await w.caller('990101', fresh)).get('/api/session')).body.sessionId
    expect((await c.post('/api/sign-out', { sessionId: foreign })).body).toEqual({ ended: 0 })
    expect((await c.post('/api/sign-out', { everywhere: true })).body).toEqual({ ended: 2 })
    for (const caller of [a, c]) expect((await caller.get('/api/session')).status).toBe(401)
  })

  it('ACC18 a sign-out in another process is felt here at once', async () => {
    const caller = await w.caller('990103')
    const there = new SignIn(w.kernel)
    const token = caller.cookie?.split('=')[1] ?? ''
    const session = await there.session(token)
    if (!session) throw new Error('the session is not open')
    expect((await caller.get('/api/session')).status).toBe(200)
    await there.end(session, null, null)
    await expect.poll(async () => (await caller.get('/api/session')).status).toBe(401)
  })

  it('ACC19 nothing of passwords or codes stands in the journal or the logs', async () => {
    const { rows } = await w.owner.query(
      'select string_agg(input::text || answer::text, chr(10)) as t from app.journal',
    )
    for (const text of [rows[0].t, w.logged.join('\n')]) {
      expect(text).not.toMatch(/example|ABCD-EFGH|QRST/)
    }
  })
})
