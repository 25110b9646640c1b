import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { holdPerson, kit, passEmergency, releasePerson } from './contracts.ts'
import { emergencies, holdings, live, search } from './contracts-lists.ts'
import { setRules } from './contracts-rules.ts'
import { encounters } from './index.ts'
import { bureau, encounter, modules } from './test-bureau.ts'

const w = await world(modules)
const b = await bureau(w)
const rowsOf = async (sql: string, values: unknown[] = []) => (await w.owner.query(sql, values)).rows
const rounds = async () => {
  const hands = await w.kernel.system(w.agency.agencyId)
  for (const routine of encounters.routines ?? []) await routine.run(hands, w.agency)
}
const seen = async (key: string) => {
  const hands = await w.kernel.system(w.agency.agencyId)
  const watch = encounters.watches?.find(one => one.key === `encounters.${key}`)
  return hands.read(async db => watch?.detect(db, w.clock.now.toISOString()))
}
const limits = {
  ...{ feverTenths: 375, asksCode: true, asksTemperature: true, asksDisinfection: true },
  ...{ exempt: '', turnBackWords: '请走北环路', objectionWords: '可向指挥中心反映' },
}

describe('work at a post', () => {
  it('ENC10 days are made ahead and dropped by their newest arrival, and the counts stay', async () => {
    const sent = [
      encounter(w, b.gate),
      encounter(w, b.gate, {}, { id: '00000000-0001-7000-8000-000000000001' }),
    ]
    await b.feng.sends(sent)
    await rounds()
    const inside = async () =>
      (await rowsOf('select tableoid::regclass::text as part from app.encounter order by encounter_id')).map(
        row => row.part,
      )
    expect(await inside()).toEqual(['app.encounter_other', 'app.encounter_20211103'])
    w.clock.advance(27 * 1_440)
    await rounds()
    expect(await inside()).toHaveLength(2)
    w.clock.advance(2 * 1_440)
    await rounds()
    expect(await inside()).toEqual([])
    expect((await rowsOf('select sum(passes)::int as n from app.encounter_hour'))[0].n).toBe(2)
    w.clock.set('2021-11-04T02:00:00Z')
  })

  it('ENC11 the newest rules of the post count, else of its kind, else of all', async () => {
    const all = await b.zheng.does(setRules, { ...limits, postKind: null, postId: null })
    const gates = await b.zheng.does(setRules, {
      ...limits,
      postKind: 'zoneGate',
      postId: null,
      feverTenths: 372,
    })
    const of = async (postId: string) => (await b.feng.asks(kit, { postId })).rules
    expect((await of(b.gate)).version).toBe(gates.version)
    expect((await of(b.checkpoint)).version).toBe(all.version)
    const own = await b.zheng.does(setRules, { ...limits, postKind: null, postId: b.gate, feverTenths: 380 })
    expect(await of(b.gate)).toMatchObject({
      version: own.version,
      feverTenths: 380,
      turnBackWords: '请走北环路',
    })
    expect(await b.feng.isRefused(setRules, { ...limits, postKind: null, postId: null })).toBe(
      'kernel/no-right',
    )
    expect(await b.zheng.isRefused(setRules, { ...limits, postKind: 'zoneGate', postId: b.gate })).toBe(
      'encounters/one-of-both',
    )
  })

  it("ENC12 the post's key is the same on every phone of the shift, another at another post and after the hand-over", async () => {
    const one = await b.feng.asks(kit, { postId: b.gate })
    expect(await b.zheng.asks(kit, { postId: b.gate })).toEqual(one)
    expect(one.passKeyUntil > w.clock.now.toISOString()).toBe(true)
    expect(Buffer.from(one.passKey, 'base64url')).toHaveLength(32)
    const other = await b.feng.asks(kit, { postId: b.checkpoint })
    expect(other.passKey).not.toBe(one.passKey)
    const key = { name: 'ECDH', namedCurve: 'P-256' }
    await crypto.subtle.importKey('spki', Buffer.from(one.publicKey, 'base64url'), key, false, [])
    w.clock.set(one.passKeyUntil)
    const next = await b.feng.asks(kit, { postId: b.gate })
    expect(next.passKey).not.toBe(one.passKey)
    expect(next.publicKey).toBe(one.publicKey)
    expect(Date.parse(next.passKeyUntil) - Date.parse(one.passKeyUntil)).toBe(8 * 3_600_000)
    expect(await b.feng.mayNotAsk(kit, { postId: w.newId() })).toBe('encounters/post-not-found')
  })

  it('ENC13 an emergency passage is an alert in the same transaction', async () => {
    await b.feng.does(passEmergency, {
      postId: b.gate,
      emergency: 'labour',
      people: 3,
      passer: 'vehicle',
      note: '',
    })
    const [alert] = await rowsOf("select * from app.alert where watch = 'encounters.emergency'")
    expect(alert).toMatchObject({ severity: 'red', unit_id: b.station, cleared_at: null })
    expect(await seen('emergency')).toMatchObject([{ subject: alert.subject }])
    const day = { dayFrom: '2021-11-03', dayUntil: '2021-11-05' }
    expect((await b.zheng.asks(emergencies, day)).rows).toMatchObject([{ emergency: 'labour', people: 3 }])
    expect(await w.kernel.measure(b.zheng.actor, 'encounters.emergencies', '2021-11-03', '2021-11-05')).toBe(
      1,
    )
    expect(
      await b.feng.isRefused(passEmergency, {
        postId: w.newId(),
        emergency: 'fire',
        people: 1,
        passer: 'person',
        note: '',
      }),
    ).toBe('encounters/post-missing')
  })

  it('ENC14 a holding ends by itself, and is an alert until somebody says what became of the person', async () => {
    const input = {
      postId: b.gate,
      encounterId: w.newId(),
      basis: 'fever' as const,
      minutesMost: 30,
      needs: '饮水',
    }
    await b.feng.does(holdPerson, input)
    const open = (await b.feng.asks(holdings, {})).rows
    expect(open).toMatchObject([{ endedAt: null, outcome: null }])
    await rounds()
    expect(await seen('holdingOver')).toEqual([])
    w.clock.advance(31)
    await rounds()
    const [ended] = (await b.feng.asks(holdings, {})).rows
    expect(ended?.endedAt).toBe(ended?.endsAt)
    expect(await seen('holdingOver')).toMatchObject([{ subject: ended?.holdingId, severity: 'red' }])
    const release = { holdingId: ended?.holdingId ?? '', outcome: 'handedOver' as const, note: '' }
    await b.feng.does(releasePerson, release)
    expect(await seen('holdingOver')).toEqual([])
    expect(await b.feng.isRefused(releasePerson, release)).toBe('encounters/already-ended')
    expect(await b.feng.isRefused(releasePerson, { ...release, holdingId: w.newId() })).toBe(
      'encounters/holding-missing',
    )
  })

  it('ENC15 now comes from the counts; search is of own units and holds no identity; figures are of the span', async () => {
    w.clock.set('2021-11-06T03:30:00Z')
    const turned = { verdict: 'turnBack', reason: 'refusedCheck', people: 4 }
    const verdicts = await b.feng.sends([
      encounter(w, b.gate),
      encounter(w, b.gate, turned),
      encounter(w, b.gate, { passer: 'person', people: 1 }, { occurredAt: '2021-11-06T02:10:00Z' }),
      encounter(w, b.checkpoint),
    ])
    expect(verdicts.map(one => one.verdict)).toEqual(['done', 'done', 'done', 'done'])
    const [row] = (await b.han.asks(live)).rows
    expect(row).toMatchObject({
      postId: b.gate,
      passes: 2,
      passesBefore: 1,
      today: 3,
      people: 7,
      turnedBack: 1,
      refusals: 1,
    })
    expect((await b.han.asks(live)).rows).toHaveLength(1)
    expect((await b.zheng.asks(live)).rows).toHaveLength(2)
    const found = await b.han.asks(search, { limit: 2 })
    expect(found).toMatchObject({ total: 3, rows: [{ postId: b.gate }, { postId: b.gate }] })
    expect(JSON.stringify(found)).not.toMatch(/box|token|subject/i)
    expect(await b.feng.mayNotAsk(search, {})).toBe('kernel/no-right')
    const figure = (key: string) =>
      w.kernel.measure(b.zheng.actor, `encounters.${key}`, '2021-11-06', '2021-11-06')
    expect([
      await figure('persons'),
      await figure('vehicles'),
      await figure('turnedBack'),
      await figure('referred'),
    ]).toEqual([9, 3, 4, 0])
    expect(await w.kernel.measure(b.han.actor, 'encounters.persons', '2021-11-06', '2021-11-06')).toBe(7)
  })

  it('ENC16 fever is seen, and a post that went silent', async () => {
    await b.feng.sends([encounter(w, b.checkpoint, { temperature: 391 })])
    expect(await seen('fever')).toMatchObject([{ subject: b.checkpoint, severity: 'amber' }])
    expect(await seen('postSilent')).toEqual([])
    w.clock.advance(130)
    expect((await seen('postSilent'))?.map(one => one.subject).sort()).toEqual([b.gate, b.checkpoint].sort())
  })
})
