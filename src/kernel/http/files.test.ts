import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { trial } from '../trial.ts'
import { httpWorld } from './http-world.ts'

const modules = [access, trial, books([access, trial])]
const w = await httpWorld(modules)
await w.account('990101', '周示一', ['administrator'])
await w.account('990102', '郑例二', ['dutyOfficer'])
await w.account('990103', '冯样三', ['viewer'])
const zheng = await w.caller('990102')
const feng = await w.caller('990103')

describe('files', () => {
  it('HTT30 a file comes with a name that every browser reads', async () => {
    const { headers, body, status } = await zheng.get(
      `/api/files/trial.sheet?day=${encodeURIComponent('11月3日')}`,
    )
    expect([status, body]).toEqual([200, '青禾县 11月3日'])
    const disposition = headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w%.'()~!*-]+$/)
    const encoded = disposition.split("filename*=UTF-8''")[1] ?? ''
    expect(decodeURIComponent(encoded)).toBe('执勤表 "11月3日".txt')
    expect((await feng.get('/api/files/trial.sheet?day=1')).status).toBe(403)
    expect((await zheng.get('/api/files/no.such')).status).toBe(404)
    expect((await zheng.get('/api/files/trial.sheet')).status).toBe(422)
  })

  const form = (bytes: string | Uint8Array, input?: string) => {
    const made = new FormData()
    if (input !== undefined) made.set('input', input)
    made.set('file', new Blob([bytes as BlobPart]), '名单(三).csv')
    return made
  }
  const upload = (body: FormData, caller = zheng) => caller.send('POST', '/api/uploads/trial.brought', body)

  it('HTT31 a file is brought with its name and what is said of it', async () => {
    const { body } = await upload(form('警号,姓名', '{"source":"政工"}'))
    expect(body).toEqual({ fileName: '名单(三).csv', bytes: 13, text: '警号,姓名', source: '政工' })
    expect((await upload(form('x'))).body.source).toBe('')
  })

  it('HTT32 too large, not JSON, no file, no right', async () => {
    expect((await upload(form(new Uint8Array(200_000)))).body.code).toBe('kernel/too-large')
    expect((await upload(form('x', '{'))).body.code).toBe('kernel/bad-body')
    expect((await upload(form('x', '{"more":1}'))).body.code).toBe('kernel/bad-input')
    expect((await upload(new FormData())).status).toBe(400)
    expect((await upload(form('x'), feng)).status).toBe(403)
    expect((await zheng.post('/api/uploads/trial.brought', {})).body.code).toBe('kernel/bad-body')
    expect((await zheng.send('POST', '/api/uploads/no.such', form('x'))).status).toBe(404)
  })
})

describe('tasks', () => {
  const start = (input: object, caller = zheng) =>
    caller.post('/api/tasks/trial.count', { fails: 'no', ...input })
  const ended = async (taskId: string) => {
    await expect.poll(async () => (await zheng.get(`/api/tasks/${taskId}`)).body.state).not.toBe('running')
    return (await zheng.get(`/api/tasks/${taskId}`)).body
  }

  it('HTT40 progress is seen, and the result at the end', async () => {
    const { body } = await start({ to: 30 })
    await expect.poll(async () => (await zheng.get(`/api/tasks/${body.taskId}`)).body.done).toBeGreaterThan(0)
    expect(await ended(body.taskId)).toMatchObject({
      state: 'done',
      result: { counted: 30 },
      total: 30,
      best: 30,
    })
  })

  it('HTT41 a task is cancelled by whoever started it, and seen by nobody else', async () => {
    const { body } = await start({ to: 1_000 })
    const other = await w.caller('990101')
    expect((await other.get(`/api/tasks/${body.taskId}`)).status).toBe(404)
    expect((await other.post(`/api/tasks/${body.taskId}/cancel`)).status).toBe(404)
    expect((await zheng.post(`/api/tasks/${body.taskId}/cancel`)).status).toBe(200)
    expect(await ended(body.taskId)).toMatchObject({ state: 'cancelled', problem: null })
  })

  it('HTT42 a task that fails says so, and leaves room for others', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { body } = await start({ to: 3, fails: 'at once' })
      expect(await ended(body.taskId)).toMatchObject({
        state: 'failed',
        problem: { code: 'kernel/internal' },
      })
    }
    const { body } = await start({ to: 3, fails: 'with a problem' })
    expect(await ended(body.taskId)).toMatchObject({ state: 'failed', problem: { code: 'trial/no' } })
    expect((await start({ to: 'far' })).status).toBe(422)
    expect((await start({ to: 3 }, feng)).status).toBe(403)
    expect((await zheng.post('/api/tasks/no.such', {})).status).toBe(404)
  })

  it('HTT43 only so many at once', async () => {
    const started = await Promise.all(Array.from({ length: 6 }, () => start({ to: 200 })))
    expect(started.map(one => one.status).toSorted()).toEqual([200, 200, 200, 200, 503, 503])
    for (const { body } of started) if (body.taskId) await zheng.post(`/api/tasks/${body.taskId}/cancel`)
  })
})
