// Rest that is owed because of what was worked: it arises by itself, is granted or passed over by order, and binds.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  editCell,
  grantRest,
  openDraft,
  orderBeyondRest,
  ownShare,
  breaks,
  restOwed,
} from '../roster/contracts.ts'
import { engineProblem, roster } from '../roster/index.ts'
import { checkInMany, setRight } from './contracts.ts'
import { at, bureau, firstDay, modules, publishes, secondDay } from './test-bureau.ts'

const thirdDay = '2021-11-06'

describe('rest that is owed', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const { operationId, patternOf } = b
  w.clock.set(at(firstDay, 7))
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: 4, day: firstDay, post: 'standby', bands: ['whole'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 0, day: secondDay, post: 'gate', bands: ['morning'] },
    { officer: 0, day: thirdDay, post: 'gate', bands: ['afternoon'] },
  ])
  const idOf = (officer: number) => b.officers[officer] ?? ''
  const hands = await w.kernel.reader(boss.actor)
  const restWatches = (roster.watches ?? []).filter(one => one.key === 'roster.restNotGranted')
  const owed = async (input: { unitId?: string } = {}) => (await boss.asks(restOwed, input)).rows
  const worked = (
    officer: number,
    day: string,
    post: 'gate' | 'checkpoint' | 'standby',
    band: string,
    from: string,
    until: string,
  ) =>
    boss.does(setRight, {
      ...{ presenceId: w.newId(), officerId: idOf(officer), day, postId: b[post] },
      ...{ patternId: patternOf[post], band, cameAt: from, leftAt: until, why: '按登记簿补录' },
    })
  const seen = async () =>
    (
      await hands.read(db => Promise.all(restWatches.map(one => one.detect(db, w.clock.now.toISOString()))))
    ).flat()
  const debtOf = async (officer: number) => {
    const found = (await owed()).find(one => one.officerId === idOf(officer))
    if (!found) throw new Error('nothing is owed to him')
    return { operationId, officerId: found.officerId, cause: found.cause, arisenAt: found.arisenAt, found }
  }

  it('RST162 what is worked by the rules owes nothing: a break within a duty, a standby of 24 hours, a late hand-over', async () => {
    w.clock.set(at(firstDay, 33))
    await worked(2, firstDay, 'gate', 'morning', at(firstDay, 7, 50), at(firstDay, 13))
    await worked(2, firstDay, 'gate', 'afternoon', at(firstDay, 15), at(firstDay, 20, 15))
    await worked(4, firstDay, 'standby', 'whole', at(firstDay, 8), at(firstDay, 32))
    expect(await owed()).toEqual([])
  })

  it('RST162 a relief that came late owes rest before the rule is broken: the next duty begins too soon', async () => {
    // The morning ended at 14:00; he was there until 23:40, and the next morning begins at 08:00.
    w.clock.set(at(firstDay, 24))
    await worked(0, firstDay, 'gate', 'morning', at(firstDay, 8), at(firstDay, 23, 40))
    const rows = await owed()
    expect(rows.map(one => [one.name, one.cause, one.state])).toEqual([
      ['周示一', 'short', 'owed'],
      ['周示一', 'long', 'owed'],
    ])
    expect(rows[0]).toMatchObject({
      zh: '下岗到下一班只有 8.3 小时，应休 11 小时',
      owedMinutes: 660,
      from: at(firstDay, 23, 40),
      until: at(firstDay, 34, 40),
    })
    expect(rows[1]).toMatchObject({ zh: '连续在岗 15.7 小时，上限 12 小时', owedMinutes: 1440 })
    // He reads it himself; nobody else does.
    expect((await b.person(0).asks(ownShare, {})).rest).toHaveLength(2)
    expect((await b.person(2).asks(ownShare, {})).rest).toEqual([])
  })

  it('RST168 who has not been granted it after four hours is watched, after twelve in red', async () => {
    w.clock.set(at(firstDay, 23, 50))
    expect(await seen()).toEqual([])
    w.clock.set(at(firstDay, 27, 45))
    const found = await seen()
    // On duty for twelve hours at 20:00, gone at 23:40.
    expect(found.map(one => [one.title.zh, one.severity])).toEqual([
      ['周示一应补休未安排：两班之间休息不足', 'amber'],
      ['周示一应补休未安排：连续在岗超时', 'amber'],
    ])
    expect(found[0]?.link).toBe(`/roster/fairness?open=${idOf(0)}.short`)
    w.clock.set(at(firstDay, 31, 55))
    expect((await seen()).map(one => one.severity)).toEqual(['amber', 'amber'])
    w.clock.set(at(firstDay, 32))
    expect((await seen()).at(-1)?.severity).toBe('red')
    w.clock.set(at(firstDay, 24))
  })

  it('RST164 a rest is granted in one piece, after he left, not too late, and once', async () => {
    const { found, ...debt } = await debtOf(0)
    const ask = (from: string, until: string, more = {}) =>
      boss.isRefused(grantRest, { grantId: w.newId(), ...debt, from, until, ...more })
    expect(await ask(at(firstDay, 23), at(firstDay, 40))).toBe('roster/rest-too-early')
    expect(await ask(found.from, at(firstDay, 34))).toBe('roster/rest-too-short')
    expect(await ask(at('2021-11-13', 8), at('2021-11-13', 20))).toBe('roster/rest-too-late')
    expect(await ask(found.from, at('2021-11-09', 0))).toBe('roster/rest-too-late')
    expect(await ask(found.from, found.until, { cause: 'noDayOff' })).toBe('roster/rest-not-owed')
    expect(await ask(found.from, found.until, { officerId: idOf(2) })).toBe('roster/rest-not-owed')
    expect(await ask(found.from, found.until, { officerId: w.newId() })).toBe('roster/unknown-officer')
    const scoped = w.person('赵示三', ['dutyOfficer'], { unitIds: [b.west] })
    const rest = { grantId: w.newId(), ...debt, from: found.from, until: found.until }
    expect(await scoped.isRefused(grantRest, rest)).toBe('roster/unknown-officer')
    for (const person of [b.person(0), w.person('李示二', ['unitLeader'])]) {
      expect(await person.isRefused(grantRest, rest)).toBe('kernel/no-right')
      await expect(person.asks(restOwed, {})).rejects.toMatchObject({ code: 'kernel/no-right' })
    }
  })

  it('RST164 one long rest is had for all that is owed', async () => {
    const { found, ...debt } = await debtOf(0)
    const long = (await owed()).find(one => one.cause === 'long')
    const span = { from: long?.from ?? '', until: long?.until ?? '' }
    const grantId = w.newId()
    expect(await boss.does(grantRest, { grantId, ...debt, ...span })).toEqual({ duties: 1 })
    expect((await owed()).map(one => [one.cause, one.state])).toEqual([
      ['short', 'granted'],
      ['long', 'granted'],
    ])
    expect(found.state).toBe('owed')
    w.clock.set(at(firstDay, 31, 55))
    expect(await seen()).toEqual([])
    w.clock.set(at(firstDay, 24))
    expect(await boss.isRefused(grantRest, { grantId: w.newId(), ...debt, ...span })).toBe(
      'roster/rest-granted-already',
    )
  })

  it('RST165 the engine is given it, the published duty in it breaks, and a hand edit into it is refused', async () => {
    const span = { operationId, fromDay: secondDay, untilDay: thirdDay }
    const now = w.clock.now.toISOString()
    const problem = await hands.read(db => engineProblem(db, w.agency, span, now))
    const officer = problem.officers.find(one => one.id === idOf(0))
    expect(officer?.unavailable).toContainEqual({ from: -500, until: 940 })
    const broken = await boss.asks(breaks, { operationId })
    expect(broken.rows.map(one => [one.name, one.duty.day, one.broken.rule])).toEqual([
      ['周示一', secondDay, 'RST5'],
    ])
    const planId = w.newId()
    await boss.does(openDraft, { planId, operationId, fromDay: secondDay, untilDay: thirdDay })
    const put = (revision: number, bands: string[] | null) => ({
      planId,
      revision,
      edits: [
        {
          officerId: idOf(0),
          day: secondDay,
          duty: bands && { postId: b.gate, patternId: patternOf.gate, bands },
        },
      ],
    })
    await boss.does(editCell, put(1, null))
    expect(await boss.isRefused(editCell, put(2, ['afternoon']))).toBe('roster/rules-broken')
  })

  it('RST166 an order beyond the rule names who gave it and why, cuts the rest short, and is told', async () => {
    const { found, ...debt } = await debtOf(0)
    const order = (more: object) => ({
      orderId: w.newId(),
      ...debt,
      orderer: '李示二',
      reason: '封控区突发聚集，无人可替',
      ...more,
    })
    for (const more of [{ orderer: ' ' }, { reason: '' }]) {
      expect(await boss.isRefused(orderBeyondRest, order(more))).toBe('roster/rest-reason-needed')
    }
    expect(await boss.isRefused(orderBeyondRest, order({ arisenAt: at(firstDay, 1) }))).toBe(
      'roster/rest-not-owed',
    )
    expect(await b.person(0).isRefused(orderBeyondRest, order({}))).toBe('kernel/no-right')
    await boss.does(orderBeyondRest, order({}))
    const rows = await owed()
    expect(rows.map(one => [one.cause, one.state, one.order?.orderer ?? null])).toEqual([
      ['short', 'ordered', '李示二'],
      ['long', 'owed', null],
    ])
    expect(rows[0]?.order?.reason).toBe('封控区突发聚集，无人可替')
    expect((await boss.asks(breaks, { operationId })).rows).toEqual([])
    expect(await boss.isRefused(orderBeyondRest, order({}))).toBe('roster/rest-ordered-already')
    expect(found.state).toBe('granted')
  })

  it('RST163 it is owed until so much rest was had in one piece, and what was missed comes on top', async () => {
    // He comes at 08:00 after 8 h 20; from then on it is what was missed that is owed.
    w.clock.set(at(secondDay, 7, 55))
    await boss.does(checkInMany, {
      ...{ day: secondDay, patternId: patternOf.gate, band: 'morning' },
      posts: [{ postId: b.gate, officerIds: [idOf(0)] }],
    })
    w.clock.set(at(secondDay, 10))
    const [short] = await owed()
    // Eleven hours, and the two and three quarters that were missed. It can begin when his duty ends.
    expect(short).toMatchObject({
      zh: '两班之间只休了 8.3 小时，应休 11 小时',
      owedMinutes: 660 + 660 - 495,
      state: 'owed',
      from: at(secondDay, 14),
    })
    w.clock.set(at(secondDay, 14 + 13, 40))
    expect((await owed()).map(one => one.cause)).toEqual(['short', 'long'])
    w.clock.set(at(secondDay, 14 + 13, 46))
    expect((await owed()).map(one => one.cause)).toEqual(['long'])
    w.clock.set(at(secondDay, 14 + 24, 1))
    expect(await owed()).toEqual([])
  })

  it('RST169 by name, in the order of unit and name; by unit and scope', async () => {
    w.clock.set(at(thirdDay, 27))
    for (const officer of [6, 1, 3, 0]) {
      await worked(officer, thirdDay, 'checkpoint', 'early', at(thirdDay, 8), at(thirdDay, 20 + officer, 40))
    }
    const rows = await owed()
    expect(rows.map(one => [one.unitName, one.name])).toEqual([
      ['城东所', '蒋示七'],
      ['城东所', '周示一'],
      ['城西所', '陈示四'],
      ['城西所', '郑例二'],
    ])
    expect((await owed({ unitId: b.west })).map(one => one.unitName)).toEqual(['城西所', '城西所'])
    const scoped = w.person('赵示三', ['dutyOfficer'], { unitIds: [b.west] })
    expect((await scoped.asks(restOwed, {})).rows).toHaveLength(2)
    for (const wrong of [{ unitId: '' }, { unitId: 7 }, { order: 'owedMinutes' }]) {
      await expect(boss.asks(restOwed, wrong as never)).rejects.toMatchObject({ code: 'kernel/bad-input' })
    }
  })
})
