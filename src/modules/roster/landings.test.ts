import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { addDays } from '../../kernel/time.ts'
import { adopt, editCell, landings, lockCell, planBoard, publish } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

interface Duty {
  postId: string
  patternId: string
  bands: string[]
}

describe('where somebody may be put', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例一', ['officer'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const span = { fromDay: firstDay, untilDay: lastDay }
  const planId = w.newId()
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { operationId, ...span, seconds: 1, stopWhenCovered: true })),
  )
  let revision = 1

  /** Who does what on a day, as the board shows it. */
  const dutiesOn = async (day: string) => {
    const view = await zhou.asks(planBoard, { planId })
    const found = new Map<string, Duty>()
    for (let at = 0; at < view.cells.length; at += 5) {
      const [row = 0, on = 0, mask = 0, officer = 0] = view.cells.slice(at, at + 5)
      if (view.days[on] !== day) continue
      const [post, pattern] = view.rows[row] ?? [-1, -1]
      const cut = view.patterns[pattern]
      const bands = (cut?.bands ?? []).filter((_band, bit) => (mask >> bit) & 1).map(one => one.key)
      const duty = { postId: view.posts[post]?.postId ?? '', patternId: cut?.patternId ?? '', bands }
      found.set(view.officers[officer]?.[0] ?? '', duty)
    }
    return found
  }
  const asks = (officerId: string, day: string, more: Record<string, unknown> = {}) =>
    zhou.asks(landings, { planId, officerId, day, ...span, ...more })
  /** Makes the edit and takes it back; gives the rules that it breaks. */
  const tries = async (edits: { officerId: string; day: string; duty: Duty | null; was: Duty | null }[]) => {
    const [done] = await zhou.sends([w.entry(editCell, { planId, revision, edits })])
    if (done?.verdict !== 'done') return JSON.stringify(done)
    revision += 2
    const back = edits.map(one => ({ ...one, duty: one.was, was: one.duty }))
    await zhou.does(editCell, { planId, revision: revision - 1, edits: back })
    return 'done'
  }

  it('RST110 every verdict is what the edit command then says, with the same rule', async () => {
    const [onDuty, ...days] = [addDays(firstDay, 2), firstDay, addDays(firstDay, 3)]
    // Somebody with duty on the day after too, so that rest is in the way of some bands.
    const after = await dutiesOn(addDays(firstDay, 3))
    const who = [...(await dutiesOn(onDuty)).keys()].find(one => after.has(one)) ?? ''
    const answer = await asks(who, onDuty)
    const own = await Promise.all([onDuty, ...days].map(day => dutiesOn(day)))
    const [first] = own
    const [may, mayNot] = [new Set<string>(), new Set<string>()]
    for (let at = 0; at < answer.joins.length; at += 4) {
      const [place = 0, ahead = 0, band = 0, verdict = 0] = answer.joins.slice(at, at + 4)
      const day = addDays(answer.fromDay, ahead)
      const which = [onDuty, ...days].indexOf(day)
      if (which < 0) continue
      const [postId = '', patternId = ''] = answer.places[place] ?? []
      const view = await zhou.asks(planBoard, { planId })
      const key = view.patterns.find(one => one.patternId === patternId)?.bands[band]?.key ?? ''
      const duty = { postId, patternId, bands: [key] }
      const was = own[which]?.get(who) ?? null
      const leaves = { officerId: who, day: onDuty, duty: null, was: first?.get(who) ?? null }
      const said = answer.obstacles[verdict - 1]
      // A second duty of a day would overwrite the first: the command cannot see that, so nothing is tried.
      if (said?.rule === 'RST1' && day !== onDuty && was) continue
      const comes = { officerId: who, day, duty, was }
      const done = await tries(day === onDuty ? [comes] : [leaves, comes])
      if (verdict === 0) expect(done).toBe('done')
      else expect(done).toContain(said?.rule)
      ;(verdict === 0 ? may : mayNot).add(`${day} ${key}`)
    }
    expect(may.size).toBeGreaterThan(2)
    expect(mayNot.size).toBeGreaterThan(0)
  })

  it('RST110 a swap is judged for both, and on another day both must be free', async () => {
    const [day, next] = [addDays(firstDay, 2), addDays(firstDay, 3)]
    const [today, tomorrow] = [await dutiesOn(day), await dutiesOn(next)]
    let [swapped, doubled] = [0, 0]
    // Whoever may swap with nobody shows only refusals; the next one is looked at, too.
    for (const who of today.keys()) {
      if (swapped > 0 && doubled > 0) break
      const answer = await asks(who, day)
      let judged = 0
      for (let at = 0; at < answer.swaps.length; at += 3) {
        const [officer = 0, ahead = 0, verdict = 0] = answer.swaps.slice(at, at + 3)
        const other = answer.officers[officer] ?? ''
        const on = addDays(answer.fromDay, ahead)
        const said = answer.obstacles[verdict - 1]
        if (on === day) {
          const [mine, his] = [today.get(who) ?? null, today.get(other) ?? null]
          const done = await tries([
            { officerId: who, day, duty: his, was: mine },
            { officerId: other, day, duty: mine, was: his },
          ])
          if (verdict === 0) expect(done).toBe('done')
          else expect(done).toContain(said?.rule)
          if (verdict === 0) swapped += 1
          judged += 1
        } else if (on === next && (tomorrow.has(who) || today.has(other))) {
          expect(said).toMatchObject({ rule: 'RST1', zh: '当日已有另一班次' })
          doubled += 1
        }
      }
      expect(judged).toBe(today.size - 1)
    }
    expect(swapped).toBeGreaterThan(0)
    expect(doubled).toBeGreaterThan(0)
  })

  it('RST111 an edit that says what was there is refused when somebody else has changed it', async () => {
    const day = addDays(firstDay, 4)
    const [who = '', duty] = [...(await dutiesOn(day))][0] ?? []
    if (!duty) throw new Error('nobody is on duty')
    const edit = (becomes: Duty | null, was: Duty | null) => ({
      planId,
      revision,
      edits: [{ officerId: who, day, duty: becomes, was }],
    })
    await zhou.does(editCell, edit(null, duty))
    revision += 1
    expect(await zhou.isRefused(editCell, edit(null, duty))).toBe('roster/place-changed')
    const [refusal] = await zhou.sends([w.entry(editCell, edit(duty, duty))])
    expect(JSON.stringify(refusal)).toContain('已被他人改动')
    await zhou.does(editCell, edit(duty, null))
    revision += 1
  })

  it('RST110 a locked duty lets nobody go anywhere, and what has begun takes nobody', async () => {
    const day = addDays(firstDay, 3)
    const [who = ''] = [...(await dutiesOn(day)).keys()]
    await zhou.does(lockCell, { planId, revision, officerId: who, day, locked: true })
    revision += 1
    const locked = await asks(who, day)
    expect(locked.obstacles[(locked.off ?? 0) - 1]).toMatchObject({ rule: 'RST13', officerId: who })
    const verdicts = locked.joins.filter((_n, at) => at % 4 === 3)
    const stays = verdicts.filter(verdict => verdict === 0).length
    // Staying where he is breaks nothing.
    expect(stays).toBeLessThanOrEqual(1)
    await zhou.does(lockCell, { planId, revision, officerId: who, day, locked: false })
    revision += 1
    w.clock.set(`${addDays(firstDay, 1)}T05:00:00.000Z`)
    const late = await asks(who, day, { untilDay: firstDay })
    const rules = late.joins.filter((_n, at) => at % 4 === 3).map(n => late.obstacles[n - 1]?.rule)
    expect(new Set(rules)).toEqual(new Set(rules.includes('RST1') ? ['RST1', 'RST41'] : ['RST41']))
    w.clock.set('2021-11-03T00:00:00.000Z')
  })

  it('RST110 asked for nonsense it says what is wrong, and an officer may not ask', async () => {
    const [who = ''] = b.officers
    const failed = (input: Record<string, unknown>, by = zhou) =>
      by.asks(landings, { planId, officerId: who, day: firstDay, ...span, ...input } as never).then(
        () => 'answered',
        (problem: { code?: string }) => problem.code,
      )
    expect(await failed({ officerId: w.newId() })).toBe('roster/unknown-officer')
    expect(await failed({ planId: w.newId() })).toBe('kernel/missing')
    expect(await failed({ day: '2021-12-24' })).toBe('roster/day-outside')
    expect(await failed({ fromDay: lastDay, untilDay: firstDay })).toBe('roster/bad-span')
    expect(await failed({ fromDay: '2021-01-01' })).toBe('roster/bad-span')
    expect(await failed({ day: 'tomorrow' })).toBe('kernel/bad-input')
    expect(await failed({}, zheng)).toBe('kernel/no-right')
    await zhou.does(publish, { planId, revision })
    expect(await failed({})).toBe('roster/not-a-draft')
  })
})
