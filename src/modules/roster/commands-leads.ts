// Filling the calendar of leaders by hand, and repeating its order over further days.
import { type Kysely, sql } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { copyLeads, type LeadOffice, leadOffices, rosterProblems, setLeads } from './contracts.ts'
import { needRunning, needWholeAgency, type RosterTx } from './drafting.ts'
import { leadsIn, mayLead, officersOn } from './lead-reads.ts'
import { needSpan } from './plans.ts'
import type { RosterTables } from './tables.ts'

const on = commandsOn<RosterTables>()
const any = (tx: RosterTx) => tx.db as unknown as Kysely<AnyTables>

interface Place {
  day: string
  office: LeadOffice
  officerId: string
}

/** Days that are over stand as they were; none lies outside the operation. */
async function needDays(tx: RosterTx, meta: CommandMeta, operationId: string, days: readonly string[]) {
  const operation = await needRunning(tx, meta, operationId)
  const today = dutyDayOf(meta.agency, meta.receivedAt)
  for (const day of days) {
    if (day < today) throw rosterProblems.leadOver({ day })
    if (day < operation.beginsOn || (operation.endsOn !== null && day > operation.endsOn)) {
      throw rosterProblems.leadOutside({ day })
    }
  }
}

function write(tx: RosterTx, meta: CommandMeta, operationId: string, places: readonly Place[]): void {
  if (places.length === 0) return
  tx.write(
    tx.db
      .insertInto('lead_duty')
      .values(
        places.map(one => ({
          agency_id: meta.agency.agencyId,
          operation_id: operationId,
          day: one.day,
          office: one.office,
          officer_id: one.officerId,
          set_at: meta.receivedAt,
          set_by: meta.actor.accountId,
        })),
      )
      .onConflict(conflict =>
        conflict.columns(['agency_id', 'operation_id', 'day', 'office']).doUpdateSet({
          officer_id: sql`excluded.officer_id`,
          set_at: sql`excluded.set_at`,
          set_by: sql`excluded.set_by`,
        }),
      ),
  )
}

export const leadCommands = [
  on(setLeads, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const { operationId, places } = input
      const days = places.map(one => one.day).sort()
      await needDays(tx, meta, operationId, days)
      const seen = new Set<string>()
      for (const { day, office } of places) {
        if (seen.has(`${day} ${office}`)) throw rosterProblems.leadTwice({ day })
        seen.add(`${day} ${office}`)
      }
      needSpan(days[0] ?? '', days.at(-1) ?? '')
      const officers = await officersOn(any(tx), meta.agency, days[0] ?? '', days.at(-1) ?? '')
      const filled: Place[] = []
      for (const { day, office, officerId } of places) {
        if (officerId === null) {
          tx.write(
            tx.db
              .deleteFrom('lead_duty')
              .where('agency_id', '=', meta.agency.agencyId)
              .where('operation_id', '=', operationId)
              .where('day', '=', day)
              .where('office', '=', office),
          )
          continue
        }
        const officer = officers.get(officerId)
        if (!officer) throw rosterProblems.unknownOfficer({ count: 1 })
        if (!mayLead(officer, day)) throw rosterProblems.notALeader({ name: officer.name, day })
        filled.push({ day, office, officerId })
      }
      write(tx, meta, operationId, filled)
      return {}
    },
  }),

  on(copyLeads, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const { operationId, fromDay, untilDay, ontoDay, ontoUntil } = input
      const length = needSpan(fromDay, untilDay)
      const many = needSpan(ontoDay, ontoUntil)
      await needDays(tx, meta, operationId, [ontoDay, ontoUntil])
      const first = fromDay < ontoDay ? fromDay : ontoDay
      const last = untilDay > ontoUntil ? untilDay : ontoUntil
      const all = await leadsIn(any(tx), meta.agency.agencyId, first, last)
      const at = new Map(
        all
          .filter(one => one.operationId === operationId)
          .map(one => [`${one.day} ${one.office}`, one.officerId]),
      )
      const officers = await officersOn(any(tx), meta.agency, ontoDay, ontoUntil)
      const count = { filled: 0, kept: 0, left: 0 }
      const places: Place[] = []
      for (let n = 0; n < many; n += 1) {
        const day = addDays(ontoDay, n)
        // The place in the pattern goes by the distance to its first day, so that days before it fit, too.
        const away = daysBetween(fromDay, day) % length
        const model = addDays(fromDay, (away + length) % length)
        for (const office of leadOffices) {
          const officerId = at.get(`${model} ${office}`)
          if (officerId === undefined || model === day) continue
          const there = at.get(`${day} ${office}`)
          if (there === officerId || (there !== undefined && !input.replace)) count.kept += 1
          else if (!mayLead(officers.get(officerId), day)) count.left += 1
          else {
            count.filled += 1
            places.push({ day, office, officerId })
          }
        }
      }
      write(tx, meta, operationId, places)
      return count
    },
  }),
]
