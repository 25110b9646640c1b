// What tells who somebody is leaves the entry form only as a box (decision 0010): sealed to the agency's public key,
// bound to one fact, and unreadable to the phone itself from then on.

/** UTF-8 bytes of a text in a box; a box of it is some 820 characters, and contracts take 1,000. */
export const boxedBytesMost = 512

const encode = (text: string) => new TextEncoder().encode(text)

function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, letter => letter.charCodeAt(0))
}

/**
 * `box:1:<ephemeral public key>:<nonce and ciphertext>`, base64url. The key is SPKI in base64url, from the post's kit.
 * Throws where the text is longer than a box takes, or the key is none.
 */
export async function sealBox(publicKey: string, factId: string, text: string): Promise<string> {
  const clear = encode(text)
  if (clear.length > boxedBytesMost) {
    throw new RangeError(`a box takes ${boxedBytesMost} bytes, not ${clear.length}`)
  }
  const { subtle } = crypto
  const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
  const theirs = await subtle.importKey('spki', fromBase64url(publicKey), curve, false, [])
  const ephemeral = await subtle.generateKey(curve, false, ['deriveBits'])
  const point = new Uint8Array(await subtle.exportKey('raw', ephemeral.publicKey))
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, ephemeral.privateKey, 256)
  const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  // The ephemeral point is the salt, so that its mirror image, which has the same shared secret, opens nothing.
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: point, info: encode('fangxian box 1') },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  )
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = new Uint8Array(
    await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: encode(factId) }, key, clear),
  )
  const whole = new Uint8Array(nonce.length + sealed.length)
  whole.set(nonce)
  whole.set(sealed, nonce.length)
  return `box:1:${toBase64url(point)}:${toBase64url(whole)}`
}
