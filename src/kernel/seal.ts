// Sealing: values of class personal and health stand everywhere only as ciphertext under the key of the officer
// or subject they are about. The key is wrapped by the installation's master key, which is never in the database.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { z } from 'zod'
import type { Pool } from './db/connection.ts'
import { Problem } from './contract.ts'
import { eachAt, markedPaths } from './input.ts'
import { kernelProblems } from './problem.ts'

const sealedPattern = /^sealed:1:([0-9a-f-]{36}):([A-Za-z0-9_-]+)$/

// Keys are kept as KeyObject: handed over as a buffer, Node makes one at every call, which takes 17 µs of the 23 that
// sealing a short value then costs, and 12 of the 14 of a digest (24.21).
function encrypt(key: KeyObject, clear: Buffer, bound: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
}
function decrypt(key: KeyObject, sealed: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

function macOf(key: KeyObject, parts: readonly string[]): string {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part)
  return mac.digest('base64url')
}

const keptMs = 1_000

export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && sealedPattern.test(value)
}

/** Every value of an input that is to be sealed, with the field beside it that names its owner. */
function eachSealed(
  schema: z.ZodType,
  input: unknown,
  visit: (holder: Record<string, unknown>, key: string, owner: string, path: string) => void,
): void {
  for (const { path, mark } of markedPaths(schema)) {
    if (mark.class !== 'personal' && mark.class !== 'health') continue
    eachAt(input, path, (holder, key) => visit(holder, key, mark.owner ?? '', path.join('.')))
  }
}

/** Somebody whose key was destroyed: nothing about them is taken any more, under no key. */
export class ErasedOwner extends Problem {
  private readonly owners: readonly string[]
  private readonly input: unknown
  constructor(owners: readonly string[], input: unknown) {
    const { code, entry } = kernelProblems.erased()
    super(code, entry)
    this.owners = owners
    this.input = input
  }
  /** What may be kept of the input: everything but what is about the erased. */
  without(schema: z.ZodType): unknown {
    const copy = structuredClone(this.input)
    eachSealed(schema, copy, (holder, key, owner) => {
      if (this.owners.includes(String(holder[owner]))) holder[key] = null
    })
    return copy
  }
}

export class Sealer {
  private readonly pool: Pool
  private readonly wrapKey: KeyObject
  private readonly digestKey: KeyObject
  private readonly master: Buffer
  private readonly markKeys = new Map<string, KeyObject>()
  private readonly secretKey: KeyObject
  private readonly now: () => Date
  /** Keys of people met in the last second: one destroyed by another process must not seal for long. */
  private readonly cache = new Map<string, { key: KeyObject; until: number }>()

  /** `master` is 32 bytes from a file or the environment. */
  constructor(pool: Pool, master: Buffer, now: () => Date) {
    if (master.length !== 32) throw new Error('the master key must be 32 bytes')
    this.pool = pool
    this.now = now
    this.master = master
    const derived = (info: string) => createSecretKey(Buffer.from(hkdfSync('sha256', master, '', info, 32)))
    this.wrapKey = derived('fangxian seal wrap')
    this.digestKey = derived('fangxian input digest')
    this.secretKey = derived('fangxian agency secret')
  }

  /** Keyed, so that a digest of sealed input gives nothing away. */
  digest(...parts: string[]): string {
    return macOf(this.digestKey, parts)
  }

  /** By which a member of the public is found again: under a key of the agency, so that no other bureau has the same. */
  mark(agencyId: string, ...parts: string[]): string {
    let key = this.markKeys.get(agencyId)
    if (!key) {
      key = createSecretKey(
        Buffer.from(hkdfSync('sha256', this.master, agencyId, 'fangxian subject mark', 32)),
      )
      this.markKeys.set(agencyId, key)
    }
    return macOf(key, parts)
  }

  /** A secret that follows from the master key and what it is for, so that it need not be stored. */
  secret(agencyId: string, ...parts: string[]): string {
    return macOf(this.secretKey, [agencyId, ...parts])
  }

  /** A secret of the installation itself, as it may stand in sys: under the master key, and bound to its name. */
  wrap(name: string, clear: Buffer): string {
    return encrypt(this.wrapKey, clear, `installation/${name}`).toString('base64url')
  }
  /** Throws where it was wrapped under another master key. */
  unwrap(name: string, wrapped: string): Buffer {
    return decrypt(this.wrapKey, Buffer.from(wrapped, 'base64url'), `installation/${name}`)
  }

  /** A copy of the input with every classed field sealed; the input itself where there is nothing to seal. */
  async sealInput(agencyId: string, schema: z.ZodType, input: unknown): Promise<unknown> {
    const owners = new Set<string>()
    eachSealed(schema, input, (holder, _key, owner, path) => {
      if (typeof holder[owner] !== 'string') {
        throw kernelProblems.badInput({ field: path, reason: `${owner} must say whose it is` })
      }
      owners.add(holder[owner])
    })
    if (owners.size === 0) return input
    const keys = await this.keys(agencyId, [...owners], true)
    const erased = [...owners].filter(owner => !keys.has(owner))
    if (erased.length > 0) throw new ErasedOwner(erased, input)
    const copy = structuredClone(input)
    eachSealed(schema, copy, (holder, key, ownerField) => {
      const owner = String(holder[ownerField])
      const found = keys.get(owner)
      if (!found) throw new Error('invariant: every owner has a key by now')
      holder[key] = this.seal(found, agencyId, owner, String(holder[key]))
    })
    return copy
  }

