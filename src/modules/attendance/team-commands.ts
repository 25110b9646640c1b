// Giving a post to a team, and ending it.
import type { Kysely } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { needOperation } from '../operations/index.ts'
import { teamsBetween } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import { endTeamPost, giveTeamPost } from './contracts.ts'
import { anyDb } from './seats.ts'
import type { AttendanceTables } from './tables.ts'
import { teamProblems } from './team-problems.ts'

const on = commandsOn<AttendanceTables>()

/** The team as it stands on both days. */
export async function needTeamOn(
  db: Kysely<AnyTables>,
  meta: CommandMeta,
  teamId: string,
  { beginsOn, endsOn }: { beginsOn: string; endsOn: string | null },
) {
  const { agencyId } = meta.agency
  const found = await teamsBetween(db, agencyId, beginsOn, endsOn ?? beginsOn)
  const team = found.find(one => one.teamId === teamId)
  if (!team) throw teamProblems.teamMissing()
  return team
}

export const teamPostCommands = [
  on(giveTeamPost, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { teamPostId, teamId, postId, beginsOn, endsOn } = input
      if (endsOn !== null && endsOn < beginsOn) throw teamProblems.endsBeforeItBegins()
      const db = anyDb(tx.db)
      const team = await needTeamOn(db, meta, teamId, input)
      if (beginsOn < team.beginsOn) throw teamProblems.teamMissing()
      // A team that ends gives its posts back with its last day.
      const last = team.endsOn !== null && (endsOn === null || endsOn > team.endsOn) ? team.endsOn : endsOn
      const post = (await postsByIds(db, agencyId, [postId])).get(postId)
      if (!post || post.state === 'closed') throw teamProblems.postMissing()
      await needOperation(db, agencyId, post.operationId)
      const holder = await tx.db
        .selectFrom('team_post')
        .select(['team_id', 'begins_on', 'ends_on'])
        .where('agency_id', '=', agencyId)
        .where('post_id', '=', postId)
        .where(({ or, eb }) => or([eb('ends_on', 'is', null), eb('ends_on', '>=', beginsOn)]))
        .$if(last !== null, found => found.where('begins_on', '<=', last ?? ''))
        .orderBy('begins_on')
        .limit(1)
        .executeTakeFirst()
      if (holder) {
        const day = holder.begins_on > beginsOn ? holder.begins_on : beginsOn
        const teams = await teamsBetween(db, agencyId, day, day)
        const name = teams.find(one => one.teamId === holder.team_id)?.name ?? ''
        throw teamProblems.postHeld({ team: name })
      }
      tx.write(
        tx.db.insertInto('team_post').values({
          agency_id: agencyId,
          team_post_id: teamPostId,
          team_id: teamId,
          operation_id: post.operationId,
          post_id: postId,
          begins_on: beginsOn,
          ends_on: last,
          order_number: input.orderNumber.trim(),
          approver: input.approver.trim(),
          given_at: meta.receivedAt,
          given_by: meta.actor.accountId,
          ended_at: null,
          ended_by: null,
        }),
      )
      return {}
    },
  }),

  on(endTeamPost, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const row = await tx.db
        .selectFrom('team_post')
        .select(['begins_on', 'ends_on'])
        .where('agency_id', '=', agencyId)
        .where('team_post_id', '=', input.teamPostId)
        .executeTakeFirst()
      const today = dutyDayOf(meta.agency, meta.receivedAt)
      if (!row || (row.ends_on !== null && row.ends_on < today)) throw teamProblems.teamPostMissing()
      if (input.endsOn < today && row.begins_on <= today) throw teamProblems.daysPast()
      const one = { rows: 1, otherwise: teamProblems.teamPostMissing() }
      if (input.endsOn < row.begins_on) {
        tx.write(
          tx.db
            .deleteFrom('team_post')
            .where('agency_id', '=', agencyId)
            .where('team_post_id', '=', input.teamPostId),
          one,
        )
        return {}
      }
      // Ending makes it shorter; holding a post for longer is a new order.
      if (row.ends_on !== null && input.endsOn > row.ends_on) throw teamProblems.endsBeforeItBegins()
      tx.write(
        tx.db
          .updateTable('team_post')
          .set({ ends_on: input.endsOn, ended_at: meta.receivedAt, ended_by: meta.actor.accountId })
          .where('agency_id', '=', agencyId)
          .where('team_post_id', '=', input.teamPostId),
        one,
      )
      return {}
    },
  }),
]
