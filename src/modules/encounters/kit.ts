// Everything that a phone takes along for a shift. The post's key follows from post and shift, so that it changes at the
// hand-over, is the same on every phone of the shift, and is stored nowhere.
import { queriesOn } from '../../kernel/query.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { demandFor, patternsOf, type PostOfOperation } from '../posts/index.ts'
import { kit } from './contracts.ts'
import { encountersProblems } from './contracts-problems.ts'
import { anyDb, type EncountersDb, postOf } from './lower.ts'
import { newestRules, rulesFor } from './rules.ts'
import type { EncountersTables } from './tables.ts'

interface Shift {
  begins: string
  ends: string
}

/** The band of the post's own demand in which the instant lies; where it has none, the duty day. */
async function shiftAt(
  db: EncountersDb,
  agency: AgencySettings,
  post: PostOfOperation,
  now: string,
): Promise<Shift> {
  const today = dutyDayOf(agency, now)
  const bounds = (day: string, from: number, until: number): Shift => ({
    begins: instantAt(agency.timeZone, day, from),
    ends: instantAt(agency.timeZone, day, until),
  })
  const patterns = new Map((await patternsOf(anyDb(db), agency.agencyId)).map(one => [one.patternId, one]))
  const demand = await demandFor(
    anyDb(db),
    agency.agencyId,
    post.operationId,
    addDays(today, -1),
    addDays(today, 1),
  )
  const shifts = demand
    .filter(one => one.postId === post.postId)
    .flatMap(({ day, patternId, band }) => {
      const found = patterns.get(patternId)?.bands.find(one => one.key === band)
      if (!found) return []
      const from = agency.handOverMinute + found.from
      return [bounds(day, from, from + found.minutes)]
    })
    .filter(one => one.begins <= now && now < one.ends)
    // Of two that run, the one that began last: it is the shift that took over.
    .sort((a, b) => (a.begins < b.begins ? 1 : -1))
  const { handOverMinute } = agency
  return shifts[0] ?? bounds(today, handOverMinute, handOverMinute + 24 * 60)
}

export const kitQuery = queriesOn<EncountersTables>()(kit, {
  async run(db, { postId }, meta) {
    const { agency, now } = meta
    const post = await postOf(db, agency.agencyId, postId)
    if (!post) throw encountersProblems.postNotFound()
    const shift = await shiftAt(db, agency, post, now)
    return {
      postId,
      postName: post.name,
      postKind: post.kind,
      rules: rulesFor(await newestRules(anyDb(db), agency.agencyId), post),
      publicKey: await meta.publicKey(),
      passKey: meta.secret('pass key', postId, shift.begins),
      passKeyUntil: shift.ends,
      made: now,
    }
  },
})
