// The entry under the officer's thumb: what is typed, who was seen before, and saving.
import { useEffect, useMemo, useRef, useState } from 'react'
import { sealBox } from '../../../device/box.ts'
import { newId } from '../../../device/client.ts'
import { useClient } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { buzz } from '../../../ui/phone.ts'
import { holdPerson, type kit as kitQuery, noteEncounter, type PostRules } from '../contracts.ts'
import type { EncounterVerdict, HoldingBasis, VerdictReason } from '../contracts-words.ts'
import { type Entry, freshEntry, inputOf, kindOfMark, normalMark, temperatureOf } from './check-entry.ts'
import { Passers, passToken, type Seen } from './passers.ts'

export type Kit = OutputOf<typeof kitQuery>

export interface Saved {
  at: number
  entry: Entry
  verdict: EncounterVerdict
}

export interface Holding {
  minutesMost: number
  basis: HoldingBasis
  needs: string
}

interface CheckParts {
  postId: string
  kit: Kit | null
  rules: PostRules
  outbox: UsedOutbox
  /** What the entry is called in the list of what is unsent. */
  about: (entry: Entry, verdict: EncounterVerdict) => string
}

/** The mark's token under the post's key, and what was answered when it last passed. */
function useSeen(kit: Kit | null, mark: string, passers: Passers, now: () => number) {
  const [seen, setSeen] = useState<{ mark: string; token: string; before: Seen | undefined } | null>(null)
  useEffect(() => {
    if (!kit || mark === '') return
    let over = false
    void passToken(kit.passKey, mark).then(token => {
      if (!over) setSeen({ mark, token, before: passers.find(kit.passKey, token, now()) })
    })
    return () => {
      over = true
    }
  }, [kit, mark, passers, now])
  return seen?.mark === mark ? seen : null
}

async function boxesOf(kit: Kit | null, encounterId: string, mark: string) {
  if (!kit || mark === '') return []
  return [{ kind: kindOfMark(mark), box: await sealBox(kit.publicKey, encounterId, mark) }]
}

export function useCheck({ postId, kit, rules, outbox, about }: CheckParts) {
  const { clock } = useClient()
  const [entry, setEntry] = useState(() => freshEntry(rules))
  const [saved, setSaved] = useState<Saved | null>(null)
  const [failed, setFailed] = useState(false)
  // One after the other: the next passer does not wait for the last one to be written.
  const queue = useRef(Promise.resolve())
  const passers = useMemo(() => new Passers(localStorage), [])
  const seen = useSeen(kit, entry.mark, passers, clock.now)

  const setMark = (text: string) => setEntry(before => ({ ...before, mark: normalMark(text) }))
  const repeat = () => {
    const last = seen?.before?.last
    if (last) setEntry(before => ({ ...before, ...last, digits: before.digits, mark: before.mark }))
  }

  const remember = (passed: Entry, token: string | undefined) => {
    if (!kit || token === undefined) return
    const { passer, direction, people, codeShown } = passed
    const last = { passer, direction, people, codeShown, temperature: temperatureOf(passed) }
    const at = new Date(clock.now()).toISOString()
    passers.note(kit.passKey, kit.passKeyUntil, token, { at, last }, clock.now())
  }

  const write = async (
    passed: Entry,
    verdict: EncounterVerdict,
    reason: VerdictReason | null,
    holding?: Holding,
  ) => {
    const encounterId = newId()
    const token = kit && passed.mark !== '' ? await passToken(kit.passKey, passed.mark) : undefined
    const boxes = await boxesOf(kit, encounterId, passed.mark)
    const decided = { postId, verdict, reason, rulesVersion: rules.version, passToken: token ?? null, boxes }
    await outbox.state(noteEncounter, inputOf(passed, decided), about(passed, verdict), encounterId)
    if (holding) await outbox.state(holdPerson, { postId, encounterId, ...holding }, about(passed, verdict))
    remember(passed, token)
  }

  /** The screen is free for the next passer at once; what could not be stored comes back to it, and it says so. */
  const save = (verdict: EncounterVerdict, reason: VerdictReason | null, holding?: Holding) => {
    const passed = entry
    setEntry(freshEntry(rules, passed))
    queue.current = queue.current
      .then(() => write(passed, verdict, reason, holding))
      .then(
        () => {
          buzz()
          setSaved({ at: clock.now(), entry: passed, verdict })
          setFailed(false)
        },
        () => {
          setFailed(true)
          setEntry(passed)
        },
      )
  }

  return { entry, setEntry, setMark, before: seen?.before, repeat, save, saved, failed }
}

export type Checking = ReturnType<typeof useCheck>