  /** Seals a whole value that could not be parsed, under the agency's own key. */
  async sealWhole(agencyId: string, value: unknown): Promise<{ sealedWhole: string }> {
    const keys = await this.keys(agencyId, [agencyId], true)
    const key = keys.get(agencyId)
    if (!key) throw new Error('invariant: the key of an agency is never destroyed')
    return { sealedWhole: this.seal(key, agencyId, agencyId, JSON.stringify(value ?? null)) }
  }

  private seal(key: KeyObject, agencyId: string, owner: string, clear: string): string {
    return `sealed:1:${owner}:${encrypt(key, Buffer.from(clear), `${agencyId}/${owner}`).toString('base64url')}`
  }

  /** Opens sealed values in order; null stays null, and a destroyed key gives null. */
  async open(agencyId: string, values: readonly (string | null)[]): Promise<(string | null)[]> {
    const parsed = values.map(value => (value === null ? null : sealedPattern.exec(value)))
    const owners = [...new Set(parsed.flatMap(match => (match?.[1] ? [match[1]] : [])))]
    const keys = await this.keys(agencyId, owners, false)
    return parsed.map((match, index) => {
      if (values[index] === null) return null
      if (!match?.[1] || !match[2]) throw new Error('invariant: a value that is not sealed cannot be opened')
      const key = keys.get(match[1])
      if (!key) return null
      return decrypt(key, Buffer.from(match[2], 'base64url'), `${agencyId}/${match[1]}`).toString('utf8')
    })
  }

  /** Bytes under a key of their own, so that they can be erased alone: nonce, ciphertext, tag. */
  async sealBytes(agencyId: string, keyId: string, clear: Buffer): Promise<Buffer> {
    const key = (await this.keys(agencyId, [keyId], true)).get(keyId)
    if (!key) throw new Error('invariant: a key that was made a moment ago is there')
    return encrypt(key, clear, `${agencyId}/${keyId}`)
  }

  /** Null where the key was destroyed. */
  async openBytes(agencyId: string, keyId: string, sealed: Buffer): Promise<Buffer | null> {
    const key = (await this.keys(agencyId, [keyId], false)).get(keyId)
    return key ? decrypt(key, sealed, `${agencyId}/${keyId}`) : null
  }

  /** Destroys the key of a person. What was sealed under it can never be read again, in any copy of the books. */
  async erase(agencyId: string, ownerId: string): Promise<boolean> {
    this.cache.delete(`${agencyId}/${ownerId}`)
    return this.pool.with(async connection => {
      const answer = await connection.send<{ done: boolean | null }>(
        'select sys.destroy_seal_key($1, $2, $3) as done',
        [agencyId, ownerId, this.now().toISOString()],
      )
      return answer.rows[0]?.done === true
    })
  }

  private async keys(agencyId: string, owners: string[], make: boolean): Promise<Map<string, KeyObject>> {
    const keys = new Map<string, KeyObject>()
    let missing = owners.filter(owner => {
      // Opening always asks the database, because the key may have been destroyed a moment ago.
      const cached = make ? this.cache.get(`${agencyId}/${owner}`) : undefined
      if (!cached || cached.until < performance.now()) return true
      keys.set(owner, cached.key)
      return false
    })
    if (missing.length === 0) return keys
    await this.pool.with(async connection => {
      const load = async () => {
        const answer = await connection.send<{
          owner_id: string
          wrapped: string | null
          destroyed_at: string | null
        }>('select * from sys.seal_keys($1, $2)', [agencyId, missing])
        for (const row of answer.rows) {
          missing = missing.filter(owner => owner !== row.owner_id)
          if (row.wrapped === null) continue
          const wrapped = Buffer.from(row.wrapped, 'base64url')
          const key = createSecretKey(decrypt(this.wrapKey, wrapped, `${agencyId}/${row.owner_id}`))
          this.remember(`${agencyId}/${row.owner_id}`, key)
          keys.set(row.owner_id, key)
        }
      }
      await load()
      if (!make || missing.length === 0) return
      const wrapped = missing.map(owner =>
        encrypt(this.wrapKey, randomBytes(32), `${agencyId}/${owner}`).toString('base64url'),
      )
      await connection.send('select sys.add_seal_keys($1, $2, $3, $4)', [
        agencyId,
        missing,
        wrapped,
        this.now().toISOString(),
      ])
      // Read back rather than trusted: another process may have made the key in the same moment.
      await load()
    })
    return keys
  }

  private remember(name: string, key: KeyObject): void {
    if (this.cache.size > 20_000) this.cache.clear()
    this.cache.set(name, { key, until: performance.now() + keptMs })
  }
}
