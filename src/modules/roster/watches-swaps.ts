// Requests that wait while the clock runs, and the end that each comes to by itself.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { Routine, Sighting, Watch } from '../../kernel/module.ts'
import { officerNames } from '../people/index.ts'
import { lapseSwap, swapKindTitles, type SwapKind } from './contracts.ts'
import { agencyOf } from './scope.ts'

const hourMs = 3_600_000
/** So long before the duty begins somebody hears of a request that is not decided. */
const warnHours = 12
const sightingsMost = 300

async function unanswered(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const { agencyId } = await agencyOf(db)
  const until = new Date(Date.parse(now) + warnHours * hourMs).toISOString()
  const { rows } = await sql<{
    swap_id: string
    kind: SwapKind
    asker_id: string
    state: string
    due_at: string
  }>`
    select swap_id, kind, asker_id, state, due_at from swap_request
    where agency_id = ${agencyId} and state in ('asked', 'agreed')
      and due_at > ${now}::timestamptz and due_at <= ${until}::timestamptz
    order by due_at, swap_id limit ${sightingsMost}`.execute(db)
  const names = await officerNames(
    db,
    agencyId,
    rows.map(row => row.asker_id),
  )
  return rows.map(row => {
    const name = names.get(row.asker_id)?.name ?? ''
    const { zh, en } = swapKindTitles[row.kind]
    const agreed = row.state === 'agreed'
    return {
      subject: row.swap_id,
      title: {
        zh: `${name}的${zh}申请${agreed ? '待审批' : '无人答复'}，班次即将开始`,
        en: `${name}: ${en.toLowerCase()} ${agreed ? 'waits for approval' : 'is not answered'}, and the duty begins soon`,
      },
      severity: 'amber' as const,
      link: `/roster/swaps?open=${row.swap_id}`,
      unitId: names.get(row.asker_id)?.unitId ?? null,
      dueAt: row.due_at,
    }
  })
}

export const swapWatches: readonly Watch[] = [
  {
    key: 'roster.swapUnanswered',
    title: { zh: '换班申请未办结', en: 'A swap not decided' },
    owner: 'unitLeader',
    detect: unanswered,
  },
]

export const swapRoutines: Routine[] = [
  {
    name: 'roster.lapseSwaps',
    everySeconds: 60,
    async run(hands, agency) {
      const now = hands.now().toISOString()
      const { rows } = await hands.read(db =>
        sql<{ swap_id: string }>`
          select r.swap_id from swap_request r
          where r.agency_id = ${agency.agencyId} and r.state in ('asked', 'agreed')
            and (r.due_at <= ${now}::timestamptz or exists (
              select from swap_duty d where d.agency_id = r.agency_id and d.swap_id = r.swap_id
                and not exists (select from assignment a where a.agency_id = d.agency_id
                  and a.assignment_id = d.assignment_id)))
          order by r.due_at, r.swap_id limit 200`.execute(db),
      )
      // Ids follow from what ends, so that two workers at the same minute end it once.
      for (const { swap_id: swapId } of rows) {
        await hands.run(lapseSwap, { swapId }, derivedId(swapId, 'lapses'))
      }
    },
  },
]
