// What the command post sets: how many people a site expects, and what sites are held to.
import { commandsOn } from '../../kernel/command.ts'
import { postsByIds, roundSites } from '../posts/index.ts'
import { screeningProblems, setExpected, setRules } from './contracts.ts'
import { anyDb } from './lower.ts'
import type { ScreeningTables } from './tables.ts'

const on = commandsOn<ScreeningTables>()

const expected = on(setExpected, {
  async handle(tx, { roundId, sites }, meta) {
    const { agencyId } = meta.agency
    const inRound = new Set((await roundSites(anyDb(tx.db), agencyId, { roundId })).map(site => site.postId))
    const named = async (postId: string) => {
      const post = (await postsByIds(anyDb(tx.db), agencyId, [postId])).get(postId)
      return { site: post?.name ?? '' }
    }
    const seen = new Set<string>()
    for (const { postId } of sites) {
      if (!inRound.has(postId)) throw screeningProblems.roundMissing(await named(postId))
      if (seen.has(postId)) throw screeningProblems.siteTwice(await named(postId))
      seen.add(postId)
    }
    tx.write(
      tx.db
        .insertInto('sampling_expected')
        .values(
          sites.map(({ postId, people }) => ({
            agency_id: agencyId,
            round_id: roundId,
            post_id: postId,
            people,
          })),
        )
        .onConflict(one =>
          one
            .columns(['agency_id', 'round_id', 'post_id'])
            .doUpdateSet(eb => ({ people: eb.ref('excluded.people') })),
        ),
    )
    return {}
  },
})

/** Every set stays, so that it can be said by which a site was judged; the highest is in force. */
const rules = on(setRules, {
  async handle(tx, input, meta) {
    const last = await tx.db
      .selectFrom('sampling_rule')
      .select('rule_set')
      .where('agency_id', '=', meta.agency.agencyId)
      .orderBy('rule_set', 'desc')
      .executeTakeFirst()
    tx.write(
      tx.db.insertInto('sampling_rule').values({
        agency_id: meta.agency.agencyId,
        rule_set: (last?.rule_set ?? 0) + 1,
        seconds_per_person: input.secondsPerPerson,
        wait_minutes_max: input.waitMinutesMost,
        queue_max: input.queueMost,
        result_hours: input.resultHours,
        retest_hours: input.retestHours,
        set_at: meta.receivedAt,
        set_by: meta.actor.accountId,
      }),
    )
    return {}
  },
})

export const ruleCommands = [expected, rules]
