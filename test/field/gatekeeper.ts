// An officer whose shift at a gate runs now, with a session: what the screen of a gate asks for.
import { Client } from '../../src/device/client.ts'
import type { CommandContract, Role } from '../../src/kernel/contract.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { my } from '../../src/modules/attendance/contracts.ts'
import { addOfficer } from '../../src/modules/people/contracts.ts'
import { defineStandardPatterns, setDemands } from '../../src/modules/posts/contracts.ts'
import { adopt, publish } from '../../src/modules/roster/contracts.ts'
import { type Ground, newId, sessionOf, withKernel } from './ground.ts'

export interface Gatekeeper {
  accountId: string
  cookie: string
}

type Step = [CommandContract, object]

const dayMs = 86_400_000
/** From yesterday on, so that the band that runs over midnight is among them. */
const days = 3
const bands = ['early', 'late', 'night']
const dayAt = (n: number) => new Date(Date.now() + n * dayMs).toISOString().slice(0, 10)

interface Staff {
  accountId: string
  officerId: string
  badge: string
}

const staffSteps = (unitId: string, staff: readonly Staff[]): Step[] =>
  staff.flatMap(({ accountId, officerId, badge }): Step[] => [
    [addOfficer, { officerId, unitId, badge, name: '周示一', kind: 'police' }],
    [addAccount, { accountId, badge, name: '周示一', roles: ['officer'], scopeUnitId: unitId, officerId }],
  ])

/** Each has a band of his own, every day. */
function rosterSteps({ operationId, postIds }: Ground, officers: readonly string[]): Step[] {
  const [planId, threeByEight, postId] = [newId(), newId(), postIds[0]]
  const [fromDay, untilDay] = [dayAt(-1), dayAt(days - 2)]
  const cells = new Uint16Array(officers.length * days)
  for (const [n] of officers.entries()) cells.fill(n + 1, n * days, (n + 1) * days)
  const others = { fourBySix: newId(), twoByTwelve: newId(), dayOnly: newId(), standby: newId() }
  const line = { demandId: newId(), postId, patternId: threeByEight, bands, heads: 1 }
  const matrix = {
    officers,
    patterns: [{ patternId: threeByEight, bands }],
    posts: [{ postId, pattern: 0 }],
    duties: bands.map((_, n) => ({ post: 0, bands: 1 << n })),
    cells: Buffer.from(cells.buffer).toString('base64'),
  }
  return [
    [defineStandardPatterns, { ...others, threeByEight }],
    [setDemands, { lines: [{ ...line, beginsOn: fromDay, endsOn: untilDay }] }],
    [adopt, { planId, operationId, fromDay, untilDay, matrix }],
    [publish, { planId, revision: 1 }],
  ]
}

/** Rostered by the clock of yesterday, because what has begun is not rostered any more. */
export async function onDuty(ground: Ground): Promise<Gatekeeper> {
  const { server, agencyId, unitId } = ground
  const staff = bands.map((_, n) => ({ accountId: newId(), officerId: newId(), badge: `99030${n}` }))
  const steps = [
    ...staffSteps(unitId, staff),
    ...rosterSteps(
      ground,
      staff.map(one => one.officerId),
    ),
  ]
  const work = async (kernel: Kernel) => {
    const { actor } = await kernel.system(agencyId)
    const boss = { ...actor, roles: ['administrator', 'commander', 'system'] as Role[] }
    for (const [contract, input] of steps) await kernel.run(boss, contract, input as never)
  }
  await withKernel(server, work, () => new Date(Date.now() - dayMs))
  for (const { accountId } of staff) {
    const cookie = await sessionOf(server, agencyId, accountId)
    const { seats } = await new Client({ base: server.base, cookie }).ask(my, {})
    const now = Date.now()
    const runs = seats.some(one => Date.parse(one.begins) <= now && now < Date.parse(one.ends))
    if (runs) return { accountId, cookie }
  }
  throw new Error('nobody has a shift that runs')
}
