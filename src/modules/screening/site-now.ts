// How sites stand now: the line as it was counted, what was sampled meanwhile, who is there; and what that advises.
import { sql } from 'kysely'
import { advise, paceOf } from '../../cores/queueing/index.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { countByPost, presentAt } from '../attendance/index.ts'
import { roundSites } from '../posts/index.ts'
import type { SamplingRules, SiteNowView } from './contracts.ts'
import { anyDb, anyId, type ScreeningDb } from './lower.ts'

type Agency = Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>
const minuteMs = 60_000
/** A line that was counted longer ago says nothing of now. */
const countedMinutes = 60
/** From one count to the other at least, or a slip of one weighs too much. */
const betweenMinutes = 10
const windowMinutes = 30
/** Two to four officers are at a site. */
const officersMost = 4

interface Note {
  queue: number
  at: number
}

async function notesOf(db: ScreeningDb, agencyId: string, postIds: readonly string[], now: number) {
  const since = new Date(now - 2 * countedMinutes * minuteMs).toISOString()
  const rows = await db
    .selectFrom('site_queue')
    .select(['post_id', 'queue', 'noted_at'])
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', anyId(postIds))
    .where('noted_at', '>', since)
    .where('noted_at', '<=', new Date(now).toISOString())
    .orderBy('noted_at', 'desc')
    .orderBy('queue_id', 'desc')
    .execute()
  const byPost = new Map<string, Note[]>()
  for (const row of rows) {
    const notes = byPost.get(row.post_id) ?? []
    notes.push({ queue: row.queue, at: Date.parse(row.noted_at) })
    byPost.set(row.post_id, notes)
  }
  return byPost
}

/** The stretch that the pace is taken over: from a count of the line to the last, else the last half hour. */
function stretchOf(notes: readonly Note[], now: number) {
  const [newest] = notes
  const last = newest && now - newest.at <= countedMinutes * minuteMs ? newest : undefined
  const before = notes.find(one => last && last.at - one.at >= betweenMinutes * minuteMs)
  if (last && before && last.at - before.at <= countedMinutes * minuteMs) {
    return { last, before, since: before.at, until: last.at }
  }
  return { last, before: undefined, since: now - windowMinutes * minuteMs, until: now }
}

async function sampledIn(
  db: ScreeningDb,
  agencyId: string,
  stretches: ReadonlyMap<string, { since: number; until: number }>,
): Promise<Map<string, number>> {
  const posts = [...stretches.keys()]
  const at = (key: 'since' | 'until') => [...stretches.values()].map(one => new Date(one[key]).toISOString())
  const { rows } = await sql<{ post_id: string; people: number }>`
    select w.post_id, sum(t.people)::int as people
    from unnest(${posts}::uuid[], ${at('since')}::timestamptz[], ${at('until')}::timestamptz[])
      as w (post_id, since, until)
    join tube t on t.agency_id = ${agencyId}::uuid and t.post_id = w.post_id
      and t.sealed_at > w.since and t.sealed_at <= w.until
    group by w.post_id order by w.post_id`.execute(db)
  return new Map(rows.map(row => [row.post_id, row.people]))
}

/** Lanes of a site: as many as its rounds of the day have, open unless they were closed today. */
async function lanesOf(db: ScreeningDb, agencyId: string, postIds: readonly string[], day: string) {
  const [sites, said] = await Promise.all([
    roundSites(anyDb(db), agencyId, { day, postIds }),
    db
      .selectFrom('sampling_lane')
      .select(['post_id', 'n', 'open'])
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', anyId(postIds))
      .where('day', '=', day)
      .orderBy('post_id')
      .orderBy('n')
      .execute(),
  ])
  const lanes = new Map(postIds.map(postId => [postId, new Map<number, boolean>()]))
  for (const site of sites) {
    for (let n = 1; n <= site.lanes; n += 1) lanes.get(site.postId)?.set(n, true)
  }
  for (const row of said) lanes.get(row.post_id)?.set(row.n, row.open)
  return lanes
}

export interface SiteStands {
  now: SiteNowView
  lanes: { n: number; open: boolean }[]
}

/** By post, at an instant of the duty day that runs. */
export async function sitesNow(
  db: ScreeningDb,
  agency: Agency,
  postIds: readonly string[],
  nowAt: string,
  rules: SamplingRules,
): Promise<Map<string, SiteStands>> {
  if (postIds.length === 0) return new Map()
  const { agencyId } = agency
  const now = Date.parse(nowAt)
  const [notes, lanes, present] = await Promise.all([
    notesOf(db, agencyId, postIds, now),
    lanesOf(db, agencyId, postIds, dutyDayOf(agency, nowAt)),
    presentAt(anyDb(db), nowAt, { agencyId, postIds }),
  ])
  const stretches = new Map(postIds.map(postId => [postId, stretchOf(notes.get(postId) ?? [], now)]))
  const sampled = await sampledIn(db, agencyId, stretches)
  const officers = countByPost(present)
  return new Map(
    postIds.map(postId => {
      const own = [...(lanes.get(postId) ?? [])].map(([n, open]) => ({ n, open })).sort((a, b) => a.n - b.n)
      const seen = {
        stretch: stretches.get(postId) ?? stretchOf([], now),
        sampled: sampled.get(postId) ?? 0,
        lanes: own,
        officers: officers.get(postId) ?? 0,
      }
      return [postId, { now: viewOf(seen, rules), lanes: own }]
    }),
  )
}

interface Seen {
  stretch: ReturnType<typeof stretchOf>
  sampled: number
  lanes: { open: boolean }[]
  officers: number
}

function viewOf({ stretch, sampled, lanes, officers }: Seen, rules: SamplingRules): SiteNowView {
  const { last, before, since, until } = stretch
  const lanesOpen = lanes.filter(lane => lane.open).length
  const queue = last?.queue ?? null
  const view = {
    queue,
    queueAt: last ? new Date(last.at).toISOString() : null,
    lanesOpen,
    lanesThere: lanes.length,
    officers,
  }
  // Nobody counted and nobody was sampled: there is nothing to go by.
  if (queue === null && sampled === 0) return { ...view, pace: null, advice: null }
  const minutes = (until - since) / minuteMs
  const pace = paceOf({
    minutes,
    sampled,
    queueBefore: before?.queue ?? null,
    queueNow: queue,
    lanes: lanesOpen,
    secondsPerPerson: rules.secondsPerPerson,
  })
  const { arrivalsPerMinute, minutesPerPerson } = pace
  const site = { arrivalsPerMinute, minutesPerPerson, lanes: lanesOpen, lanesThere: lanes.length, officers }
  return {
    ...view,
    pace: {
      sampled,
      minutes,
      arrivalsPerMinute,
      secondsPerPerson: minutesPerPerson * 60,
      seen: pace.seen,
    },
    advice: lanesOpen === 0 ? null : advise({ ...site, queue: queue ?? 0 }, { ...rules, officersMost }),
  }
}
