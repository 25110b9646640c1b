import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  encryptFor,
  isTarget,
  makeServerKeys,
  messageBytesMost,
  serverKeys,
  vapidHeader,
} from './web-push.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

/** RFC 8291, appendix A. */
const rfc = {
  text: 'When I grow up, I want to be a watermelon',
  serverPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  browserPublic: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

/** What a browser does with a body, written apart. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
  const server = body.subarray(21, 21 + length)
  const hkdf = (from: Buffer, by: Buffer, info: Buffer, n: number) =>
    Buffer.from(hkdfSync('sha256', from, by, info, n))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), server])
  const keying = hkdf(browser.computeSecret(server), auth, info, 32)
  const key = hkdf(keying, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(keying, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(body.subarray(-16))
  const text = Buffer.concat([cipher.update(body.subarray(21 + length, -16)), cipher.final()])
  expect(text.at(-1)).toBe(2)
  return text.subarray(0, -1).toString()
}

describe('a push by hand', () => {
  it('ALR40 encrypts as the example of RFC 8291, to the byte', () => {
    const target = { p256dh: rfc.browserPublic, auth: rfc.auth }
    const fresh = { key: bytes(rfc.serverPrivate), salt: bytes(rfc.salt) }
    expect(encryptFor(target, Buffer.from(rfc.text), fresh).toString('base64url')).toBe(rfc.body)
  })

  it('ALR40 what it encrypts a browser reads, every time under another key', () => {
    const browser = createECDH('prime256v1')
    browser.generateKeys()
    const auth = randomBytes(16)
    const target = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') }
    const bodies = new Set<string>()
    for (const text of ['', '预警 3 件', 'x'.repeat(messageBytesMost)]) {
      const body = encryptFor(target, Buffer.from(text))
      expect(decrypt(body, browser, auth)).toBe(text)
      expect(body.length).toBeLessThanOrEqual(4_096)
      bodies.add(body.subarray(0, 86).toString('hex'))
    }
    expect(bodies.size).toBe(3)
    expect(() => encryptFor(target, Buffer.alloc(messageBytesMost + 1))).toThrow('invariant')
  })

  it('ALR41 says who we are to that push service alone, for some hours, under our own key', () => {
    const keys = makeServerKeys()
    const expires = new Date('2021-11-03T12:00:00Z')
    const header = vapidHeader(
      keys,
      'https://push.example.cn/send/abc?x=1',
      'mailto:duty@example.cn',
      expires,
    )
    const [, head = '', claims = '', signature = '', key] =
      /^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(.+)$/.exec(header) ?? []
    expect(key).toBe(keys.public.toString('base64url'))
    expect(JSON.parse(bytes(head).toString())).toEqual({ typ: 'JWT', alg: 'ES256' })
    expect(JSON.parse(bytes(claims).toString())).toEqual({
      aud: 'https://push.example.cn',
      exp: expires.getTime() / 1000,
      sub: 'mailto:duty@example.cn',
    })
    const [x, y] = [keys.public.subarray(1, 33), keys.public.subarray(33)]
    const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
    const said = Buffer.from(`${head}.${claims}`)
    const publicKey = createPublicKey({ format: 'jwk', key: jwk })
    const right = (text: Buffer) =>
      verify('sha256', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes(signature))
    expect(right(said)).toBe(true)
    expect(right(Buffer.concat([said, Buffer.from('x')]))).toBe(false)
    expect(serverKeys(keys.private)).toEqual(keys)
    // A number that begins with a zero byte comes out of the curve a byte short.
    expect(serverKeys(Buffer.alloc(31, 5)).private).toHaveLength(32)
  })

  it('ALR42 takes only keys that are on the curve and secrets of the right length', () => {
    const good = { p256dh: rfc.browserPublic, auth: rfc.auth }
    expect(isTarget(good)).toBe(true)
    const off = bytes(rfc.browserPublic)
    off[64] = (off[64] ?? 0) ^ 1
    for (const more of [
      { p256dh: off.toString('base64url') },
      { p256dh: '' },
      { p256dh: 'AAAA' },
      { p256dh: Buffer.alloc(65, 4).toString('base64url') },
      { auth: '' },
      { auth: Buffer.alloc(17).toString('base64url') },
    ]) {
      expect(isTarget({ ...good, ...more }), JSON.stringify(more)).toBe(false)
    }
  })
})
