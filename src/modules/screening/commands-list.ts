// Tubes of a site that worked on paper, or with somebody else's app: brought in afterwards, a list of one site at a time.
import { sql } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { isInRound, type PostOfOperation } from '../posts/index.ts'
import { needCodes } from './codes.ts'
import { tubesByCode } from './commands-results.ts'
import { recordTubes, screeningProblems } from './contracts.ts'
import { anyDb, needSite, someOf, type Tx } from './lower.ts'
import type { ScreeningTables } from './tables.ts'

const on = commandsOn<ScreeningTables>()
type Tubes = InputOf<typeof recordTubes>['tubes']

const dayMs = 86_400_000
/** Of `2021-11-03T14:05` in an instant. */
const minuteLength = 16
/** A list older than this is not of a round that anybody still works on. */
const oldestDays = 28

export function isTimely(sealedAt: string, now: string): boolean {
  const ago = Date.parse(now) - Date.parse(sealedAt)
  return ago >= 0 && ago <= oldestDays * dayMs
}

/** Refuses the list for the first kind of fault in it, with the codes that have it. */
function checkTubes(tubes: Tubes, codes: readonly string[], receivedAt: string): void {
  const codesWhere = (isWrong: (tube: Tubes[number]) => boolean) =>
    codes.filter((_, n) => isWrong(tubes[n] as Tubes[number]))
  const fault = (found: readonly string[]) => ({ n: found.length, codes: someOf(found) })
  const full = codesWhere(({ people, size }) => people > size)
  if (full.length > 0) throw screeningProblems.listTooFull(fault(full))
  const untimely = codesWhere(({ sealedAt }) => !isTimely(sealedAt, receivedAt))
  if (untimely.length > 0) throw screeningProblems.listUntimely(fault(untimely))
}

/** All of them in one statement: a column is one array, so that the text is the same for any number of tubes. */
function writeTubes(
  tx: Tx,
  { agency, actor, receivedAt, id }: CommandMeta,
  { roundId, tubes }: InputOf<typeof recordTubes>,
  site: PostOfOperation,
  codes: readonly string[],
): void {
  const sealed = tubes.map(({ sealedAt }) => new Date(sealedAt).toISOString())
  const days = new Map(sealed.map(at => [at.slice(0, minuteLength), '']))
  // Asking the calendar takes longer than all else, and a list is of a few hundred minutes.
  for (const minute of days.keys()) days.set(minute, dutyDayOf(agency, `${minute}:00Z`))
  const insert = sql`insert into tube (agency_id, tube_id, code, operation_id, post_id, unit_id, round_id, lane, size,
      people, day, sealed_at, sealed_by, recorded_at)
    select ${agency.agencyId}::uuid, t.tube_id, t.code, ${site.operationId}::uuid, ${site.postId}::uuid,
      ${site.unitId}::uuid, ${roundId}::uuid, t.lane, t.size, t.people, t.day, t.sealed_at, ${actor.accountId}::uuid,
      ${receivedAt}::timestamptz
    from unnest(${codes.map(code => id(code))}::uuid[], ${codes}::text[], ${tubes.map(one => one.lane)}::integer[],
      ${tubes.map(one => one.size)}::integer[], ${tubes.map(one => one.people)}::integer[],
      ${sealed.map(at => days.get(at.slice(0, minuteLength)))}::date[], ${sealed}::timestamptz[])
      as t (tube_id, code, lane, size, people, day, sealed_at)`
  tx.write({ compile: () => insert.compile(tx.db) as never })
}

const record = on(recordTubes, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const { postId, roundId, tubes } = input
    const codes = needCodes(tubes.map(({ code }) => code))
    checkTubes(tubes, codes, meta.receivedAt)
    const [site, isIn, used] = await Promise.all([
      needSite(tx, meta, postId),
      roundId === null || isInRound(anyDb(tx.db), agencyId, roundId, postId),
      tubesByCode(tx.db, agencyId, codes),
    ])
    if (!isIn) throw screeningProblems.roundMissing({ site: site.name })
    const before = codes.filter(code => used.has(code))
    if (before.length > 0) throw screeningProblems.tubesUsed({ n: before.length, codes: someOf(before) })
    writeTubes(tx, meta, input, site, codes)
    return { recorded: codes.length, people: tubes.reduce((sum, { people }) => sum + people, 0) }
  },
})

export const listCommands = [record]
