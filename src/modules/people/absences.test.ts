import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit, endUnavailable, reportUnavailable } from './contracts.ts'
import { people } from './index.ts'

describe('absences', async () => {
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const admin = w.person('周示一', ['administrator'])
  const [station, zheng, feng] = [w.newId(), w.newId(), w.newId()]
  const unit = { unitId: station, name: '城东派出所', shortName: '城东所', kind: 'station', sort: 1 } as const
  await admin.does(addUnit, { ...unit, parentId: null })
  for (const [officerId, badge, name] of [
    [zheng, '990102', '郑例二'],
    [feng, '990103', '冯样三'],
  ] as const) {
    await admin.does(addOfficer, { officerId, badge, name, kind: 'police', unitId: station })
  }
  const leader = w.person('杨示十', ['unitLeader'], { unitIds: [station] })
  const own = w.person('郑例二', ['officer'], { unitIds: [station], officerId: zheng })
  const absence = (officerId: string) => ({
    availabilityId: w.newId(),
    officerId,
    state: 'unavailable' as const,
    beginsAt: '2021-11-03T08:00:00+08:00',
    endsAt: '2021-11-04T08:00:00+08:00',
  })

  it('PPL16 who is back earlier ends his absence then; what lay before stays, one ahead is withdrawn', async () => {
    const leave = absence(feng)
    await leader.does(reportUnavailable, leave)
    const { availabilityId, beginsAt } = leave
    const at = (hours: number) => new Date(Date.parse(beginsAt) + hours * 3_600_000).toISOString()
    expect(await own.isRefused(endUnavailable, { availabilityId, endsAt: at(1) })).toBe('people/own-only')
    expect(await leader.isRefused(endUnavailable, { availabilityId, endsAt: leave.endsAt })).toBe(
      'people/ends-later',
    )
    await leader.does(endUnavailable, { availabilityId, endsAt: at(1) })
    const row = async (id: string) =>
      (
        await w.owner.query('select ends_at, withdrawn from app.availability where availability_id = $1', [
          id,
        ])
      ).rows[0]
    expect(await row(availabilityId)).toMatchObject({ withdrawn: false })
    expect(new Date((await row(availabilityId)).ends_at).toISOString()).toBe(at(1))
    await leader.does(endUnavailable, { availabilityId, endsAt: at(-1) })
    expect(await row(availabilityId)).toMatchObject({ withdrawn: true })
    expect(await leader.isRefused(endUnavailable, { availabilityId, endsAt: at(-1) })).toBe(
      'people/availability-missing',
    )
  })
})
