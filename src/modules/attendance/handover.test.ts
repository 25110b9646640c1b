// The hand-over of a post from band to band: given, signed, returned, and what is held.
import { describe, expect, it } from 'vitest'
import { reviews } from '../../kernel/books/contracts.ts'
import { httpWorld } from '../../kernel/http/http-world.ts'
import type { InputOf } from '../../kernel/contract.ts'
import type { Module } from '../../kernel/module.ts'
import { type Person, world } from '../../kernel/world.ts'
import {
  giveHandover,
  handoverBook,
  myHandover,
  nameSuccessor,
  openHandoverBook,
  relieveOfficer,
  returnHandover,
  settleHandover,
  signHandover,
} from './contracts.ts'
import { at, bureau, firstDay, modules, publishes, secondDay } from './test-bureau.ts'

type Given = InputOf<typeof giveHandover>
const [zhouAt, zhengAt, fengAt, chenAt, chuAt, weiAt, jiangAt, , hanAt] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const noCounts = { vehicles: 0, people: 0, vehiclesTurned: 0, peopleTurned: 0, fevers: 0, transferred: 0 }
const opening = [
  { kind: 'stock' as const, name: 'N95口罩', unit: '只', count: 40 },
  { kind: 'equipment' as const, name: '对讲机', unit: '台', count: 2 },
]

