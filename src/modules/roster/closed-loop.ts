// Closed loops: a team stays with its post for a stretch of days, mixes with nobody, and rests afterwards.
import type { ClosedLoopBlock } from '../../cores/roster/index.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import { historyDays, publishedAt, type RosterInputs } from './inputs.ts'

const day1440 = 1440
const idOf = (slot: { postId: string; patternId: string }) => `${slot.postId} ${slot.patternId}`

/**
 * Stretches of equal length from the day on which the post opened (else from the first day of its demand that is
 * known), so that the same days fall into the same stretch whenever a roster is made.
 */
export function blocksOf(
  inputs: RosterInputs,
  slots: readonly { postId: string; patternId: string }[],
  horizon: number,
): ClosedLoopBlock[] {
  const { closedLoopDays, closedLoopRestDays } = inputs.rules
  const blocks: ClosedLoopBlock[] = []
  for (const slot of slots) {
    const post = inputs.posts.get(slot.postId)
    if (!post?.closedLoop) continue
    const anchor = daysBetween(inputs.fromDay, post.opensOn ?? anchorOf(inputs, slot.postId))
    const nth = Math.max(0, Math.floor(-anchor / closedLoopDays))
    for (let n = nth; anchor + n * closedLoopDays < horizon; n += 1) {
      const firstDay = anchor + n * closedLoopDays
      const lastDay = firstDay + closedLoopDays - 1
      if (lastDay < 0) continue
      blocks.push({
        id: `${idOf(slot)} ${firstDay}`,
        post: idOf(slot),
        firstDay,
        lastDay,
        restDays: closedLoopRestDays,
      })
    }
  }
  return blocks
}

function anchorOf(inputs: RosterInputs, postId: string): string {
  let first = inputs.demand.find(line => line.postId === postId)?.day ?? inputs.fromDay
  for (const { day, duty } of inputs.published.each()) {
    const at = addDays(inputs.fromDay, day - historyDays)
    if (duty.postId === postId && at < first) first = at
  }
  return first
}

/** Who stands in a loop when the span begins, and until when those who left one rest. */
export type LoopHistory = Map<string, { block?: string; restUntilMinute?: number }>

export function loopHistory(
  inputs: RosterInputs,
  slots: readonly { postId: string; patternId: string }[],
  blocks: readonly ClosedLoopBlock[],
): LoopHistory {
  const found: LoopHistory = new Map()
  const loops = new Set(slots.filter(slot => inputs.posts.get(slot.postId)?.closedLoop).map(idOf))
  if (loops.size === 0) return found
  const { closedLoopDays, closedLoopRestDays } = inputs.rules
  for (const { officerId } of inputs.officers) {
    for (let day = -historyDays; day < 0; day += 1) {
      const duty = publishedAt(inputs, officerId, day)
      if (!duty || !loops.has(idOf(duty))) continue
      const running = blocks.find(
        block => block.post === idOf(duty) && block.firstDay <= day && day <= block.lastDay,
      )
      if (running) {
        found.set(officerId, { block: running.id })
        continue
      }
      const next = blocks.find(block => block.post === idOf(duty))
      if (!next) continue
      const over = Math.ceil((next.firstDay - day) / closedLoopDays)
      const lastDay = next.firstDay - (over - 1) * closedLoopDays - 1
      const restUntil = lastDay + closedLoopRestDays
      if (restUntil >= 0) found.set(officerId, { restUntilMinute: (restUntil + 1) * day1440 })
    }
  }
  return found
}
