// When is what sent, and what follows from an answer or from none. A pure machine of one tab: events in, effects out;
// it reads no clock, draws no number and knows neither network nor store.
import type { Standing, Verdict } from '../../kernel/contract.ts'

export const batchMost = 100
/** Under load or on one bar a smaller body is through sooner. One entry may be larger than a share of it. */
export const batchBytesMost = 512 * 1024
/** The longest rest between two tries while somebody looks at the phone. */
export const restVisibleMs = 60_000
const restHiddenMs = 600_000
const firstRestMs = 2_000
/** An unexpected error of the server is taken for its own as often as this, and then for that of an entry. */
const errorsBelieved = 3

export interface Queued {
  id: string
  bytes: number
  putOff: number
}

export interface Sender {
  /** Who is signed in on this phone. */
  accountId: string | null
  /** The server does not know the session any more: everything is kept until somebody signs in. */
  signedOut: boolean
  /** One tab at a time sends. */
  turn: boolean
  visible: boolean
  doing: 'nothing' | 'reading' | 'sending' | 'storing'
  /** Something happened while it was busy: it looks again. */
  lookAgain: boolean
  sending: readonly string[]
  /** In a row, without an answer. */
  failures: number
  /** Most entries of the next batch: halved where a whole batch is turned away, to find the one that it is for. */
  limit: number
  /** It is time to try what the server had put off. */
  putOffDue: boolean
  putOffFailures: number
}

export interface Answered {
  verdicts: readonly Verdict[]
  standing: Standing | null
  /** The server's time. */
  at: number | null
}

export type SenderEvent =
  | { kind: 'signedIn'; accountId: string }
  | { kind: 'signedOut' }
  | { kind: 'turn' }
  /** Something was stored, here or in another tab. */
  | { kind: 'changed' }
  | { kind: 'seen'; visible: boolean }
  /** The timer, the network that came back, or somebody who does not want to wait. */
  | { kind: 'woken' }
  | { kind: 'read'; accountId: string; queue: readonly Queued[]; roll: number }
  | { kind: 'answered'; accountId: string; answer: Answered; roll: number }
  /** No answer (status 0), or none with verdicts. */
  | { kind: 'failed'; accountId: string; status: number; roll: number }
  | { kind: 'stored'; roll: number }
  /** The store could neither be read nor written. */
  | { kind: 'storeFailed'; roll: number }

export type SenderEffect =
  | { kind: 'read'; accountId: string }
  | { kind: 'post'; accountId: string; ids: readonly string[] }
  | { kind: 'store'; accountId: string; ids: readonly string[]; answer: Answered }
  /** The server turns this one away whatever it is sent with: it is put off, and those behind it go on. */
  | { kind: 'putOff'; accountId: string; id: string; status: number }
  /** In place of any timer before. */
  | { kind: 'wake'; ms: number }

export type Step = readonly [Sender, readonly SenderEffect[]]

export const idle: Sender = {
  accountId: null,
  signedOut: false,
  turn: false,
  visible: true,
  doing: 'nothing',
  lookAgain: false,
  sending: [],
  failures: 0,
  limit: batchMost,
  putOffDue: true,
  putOffFailures: 0,
}

/** The rest before the next try; `roll` is drawn evenly from 0 to 1, so that phones do not come back all at once. */
export function restMs(failures: number, visible: boolean, roll: number): number {
  const most = visible ? restVisibleMs : restHiddenMs
  const full = Math.min(most, firstRestMs * 2 ** Math.min(failures - 1, 20))
  return full * (0.5 + roll / 2)
}

export function step(sender: Sender, event: SenderEvent): Step {
  switch (event.kind) {
    case 'signedIn':
      return look({ ...sender, accountId: event.accountId, signedOut: false, failures: 0, putOffDue: true })
    case 'signedOut':
      return [{ ...sender, accountId: null, lookAgain: false }, []]
    case 'turn':
      return look({ ...sender, turn: true })
    case 'changed':
      // While nothing gets through the timer goes its own way, however many new entries come.
      return sender.failures > 0 ? [sender, []] : look(sender)
    case 'seen':
      return event.visible && !sender.visible
        ? look({ ...sender, visible: true, putOffDue: true })
        : [{ ...sender, visible: event.visible }, []]
    case 'woken':
      return look({ ...sender, putOffDue: true })
    case 'read':
      return chosen(sender, event)
    case 'answered':
      return answered(sender, event)
    case 'failed':
      return failed(sender, event)
    case 'stored':
      // One entry was put off for an error of the server, which may be about to be that of the next.
      if (sender.failures > 0) return rest(sender, event.roll)
      return look({ ...sender, doing: 'nothing', sending: [], lookAgain: false })
    case 'storeFailed':
      return rest({ ...sender, failures: sender.failures + 1 }, event.roll)
  }
}

