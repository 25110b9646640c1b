// What seals whatever lies on a device. Anybody who copies the browser's files has ciphertext, and either a key that no
// script can read out or none at all (unlock.ts).

/** Opening anything else, or what was changed, throws. */
export interface DeviceKey {
  seal(bytes: Uint8Array): Promise<Uint8Array>
  /** Throws where it was sealed under another key or has been changed. */
  open(sealed: Uint8Array): Promise<Uint8Array>
}

const nonceBytes = 12

/** AES-GCM; a fresh nonce stands before each ciphertext. */
export function deviceKey(key: CryptoKey): DeviceKey {
  return {
    async seal(bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
      const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(bytes))
      const sealed = new Uint8Array(nonceBytes + cipher.byteLength)
      sealed.set(iv)
      sealed.set(new Uint8Array(cipher), nonceBytes)
      return sealed
    },
    async open(sealed) {
      const whole = new Uint8Array(sealed)
      const [iv, cipher] = [whole.subarray(0, nonceBytes), whole.subarray(nonceBytes)]
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, cipher))
    },
  }
}

/** A key that can seal and open, and can never be read out. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Anything that JSON can hold, sealed. What it belongs to is sealed with it, so that none is put in another's place. */
export async function sealText(key: DeviceKey, id: string, value: unknown): Promise<Uint8Array> {
  return key.seal(new TextEncoder().encode(JSON.stringify({ id, value })))
}

/** What was sealed for this id, or null where it cannot be opened any more. */
export async function openText<T>(key: DeviceKey, id: string, sealed: Uint8Array): Promise<T | null> {
  try {
    const text = new TextDecoder().decode(await key.open(sealed))
    const found = JSON.parse(text) as { id: string; value: T }
    return found.id === id ? found.value : null
  } catch {
    // Sealed under a key that is gone, or changed on the disk: whoever asks says so.
    return null
  }
}
