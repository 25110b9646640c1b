// Holidays and working weekends, as they are published: set by hand, because no rule gives them.
import { commandsOn } from '../../kernel/command.ts'
import { queriesOn } from '../../kernel/query.ts'
import { restProblems, setSpecialDays, specialDays, type specialDayKinds } from './contracts.ts'
import { needWholeAgency } from './drafting.ts'
import { specialDayRows } from './special-days.ts'
import type { RosterTables } from './tables.ts'

type Kind = (typeof specialDayKinds)[number]

export const specialDayQueries = [
  queriesOn<RosterTables>()(specialDays, {
    async run(db, { from, until }, meta) {
      const rows = await specialDayRows(db, meta.agency.agencyId, from, until)
      return { rows: rows.map(row => ({ day: row.day, kind: row.kind as Kind, name: row.name })) }
    },
  }),
]

export const specialDayCommands = [
  commandsOn<RosterTables>()(setSpecialDays, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, { days }, meta) {
      const { agencyId } = meta.agency
      const seen = new Set<string>()
      for (const { day, kind, name } of days) {
        if (seen.has(day)) throw restProblems.specialDayTwice({ day })
        seen.add(day)
        if (kind !== null && name.trim() === '') throw restProblems.specialDayName({ day })
        tx.write(tx.db.deleteFrom('special_day').where('agency_id', '=', agencyId).where('day', '=', day))
        if (kind === null) continue
        tx.write(
          tx.db.insertInto('special_day').values({
            ...{ agency_id: agencyId, day, kind, name: name.trim() },
            ...{ set_at: meta.receivedAt, set_by: meta.actor.accountId },
          }),
        )
      }
      return {}
    },
  }),
]
