import { describe, expect, it } from 'vitest'
import type { OutputOf } from '../../kernel/contract.ts'
import { httpWorld } from '../../kernel/http/http-world.ts'
import { world } from '../../kernel/world.ts'
import { moments, situation, trend } from './contracts.ts'
import { at, bureau, modules, publishes } from './test-bureau.ts'
import { figuresByHand, foldUntil, logTexts, openAlerts } from './test-fold.ts'
import { story } from './test-story.ts'

type Situation = OutputOf<typeof situation>
const [first, second, third] = ['2021-11-04', '2021-11-05', '2021-11-06'] as const

/** The same draws on every run. */
function drawn(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const figuresIn = (seen: Situation) => Object.fromEntries(seen.figures.map(one => [one.key, one.value]))
/** What was seen, without the clock of the asking. */
const shown = ({ now: _now, past: _past, ...rest }: Situation) => rest

describe('the situation', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
  const b = await bureau(w, boss)
  await publishes(
    w,
    boss,
    b,
    [first, second].flatMap(day => [
      { officer: 0, day, post: 'gate' as const, bands: 1 },
      { officer: 1, day, post: 'gate' as const, bands: 1 },
      { officer: 2, day, post: 'gate' as const, bands: 2 },
      { officer: 3, day, post: 'checkpoint' as const, bands: 1 },
      { officer: 4, day, post: 'center' as const, bands: 1 },
    ]),
  )
  const presences = async () => {
    const { rows } = await w.owner.query<{ presence_id: string }>(
      'select presence_id from app.presence order by recorded_at, officer_id = $1 desc, presence_id',
      [b.officers[0]],
    )
    return rows.map(row => row.presence_id)
  }
  /** What the boss saw at each minute that he looked, while it was now. */
  const seen = new Map<string, Situation>()
  const looks = async (moment: string) => {
    w.clock.set(moment)
    seen.set(moment, await boss.asks(situation, {}))
  }

  it('SIT1 one answer has level, figures, map, alerts, who is on, who leads and the log', async () => {
    for (const [moment, step] of story({ w, boss, b, presences })) {
      await looks(new Date(Date.parse(moment) - 60_000).toISOString())
      w.clock.set(moment)
      await step()
      await looks(moment)
    }
    const now = seen.get(at(first, 12))
    expect(now?.operation).toMatchObject({ name: '秋季疫情防控专项勤务', days: 12 })
    expect(now?.level).toMatchObject({ level: 1, orderNumber: '青公指〔2021〕7号' })
    expect(now?.alerts).toMatchObject({ total: 1, red: 1 })
    expect(now?.alerts.rows[0]).toMatchObject({
      titleZh: '东门封控点缺 1 人',
      post: '东门封控点',
      ownerRole: 'dutyOfficer',
    })
    expect(now?.onNow.rows.map(row => [row.name, row.need, row.have, row.present, row.names])).toEqual([
      ['东门封控点', 2, 2, 1, ['冯样三', '陈示四']],
      ['青禾北卡口', 1, 1, 0, ['卫样六']],
      ['前沿指挥部', 1, 1, 1, ['蒋示七']],
    ])
    expect(now?.log?.rows.map(row => row.text)).toEqual(['东门请求增援'])
    expect(now?.zones.map(zone => [zone.name, zone.kind])).toEqual([
      ['北塘市场', 'control'],
      ['城东花园', 'sealed'],
    ])
    expect(now?.dutyDay).toBe(first)
  })

  it('SIT2 eight figures, each beside that of the day before as the books had it then', async () => {
    const now = seen.get(at(second, 9, 59))
    expect(now?.figures.map(one => [one.key, one.value, one.before])).toEqual([
      ['onDuty', 2, 4],
      ['present', 1, 3],
      ['empty', 2, 1],
      ['short', 1, 0],
      ['sealed', 0, 1],
      ['control', 2, 0],
      ['sites', 1, 0],
      ['difficulties', 1, 0],
    ])
  })

  it('SIT3 a unit takes those below it; a zone its posts; who leads and alerts stay', async () => {
    const ask = { at: at(first, 12) }
    const east = await boss.asks(situation, { ...ask, unitId: b.east })
    expect(east.posts.map(post => post.code)).toEqual(['FK-01', 'ZH-01'])
    expect(figuresIn(east)).toMatchObject({ onDuty: 3, present: 2, sealed: 1, control: 0 })
    expect(east.zones.map(zone => zone.name)).toEqual(['城东花园'])
    const zone = await boss.asks(situation, { ...ask, zoneId: b.zoneId })
    expect(zone.posts.map(post => post.code)).toEqual(['FK-01'])
    expect(zone.onNow.rows.map(row => row.code)).toEqual(['FK-01'])
    expect(figuresIn(zone)).toMatchObject({ onDuty: 2, sealed: 1, difficulties: 1 })
    expect(zone.leaders).toHaveLength(1)
    expect(zone.alerts.total).toBe(1)
    expect(zone.zoneNames).toHaveLength(2)
    const both = await boss.asks(situation, { ...ask, unitId: b.west, zoneId: b.zoneId })
    expect([both.posts, both.onNow.rows]).toEqual([[], []])
  })

  it('SIT4 who leads is who stands at the command post by the published roster', async () => {
    const day = await boss.asks(situation, { at: at(first, 12) })
    expect(day.leaders).toEqual([
      {
        ...{ post: '前沿指挥部', unit: '城东所', office: '指挥中心主任', leads: true },
        ...{ until: at(first, 20), name: '蒋示七' },
      },
    ])
    expect((await boss.asks(situation, { at: at(first, 23) })).leaders).toEqual([])
  })

  it('SIT5 what has not come, is not there or makes no sense is refused', async () => {
    expect(await boss.mayNotAsk(situation, { at: at(third, 23) })).toBe('reports/not-yet')
    expect(await boss.mayNotAsk(situation, { unitId: w.newId() })).toBe('reports/unknown-unit')
    expect(await boss.mayNotAsk(situation, { zoneId: w.newId() })).toBe('reports/unknown-zone')
    for (const hostile of [
      { at: 'yesterday' },
      { at: 5 },
      { unitId: "' or 1=1" },
      { more: 1 },
      { wall: 'x' },
    ]) {
      expect(await boss.mayNotAsk(situation, hostile)).toBe('kernel/bad-input')
    }
    const before = await boss.asks(situation, { at: '2021-10-01T00:00:00Z' })
    expect([before.operation, before.figures, before.posts]).toEqual([null, [], []])
    expect((await boss.asks(situation, { operationId: w.newId() })).operation).toBeNull()
  })

  it('SIT6 what came later is undone, and the clock is that of the moment', async () => {
    const sealedAt = async (moment: string) => figuresIn(await boss.asks(situation, { at: moment })).sealed
    // Ordered at five in the afternoon, from four on: at half past four nobody knew.
    expect([await sealedAt(at(first, 16, 30)), await sealedAt(at(first, 17))]).toEqual([1, 0])
    const seenThen = await boss.asks(situation, { at: at(first, 23) })
    expect([seenThen.dutyDay, seenThen.level?.level]).toEqual([first, 1])
    expect(seenThen.onNow.rows.map(row => row.ends)).toContain(at(second, 8))
  })

  it('SIT7 as of every minute that somebody looked, one sees what he saw', async () => {
    expect(seen.size).toBeGreaterThan(40)
    for (const [moment, then] of seen) {
      const again = await boss.asks(situation, { at: moment })
      expect([again.past, again.now]).toEqual([true, w.clock.now.toISOString()])
      expect(shown(again), moment).toEqual(shown(then))
    }
  })

  it('SIT8 the figures of ten drawn minutes are those of the fold of all changes until then', async () => {
    const draw = drawn(20_211_104)
    const [from, until] = [Date.parse(at(first, 7)), Date.parse(at(second, 13))]
    const sums = new Set<string>()
    for (let n = 0; n < 10; n += 1) {
      const moment = new Date(from + Math.floor((draw() * (until - from)) / 60_000) * 60_000).toISOString()
      const { rows, changes } = await foldUntil(w, moment)
      expect(changes).toBeGreaterThan(40)
      const past = await boss.asks(situation, { at: moment })
      expect(figuresIn(past), moment).toEqual(figuresByHand(rows, moment))
      expect(past.alerts.rows.map(row => row.alertId)).toEqual(openAlerts(rows))
      expect(past.log?.rows.map(row => `${row.pinned ? '!' : ''}${row.text}`).sort()).toEqual(logTexts(rows))
      sums.add(JSON.stringify(past.figures.map(one => one.value)))
    }
    console.log(`SIT8: ten minutes compared, ${sums.size} different situations`)
    expect(sums.size).toBeGreaterThan(4)
  })

  it('SIT16 the trend has the figures of each hour and day as they were, until the moment that is shown', async () => {
    const ask = { at: at(second, 9, 59) }
    const { rows } = await boss.asks(trend, ask)
    expect(rows.map(row => [row.key, row.every, row.points.length])).toEqual([
      ...['onDuty', 'present', 'empty', 'short'].map(key => [key, 'hour', 25]),
      ...['sealed', 'control', 'sites'].map(key => [key, 'day', 8]),
      ['difficulties', 'hour', 25],
    ])
    let compared = 0
    for (const { key, points } of rows) {
      for (const { at: moment, value } of points) {
        const then = await boss.asks(situation, { at: moment })
        expect([key, moment, value]).toEqual([key, moment, figuresIn(then)[key] ?? null])
        compared += 1
      }
    }
    expect(compared).toBe(5 * 25 + 3 * 8)
    expect(rows[0]?.points.at(-1)?.at).toBe(at(second, 9))
    expect(
      new Set(rows.find(row => row.key === 'present')?.points.map(one => one.value)).size,
    ).toBeGreaterThan(2)
    const east = await boss.asks(trend, { ...ask, unitId: b.east })
    expect(east.rows[0]?.points).not.toEqual(rows[0]?.points)
    expect(await boss.mayNotAsk(trend, { at: at(third, 23) })).toBe('reports/not-yet')
    expect(await boss.mayNotAsk(trend, { unitId: w.newId() })).toBe('reports/unknown-unit')
    expect(await boss.mayNotAsk(trend, { at: 'x' })).toBe('kernel/bad-input')
  })

  it('SIT11 the answer for a wall has no name of anybody', async () => {
    const wall = await boss.asks(situation, { at: at(first, 12), wall: true })
    const text = JSON.stringify(wall)
    const { rows } = await w.owner.query<{ name: string; badge: string }>(
      'select name, badge from app.officer',
    )
    expect(rows).toHaveLength(6)
    for (const { name, badge } of rows) {
      expect(text).not.toContain(name)
      expect(text).not.toContain(badge)
    }
    expect(wall.leaders[0]).toMatchObject({ office: '指挥中心主任', name: null })
    expect(wall.alerts.rows[0]).toMatchObject({ post: '东门封控点', link: '' })
    expect(wall.alerts.rows[0]?.titleZh).not.toContain('缺 1 人')
    expect([wall.log, wall.onNow.rows[0]?.names]).toEqual([null, []])
    // Nor for who may look at nothing else.
    const viewer = w.person('韩样九', ['viewer'])
    expect((await viewer.asks(situation, { wall: true })).operation).not.toBeNull()
  })

  it('SIT9 the moments to go back to are alerts raised and changes that the books entered', async () => {
    const { rows } = await boss.asks(moments, {
      ...{ operationId: b.operationId, from: at(first, 8), until: at(first, 20) },
    })
    expect(rows).toContainEqual({ at: at(first, 9, 30), kind: 'red' })
    expect(rows.map(row => row.at)).toEqual(rows.map(row => row.at).toSorted())
  })
})

describe('strangers to the situation', async () => {
  const w = await httpWorld(modules)
  it('SIT5 who is signed out, or of another bureau, learns nothing', async () => {
    const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
    const b = await bureau(w, boss)
    expect((await w.nobody().get('/api/queries/reports.situation')).status).toBe(401)
    expect((await boss.asks(situation, {})).posts).toHaveLength(3)
    const { rows } = await w.owner.query('select 1 from app.post where post_id = $1', [b.gate])
    expect(rows).toHaveLength(1)
  })
})
