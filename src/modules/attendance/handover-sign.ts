// What the successor does: agrees with every figure, or returns the page with what he found.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { officerNames } from '../people/index.ts'
import { attendanceProblems, returnHandover, signHandover } from './contracts.ts'
import { figureOf } from './handover-given.ts'
import { about, officerOf } from './handover-give.ts'
import { handoverProblems } from './handover-problems.ts'
import { type Page, pageById } from './handover-rows.ts'
import { clockOf, momentOf } from './moment.ts'
import type { AttendanceTx } from './recording.ts'
import { rulesNow } from './rules.ts'
import { anyDb } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()

/** The page, which names this officer and waits for him in the round that he read. */
async function needTurn(
  tx: AttendanceTx,
  meta: CommandMeta,
  input: { handoverId: string; round: number },
): Promise<Page> {
  const { agencyId, timeZone } = meta.agency
  const officerId = officerOf(meta)
  const page = await pageById(tx.db, agencyId, input.handoverId)
  if (!page) throw handoverProblems.handoverMissing()
  if (page.giverId === officerId) throw handoverProblems.ownHandover()
  if (page.successorId !== officerId) {
    const names = await officerNames(anyDb(tx.db), agencyId, [page.successorId])
    throw handoverProblems.notNamed({ name: names.get(page.successorId)?.name ?? '' })
  }
  const time = clockOf(timeZone)
  if (page.signedAt !== null) throw handoverProblems.handoverSigned({ time: time(page.signedAt) })
  if (page.round !== input.round) throw handoverProblems.otherRound({ round: page.round })
  if (page.state === 'returned') throw handoverProblems.handoverReturned()
  return page
}

/** Nobody takes a post over before check-in for his band opens. */
async function needOpen(tx: AttendanceTx, meta: CommandMeta, page: Page, moment: string): Promise<void> {
  const { rules } = await rulesNow(tx.db, meta.agency.agencyId)
  const minutes = rules.earlyMinutes
  if (Date.parse(moment) >= Date.parse(page.nextBegins) - minutes * 60_000) return
  throw handoverProblems.signTooEarly({ time: clockOf(meta.agency.timeZone)(page.nextBegins), minutes })
}

const who = (meta: CommandMeta, handoverId: string) => ({
  officerId: officerOf(meta),
  handoverId,
  at: meta.occurredAt,
})

export const signCommands = [
  on(signHandover, {
    handle: (tx, input, meta) =>
      about(who(meta, input.handoverId), async () => {
        const moment = momentOf(meta)
        const page = await needTurn(tx, meta, input)
        await needOpen(tx, meta, page, moment)
        // A phone whose clock is behind cannot have signed before the page was given.
        const signedAt = moment < page.givenAt ? page.givenAt : moment
        tx.write(
          tx.db
            .updateTable('handover')
            .set({ state: 'signed', signed_at: signedAt })
            .where('agency_id', '=', meta.agency.agencyId)
            .where('handover_id', '=', input.handoverId)
            .where('state', '=', 'given')
            .where('round', '=', input.round),
          { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
        )
        return { signedAt }
      }),
  }),

  on(returnHandover, {
    handle: (tx, input, meta) =>
      about(who(meta, input.handoverId), async () => {
        const { agencyId } = meta.agency
        const moment = momentOf(meta)
        const page = await needTurn(tx, meta, input)
        await needOpen(tx, meta, page, moment)
        const seen = new Set<string>()
        const differences = input.differences.map(({ kind, name, found }) => {
          const stated = figureOf(page, kind, name)
          if (stated === undefined) throw handoverProblems.unknownFigure({ name })
          if (stated === found) throw handoverProblems.noDifference({ name })
          if (seen.has(`${kind} ${name}`)) throw handoverProblems.itemTwice({ name })
          seen.add(`${kind} ${name}`)
          return {
            agency_id: agencyId,
            handover_id: page.handoverId,
            round: page.round,
            kind,
            name,
            stated,
            found,
          }
        })
        tx.write(
          tx.db.insertInto('handover_return').values({
            agency_id: agencyId,
            handover_id: page.handoverId,
            round: page.round,
            returned_at: moment,
            returned_by: officerOf(meta),
            why: input.why,
          }),
        )
        if (differences.length > 0) tx.write(tx.db.insertInto('handover_difference').values(differences))
        tx.write(
          tx.db
            .updateTable('handover')
            .set({ state: 'returned' })
            .where('agency_id', '=', agencyId)
            .where('handover_id', '=', page.handoverId)
            .where('state', '=', 'given')
            .where('round', '=', page.round),
          { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
        )
        return {}
      }),
  }),
]
