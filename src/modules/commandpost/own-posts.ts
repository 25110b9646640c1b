// Where somebody stands: the posts of an officer's duties around an instant, by the published roster.
import type { Actor, AgencySettings } from '../../kernel/command.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { dutiesOfOfficers } from '../roster/index.ts'
import { anyDb, type CommandpostDb } from './lower.ts'

const halfDayMs = 12 * 3_600_000

export interface OwnPost {
  /** He stands there at the instant; else his duty there ended or begins within half a day. */
  onDuty: boolean
  operationId: string
}

export async function dutyPostsAround(
  db: CommandpostDb,
  { actor, agency }: { actor: Actor; agency: AgencySettings },
  at: string,
): Promise<Map<string, OwnPost>> {
  const found = new Map<string, OwnPost>()
  if (actor.officerId === null) return found
  const today = dutyDayOf(agency, at)
  const now = Date.parse(at)
  const days = [addDays(today, -1), addDays(today, 1)] as const
  for (const duty of await dutiesOfOfficers(anyDb(db), agency.agencyId, [actor.officerId], ...days)) {
    const [begins, ends] = [Date.parse(duty.begins), Date.parse(duty.ends)]
    if (now < begins - halfDayMs || now >= ends + halfDayMs) continue
    const onDuty = (begins <= now && now < ends) || (found.get(duty.postId)?.onDuty ?? false)
    found.set(duty.postId, { onDuty, operationId: duty.operationId })
  }
  return found
}
