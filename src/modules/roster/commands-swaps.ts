// Swaps and take-overs: asked by who has the duty, agreed to by who takes it, approved by who leads them. The rules are
// looked at each time, because days lie between; nothing is written before somebody who takes no part has approved.
import { sql, type Updateable } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { seeingAgency } from '../../kernel/whole-agency.ts'
import { officerNames } from '../people/index.ts'
import {
  agreeSwap,
  approveSwap,
  askSwap,
  declineSwap,
  lapseSwap,
  refuseSwap,
  rosterProblems,
  type SwapState,
  swapProblems,
  withdrawSwap,
} from './contracts.ts'
import { needRunning, type RosterTx } from './drafting.ts'
import { movesBroken } from './moves.ts'
import { publishMoves } from './publish-moves.ts'
import {
  any,
  assignmentsById,
  dutiesOf,
  isOpen,
  judgeSwap,
  type OwnedDuty,
  type Request,
  requestById,
  settled,
  stateAt,
  type SwapDuty,
  timeIn,
} from './swap-reads.ts'
import type { RosterTables, SwapRequestTable } from './tables.ts'

const on = commandsOn<RosterTables>()

function officerOf(meta: CommandMeta): string {
  const { officerId } = meta.actor
  if (!officerId) throw rosterProblems.noOfficerAccount()
  return officerId
}

async function nameOf(tx: RosterTx, meta: CommandMeta, officerId: string): Promise<string> {
  const names = await officerNames(any(tx.db), meta.agency.agencyId, [officerId])
  return names.get(officerId)?.name ?? ''
}

async function addStep(
  tx: RosterTx,
  meta: CommandMeta,
  swapId: string,
  kind: SwapState | 'overtaken',
  text = '',
): Promise<void> {
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('swap_step')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('agency_id', '=', agencyId)
    .where('swap_id', '=', swapId)
    .executeTakeFirst()
  tx.write(
    tx.db.insertInto('swap_step').values({
      agency_id: agencyId,
      swap_id: swapId,
      n: Number(last?.last ?? 0) + 1,
      kind,
      at: meta.receivedAt,
      by_account: meta.actor.accountId,
      text,
    }),
  )
}

async function settle(
  tx: RosterTx,
  meta: CommandMeta,
  row: Request,
  set: Updateable<SwapRequestTable> & { state: SwapState },
  step: { kind?: 'overtaken'; text?: string } = {},
): Promise<void> {
  const over = isOpen(set.state) ? {} : { settled_at: meta.receivedAt }
  tx.write(
    tx.db
      .updateTable('swap_request')
      .set({ ...set, ...over })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('swap_id', '=', row.swap_id)
      .where('state', '=', row.state),
    { rows: 1, otherwise: rosterProblems.changedMeanwhile() },
  )
  await addStep(tx, meta, row.swap_id, step.kind ?? set.state, step.text)
}

/** A request that can still be answered. */
async function needOpen(tx: RosterTx, meta: CommandMeta, swapId: string): Promise<Request> {
  const row = await requestById(tx.db, meta.agency.agencyId, swapId)
  const state = stateAt(row, meta.receivedAt)
  if (!isOpen(state)) throw settled(state)
  return row
}

interface Sides {
  given: SwapDuty
  returned: SwapDuty | null
}

/** The duties of a request, which must still be those of the published roster. */
async function needStanding(tx: RosterTx, meta: CommandMeta, row: Request): Promise<Sides> {
  const { agencyId } = meta.agency
  const duties = (await dutiesOf(tx.db, agencyId, [row.swap_id])).get(row.swap_id) ?? []
  const now = await assignmentsById(
    tx.db,
    agencyId,
    duties.map(one => one.assignmentId),
  )
  for (const duty of duties) {
    const whose = duty.side === 'given' ? row.asker_id : row.partner_id
    if (now.get(duty.assignmentId)?.officerId === whose) continue
    throw swapProblems.dutyGone({ name: whose ? await nameOf(tx, meta, whose) : '' })
  }
  const given = duties.find(one => one.side === 'given')
  if (!given) throw new Error('invariant: a request gives a duty')
  return { given, returned: duties.find(one => one.side === 'returned') ?? null }
}

/** Judged by the roster's rules; what breaks one is refused by its name. */
async function needLegal(tx: RosterTx, meta: CommandMeta, row: Request, partnerId: string, sides: Sides) {
  const judged = await judgeSwap(
    tx.db,
    meta.agency,
    { operationId: row.operation_id, askerId: row.asker_id, partnerId, ...sides },
    false,
  )
  if (judged.broken.length > 0) throw movesBroken(judged.broken)
  return judged
}

