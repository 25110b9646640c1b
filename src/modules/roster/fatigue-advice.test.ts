// Advice on a plan: told of a place and of a draft to whoever plans, to nobody else, and kept nowhere.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { editCell, explain, openDraft, planFatigue } from './contracts.ts'
import { at, lived, livedModules } from './test-lived.ts'

const days = ['2021-11-04', '2021-11-05', '2021-11-06'] as const

describe('how sleepy a plan makes', async () => {
  const w = await world(livedModules)
  w.clock.set('2021-11-03T00:00:00.000Z')
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await lived(w, boss)
  const planId = w.newId()
  const { operationId } = b
  await boss.does(openDraft, { planId, operationId, fromDay: days[0], untilDay: days[2] })
  const gate = (bands: string[]) => ({ postId: b.gate, patternId: b.patterns.fourBySix, bands })
  const edit = (revision: number, officer: number, day: string, bands: string[] | null) =>
    boss.does(editCell, {
      planId,
      revision,
      edits: [{ officerId: b.officers[officer] ?? '', day, duty: bands && gate(bands) }],
    })
  const place = (officer: number, day: string, band: string, plan: string | null = planId) => ({
    planId: plan,
    operationId,
    postId: b.gate,
    patternId: b.patterns.fourBySix,
    band,
    day,
    officerId: b.officers[officer] ?? null,
  })
  let { revision } = await edit(1, 0, days[0], ['evening'])
  revision = (await edit(revision, 1, days[0], ['morning'])).revision

  it('RST153 a place of a draft tells the highest value, when, and for how long', async () => {
    const night = await boss.asks(explain, place(0, days[0], 'evening'))
    const advice = night.facts?.fatigue
    expect(advice?.peak).toBeGreaterThanOrEqual(7)
    expect(advice?.sleepyMinutes).toBeGreaterThanOrEqual(30)
    // The evening ends at 02:00, nineteen hours after he woke: its last minutes are the worst.
    expect(Date.parse(advice?.at ?? '')).toBeGreaterThan(Date.parse(at(days[0], 25, 30)))
    const morning = await boss.asks(explain, place(1, days[0], 'morning'))
    expect(morning.facts?.fatigue?.peak).toBeLessThan(6.5)
    expect(morning.facts?.fatigue?.sleepyMinutes).toBe(0)
    // Nobody stands there: there is nothing to tell but of those who could.
    const open = await boss.asks(explain, { ...place(2, days[0], 'evening'), officerId: null })
    expect(open.facts).toBeNull()
    expect(open.others.every(one => (one.fatigue?.peak ?? 0) >= 7)).toBe(true)
    expect(open.others.length).toBeGreaterThan(0)
  })

  it('RST153 a hand edit is told anew: the day before tells in the day after', async () => {
    const look = async () =>
      (await boss.asks(explain, place(1, days[1], 'morning'))).facts?.fatigue?.peak ?? 0
    revision = (await edit(revision, 1, days[0], ['morning'])).revision
    revision = (await edit(revision, 1, days[1], ['morning'])).revision
    const rested = await look()
    // The evening ends at 02:00, and eleven hours of rest lead into the afternoon.
    revision = (await edit(revision, 1, days[1], null)).revision
    revision = (await edit(revision, 1, days[0], ['evening'])).revision
    revision = (await edit(revision, 1, days[1], ['afternoon'])).revision
    const late = (await boss.asks(explain, place(1, days[1], 'afternoon'))).facts?.fatigue
    expect(rested).toBeLessThan(6.5)
    expect(late?.peak).toBeDefined()
    expect(late?.peak).not.toBe(rested)
  })

  it('RST154 a draft lists its worst places, without a name, and counts its duties', async () => {
    const found = await boss.asks(planFatigue, { planId })
    expect(found).toMatchObject({ duties: 3, sleepy: found.rows.reduce((sum, row) => sum + row.heads, 0) })
    expect(found.rows[0]).toMatchObject({ postName: '东门封控点', day: days[0], heads: 2 })
    expect(found.rows[0]?.bands.map(band => band.key)).toEqual(['evening'])
    const peaks = found.rows.map(row => row.peak)
    expect(peaks).toEqual([...peaks].sort((a, c) => c - a))
    const said = JSON.stringify(found)
    for (const officerId of b.officers) expect(said).not.toContain(officerId)
    // What has begun is let be: nobody can plan it any more.
    w.clock.set(at(days[0], 26, 30))
    expect((await boss.asks(planFatigue, { planId })).duties).toBe(1)
    w.clock.set('2021-11-03T00:00:00.000Z')
  })

  it('RST153 only who plans may ask, and a stranger gets nothing', async () => {
    const leader = b.leader('李示二', 'east')
    for (const person of [leader, b.person(0), w.person('督示一', ['inspector'])]) {
      await expect(person.asks(planFatigue, { planId })).rejects.toMatchObject({ code: 'kernel/no-right' })
      await expect(person.asks(explain, place(0, days[0], 'evening'))).rejects.toMatchObject({
        code: 'kernel/no-right',
      })
    }
    await expect(boss.asks(planFatigue, { planId: w.newId() })).rejects.toMatchObject({
      code: 'kernel/missing',
    })
    for (const wrong of [
      {},
      { planId: '' },
      { planId: 1 },
      { planId, name: '周' },
      { planId: `${planId}'--` },
    ]) {
      await expect(boss.asks(planFatigue, wrong as never)).rejects.toMatchObject({ code: 'kernel/bad-input' })
    }
  })

  it('RST153 it is on no record: no table has a column for it, and asking writes nothing', async () => {
    const schema = readFileSync(new URL('../../../migrations/schema.sql', import.meta.url), 'utf8')
    expect(schema).toMatch(/create table app\.assignment/i)
    expect(schema).not.toMatch(/fatigue|sleepi|\bkss\b/i)
    const count = async () =>
      (await w.owner.query<{ n: string }>('select count(*) as n from app.journal')).rows[0]?.n
    const before = await count()
    await boss.asks(planFatigue, { planId })
    await boss.asks(explain, place(0, days[0], 'evening'))
    expect(await count()).toBe(before)
  })
})
