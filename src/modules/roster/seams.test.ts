// What holds across the seams: between spans that were published apart, around closed loops, and for people with limits.
// Judged from the published rows by SQL, without the solver or the validator.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { reportUnavailable } from '../people/contracts.ts'
import { addPost, setDemands } from '../posts/contracts.ts'
import { adopt, publish } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

describe('the seams of the roster', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou, 44)
  const { operationId, patterns } = b
  const hotel = w.newId()
  const publishes = async (fromDay: string, untilDay: string) => {
    const span = { operationId, fromDay, untilDay }
    const found = await solves(w, zhou, { ...span, seconds: 2, stopWhenCovered: true })
    expect(found.best.broken).toBe(0)
    const planId = w.newId()
    await zhou.does(adopt, adoption(planId, found))
    return zhou.does(publish, { planId, revision: 1 })
  }
  const count = async (sql: string) => Number((await w.owner.query(sql)).rows[0]?.n)
  const nights = b.officers.slice(0, 24)

  it('RST6 whoever has no nights stands in none, and stands by day', async () => {
    const post = { operationId, postId: hotel, code: 'GL-01', name: '示例酒店', unitId: b.unitId }
    await zhou.does(addPost, { ...post, kind: 'isolationHotel', closedLoop: true, opensOn: '2021-11-04' })
    await zhou.does(setDemands, {
      lines: [
        {
          demandId: w.newId(),
          postId: hotel,
          patternId: patterns.threeByEight,
          bands: ['early', 'late', 'night'],
          heads: 1,
          beginsOn: '2021-11-04',
          endsOn: '2021-11-30',
        },
      ],
    })
    for (const officerId of nights) {
      await zhou.does(reportUnavailable, {
        availabilityId: w.newId(),
        officerId,
        state: 'limited',
        noNights: true,
        beginsAt: '2021-11-01T00:00:00Z',
        endsAt: '2021-12-01T00:00:00Z',
      })
    }
    await publishes('2021-11-04', '2021-11-08')
    const ids = nights.map(id => `'${id}'`).join(',')
    expect(
      await count(`select count(*) as n from app.assignment where officer_id in (${ids})`),
    ).toBeGreaterThan(0)
    // 20:00–02:00, 02:00–08:00 and 00:00–08:00 by the clock of the place are nights; 16:00–24:00 is none.
    expect(
      await count(`select count(*) as n from app.assignment where officer_id in (${ids})
        and bands && array['night', 'whole', 'evening']`),
    ).toBe(0)
  })

  it('RST3 rest is kept between days that were published apart', async () => {
    await publishes('2021-11-12', '2021-11-15')
    await publishes('2021-11-09', '2021-11-11')
    expect(await count('select count(*) as n from app.roster_version')).toBe(3)
    const gaps = `with duty as (select officer_id, upper(period) as ends,
        lead(lower(period)) over (partition by officer_id order by lower(period)) as next from app.assignment)
      select count(*) as n from duty where next - ends < interval '11 hours'`
    expect(await count(gaps)).toBe(0)
  })

  it('RST10 no seven days in a row, and RST9 no six nights, over all that was published', async () => {
    const runs = `with day as (select officer_id, day - (row_number() over (partition by officer_id order by day))::int as run
        from app.assignment)
      select coalesce(max(n), 0) as n from (select count(*) as n from day group by officer_id, run) as runs`
    expect(await count(runs)).toBeLessThanOrEqual(6)
  })

  it('RST12 whoever is in a closed loop works nowhere else while it lasts', async () => {
    const there = `select distinct officer_id from app.assignment where post_id = '${hotel}'`
    expect(await count(`select count(*) as n from (${there}) as inside`)).toBeGreaterThan(0)
    const elsewhere = `select count(*) as n from app.assignment a where post_id <> '${hotel}'
      and exists (select from app.assignment h where h.post_id = '${hotel}' and h.officer_id = a.officer_id
        and h.day <= a.day and a.day < '2021-11-18')`
    expect(await count(elsewhere)).toBe(0)
  })
})
