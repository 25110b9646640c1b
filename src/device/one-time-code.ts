// One-time codes, made where they are shown: the server is told only the hash.
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Twelve characters that cannot be mistaken for one another, in groups of four, and their SHA-256. */
export async function makeCode(): Promise<{ code: string; hash: string }> {
  const letters = Array.from(
    crypto.getRandomValues(new Uint8Array(12)),
    byte => alphabet[byte % alphabet.length],
  )
  const code = (letters.join('').match(/.{4}/g) ?? []).join('-')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)))
  return { code, hash: Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('') }
}
