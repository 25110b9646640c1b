// Facts of a site: a tube sealed, a lane opened, the line counted, the kit looked at, a box handed over.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { isInRound } from '../posts/index.ts'
import { needCode, needCodes } from './codes.ts'
import { checkKit, noteQueue, packBox, screeningProblems, sealTube, setLane } from './contracts.ts'
import { anyDb, anyText, momentOf, needSite, needThere, siteOf, someOf, type Tx } from './lower.ts'
import type { ScreeningTables } from './tables.ts'

const on = commandsOn<ScreeningTables>()
type Sealed = InputOf<typeof sealTube>

/** A tube is sealed when the people in it are its count: all it takes, or fewer and said to be the last. */
function checkCount({ size, people, short, boxes }: Sealed): void {
  if (people < 1) throw screeningProblems.tubeEmpty()
  if (people > size) throw screeningProblems.tubeTooFull({ size, people })
  if (people < size && !short) throw screeningProblems.tubeShort({ size, people })
  if (boxes.length > 0 && boxes.length !== people) {
    throw screeningProblems.tubeMismatch({ boxes: boxes.length, people })
  }
}

/** `11-03 14:05` on the clock of the bureau. */
const clockOf = (timeZone: string, instant: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(instant))
    .slice(5)

const tubeOf = (tx: Tx, { agency }: CommandMeta, code: string) =>
  tx.db
    .selectFrom('tube')
    .select(['post_id', 'sealed_at', 'people'])
    .where('agency_id', '=', agency.agencyId)
    .where('code', '=', code)
    .executeTakeFirst()

/** A code stands for one tube for ever: the second is told of, with where and when the first was sealed. */
async function tellUsed(
  tx: Tx,
  meta: CommandMeta,
  code: string,
  used: NonNullable<Awaited<ReturnType<typeof tubeOf>>>,
): Promise<never> {
  const site = await siteOf(tx, meta, used.post_id)
  const time = clockOf(meta.agency.timeZone, used.sealed_at)
  throw screeningProblems.tubeUsed({ code, site: site?.name ?? '', time, people: used.people })
}

/** The re-test that this tube is for, taken with it. */
async function takeRetest(tx: Tx, { agency }: CommandMeta, tubeId: string, input: Sealed): Promise<void> {
  if (input.retestId === null) return
  if (input.size !== 1) throw screeningProblems.retestAlone()
  const open = tx.db
    .selectFrom('retest')
    .select('retest_id')
    .where('agency_id', '=', agency.agencyId)
    .where('retest_id', '=', input.retestId)
    .where('outcome', 'is', null)
    .where('single_tube_id', 'is', null)
  if (!(await open.executeTakeFirst())) throw screeningProblems.retestMissing()
  tx.write(
    tx.db
      .updateTable('retest')
      .set({ single_tube_id: tubeId })
      .where('agency_id', '=', agency.agencyId)
      .where('retest_id', '=', input.retestId),
    { rows: 1, otherwise: screeningProblems.retestMissing() },
  )
}

const seal = on(sealTube, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const code = needCode(input.code)
    checkCount(input)
    const { postId, roundId } = input
    // Asked together, because thousands of these are stated in an hour and each look is a way to the database.
    const [post, isIn, used] = await Promise.all([
      siteOf(tx, meta, postId),
      roundId === null || isInRound(anyDb(tx.db), agencyId, roundId, postId),
      tubeOf(tx, meta, code),
    ])
    const site = await needThere(tx, meta, post)
    if (!isIn) throw screeningProblems.roundMissing({ site: site.name })
    if (used) await tellUsed(tx, meta, code, used)
    const sealedAt = momentOf(meta)
    tx.write(
      tx.db.insertInto('tube').values({
        agency_id: agencyId,
        tube_id: meta.commandId,
        code,
        operation_id: site.operationId,
        post_id: site.postId,
        unit_id: site.unitId,
        round_id: roundId,
        lane: input.lane,
        size: input.size,
        people: input.people,
        boxes: JSON.stringify(input.boxes) as never,
        day: dutyDayOf(meta.agency, sealedAt),
        sealed_at: sealedAt,
        sealed_by: meta.actor.accountId,
        recorded_at: meta.receivedAt,
      }),
    )
    await takeRetest(tx, meta, meta.commandId, input)
    return {}
  },
})

