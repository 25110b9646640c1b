// What is asked, what may be asked, and what waits for whom. Everything is read over the whole agency, because a crew
// knows no units, and then limited: to who takes part, and to the leaders of one of them.
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../kernel/command.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { officerNames, unitNames } from '../people/index.ts'
import {
  mySwaps,
  rosterProblems,
  swap,
  swapApprovers,
  type SwapState,
  swapProblems,
  swapReturns,
  swaps,
  swapTakers,
} from './contracts.ts'
import { type BrokenRule, openMoves, takersOf } from './moves.ts'
import type { RosterDb } from './published.ts'
import {
  any,
  assignmentsById,
  dutiesAhead,
  dutiesOf,
  dutyViews,
  isOpen,
  judgeSwap,
  type OwnedDuty,
  type Request,
  requestById,
  spanOf,
  stateAt,
  swapViews,
} from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()
/** Offers to anybody that one person is shown; each is judged for him. */
const offersMost = 40
const mineMost = 30

function officerOf(meta: QueryMeta): string {
  const { officerId } = meta.actor
  if (!officerId) throw rosterProblems.noOfficerAccount()
  return officerId
}

/** A duty of the asker's own that has not begun. */
async function ownDuty(db: RosterDb, meta: QueryMeta, assignmentId: string): Promise<OwnedDuty> {
  const duty = (await assignmentsById(db, meta.agency.agencyId, [assignmentId])).get(assignmentId)
  if (!duty || duty.officerId !== officerOf(meta)) throw swapProblems.notYourDuty()
  return duty
}

/** What would be broken now; a duty that is gone breaks it, too. */
async function brokenNow(
  db: RosterDb,
  meta: QueryMeta,
  row: Request,
  partnerId: string,
): Promise<BrokenRule[] | 'gone'> {
  const { agencyId } = meta.agency
  const duties = (await dutiesOf(db, agencyId, [row.swap_id])).get(row.swap_id) ?? []
  const now = await assignmentsById(
    db,
    agencyId,
    duties.map(one => one.assignmentId),
  )
  const given = duties.find(one => one.side === 'given')
  const returned = duties.find(one => one.side === 'returned') ?? null
  const stands =
    given !== undefined &&
    now.get(given.assignmentId)?.officerId === row.asker_id &&
    (!returned || now.get(returned.assignmentId)?.officerId === partnerId)
  if (!stands) return 'gone'
  const sides = { operationId: row.operation_id, askerId: row.asker_id, partnerId, given, returned }
  return (await judgeSwap(db, meta.agency, sides, true)).broken
}

const open = sql<boolean>`r.state in ('asked', 'agreed')`

async function openOffers(db: RosterDb, meta: QueryMeta, me: string): Promise<Request[]> {
  const rows = await db
    .selectFrom('swap_request as r')
    .selectAll('r')
    .where('r.agency_id', '=', meta.agency.agencyId)
    .where('r.state', '=', 'asked')
    .where('r.due_at', '>', meta.now)
    .where('r.asker_id', '<>', me)
    .where(({ or, eb }) => or([eb('r.partner_id', '=', me), eb('r.named', '=', false)]))
    .orderBy('r.named', 'desc')
    .orderBy('r.due_at')
    .orderBy('r.swap_id')
    .limit(offersMost)
    .execute()
  const mine: Request[] = []
  for (const row of rows) {
    const broken = await brokenNow(db, meta, row, me)
    // What was put to him by name he sees whatever became of it; of the rest what he could do.
    if (row.named || (broken !== 'gone' && broken.length === 0)) mine.push(row)
  }
  return mine
}

