import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { addDays } from '../../kernel/time.ts'
import { grantSkill } from '../people/contracts.ts'
import { scaleDemand } from '../posts/contracts.ts'
import {
  adopt,
  board,
  check,
  explain,
  minuteOf,
  openDraft,
  openPlaces,
  planBoard,
  publish,
  staffingOf,
} from './contracts.ts'
import { boardModel } from './pages/board-layout.ts'
import { deskSizes } from './pages/board-sizes.ts'
import type { BestSoFar, SolveResult } from './solve-task.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

const filter = { onlyProblems: false, zoneKinds: [], search: '' }
const drawn = { overview: false, sizes: deskSizes }

describe('what is open, in the middle of a published span', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const span = { operationId, fromDay: firstDay, untilDay: lastDay }
  const first = await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })
  const planId = w.newId()
  await zhou.does(adopt, adoption(planId, first))
  await zhou.does(publish, { planId, revision: 1 })
  // From now on the checkpoint needs a second officer in each of its three bands: 21 places in seven days.
  const { rows } = await w.owner.query<{ demand_id: string }>(
    `select demand_id from app.demand where post_id = '${b.checkpoint}'`,
  )
  await zhou.does(scaleDemand, { demandIds: rows.map(row => row.demand_id), how: 'set', amount: 2 })
  const counted = async (now: string) => {
    const view = await zhou.asks(board, span)
    return openPlaces(staffingOf(view, minuteOf(view, now)))
  }
  // 13:00 of the third duty day: its early band runs, six bands of two days are over.
  const now = '2021-11-06T05:00:00.000Z'
  const draft = w.newId()

  it('RST80 a place is open until its band has ended; what was missed is told apart', async () => {
    expect(await counted('2021-11-03T00:00:00.000Z')).toEqual({ open: 21, running: 0, past: 0 })
    expect(await counted(now)).toEqual({ open: 15, running: 1, past: 6 })
    // The early band ends at 16:00 sharp, and the late one begins.
    expect(await counted('2021-11-06T07:59:59.000Z')).toEqual({ open: 15, running: 1, past: 6 })
    expect(await counted('2021-11-06T08:00:00.000Z')).toEqual({ open: 14, running: 0, past: 7 })
    expect(await counted('2021-12-01T00:00:00.000Z')).toEqual({ open: 0, running: 0, past: 21 })
  })

  it('RST80 strip, head of the days, rows and gaps of the board show one number', async () => {
    w.clock.set(now)
    const view = await zhou.asks(board, span)
    const bands = staffingOf(view, minuteOf(view, now))
    const model = boardModel(view, filter, bands, drawn)
    expect(model.totals.map(day => [day.open, day.past])).toEqual([
      [0, 3],
      [0, 3],
      [3, 0],
      [3, 0],
      [3, 0],
      [3, 0],
      [3, 0],
    ])
    const rows = model.items.flatMap(item => (item.type === 'row' ? [item] : []))
    expect(rows.reduce((sum, row) => sum + row.missing, 0)).toBe(15)
    const gaps = rows.flatMap(row => row.days.flat()).filter(chip => chip.kind === 'gap')
    const sum = (ended: boolean) =>
      gaps.filter(chip => chip.ended === ended).reduce((all, chip) => all + chip.missing, 0)
    expect([sum(false), sum(true)]).toEqual([15, 6])
    // Nothing that is over calls for attention: on the last day but one post is a problem, and then none.
    const later = boardModel(view, filter, staffingOf(view, 100_000), drawn)
    expect([model.problems, later.problems]).toEqual([1, 0])
  })

  it('RST80 the check of a draft and its board agree with it', async () => {
    await zhou.does(openDraft, { planId: draft, ...span })
    const view = await zhou.asks(planBoard, { planId: draft })
    expect(openPlaces(staffingOf(view, minuteOf(view, now)))).toEqual({ open: 15, running: 1, past: 6 })
    const judged = await zhou.asks(check, { planId: draft })
    expect(judged.openSeats).toBe(15)
    // The list names what the search could still fill: not what runs already.
    expect(judged.open.reduce((all, one) => all + one.missing, 0)).toBe(14)
  })

  let best: SolveResult
  it('RST81 the search counts alike, and tells how many duties change against the published roster and the last best', async () => {
    const seen: BestSoFar[] = []
    best = await solves(w, zhou, { ...span, seconds: 2, seed: 5 }, { seen })
    // Fourteen places are filled; the one that runs stays open, as on the board.
    expect(best.best.open).toBe(1)
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.at(-1)?.open).toBe(1)
    expect(seen[0]?.moved).toBeNull()
    for (const one of seen.slice(1)) expect(one.moved).toBeGreaterThanOrEqual(0)
    // Nobody had been at fourteen of the places, so at least so many days differ.
    for (const one of seen.filter(one => one.open === 1)) expect(one.changed).toBeGreaterThanOrEqual(14)
    expect(best.best).toMatchObject({ changed: seen.at(-1)?.changed, moved: null })
    const again = w.newId()
    await zhou.does(adopt, adoption(again, best, { replaces: draft }))
    const judged = await zhou.asks(check, { planId: again })
    expect([judged.openSeats, judged.changed]).toEqual([1, best.best.changed])
  })

  it('RST81 where nothing is published there is nothing to differ from', async () => {
    const fromDay = addDays(lastDay, 20)
    const seen: BestSoFar[] = []
    await solves(w, zhou, { operationId, fromDay, untilDay: fromDay, seconds: 1 }, { seen })
    expect(seen.length).toBeGreaterThan(0)
    for (const one of seen) expect(one.changed).toBeNull()
  })

  it('RST80 a crew whose heads are there but that lacks a skill has an open place, on the days that it lacks it', async () => {
    const view = await zhou.asks(board, span)
    const gate = view.rows.findIndex(([post]) => view.posts[post]?.postId === b.gate)
    const lacks = (one: typeof view) =>
      staffingOf(one, -1).flatMap(at => (at.row === gate && at.skills > 0 ? [[at.day, at.missing]] : []))
    expect(lacks(view)).toEqual([])
    // From the fifth day on nobody's skill to lead is valid any more.
    await zhou.does(grantSkill, {
      officerIds: b.officers.filter((_id, at) => at % 2 === 0),
      skill: 'leader',
      validUntil: '2021-11-08',
    })
    const after = await zhou.asks(board, span)
    expect(lacks(after)).toEqual([5, 5, 5, 5, 6, 6, 6, 6].map(day => [day, 1]))
    // The overview asks for no names, and counts the same.
    const counts = await zhou.asks(board, { ...span, names: false })
    expect([counts.cells, counts.officers]).toEqual([[], []])
    expect(lacks(counts)).toEqual(lacks(after))
  })

  it('RST226 counting proves why it must stay open, in the published roster and in a draft', async () => {
    const place = { operationId, day: lastDay }
    const gate = { ...place, postId: b.gate, patternId: b.patterns.fourBySix, band: 'late', skill: 'leader' }
    const why = async (planId: string | null, at: Omit<typeof gate, 'skill'> & { skill: string | null }) =>
      (await zhou.asks(explain, { ...at, planId })).why?.proof
    // Nobody who leads is left on the last day.
    const { band } =
      (await zhou.asks(check, { planId: draft })).open.find(one => one.postId === b.gate) ?? gate
    const nobody = { code: 'post', skill: 'leader', needed: 1, exist: 0 }
    expect(await why(draft, { ...gate, band })).toMatchObject(nobody)
    expect(await why(null, { ...gate, band })).toMatchObject(nobody)
    const checkpoint = {
      ...place,
      postId: b.checkpoint,
      patternId: b.patterns.threeByEight,
      band: 'late',
      skill: null,
    }
    expect(await why(draft, checkpoint)).toBeNull()
    const { rows: lines } = await w.owner.query<{ demand_id: string }>(
      `select demand_id from app.demand where post_id = '${b.checkpoint}'`,
    )
    // Thirty officers; the gate and the standby want some of them at the same time.
    await zhou.does(scaleDemand, { demandIds: lines.map(row => row.demand_id), how: 'set', amount: 30 })
    const proof = await why(draft, checkpoint)
    expect(proof).toMatchObject({ code: 'moment', skill: null, exist: 30 })
    expect(proof?.needed).toBeGreaterThan(30)
    // In the late band, in minutes of the duty day that begins at 08:00.
    expect(proof?.minute).toBeGreaterThanOrEqual(480)
    expect(proof?.minute).toBeLessThan(960)
  })
})
