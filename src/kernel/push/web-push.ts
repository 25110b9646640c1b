// Web Push by hand: a message encrypted for one browser (RFC 8188 and RFC 8291, aes128gcm), and who we are (RFC 8292,
// VAPID). Written on node:crypto, because it is two pages of it and a library would bring a dozen packages.
import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  type ECDH,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'

/** What a browser gave: its public key and its secret, both base64url. */
export interface PushTarget {
  p256dh: string
  auth: string
}

/** A record is encrypted whole, so it bounds the message; push services take 4,096 bytes at most. */
const recordBytes = 4_096
/** Header of 86 bytes, tag of 16, one byte that ends the text. */
export const messageBytesMost = recordBytes - 86 - 16 - 1
const curve = 'prime256v1'

const hkdf = (salt: Buffer, key: Buffer, info: Buffer | string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes))

/** The body of the request. Key and salt are fresh for every message; tests hand in those of the RFC. */
export function encryptFor(
  target: PushTarget,
  text: Buffer,
  fresh: { key?: Buffer; salt?: Buffer } = {},
): Buffer {
  if (text.length > messageBytesMost) throw new Error('invariant: a push message is short')
  const theirs = Buffer.from(target.p256dh, 'base64url')
  const secret = Buffer.from(target.auth, 'base64url')
  const own: ECDH = createECDH(curve)
  if (fresh.key) own.setPrivateKey(fresh.key)
  else own.generateKeys()
  const ours = own.getPublicKey()
  const salt = fresh.salt ?? randomBytes(16)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours])
  const keying = hkdf(secret, own.computeSecret(theirs), info, 32)
  const key = hkdf(salt, keying, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = hkdf(salt, keying, 'Content-Encoding: nonce\0', 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(recordBytes, 16)
  head.writeUInt8(ours.length, 20)
  // The byte behind the text says that this record is the last.
  return Buffer.concat([
    head,
    ours,
    cipher.update(text),
    cipher.update('\x02'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

/** Whether a browser's key is a point of the curve and its secret has the right length. */
export function isTarget({ p256dh, auth }: PushTarget): boolean {
  const key = Buffer.from(p256dh, 'base64url')
  if (key.length !== 65 || key[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false
  const trial = createECDH(curve)
  trial.generateKeys()
  try {
    trial.computeSecret(key)
    return true
  } catch (error) {
    // A point off the curve is what is asked about.
    if (error instanceof Error) return false
    throw error
  }
}

/** The keys by which push services know an installation: a private one of 32 bytes, and the public one to give away. */
export interface ServerKeys {
  private: Buffer
  public: Buffer
}
export function makeServerKeys(): ServerKeys {
  const pair = createECDH(curve)
  pair.generateKeys()
  return serverKeys(pair.getPrivateKey())
}
export function serverKeys(secret: Buffer): ServerKeys {
  const pair = createECDH(curve)
  // A number with a leading zero comes out shorter than it went in.
  const whole = Buffer.concat([Buffer.alloc(Math.max(0, 32 - secret.length)), secret])
  pair.setPrivateKey(whole)
  return { private: whole, public: pair.getPublicKey() }
}

function signingKey(keys: ServerKeys): KeyObject {
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: keys.private.toString('base64url'),
      x: keys.public.subarray(1, 33).toString('base64url'),
      y: keys.public.subarray(33).toString('base64url'),
    },
  })
}

/** The header `Authorization`: for one push service, for a few hours. `contact` is a mailto or https address. */
export function vapidHeader(keys: ServerKeys, endpoint: string, contact: string, expiresAt: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(expiresAt.getTime() / 1000),
    sub: contact,
  }
  const said = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(said), { key: signingKey(keys), dsaEncoding: 'ieee-p1363' })
  return `vapid t=${said}.${signature.toString('base64url')}, k=${keys.public.toString('base64url')}`
}
