import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { reportUnavailable } from '../people/contracts.ts'
import {
  acknowledge,
  acknowledgements,
  adopt,
  board,
  check,
  coverage,
  diff,
  editCell,
  explain,
  my,
  onNow,
  openDraft,
  planBoard,
  plans,
  publish,
  versions,
} from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

const sums = (view: { need: number[] }) => {
  let [need, have] = [0, 0]
  for (let at = 0; at < view.need.length; at += 6) {
    need += view.need[at + 3] ?? 0
    have += Math.min(view.need[at + 3] ?? 0, view.need[at + 4] ?? 0)
  }
  return { need, have }
}

describe('roster from demand to acknowledgement', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['commander'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const [fengId = '', chenId = ''] = b.officers
  const feng = w.person('冯样三', ['officer'], { officerId: fengId })
  const span = { operationId, fromDay: firstDay, untilDay: lastDay }
  const first = w.newId()

  it('RST30 the solver fills every place from demand, tells its progress, and breaks no rule', async () => {
    const seen: unknown[] = []
    const found = await solves(w, zhou, { ...span, seconds: 4, seed: 3 }, { seen })
    expect(found.best.open).toBe(0)
    expect(found.best.broken).toBe(0)
    expect(found.open).toEqual([])
    expect(found.solver).toMatchObject({ version: 'lns-2', seed: 3 })
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.at(-1)).toMatchObject({ broken: 0, open: 0 })
    await zhou.does(adopt, adoption(first, found, { name: '第一稿' }))
    const view = await zhou.asks(planBoard, { planId: first })
    // 8 at the gate, 3 at the checkpoint and 1 on standby, on seven days.
    expect(sums(view)).toEqual({ need: 84, have: 84 })
    expect((await zhou.asks(check, { planId: first })).breaches).toEqual([])
  })

  it('RST31 cancelling gives the best so far', async () => {
    const began = Date.now()
    const found = await solves(w, zhou, { ...span, seconds: 60 }, { cancelAfterMs: 1500 })
    expect(Date.now() - began).toBeLessThan(45_000)
    expect(found.best.broken).toBe(0)
    expect(found.matrix.officers).toHaveLength(30)
  })

  it('RST32 two people who adopt at once: the second is told of the first', async () => {
    const found = await solves(w, zheng, { ...span, seconds: 1, stopWhenCovered: true })
    expect(await zheng.isRefused(adopt, adoption(w.newId(), found))).toBe('roster/adopted-meanwhile')
    const second = w.newId()
    await zheng.does(adopt, adoption(second, found, { beside: [first] }))
    const list = await zhou.asks(plans, { operationId })
    expect(list.map(one => one.planId).sort()).toEqual([first, second].sort())
    const third = w.newId()
    await zheng.does(adopt, adoption(third, found, { replaces: second, beside: [first] }))
    expect(await zheng.isRefused(publish, { planId: second, revision: 1 })).toBe('roster/not-a-draft')
    expect(await zheng.isRefused(adopt, adoption(first, found, { beside: [first, third] }))).toBe(
      'roster/plan-exists',
    )
  })

  it('RST33 publishing writes the roster, counts the difference, and turns other drafts stale', async () => {
    const [other] = (await zhou.asks(plans, { operationId })).filter(one => one.planId !== first)
    const before = await zhou.asks(diff, { planId: first })
    expect(before).toMatchObject({ version: null, removed: 0, unchanged: 0, late: 0 })
    const done = await zhou.does(publish, { planId: first, revision: 1 })
    expect(done).toMatchObject({ version: 1, removed: 0, unchanged: 0, late: 0 })
    expect(done.added).toBe(before.added)
    const rows = await w.owner.query<{ n: number; two: number; long: number }>(
      `select count(*)::int as n, count(*) filter (where cardinality(bands) = 2)::int as two,
        count(*) filter (where upper(period) - lower(period) = interval '24 hours')::int as long from app.assignment`,
    )
    expect(rows.rows[0]?.n).toBe(done.added)
    expect(rows.rows[0]?.long).toBe(7)
    expect(await zheng.isRefused(publish, { planId: other?.planId ?? '', revision: 1 })).toBe(
      'roster/stale-draft',
    )
    expect((await zhou.asks(plans, { operationId })).map(one => one.stale)).toEqual([true])
    const view = await feng.asks(board, span)
    expect(sums(view)).toEqual({ need: 84, have: 84 })
    expect(view.version).toBe(1)
    const counts = await feng.asks(board, { ...span, names: false })
    expect(sums(counts)).toEqual({ need: 84, have: 84 })
    expect(counts.cells).toEqual([])
    expect((await zhou.asks(versions, { operationId })).map(one => [one.version, one.added])).toEqual([
      [1, done.added],
    ])
  })

  it('RST34 an officer sees his own shifts with his mates and acknowledges only for himself', async () => {
    const mine = await feng.asks(my)
    expect(mine.shifts.length).toBeGreaterThan(0)
    for (const shift of mine.shifts) expect(shift.acknowledged).toBe(false)
    const atGate = mine.shifts.find(shift => shift.postId === b.gate)
    if (atGate) expect(atGate.mates.length).toBeGreaterThan(0)
    await feng.does(acknowledge, { operationId, version: 1 })
    for (const shift of (await feng.asks(my)).shifts) expect(shift.acknowledged).toBe(true)
    const ack = await zhou.asks(acknowledgements, { operationId })
    expect(ack.acknowledged).toBe(1)
    expect(await feng.isRefused(acknowledge, { operationId, version: 2 })).toBe(
      'roster/nothing-to-acknowledge',
    )
    expect(await feng.isRefused(acknowledge, { operationId, version: 1, officerId: chenId })).toBe(
      'kernel/bad-input',
    )
    expect(await zhou.isRefused(acknowledge, { operationId, version: 1 })).toBe('roster/no-officer-account')
    expect(await zhou.mayNotAsk(my)).toBe('roster/no-officer-account')
    const two = await w.owner.query('select officer_id from app.acknowledgement')
    expect(two.rows).toEqual([{ officer_id: fengId }])
  })

  it('RST35 on duty and coverage count who is there at an instant', async () => {
    const at = '2021-11-05T03:00:00Z'
    const now = await zhou.asks(onNow, { operationId, at })
    expect(now.map(post => [post.code, post.officers.length, post.need])).toEqual([
      ['BQ-01', 1, 1],
      ['FK-01', 2, 2],
      ['KK-01', 1, 1],
    ])
    expect(await zhou.asks(coverage, { operationId, at })).toMatchObject({ need: 4, have: 4 })
    expect(await zhou.asks(coverage, { operationId, at: '2021-11-12T03:00:00Z' })).toMatchObject({
      need: 4,
      have: 0,
    })
    // A post with nobody is told until when it lacks somebody: the end of its band.
    const empty = await zhou.asks(onNow, { operationId, at: '2021-11-12T03:00:00Z' })
    expect(empty.map(post => [post.code, post.officers.length, post.ends])).toEqual([
      ['BQ-01', 0, '2021-11-13T00:00:00.000Z'],
      ['FK-01', 0, '2021-11-12T06:00:00.000Z'],
      ['KK-01', 0, '2021-11-12T08:00:00.000Z'],
    ])
  })

  const draft = w.newId()
  const sick = { officerId: '', day: '2021-11-08' }

  it('RST36 an absence breaks the draft and is named, and the draft cannot be published', async () => {
    w.clock.set('2021-11-06T05:00:00.000Z')
    const opened = await zhou.does(openDraft, {
      planId: draft,
      ...span,
      beside: (await zhou.asks(plans, { operationId })).map(one => one.planId),
    })
    const view = await zhou.asks(planBoard, { planId: draft })
    // Somebody who stands at the checkpoint in the late band of 8 November reports sick.
    const place = cellsOf(view).find(
      cell => cell.day === 4 && cell.postId === b.checkpoint && cell.bands.includes('late'),
    )
    if (!place) throw new Error('the checkpoint is filled')
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: place.officerId,
      state: 'unavailable',
      beginsAt: '2021-11-08T00:00:00Z',
      endsAt: '2021-11-09T00:00:00Z',
    })
    const found = await zhou.asks(check, { planId: draft })
    expect(found.breaches.map(one => [one.rule, one.officerId])).toEqual([['RST5', place.officerId]])
    expect(await zhou.isRefused(publish, { planId: draft, revision: opened.revision })).toBe(
      'roster/rules-broken',
    )
    sick.officerId = place.officerId
  })

  it('RST46 why, who else and what breaks: a better officer is found and sent by hand; the past is kept', async () => {
    const place = sick
    const pastRows = await w.owner.query(
      "select assignment_id from app.assignment where lower(period) < '2021-11-06T05:00:00Z' order by 1",
    )
    const reasons = await zhou.asks(explain, {
      planId: draft,
      operationId,
      postId: b.checkpoint,
      patternId: b.patterns.threeByEight,
      band: 'late',
      day: '2021-11-08',
      officerId: place.officerId,
    })
    expect(reasons.breaks.map(one => one.rule)).toEqual(['RST5'])
    expect(reasons.others.length).toBeGreaterThan(0)
    expect(reasons.facts?.weekMost).toBe(3600)
    const [best] = reasons.others
    const edits = [
      { officerId: place.officerId, day: '2021-11-08', duty: null },
      {
        officerId: best?.officerId ?? '',
        day: '2021-11-08',
        duty: { postId: b.checkpoint, patternId: b.patterns.threeByEight, bands: ['late'] },
      },
    ]
    const edited = await zhou.does(editCell, { planId: draft, revision: 1, edits })
    expect(edited.revision).toBe(2)
    expect(await zheng.isRefused(editCell, { planId: draft, revision: 1, edits })).toBe(
      'roster/changed-meanwhile',
    )
    const difference = await zhou.asks(diff, { planId: draft })
    expect(difference).toMatchObject({
      removed: best?.reasons.includes('off-that-day') ? 1 : 2,
      added: best?.reasons.includes('off-that-day') ? 1 : 1,
    })
    const done = await zhou.does(publish, { planId: draft, revision: 2 })
    expect(done).toMatchObject({ version: 2, added: difference.added, removed: difference.removed })
    const after = await w.owner.query(
      "select assignment_id from app.assignment where lower(period) < '2021-11-06T05:00:00Z' order by 1",
    )
    expect(after.rows).toEqual(pastRows.rows)
    const newest = await w.owner.query('select distinct version from app.assignment order by 1')
    expect(newest.rows.map(row => row.version)).toEqual([1, 2])
    expect((await zhou.asks(versions, { operationId }))[0]).toMatchObject({
      added: difference.added,
      removed: difference.removed,
    })
  })
})

export function cellsOf(view: {
  cells: number[]
  rows: [number, number][]
  posts: { postId: string }[]
  patterns: { patternId: string; bands: { key: string }[] }[]
  officers: [string, string, string, string, string, number][]
}) {
  const cells: {
    day: number
    postId: string
    patternId: string
    bands: string[]
    officerId: string
    flags: number
  }[] = []
  for (let at = 0; at < view.cells.length; at += 5) {
    const [row = 0, day = 0, mask = 0, officer = 0, flags = 0] = view.cells.slice(at, at + 5)
    const [post = 0, pattern = 0] = view.rows[row] ?? []
    const cut = view.patterns[pattern]
    cells.push({
      day,
      postId: view.posts[post]?.postId ?? '',
      patternId: cut?.patternId ?? '',
      bands: (cut?.bands ?? []).filter((_band, bit) => (mask >> bit) & 1).map(band => band.key),
      officerId: view.officers[officer]?.[0] ?? '',
      flags,
    })
  }
  return cells
}
