// What the phone works with at a site.
import type { InputOf } from '../../kernel/contract.ts'
import { type QueryMeta, queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { presentAt } from '../attendance/index.ts'
import { type PostOfOperation, postsByIds, roundSites } from '../posts/index.ts'
import { dutiesOfOfficers } from '../roster/index.ts'
import { leading, my, type MySite, type SamplingRules, screeningProblems } from './contracts.ts'
import { anyDb, rulesNow, type ScreeningDb } from './lower.ts'
import { type SiteStands, sitesNow } from './site-now.ts'
import type { ScreeningTables } from './tables.ts'

const on = queriesOn<ScreeningTables>()
const aheadMs = 12 * 3_600_000
const lastMost = 8
const unboxedMost = 500
const retestsMost = 100

/** Sites of the asker's duties around now, the running one first, each with the band that it is about. */
async function ownSites(db: ScreeningDb, meta: QueryMeta): Promise<Map<string, string>> {
  const { officerId } = meta.actor
  const found = new Map<string, string>()
  if (officerId === null) return found
  const { agencyId } = meta.agency
  const [now, today] = [Date.parse(meta.now), dutyDayOf(meta.agency, meta.now)]
  const [duties, present] = await Promise.all([
    dutiesOfOfficers(anyDb(db), agencyId, [officerId], addDays(today, -1), addDays(today, 1)),
    presentAt(anyDb(db), meta.now, { agencyId }),
  ])
  for (const one of present) if (one.officerId === officerId) found.set(one.postId, one.band)
  const away = (at: { begins: string; ends: string }) =>
    Math.max(0, Date.parse(at.begins) - now, now - Date.parse(at.ends))
  const near = duties.filter(duty => away(duty) < aheadMs).sort((a, b) => away(a) - away(b))
  for (const duty of near) {
    if (!found.has(duty.postId)) found.set(duty.postId, duty.bands[0] ?? 'day')
  }
  return found
}

/** Whoever leads asks for a site by name and has no band of his own. */
async function askedSites(
  db: ScreeningDb,
  { postId }: InputOf<typeof my>,
  meta: QueryMeta,
): Promise<{ bands: Map<string, string>; posts: Map<string, PostOfOperation> }> {
  const own = await ownSites(db, meta)
  const bands = postId === undefined ? own : new Map([[postId, own.get(postId) ?? 'day']])
  const posts = await postsByIds(anyDb(db), meta.agency.agencyId, [...bands.keys()])
  if (postId === undefined || own.has(postId)) return { bands, posts }
  const { roles, scope } = meta.actor
  const unitId = posts.get(postId)?.unitId ?? ''
  const leads = leading.some(role => roles.includes(role))
  if (posts.get(postId)?.kind !== 'samplingSite') throw screeningProblems.siteMissing()
  if (!leads) throw screeningProblems.notAtSite({ site: posts.get(postId)?.name ?? '' })
  if (scope.unitIds !== '*' && !scope.unitIds.includes(unitId)) {
    throw screeningProblems.outsideScope({ site: posts.get(postId)?.name ?? '' })
  }
  return { bands, posts }
}

async function tubesOf(db: ScreeningDb, agencyId: string, postId: string, day: string) {
  const of = db.selectFrom('tube').where('agency_id', '=', agencyId).where('post_id', '=', postId)
  const ofDay = of.where('day', '=', day)
  const [sums, last, unboxed] = await Promise.all([
    ofDay
      .select(({ fn }) => [fn.countAll<number>().as('tubes'), fn.sum<number | null>('people').as('people')])
      .executeTakeFirstOrThrow(),
    ofDay
      .select(['tube_id as tubeId', 'code', 'size', 'people', 'sealed_at as sealedAt', 'box_id as boxId'])
      .orderBy('sealed_at', 'desc')
      .orderBy('tube_id', 'desc')
      .limit(lastMost)
      .execute(),
    of
      .where('box_id', 'is', null)
      .where('day', '>=', addDays(day, -1))
      .select('code')
      .orderBy('sealed_at')
      .orderBy('tube_id')
      .limit(unboxedMost)
      .execute(),
  ])
  return {
    tubes: Number(sums.tubes),
    people: Number(sums.people ?? 0),
    last: last.map(({ boxId, ...tube }) => ({ ...tube, boxed: boxId !== null })),
    unboxed: unboxed.map(row => row.code),
  }
}

async function kitOf(db: ScreeningDb, agencyId: string, postId: string, day: string, band: string) {
  const row = await db
    .selectFrom('site_kit')
    .select(['loudspeaker', 'cordon', 'one_metre as oneMetre'])
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', postId)
    .where('day', '=', day)
    .where('band', '=', band)
    .executeTakeFirst()
  return row ?? null
}

const retestsOf = (db: ScreeningDb, agencyId: string, postId: string) =>
  db
    .selectFrom('retest as r')
    .innerJoin('tube as t', join =>
      join.onRef('t.agency_id', '=', 'r.agency_id').onRef('t.tube_id', '=', 'r.tube_id'),
    )
    .where('r.agency_id', '=', agencyId)
    .where('r.post_id', '=', postId)
    .where('r.outcome', 'is', null)
    .where('r.single_tube_id', 'is', null)
    .select(['r.retest_id as retestId', 't.code', 'r.n', 'r.due_at as dueAt'])
    .orderBy('r.due_at')
    .orderBy('t.code')
    .orderBy('r.n')
    .limit(retestsMost)
    .execute()

async function siteOf(
  db: ScreeningDb,
  agencyId: string,
  post: PostOfOperation,
  { day, band, stands }: { day: string; band: string; stands: SiteStands },
): Promise<MySite> {
  const { postId, code, name } = post
  const [rounds, tubes, kit, retests] = await Promise.all([
    roundSites(anyDb(db), agencyId, { day, postIds: [postId] }),
    tubesOf(db, agencyId, postId, day),
    kitOf(db, agencyId, postId, day, band),
    retestsOf(db, agencyId, postId),
  ])
  return {
    ...{ postId, code, name, day, band, kit, retests },
    ...stands,
    ...tubes,
    rounds: rounds.map(({ roundId, n, name: roundName }) => ({ roundId, n, name: roundName })),
  }
}

export const myQueries = [
  on(my, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const { bands, posts } = await askedSites(db, input, meta)
      const rules: SamplingRules = await rulesNow(db, agencyId)
      const day = dutyDayOf(meta.agency, meta.now)
      const mine = [...bands.keys()].filter(postId => posts.get(postId)?.kind === 'samplingSite')
      const stand = await sitesNow(db, meta.agency, mine, meta.now, rules)
      const sites: MySite[] = []
      for (const postId of mine) {
        const [post, stands] = [posts.get(postId), stand.get(postId)]
        if (!post || !stands) continue
        sites.push(await siteOf(db, agencyId, post, { day, band: bands.get(postId) ?? 'day', stands }))
      }
      return { now: meta.now, rules, sites }
    },
  }),
]
