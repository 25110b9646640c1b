// The entry under the officer's thumb: what is typed, who was seen before, and saving.
import { useEffect, useMemo, useRef, useState } from 'react'
import { sealBox } from '../../../device/box.ts'
import { newId } from '../../../device/client.ts'
import { useClient } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { buzz } from '../../../ui/phone.ts'
import { holdPerson, type kit as kitQuery, noteEncounter, type PostRules } from '../contracts.ts'
import type { EncounterVerdict, VerdictReason } from '../contracts-words.ts'
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
  basis: 'fever' | 'symptoms' | 'fromControlledArea' | 'refusedCheck'
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

export function useCheck({ postId, kit, rules, outbox, about }: CheckParts) {
  const { clock } = useClient()
  const [entry, setEntry] = useState(() => freshEntry(rules))
  const [saved, setSaved] = useState<Saved | null>(null)
  const [failed, setFailed] = useState(false)
  // A second tap while the first is being written is the same passer.
  const writing = useRef(false)
  const passers = useMemo(() => new Passers(localStorage), [])
  const seen = useSeen(kit, entry.mark, passers, clock.now)

  const setMark = (text: string) => setEntry(before => ({ ...before, mark: normalMark(text) }))
  const repeat = () => {
    const last = seen?.before?.last
    if (last) setEntry(before => ({ ...before, ...last, digits: before.digits, mark: before.mark }))
  }

  const boxesOf = async (encounterId: string) => {
    if (!kit || entry.mark === '') return []
    return [{ kind: kindOfMark(entry.mark), box: await sealBox(kit.publicKey, encounterId, entry.mark) }]
  }

  const remember = () => {
    if (!kit || !seen) return
    const { passer, direction, people, codeShown } = entry
    const last = { passer, direction, people, codeShown, temperature: temperatureOf(entry) }
    const at = new Date(clock.now()).toISOString()
    passers.note(kit.passKey, kit.passKeyUntil, seen.token, { at, last }, clock.now())
  }

  const save = async (verdict: EncounterVerdict, reason: VerdictReason | null, holding?: Holding) => {
    if (writing.current) return false
    writing.current = true
    try {
      const encounterId = newId()
      const boxes = await boxesOf(encounterId)
      const passToken = seen?.token ?? null
      const decided = { postId, verdict, reason, rulesVersion: rules.version, passToken, boxes }
      await outbox.state(noteEncounter, inputOf(entry, decided), about(entry, verdict), encounterId)
      if (holding) {
        await outbox.state(holdPerson, { postId, encounterId, ...holding }, about(entry, verdict))
      }
      remember()
      buzz()
      setSaved({ at: clock.now(), entry, verdict })
      setEntry(freshEntry(rules, entry))
      setFailed(false)
      return true
    } catch {
      // Storage full or refused: the entry stays on the screen, and the screen says that it is not saved.
      setFailed(true)
      return false
    } finally {
      writing.current = false
    }
  }

  return { entry, setEntry, setMark, before: seen?.before, repeat, save, saved, failed }
}

export type Checking = ReturnType<typeof useCheck>
