import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { addUnit } from '../people/contracts.ts'
import { addPost, openZone, setDemands } from '../posts/contracts.ts'
import { adopt, board, publish, whatIfInput } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { codeOf, supposes } from './test-what-if.ts'

describe('what-ifs', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['unitLeader'])
  const b = await bureau(w, zhou)
  w.clock.set('2021-11-03T06:00:00.000Z')
  const { operationId, firstDay, lastDay } = b
  const days = { fromDay: firstDay, untilDay: lastDay }
  const span = { operationId, ...days }
  const planId = w.newId()
  const asks = (list: unknown[], more: Record<string, unknown> = {}) =>
    supposes(w, zhou, { ...span, seconds: 2, suppositions: list, ...more })
  const rows = async () =>
    (
      await w.owner.query<{ text: string }>(
        `select (select string_agg(a::text, '|' order by a::text) from app.assignment a)
        || (select string_agg(d::text, '|' order by d::text) from app.demand d)
        || (select string_agg(p::text, '|' order by p::text) from app.post p) as text`,
      )
    ).rows[0]?.text

  it('RST180 nothing that stands is touched, and what is supposed is solved from the published roster', async () => {
    // Shared out evenly, so that whoever falls out leaves duties behind.
    const found = await solves(w, zhou, { ...span, seconds: 2, stopWhenCovered: false })
    await zhou.does(adopt, adoption(planId, found))
    await zhou.does(publish, { planId, revision: 1 })
    const [before, seen] = [await rows(), await zhou.asks(board, span)]
    const notes: string[] = []
    const list = [{ kind: 'absent', people: 6, ...days }]
    const input = { ...span, seconds: 1, suppositions: list }
    const { result, changes } = await supposes(w, zhou, input, { notes })
    expect(notes).toContain('Solving')
    expect(result).toMatchObject({ open: 0, more: null, rosterVersion: 1, officers: 30, stopped: false })
    expect(result.supposed).toEqual({ posts: 0, absent: 6, closed: 0 })
    // Those who are missing are replaced with few changes, and everybody else stays.
    expect(changes.length).toBe(result.changes?.cells)
    expect(result.changes?.cells).toBeGreaterThan(0)
    expect(result.changes?.cells).toBeLessThan(60)
    expect(await rows()).toBe(before)
    expect(await zhou.asks(board, span)).toEqual(seen)
  })

  it('RST181 two more sealed zones need twice the posts and crews of the one they are like', async () => {
    const { result } = await asks([{ kind: 'zones', count: 2, likeZoneId: b.zoneId, ...days }])
    expect(result.supposed.posts).toBe(2)
    // 8 at each gate in four bands, 3 at the checkpoint and 1 on standby.
    expect(result.days.map(one => one.needed)).toEqual(Array(7).fill(28))
    expect(result.days.every(one => one.posts === 5)).toBe(true)
    expect(result.skills).toMatchObject([{ skill: 'leader', needed: Array(7).fill(12) }])
    const morning = result.bands.find(one => one.zh === '早班' || one.needed[0] === 6)
    expect(morning?.needed).toEqual(Array(7).fill(6))
  })

  it('RST182 a sampling day needs its sites on its weekdays only', async () => {
    const site = w.newId()
    const post = { operationId, postId: site, code: 'CY-01', name: '示例采样点', unitId: b.unitId }
    await zhou.does(addPost, { ...post, kind: 'samplingSite', opensOn: '2021-10-24' })
    const rounds = { kind: 'rounds', weekdays: [2, 5], sites: 3, likePostId: site, ...days }
    expect(await codeOf(asks([rounds]))).toBe('roster/supposed-nothing')
    const line = {
      demandId: w.newId(),
      postId: site,
      patternId: b.patterns.dayOnly,
      bands: ['morning'],
      heads: 4,
    }
    await zhou.does(setDemands, { lines: [{ ...line, beginsOn: '2021-10-30', endsOn: '2021-10-30' }] })
    const { result } = await asks([rounds])
    // 4 November 2021 is a Thursday; Tuesday is the sixth day and Friday the second.
    expect(result.days.map(one => one.needed)).toEqual([12, 24, 12, 12, 12, 24, 12])
    expect(result.supposed.posts).toBe(3)
  })

  it('RST183 a closed post needs nobody, and whoever stood there is free for others', async () => {
    const last = { fromDay: '2021-11-06', untilDay: lastDay }
    const { result, changes } = await asks([{ kind: 'closed', postId: b.checkpoint, ...last }])
    expect(result.days.map(one => one.needed)).toEqual([12, 12, 9, 9, 9, 9, 9])
    const there = changes.filter(one => one.after?.postName === '青禾北卡口' && one.day >= last.fromDay)
    expect(there).toEqual([])
    expect(result.days.slice(2).every(one => (one.changed ?? 0) >= 1)).toBe(true)
    expect(result.supposed).toMatchObject({ closed: 1 })
  })

  it('RST184 another rule of rest is a rule of the search, and its limits are held', async () => {
    const rest = (rule: string, value: number) => ({ kind: 'rest', rule, value })
    const { result } = await asks([rest('minRestMinutes', 2880), rest('maxMinutesIn7Days', 720)])
    // Seven days of 12 hours at most for each of thirty.
    expect(result.hours.most).toBeLessThanOrEqual(12)
    expect(result.open).toBeGreaterThan(0)
    // With half a day a week nobody may stand by for 24 hours, however many there are.
    expect(result.more?.left).toBeGreaterThanOrEqual(7)
    expect(await codeOf(asks([rest('daysOffIn7', 7)]))).toBe('roster/rule-outside')
    expect(await codeOf(asks([rest('daysOffIn7', 2), rest('daysOffIn7', 3)]))).toBe('roster/rule-twice')
  })

  it('RST185 the answer says how many more are needed, tried by a second search, or how many are to spare', async () => {
    const enough = await asks([{ kind: 'absent', people: 2, ...days }])
    expect(enough.result.more).toBeNull()
    expect(enough.result.spare?.people).toBeGreaterThan(0)
    const absent = { kind: 'absent', people: 22, ...days }
    const { result } = await asks([absent])
    expect(result.open).toBeGreaterThan(0)
    expect(result.more?.people).toBeGreaterThan(0)
    expect(result.more?.left).toBe(0)
    expect(result.days.every(one => one.away >= 22)).toBe(true)
    for (const one of result.days) expect(one.filled + one.open).toBe(one.needed)
    expect(result.lines.length).toBeGreaterThan(0)
    // So many are really enough: the same with as many fewer absent leaves nothing open.
    const fewer = await asks([{ ...absent, people: 22 - (result.more?.people ?? 0) }], { seconds: 4 })
    expect(fewer.result.open).toBeLessThanOrEqual(1)
  })

  it('RST186 available are those who stand there or could by every rule', async () => {
    const { result } = await asks([{ kind: 'absent', people: 5, ...days }])
    for (const band of result.bands) {
      band.needed.forEach((needed, at) => {
        expect(band.available[at]).toBeGreaterThanOrEqual(Math.min(needed, band.filled[at] ?? 0))
        expect(band.available[at]).toBeLessThanOrEqual(25)
      })
    }
    for (const one of result.days) expect(one.onDuty + one.free + one.away).toBeLessThanOrEqual(30)
  })

  it('RST187 a skill that nobody has is open and said, and who is added would have it', async () => {
    const post = { operationId, postId: w.newId(), code: 'YL-01', name: '医疗点', unitId: b.unitId }
    await zhou.does(addPost, { ...post, kind: 'checkpoint', opensOn: '2021-11-01' })
    const line = {
      postId: post.postId,
      patternId: b.patterns.dayOnly,
      bands: ['morning'],
      heads: 1,
      beginsOn: '2021-11-15',
      endsOn: '2021-11-30',
    }
    await zhou.does(setDemands, {
      lines: [
        { ...line, demandId: w.newId() },
        { ...line, demandId: w.newId(), skill: 'medical' },
      ],
    })
    const rounds = { kind: 'rounds', weekdays: [6], sites: 2, likePostId: post.postId, ...days }
    const { result } = await asks([rounds])
    expect(result.skills.find(one => one.skill === 'medical')).toEqual({
      skill: 'medical',
      needed: [0, 0, 2, 0, 0, 0, 0],
      open: [0, 0, 2, 0, 0, 0, 0],
      available: [0, 0, 0, 0, 0, 0, 0],
    })
    expect(result.more).toEqual({ people: 2, left: 0 })
    expect(result.lines[0]).toMatchObject({ supposed: true, skill: 'medical', reason: 'nobody-has-skill' })
  })

  it('RST188 what cannot be supposed is refused in words', async () => {
    const zones = { kind: 'zones', count: 10_000, likeZoneId: b.zoneId, ...days }
    expect(await codeOf(asks([zones]))).toBe('roster/supposed-too-much')
    expect(await codeOf(asks([{ ...zones, likeZoneId: w.newId() }]))).toBe('kernel/missing')
    expect(await codeOf(asks([{ kind: 'closed', postId: w.newId(), ...days }]))).toBe('kernel/missing')
    const absent = { kind: 'absent', people: 31, ...days }
    expect(await codeOf(asks([absent]))).toBe('roster/absent-too-many')
    expect(await codeOf(asks([{ ...absent, people: 1, skill: 'diver' }]))).toBe('roster/absent-too-many')
    expect(await codeOf(asks([{ ...absent, people: 1, unitId: w.newId() }]))).toBe('kernel/missing')
    const unitId = w.newId()
    const unit = { kind: 'station', parentId: b.unitId, place: null, sort: 2 } as const
    await zhou.does(addUnit, { ...unit, unitId, name: '城东二所', shortName: '城东二所' })
    expect(await codeOf(asks([{ ...absent, people: 1, unitId }]))).toBe('roster/absent-too-many')
    const outside = { ...absent, people: 1, untilDay: '2021-11-30' }
    expect(await codeOf(asks([outside]))).toBe('roster/supposed-outside')
    const past = { fromDay: '2021-10-25', untilDay: '2021-10-30' }
    expect(await codeOf(asks([{ ...absent, ...past, people: 1 }], past))).toBe('roster/what-if-over')
    expect(await codeOf(asks([{ ...absent, people: 1 }], { untilDay: '2022-11-30' }))).toBe('roster/bad-span')
    const bare = w.newId()
    await zhou.does(openZone, {
      operationId,
      zoneId: bare,
      name: '空区域',
      kind: 'control',
      orderNumber: '青防指〔2021〕8号',
      approver: '周示一',
      beginsAt: '2021-10-25T00:00:00Z',
      plannedEndAt: '2021-11-20T00:00:00Z',
    })
    expect(await codeOf(asks([{ ...zones, count: 1, likeZoneId: bare }]))).toBe('roster/supposed-zone-bare')
    for (const wrong of [[], [{ kind: 'flood' }], [{ ...absent, people: 0 }], [{ ...absent, people: '3' }]]) {
      expect(whatIfInput.safeParse({ ...span, suppositions: wrong }).success).toBe(false)
    }
    expect(
      whatIfInput.safeParse({ ...span, suppositions: Array(21).fill({ ...absent, people: 1 }) }).success,
    ).toBe(false)
  })

  it('RST189 ended in the middle it answers with the best so far, and only planners may ask', async () => {
    const began = Date.now()
    const input = { ...span, seconds: 60, suppositions: [{ kind: 'absent', people: 24, ...days }] }
    const { result } = await supposes(w, zhou, input, { cancelAfterMs: 1500 })
    expect(Date.now() - began).toBeLessThan(45_000)
    expect(result.stopped).toBe(true)
    expect(result.days).toHaveLength(7)
    const roles = w.kernel.registry.tasks.get('roster.whatIf')?.roles ?? []
    expect(zheng.actor.roles.some(role => (roles as readonly string[]).includes(role))).toBe(false)
    const part = w.person('冯样三', ['commander'], { unitIds: [b.unitId] })
    expect(await codeOf(supposes(w, part, input))).toBe('roster/whole-agency-only')
  })

  it('RST188 without anybody on the books there is nothing to work out', async () => {
    const none = await world(modules)
    const chen = none.person('陈例四', ['commander', 'administrator'])
    none.clock.set('2021-11-03T06:00:00.000Z')
    const empty = await bureau(none, chen, 0)
    const input = {
      operationId: empty.operationId,
      ...days,
      seconds: 1,
      suppositions: [{ kind: 'zones', count: 1, likeZoneId: empty.zoneId, ...days }],
    }
    expect(await codeOf(supposes(none, chen, input))).toBe('roster/unsound')
    // A zone, a post or a unit of another agency is not there.
    expect(await codeOf(supposes(w, zhou, { ...input, operationId }))).toBe('kernel/missing')
  })
})
