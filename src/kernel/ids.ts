// Ids. Clients make UUIDv7; a handler derives its ids from the command's, so that re-execution makes the same.
import { hash, randomBytes } from 'node:crypto'

export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUIDv7 of the given instant (milliseconds since 1970). */
export function uuidv7(atMs: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Math.max(0, Math.floor(atMs)), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return format(bytes)
}

/**
 * The id number `label` of a command: the command's own time bits in front (rows made together lie together in
 * the index), a hash behind.
 */
export function derivedId(commandId: string, label: string): string {
  const source = Buffer.from(commandId.replaceAll('-', ''), 'hex')
  const bytes = hash('sha256', Buffer.concat([source, Buffer.from(label)]), 'buffer').subarray(0, 16)
  source.copy(bytes, 0, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return format(bytes)
}
