// What a revoked device does, as a pure machine: it hands in what it holds, then destroys what it keeps, and is done.
// Nothing is destroyed while something that can still be handed in waits, and once it destroys it does not stop.

export type HandIn =
  /** `left`: so many wait; null while that is not known. */
  | { at: 'sending'; left: number | null }
  /** They are sealed under a key that only the password opens. */
  | { at: 'sealed'; left: number }
  | { at: 'wiping' }
  | { at: 'done' }

export type HandInEvent =
  /** `open` can be sent; `closed` could be, with the key; what nobody can open any more is not counted. */
  | { kind: 'read'; open: number; closed: number }
  | { kind: 'wiped' }
  /** The storage refused: it is looked at again. */
  | { kind: 'wipeFailed' }

export const handInBegins: HandIn = { at: 'sending', left: null }

export function handIn(now: HandIn, event: HandInEvent): HandIn {
  if (now.at === 'done') return now
  if (event.kind === 'wiped') return now.at === 'wiping' ? { at: 'done' } : now
  if (event.kind === 'wipeFailed') return now.at === 'wiping' ? handInBegins : now
  if (now.at === 'wiping') return now
  const { open, closed } = event
  if (open > 0) return { at: 'sending', left: open + closed }
  return closed > 0 ? { at: 'sealed', left: closed } : { at: 'wiping' }
}
