// Phones as they are found in the field: with a clock that is years off and jumps, with a thumb that does not stop, and
// with the app of another month.
import type { CommandEntry, Verdict } from '../../src/kernel/contract.ts'
import { reviews } from '../../src/kernel/books/contracts.ts'
import { booksOf, type Ground, inDatabase, newId, rowsNow } from './ground.ts'
import { type Ledger, newLedger, type Result, resultOf } from './judging.ts'
import { picked, type Sizes } from './sizes.ts'
import { emergencyOf, encounterOf, entered, phoneOf, phonesEmpty, postsState } from './traffic.ts'

const hour = 3_600_000
const tenYears = 3_652 * 86_400_000

// -------------------------------------------------------------------------------------------------------- clocks

/** As a device with that clock would make it: the id is of its time, too. */
function atClock(entry: CommandEntry, ms: number): CommandEntry {
  const stamp = Math.floor(ms).toString(16).padStart(12, '0')
  const id = `${stamp.slice(0, 8)}-${stamp.slice(8)}${entry.id.slice(13)}`
  return { ...entry, id, occurredAt: new Date(ms).toISOString() }
}

export async function clocksOff(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const clocks = many(50, 1_000)
  const perPhone = 25
  const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
  const more: string[] = []
  for (let from = 0; from < clocks; from += perPhone) {
    const phone = await phoneOf(ground, ground.server.base, ledger)
    const sent: CommandEntry[] = []
    try {
      for (let n = 0; n < Math.min(perPhone, clocks - from); n += 1) {
        // Each clock is a step away from the one before, forwards or back.
        const ms = Date.now() + (draw() * 2 - 1) * tenYears
        for (const make of [encounterOf, emergencyOf]) {
          const entry = atClock(make(ground), ms)
          sent.push(entry)
          await phone.state(entry)
        }
      }
      await phonesEmpty([phone], ledger, Date.now() + hour)
    } finally {
      phone.close()
    }
    more.push(...(await keptAll(ground, ledger, sent, () => (draw() * 2 - 1) * tenYears)))
  }
  const happened = `${clocks} clocks from −10 to +10 years`
  return resultOf(ledger, await booksOf(ground.server, ledger, before), happened, { more })
}

interface Booked {
  id: string
  seq: number
  digest: string
}

const bookedOf = (ground: Ground, sent: readonly CommandEntry[]) =>
  inDatabase(ground.server, async owner => {
    const { rows } = await owner.query<Booked>(
      'select id, seq, digest from app.journal where id = any ($1::uuid[]) order by seq',
      [sent.map(({ id }) => id)],
    )
    return rows
  })

/** In the order of stating; and the same entry with another clock is the same entry. */
async function keptAll(
  ground: Ground,
  ledger: Ledger,
  sent: readonly CommandEntry[],
  shift: () => number,
): Promise<string[]> {
  const before = await bookedOf(ground, sent)
  const journalled = new Set(before.map(({ id }) => id))
  const wanted = sent.filter(({ id }) => journalled.has(id)).map(({ id }) => id)
  const faults: string[] = []
  if (before.map(({ id }) => id).join() !== wanted.join()) faults.push('out of order')
  if (before.length < sent.length / 2) faults.push(`${before.length} of ${sent.length / 2} in the journal`)
  const again = sent.map(one => ({ ...one, occurredAt: new Date(Date.now() + shift()).toISOString() }))
  const told = ledger.turnedDown.size
  let once: CommandEntry[] | undefined = again
  await postsState({
    ...{ ground, base: ground.server.base, ledger, lanes: 1, until: Date.now() + hour },
    next: () => {
      const batch = once
      once = undefined
      return batch
    },
  })
  if (ledger.turnedDown.size > told) faults.push('with another clock it is another entry')
  if (JSON.stringify(await bookedOf(ground, sent)) !== JSON.stringify(before))
    faults.push('digest or number changed')
  return faults
}

// ---------------------------------------------------------------------------------------------------------- taps

