// Directives, the side of those who give them: issue, pass down, review, chase, extend, withdraw.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import {
  chaseDirective,
  commandpostProblems,
  extendDirective,
  issueDirective,
  passDirective,
  resendDirective,
  reviewDirective,
  withdrawDirective,
} from './contracts.ts'
import { checkDue, makeDirective } from './directive-issue.ts'
import {
  addresseesOf,
  addSteps,
  needAddressee,
  needAnswerer,
  needDirective,
  needIssuer,
  updateAddressee,
  updateDirective,
} from './directive-reads.ts'
import { joinEnclosures } from './enclosures.ts'
import { operationOf, unitsOf, utc } from './lower.ts'
import type { CommandpostTables } from './tables.ts'
import { issuerUnit } from './units.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>

const issue = on(issueDirective, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    await operationOf(tx.db, agencyId, input.operationId)
    const units = await unitsOf(tx.db, agencyId)
    const issuerUnitId = issuerUnit(meta.actor, units)
    const { enclosures, ...given } = input
    await makeDirective(tx, meta, units, { ...given, dueAt: utc(input.dueAt), issuerUnitId, parent: null })
    const to = { holder: 'directive', holderId: input.directiveId, step: null } as const
    await joinEnclosures(tx, meta, to, enclosures)
    return {}
  },
})

/** The number and title stay those of the order; its text may say more exactly what is to be done. */
const pass = on(passDirective, {
  async handle(tx, input, meta) {
    const found = await needAnswerer(tx, meta, input.addresseeId)
    const { row, directive, units } = found
    if (row.state === 'sent' || row.state === 'returned') throw commandpostProblems.notAcknowledged()
    if (row.state !== 'received') throw commandpostProblems.notInHand()
    const dueAt = utc(input.dueAt)
    if (dueAt > directive.due_at) throw commandpostProblems.dueAfterParent()
    await makeDirective(tx, meta, units, {
      directiveId: input.directiveId,
      operationId: directive.operation_id,
      number: directive.number,
      source: directive.source,
      fromWhom: directive.from_whom,
      title: directive.title,
      text: input.text,
      dueAt,
      // In the name of the unit that received it, whoever of it passes it on.
      issuerUnitId: row.unit_id,
      parent: { directiveId: directive.directive_id, addresseeId: row.addressee_id },
      addressees: input.addressees,
    })
    const text = units.get(row.unit_id)?.shortName ?? ''
    await addSteps(tx, meta, directive.directive_id, [
      { kind: 'passed', addresseeId: row.addressee_id, text },
    ])
    const to = { holder: 'directive', holderId: input.directiveId, step: null } as const
    await joinEnclosures(tx, meta, to, input.enclosures)
    return {}
  },
})

/** The directive is completed with its last addressee. */
async function completeWhole(tx: Tx, meta: CommandMeta, directiveId: string, but: string): Promise<void> {
  const rows = await addresseesOf(tx.db, meta.agency.agencyId, directiveId)
  const open = rows.some(
    row => row.addressee_id !== but && row.state !== 'completed' && row.state !== 'withdrawn',
  )
  if (!open) updateDirective(tx, meta, directiveId, { state: 'completed', completed_at: meta.receivedAt })
}

const review = on(reviewDirective, {
  async handle(tx, input, meta) {
    const { row, directive } = await needAddressee(tx, meta, input.addresseeId)
    await needIssuer(tx.db, meta, directive)
    if (row.state !== 'done') throw commandpostProblems.notForReview()
    const { accountId } = meta.actor
    if (row.done_by === accountId) throw commandpostProblems.ownReview()
    const back = input.verdict === 'sendBack'
    if (back && input.text.trim() === '') throw commandpostProblems.reasonNeeded()
    updateAddressee(
      tx,
      meta,
      input.addresseeId,
      back
        ? { state: 'received', done_at: null, done_by: null }
        : { state: 'completed', completed_at: meta.receivedAt, completed_by: accountId },
    )
    const step = { kind: back ? 'sentBack' : 'completed', addresseeId: input.addresseeId, text: input.text }
    await addSteps(tx, meta, directive.directive_id, [step])
    if (!back) await completeWhole(tx, meta, directive.directive_id, input.addresseeId)
    return {}
  },
})

