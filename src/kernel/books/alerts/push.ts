// After alerts are raised, or go up: a push to those who own them, want one, and are not in their quiet hours. It says
// what kind of alert and how many, and no more: it shows on locked screens, and whose it is about stands on the page.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../command.ts'
import type { InputOf } from '../../contract.ts'
import type { AnyTables } from '../../db/connection.ts'
import type { FollowUp, SystemHands } from '../../module.ts'
import type { PushMessage } from '../../push/push.ts'
import { escalateAlert, isQuiet, settleAlerts, type Severity, usualSetting } from './contracts.ts'
import type { WatchNames } from './queries.ts'
import type { AlertTables } from './rules.ts'
import { settingsOf } from './setting.ts'

const tablesOf = (db: Kysely<AnyTables>) => db as unknown as Kysely<AlertTables>

/** What is to be told, as far as it decides who is told. */
interface News {
  severity: Severity
  unitId: string | null
}

interface Owner {
  account_id: string
  /** Null: he sees the whole bureau. */
  units: string[] | null
}

/** Those of the role who work here, with the units that they see. */
async function ownersOf(db: Kysely<AnyTables>, agencyId: string, role: string): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    with recursive owner as (
      select account_id, scope_unit_id from account
      where agency_id = ${agencyId} and active and roles @> array[${role}]
    ), below as (
      select o.account_id, u.unit_id from owner o join unit u on u.agency_id = ${agencyId} and u.unit_id = o.scope_unit_id
      union
      select b.account_id, u.unit_id from below b join unit u on u.agency_id = ${agencyId} and u.parent_id = b.unit_id
    )
    select o.account_id, case when o.scope_unit_id is null then null
      else array(select b.unit_id::text from below b where b.account_id = o.account_id order by 1) end as units
    from owner o order by o.account_id`.execute(db)
  return rows
}

const seenBy = (owner: Owner, one: News) =>
  owner.units === null || one.unitId === null || owner.units.includes(one.unitId)

function minuteOfDay({ timeZone }: AgencySettings, now: Date): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const [hours = 0, minutes = 0] = format.format(now).split(':').map(Number)
  return hours * 60 + minutes
}

export interface Told {
  watch: string
  role: string
  news: readonly News[]
}

async function tell(hands: SystemHands, watches: WatchNames, { watch, role, news }: Told): Promise<void> {
  const { push, agency } = hands
  if (!push || news.length === 0) return
  const { agencyId } = agency
  const { scope } = hands.actor
  const owners = await hands.read(db => ownersOf(db, agencyId, role))
  const wanting = new Set(
    await push.subscribed(
      scope,
      owners.map(one => one.account_id),
    ),
  )
  if (wanting.size === 0) return
  const settings = await hands.read(db => settingsOf(tablesOf(db), agencyId, [...wanting].sort()))
  const minute = minuteOfDay(agency, hands.now())
  const title = watches.get(watch)?.title ?? { zh: '预警', en: 'Alert' }
  const drill = agency.kind === 'rehearsal'
  const messages = new Map<string, PushMessage>()
  for (const owner of owners.filter(one => wanting.has(one.account_id))) {
    const setting = settings.get(owner.account_id) ?? usualSetting
    const own = news.filter(one => seenBy(owner, one) && !isQuiet(setting, one.severity, minute))
    if (own.length === 0) continue
    messages.set(owner.account_id, {
      titleZh: `${drill ? '【演练】' : ''}${title.zh} ${own.length} 件`,
      titleEn: `${drill ? '[Rehearsal] ' : ''}${title.en}: ${own.length}`,
      severity: own.some(one => one.severity === 'red') ? 'red' : 'amber',
      link: `/alerts?watch=${encodeURIComponent(watch)}`,
      tag: watch,
    })
  }
  await push.tell(scope, messages)
}

async function journaled(hands: SystemHands, commandId: string) {
  return hands.read(db =>
    db
      .selectFrom('journal')
      .select(['input', 'answer'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('id', '=', commandId)
      .executeTakeFirstOrThrow(),
  )
}

export const alertPushes = (watches: WatchNames): FollowUp[] => [
  {
    name: 'kernel.pushRaised',
    after: settleAlerts,
    async run(commandId, hands) {
      if (!hands.push) return
      const row = await journaled(hands, commandId)
      const input = row.input as InputOf<typeof settleAlerts>
      const { continued = [] } = row.answer as { continued?: string[] }
      const news = input.raise.filter(one => !continued.includes(one.subject))
      await tell(hands, watches, { watch: input.watch, role: input.ownerRole, news })
    },
  },
  {
    name: 'kernel.pushWentUp',
    after: escalateAlert,
    async run(commandId, hands) {
      if (!hands.push) return
      const { alertId } = (await journaled(hands, commandId)).input as InputOf<typeof escalateAlert>
      const row = await hands.read(db =>
        tablesOf(db)
          .selectFrom('alert')
          .selectAll()
          .where('agency_id', '=', hands.agency.agencyId)
          .where('alert_id', '=', alertId)
          .executeTakeFirstOrThrow(),
      )
      if (row.cleared_at !== null) return
      const news = [{ severity: row.severity as Severity, unitId: row.unit_id }]
      await tell(hands, watches, { watch: row.watch, role: row.owner_role, news })
    },
  },
]
