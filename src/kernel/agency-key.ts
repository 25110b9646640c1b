// To which phones seal boxes (decision 0010). One function, to be swapped for the pair of keys that settling opens with.
import { createECDH, createPublicKey } from 'node:crypto'
import type { Sealer } from './seal.ts'

/** What stands before the 65 bytes of an uncompressed P-256 point in its SPKI. */
const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/** SPKI of the agency's P-256 key in base64url. The private key follows from the master key and is stored nowhere. */
export async function agencyPublicKey({ sealer }: { sealer: Sealer }, agencyId: string): Promise<string> {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(sealer.secret(agencyId, 'box key'), 'base64url'))
  const spki = Buffer.concat([spkiHead, pair.getPublicKey()])
  // Throws where it is no point of the curve.
  createPublicKey({ key: spki, format: 'der', type: 'spki' })
  return spki.toString('base64url')
}
