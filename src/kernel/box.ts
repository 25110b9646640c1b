// The agency's side of boxes (decision 0010): a pair of P-256 keys made when first asked for, the private one wrapped
// by the master key. Phones seal with the public one (src/device/box.ts); only what settles facts opens.
import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import type { Pool } from './db/connection.ts'
import type { Sealer } from './seal.ts'

export interface BoxEngine {
  pool: Pool
  sealer: Sealer
  now(): Date
}
interface BoxKeys {
  publicKey: string
  privateKey: KeyObject
}

/** Unwrapped once a process: the pair of an agency never changes. */
const known = new WeakMap<Sealer, Map<string, BoxKeys>>()

/** SPKI in base64url, for `sealBox`. */
export async function agencyPublicKey(engine: BoxEngine, agencyId: string): Promise<string> {
  return (await boxKeys(engine, agencyId)).publicKey
}

export async function agencyPrivateKey(engine: BoxEngine, agencyId: string): Promise<KeyObject> {
  return (await boxKeys(engine, agencyId)).privateKey
}

async function boxKeys({ pool, sealer, now }: BoxEngine, agencyId: string): Promise<BoxKeys> {
  let keys = known.get(sealer)
  if (!keys) known.set(sealer, (keys = new Map()))
  const found = keys.get(agencyId)
  if (found) return found
  const name = `box key of ${agencyId}`
  const row = await pool.with(async connection => {
    const load = async () =>
      (
        await connection.send<{ public_key: string; wrapped: string }>('select * from sys.box_key_of($1)', [
          agencyId,
        ])
      ).rows[0]
    const there = await load()
    if (there) return there
    const made = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await connection.send('select sys.add_box_key($1, $2, $3, $4)', [
      agencyId,
      made.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
      sealer.wrap(name, made.privateKey.export({ type: 'pkcs8', format: 'der' })),
      now().toISOString(),
    ])
    // Read back rather than trusted: another process may have made the pair in the same moment.
    return load()
  })
  if (!row) throw new Error('invariant: a pair of keys that was made a moment ago is there')
  const privateKey = createPrivateKey({
    key: sealer.unwrap(name, row.wrapped),
    format: 'der',
    type: 'pkcs8',
  })
  const pair = { publicKey: row.public_key, privateKey }
  keys.set(agencyId, pair)
  return pair
}

const boxPattern = /^box:1:([A-Za-z0-9_-]{87}):([A-Za-z0-9_-]{38,800})$/
/** What stands before the 65 bytes of an uncompressed P-256 point in its SPKI. */
const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/** The text in a box, or null where it was not sealed for this key and this fact, or is not whole. */
export function openBox(privateKey: KeyObject, factId: string, box: string): string | null {
  const [, pointText = '', sealedText = ''] = boxPattern.exec(box) ?? []
  if (pointText === '') return null
  const point = Buffer.from(pointText, 'base64url')
  const sealed = Buffer.from(sealedText, 'base64url')
  try {
    // Throws where the point is not on the curve.
    const theirs = createPublicKey({ key: Buffer.concat([spkiHead, point]), format: 'der', type: 'spki' })
    const shared = diffieHellman({ privateKey, publicKey: theirs })
    const key = Buffer.from(hkdfSync('sha256', shared, point, 'fangxian box 1', 32))
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    cipher.setAAD(Buffer.from(factId)).setAuthTag(sealed.subarray(-16))
    const clear = Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(clear)
  } catch {
    // Whatever a stranger sends must not stop those behind it; the caller keeps the box and tells of it.
    return null
  }
}
