// Who may say that somebody was there: oneself at the post, a leader for his own people, and never a leader for himself.
import { describe, expect, it } from 'vitest'
import { history, reviews } from '../../kernel/books/contracts.ts'
import { httpWorld } from '../../kernel/http/http-world.ts'
import type { Module } from '../../kernel/module.ts'
import { type Person, world } from '../../kernel/world.ts'
import {
  atPost,
  checkIn,
  checkInMany,
  checkOutMany,
  codeOf,
  dayList,
  declareAbsent,
  deployments,
  issueCode,
  my,
  presentNow,
  setRight,
  setRules,
  voidPresence,
  withdrawAbsence,
} from './contracts.ts'
import { at, bureau, codeAt, firstDay, issuesCodes, modules, publishes, secretOf } from './test-bureau.ts'

describe('who may', async () => {
  const w = await world(modules as readonly Module[])
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const [zhou = '', zheng = '', feng = '', chen = '', chu = ''] = b.officers
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 3, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 4, day: firstDay, post: 'site', bands: ['morning'] },
  ])
  await issuesCodes(boss, [b.gate, b.checkpoint])
  // The leader of the station east is an officer himself, and has a duty of his own.
  const east = w.person('周示一', ['unitLeader', 'officer'], { unitIds: [b.east], officerId: zhou })
  const duty = w.person('沈示二', ['dutyOfficer'])
  const roll = (post: 'gate' | 'checkpoint' | 'site', band: string, ...officerIds: string[]) => ({
    day: firstDay,
    patternId: b.patternOf[post],
    band,
    posts: [{ postId: b[post], officerIds }],
  })
  const seat = (officerId: string, post: 'gate' | 'checkpoint' | 'site', band: string) => ({
    officerId,
    postId: b[post],
    day: firstDay,
    patternId: b.patternOf[post],
    band,
  })
  const right = (officerId: string, post: 'gate' | 'checkpoint', band: string, more: object = {}) => ({
    presenceId: w.newId(),
    ...seat(officerId, post, band),
    cameAt: at(firstDay, 8),
    leftAt: null,
    why: '值班员核实',
    ...more,
  })
  const holds = async (person: Person, name: string) => {
    const { rows } = await boss.asks(reviews, { state: 'open' })
    const found = rows.find(row => row.name === name)
    if (!found) throw new Error(`${person.actor.name} has nothing held`)
    return found.reviewId
  }

  it('ATT30 a leader speaks for others and never for himself', async () => {
    w.clock.set(at(firstDay, 8, 2))
    expect(await east.isRefused(checkInMany, roll('gate', 'morning', zhou))).toBe('attendance/for-oneself')
    expect(await east.isRefused(setRight, right(zhou, 'gate', 'morning'))).toBe('attendance/for-oneself')
    expect(
      await east.isRefused(declareAbsent, {
        absenceId: w.newId(),
        ...seat(zhou, 'gate', 'morning'),
        kind: 'unavailable',
      }),
    ).toBe('attendance/for-oneself')
    const proof = { way: 'code' as const, code: codeAt(b.gate, w.clock.now.toISOString()).token }
    const presenceId = w.newId()
    await east.does(checkIn, { presenceId, postId: b.gate, proof })
    expect(await east.isRefused(voidPresence, { presenceId, why: '误签' })).toBe('attendance/for-oneself')
    expect(await east.isRefused(checkOutMany, { presenceIds: [presenceId] })).toBe('attendance/for-oneself')
  })

  it('ATT31 a unit leader speaks for his own people and for whoever stands at his posts, for nobody else', async () => {
    expect(await east.does(checkInMany, roll('site', 'morning', chu))).toEqual({ came: 1, already: 0 })
    // Of his unit, at another unit's post.
    expect(await east.does(checkInMany, roll('checkpoint', 'early', feng))).toEqual({ came: 1, already: 0 })
    // Neither his officer nor his post; the words name nobody whom he may not see.
    expect(await east.isRefused(checkInMany, roll('checkpoint', 'early', zheng))).toBe(
      'attendance/outside-scope',
    )
    w.clock.set(at(firstDay, 13, 30))
    // Another unit's officer at his own post.
    expect(await east.does(checkInMany, roll('gate', 'afternoon', chen))).toEqual({ came: 1, already: 0 })
    const list = await east.asks(dayList, { operationId: b.operationId, day: firstDay })
    expect(list.rows.map(row => row.officerName).sort()).toEqual(
      ['周示一', '冯样三', '褚例五', '陈示四'].sort(),
    )
  })

  it('ATT32 an officer cannot check in somebody else, and roles without the right are held', async () => {
    const me = b.person(1)
    expect(await me.isRefused(checkInMany, roll('checkpoint', 'early', zheng))).toBe('kernel/no-right')
    const proof = { way: 'code' as const, code: codeAt(b.checkpoint, w.clock.now.toISOString()).token }
    const forAnother = { presenceId: w.newId(), postId: b.checkpoint, proof, officerId: feng }
    expect(await me.isRefused(checkIn, forAnother)).toBe('kernel/bad-input')
    expect(await me.mayNotAsk(codeOf, { postId: b.checkpoint })).toBe('kernel/no-right')
    expect(await me.mayNotAsk(dayList, { operationId: b.operationId, day: firstDay })).toBe('kernel/no-right')
    expect(await me.isRefused(setRules, {})).toBe('kernel/no-right')
    expect(await me.isRefused(issueCode, { postId: b.checkpoint, secret: secretOf(b.gate) })).toBe(
      'kernel/no-right',
    )
  })

  it('ATT33 nobody settles what he sent himself; another one enters it and the review is settled with it', async () => {
    w.clock.set(at(firstDay, 16, 30))
    const late = roll('checkpoint', 'early', zheng)
    expect(await duty.isRefused(checkInMany, late)).toBe('attendance/band-over')
    const reviewId = await holds(duty, checkInMany.name)
    const entered = right(zheng, 'checkpoint', 'early', { leftAt: at(firstDay, 16), reviewId })
    expect(await duty.isRefused(setRight, entered)).toBe('attendance/own-review')
    expect(await boss.isRefused(setRight, { ...entered, reviewId: w.newId() })).toBe(
      'attendance/review-missing',
    )
    await boss.does(setRight, entered)
    expect(await boss.isRefused(setRight, { ...entered, presenceId: w.newId() })).toBe(
      'attendance/review-missing',
    )
    const settled = (await boss.asks(reviews, { state: 'accepted' })).rows
    expect(settled.map(row => [row.reviewId, row.settledWhy])).toEqual([[reviewId, '值班员核实']])
    const { rows } = await w.owner.query(
      `select way, left_way, late_minutes, came_at < recorded_at as later from app.presence where officer_id = $1`,
      [zheng],
    )
    expect(rows).toEqual([{ way: 'corrected', left_way: 'corrected', late_minutes: 0, later: true }])
  })

  it('ATT34 what is entered by hand must be possible: times, band, officer, once', async () => {
    const wrong = [
      { cameAt: at(firstDay, 6) },
      { cameAt: at(firstDay, 17) },
      { cameAt: at(firstDay, 9), leftAt: at(firstDay, 8, 30) },
      { leftAt: at(firstDay, 20) },
    ]
    for (const more of wrong)
      expect(await boss.isRefused(setRight, right(chen, 'checkpoint', 'early', more))).toBe(
        'attendance/times-wrong',
      )
    expect(await boss.isRefused(setRight, right(chen, 'checkpoint', 'no-such-band'))).toBe(
      'attendance/unknown-seat',
    )
    expect(await boss.isRefused(setRight, right(w.newId(), 'checkpoint', 'early'))).toBe(
      'attendance/unknown-officer',
    )
    expect(await boss.isRefused(setRight, right(zheng, 'checkpoint', 'early'))).toBe(
      'attendance/another-presence',
    )
    expect(
      await boss.isRefused(
        setRight,
        right(chen, 'checkpoint', 'early', { why: '身份证 110101199003070011' }),
      ),
    ).toBe('kernel/held-before')
    // Somebody who was at two posts at once stays so, and the list says it first.
    await boss.does(setRight, right(chen, 'checkpoint', 'early', { cameAt: at(firstDay, 14) }))
    const list = await boss.asks(dayList, { operationId: b.operationId, day: firstDay, marks: ['overlap'] })
    expect(list.rows.map(row => [row.officerName, row.postName])).toEqual([
      ['陈示四', '青禾北卡口'],
      ['陈示四', '东门封控点'],
    ])
    expect(list.counts.overlaps).toBe(2)
  })

  it('ATT35 another agency’s posts, officers and records are nobody’s here', async () => {
    const other = '00000000-0000-7000-8000-0000000000aa'
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'lin', '邻示市公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const stranger = w.person('吴示一', ['commander', 'officer'], { officerId: zheng })
    Object.assign(stranger.actor, { scope: { agencyId: other, unitIds: '*' } })
    const proof = { way: 'code' as const, code: codeAt(b.checkpoint, w.clock.now.toISOString()).token }
    expect(await stranger.isRefused(checkIn, { presenceId: w.newId(), postId: b.checkpoint, proof })).toBe(
      'attendance/unknown-post',
    )
    expect(await stranger.isRefused(checkInMany, roll('gate', 'afternoon', chen))).toBe(
      'attendance/unknown-post',
    )
    expect(await stranger.isRefused(setRight, right(chen, 'gate', 'afternoon'))).toBe(
      'attendance/unknown-post',
    )
    expect(await stranger.mayNotAsk(codeOf, { postId: b.gate })).toBe('attendance/unknown-post')
    expect(await stranger.mayNotAsk(atPost, { postId: b.gate })).toBe('attendance/unknown-post')
    expect((await stranger.asks(deployments, { from: firstDay, until: firstDay })).total).toBe(0)
    expect((await stranger.asks(presentNow, { operationId: b.operationId })).present).toBe(0)
    expect((await stranger.asks(my, {})).seats).toEqual([])
    const { rows } = await w.owner.query<{ presence_id: string }>(
      'select presence_id from app.presence limit 1',
    )
    const presenceId = rows[0]?.presence_id ?? ''
    expect(await stranger.isRefused(voidPresence, { presenceId, why: '误签' })).toBe(
      'attendance/presence-missing',
    )
    expect(await stranger.isRefused(withdrawAbsence, { absenceId: w.newId() })).toBe(
      'attendance/absence-missing',
    )
  })

  it('ATT36 the code of a post is for leaders of its unit, and a new secret ends every code before it', async () => {
    const shown = await east.asks(codeOf, { postId: b.gate })
    expect(shown.turns).toHaveLength(16)
    expect(shown.turns[0]).toMatchObject(codeAt(b.gate, w.clock.now.toISOString()))
    expect(await east.mayNotAsk(codeOf, { postId: b.checkpoint })).toBe('attendance/outside-scope')
    expect(await east.isRefused(issueCode, { postId: b.checkpoint, secret: secretOf(b.gate) })).toBe(
      'attendance/outside-scope',
    )
    expect(await east.isRefused(issueCode, { postId: b.gate, secret: 'short' })).toBe('kernel/bad-input')
    await east.does(issueCode, { postId: b.gate, secret: 'cd'.repeat(32) })
    const fresh = await east.asks(codeOf, { postId: b.gate })
    expect(fresh.turns[0]?.token).not.toBe(shown.turns[0]?.token)
    expect(fresh.printed).not.toBe(shown.printed)
    expect((await boss.asks(codeOf, { postId: b.site })).turns).toEqual([])
    // The secret is in no answer, and its history is nobody's but the administrators'.
    expect(JSON.stringify(fresh)).not.toContain('cd'.repeat(8))
    const record = { table: 'post_code', rowId: b.gate }
    expect(await east.mayNotAsk(history, record)).toBe('kernel/no-right')
    expect(await duty.mayNotAsk(history, record)).toBe('kernel/no-right')
  })
})

describe('signed out', async () => {
  const w = await httpWorld(modules as readonly Module[])

  it('ATT37 nothing is entered and nothing is answered', async () => {
    const input = { presenceId: w.newId(), postId: w.newId(), proof: { way: 'code', code: '123456' } }
    const commands = [w.entry(checkIn, input)]
    const sent = await w.nobody().post('/api/commands', { commands })
    expect([sent.status, sent.body.code]).toEqual([401, 'kernel/signed-out'])
    for (const name of [codeOf.name, dayList.name, my.name, presentNow.name]) {
      const asked = await w.nobody().get(`/api/queries/${name}?input=${encodeURIComponent('{}')}`)
      expect([asked.status, asked.body.code]).toEqual([401, 'kernel/signed-out'])
    }
    const { rows } = await w.owner.query("select 1 from app.journal where name like 'attendance.%'")
    expect(rows).toEqual([])
  })
})