async function needOwn(tx: Tx, meta: CommandMeta, directiveId: string) {
  const { agencyId } = meta.agency
  const directive = await needDirective(tx.db, agencyId, directiveId)
  await needIssuer(tx.db, meta, directive)
  return { directive, addressees: await addresseesOf(tx.db, agencyId, directiveId) }
}

const chase = on(chaseDirective, {
  async handle(tx, input, meta) {
    const { addressees } = await needOwn(tx, meta, input.directiveId)
    const wanted = new Set(input.addresseeIds)
    const rows = addressees.filter(row => wanted.has(row.addressee_id))
    if (rows.length < wanted.size) throw commandpostProblems.directiveMissing()
    const open = rows.filter(row => row.state === 'sent' || row.state === 'received')
    if (open.length === 0) throw commandpostProblems.nothingToChase()
    const number = input.number?.trim()
    for (const row of open) {
      updateAddressee(tx, meta, row.addressee_id, {
        chased: row.chased + 1,
        chased_at: meta.receivedAt,
        ...(number ? { supervised: number } : {}),
      })
    }
    const kind = number ? 'supervised' : 'chased'
    const text = [number, input.text.trim()].filter(Boolean).join(' ')
    await addSteps(
      tx,
      meta,
      input.directiveId,
      open.map(row => ({ kind, addresseeId: row.addressee_id, text })),
    )
    return {}
  },
})

const resend = on(resendDirective, {
  async handle(tx, input, meta) {
    const { row, directive } = await needAddressee(tx, meta, input.addresseeId)
    await needIssuer(tx.db, meta, directive)
    if (row.state !== 'returned') throw commandpostProblems.notReturned()
    updateAddressee(tx, meta, input.addresseeId, { state: 'sent', received_at: null, received_by: null })
    const step = { kind: 'resent', addresseeId: input.addresseeId, text: input.text }
    await addSteps(tx, meta, directive.directive_id, [step])
    return {}
  },
})

const extend = on(extendDirective, {
  async handle(tx, input, meta) {
    const { directive } = await needOwn(tx, meta, input.directiveId)
    const dueAt = utc(input.dueAt)
    checkDue(meta, dueAt)
    if (dueAt <= directive.due_at) throw commandpostProblems.dueNotLater()
    if (directive.parent_id !== null) {
      const parent = await needDirective(tx.db, meta.agency.agencyId, directive.parent_id)
      if (dueAt > parent.due_at) throw commandpostProblems.dueAfterParent()
    }
    updateDirective(tx, meta, input.directiveId, { due_at: dueAt })
    await addSteps(tx, meta, input.directiveId, [{ kind: 'extended', text: input.reason }])
    return {}
  },
})

/** What is completed stays completed; what was passed down from here is withdrawn with it. */
async function withdrawAll(tx: Tx, meta: CommandMeta, directiveId: string, reason: string): Promise<void> {
  const { agencyId } = meta.agency
  for (const row of await addresseesOf(tx.db, agencyId, directiveId)) {
    if (row.state !== 'completed') updateAddressee(tx, meta, row.addressee_id, { state: 'withdrawn' })
  }
  updateDirective(tx, meta, directiveId, { state: 'withdrawn' })
  await addSteps(tx, meta, directiveId, [{ kind: 'withdrawn', text: reason }])
  const children = await tx.db
    .selectFrom('directive')
    .select('directive_id')
    .where('agency_id', '=', agencyId)
    .where('parent_id', '=', directiveId)
    .where('state', '=', 'open')
    .orderBy('directive_id')
    .execute()
  for (const { directive_id } of children) await withdrawAll(tx, meta, directive_id, reason)
}

const withdraw = on(withdrawDirective, {
  async handle(tx, input, meta) {
    await needOwn(tx, meta, input.directiveId)
    await withdrawAll(tx, meta, input.directiveId, input.reason)
    return {}
  },
})

export const directiveCommands = [issue, pass, review, chase, resend, extend, withdraw]
