// The published roster goes on living: somebody falls out, others take his duties, and all who are touched are told.
import { describe, expect, it } from 'vitest'
import { alerts } from '../../kernel/books/contracts.ts'
import { runWatch } from '../../kernel/jobs.ts'
import { world } from '../../kernel/world.ts'
import { reportUnavailable, withdrawUnavailable } from '../people/contracts.ts'
import {
  acknowledge,
  acknowledgements,
  agreeSwap,
  approveSwap,
  askSwap,
  breaks,
  chase,
  editCell,
  my,
  openDraft,
  publish,
  repair,
  swap,
  versions,
} from './contracts.ts'
import { takenTogether } from './breaks.ts'
import { roster } from './index.ts'
import { openMoves, takersOf } from './moves.ts'
import { publishedDuties } from './published.ts'
import { spanOf } from './swap-reads.ts'
import { at, lived, livedModules } from './test-lived.ts'
import { watches } from './watches.ts'

const [day4, day5, day6] = ['2021-11-04', '2021-11-05', '2021-11-06'] as const

describe('an officer falls out', async () => {
  const w = await world(livedModules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await lived(w, boss, 8)
  const { operationId, officers } = b
  await b.publishes([
    { officer: 0, day: day4, post: 'gate', bands: ['morning'] },
    { officer: 1, day: day4, post: 'gate', bands: ['morning'] },
    { officer: 2, day: day4, post: 'gate', bands: ['afternoon'] },
    { officer: 3, day: day4, post: 'checkpoint', bands: ['late'] },
    { officer: 0, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 1, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 4, day: day5, post: 'gate', bands: ['evening'] },
    { officer: 0, day: day6, post: 'gate', bands: ['morning'] },
    { officer: 6, day: day6, post: 'gate', bands: ['evening'] },
  ])
  const duty = w.person('沈示二', ['dutyOfficer'])
  const han = b.leader('韩示九', 'east')
  const yang = b.leader('杨例十', 'west')
  const seen = async (person = duty) => (await person.asks(breaks, { operationId })).rows
  const away = { availabilityId: w.newId(), officerId: officers[0] ?? '', state: 'unavailable' as const }

  it('RST97 nothing breaks, and the list is empty', async () => {
    expect(await seen()).toEqual([])
  })

  it('RST97 what breaks is listed with the rule and who may take it, the best first, and the alert leads there', async () => {
    await boss.does(reportUnavailable, { ...away, beginsAt: at(day4, 0), endsAt: at(day6, 23), reason: null })
    const rows = await seen()
    expect(rows.map(row => [row.name, row.duty.day, row.broken.rule, row.broken.zh])).toEqual([
      ['周示一', day4, 'RST5', '该时段不可用'],
      ['周示一', day5, 'RST5', '该时段不可用'],
      ['周示一', day6, 'RST5', '该时段不可用'],
    ])
    // The gate needs somebody who may lead: those are the even ones. 冯样一 has the afternoon behind it, and comes early.
    const names = rows.map(row => row.proposals.map(one => one.name))
    expect(names).toEqual([['褚例一', '蒋示一', '冯样一'], ['蒋示一', '冯样一'], ['冯样一']])
    expect(rows[0]?.proposals.map(one => one.doubles)).toEqual([false, false, true])
    for (const watch of watches.filter(one => one.key === 'roster.pastRules')) {
      await runWatch(w.kernel, w.agency.agencyId, watch)
    }
    const [alert] = (await boss.asks(alerts, { watch: 'roster.pastRules' })).rows
    expect(alert?.link).toBe(`/roster/breaks?officer=${officers[0]}`)
    expect((await seen(han)).length).toBe(3)
    expect(await seen(yang)).toEqual([])
  })

  it('RST99 the proposals for all are legal beside each other', async () => {
    const rows = await seen()
    const repairs = rows.flatMap(row =>
      row.together ? [{ assignmentId: row.duty.assignmentId, officerId: row.together.officerId }] : [],
    )
    expect(rows.map(row => row.together?.name)).toEqual(['褚例一', '蒋示一', '冯样一'])
    expect(repairs).toHaveLength(3)
    // 蒋 is the first choice for both morning duties of the fifth and can take one: the other place has nobody but him.
    const hands = await w.kernel.system(w.agency.agencyId)
    const found = await hands.read(async db => {
      const { agencyId } = w.agency
      const book = await openMoves(db, w.agency, spanOf(operationId, [day5]), false)
      const duties = await publishedDuties(db as never, agencyId, operationId, day5, day5)
      const mornings = duties.filter(one => one.bands.includes('morning'))
      const [his, others] = [0, 1].map(n => mornings.find(one => one.officerId === officers[n]))
      if (!his || !others) throw new Error('invariant: two mornings')
      const { day, postId, patternId, bands } = his
      const ask = { officerId: his.officerId, day, duty: { postId, patternId, bands } }
      const takers = takersOf(book, ask, at(day4, 0)).filter(one => one.barred === null)
      const all = [
        { duty: his, takers },
        { duty: others, takers: takers.filter(one => one.name === '蒋示一') },
      ]
      return takenTogether(book, all).map(one => one?.name)
    })
    expect(found).toEqual(['冯样一', '蒋示一'])
  })

  it('RST98 only what breaks is filled, by who may, and by whoever keeps every rule', async () => {
    const [first, second] = await seen()
    const one = (assignmentId: string, officer: number) => ({
      operationId,
      repairs: [{ assignmentId, officerId: officers[officer] ?? '' }],
    })
    const sound = (await b.person(1).asks(my, { days: 5 })).shifts[0]?.assignmentId ?? ''
    const broken = first?.duty.assignmentId ?? ''
    expect(await duty.isRefused(repair, one(sound, 5))).toBe('roster/nothing-broken')
    expect(await duty.isRefused(repair, one(w.newId(), 5))).toBe('roster/duty-gone')
    expect(await duty.isRefused(repair, one(broken, 0))).toBe('roster/swap-with-oneself')
    expect(await duty.isRefused(repair, one(broken, 1))).toBe('roster/rules-broken')
    expect(await duty.isRefused(repair, one(broken, 5))).toBe('roster/rules-broken')
    expect(await han.isRefused(repair, one(broken, 4))).toBe('kernel/no-right')
    const part = w.person('片区', ['dutyOfficer'], { unitIds: [b.unitId] })
    expect(await part.isRefused(repair, one(broken, 4))).toBe('roster/whole-agency-only')
    expect(await duty.isRefused(repair, { operationId, repairs: [] })).toBe('kernel/bad-input')
    expect(await duty.isRefused(repair, { ...one(broken, 4), operationId: w.newId() })).toBe(
      'operations/operation-missing',
    )
    const twice = { ...one(broken, 4), repairs: [...one(broken, 4).repairs, ...one(broken, 6).repairs] }
    expect(await duty.isRefused(repair, twice)).toBe('roster/changed-meanwhile')
    const together = one(second?.duty.assignmentId ?? '', 5).repairs
    const both = { operationId, repairs: [...one(broken, 4).repairs, ...together] }
    expect(await duty.isRefused(repair, both)).toBe('roster/rules-broken')
    expect((await boss.asks(versions, { operationId })).length).toBe(1)
  })

  it('RST98 one click fills all in one version, which asks only who is touched', async () => {
    for (const n of [0, 1, 2, 3, 4, 6]) await b.person(n).does(acknowledge, { operationId, version: 1 })
    const offered = { swapId: w.newId(), partnerId: null }
    const [own] = (await b.person(0).asks(my, { days: 5 })).shifts
    await b.person(0).does(askSwap, { ...offered, assignmentId: own?.assignmentId ?? '' })
    const rows = await seen()
    const repairs = rows.flatMap(row =>
      row.together ? [{ assignmentId: row.duty.assignmentId, officerId: row.together.officerId }] : [],
    )
    expect(await duty.does(repair, { operationId, repairs })).toEqual({ version: 2, duties: 3 })
    expect(await seen()).toEqual([])
    const [newest] = await boss.asks(versions, { operationId })
    expect(newest).toMatchObject({ version: 2, cause: 'repair', added: 3, removed: 3 })
    const pending = await boss.asks(acknowledgements, { operationId, pending: true })
    expect(pending.rows.map(row => row.name).sort()).toEqual(['冯样一', '蒋示一', '褚例一'])
    expect((await boss.asks(swap, { swapId: offered.swapId })).state).toBe('lapsed')
    await boss.does(withdrawUnavailable, { availabilityId: away.availabilityId })
    expect((await b.person(0).asks(my, { days: 5 })).shifts).toEqual([])
  })

  it('RST100 a leader chases those of his people who have not acknowledged, once an hour', async () => {
    const [feng, chu, chen] = [officers[2] ?? '', officers[4] ?? '', officers[3] ?? '']
    const urge = (...officerIds: string[]) => ({ operationId, officerIds })
    expect(await b.person(1).isRefused(chase, urge(feng))).toBe('kernel/no-right')
    expect(await yang.isRefused(chase, urge(feng))).toBe('roster/not-your-people')
    expect(await han.isRefused(chase, urge(w.newId()))).toBe('roster/not-your-people')
    expect(await han.isRefused(chase, urge())).toBe('kernel/bad-input')
    const self = w.person('冯样一', ['unitLeader'], { officerId: feng, unitIds: [b.unitId] })
    expect(await self.isRefused(chase, urge(feng))).toBe('roster/chased-oneself')
    expect(await han.isRefused(chase, urge(chen))).toBe('roster/nothing-to-chase')
    expect(await han.does(chase, urge(feng, chen, feng))).toEqual({ chased: 1, passedOver: 1 })
    expect(await han.isRefused(chase, urge(feng))).toBe('roster/chased-lately')
    w.clock.advance(30)
    expect(await duty.does(chase, urge(feng, chu))).toEqual({ chased: 1, passedOver: 1 })
    w.clock.advance(30)
    expect(await duty.does(chase, urge(feng))).toEqual({ chased: 1, passedOver: 0 })
    const pending = await han.asks(acknowledgements, { operationId, pending: true })
    expect(pending.rows.map(row => [row.name, row.chased])).toEqual([
      ['褚例一', 1],
      ['冯样一', 2],
      ['蒋示一', 0],
    ])
    const { rows } = await w.owner.query(
      'select n, version, by_account from app.chase where officer_id = $1 order by n',
      [feng],
    )
    expect(rows).toEqual([
      { n: 1, version: 2, by_account: han.actor.accountId },
      { n: 2, version: 2, by_account: duty.actor.accountId },
    ])
  })

  it('RST101 the officer sees that he was chased until he acknowledges', async () => {
    const feng = b.person(2)
    expect((await feng.asks(my, { days: 5 })).chased).toMatchObject({ times: 2 })
    expect((await b.person(3).asks(my, { days: 5 })).chased).toBeNull()
    await feng.does(acknowledge, { operationId, version: 2 })
    expect((await feng.asks(my, { days: 5 })).chased).toBeNull()
    expect(await han.isRefused(chase, { operationId, officerIds: [officers[2]] })).toBe(
      'roster/nothing-to-chase',
    )
  })

  it('RST94 a band beside one’s own at the same post becomes one duty of two bands', async () => {
    const feng = b.person(2)
    const [his] = (await b.person(1).asks(my, { days: 5 })).shifts
    const offer = { swapId: w.newId(), assignmentId: his?.assignmentId ?? '', partnerId: officers[2] ?? '' }
    await b.person(1).does(askSwap, offer)
    await feng.does(agreeSwap, { swapId: offer.swapId })
    await han.does(approveSwap, { swapId: offer.swapId })
    const shifts = (await feng.asks(my, { days: 5 })).shifts.filter(one => one.day === day4)
    expect(shifts.map(one => [one.bands, one.begins, one.ends])).toEqual([
      [['morning', 'afternoon'], at(day4, 8), at(day4, 20)],
    ])
    const [newest] = await boss.asks(versions, { operationId })
    expect(newest).toMatchObject({ cause: 'swap', added: 1, removed: 2 })
  })

  it('RST95 a request ends by itself when its duty is published away', async () => {
    const chen = b.person(3)
    const [own] = (await chen.asks(my, { days: 5 })).shifts
    const offer = { swapId: w.newId(), assignmentId: own?.assignmentId ?? '', partnerId: officers[5] ?? '' }
    await chen.does(askSwap, offer)
    const planId = w.newId()
    await boss.does(openDraft, { planId, operationId, fromDay: day4, untilDay: day4 })
    const off = { officerId: officers[3] ?? '', day: day4, duty: null }
    await boss.does(editCell, { planId, revision: 1, edits: [off] })
    await boss.does(publish, { planId, revision: 2 })
    expect(await b.person(5).isRefused(agreeSwap, { swapId: offer.swapId })).toBe('roster/duty-gone')
    const hands = await w.kernel.system(w.agency.agencyId)
    await roster.routines?.[0]?.run(hands, w.agency)
    const seen = await boss.asks(swap, { swapId: offer.swapId })
    expect([seen.state, seen.steps.map(one => one.kind)]).toEqual(['lapsed', ['asked', 'overtaken']])
  })
})
