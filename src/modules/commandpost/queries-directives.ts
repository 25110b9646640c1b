// Reading directives: the bureau's desk sees all; others those given by or to their units or past them. One may be
// opened from the post that it is addressed to, too.
import { type RawBuilder, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { unitSubtree } from '../people/index.ts'
import {
  addressable,
  commandpostProblems,
  directive,
  directives,
  type DirectiveState,
  type Source,
  type AddresseeState,
} from './contracts.ts'
import { type AddresseeRow, addresseesOf, answersFor, type DirectiveRow, voiceOf } from './directive-reads.ts'
import { enclosuresOf } from './enclosures.ts'
import type { Meta } from './log-reads.ts'
import {
  anyDb,
  anyId,
  anyText,
  type CommandpostDb,
  namesOf,
  postNames,
  type Units,
  unitsOf,
} from './lower.ts'
import { meetingOfDirective } from './meeting-queries.ts'
import { dutyPostsAround } from './own-posts.ts'
import { directiveInScope } from './scope.ts'
import type { CommandpostTables } from './tables.ts'
import { homeUnit, isBelow, issuerUnit, levelOf, speaksForIssuer } from './units.ts'

const on = queriesOn<CommandpostTables>()
type Filters = Omit<InputOf<typeof directives>, 'offset' | 'limit' | 'order' | 'descending'>

const addressed = (condition: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from directive_addressee a where a.agency_id = directive.agency_id
    and a.directive_id = directive.directive_id and (${condition}))`

const directivesInScope = (db: CommandpostDb, meta: Meta) =>
  db.selectFrom('directive').where('directive.agency_id', '=', meta.agency.agencyId).where(directiveInScope)

/** One that the asker may open: of his units, or addressed to a post he stands at. */
async function directiveSeen(db: CommandpostDb, meta: Meta, directiveId: string) {
  const posts = [...(await dutyPostsAround(db, meta, meta.now)).keys()]
  return db
    .selectFrom('directive')
    .selectAll()
    .where('directive.agency_id', '=', meta.agency.agencyId)
    .where('directive_id', '=', directiveId)
    .where(({ or }) => or([directiveInScope, addressed(sql`a.post_id = ${anyId(posts)}`)]))
    .executeTakeFirst()
}

const open = sql`a.state in ('sent', 'received', 'returned')`
const overdueAt = (now: string) =>
  sql<boolean>`(directive.state = 'open' and directive.due_at <= ${now}::timestamptz and ${addressed(open)})`

async function choose(db: CommandpostDb, meta: Meta, input: Filters) {
  let found = directivesInScope(db, meta)
  if (input.operationId) found = found.where('directive.operation_id', '=', input.operationId)
  if (input.states?.length) found = found.where('directive.state', '=', anyText(input.states))
  if (input.sources?.length) found = found.where('source', '=', anyText(input.sources))
  if (input.addresseeStates?.length) {
    found = found.where(addressed(sql`a.state = ${anyText(input.addresseeStates)}`))
  }
  if (input.unitId) {
    const below = await unitSubtree(anyDb(db), meta.agency.agencyId, input.unitId)
    found = found.where(({ or, eb }) =>
      or([eb('issuer_unit_id', '=', anyId(below)), addressed(sql`a.unit_id = ${anyId(below)}`)]),
    )
  }
  if (input.overdue) found = found.where(overdueAt(meta.now))
  if (input.supervised) found = found.where(addressed(sql`a.supervised is not null`))
  if (input.passedDown !== undefined) {
    found = found.where('parent_id', input.passedDown ? 'is not' : 'is', null)
  }
  const [from, until] = [input.issuedFrom ?? input.issuedUntil, input.issuedUntil ?? input.issuedFrom]
  if (from && until) {
    const span = spanOf(meta.agency, from, until)
    found = found.where('issued_at', '>=', span.begins).where('issued_at', '<', span.ends)
  }
  const [first, last] = [
    input.completedFrom ?? input.completedUntil,
    input.completedUntil ?? input.completedFrom,
  ]
  if (first && last) {
    const span = spanOf(meta.agency, first, last)
    found = found
      .where('directive.completed_at', '>=', span.begins)
      .where('directive.completed_at', '<', span.ends)
  }
  const search = input.search?.trim()
  if (search) {
    found = found.where(
      sql<boolean>`strpos(number || ' ' || title || ' ' || text || ' ' || from_whom, ${search}) > 0`,
    )
  }
  return found
}

async function countsOf(db: CommandpostDb, agencyId: string, ids: readonly string[]) {
  const many = (condition: RawBuilder<unknown>) => sql<number>`count(*) filter (where ${condition})`
  const rows = await db
    .selectFrom('directive_addressee')
    .select('directive_id')
    .select([
      many(sql`state <> 'withdrawn'`).as('all'),
      many(sql`state = 'sent'`).as('sent'),
      many(sql`state = 'received'`).as('received'),
      many(sql`state = 'done'`).as('done'),
      many(sql`state = 'completed'`).as('completed'),
      many(sql`state = 'returned'`).as('returned'),
      many(sql`supervised is not null`).as('supervised'),
      many(sql`informed_unit_id is not null`).as('informed'),
    ])
    .where('agency_id', '=', agencyId)
    .where('directive_id', '=', anyId(ids))
    .groupBy('directive_id')
    .orderBy('directive_id')
    .execute()
  return new Map(rows.map(({ directive_id, ...counts }) => [directive_id, counts]))
}

const none = { all: 0, sent: 0, received: 0, done: 0, completed: 0, returned: 0, supervised: 0, informed: 0 }

export async function directiveViews(db: CommandpostDb, meta: Meta, rows: readonly DirectiveRow[]) {
  const { agencyId } = meta.agency
  const [units, people, counts] = await Promise.all([
    unitsOf(db, agencyId),
    namesOf(
      db,
      agencyId,
      rows.map(row => row.issued_by),
    ),
    countsOf(
      db,
      agencyId,
      rows.map(row => row.directive_id),
    ),
  ])
  return rows.map(row => {
    const own = counts.get(row.directive_id) ?? none
    const waits = own.sent + own.received + own.returned > 0
    return {
      directiveId: row.directive_id,
      operationId: row.operation_id,
      n: row.n,
      number: row.number,
      source: row.source as Source,
      fromWhom: row.from_whom,
      title: row.title,
      issuerUnitId: row.issuer_unit_id,
      issuerUnitName: row.issuer_unit_id === null ? null : (units.get(row.issuer_unit_id)?.shortName ?? ''),
      issuedBy: row.issued_by === null ? null : (people.get(row.issued_by) ?? ''),
      issuedAt: row.issued_at,
      dueAt: row.due_at,
      state: row.state as DirectiveState,
      completedAt: row.completed_at,
      overdue: row.state === 'open' && row.due_at <= meta.now && waits,
      passedDown: row.parent_id !== null,
      counts: own,
    }
  })
}

const columnOf = {
  n: 'n',
  number: 'number',
  title: 'title',
  source: 'source',
  issuedAt: 'issued_at',
  dueAt: 'due_at',
} as const

const list = on(directives, {
  async run(db, input, meta) {
    const found = await choose(db, meta, input)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll('directive')
      .$if(input.order !== undefined, all =>
        all.orderBy(columnOf[input.order ?? 'n'], input.descending ? 'desc' : 'asc'),
      )
      // What is open first, soonest due at the top; then what is over, newest first.
      .orderBy(sql`case directive.state when 'open' then 0 else 1 end`)
      .orderBy(sql`case directive.state when 'open' then directive.due_at end`)
      .orderBy('issued_at', 'desc')
      .orderBy('directive_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: await directiveViews(db, meta, rows) }
  },
})

interface Detail {
  row: DirectiveRow
  addressees: AddresseeRow[]
  units: Units
  posts: ReadonlyMap<string, string>
  issues: boolean
}

async function addresseeViews(
  db: CommandpostDb,
  meta: Meta,
  { row, addressees, units, posts, issues }: Detail,
) {
  const people = await namesOf(
    db,
    meta.agency.agencyId,
    addressees.flatMap(one => [one.received_by, one.done_by, one.completed_by]),
  )
  const name = (id: string | null) => (id === null ? null : (people.get(id) ?? ''))
  const unit = (id: string | null) => (id === null ? null : (units.get(id)?.shortName ?? ''))
  const { unitIds } = meta.actor.scope
  const voice = await voiceOf(db, { ...meta, receivedAt: meta.now }, units)
  const views = addressees.map(one => {
    const open = row.state === 'open'
    const answers =
      open && (one.state === 'sent' || one.state === 'received') && answersFor(voice, one, row.issuer_unit_id)
    const told = one.informed_unit_id
    return {
      addresseeId: one.addressee_id,
      unitId: one.unit_id,
      unitName: unit(one.unit_id) ?? '',
      postId: one.post_id,
      postName: one.post_id === null ? null : (posts.get(one.post_id) ?? ''),
      state: one.state as AddresseeState,
      receivedAt: one.received_at,
      receivedBy: name(one.received_by),
      doneAt: one.done_at,
      doneBy: name(one.done_by),
      completedAt: one.completed_at,
      completedBy: name(one.completed_by),
      chased: one.chased,
      supervised: one.supervised,
      overdue: open && ['sent', 'received', 'returned'].includes(one.state) && row.due_at <= meta.now,
      informedUnitId: told,
      informedUnitName: unit(told),
      informedSeenAt: one.informed_seen_at,
      may: {
        answer: answers,
        review: issues && open && one.state === 'done' && one.done_by !== meta.actor.accountId,
        note: told !== null && one.informed_seen_at === null && unitIds !== '*' && unitIds.includes(told),
      },
    }
  })
  // In the order of protocol, units before their posts.
  const place = new Map([...units.keys()].map((id, at) => [id, at]))
  return views.sort(
    (a, b) =>
      (place.get(a.unitId) ?? 0) - (place.get(b.unitId) ?? 0) ||
      (a.postName ?? '').localeCompare(b.postName ?? '', 'zh') ||
      (a.addresseeId < b.addresseeId ? -1 : 1),
  )
}

async function stepsOf(db: CommandpostDb, agencyId: string, directiveId: string) {
  const rows = await db
    .selectFrom('directive_step')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('directive_id', '=', directiveId)
    .orderBy('n')
    .execute()
  const people = await namesOf(
    db,
    agencyId,
    rows.map(row => row.by_account),
  )
  return rows.map(row => ({
    n: row.n,
    addresseeId: row.addressee_id,
    kind: row.kind as 'issued',
    at: row.at,
    by: row.by_account === null ? null : (people.get(row.by_account) ?? ''),
    text: row.text,
  }))
}

/** The one it came from, and those that it was passed on as. */
async function relatives(db: CommandpostDb, meta: Meta, row: DirectiveRow) {
  const rows = await directivesInScope(db, meta)
    .select(['directive.directive_id', 'number', 'title', 'directive.state', 'parent_id'])
    .where(({ or, eb }) =>
      or([eb('directive.directive_id', '=', row.parent_id), eb('parent_id', '=', row.directive_id)]),
    )
    .orderBy('n')
    .orderBy('directive.directive_id')
    .execute()
  const views = rows.map(one => ({
    directiveId: one.directive_id,
    number: one.number,
    title: one.title,
    state: one.state as DirectiveState,
  }))
  return {
    parent: views.find(one => one.directiveId === row.parent_id) ?? null,
    children: views.filter(one => one.directiveId !== row.parent_id),
  }
}

const detail = on(directive, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await directiveSeen(db, meta, input.directiveId)
    if (!row) throw commandpostProblems.directiveMissing()
    const [addressees, units, posts, home] = await Promise.all([
      addresseesOf(db, agencyId, row.directive_id),
      unitsOf(db, agencyId),
      postNames(db, agencyId, [row.operation_id]),
      homeUnit(anyDb(db), meta),
    ])
    const issues = speaksForIssuer(meta.actor, home, row.issuer_unit_id)
    const [view] = await directiveViews(db, meta, [row])
    if (!view) throw new Error('invariant: one view for each row')
    return {
      ...view,
      text: row.text,
      mayIssue: issues && row.state === 'open',
      addressees: await addresseeViews(db, meta, { row, addressees, units, posts, issues }),
      steps: await stepsOf(db, agencyId, row.directive_id),
      ...(await relatives(db, meta, row)),
      meeting: await meetingOfDirective(db, agencyId, row.directive_id),
      enclosures: (await enclosuresOf(db, agencyId, [row.directive_id])).get(row.directive_id) ?? [],
    }
  },
})

const mayAddress = on(addressable, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const units = await unitsOf(db, agencyId)
    let issuer = issuerUnit(meta.actor, units)
    if (input.addresseeId) {
      const row = await db
        .selectFrom('directive_addressee')
        .select('unit_id')
        .where('agency_id', '=', agencyId)
        .where('addressee_id', '=', input.addresseeId)
        .executeTakeFirst()
      if (!row) throw commandpostProblems.directiveMissing()
      issuer = row.unit_id
    }
    const below = [...units].filter(([unitId, unit]) => unit.active && isBelow(units, unitId, issuer))
    return {
      units: below.map(([unitId, { shortName }]) => ({
        unitId,
        shortName,
        depth: levelOf(units, unitId) - levelOf(units, issuer) - 1,
      })),
      postUnitIds: [...(issuer === null ? [] : [issuer]), ...below.map(([unitId]) => unitId)],
    }
  },
})

export const directiveQueries = [list, detail, mayAddress]
