import { describe, expect, it } from 'vitest'
import { books } from '../kernel/books/books.ts'
import { httpWorld } from '../kernel/http/http-world.ts'
import { access } from '../modules/access/index.ts'
import { serveSettings } from './settings.ts'

describe('what is sent out', async () => {
  const w = await httpWorld([access, books([access])])
  await w.account('990001', '周示一', ['dutyOfficer'])

  it('ALR52 whoever runs the system turns push off, and says whom a push service may write to', () => {
    expect(serveSettings({}).push).toEqual({ contact: 'mailto:push@fangxian.invalid' })
    expect(serveSettings({ FANGXIAN_PUSH: '' }).push).toBeDefined()
    expect(serveSettings({ FANGXIAN_PUSH: 'off' }).push).toBeUndefined()
    const contact = 'https://duty.example.cn/push'
    expect(serveSettings({ FANGXIAN_PUSH_CONTACT: contact }).push).toEqual({ contact })
    for (const wrong of [
      { FANGXIAN_PUSH: 'no' },
      { FANGXIAN_PUSH: 'OFF' },
      { FANGXIAN_PUSH_CONTACT: 'duty@example.cn' },
      { FANGXIAN_PUSH: 'off', FANGXIAN_PUSH_CONTACT: 'http://example.cn' },
    ]) {
      expect(() => serveSettings(wrong), JSON.stringify(wrong)).toThrow('FANGXIAN_PUSH')
    }
  })

  it('ALR52 turned off, pages are told so and nobody can subscribe', async () => {
    const zhou = await w.caller('990001')
    expect((await zhou.get('/api/push')).body).toEqual({ on: false, publicKey: null, devices: [] })
    const body = { endpoint: 'https://push.example.cn/x', keys: { p256dh: 'AAAA', auth: 'AAAA' } }
    expect((await zhou.post('/api/push/subscribe', body)).body.code).toBe('kernel/push-off')
    expect((await zhou.post('/api/push/unsubscribe', { endpoint: body.endpoint })).body.code).toBe(
      'kernel/push-off',
    )
  })
})