/** The same entry ten thousand times: on the hot road, with the ordinary ones, and by a thumb on the phone itself. */
export async function manyTaps(ground: Ground, _sizes: Sizes): Promise<Result> {
  const taps = 10_000
  const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
  const [encounter, emergency, tapped] = [encounterOf(ground), emergencyOf(ground), encounterOf(ground)]
  let requests = taps / 200
  const order = { ground, base: ground.server.base, ledger, lanes: 8, until: Date.now() + hour }
  await postsState({
    ...order,
    next: () => {
      requests -= 1
      if (requests < 0) return undefined
      return Array.from({ length: 200 }, (_, n) => (n % 20 === 0 ? emergency : encounter))
    },
  })
  const phone = await phoneOf(ground, ground.server.base, ledger)
  const onPhone = 200
  let kept: number
  try {
    await Promise.all(Array.from({ length: onPhone }, () => phone.state(tapped)))
    await phonesEmpty([phone], ledger, Date.now() + hour)
    kept = (await phone.store.shown(ground.session.accountId)).length
  } finally {
    phone.close()
  }
  const more = kept === 1 ? [] : [`${kept} rows on the phone of one entry`]
  const happened = `tapped ${taps} times on the server and ${onPhone} on a phone`
  return resultOf(ledger, await booksOf(ground.server, ledger, before), happened, { more })
}

// --------------------------------------------------------------------------------------------------- another app

/** What this server does not understand: commands of another version, with another input, or of another shape. */
function strangers(ground: Ground): object[] {
  const [good, emergency] = [encounterOf(ground), emergencyOf(ground)]
  const bare = { id: newId(), what: 'of an app that spoke otherwise' }
  return [
    { ...good, version: 7 },
    { ...emergency, id: newId(), version: 9 },
    { ...emergency, id: newId(), name: 'encounters.letThrough' },
    { ...encounterOf(ground), input: { postId: ground.postIds[0], passers: 3 } },
    bare,
  ]
}

export async function anotherApp(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const rounds = many(4, 20)
  const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
  const phone = await phoneOf(ground, ground.server.base, ledger)
  const more: string[] = []
  const strange: string[] = []
  try {
    for (let n = 0; n < rounds; n += 1) {
      await phone.state(encounterOf(ground))
      const odd = picked(draw, strangers(ground).slice(0, 4)) as CommandEntry
      strange.push(odd.id)
      await phone.state(odd)
      await phone.state(emergencyOf(ground))
    }
    await phonesEmpty([phone], ledger, Date.now() + hour)
    // One without so much as a name never leaves our own outbox; another's might send it.
    const [bare] = strangers(ground).slice(-1) as CommandEntry[]
    if (bare) {
      strange.push(bare.id)
      const left = entered(ledger, [bare], await sent(ground, [bare]))
      ledger.stated.add(bare.id)
      if (left.length > 0) more.push('a shape that is not known was put off')
    }
    more.push(...(await reviewed(ground, phone.client, strange)))
  } finally {
    phone.close()
  }
  const unheld = [...ledger.turnedDown.keys()].filter(id => !strange.includes(id))
  if (unheld.length > 0) more.push(`${unheld.length} others were turned down`)
  if (ledger.turnedDown.size !== strange.length)
    more.push(`${ledger.turnedDown.size} of ${strange.length} held`)
  const happened = `${strange.length} of another version, each held whole for review`
  const books = await booksOf(ground.server, ledger, before)
  return resultOf(ledger, books, happened, { more, refusals: true })
}

async function sent(ground: Ground, commands: readonly object[]): Promise<Verdict[]> {
  const answer = await fetch(`${ground.server.base}/api/commands`, {
    ...{ method: 'POST', body: JSON.stringify({ commands }) },
    headers: { 'content-type': 'application/json', cookie: ground.cookie },
  })
  return ((await answer.json()) as { verdicts: Verdict[] }).verdicts
}

/** In the list of reviews, and sealed whole in the journal. */
async function reviewed(
  ground: Ground,
  client: {
    ask: (contract: typeof reviews, input: { limit: number }) => Promise<{ rows: { commandId: string }[] }>
  },
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await client.ask(reviews, { limit: 500 })
  const listed = new Set(rows.map(one => one.commandId))
  const sealed = await inDatabase(ground.server, async owner => {
    const found = await owner.query<{ id: string }>(
      "select id from app.journal where id = any ($1::uuid[]) and verdict = 'held' and input ? 'sealedWhole'",
      [ids],
    )
    return new Set(found.rows.map(({ id }) => id))
  })
  return ids.flatMap(id => [
    ...(listed.has(id) ? [] : ['held, and in no list of reviews']),
    ...(sealed.has(id) ? [] : ['held, and not whole']),
  ])
}
