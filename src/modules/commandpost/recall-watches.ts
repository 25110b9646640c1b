// Who was called back and has not answered, and who is not there by the time; one alert for each unit of a recall.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { agencyInScope, commandpostDb, minutesLater, unitsOf } from './lower.ts'
import { countsOf } from './recall-counts.ts'
import type { RecallRow } from './recall-reads.ts'

const recallsMost = 100

type Counts = Awaited<ReturnType<typeof countsOf>>[number]

async function sightings(
  anyDb: Kysely<AnyTables>,
  now: string,
  say: (
    recall: RecallRow,
    counts: Counts,
    unit: string,
  ) => Pick<Sighting, 'title' | 'severity' | 'dueAt'> | null,
): Promise<Sighting[]> {
  const db = commandpostDb(anyDb)
  const recalls = await db
    .selectFrom('recall')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('report_by')
    .orderBy('recall_id')
    .limit(recallsMost)
    .execute()
  if (recalls.length === 0) return []
  const agencyId = await agencyInScope(db)
  const units = await unitsOf(db, agencyId)
  const found: Sighting[] = []
  for (const recall of recalls) {
    for (const counts of await countsOf(db, agencyId, [recall.recall_id], now)) {
      const said = say(recall, counts, units.get(counts.unit_id)?.shortName ?? '')
      if (!said) continue
      found.push({
        subject: `${recall.recall_id} ${counts.unit_id}`,
        link: `/recall?recall=${recall.recall_id}&unit=${counts.unit_id}`,
        unitId: counts.unit_id,
        ...said,
      })
    }
  }
  return found
}

const unanswered: Watch = {
  key: 'commandpost.recallUnanswered',
  title: { zh: '召回未答复', en: 'No answer to a recall' },
  owner: 'unitLeader',
  detect: (db, now) =>
    sightings(db, now, (recall, counts, unit) => {
      const n = counts.unanswered
      if (n === 0) return null
      return {
        title: {
          zh: `${unit}${n} 人未答复第 ${recall.n} 号召回`,
          en: `${unit}: ${n} without an answer to recall ${recall.n}`,
        },
        severity: 'amber',
        dueAt: minutesLater(recall.ordered_at, recall.answer_minutes),
      }
    }),
}

const late: Watch = {
  key: 'commandpost.recallLate',
  title: { zh: '召回逾期未到', en: 'Not in by the time of a recall' },
  owner: 'dutyOfficer',
  detect: (db, now) =>
    sightings(db, now, (recall, counts, unit) => {
      const n = counts.overdue
      if (n === 0) return null
      return {
        title: {
          zh: `${unit}${n} 人逾期未到(第 ${recall.n} 号召回)`,
          en: `${unit}: ${n} not in by the time of recall ${recall.n}`,
        },
        severity: 'red',
        dueAt: recall.report_by,
      }
    }),
}

export const recallWatches = [unanswered, late]