const mine = on(mySwaps, {
  sees: 'agency',
  async run(db, _input, meta) {
    const me = officerOf(meta)
    const { agencyId } = meta.agency
    const [ahead, toAnswer, own] = await Promise.all([
      dutiesAhead(db, agencyId, me, meta.now),
      openOffers(db, meta, me),
      db
        .selectFrom('swap_request as r')
        .selectAll('r')
        .where('r.agency_id', '=', agencyId)
        .where(({ or, eb }) =>
          or([
            eb('r.asker_id', '=', me),
            eb.and([eb('r.partner_id', '=', me), eb('r.state', '<>', 'asked')]),
          ]),
        )
        .orderBy(open, 'desc')
        .orderBy('r.asked_at', 'desc')
        .orderBy('r.swap_id')
        .limit(mineMost)
        .execute(),
    ])
    const asked = own.filter(row => row.asker_id === me && isOpen(stateAt(row, meta.now)))
    const given = await dutiesOf(
      db,
      agencyId,
      asked.map(row => row.swap_id),
    )
    const swapOf = new Map(
      [...given].flatMap(([swapId, duties]) =>
        duties.flatMap(one => (one.side === 'given' ? [[one.assignmentId, swapId] as const] : [])),
      ),
    )
    const views = await dutyViews(db, agencyId, ahead)
    return {
      now: meta.now,
      duties: views.map(view => ({ ...view, swapId: swapOf.get(view.assignmentId) ?? null })),
      toAnswer: await swapViews(db, agencyId, toAnswer, meta.now),
      mine: await swapViews(db, agencyId, own, meta.now),
    }
  },
})

const takers = on(swapTakers, {
  sees: 'agency',
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const duty = await ownDuty(db, meta, input.assignmentId)
    const [book, units, views] = await Promise.all([
      openMoves(any(db), meta.agency, spanOf(duty.operationId, [duty.day]), true),
      unitNames(any(db), agencyId),
      dutyViews(db, agencyId, [duty]),
    ])
    const { postId, patternId, bands } = duty
    const all = takersOf(
      book,
      { officerId: duty.officerId, day: duty.day, duty: { postId, patternId, bands } },
      meta.now,
    )
    const search = input.search.trim()
    const unitName = (unitId: string) => units.get(unitId)?.shortName ?? ''
    const found = all.filter(
      one => search === '' || `${one.name} ${one.badge} ${unitName(one.unitId)}`.includes(search),
    )
    const [view] = views
    if (!view) throw new Error('invariant: a duty has a view')
    return {
      duty: view,
      legal: all.filter(one => one.barred === null).length,
      rows: found.slice(0, input.limit).map(one => ({
        officerId: one.officerId,
        name: one.name,
        badge: one.badge,
        unitName: unitName(one.unitId),
        sameUnit: one.sameUnit,
        weekMinutes: one.weekMinutes,
        barred: one.barred,
      })),
    }
  },
})

const returns = on(swapReturns, {
  sees: 'agency',
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const given = await ownDuty(db, meta, input.assignmentId)
    const { operationId, officerId: askerId } = given
    const { partnerId } = input
    if (partnerId === askerId) throw swapProblems.swapWithOneself()
    const ahead = await dutiesAhead(db, agencyId, partnerId, meta.now)
    const duties = ahead.filter(one => one.operationId === operationId)
    const views = await dutyViews(db, agencyId, duties)
    const judged = async (returned: OwnedDuty | null) => {
      const sides = { operationId, askerId, partnerId, given, returned }
      return (await judgeSwap(db, meta.agency, sides, true)).broken[0] ?? null
    }
    const takeOver = await judged(null)
    const rows = []
    for (const [at, duty] of duties.entries()) {
      const view = views[at]
      if (view) rows.push({ ...view, barred: await judged(duty) })
    }
    return { takeOver, duties: rows }
  },
})

// ------------------------------------------------------------------------------------------------------- leaders

/** Whether the actor's units hold one of who takes part; what of it he decides is another question. */
const inUnits = (actor: Actor): RawBuilder<boolean> => {
  const { unitIds } = actor.scope
  if (unitIds === '*') return sql<boolean>`true`
  return sql<boolean>`exists (select from officer o where o.agency_id = r.agency_id
    and o.officer_id in (r.asker_id, r.partner_id) and o.unit_id = any (${[...unitIds]}::uuid[]))`
}

/** As it is told: a request whose duty has begun is over, though nobody has written it down yet. */
const stateNow = (now: string) =>
  sql<string>`case when r.state in ('asked', 'agreed') and r.due_at <= ${now}::timestamptz then 'lapsed' else r.state end`

