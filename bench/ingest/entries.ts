// Encounters as phones send them, with boxes as long as real ones, and the same as lines of a COPY.
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '../../src/kernel/ids.ts'

export interface Entry {
  id: string
  name: string
  version: number
  occurredAt: string
  input: Record<string, unknown> & { boxes: object[] }
}

/** Random text that does not compress, as ciphertext does not. */
const ciphertext = (bytes: number) => randomBytes(bytes).toString('base64url')
/** 65 bytes of a point of P-256; nonce, text and tag. */
const box = (kind: string, textBytes: number) => ({
  kind,
  box: `box:1:${ciphertext(65)}:${ciphertext(12 + textBytes + 16)}`,
})

/** A plate of 9 bytes and the text of a health code of 80. */
export function entryAt(postId: string, n: number): Entry {
  const now = Date.now()
  const fever = n % 97 === 0
  return {
    ...{ id: uuidv7(now), name: 'encounters.note', version: 1, occurredAt: new Date(now).toISOString() },
    input: {
      ...{ postId, passer: n % 3 === 0 ? 'person' : 'vehicle', direction: n % 2 === 0 ? 'in' : 'out' },
      ...{ people: 1 + (n % 4), temperature: fever ? 381 : 362 + (n % 9), codeShown: 'green' },
      ...{ disinfected: n % 2 === 0, verdict: fever ? 'refer' : 'pass', reason: fever ? 'fever' : null },
      ...{ rulesVersion: 0, passToken: ciphertext(32) },
      boxes: [box('plate', 9), box('healthCode', 80)],
    },
  }
}

export const copyColumns = `agency_id, encounter_id, commit_id, digest, occurred_at, received_at, account_id, post_id,
  passer, direction, people, temperature, code_shown, disinfected, verdict, reason, rules_version, pass_token, boxes`

/** One line of COPY's text format. Only boxes hold what the format would have to escape, and they hold none of it. */
export function copyLine(agencyId: string, accountId: string, { id, occurredAt, input: one }: Entry): string {
  const values = [
    ...[agencyId, id, accountId, ciphertext(17).slice(0, 22), occurredAt, occurredAt, accountId, one.postId],
    ...[one.passer, one.direction, one.people, one.temperature, one.codeShown, one.disinfected, one.verdict],
    ...[one.reason ?? '\\N', one.rulesVersion, one.passToken, JSON.stringify(one.boxes)],
  ]
  return `${values.join('\t')}\n`
}
