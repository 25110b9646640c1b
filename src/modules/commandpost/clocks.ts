// How long each owner of a difficulty has, by its urgency, and who comes after whom.
import type { Owner, Urgency } from './contracts.ts'
import type { CommandpostDb } from './lower.ts'

export interface Clock {
  urgency: Urgency
  unitMinutes: number
  dutyOfficerMinutes: number
  dutyLeaderMinutes: number
}

/** Until a bureau sets its own. */
export const defaultClocks: readonly Clock[] = [
  { urgency: 'urgent', unitMinutes: 10, dutyOfficerMinutes: 15, dutyLeaderMinutes: 30 },
  { urgency: 'soon', unitMinutes: 60, dutyOfficerMinutes: 60, dutyLeaderMinutes: 120 },
  { urgency: 'ordinary', unitMinutes: 240, dutyOfficerMinutes: 240, dutyLeaderMinutes: 480 },
]

export const nextOwner: Record<Owner, Owner | null> = {
  unit: 'dutyOfficer',
  dutyOfficer: 'dutyLeader',
  dutyLeader: null,
}

export function minutesOf(clock: Clock, owner: Owner): number {
  if (owner === 'unit') return clock.unitMinutes
  return owner === 'dutyOfficer' ? clock.dutyOfficerMinutes : clock.dutyLeaderMinutes
}

/** The clocks that hold, one for each urgency, the most urgent first. */
export async function clocksOf(db: CommandpostDb, agencyId: string): Promise<Clock[]> {
  const rows = await db
    .selectFrom('escalation_clock')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('urgency')
    .execute()
  return defaultClocks.map(usual => {
    const own = rows.find(row => row.urgency === usual.urgency)
    if (!own) return usual
    return {
      urgency: usual.urgency,
      unitMinutes: own.unit_minutes,
      dutyOfficerMinutes: own.duty_officer_minutes,
      dutyLeaderMinutes: own.duty_leader_minutes,
    }
  })
}