const lane = on(setLane, {
  async handle(tx, input, meta) {
    const site = await needSite(tx, meta, input.postId)
    const at = momentOf(meta)
    const set = {
      day: dutyDayOf(meta.agency, at),
      open: input.open,
      changed_at: at,
      changed_by: meta.actor.accountId,
    }
    tx.write(
      tx.db
        .insertInto('sampling_lane')
        .values({ agency_id: meta.agency.agencyId, post_id: site.postId, n: input.lane, ...set })
        // What was said later stands, whenever it arrives.
        .onConflict(one =>
          one
            .columns(['agency_id', 'post_id', 'n'])
            .doUpdateSet(set)
            .where('sampling_lane.changed_at', '<=', at),
        ),
    )
    return {}
  },
})

const queue = on(noteQueue, {
  async handle(tx, input, meta) {
    const site = await needSite(tx, meta, input.postId)
    tx.write(
      tx.db.insertInto('site_queue').values({
        agency_id: meta.agency.agencyId,
        queue_id: meta.commandId,
        post_id: site.postId,
        queue: input.queue,
        noted_at: momentOf(meta),
        noted_by: meta.actor.accountId,
      }),
    )
    return {}
  },
})

const kit = on(checkKit, {
  async handle(tx, input, meta) {
    const site = await needSite(tx, meta, input.postId)
    const at = momentOf(meta)
    const set = {
      loudspeaker: input.loudspeaker,
      cordon: input.cordon,
      one_metre: input.oneMetre,
      noted_at: at,
      noted_by: meta.actor.accountId,
    }
    const { day, band } = input
    tx.write(
      tx.db
        .insertInto('site_kit')
        .values({ agency_id: meta.agency.agencyId, post_id: site.postId, day, band, ...set })
        .onConflict(one =>
          one
            .columns(['agency_id', 'post_id', 'day', 'band'])
            .doUpdateSet(set)
            .where('site_kit.noted_at', '<=', at),
        ),
    )
    return {}
  },
})

const pack = on(packBox, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const sealNumber = needCode(input.sealNumber)
    const codes = needCodes(input.tubes)
    const handedTo = input.handedTo.trim()
    if (handedTo === '') throw screeningProblems.nobodyNamed()
    const site = await needSite(tx, meta, input.postId)
    const found = await tx.db
      .selectFrom('tube')
      .select(['code', 'box_id'])
      .where('agency_id', '=', agencyId)
      .where('code', '=', anyText(codes))
      .execute()
    const known = new Map(found.map(row => [row.code, row.box_id]))
    const unknown = codes.filter(code => !known.has(code))
    if (unknown.length > 0) {
      throw screeningProblems.tubesUnknown({ n: unknown.length, codes: someOf(unknown) })
    }
    const boxed = codes.filter(code => known.get(code) !== null)
    if (boxed.length > 0) throw screeningProblems.tubesBoxed({ n: boxed.length, codes: someOf(boxed) })
    const used = await tx.db
      .selectFrom('tube_box')
      .select('box_id')
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', site.operationId)
      .where('seal_number', '=', sealNumber)
      .executeTakeFirst()
    if (used) throw screeningProblems.sealUsed({ seal: sealNumber })
    const handedAt = momentOf(meta)
    tx.write(
      tx.db.insertInto('tube_box').values({
        agency_id: agencyId,
        box_id: meta.commandId,
        operation_id: site.operationId,
        post_id: site.postId,
        unit_id: site.unitId,
        seal_number: sealNumber,
        handed_to: handedTo,
        day: dutyDayOf(meta.agency, handedAt),
        handed_at: handedAt,
        recorded_at: meta.receivedAt,
        recorded_by: meta.actor.accountId,
      }),
    )
    tx.write(
      tx.db
        .updateTable('tube')
        .set({ box_id: meta.commandId })
        .where('agency_id', '=', agencyId)
        .where('code', '=', anyText(codes)),
      { rows: codes.length, otherwise: screeningProblems.tubesBoxed({ n: 0, codes: '' }) },
    )
    return {}
  },
})

export const siteCommands = [seal, lane, queue, kit, pack]
