// Check-in and check-out at the post: what is entered, and what the books cannot explain and a person looks at.
import { describe, expect, it } from 'vitest'
import { reviews } from '../../kernel/books/contracts.ts'
import type { InputOf, Verdict } from '../../kernel/contract.ts'
import { type Person, world } from '../../kernel/world.ts'
import { setRestRules } from '../roster/contracts.ts'
import { checkIn, checkInMany, checkOut, confirmStay, issueCode, setRules } from './contracts.ts'
import {
  at,
  bureau,
  codeAt,
  firstDay,
  issuesCodes,
  modules,
  printedOf,
  publishes,
  secondDay,
} from './test-bureau.ts'

const [zhouAt, zhengAt, fengAt, chenAt, chuAt, weiAt] = [0, 1, 2, 3, 4, 5]

describe('at the post', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: zhouAt, day: firstDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: fengAt, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: zhengAt, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: chenAt, day: firstDay, post: 'checkpoint', bands: ['late'] },
    { officer: chuAt, day: firstDay, post: 'site', bands: ['morning'] },
    { officer: weiAt, day: secondDay, post: 'checkpoint', bands: ['early'] },
  ])
  await issuesCodes(boss, [b.gate, b.checkpoint, b.standby])
  const rows = async () =>
    (
      await w.owner.query<{
        officer_id: string
        band: string
        came_at: Date
        way: string
        late_minutes: number
      }>(
        'select officer_id, band, came_at, way, late_minutes from app.presence where voided_at is null order by came_at',
      )
    ).rows
  const open = async () => (await boss.asks(reviews, { state: 'open' })).rows
  /** Sends a check-in as a phone does, with its own claim of when. */
  const sends = async (
    person: Person,
    input: InputOf<typeof checkIn>,
    claim = w.clock.now.toISOString(),
    id = w.newId(),
  ): Promise<Verdict> => {
    const entry = { id, name: checkIn.name, version: 1, occurredAt: claim, input }
    const [verdict] = await person.sends([entry])
    if (!verdict) throw new Error('no verdict')
    return verdict
  }
  const code = (postId: string, text: string) => ({
    presenceId: w.newId(),
    postId,
    proof: { way: 'code' as const, code: text },
  })
  const token = (postId: string, when = w.clock.now.toISOString()) => code(postId, codeAt(postId, when).token)
  const heldFor = (verdict: Verdict) => (verdict.verdict === 'held' ? verdict.problem.code : verdict.verdict)
  const [zhou, zheng, feng, chen] = [b.person(zhouAt), b.person(zhengAt), b.person(fengAt), b.person(chenAt)]

  it('ATT1 the turning code at the post, scanned or typed, checks somebody in for the band that is due', async () => {
    w.clock.set(at(firstDay, 7, 52))
    const scanned = token(b.gate)
    expect(await sends(zhou, scanned)).toMatchObject({
      verdict: 'done',
      answer: { cameAt: at(firstDay, 7, 52), lateMinutes: 0, band: 'morning' },
    })
    const typed = code(b.checkpoint, codeAt(b.checkpoint, w.clock.now.toISOString()).digits)
    expect(await sends(zheng, typed)).toMatchObject({ verdict: 'done', answer: { band: 'early' } })
    expect((await rows()).map(row => [row.band, row.way])).toEqual([
      ['morning', 'code'],
      ['early', 'code'],
    ])
  })

  it('ATT2 the same command sent again is the same check-in', async () => {
    w.clock.set(at(firstDay, 7, 53))
    const chu = b.person(chuAt)
    await issuesCodes(boss, [b.site])
    const [input, id] = [token(b.site), w.newId()]
    const first = await sends(chu, input, w.clock.now.toISOString(), id)
    w.clock.advance(120)
    expect(await sends(chu, input, at(firstDay, 7, 53), id)).toEqual(first)
    expect(await rows()).toHaveLength(3)
    // Another content under the same id is held under an id of its own.
    expect(heldFor(await sends(chu, token(b.gate), w.clock.now.toISOString(), id))).toBe('kernel/id-reused')
  })

  it('ATT3 an old code, a picture that a friend sent on, is held', async () => {
    w.clock.set(at(firstDay, 15, 40))
    const picture = codeAt(b.checkpoint, at(firstDay, 15, 33)).token
    expect(heldFor(await sends(chen, code(b.checkpoint, picture)))).toBe('attendance/old-code')
    // Two turns aside are taken: display and phone are seldom at the same second.
    const before = (await rows()).length
    expect(
      heldFor(await sends(chen, code(b.checkpoint, codeAt(b.checkpoint, at(firstDay, 15, 38)).token))),
    ).toBe('done')
    expect(await rows()).toHaveLength(before + 1)
    const [review] = await open()
    expect(review?.reason.message.zh).toBe('签到码已过期：这是 15:33 的码。')
  })

  it('ATT4 a claim decides nothing that the code does not bear out, and what comes too late is held', async () => {
    w.clock.set(at(firstDay, 19, 55))
    // The phone claims the minute of the picture, a day ago by its clock: too late to be entered by itself.
    const picture = codeAt(b.gate, at(firstDay, 7, 30)).token
    expect(heldFor(await sends(feng, code(b.gate, picture), at(firstDay, 7, 30)))).toBe(
      'attendance/sent-too-late',
    )
    // A claim ahead of its arrival is no claim: the code of then is not known yet.
    const ahead = codeAt(b.gate, at(firstDay, 20, 30)).token
    expect(heldFor(await sends(feng, code(b.gate, ahead), at(firstDay, 20, 30)))).toBe(
      'attendance/wrong-code',
    )
    // A phone whose clock is years off shows the code of now: its clock is of no account.
    const shown = token(b.gate)
    expect(await sends(feng, shown, '2011-01-01T00:00:00.000Z')).toMatchObject({
      verdict: 'done',
      answer: { cameAt: at(firstDay, 19, 55), band: 'evening' },
    })
  })

  it('ATT5 somebody else’s code is held: of another post, or made up', async () => {
    w.clock.set(at(secondDay, 7, 30))
    const wei = b.person(weiAt)
    const other = codeAt(b.gate, w.clock.now.toISOString()).token
    expect(heldFor(await sends(wei, code(b.checkpoint, other)))).toBe('attendance/wrong-code')
    expect(heldFor(await sends(wei, code(b.checkpoint, 'AAAAAAAAAAAAAAAA')))).toBe('attendance/wrong-code')
    expect(heldFor(await sends(wei, code(b.checkpoint, '12')))).toBe('kernel/bad-input')
    expect(heldFor(await sends(wei, code(w.newId(), other)))).toBe('attendance/unknown-post')
  })

  it('ATT6 the wrong post, before the shift, after it, without a duty: each is held with what the books say', async () => {
    w.clock.set(at(secondDay, 6, 30))
    const wei = b.person(weiAt)
    expect(heldFor(await sends(wei, token(b.checkpoint)))).toBe('attendance/too-early')
    w.clock.set(at(secondDay, 7, 31))
    expect(heldFor(await sends(wei, token(b.gate)))).toBe('attendance/wrong-post')
    expect(heldFor(await sends(zhou, token(b.checkpoint)))).toBe('attendance/not-assigned')
    w.clock.set(at(secondDay, 16, 0))
    expect(heldFor(await sends(wei, token(b.checkpoint)))).toBe('attendance/band-over')
    const [last] = await open()
    expect(last?.reason.message.zh).toBe('卫样六在“青禾北卡口”的班次已于 16:00 结束。')
    expect(last?.reason.params).toMatchObject({ officerId: b.officers[weiAt], postId: b.checkpoint })
  })

  it('ATT7 late is counted from the beginning of the band, and only past what is allowed', async () => {
    await boss.does(setRules, { lateMinutes: 10 })
    const found = await rows()
    expect(found.every(row => row.late_minutes === 0)).toBe(true)
    await publishes(w, boss, b, [
      { officer: zhengAt, day: '2021-11-06', post: 'checkpoint', bands: ['early'] },
      { officer: fengAt, day: '2021-11-06', post: 'gate', bands: ['morning'] },
    ])
    w.clock.set(at('2021-11-06', 8, 10))
    expect(await sends(feng, token(b.gate))).toMatchObject({ answer: { lateMinutes: 0 } })
    w.clock.set(at('2021-11-06', 8, 11))
    expect(await sends(zheng, token(b.checkpoint))).toMatchObject({ answer: { lateMinutes: 11 } })
  })

  it('ATT8 twice for one band is held, and the first one stands', async () => {
    const before = (await rows()).length
    expect(heldFor(await sends(zheng, token(b.checkpoint)))).toBe('attendance/twice')
    expect(await rows()).toHaveLength(before)
  })

  it('ATT9 the printed code is taken and marked; without a code, or far away, it is held', async () => {
    await publishes(w, boss, b, [
      { officer: chenAt, day: '2021-11-07', post: 'checkpoint', bands: ['early'] },
      { officer: chuAt, day: '2021-11-07', post: 'gate', bands: ['morning'] },
      { officer: zhouAt, day: '2021-11-07', post: 'standby', bands: ['whole'] },
    ])
    w.clock.set(at('2021-11-07', 7, 58))
    expect(heldFor(await sends(chen, code(b.checkpoint, printedOf(b.checkpoint))))).toBe('done')
    expect((await rows()).at(-1)).toMatchObject({ way: 'printed' })
    const chu = b.person(chuAt)
    const place = (near: boolean, accuracy: 'fine' | 'fair' | 'coarse', postId = b.gate) => ({
      presenceId: w.newId(),
      postId,
      proof: { way: 'place' as const, near, accuracy },
    })
    expect(heldFor(await sends(chu, place(false, 'fine')))).toBe('attendance/far-away')
    expect(heldFor(await sends(chu, place(true, 'coarse')))).toBe('attendance/place-unsure')
    expect(heldFor(await sends(chu, place(true, 'fine', b.site)))).toBe('attendance/no-place')
    // A coordinate has no field to travel in.
    const withPlace = {
      ...place(true, 'fine'),
      proof: { way: 'place', near: true, accuracy: 'fine', lng: 110, lat: 40 },
    }
    expect(heldFor(await sends(chu, withPlace as never))).toBe('kernel/bad-input')
    expect(heldFor(await sends(chu, place(true, 'fair')))).toBe('done')
    expect(
      (await rows()).find(row => row.officer_id === b.officers[chuAt] && row.way === 'place'),
    ).toBeDefined()
    // A new secret takes every code before it out of use, the printed one too.
    await boss.does(issueCode, { postId: b.standby, secret: 'ab'.repeat(32) })
    expect(heldFor(await sends(zhou, code(b.standby, printedOf(b.standby))))).toBe('attendance/wrong-code')
  })

  it('ATT10 at a second post while standing at the first: held, until he has left the first', async () => {
    await boss.does(setRestRules, {
      beginsOn: '2021-11-01',
      rules: { minRestMinutes: 0, minRestAfterNightMinutes: 0 },
    })
    await publishes(w, boss, b, [
      { officer: chenAt, day: '2021-11-08', post: 'checkpoint', bands: ['night'] },
      { officer: chenAt, day: '2021-11-09', post: 'gate', bands: ['morning'] },
    ])
    // The night band of the 8th runs from 00:00 to 08:00 of the 9th, and the gate opens at 07:00.
    w.clock.set(at('2021-11-09', 0, 0))
    expect(heldFor(await sends(chen, token(b.checkpoint)))).toBe('done')
    w.clock.set(at('2021-11-09', 7, 30))
    const before = (await rows()).length
    expect(heldFor(await sends(chen, token(b.gate)))).toBe('attendance/elsewhere')
    const [review] = await open()
    expect(review?.reason.message.zh).toBe('陈示四已于 00:00 在“青禾北卡口”签到，尚未签退。')
    const roll = { day: '2021-11-09', patternId: b.patternOf.gate, band: 'morning' }
    const posts = [{ postId: b.gate, officerIds: [b.officers[chenAt] ?? ''] }]
    expect(await boss.isRefused(checkInMany, { ...roll, posts })).toBe('attendance/elsewhere')
    expect(await rows()).toHaveLength(before)
  })

  it('ATT11 only an officer with an account of his own checks in, for himself, and leaves what is his', async () => {
    const nobody = w.person('李示一', ['viewer'])
    expect(heldFor(await sends(nobody, token(b.gate)))).toBe('attendance/no-officer-account')
    const { rows: mine } = await w.owner.query<{ presence_id: string }>(
      `select presence_id from app.presence where officer_id = $1 and left_at is null order by came_at desc`,
      [b.officers[chenAt]],
    )
    const presenceId = mine[0]?.presence_id ?? ''
    const proof = { way: 'code' as const, code: codeAt(b.checkpoint, w.clock.now.toISOString()).token }
    expect(await zheng.isRefused(checkOut, { presenceId, proof })).toBe('attendance/not-yours')
    expect(await zheng.isRefused(confirmStay, { presenceId: w.newId(), previousId: presenceId })).toBe(
      'attendance/not-yours',
    )
    expect(await chen.isRefused(checkOut, { presenceId: w.newId(), proof })).toBe(
      'attendance/presence-missing',
    )
    expect(await chen.does(checkOut, { presenceId, proof })).toEqual({
      leftAt: at('2021-11-09', 7, 30),
      earlyMinutes: 30,
    })
    expect(await chen.isRefused(checkOut, { presenceId, proof })).toBe('attendance/already-left')
    w.clock.advance(1)
    expect(heldFor(await sends(chen, token(b.gate)))).toBe('done')
  })
})