// ------------------------------------------------------------------------------------------------------------ ask

async function needOwnDuty(tx: RosterTx, meta: CommandMeta, input: InputOf<typeof askSwap>) {
  const askerId = officerOf(meta)
  const { partnerId, partnerAssignmentId } = input
  const ids = [input.assignmentId, ...(partnerAssignmentId ? [partnerAssignmentId] : [])]
  const found = await assignmentsById(tx.db, meta.agency.agencyId, ids)
  const given = found.get(input.assignmentId)
  if (!given || given.officerId !== askerId) throw swapProblems.notYourDuty()
  if (partnerId === askerId) throw swapProblems.swapWithOneself()
  const returned = partnerAssignmentId ? found.get(partnerAssignmentId) : null
  if (returned === undefined || (returned && (!partnerId || returned.officerId !== partnerId))) {
    throw swapProblems.returnNeedsPartner()
  }
  if (returned && returned.operationId !== given.operationId) throw swapProblems.swapAcrossOperations()
  for (const duty of returned ? [given, returned] : [given]) {
    if (duty.begins > meta.receivedAt) continue
    const name = await nameOf(tx, meta, duty.officerId)
    throw swapProblems.dutyBegun({ name, time: timeIn(meta.agency, duty.begins) })
  }
  await needRunning(tx, meta, given.operationId)
  return { askerId, given, returned }
}

async function needNotAsked(tx: RosterTx, meta: CommandMeta, given: OwnedDuty): Promise<void> {
  const open = await tx.db
    .selectFrom('swap_request as r')
    .innerJoin('swap_duty as d', join =>
      join.onRef('d.agency_id', '=', 'r.agency_id').onRef('d.swap_id', '=', 'r.swap_id'),
    )
    .select('r.swap_id')
    .where('r.agency_id', '=', meta.agency.agencyId)
    .where('d.side', '=', 'given')
    .where('d.assignment_id', '=', given.assignmentId)
    .where(sql<boolean>`r.state in ('asked', 'agreed')`)
    .where('r.due_at', '>', meta.receivedAt)
    .orderBy('r.swap_id')
    .executeTakeFirst()
  if (open) throw swapProblems.swapAlreadyAsked()
}

const ask = on(askSwap, {
  handle: (tx, input, meta) =>
    seeingAgency(tx, meta, async () => {
      const { askerId, given, returned } = await needOwnDuty(tx, meta, input)
      await needNotAsked(tx, meta, given)
      const due = returned && returned.begins < given.begins ? returned.begins : given.begins
      const row: Request = {
        agency_id: meta.agency.agencyId,
        swap_id: input.swapId,
        operation_id: given.operationId,
        kind: returned ? 'swap' : 'takeOver',
        asker_id: askerId,
        partner_id: input.partnerId,
        named: input.partnerId !== null,
        state: 'asked',
        asked_at: meta.receivedAt,
        asked_by: meta.actor.accountId,
        due_at: due,
        settled_at: null,
        version: null,
      }
      if (input.partnerId) {
        const sides = {
          given: { ...given, side: 'given' as const },
          returned: returned ? { ...returned, side: 'returned' as const } : null,
        }
        await needLegal(tx, meta, row, input.partnerId, sides)
      }
      tx.write(tx.db.insertInto('swap_request').values(row))
      for (const [side, duty] of [
        ['given', given],
        ['returned', returned],
      ] as const) {
        if (!duty) continue
        const bands = sql<string[]>`string_to_array(${duty.bands.join('+')}, '+')`
        tx.write(
          tx.db.insertInto('swap_duty').values({
            agency_id: row.agency_id,
            swap_id: row.swap_id,
            side,
            assignment_id: duty.assignmentId,
            post_id: duty.postId,
            day: duty.day,
            pattern_id: duty.patternId,
            bands,
            period: `[${duty.begins},${duty.ends})`,
          }),
        )
      }
      await addStep(tx, meta, row.swap_id, 'asked')
      return {}
    }),
})

// --------------------------------------------------------------------------------------------------------- answer

