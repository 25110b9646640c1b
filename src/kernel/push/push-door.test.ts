import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { lookup as dnsLookup } from 'node:dns'
import { type AddressInfo, isIP } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { isPublicAddress, PushDoor } from './push-door.ts'

const seen: string[] = []
let answer: (request: IncomingMessage, reply: ServerResponse) => void = (_request, reply) => reply.end()
const server = createServer((request, reply) => {
  seen.push(request.url ?? '')
  answer(request, reply)
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const here = `http://127.0.0.1:${port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('the door to push services', () => {
  it('ALR43 only https, only the usual port, only public names and addresses', () => {
    const door = new PushDoor()
    const open = [
      'https://push.example.cn/send/abc',
      'https://fcm.googleapis.com/fcm/send/abc:def',
      'https://1.1.1.1/x',
      'https://[2606:4700::1111]/x',
    ]
    for (const endpoint of open) expect(door.lets(endpoint), endpoint).toBe(true)
    const closed = [
      '',
      'push.example.cn',
      'http://push.example.cn/x',
      'ftp://push.example.cn/x',
      'file:///etc/passwd',
      'https://push.example.cn:8443/x',
      'https://user:secret@push.example.cn/x',
      'https://push.example.cn/x#part',
      'https://localhost/x',
      'https://localhost./x',
      'https://db.internal/x',
      'https://printer.local/x',
      'https://server/x',
      'https://127.0.0.1/x',
      'https://2130706433/x',
      'https://0x7f.1/x',
      'https://0/x',
      'https://10.0.0.1/x',
      'https://172.31.255.255/x',
      'https://192.168.1.1/x',
      'https://169.254.169.254/latest/meta-data',
      'https://100.64.0.1/x',
      'https://[::1]/x',
      'https://[::]/x',
      'https://[::ffff:127.0.0.1]/x',
      'https://[::ffff:7f00:1]/x',
      'https://[64:ff9b::7f00:1]/x',
      'https://[fd00::1]/x',
      'https://[fe80::1]/x',
      'https://[2002:7f00:1::]/x',
      `${here}/x`,
      `https://push.example.cn/${'x'.repeat(1_000)}`,
    ]
    for (const endpoint of closed) expect(door.lets(endpoint), endpoint).toBe(false)
    console.log(`${open.length} addresses open, ${closed.length} closed`)
    expect(isPublicAddress('no address')).toBe(false)
  })

  it('ALR43 a name that leads inside is found when the connection is made, and nothing is sent', async () => {
    const leadsTo = (...addresses: string[]) => {
      const found = addresses.map(address => ({ address, family: isIP(address) }))
      const lookup = ((_host: string, _options: object, done: (error: null, found: object[]) => void) =>
        done(null, found)) as unknown as typeof dnsLookup
      return new PushDoor({ lookup, patienceMs: 3_000 })
    }
    const endpoint = 'https://push.example.cn/x'
    for (const addresses of [['127.0.0.1'], ['10.1.2.3'], ['::1'], ['1.1.1.1', '192.168.0.9'], []]) {
      const became = await leadsTo(...addresses).send(endpoint, {}, Buffer.from('x'))
      expect(became, addresses.join()).toBe('gone')
    }
    const door = new PushDoor()
    expect(await door.send(`${here}/inside`, {}, Buffer.from('x'))).toBe('gone')
    expect(seen).toEqual([])
  })

  it('ALR44 is patient for a moment, reads nothing back, and follows nobody elsewhere', async () => {
    const sending = (patienceMs: number) => (path: string) =>
      new PushDoor({ allow: [here], patienceMs }).send(here + path, { ttl: '60' }, Buffer.from('x'))
    // Long for what is answered: a busy machine must not make a failure of it.
    const send = sending(30_000)
    for (const [status, became] of [
      [200, 'taken'],
      [201, 'taken'],
      [404, 'gone'],
      [410, 'gone'],
      [400, 'failed'],
      [413, 'failed'],
      [429, 'failed'],
      [500, 'failed'],
    ] as const) {
      answer = (_request, reply) => {
        reply.statusCode = status
        reply.end('x'.repeat(100))
      }
      expect(await send(`/${status}`), String(status)).toBe(became)
    }
    answer = (_request, reply) => {
      reply.writeHead(307, { location: `${here}/elsewhere` })
      reply.end()
    }
    expect(await send('/moved')).toBe('failed')
    expect(seen).not.toContain('/elsewhere')
    answer = () => undefined
    expect(await sending(300)('/never')).toBe('failed')
    let written = 0
    answer = (_request, reply) => {
      const more = () => {
        written += 1
        if (!reply.destroyed && reply.write('x'.repeat(65_536))) setImmediate(more)
      }
      more()
    }
    expect(await send('/endless')).toBe('taken')
    expect(written).toBeLessThan(1_000)
    expect(
      await new PushDoor({ allow: ['http://127.0.0.1:1'] }).send(
        'http://127.0.0.1:1/x',
        {},
        Buffer.from('x'),
      ),
    ).toBe('failed')
  })
})
