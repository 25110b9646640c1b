// Retention: whom no fact has spoken of for as long as facts of the field are kept is proposed for erasure. A person
// decides; the clock only proposes.
import { type Kysely, sql } from 'kysely'
import { derivedId } from '../../kernel/ids.ts'
import type { Routine } from '../../kernel/module.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { proposeForgetting } from './contracts.ts'
import type { SubjectsTables } from './tables.ts'

/** As long as encounters are kept. */
export const keptDays = 28
const atOnce = 500

/** Subjects last seen before that duty day about whom nothing is proposed, nor was turned down in the last 28 days. */
export async function forgettable(
  db: Kysely<SubjectsTables>,
  agencyId: string,
  before: string,
  now: string,
  among: readonly string[] | null = null,
): Promise<string[]> {
  const { rows } = await sql<{ subject_id: string }>`
    select s.subject_id from subject s
    where s.agency_id = ${agencyId} and s.erased_at is null and s.last_seen_on < ${before}::date
      and (${among}::uuid[] is null or s.subject_id = any (${among}::uuid[]))
      and not exists (select 1 from subject_erasure e where e.agency_id = s.agency_id and e.subject_id = s.subject_id
        and (e.decided_at is null or e.decided_at > ${now}::timestamptz - make_interval(days => ${keptDays}::int)))
    order by s.last_seen_on, s.subject_id limit ${atOnce}`.execute(db)
  return rows.map(row => row.subject_id)
}

export const proposeOldSubjects: Routine = {
  name: 'subjects.proposeForgetting',
  everySeconds: 3_600,
  async run(hands, { agencyId }) {
    const now = hands.now().toISOString()
    const before = addDays(dutyDayOf(hands.agency, hands.now()), -keptDays)
    const subjectIds = await hands.read(db =>
      forgettable(db as unknown as Kysely<SubjectsTables>, agencyId, before, now),
    )
    const [first] = subjectIds
    if (first === undefined) return
    const id = derivedId(first, `forget before ${before} at ${now}`)
    await hands.run(proposeForgetting, { before, subjectIds }, id)
  },
}