const agree = on(agreeSwap, {
  handle: (tx, input, meta) =>
    seeingAgency(tx, meta, async () => {
      const me = officerOf(meta)
      const row = await needOpen(tx, meta, input.swapId)
      if (row.asker_id === me) throw swapProblems.swapWithOneself()
      if (row.named && row.partner_id !== me) throw swapProblems.notAskedOfYou()
      if (row.state !== 'asked') throw settled('agreed')
      await needLegal(tx, meta, row, me, await needStanding(tx, meta, row))
      await settle(tx, meta, row, { state: 'agreed', partner_id: me })
      return {}
    }),
})

/** Also who has agreed may think better of it, until it is approved. */
const decline = on(declineSwap, {
  async handle(tx, input, meta) {
    const me = officerOf(meta)
    const row = await needOpen(tx, meta, input.swapId)
    if (row.partner_id !== me) throw swapProblems.notAskedOfYou()
    await settle(tx, meta, row, { state: 'declined' })
    return {}
  },
})

const withdraw = on(withdrawSwap, {
  async handle(tx, input, meta) {
    const me = officerOf(meta)
    const row = await needOpen(tx, meta, input.swapId)
    if (row.asker_id !== me) throw swapProblems.notYourDuty()
    await settle(tx, meta, row, { state: 'withdrawn' })
    return {}
  },
})

// --------------------------------------------------------------------------------------------------------- decide

/** Who decides leads all who take part, and is none of them. Who is outside his scope has no name here. */
async function needRight(tx: RosterTx, meta: CommandMeta, swapId: string): Promise<void> {
  const row = await requestById(tx.db, meta.agency.agencyId, swapId)
  const { officerId, accountId } = meta.actor
  const own = officerId !== null && [row.asker_id, row.partner_id].includes(officerId)
  if (own || (accountId !== null && row.asked_by === accountId)) throw swapProblems.ownSwap()
  const people = [row.asker_id, ...(row.partner_id ? [row.partner_id] : [])]
  const mine = await officerNames(any(tx.db), meta.agency.agencyId, people)
  if (people.some(one => !mine.has(one))) throw swapProblems.swapOutsideScope()
}

/** Other requests about duties that are no more end with them. */
export async function overtake(tx: RosterTx, meta: CommandMeta, removed: readonly string[]): Promise<void> {
  const others = await tx.db
    .selectFrom('swap_request as r')
    .selectAll('r')
    .where('r.agency_id', '=', meta.agency.agencyId)
    .where(sql<boolean>`r.state in ('asked', 'agreed')`)
    .where(
      sql<boolean>`exists (select from swap_duty d where d.agency_id = r.agency_id and d.swap_id = r.swap_id
        and d.assignment_id = any (${[...removed]}::uuid[]))`,
    )
    .orderBy('r.swap_id')
    .execute()
  for (const row of others) await settle(tx, meta, row, { state: 'lapsed' }, { kind: 'overtaken' })
}

const approve = on(approveSwap, {
  allow: (tx, input, meta) => needRight(tx, meta, input.swapId),
  handle: (tx, input, meta) =>
    seeingAgency(tx, meta, async () => {
      const row = await needOpen(tx, meta, input.swapId)
      if (row.state !== 'agreed' || row.partner_id === null) throw swapProblems.swapNotAgreed()
      await needRunning(tx, meta, row.operation_id)
      const sides = await needStanding(tx, meta, row)
      const { book, after } = await needLegal(tx, meta, row, row.partner_id, sides)
      const { version, removed } = await publishMoves(tx, meta, book, { cause: 'swap', after })
      await settle(tx, meta, row, { state: 'approved', version })
      await overtake(tx, meta, removed)
      return { version }
    }),
})

const refuse = on(refuseSwap, {
  allow: (tx, input, meta) => needRight(tx, meta, input.swapId),
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.swapId)
    await settle(tx, meta, row, { state: 'refused' }, { text: input.reason.trim() })
    return {}
  },
})

const lapse = on(lapseSwap, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await requestById(tx.db, agencyId, input.swapId)
    if (!isOpen(row.state)) throw settled(row.state as SwapState)
    const duties = (await dutiesOf(tx.db, agencyId, [row.swap_id])).get(row.swap_id) ?? []
    const ids = duties.map(one => one.assignmentId)
    const gone = (await assignmentsById(tx.db, agencyId, ids)).size < ids.length
    if (row.due_at > meta.receivedAt && !gone) throw swapProblems.notDueToLapse()
    const begun = row.due_at <= meta.receivedAt
    await settle(tx, meta, row, { state: 'lapsed' }, begun ? {} : { kind: 'overtaken' })
    return {}
  },
})

export const swapCommands = [ask, agree, decline, withdraw, approve, refuse, lapse]
