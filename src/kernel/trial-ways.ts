// The ways in which a command of the trial module can go: well, and wrong in every way there is.
import { sql } from 'kysely'
import type { CommandMeta, CommandTx } from './command.ts'
import { problems } from './contract.ts'
import type { KernelTables } from './tables.ts'

export interface TrialTables extends KernelTables {
  partner: {
    agency_id: string
    partner_id: string
    name: string
    kind: string
    organisation: string
    phone: string | null
  }
}

export const ways = [
  'plain',
  'not allowed',
  'refused',
  'refused after a read',
  'refused after a second write',
  'bug',
  'bug after a read',
  'missing row',
  'missing row, then a read',
  'check',
  'twice',
  'bad number',
  'another agency',
  'a statement that cannot be compiled',
  'a value that cannot be sent',
  'query after the end',
  'slow',
] as const

export const trialProblems = problems('trial', {
  no: { status: 409, zh: '试用：不行。', en: 'Trial: no.', doZh: '换一种。', doEn: 'Try another way.' },
  gone: { status: 404, zh: '试用：没有。', en: 'Trial: not there.', doZh: '换一个。', doEn: 'Take another.' },
  taken: { status: 409, zh: '试用：已有。', en: 'Trial: taken.', doZh: '换一个。', doEn: 'Take another.' },
})

export const alert = (meta: CommandMeta, alertId: string, subject: string) => ({
  agency_id: meta.agency.agencyId,
  alert_id: alertId,
  watch: 'trial',
  subject,
  title_zh: subject.slice(0, 50),
  title_en: subject.slice(0, 50),
  severity: 'amber',
  link: `/day/${meta.agency.handOverMinute}`,
  owner_role: 'dutyOfficer',
  raised_at: meta.receivedAt,
  due_at: meta.occurredAt,
})

export type Way = (tx: CommandTx<TrialTables>, meta: CommandMeta, alertId: string, text: string) => unknown

const read = (tx: CommandTx<TrialTables>, meta: CommandMeta, alertId: string) =>
  tx.db
    .selectFrom('alert')
    .select('subject')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('alert_id', '=', alertId)
    .executeTakeFirst()
const insert: Way = (tx, meta, alertId, text) =>
  tx.write(tx.db.insertInto('alert').values(alert(meta, alertId, text)))
const touchNothing: Way = (tx, meta) =>
  tx.write(
    tx.db
      .updateTable('alert')
      .set({ severity: 'red' })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('alert_id', '=', meta.id('nobody')),
    { rows: 1, otherwise: trialProblems.gone() },
  )

export const handlers: Record<(typeof ways)[number], Way> = {
  plain: insert,
  'not allowed': insert,
  refused: (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    throw trialProblems.no()
  },
  'refused after a read': async (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    const own = await read(tx, meta, alertId)
    throw own ? trialProblems.no() : new Error('a command sees its own writes')
  },
  'refused after a second write': async (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    await read(tx, meta, alertId)
    insert(tx, meta, meta.id('second'), `${text} 2`)
    throw trialProblems.no()
  },
  bug: (_tx, _meta, _alertId, text) => {
    throw new TypeError(`cannot read the officer ${text}`)
  },
  'bug after a read': async (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    await read(tx, meta, alertId)
    throw new TypeError(`cannot read the officer ${text}`)
  },
  'missing row': (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    touchNothing(tx, meta, alertId, text)
  },
  'missing row, then a read': async (tx, meta, alertId, text) => {
    touchNothing(tx, meta, alertId, text)
    await read(tx, meta, alertId)
    throw trialProblems.no()
  },
  check: (tx, meta, alertId, text) =>
    tx.write(tx.db.insertInto('alert').values({ ...alert(meta, alertId, text), severity: 'blue' })),
  twice: (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    insert(tx, meta, alertId, `${text} again`)
  },
  'bad number': (tx, _meta, _alertId, text) => {
    tx.write({ compile: () => sql`select ${text}::text::integer`.compile(tx.db) as never })
  },
  'another agency': (tx, meta, alertId, text) =>
    tx.write(
      tx.db
        .insertInto('alert')
        .values({ ...alert(meta, alertId, text), agency_id: '00000000-0000-7000-8000-00000000000e' }),
    ),
  'a statement that cannot be compiled': tx =>
    tx.write({
      compile: () => {
        throw new Error('not a statement')
      },
    }),
  'a value that cannot be sent': (tx, meta, alertId, text) => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    tx.write(tx.db.insertInto('alert').values({ ...alert(meta, alertId, text), title_zh: circle as never }))
  },
  'query after the end': (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    late.push(async () => read(tx, meta, alertId))
  },
  slow: async (tx, meta, alertId, text) => {
    insert(tx, meta, alertId, text)
    await sql`select pg_sleep(1)`.execute(tx.db)
  },
}
/** Reads that a handler left behind, to be run when its transaction is over. */
export const late: (() => Promise<unknown>)[] = []