/** Reads what waits, if it is its turn and it has nothing else to do. */
function look(sender: Sender): Step {
  const { accountId, signedOut, turn, doing } = sender
  if (doing !== 'nothing') return [{ ...sender, lookAgain: true }, []]
  if (accountId === null || signedOut || !turn) return [sender, []]
  return [{ ...sender, doing: 'reading', lookAgain: false }, [{ kind: 'read', accountId }]]
}

function rest(sender: Sender, roll: number): Step {
  const { failures, putOffFailures, visible } = sender
  const tries = failures || putOffFailures
  // With nothing to try again it still looks now and then: word from another tab may have been lost.
  const ms = tries === 0 ? restVisibleMs : restMs(tries, visible, roll)
  const next = { ...sender, doing: 'nothing' as const, sending: [], lookAgain: false }
  return sender.lookAgain && failures === 0 ? look(next) : [next, [{ kind: 'wake', ms }]]
}

function batch(queue: readonly Queued[], limit: number): string[] {
  const ids: string[] = []
  let bytes = 0
  for (const one of queue) {
    bytes += one.bytes
    if (ids.length >= limit || (ids.length > 0 && bytes > batchBytesMost)) break
    ids.push(one.id)
  }
  return ids
}

/** In the order of stating; what was put off goes alone and after all else, the least tried first. */
function chosen(sender: Sender, event: SenderEvent & { kind: 'read' }): Step {
  const { accountId, queue, roll } = event
  // Somebody else has signed in, or nobody is, since it was asked for.
  if (accountId !== sender.accountId || sender.signedOut) return look({ ...sender, doing: 'nothing' })
  const fresh = queue.filter(one => one.putOff === 0)
  const [least] = queue.toSorted((a, b) => a.putOff - b.putOff)
  const ids = fresh.length > 0 ? batch(fresh, sender.limit) : least && sender.putOffDue ? [least.id] : []
  if (ids.length === 0) {
    const putOffFailures = least ? Math.max(1, sender.putOffFailures) : 0
    return rest({ ...sender, failures: 0, putOffFailures }, roll)
  }
  return [{ ...sender, doing: 'sending', sending: ids }, [{ kind: 'post', accountId, ids }]]
}

function answered(sender: Sender, event: SenderEvent & { kind: 'answered' }): Step {
  const { accountId, answer, roll } = event
  const ids = sender.sending
  const sent = new Set(ids)
  const verdicts = answer.verdicts.filter(({ id }) => sent.has(id))
  // An answer about something else is none: asked again at once it would be asked for ever.
  if (verdicts.length === 0) return failed(sender, { kind: 'failed', accountId, status: 0, roll })
  const putOff = verdicts.filter(({ verdict }) => verdict === 'retry').length
  return [
    {
      ...sender,
      doing: 'storing',
      failures: 0,
      limit: Math.min(batchMost, sender.limit * 2),
      putOffDue: putOff === 0 && sender.putOffDue,
      putOffFailures: putOff === 0 ? 0 : sender.putOffFailures + 1,
    },
    [{ kind: 'store', accountId, ids, answer: { ...answer, verdicts } }],
  ]
}

/** Whether the answer speaks of what was sent, and not of the server or of who is signed in. */
const aboutContent = (status: number) =>
  status === 500 || (status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status))

function failed(sender: Sender, event: SenderEvent & { kind: 'failed' }): Step {
  const { accountId, status, roll } = event
  const failures = sender.failures + 1
  // Another account may have come meanwhile: its session is another one.
  if (status === 401 && accountId === sender.accountId) {
    return [{ ...sender, doing: 'nothing', sending: [], lookAgain: false, signedOut: true }, []]
  }
  const [id, ...more] = sender.sending
  const believed = status === 500 && failures < errorsBelieved
  if (!aboutContent(status) || believed || id === undefined) return rest({ ...sender, failures }, roll)
  if (more.length > 0) {
    const halved = { ...sender, limit: Math.ceil(sender.sending.length / 2) }
    if (status === 500) return rest({ ...halved, failures }, roll)
    return look({ ...halved, doing: 'nothing', sending: [] })
  }
  const alone = { ...sender, doing: 'storing' as const, failures: status === 500 ? failures : 0 }
  return [
    { ...alone, putOffDue: false, putOffFailures: sender.putOffFailures + 1 },
    [{ kind: 'putOff', accountId, id, status }],
  ]
}
