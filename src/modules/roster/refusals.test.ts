import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { openOperation } from '../operations/contracts.ts'
import { setDemands } from '../posts/contracts.ts'
import {
  adopt,
  board,
  discard,
  editCell,
  explain,
  lockCell,
  plan,
  planBoard,
  plans,
  publish,
  restRulesInForce,
  setRestRules,
} from './contracts.ts'
import { type Duty, PlanCells, packPlan, sameDuty, unpackPlan } from './matrix.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

describe('what a roster refuses', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou, 12)
  const { operationId, patterns, officers } = b
  const [one = '', two = '', three = ''] = officers
  const bands = new Map([
    [patterns.fourBySix, ['morning', 'afternoon', 'evening', 'night']],
    [patterns.threeByEight, ['early', 'late', 'night']],
    [patterns.standby, ['whole']],
    [patterns.twoByTwelve, ['day', 'night']],
  ])
  const span = { fromDay: '2021-11-04', untilDay: '2021-11-10' }
  const gate = (...keys: string[]): Duty => ({ postId: b.gate, patternId: patterns.fourBySix, bands: keys })
  const checkpoint = (key: string): Duty => ({
    postId: b.checkpoint,
    patternId: patterns.threeByEight,
    bands: [key],
  })
  /** A plan written by hand: officer, day and duty. */
  const written = (cells: [string, number, Duty][], more: Record<string, unknown> = {}) => {
    const made = new PlanCells(7)
    for (const officerId of officers) made.addOfficer(officerId)
    for (const [officerId, day, duty] of cells) made.set(officerId, day, duty)
    return { planId: w.newId(), operationId, ...span, matrix: packPlan(made, bands), ...more }
  }

  it('RST37 every rule that a plan breaks is named', async () => {
    const problemOf = async (cells: [string, number, Duty][]) => {
      const [verdict] = await zhou.sends([w.entry(adopt, written(cells))])
      if (verdict?.verdict !== 'refused') throw new Error(`was ${verdict?.verdict}`)
      return verdict.problem
    }
    const found = await problemOf([
      [one, 0, checkpoint('night')],
      [one, 1, checkpoint('early')],
      [two, 0, gate('morning', 'evening')],
      [three, 2, { postId: b.checkpoint, patternId: patterns.standby, bands: ['whole'] }],
    ])
    expect(found.code).toBe('roster/unsound')
    const named = await problemOf([
      [one, 0, checkpoint('night')],
      [one, 1, checkpoint('early')],
      [two, 0, gate('morning', 'evening')],
    ])
    expect(named.code).toBe('roster/rules-broken')
    expect(named.params.rules).toContain('RST1')
    expect(named.params.rules).toContain('RST3')
    expect(named.message.zh).toContain('休息不足')
    expect(named.message.en).toContain('rest is')
    // Three bands of six hours are eighteen: no duty.
    expect((await problemOf([[one, 0, gate('morning', 'afternoon', 'evening')]])).params.rules).toContain(
      'RST1',
    )
    // Seven days in a row leave no day off.
    const week = Array.from({ length: 7 }, (_x, day): [string, number, Duty] => [one, day, gate('morning')])
    const long = await problemOf(week)
    expect(long.params.rules).toContain('RST10')
    expect(long.params.rules).toContain('RST11')
  })

  it('RST38 two adjoining bands are one duty of twelve hours; 24 hours are for standby only', async () => {
    const standby: Duty = { postId: b.standby, patternId: patterns.standby, bands: ['whole'] }
    const made = written([
      [one, 0, gate('morning', 'afternoon')],
      [two, 0, standby],
    ])
    const done = await zhou.does(adopt, made)
    expect(done.duties).toBe(2)
    const published = await zhou.does(publish, { planId: made.planId, revision: 1 })
    expect(published.assignments).toBe(2)
    const rows = await w.owner.query(
      `select extract(epoch from upper(period) - lower(period))::int / 3600 as hours, cardinality(bands) as bands
       from app.assignment order by 1`,
    )
    expect(rows.rows).toEqual([
      { hours: 12, bands: 2 },
      { hours: 24, bands: 1 },
    ])
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000aa'`)
    const twice = w.owner.query(
      `insert into app.assignment (agency_id, assignment_id, operation_id, officer_id, post_id, day, pattern_id, bands, period, version)
       select agency_id, gen_random_uuid(), operation_id, officer_id, '${b.checkpoint}', day, pattern_id, bands,
         tstzrange(lower(period) + interval '1 hour', upper(period)), version from app.assignment`,
    )
    await expect(twice).rejects.toMatchObject({ code: '23P01', constraint: 'assignment_no_overlap' })
    await w.owner.query('rollback')
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000aa'`)
    const long = w.owner.query(
      `update app.assignment set period = tstzrange(lower(period), lower(period) + interval '30 hours')`,
    )
    await expect(long).rejects.toMatchObject({ code: '23514', constraint: 'assignment_length' })
    await w.owner.query('rollback')
  })

  it('RST39 an officer with duty in another operation is not at two posts', async () => {
    const other = w.newId()
    await zhou.does(openOperation, { operationId: other, name: '另一专项勤务', beginsOn: '2021-10-24' })
    const made = written([[one, 0, gate('morning')]], { operationId: other })
    expect(await zhou.isRefused(adopt, made)).toBe('roster/unknown-post')
  })

  it('RST40 a hand edit is refused with the rules that it breaks, and nothing of it is written', async () => {
    const found = await solves(w, zhou, { operationId, ...span, seconds: 1, stopWhenCovered: true })
    const planId = w.newId()
    await zhou.does(adopt, adoption(planId, found, { basedOn: 1 }))
    const before = await zhou.asks(plan, { planId })
    const edit = (officerId: string, day: string, duty: Duty | null) => ({
      officerId,
      day,
      duty: duty && { ...duty, bands: [...duty.bands] },
    })
    const refused = (edits: unknown[], revision = 1) => zhou.isRefused(editCell, { planId, revision, edits })
    expect(await refused([edit(one, '2021-11-08', gate('morning', 'night'))])).toBe('roster/rules-broken')
    expect(await refused([edit(one, '2021-11-20', null)])).toBe('roster/day-outside')
    expect(await refused([edit(w.newId(), '2021-11-08', null)])).toBe('roster/unknown-officer')
    expect(await refused([edit(one, '2021-11-08', { ...gate('morning'), postId: w.newId() })])).toBe(
      'roster/unknown-post',
    )
    expect(await refused([edit(one, '2021-11-08', gate('noon'))])).toBe('roster/unknown-post')
    expect(await refused([edit(one, '2021-11-08', null)], 7)).toBe('roster/changed-meanwhile')
    expect(await refused([])).toBe('kernel/bad-input')
    const after = await zhou.asks(plan, { planId })
    expect(after).toEqual(before)
    await zhou.does(lockCell, { planId, revision: 1, officerId: one, day: '2021-11-08', locked: true })
    const there = unpackPlan(before.matrix, 7).get(one, 4)
    const other = edit(one, '2021-11-08', there ? null : gate('morning'))
    const locked = await zhou.sends([w.entry(editCell, { planId, revision: 2, edits: [other] })])
    expect(JSON.stringify(locked)).toContain('RST13')
    // What was locked is what the next solution keeps.
    const again = await solves(w, zhou, { operationId, ...span, seconds: 1, stopWhenCovered: true, planId })
    const third = w.newId()
    expect(sameDuty(unpackPlan(again.matrix, 7).get(one, 4), there)).toBe(true)
    await zhou.does(adopt, adoption(third, again, { replaces: planId, basedOn: 1 }))
    expect(await zhou.isRefused(discard, { planId, revision: 2 })).toBe('roster/not-a-draft')
    await zhou.does(discard, { planId: third, revision: 1 })
    expect(await zhou.asks(plans, { operationId })).toEqual([])
  })

  it('RST41 what has begun cannot be edited, and a plan for it comes too late', async () => {
    w.clock.set('2021-11-08T01:00:00.000Z')
    const made = written([
      [one, 4, gate('morning')],
      [two, 6, gate('morning')],
    ])
    expect(await zhou.does(adopt, { ...made, basedOn: 1 })).toMatchObject({ duties: 2, late: 1 })
    const edit = { officerId: three, day: '2021-11-08', duty: { ...gate('morning'), bands: ['morning'] } }
    expect(await zhou.isRefused(editCell, { planId: made.planId, revision: 1, edits: [edit] })).toBe(
      'roster/begun',
    )
    const done = await zhou.does(publish, { planId: made.planId, revision: 1 })
    // The two duties of 4 November are over and stay; the one of this morning had begun and is not written.
    expect(done).toMatchObject({ added: 1, removed: 0, unchanged: 2, late: 1 })
  })

  it('RST42 hostile plans are refused whole', async () => {
    const good = written([[one, 6, gate('morning')]], { basedOn: 2 })
    const bad = async (change: Record<string, unknown>) =>
      zhou.isRefused(adopt, { ...good, planId: w.newId(), ...change })
    const matrix = good.matrix
    expect(await bad({ matrix: { ...matrix, cells: 'AAAA' } })).toBe('roster/bad-matrix')
    expect(await bad({ matrix: { ...matrix, cells: 'not base64!' } })).toBe('kernel/bad-input')
    expect(await bad({ matrix: { ...matrix, officers: [w.newId(), ...matrix.officers.slice(1)] } })).toBe(
      'roster/unknown-officer',
    )
    expect(await bad({ matrix: { ...matrix, officers: matrix.officers.map(() => one) } })).toBe(
      'roster/bad-matrix',
    )
    expect(await bad({ matrix: { ...matrix, posts: [{ postId: w.newId(), pattern: 0 }] } })).toBe(
      'roster/unknown-post',
    )
    expect(await bad({ matrix: { ...matrix, posts: [{ postId: b.gate, pattern: 9 }] } })).toBe(
      'roster/bad-matrix',
    )
    expect(await bad({ matrix: { ...matrix, duties: [] } })).toBe('roster/bad-matrix')
    expect(await bad({ matrix: { ...matrix, duties: [{ post: 0, bands: 0 }] } })).toBe('kernel/bad-input')
    expect(await bad({ matrix: { ...matrix, duties: [{ post: 0, bands: 255 }] } })).toBe('roster/bad-matrix')
    expect(await bad({ matrix: null })).toBe('kernel/bad-input')
    expect(await bad({ fromDay: '2021-11-10', untilDay: '2021-11-04' })).toBe('roster/bad-span')
    expect(await bad({ untilDay: '2031-11-04' })).toBe('roster/bad-span')
    expect(await bad({ untilDay: '4. November' })).toBe('kernel/bad-input')
    expect(await bad({ operationId: w.newId() })).toMatch(/^operations\//)
    expect(await bad({ basedOn: null })).toBe('roster/stale-draft')
    expect(await bad({ force: true })).toBe('kernel/bad-input')
    expect(await bad({ replaces: w.newId() })).toBe('roster/changed-meanwhile')
    expect(await zhou.asks(plans, { operationId })).toEqual([])
  })

  it('RST43 only the command post drafts, and only for the whole agency', async () => {
    const zheng = w.person('郑例二', ['officer'])
    const feng = w.person('冯样三', ['dutyOfficer'], { unitIds: [b.unitId] })
    const made = written([[one, 6, gate('morning')]], { basedOn: 2 })
    expect(await zheng.isRefused(adopt, made)).toBe('kernel/no-right')
    expect(await feng.isRefused(adopt, { ...made, planId: w.newId() })).toBe('roster/whole-agency-only')
    expect(await feng.isRefused(publish, { planId: made.planId, revision: 1 })).toBe('kernel/no-right')
    expect(await zheng.mayNotAsk(planBoard, { planId: made.planId })).toBe('kernel/no-right')
    expect(await zhou.mayNotAsk(planBoard, { planId: w.newId() })).toBe('kernel/missing')
    expect(await zhou.mayNotAsk(board, { operationId, fromDay: '2021-11-04', untilDay: '2022-11-04' })).toBe(
      'roster/bad-span',
    )
    const seat = {
      planId: null,
      operationId,
      postId: w.newId(),
      patternId: patterns.fourBySix,
      band: 'morning',
      day: '2021-11-09',
    }
    expect(await zhou.mayNotAsk(explain, seat)).toBe('roster/unknown-post')
  })

  it('RST44 rules of rest are versioned and bind from their day', async () => {
    const rules = { minRestMinutes: 600, maxDutyMinutes: 480 }
    expect(await zhou.does(setRestRules, { beginsOn: '2021-12-01', rules })).toEqual({ ruleSet: 1 })
    expect((await zhou.asks(restRulesInForce, { on: '2021-11-30' })).ruleSet).toBe(0)
    const found = await zhou.asks(restRulesInForce, { on: '2021-12-01' })
    expect(found).toMatchObject({
      ruleSet: 1,
      rules: { minRestMinutes: 600, maxDutyMinutes: 480, maxNightsInRow: 5 },
    })
    expect(
      await zhou.isRefused(setRestRules, { beginsOn: '2021-12-01', rules: { maxDutyMinutes: 1800 } }),
    ).toBe('kernel/bad-input')
    expect(await zhou.isRefused(setRestRules, { beginsOn: '2021-12-01', rules: { maxDutyMinutes: 0 } })).toBe(
      'kernel/bad-input',
    )
  })

  it('RST45 solving for days without demand says what is missing', async () => {
    await expect(
      solves(w, zhou, { operationId, fromDay: '2022-03-01', untilDay: '2022-03-07', seconds: 1 }),
    ).rejects.toMatchObject({ code: 'roster/unsound' })
    await zhou.does(setDemands, {
      lines: [
        {
          demandId: w.newId(),
          postId: b.checkpoint,
          patternId: patterns.standby,
          bands: ['whole'],
          heads: 1,
          beginsOn: '2022-04-01',
          endsOn: '2022-04-02',
        },
      ],
    })
    await expect(
      solves(w, zhou, { operationId, fromDay: '2022-04-01', untilDay: '2022-04-02', seconds: 1 }),
    ).rejects.toMatchObject({ code: 'roster/unsound' })
  })
})
