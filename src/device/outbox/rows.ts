// What becomes of an entry of the outbox, and of what a phone knows of the server's books. Pure: whoever stores calls
// it inside one transaction, so that nothing is ever half changed.
import type { Standing, Verdict } from '../../kernel/contract.ts'
import type { SealedBy } from './keys.ts'

/** A fact larger than this the server does not take: it is said when it is stated, and never waits in vain. */
export const entryBytesMost = 64 * 1024
/** How long what was answered stays on the phone, by the server's time: a server restored from a backup gets it again. */
export const keptMs = 7 * 86_400_000

/** `sending` is not stored: what was on its way when a phone went dark is waiting again. */
export type StoredState = 'waiting' | 'unsent' | 'done' | 'refused' | 'held'

/** As it lies on the phone. What it says is sealed; what the queue needs is clear. */
export interface Row {
  id: string
  accountId: string
  /** Of this installation, over all accounts, in the order of stating; never used twice. */
  sequence: number
  /** The device's claim: shown and sent, and decides nothing here. */
  occurredAt: string
  bytes: number
  state: StoredState
  /** The server's time when it answered, in milliseconds; null before, and where an answer did not say. */
  settledAt: number | null
  /** The verdict that the officer has read. Another verdict later is shown again. */
  acknowledged: StoredState | null
  /** How often the server put off this entry and not those around it. */
  putOff: number
  body: Uint8Array
  sealedBy?: SealedBy
  outcome: Uint8Array | null
  outcomeBy?: SealedBy
}

/** One life of a phone's storage. */
export interface Installation {
  installationId: string
  nextSequence: number
  /** Where the books stood in the last answer to each account. */
  standings: Readonly<Record<string, Standing>>
}

export interface NewEntry {
  id: string
  accountId: string
  occurredAt: string
  bytes: number
  body: Uint8Array
  sealedBy?: SealedBy
}

/** A verdict as it is stored. */
export interface Judged {
  id: string
  verdict: Verdict['verdict']
  outcome: Uint8Array | null
  /** The key that sealed the outcome. */
  sealedBy?: SealedBy
}

export interface Settling {
  accountId: string
  /** What was sent. A verdict on anything else is nobody's. */
  ids: readonly string[]
  verdicts: readonly Judged[]
  /** Null where the answer had none. */
  standing: Standing | null
  at: number | null
}

export interface Change {
  installation: Installation
  put: Row[]
  remove: string[]
}

export const waits = ({ state }: Pick<Row, 'state'>) => state === 'waiting' || state === 'unsent'
/** A refusal, or what is held for review, stays in sight until somebody has read it. */
export const unread = ({ state, acknowledged }: Pick<Row, 'state' | 'acknowledged'>) =>
  (state === 'refused' || state === 'held') && acknowledged !== state

/** A new entry under the next number of this installation. */
export function append(
  installation: Installation,
  entry: NewEntry,
): { installation: Installation; row: Row } {
  const { nextSequence } = installation
  return {
    installation: { ...installation, nextSequence: nextSequence + 1 },
    row: {
      ...entry,
      sequence: nextSequence,
      state: 'waiting',
      settledAt: null,
      acknowledged: null,
      putOff: 0,
      outcome: null,
    },
  }
}

/**
 * The server was restored from a backup: it says another epoch than before, or a last number below one that it once
 * gave. What it answered meanwhile it may know nothing of.
 */
export function restored(known: Standing | undefined, now: Standing | null): boolean {
  if (!known || !now) return false
  return now.restoreEpoch !== known.restoreEpoch || now.headSeq < known.headSeq
}

/** Whether it may leave the phone. Before it was answered, or while nobody has read its refusal, never. */
export function expired(row: Row, at: number | null): boolean {
  if (at === null || row.settledAt === null || waits(row) || unread(row)) return false
  return at - row.settledAt > keptMs
}

function settled(row: Row, { verdict, outcome, sealedBy }: Judged, at: number | null): Row {
  const said = { outcome, ...(sealedBy ? { outcomeBy: sealedBy } : {}) }
  if (verdict !== 'retry') return { ...row, state: verdict, settledAt: at, putOff: 0, ...said }
  // Two tabs may have sent it: what one of them was told stands.
  return waits(row) ? { ...row, state: 'unsent', putOff: row.putOff + 1, ...said } : row
}

const again = (row: Row): Row => ({ ...row, state: 'waiting', settledAt: null, putOff: 0 })

/**
 * What one answer changes. `rows` are those that were sent, the expired ones, and all of the account where `restored`
 * says so: then everything that is kept is sent again, but for what this very answer is about.
 */
export function settle(installation: Installation, rows: readonly Row[], answer: Settling): Change {
  const { accountId, standing, at } = answer
  const sent = new Set(answer.ids)
  const verdicts = new Map(answer.verdicts.filter(({ id }) => sent.has(id)).map(one => [one.id, one]))
  const anew = restored(installation.standings[accountId], standing)
  const put: Row[] = []
  const remove: string[] = []
  for (const row of rows) {
    if (row.accountId !== accountId) continue
    const verdict = verdicts.get(row.id)
    if (verdict) put.push(settled(row, verdict, at))
    else if (anew && !waits(row)) put.push(again(row))
    else if (!anew && expired(row, at)) remove.push(row.id)
  }
  const standings = standing ? { ...installation.standings, [accountId]: standing } : installation.standings
  return { installation: { ...installation, standings }, put, remove }
}

/** What an entry says and what was answered, under the key that counts now. */
export type Resealed = Required<Pick<Row, 'body' | 'sealedBy' | 'outcome' | 'outcomeBy'>>

const alike = (a: Uint8Array | null, b: Uint8Array | null) =>
  a === null || b === null ? a === b : a.length === b.length && a.every((byte, index) => byte === b[index])

/** Puts under another key what is still as it was when it was opened; null where it is another thing by now. */
export function resealed(now: Row | undefined, before: Row, after: Resealed): Row | null {
  return now && alike(now.body, before.body) && alike(now.outcome, before.outcome)
    ? { ...now, ...after }
    : null
}

export function acknowledge(row: Row): Row {
  return unread(row) ? { ...row, acknowledged: row.state } : row
}
