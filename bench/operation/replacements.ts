// Who can stand in for somebody who did not come: asked of a roster of 15,000 assignments, while check-ins go on.
import { Kernel } from '../../src/kernel/kernel.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Registry } from '../../src/kernel/module.ts'
import { access } from '../../src/modules/access/index.ts'
import { checkInMany, dayList, replacements } from '../../src/modules/attendance/contracts.ts'
import { attendance } from '../../src/modules/attendance/index.ts'
import { operations } from '../../src/modules/operations/index.ts'
import { people } from '../../src/modules/people/index.ts'
import { posts } from '../../src/modules/posts/index.ts'
import { publish } from '../../src/modules/roster/contracts.ts'
import { roster } from '../../src/modules/roster/index.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { benchDatabase } from '../frame/database.ts'
import { rosterBureau } from '../frame/roster-bureau.ts'

const day = '2021-11-10'

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const database = await benchDatabase()
  try {
    say('replacements: solving and publishing')
    const bureau = await rosterBureau(database)
    const { planId, revision } = await bureau.adopted()
    await bureau.run(publish, { planId, revision })
    await database.owner.query('analyze')
    const kernel = new Kernel({
      registry: new Registry([access, operations, people, posts, roster, attendance]),
      database: database.as('fangxian_app'),
      masterKey: Buffer.alloc(32, 7),
      now: () => new Date('2021-11-10T00:10:00Z'),
      log: silentLog,
    })
    try {
      const { actor } = await kernel.system(bureau.agencyId)
      const list = await kernel.ask(actor, dayList, { operationId: bureau.operationId, day, limit: 5_000 })
      const seats = list.rows.filter(row => row.state === 'missing')
      const times = quick ? 60 : 300
      const apart: number[] = []
      let offered = 0
      say(`replacements: asking ${times} times`)
      for (let n = 0; n < times; n += 1) {
        const seat = seats[n % seats.length]
        if (!seat) throw new Error('invariant: somebody is missing')
        const { postId, patternId, band, officerId } = seat
        const begun = performance.now()
        const input = { postId, day, patternId, band, replacesOfficerId: officerId }
        offered += (await kernel.ask(actor, replacements, input)).rows.length
        apart.push(performance.now() - begun)
        // Between two questions somebody checks in, as it is at eight.
        const other = seats[(n * 13 + 5) % seats.length]
        if (!other || n % 2 === 1) continue
        const here = [{ postId: other.postId, officerIds: [other.officerId] }]
        await kernel.run(actor, checkInMany, {
          day,
          patternId: other.patternId,
          band: other.band,
          posts: here,
        })
      }
      const [first = Number.NaN] = apart
      const sorted = apart.toSorted((a, b) => a - b)
      return [
        { name: 'replacements: p50', value: rounded(median(sorted)), unit: 'ms' },
        {
          name: 'replacements: p95',
          value: rounded(sorted[Math.floor(times * 0.95)] ?? Number.NaN),
          unit: 'ms',
        },
        { name: 'replacements: the first of a day', value: rounded(first), unit: 'ms' },
        { name: 'replacements: offered each time', value: rounded(offered / times), unit: 'officers' },
      ]
    } finally {
      await kernel.close()
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}