describe('hand-over', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: zhouAt, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: fengAt, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: chuAt, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: jiangAt, day: firstDay, post: 'gate', bands: ['night'] },
    { officer: hanAt, day: firstDay, post: 'gate', bands: ['night'] },
    { officer: chenAt, day: secondDay, post: 'gate', bands: ['morning'] },
    { officer: zhengAt, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: weiAt, day: firstDay, post: 'checkpoint', bands: ['late'] },
  ])
  const person = (n: number) => b.person(n)
  const east = w.person('李示三', ['unitLeader'], { unitIds: [b.east] })
  const west = w.person('赵示四', ['unitLeader'], { unitIds: [b.west] })
  const [zhou, feng, chu, jiang, han] = [zhouAt, fengAt, chuAt, jiangAt, hanAt].map(person) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ]
  const officer = (n: number) => b.officers[n] ?? ''
  const seat = (band: string, day = firstDay) => ({ postId: b.gate, day, patternId: b.patternOf.gate, band })
  const items = (masks: number, radios = 2): Given['items'] => [
    { kind: 'stock', name: 'N95口罩', unit: '只', counted: masks, condition: '' },
    { kind: 'equipment', name: '对讲机', unit: '台', counted: radios, condition: '完好' },
  ]
  const page = (band: string, masks: number, more: Partial<Given> = {}): Given => ({
    ...{ handoverId: w.newId(), ...seat(band), successorId: null, weather: '晴', counts: noCounts },
    ...{ events: '', orders: '', mustKnow: '', items: items(masks), opened: [], closed: [] },
    ...more,
  })
  const held = async (problem: string) => {
    const { rows } = await boss.asks(reviews, { state: 'open' })
    return rows.find(row => row.reason.code === `attendance/${problem}`)
  }
  const newest = async () => (await boss.asks(handoverBook, { postId: b.gate })).rows[0]
  const morning = page('morning', 40)
  const afternoon = page('afternoon', 40)
  const evening = page('evening', 34)
  const matterId = w.newId()

  it('HND1 a post hands over in writing from the day that a leader opens its book, with what stands there', async () => {
    w.clock.set(at(firstDay, 8, 10))
    expect(await zhou.isRefused(giveHandover, morning)).toBe('attendance/no-handover-book')
    expect((await held('no-handover-book'))?.reason.message.zh).toBe('“东门封控点”还没有启用交接班记录。')
    expect((await zhou.asks(myHandover)).give).toBeNull()
    expect(await zhou.isRefused(openHandoverBook, { postId: b.gate, items: opening })).toBe('kernel/no-right')
    expect(await west.isRefused(openHandoverBook, { postId: b.gate, items: opening })).toBe(
      'attendance/outside-scope',
    )
    await east.does(openHandoverBook, { postId: b.gate, items: opening })
    const { give } = await zhou.asks(myHandover)
    expect(give).toMatchObject({
      postName: '东门封控点',
      from: { band: 'morning' },
      to: { band: 'afternoon' },
    })
    expect(give?.successors.map(one => one.name)).toEqual(['冯样三'])
    expect(give?.items.map(one => [one.name, one.should])).toEqual([
      ['N95口罩', 40],
      ['对讲机', 2],
    ])
  })

  it('HND2 the officer of the band gives, not before it began, not for another band, never twice', async () => {
    w.clock.set(at(firstDay, 13, 40))
    expect(await feng.isRefused(giveHandover, page('morning', 40))).toBe('attendance/not-of-band')
    expect(await feng.isRefused(giveHandover, page('afternoon', 40))).toBe('attendance/handover-too-early')
    const stranger = w.person('李示一', ['viewer'])
    expect(await stranger.isRefused(giveHandover, page('morning', 40))).toBe('attendance/no-officer-account')
    expect(await zhou.isRefused(giveHandover, page('dawn', 40))).toBe('attendance/unknown-seat')
    const opened = [{ matterId, text: '货车司机等候接驳', dueAt: at(firstDay, 16, 30) }]
    const given = { ...morning, opened }
    expect(await zhou.does(giveHandover, given)).toEqual({ round: 1, successorId: officer(fengAt) })
    expect(await zhou.isRefused(giveHandover, given)).toBe('attendance/already-given')
    expect(await zhou.isRefused(giveHandover, page('morning', 40))).toBe('attendance/already-given')
    expect((await feng.asks(myHandover)).toSign.map(one => one.handoverId)).toEqual([morning.handoverId])
  })

  it('HND3 only the named successor signs: not another, not the giver for himself, not before his band opens', async () => {
    const sign = { handoverId: morning.handoverId, round: 1 }
    expect(await chu.isRefused(signHandover, sign)).toBe('attendance/not-named')
    expect((await held('not-named'))?.reason.message.zh).toBe(
      '该交接记录指定的接班人为冯样三，请由本人签收。',
    )
    expect(await zhou.isRefused(signHandover, sign)).toBe('attendance/own-handover')
    expect(await boss.isRefused(signHandover, sign)).toBe('attendance/no-officer-account')
    expect(await feng.isRefused(signHandover, { ...sign, handoverId: w.newId() })).toBe(
      'attendance/handover-missing',
    )
    w.clock.set(at(firstDay, 12, 59))
    expect(await feng.isRefused(signHandover, sign)).toBe('attendance/sign-too-early')
    w.clock.set(at(firstDay, 13, 55))
    expect(await feng.does(signHandover, sign)).toEqual({ signedAt: at(firstDay, 13, 55) })
  })

  it('HND4 signed is signed: no second signature, no return, no further round', async () => {
    const sign = { handoverId: morning.handoverId, round: 1 }
    expect(await feng.isRefused(signHandover, sign)).toBe('attendance/handover-signed')
    const back = { ...sign, why: '口罩数不对', differences: [] }
    expect(await feng.isRefused(returnHandover, back)).toBe('attendance/handover-signed')
    expect(await zhou.isRefused(giveHandover, morning)).toBe('attendance/already-given')
    expect((await newest())?.state).toBe('signed')
  })

  it('HND5 returned with a reason and the figure that differs; both figures stay', async () => {
    w.clock.set(at(firstDay, 19, 50))
    await feng.does(giveHandover, afternoon)
    const back = { handoverId: afternoon.handoverId, round: 1, why: '口罩实有34只' }
    const differs = (name: string, found: number) => ({
      ...back,
      differences: [{ kind: 'stock' as const, name, found }],
    })
    expect(await chu.isRefused(returnHandover, { ...differs('N95口罩', 34), why: '' })).toBe(
      'kernel/bad-input',
    )
    expect(await chu.isRefused(returnHandover, differs('N95口罩', -1))).toBe('kernel/bad-input')
    expect(await chu.isRefused(returnHandover, differs('N95口罩', 40))).toBe('attendance/no-difference')
    expect(await chu.isRefused(returnHandover, differs('防护服', 1))).toBe('attendance/unknown-figure')
    expect(await jiang.isRefused(returnHandover, differs('N95口罩', 34))).toBe('attendance/not-named')
    await chu.does(returnHandover, differs('N95口罩', 34))
    expect(await newest()).toMatchObject({
      state: 'returned',
      returns: [
        {
          why: '口罩实有34只',
          differences: [{ name: 'N95口罩', stated: 40, found: 34 }],
          by: { name: '褚例五' },
        },
      ],
    })
    expect(await chu.isRefused(signHandover, { handoverId: afternoon.handoverId, round: 1 })).toBe(
      'attendance/handover-returned',
    )
  })

  it('HND6 given again it is another round, and only the round that was read can be signed', async () => {
    expect(await feng.does(giveHandover, { ...afternoon, items: items(34) })).toMatchObject({ round: 2 })
    const sign = { handoverId: afternoon.handoverId, round: 1 }
    expect(await chu.isRefused(signHandover, sign)).toBe('attendance/other-round')
    await chu.does(signHandover, { ...sign, round: 2 })
    expect(await newest()).toMatchObject({
      round: 2,
      items: [{ name: 'N95口罩', should: 40, counted: 34 }, { name: '对讲机' }],
      returns: [{ differences: [{ stated: 40, found: 34 }] }],
    })
  })

  it('HND7 what should be there is what was signed last, and nothing of it is left out', async () => {
    w.clock.set(at('2021-11-05', 1, 40))
    const { give } = await chu.asks(myHandover)
    expect(give?.items.map(one => [one.name, one.should])).toEqual([
      ['N95口罩', 34],
      ['对讲机', 2],
    ])
    const named = { ...evening, successorId: officer(jiangAt) }
    const only = (name: string) => items(34).filter(one => one.name !== name)
    expect(await chu.isRefused(giveHandover, { ...named, items: only('对讲机') })).toBe(
      'attendance/item-missing',
    )
    expect(await chu.isRefused(giveHandover, { ...named, items: [...items(34), ...items(34)] })).toBe(
      'attendance/item-twice',
    )
    expect(await chu.isRefused(giveHandover, { ...named, items: items(-3) })).toBe('kernel/bad-input')
    const negative = { ...named, counts: { ...noCounts, vehicles: -1 } }
    expect(await chu.isRefused(giveHandover, negative)).toBe('kernel/bad-input')
    const thousand = Array.from({ length: 1_000 }, (_, n) => ({
      ...{ kind: 'stock' as const, name: `物${n}`, unit: '', counted: 1, condition: '' },
    }))
    expect(await chu.isRefused(giveHandover, { ...named, items: thousand })).toBe('kernel/bad-input')
  })

  it('HND8 an open matter is carried by itself until a later page closes it', async () => {
    const { give } = await chu.asks(myHandover)
    expect(give?.matters.map(one => one.text)).toEqual(['货车司机等候接驳'])
    expect((await newest())?.matters.map(one => one.matterId)).toEqual([matterId])
    const strange = { ...evening, closed: [{ matterId: w.newId(), how: '已接走' }] }
    expect(await chu.isRefused(giveHandover, { ...strange, successorId: officer(jiangAt) })).toBe(
      'attendance/matter-missing',
    )
    const taken = {
      ...evening,
      successorId: officer(jiangAt),
      opened: [{ matterId, text: '又一件', dueAt: null }],
    }
    expect(await chu.isRefused(giveHandover, taken)).toBe('attendance/id-taken')
  })

  it('HND9 of several who come the giver names one, and nobody else', async () => {
    expect(await chu.isRefused(giveHandover, evening)).toBe('attendance/name-one')
    expect(await chu.isRefused(giveHandover, { ...evening, successorId: officer(chenAt) })).toBe(
      'attendance/not-of-next-band',
    )
    expect(await chu.isRefused(giveHandover, { ...evening, successorId: officer(chuAt) })).toBe(
      'attendance/not-of-next-band',
    )
    const closed = [{ matterId, how: '16:20 由货主单位接回' }]
    await chu.does(giveHandover, { ...evening, successorId: officer(jiangAt), closed })
    expect((await newest())?.matters).toMatchObject([{ closedHow: '16:20 由货主单位接回' }])
  })

  it('HND10 the successor is changed beforehand by a leader alone, with a reason; then only the new one signs', async () => {
    const naming = { namingId: w.newId(), ...seat('evening'), officerId: officer(hanAt), why: '蒋示七送医' }
    expect(await jiang.isRefused(nameSuccessor, naming)).toBe('kernel/no-right')
    expect(await west.isRefused(nameSuccessor, naming)).toBe('attendance/outside-scope')
    expect(await east.isRefused(nameSuccessor, { ...naming, why: '' })).toBe('kernel/bad-input')
    expect(await east.isRefused(nameSuccessor, { ...naming, officerId: officer(chuAt) })).toBe(
      'attendance/successor-is-giver',
    )
    expect(await east.isRefused(nameSuccessor, { ...naming, band: 'dawn' })).toBe('attendance/unknown-seat')
    await east.does(nameSuccessor, naming)
    const sign = { handoverId: evening.handoverId, round: 1 }
    expect(await jiang.isRefused(signHandover, sign)).toBe('attendance/not-named')
    await han.does(returnHandover, {
      ...sign,
      why: '对讲机只有1台',
      differences: [{ kind: 'equipment', name: '对讲机', found: 1 }],
    })
    expect((await newest())?.successor.name).toBe('韩样九')
  })

  it('HND11 a difference that stands is held for a leader, who says which figure holds; the two do not', async () => {
    const again = { ...evening, successorId: officer(jiangAt), closed: [{ matterId, how: '已接回' }] }
    expect(await chu.isRefused(giveHandover, again)).toBe('attendance/difference-stands')
    const review = await held('difference-stands')
    expect(review?.reason.message.zh).toBe('“对讲机”交班人写 2，接班人清点 1，双方不一致。')
    expect(review?.reason.params).toMatchObject({ handoverId: evening.handoverId, postId: b.gate })
    const figures = [{ kind: 'equipment' as const, name: '对讲机', figure: 1 }]
    const settling = {
      handoverId: evening.handoverId,
      figures,
      why: '1台在巡逻车上',
      reviewId: review?.reviewId ?? '',
    }
    expect(await chu.isRefused(settleHandover, settling)).toBe('kernel/no-right')
    const hanLeads = w.person('韩样九', ['unitLeader'], { unitIds: [b.east], officerId: officer(hanAt) })
    expect(await hanLeads.isRefused(settleHandover, settling)).toBe('attendance/for-oneself')
    expect(await west.isRefused(settleHandover, settling)).toBe('attendance/outside-scope')
    const strange = [...figures, { kind: 'stock' as const, name: 'N95口罩', figure: 1 }]
    expect(await east.isRefused(settleHandover, { ...settling, figures: strange })).toBe(
      'attendance/unknown-figure',
    )
    expect(await east.does(settleHandover, settling)).toEqual({ round: 2 })
    expect(await east.isRefused(settleHandover, { ...settling, reviewId: null })).toBe(
      'attendance/nothing-to-settle',
    )
    expect(await held('difference-stands')).toBeUndefined()
    await han.does(signHandover, { handoverId: evening.handoverId, round: 2 })
    expect(await newest()).toMatchObject({
      settledWhy: '1台在巡逻车上',
      items: [{}, { counted: 1, should: 2 }],
    })
    const late = { namingId: w.newId(), ...seat('evening'), officerId: officer(jiangAt), why: '换人' }
    expect(await east.isRefused(nameSuccessor, late)).toBe('attendance/handover-signed')
  })

  it('HND12 given without network it counts from when it was given; what comes after half a day is held', async () => {
    w.clock.set(at(secondDay, 9, 0))
    const night = page('night', 30, { items: items(30, 1) })
    const send = async (occurredAt: string, input: Given) => {
      const entry = { id: w.newId(), name: giveHandover.name, version: 1, occurredAt, input }
      const [verdict] = await jiang.sends([entry])
      return verdict
    }
    expect(await send(at(firstDay, 20, 0), night)).toMatchObject({
      verdict: 'held',
      problem: { code: 'attendance/sent-too-late' },
    })
    expect(await send(at(secondDay, 7, 50), night)).toMatchObject({ verdict: 'done' })
    expect((await newest())?.givenAt).toBe(at(secondDay, 7, 50))
    await person(chenAt).does(signHandover, { handoverId: night.handoverId, round: 1 })
    // Nobody is published behind the morning of the second day: a leader names who takes over.
    const chen = person(chenAt)
    const last = { ...page('morning', 30, { items: items(30, 1) }), day: secondDay }
    expect(await chen.isRefused(giveHandover, last)).toBe('attendance/no-successor')
    const naming = {
      namingId: w.newId(),
      ...seat('morning', secondDay),
      officerId: officer(zhouAt),
      why: '延长',
    }
    await east.does(nameSuccessor, naming)
    expect(await chen.does(giveHandover, last)).toEqual({ round: 1, successorId: officer(zhouAt) })
    expect((await newest())?.to).toMatchObject({ band: 'afternoon', day: secondDay })
  })

  it('HND13 a leader lets somebody go before the signature, once, and never himself', async () => {
    const relief = {
      reliefId: w.newId(),
      officerId: officer(chenAt),
      ...seat('morning', secondDay),
      why: '身体不适',
    }
    expect(await person(chenAt).isRefused(relieveOfficer, relief)).toBe('kernel/no-right')
    expect(await east.isRefused(relieveOfficer, { ...relief, officerId: officer(zhouAt) })).toBe(
      'attendance/not-his-band',
    )
    const chenLeads = w.person('陈示四', ['unitLeader'], { unitIds: [b.east], officerId: officer(chenAt) })
    expect(await chenLeads.isRefused(relieveOfficer, relief)).toBe('attendance/for-oneself')
    await east.does(relieveOfficer, relief)
    expect(await east.isRefused(relieveOfficer, { ...relief, reliefId: w.newId() })).toBe(
      'attendance/already-relieved',
    )
  })
})

describe('signed out', async () => {
  const w = await httpWorld(modules as readonly Module[])

  it('HND14 nothing is given, signed or answered', async () => {
    const commands = [w.entry(signHandover, { handoverId: w.newId(), round: 1 })]
    const sent = await w.nobody().post('/api/commands', { commands })
    expect([sent.status, sent.body.code]).toEqual([401, 'kernel/signed-out'])
    for (const name of [myHandover.name, handoverBook.name]) {
      const asked = await w.nobody().get(`/api/queries/${name}?input=${encodeURIComponent('{}')}`)
      expect([asked.status, asked.body.code]).toEqual([401, 'kernel/signed-out'])
    }
  })
})
