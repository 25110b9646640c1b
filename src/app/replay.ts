// Replaying a published operation: a row per fact, each counted by its measure over the whole operation.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact, Scenario } from '../../scenarios/scenario.ts'
import { addDays, instantAt } from '../kernel/time.ts'
import { openDatabase } from './installation.ts'
import { type OpenStage, openStage } from './stage.ts'

export interface FactRow {
  key: string
  value: number
  atLeast: boolean
  measured: number | null
  unit: string
  met: boolean
}

/** At-least facts may be up to 5 % above, or up to `atMost` where the published words leave a range. */
export function isMet(fact: Fact, measured: number | null): boolean {
  if (measured === null) return false
  if (!fact.atLeast) return measured === fact.value
  const most = fact.atMost ?? fact.value * 1.05
  return measured >= fact.value && measured <= most
}

/** Runs the scenario in a temporary database of its own, which is gone afterwards; `look` sees it before that. */
export async function replayScenario(
  scenario: Scenario,
  say: (line: string) => void,
  look?: (open: OpenStage, span: { from: string; until: string }) => Promise<void>,
): Promise<FactRow[]> {
  const folder = mkdtempSync(join(tmpdir(), `fangxian-replay-${scenario.name}-`))
  const masterKey = Buffer.alloc(32, 1)
  const external = process.env.DATABASE_URL
  // The replay never touches the installation's database, not even when one is named.
  delete process.env.DATABASE_URL
  const addresses = await openDatabase({ dataFolder: folder, masterKey }, { fsync: false })
  try {
    const open = await openStage(addresses, masterKey, scenario, scenario.start, { say })
    try {
      await scenario.play(open.stage)
      const { timeZone, handOverMinute } = open.stage.agency
      const last = addDays(scenario.start, scenario.days - 1)
      open.stage.setClock(instantAt(timeZone, addDays(last, 1), handOverMinute))
      const rows: FactRow[] = []
      for (const fact of scenario.facts) {
        const known = open.kernel.registry.measures.has(fact.key)
        const measured = known ? await open.kernel.measure(open.actor, fact.key, scenario.start, last) : null
        const { key, value, unit, atLeast = false } = fact
        rows.push({ key, value, atLeast, measured, unit, met: isMet(fact, measured) })
      }
      await look?.(open, { from: scenario.start, until: last })
      return rows
    } finally {
      await open.close()
    }
  } finally {
    await addresses.stop()
    rmSync(folder, { recursive: true, force: true })
    if (external !== undefined) process.env.DATABASE_URL = external
  }
}
