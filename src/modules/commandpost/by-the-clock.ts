// What happens by the clock alone: a difficulty whose owner's time is up goes to the next; what was brought and never
// used is let go. Each by a command of the system, so that it stands in the journal like everything else.
import { sql } from 'kysely'
import { derivedId } from '../../kernel/ids.ts'
import type { Routine } from '../../kernel/module.ts'
import { escalateDifficulty, type Owner, sweepEnclosures } from './contracts.ts'
import { commandpostDb, minutesLater } from './lower.ts'
import { recallFallsBack } from './recall-with-level.ts'

const sweepAfterMinutes = 24 * 60

export const routines: Routine[] = [
  recallFallsBack,
  {
    name: 'commandpost.byTheClock',
    everySeconds: 60,
    async run(hands, agency) {
      const now = hands.now().toISOString()
      const due = await hands.read(db =>
        commandpostDb(db)
          .selectFrom('difficulty')
          .select(['difficulty_id', 'owner', 'due_at'])
          .where('agency_id', '=', agency.agencyId)
          .where(sql<boolean>`state in ('raised', 'working')`)
          .where('owner', '<>', 'dutyLeader')
          .where('due_at', '<=', now)
          .orderBy('due_at')
          .orderBy('difficulty_id')
          .limit(500)
          .execute(),
      )
      // Ids follow from what is done, so that two workers at the same minute do it once.
      for (const { difficulty_id, owner, due_at } of due) {
        const id = derivedId(difficulty_id, `goes up from ${owner} at ${due_at}`)
        await hands.run(escalateDifficulty, { difficultyId: difficulty_id, from: owner as Owner }, id)
      }
    },
  },
  {
    name: 'commandpost.sweep',
    everySeconds: 3_600,
    async run(hands, agency) {
      const before = minutesLater(hands.now().toISOString(), -sweepAfterMinutes)
      const waiting = await hands.read(db =>
        sql<{ n: number }>`select sys.enclosures_waiting(${before}::timestamptz) as n`.execute(db),
      )
      // A sweep that would let nothing go is no command.
      if (!waiting.rows[0]?.n) return
      await hands.run(sweepEnclosures, { before }, derivedId(agency.agencyId, `sweep ${before}`))
    },
  },
]
