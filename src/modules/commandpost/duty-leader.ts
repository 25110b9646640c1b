// Who "the duty leader" is at a moment, by the calendar of leaders: a difficulty that went up to him must not be
// nobody's.
import type { CommandMeta } from '../../kernel/command.ts'
import { seeingAgency } from '../../kernel/whole-agency.ts'
import { type Leader, leadersAt } from '../roster/index.ts'
import { anyDb, type CommandpostDb } from './lower.ts'

export type DutyLeader = Pick<Leader, 'office' | 'name' | 'unit'>

/** The leader of the command post (指挥长), else the leader of the bureau; undefined where nobody is set. */
export function dutyLeaderOf(leaders: readonly Leader[]): DutyLeader | undefined {
  const found =
    leaders.find(one => one.office === 'commandPost') ?? leaders.find(one => one.office === 'bureau')
  return found && { office: found.office, name: found.name, unit: found.unit }
}

/**
 * Who leads, for each of the moments; told to whoever may read the record, though they are of another unit. Nothing else
 * may be asked on this connection meanwhile.
 */
export const leadersSeen = (
  db: CommandpostDb,
  meta: Pick<CommandMeta, 'actor' | 'agency'>,
  operationId: string,
  moments: readonly string[],
): Promise<Leader[][]> =>
  seeingAgency({ db }, meta, async () => {
    const found: Leader[][] = []
    for (const at of moments) found.push(await leadersAt(anyDb(db), meta.agency, operationId, at))
    return found
  })

export const dutyLeadersAt = async (...asked: Parameters<typeof leadersSeen>) =>
  (await leadersSeen(...asked)).map(dutyLeaderOf)
