import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import { reportUnavailable } from '../people/contracts.ts'
import { adopt, comparison, discard, editCell, openDraft, publish } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { stranger } from './test-what-if.ts'

describe('two rosters compared', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const leader = w.person('冯样三', ['unitLeader'])
  w.clock.set('2021-11-03T06:00:00.000Z')
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const span = { operationId, fromDay: firstDay, untilDay: lastDay }
  const [first, draft] = [w.newId(), w.newId()]
  await zhou.does(
    adopt,
    adoption(first, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId: first, revision: 1 })
  const live = { kind: 'live' } as const
  const ofDraft = { kind: 'plan', planId: draft } as const
  /** Somebody on duty on a day that has not begun, and somebody off. */
  const duties = async (day: string) =>
    (
      await w.owner.query<{ officer_id: string; post_id: string; pattern_id: string; bands: string[] }>(
        'select officer_id, post_id, pattern_id, bands from app.assignment where day = $1 order by assignment_id',
        [day],
      )
    ).rows

  it('RST195 a draft that was only opened differs in nothing', async () => {
    await zhou.does(openDraft, { planId: draft, ...span, name: '调整稿' })
    const found = await zhou.asks(comparison, { operationId, a: live, b: ofDraft })
    expect(found.totals).toMatchObject({ gained: 0, lost: 0, moved: 0, retimed: 0, officers: 0 })
    expect(found.totals.same).toBe(found.a.duties)
    expect(found).toMatchObject({ fromDay: firstDay, untilDay: lastDay, rows: [], total: 0 })
    expect(found.b).toMatchObject({ name: '调整稿', duties: found.a.duties })
  })

  it('RST196 each changed day is told with what each side has, and what officers gain and lose', async () => {
    const day = '2021-11-06'
    const [one] = await duties(day)
    expect(one).toBeDefined()
    await zhou.does(editCell, {
      planId: draft,
      revision: 1,
      edits: [{ officerId: one?.officer_id ?? '', day, duty: null }],
    })
    const found = await zhou.asks(comparison, { operationId, a: live, b: ofDraft })
    expect(found.totals).toMatchObject({ gained: 0, lost: 1, officers: 1 })
    expect(found.days.find(each => each.day === day)).toMatchObject({ lost: 1, gained: 0 })
    const [row] = found.rows
    expect(row).toMatchObject({ officerId: one?.officer_id, unitName: '城东所' })
    expect(row?.changes).toMatchObject([{ day, kind: 'lost', after: null, reason: null }])
    expect(row?.duties).toEqual([(row?.duties[1] ?? 0) + 1, row?.duties[1]])
    expect(row?.minutes[0]).toBeGreaterThan(row?.minutes[1] ?? 0)
    // 6 November 2021 is a Saturday.
    expect(row?.weekends[0]).toBe((row?.weekends[1] ?? 0) + 1)
    expect(found.shifts.weekends).toEqual([0, 1])
    // The other way round it is gained, and the place that it fills was open.
    const back = await zhou.asks(comparison, { operationId, a: ofDraft, b: live })
    expect(back.totals).toMatchObject({ gained: 1, lost: 0 })
    expect(back.rows[0]?.changes[0]?.reason).toMatchObject({ kind: 'fillsOpen' })
  })

  it('RST197 a rule that keeps somebody from what he had is named', async () => {
    const day = '2021-11-06'
    const sick = (await duties(day))[1]
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: sick?.officer_id ?? '',
      state: 'unavailable',
      beginsAt: '2021-11-05T00:00:00Z',
      endsAt: '2021-11-12T00:00:00Z',
    })
    const found = await solves(w, zhou, { ...span, seconds: 1 })
    await zhou.does(discard, { planId: draft, revision: 2 })
    const second = w.newId()
    await zhou.does(adopt, adoption(second, found))
    const asked = { operationId, a: live, b: { kind: 'plan' as const, planId: second } }
    const { rows } = await zhou.asks(comparison, asked)
    const his = rows.find(one => one.officerId === sick?.officer_id)
    const change = his?.changes.find(one => one.day === day)
    expect(change).toMatchObject({ after: null, reason: { kind: 'rule', rule: 'RST5', zh: '该时段不可用' } })
    await zhou.does(publish, { planId: second, revision: 1 })
    // As published, version one against version two says the same.
    const [one, two] = [1, 2].map(version => ({ kind: 'version' as const, version }))
    const versions = await zhou.asks(comparison, { operationId, a: one as never, b: two as never })
    expect(versions.rows.map(row => [row.officerId, row.duties, row.minutes])).toEqual(
      rows.map(row => [row.officerId, row.duties, row.minutes]),
    )
    const same = await zhou.asks(comparison, { operationId, a: two as never, b: live })
    expect(same.totals).toMatchObject({ gained: 0, lost: 0, moved: 0, retimed: 0 })
    expect(same.totals.same).toBe(
      (await zhou.asks(comparison, { operationId, a: one as never, b: live })).b.duties,
    )
  })

  it('RST198 it goes out as Excel by officer, by change and by day', async () => {
    const maker = w.kernel.registry.files.get('roster.exportComparison')
    const input = { operationId, a: { kind: 'version', version: 1 }, b: live }
    const hands = await w.kernel.reader(zhou.actor)
    const file = await maker?.make(maker.input.parse(input) as never, hands)
    expect(file?.fileName).toBe('方案比较-2021-11-04-2021-11-10.xlsx')
    const { rows, totals } = await zhou.asks(comparison, {
      ...input,
      a: { kind: 'version', version: 1 },
      limit: 5_000,
    })
    const sheets = await readSheets(file?.bytes ?? new Uint8Array(), file?.fileName ?? '')
    expect(JSON.stringify(sheets)).toContain('该时段不可用')
    expect(rows.flatMap(row => row.changes)).toHaveLength(
      totals.gained + totals.lost + totals.moved + totals.retimed,
    )
  })

  it('RST199 what cannot be compared is refused in words', async () => {
    const plan = (planId: string) => ({ kind: 'plan' as const, planId })
    const asked = { operationId, a: live, b: plan(first) }
    expect(await zhou.mayNotAsk(comparison, { ...asked, b: live })).toBe('roster/same-plan')
    expect(await zhou.mayNotAsk(comparison, { ...asked, b: plan(w.newId()) })).toBe('kernel/missing')
    expect(await zhou.mayNotAsk(comparison, { ...asked, b: { kind: 'version', version: 9 } })).toBe(
      'kernel/missing',
    )
    expect(await zhou.mayNotAsk(comparison, { ...asked, operationId: w.newId() })).toBe('kernel/missing')
    expect(await zhou.mayNotAsk(comparison, { ...asked, b: { kind: 'version', version: 'x' } })).toBe(
      'kernel/bad-input',
    )
    const later = w.newId()
    const after = { operationId, fromDay: '2021-11-20', untilDay: '2021-11-22' }
    await zhou.does(openDraft, { planId: later, ...after })
    expect(await zhou.mayNotAsk(comparison, { operationId, a: plan(first), b: plan(later) })).toBe(
      'roster/no-common-days',
    )
    expect(await leader.mayNotAsk(comparison, asked)).toBe('kernel/no-right')
    const han = await stranger(w)
    expect(await han.mayNotAsk(comparison, asked)).toBe('kernel/missing')
  })
})
