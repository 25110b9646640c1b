// What a watch saw, brought into the books: new alerts, those that turned red or amber, those that ended. What comes
// back soon after it ended, or while it was put off, is the alert of before.
import { sql, type Updateable } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../command.ts'
import type { InputOf } from '../../contract.ts'
import type { AlertTable } from '../../tables.ts'
import { quietMinutes, settleAlerts, type Severity } from './contracts.ts'
import { type AlertRow, type AlertTables, firstClimbAt, laterBy } from './rules.ts'
import { addSteps, type NewStep } from './steps.ts'

type Tx = CommandTx<AlertTables>
type Input = InputOf<typeof settleAlerts>
type Sighting = Input['raise'][number]

/** The open one of each subject, or the last one that ended a little while ago or is still put off. */
async function before(tx: Tx, meta: CommandMeta, watch: string, subjects: readonly string[]) {
  const since = laterBy(meta.receivedAt, -quietMinutes)
  const rows = await tx.db
    .selectFrom('alert')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('watch', '=', watch)
    .where('subject', '=', sql<string>`any (${subjects}::text[])`)
    .where(({ or, eb }) =>
      or([
        eb('cleared_at', 'is', null),
        eb('cleared_at', '>', since),
        eb('snoozed_until', '>', meta.receivedAt),
      ]),
    )
    // The newest stands last, so that it is the one kept.
    .orderBy('raised_at')
    .orderBy('alert_id')
    .execute()
  const found = new Map<string, AlertRow>()
  for (const row of rows) {
    const known = found.get(row.subject)
    if (!known || known.cleared_at !== null) found.set(row.subject, row)
  }
  return found
}

const shown = (one: Sighting) => ({
  title_zh: one.titleZh,
  title_en: one.titleEn,
  severity: one.severity,
  link: one.link,
  unit_id: one.unitId,
  due_at: one.dueAt,
})

function change(tx: Tx, meta: CommandMeta, alertId: string, set: Updateable<AlertTable>): void {
  tx.write(
    tx.db
      .updateTable('alert')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('alert_id', '=', alertId),
  )
}

const ownerOf = (row: AlertRow) => ({ owner_role: row.owner_role, owner_account_id: row.owner_account_id })

/** What is red and was amber is another matter: it is no longer put off, and its owner's clock begins again. */
function turned(row: AlertRow, one: Sighting, meta: CommandMeta): Updateable<AlertTable> {
  if (one.severity !== 'red' || row.severity === 'red') return {}
  return { snoozed_until: null, goes_up_at: firstClimbAt(one.dueAt, meta.receivedAt, 'red') }
}

function goOn(tx: Tx, meta: CommandMeta, row: AlertRow, one: Sighting, steps: NewStep[]): void {
  const put = row.snoozed_until !== null && row.snoozed_until > meta.receivedAt
  change(tx, meta, row.alert_id, {
    ...shown(one),
    cleared_at: null,
    times: row.times + 1,
    // A time to come back that passed while it was over must not bring it back a second time.
    snoozed_until: put ? row.snoozed_until : null,
    goes_up_at: firstClimbAt(one.dueAt, meta.receivedAt, one.severity),
    ...turned(row, one, meta),
  })
  const about = { alertId: row.alert_id, ...ownerOf(row), by: null }
  steps.push({ ...about, kind: 'ended', at: row.cleared_at ?? meta.receivedAt })
  steps.push({ ...about, kind: 'continued' })
}

function raise(tx: Tx, meta: CommandMeta, input: Input, fresh: readonly Sighting[]): void {
  for (let from = 0; from < fresh.length; from += 500) {
    tx.write(
      tx.db
        .insertInto('alert')
        .values(
          fresh.slice(from, from + 500).map(one => ({
            agency_id: meta.agency.agencyId,
            alert_id: meta.id(`alert ${one.subject}`),
            watch: input.watch,
            subject: one.subject,
            ...shown(one),
            owner_role: input.ownerRole,
            first_owner_role: input.ownerRole,
            raised_at: meta.receivedAt,
            goes_up_at: firstClimbAt(one.dueAt, meta.receivedAt, one.severity as Severity),
          })),
        )
        .onConflict(conflict =>
          conflict.columns(['agency_id', 'watch', 'subject']).where('cleared_at', 'is', null).doNothing(),
        ),
    )
  }
}

/** An alert that watches see otherwise than before: amber that became red, or the other way round. */
function turn(tx: Tx, meta: CommandMeta, row: AlertRow, one: Sighting, steps: NewStep[]): void {
  change(tx, meta, row.alert_id, { ...shown(one), ...turned(row, one, meta) })
  steps.push({ alertId: row.alert_id, ...ownerOf(row), by: null, kind: 'turned', text: one.severity })
}

export const settle = commandsOn<AlertTables>()(settleAlerts, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const turns = input.turn ?? []
    if (input.clear.length > 0) {
      tx.write(
        tx.db
          .updateTable('alert')
          .set({ cleared_at: meta.receivedAt })
          .where('agency_id', '=', agencyId)
          .where('watch', '=', input.watch)
          .where('subject', 'in', input.clear)
          .where('cleared_at', 'is', null),
      )
    }
    const subjects = [...input.raise, ...turns].map(one => one.subject)
    const known = subjects.length > 0 ? await before(tx, meta, input.watch, subjects) : new Map()
    const steps: NewStep[] = []
    const fresh: Sighting[] = []
    for (const one of input.raise) {
      const row = known.get(one.subject)
      if (!row) fresh.push(one)
      else if (row.cleared_at !== null) goOn(tx, meta, row, one, steps)
    }
    raise(tx, meta, input, fresh)
    for (const one of turns) {
      const row = known.get(one.subject)
      if (row && row.cleared_at === null && row.severity !== one.severity) turn(tx, meta, row, one, steps)
    }
    await addSteps(tx, meta, steps)
    return { continued: input.raise.map(one => one.subject).filter(subject => known.has(subject)) }
  },
})
