import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  adopt,
  balanced,
  comparison,
  openDraft,
  plan,
  plans,
  preferenceInForce,
  presets,
  publish,
  setPreference,
  solveInput,
} from './contracts.ts'
import { readInputs } from './inputs.ts'
import { weightsOf } from './preference.ts'
import { buildProblem } from './problem.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { stranger, supposes } from './test-what-if.ts'

describe('what the rosters of an operation lean to', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['dutyOfficer'])
  w.clock.set('2021-11-03T06:00:00.000Z')
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const days = { fromDay: firstDay, untilDay: lastDay }
  const span = { operationId, ...days }
  const quick = { ...span, seconds: 1, stopWhenCovered: true }
  const [first, second] = [w.newId(), w.newId()]
  const inForce = () => zheng.asks(preferenceInForce, { operationId })

  it('RST243 a choice is made with a solution and kept with the draft', async () => {
    const found = await solves(w, zhou, { ...quick, preference: presets.even })
    expect(found.solver.preference).toEqual(presets.even)
    expect(found.best.open).toBe(0)
    await zhou.does(adopt, adoption(first, found))
    const [row] = await zhou.asks(plans, { operationId })
    expect(row?.solver?.preference).toEqual(presets.even)
    expect((await zhou.asks(plan, { planId: first })).solver?.preference).toEqual(presets.even)
  })

  it('RST244 an operation leans to nothing until it is told, then drafts and what-ifs that name nothing do', async () => {
    expect(await inForce()).toEqual({ preference: balanced, setAt: null })
    await zheng.does(setPreference, { operationId, preference: presets.near })
    await zheng.does(setPreference, { operationId, preference: presets.steady })
    expect(await inForce()).toEqual({ preference: presets.steady, setAt: '2021-11-03T06:00:00.000Z' })
    const found = await solves(w, zhou, quick)
    expect(found.solver.preference).toEqual(presets.steady)
    const suppositions = [{ kind: 'absent' as const, people: 2, ...days }]
    const supposed = await supposes(w, zhou, { ...span, seconds: 1, suppositions })
    expect(supposed.result.preference).toEqual(presets.steady)
    const other = await supposes(w, zhou, { ...span, seconds: 1, suppositions, preference: presets.near })
    expect(other.result.preference).toEqual(presets.near)
    // The draft of before keeps its own.
    await zhou.does(adopt, adoption(second, found, { beside: [first] }))
    const rows = await zhou.asks(plans, { operationId })
    expect(rows.map(one => [one.planId, one.solver?.preference])).toEqual(
      expect.arrayContaining([
        [first, presets.even],
        [second, presets.steady],
      ]),
    )
  })

  it('RST244 what is built from the books is weighed by the standing choice, or by the one that is named', async () => {
    const hands = await w.kernel.reader(zhou.actor)
    const now = w.clock.now.toISOString()
    const inputs = await hands.read(db => readInputs(db, w.agency, operationId, firstDay, lastDay, now))
    expect(buildProblem(inputs).problem.weights).toEqual(weightsOf(presets.steady))
    const named = buildProblem(inputs, { preference: presets.near })
    expect(named.problem.weights).toEqual(weightsOf(presets.near))
  })

  it('RST243 a comparison tells what each side was made to lean to', async () => {
    const [a, other] = [first, second].map(planId => ({ kind: 'plan' as const, planId }))
    const both = await zhou.asks(comparison, { operationId, a: a!, b: other! })
    expect([both.a.preference, both.b.preference]).toEqual([presets.even, presets.steady])
    await zhou.does(publish, { planId: second, revision: 1 })
    const opened = w.newId()
    await zhou.does(openDraft, { planId: opened, ...span, beside: [first] })
    const bare = await zhou.asks(comparison, {
      operationId,
      a: { kind: 'live' },
      b: { kind: 'plan', planId: opened },
    })
    expect([bare.a.preference, bare.b.preference]).toEqual([null, null])
  })

  it('RST245 who may solve may set it, whole and in words that there are; nobody else', async () => {
    const set = { operationId, preference: balanced }
    const hostile: unknown[] = [
      { ...set, preference: { ...balanced, even: 'most' } },
      { ...set, preference: { ...balanced, even: 9 } },
      { ...set, preference: { even: 'usual', steady: 'usual' } },
      { ...set, preference: { ...balanced, cover: 'minor' } },
      { ...set, preference: null },
      { ...set, preference: "'; drop table app.roster_preference; --" },
      { preference: balanced },
    ]
    for (const input of hostile) {
      expect(await zheng.isRefused(setPreference, input as never)).toBe('kernel/bad-input')
    }
    expect(solveInput.safeParse({ ...quick, preference: { ...balanced, even: 'most' } }).success).toBe(false)
    const leader = w.person('冯样三', ['unitLeader'])
    expect(await leader.isRefused(setPreference, set)).toBe('kernel/no-right')
    expect(await leader.mayNotAsk(preferenceInForce, { operationId })).toBe('kernel/no-right')
    const part = w.person('陈例四', ['commander'], { unitIds: [b.unitId] })
    expect(await part.isRefused(setPreference, set)).toBe('roster/whole-agency-only')
    expect(await zheng.isRefused(setPreference, { ...set, operationId: w.newId() })).toMatch(/missing/)
    const other = await stranger(w)
    expect(await other.isRefused(setPreference, set)).toMatch(/missing/)
    expect(await other.asks(preferenceInForce, { operationId })).toEqual({
      preference: balanced,
      setAt: null,
    })
    expect(await inForce()).toMatchObject({ preference: presets.steady })
  })
})
