// Which level holds: worked out from the orders by the clock, so that a screen is right even when the job that writes
// the fall-back into the books is late.
import type { z } from 'zod'
import type { levelRow } from './contracts.ts'
import type { DutyLevelTable } from './tables.ts'

export type LevelRow = z.output<typeof levelRow>
type Level = LevelRow['level']

/** One order as it stands at `now`. Orders that were replaced before they began never held. */
export function levelAt(row: DutyLevelTable, now: string): LevelRow {
  const end = row.ended_at !== null && row.ended_at < row.falls_back_at ? row.ended_at : row.falls_back_at
  const neverHeld = row.ended_at !== null && row.ended_at <= row.begins_at
  const state = neverHeld ? 'replaced' : row.begins_at > now ? 'ahead' : end > now ? 'inForce' : 'fallenBack'
  return {
    levelId: row.level_id,
    operationId: row.operation_id,
    level: row.level as Level,
    scopeUnitId: row.scope_unit_id,
    scopeText: row.scope_text,
    reason: row.reason,
    orderNumber: row.order_number,
    orderedBy: row.ordered_by,
    beginsAt: row.begins_at,
    fallsBackAt: row.falls_back_at,
    fallsBackTo: row.falls_back_to as Level,
    endedAt: row.ended_at,
    state,
    levelNow: (state === 'inForce' || state === 'ahead' ? row.level : row.falls_back_to) as Level,
  }
}

/** Orders for the same people: the same unit, or the same words where no unit is named. */
export function scopeKey(row: Pick<DutyLevelTable, 'scope_unit_id' | 'scope_text'>): string {
  return row.scope_unit_id ?? `text ${row.scope_text}`
}

export const wholeBureau = '全局'

/**
 * The order that decides in each scope at `now`: the latest that has begun. An order that began later replaces the
 * one before it, which is then history and not “fallen back”.
 */
export function levelsAt(rows: readonly DutyLevelTable[], now: string): LevelRow[] {
  const latest = new Map<string, { row: DutyLevelTable; seen: LevelRow }>()
  for (const row of rows) {
    const seen = levelAt(row, now)
    if (seen.state === 'replaced' || seen.state === 'ahead') continue
    const before = latest.get(scopeKey(row))
    if (!before || before.row.begins_at < row.begins_at) latest.set(scopeKey(row), { row, seen })
  }
  return [...latest.values()].map(one => one.seen)
}

/** As `levelAt`, for a history: an order that ended when the next of its scope began was replaced by it. */
export function historyAt(rows: readonly DutyLevelTable[], now: string): LevelRow[] {
  const begins = new Set(rows.map(row => `${scopeKey(row)} ${row.begins_at}`))
  return rows.map(row => {
    const seen = levelAt(row, now)
    const replaced = seen.state === 'fallenBack' && row.ended_at !== null && row.ended_at < row.falls_back_at
    return replaced && begins.has(`${scopeKey(row)} ${row.ended_at}`) ? { ...seen, state: 'replaced' } : seen
  })
}