const list = on(swaps, {
  sees: 'agency',
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const state = stateNow(meta.now)
    let found = db
      .selectFrom('swap_request as r')
      .where('r.agency_id', '=', agencyId)
      .where('r.operation_id', '=', input.operationId)
      .where(inUnits(meta.actor))
    if (input.states?.length) found = found.where(state, 'in', input.states)
    if (input.kinds?.length) found = found.where('r.kind', 'in', input.kinds)
    const search = input.search?.trim()
    if (search) {
      found = found.where(
        sql<boolean>`exists (select from officer o where o.agency_id = r.agency_id
          and o.officer_id in (r.asker_id, r.partner_id)
          and (strpos(o.name, ${search}) > 0 or strpos(o.badge, ${search}) > 0))`,
      )
    }
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const weight = sql`array_position(array['agreed', 'asked', 'approved', 'refused', 'declined', 'withdrawn', 'lapsed'], ${state})`
    const by = { askedAt: sql`r.asked_at`, dueAt: sql`r.due_at`, state: weight }[input.order ?? 'state']
    let ordered = found.selectAll('r').orderBy(by, input.descending ? 'desc' : 'asc')
    // What can still be decided goes by what is due first; what is over, the newest first.
    ordered = ordered
      .orderBy(sql`case when ${state} in ('asked', 'agreed') then r.due_at end asc nulls last`)
      .orderBy('r.asked_at', 'desc')
      .orderBy('r.swap_id')
    const rows = await ordered.offset(input.offset).limit(input.limit).execute()
    return { total: Number(total), rows: await swapViews(db, agencyId, rows, meta.now) }
  },
})

async function stepsOf(db: RosterDb, agencyId: string, swapId: string) {
  const { rows } = await sql<{ n: number; kind: string; at: string; by: string | null; text: string }>`
    select s.n, s.kind, s.at, a.name as by, s.text from swap_step s
    left join account a on a.agency_id = s.agency_id and a.account_id = s.by_account
    where s.agency_id = ${agencyId} and s.swap_id = ${swapId} order by s.n`.execute(db)
  return rows.map(row => ({ ...row, kind: row.kind as SwapState | 'overtaken' }))
}

/** Drafts that a version of these days would make stale. */
async function draftsOver(db: RosterDb, agencyId: string, operationId: string, days: readonly string[]) {
  const { fromDay, untilDay } = spanOf(operationId, days)
  const { n } = await db
    .selectFrom('roster_plan')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('state', '=', 'adopted')
    .where('from_day', '<=', untilDay)
    .where('until_day', '>=', fromDay)
    .executeTakeFirstOrThrow()
  return Number(n)
}

const one = on(swap, {
  sees: 'agency',
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const { actor } = meta
    const row = await requestById(db, agencyId, input.swapId)
    const people = [row.asker_id, ...(row.partner_id ? [row.partner_id] : [])]
    const names = await officerNames(any(db), agencyId, people)
    const { unitIds } = actor.scope
    const inside = people.map(id => unitIds === '*' || unitIds.includes(names.get(id)?.unitId ?? ''))
    const part = actor.officerId !== null && people.includes(actor.officerId)
    const offered = !row.named && row.state === 'asked'
    const leads = swapApprovers.some(role => actor.roles.includes(role))
    const looks = leads || actor.roles.some(role => role === 'administrator' || role === 'inspector')
    if (!part && !offered && !(looks && inside.includes(true))) throw swapProblems.swapMissing()
    const state = stateAt(row, meta.now)
    const broken = isOpen(state) && row.partner_id ? await brokenNow(db, meta, row, row.partner_id) : []
    const [view] = await swapViews(db, agencyId, [row], meta.now)
    if (!view) throw new Error('invariant: a request has a view')
    const decides = leads && !part && row.asked_by !== actor.accountId && inside.every(Boolean)
    const gone: BrokenRule = {
      ...{ rule: 'RST92', officerId: row.asker_id, name: view.asker.name, day: view.given.day },
      ...{ zh: '班次已不在现行勤务表中', en: 'the duty is no longer in the roster' },
    }
    const said = broken === 'gone' ? [gone] : broken
    const days = [view.given.day, ...(view.returned ? [view.returned.day] : [])]
    return {
      ...view,
      broken: said,
      drafts: isOpen(state) ? await draftsOver(db, agencyId, row.operation_id, days) : 0,
      may: {
        approve: decides && state === 'agreed' && said.length === 0,
        refuse: decides && isOpen(state),
      },
      steps: await stepsOf(db, agencyId, row.swap_id),
    }
  },
})

export const swapQueries = [mine, takers, returns, list, one]
