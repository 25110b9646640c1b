// Handlers of the kernel's own capabilities. The module is made over the others, because rights and titles come
// from their contracts.
import { sql } from 'kysely'
import { commandsOn } from '../command.ts'
import type { Both, ProblemAnswer } from '../contract.ts'
import type { Module } from '../module.ts'
import { kernelProblems } from '../problem.ts'
import { queriesOn } from '../query.ts'
import type { KernelTables } from '../tables.ts'
import {
  acceptReview,
  activity,
  alerts,
  dismissReview,
  history,
  reviews,
  rights,
  settleAlerts,
} from './contracts.ts'

interface NamedAccount {
  account: { agency_id: string; account_id: string; name: string }
}
const onCommand = commandsOn<KernelTables>()
const onQuery = queriesOn<KernelTables & NamedAccount>()

const commands = [
  onCommand(dismissReview, {
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('review')
          .set({
            state: 'dismissed',
            settled_by: meta.actor.accountId,
            settled_at: meta.receivedAt,
            settled_why: input.why,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('review_id', '=', input.reviewId)
          .where('state', '=', 'open'),
        { rows: 1, otherwise: kernelProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
  onCommand(acceptReview, {
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('review')
          .set({
            state: 'accepted',
            settled_by: meta.actor.accountId,
            settled_at: meta.receivedAt,
            settled_why: input.why,
            settled_command_id: input.correctedBy,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('review_id', '=', input.reviewId)
          .where('state', '=', 'open'),
        { rows: 1, otherwise: kernelProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
  onCommand(settleAlerts, {
    handle(tx, input, meta) {
      const { agencyId } = meta.agency
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
      for (let from = 0; from < input.raise.length; from += 500) {
        tx.write(
          tx.db
            .insertInto('alert')
            .values(
              input.raise.slice(from, from + 500).map(one => ({
                agency_id: agencyId,
                alert_id: meta.id(`alert ${one.subject}`),
                watch: input.watch,
                subject: one.subject,
                title_zh: one.titleZh,
                title_en: one.titleEn,
                severity: one.severity,
                link: one.link,
                owner_role: input.ownerRole,
                unit_id: one.unitId,
                raised_at: meta.receivedAt,
                due_at: one.dueAt,
              })),
            )
            .onConflict(conflict =>
              conflict.columns(['agency_id', 'watch', 'subject']).where('cleared_at', 'is', null).doNothing(),
            ),
        )
      }
      return {}
    },
  }),
]

const reviewQuery = onQuery(reviews, {
  async run(db, input, meta) {
    const found = db
      .selectFrom('review')
      .where('agency_id', '=', meta.agency.agencyId)
      .where('state', '=', input.state)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .orderBy('held_at', 'desc')
      .orderBy('review_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return {
      total,
      rows: rows.map(row => ({
        reviewId: row.review_id,
        commandId: row.command_id,
        name: row.name,
        version: row.version,
        reason: row.reason as ProblemAnswer,
        heldAt: row.held_at,
        state: row.state,
        settledAt: row.settled_at,
        settledWhy: row.settled_why,
      })),
    }
  },
})

const alertQuery = onQuery(alerts, {
  async run(db, input, meta) {
    let found = db
      .selectFrom('alert')
      .where('agency_id', '=', meta.agency.agencyId)
      .where('cleared_at', 'is', null)
    if (input.watch) found = found.where('watch', '=', input.watch)
    const counts = await found
      .select([
        sql<number>`count(*)`.as('total'),
        sql<number>`count(*) filter (where severity = 'red')`.as('red'),
      ])
      .executeTakeFirstOrThrow()
    const rows = await found
      .select([
        'alert_id',
        'watch',
        'subject',
        'title_zh',
        'title_en',
        'severity',
        'link',
        'owner_role',
        'raised_at',
        'due_at',
      ])
      .orderBy('due_at')
      .orderBy('alert_id')
      .limit(input.limit)
      .execute()
    return {
      ...counts,
      rows: rows.map(row => ({
        alertId: row.alert_id,
        watch: row.watch,
        subject: row.subject,
        titleZh: row.title_zh,
        titleEn: row.title_en,
        severity: row.severity as 'red' | 'amber',
        link: row.link,
        ownerRole: row.owner_role,
        raisedAt: row.raised_at,
        dueAt: row.due_at,
      })),
    }
  },
})

function journalQueries(titleOf: (name: string) => Both) {
  return [
    onQuery(activity, {
      async run(db, input, meta) {
        let found = db
          .selectFrom('journal as j')
          .leftJoin('account as a', join =>
            join.onRef('a.agency_id', '=', 'j.agency_id').onRef('a.account_id', '=', 'j.actor_id'),
          )
          .select(['j.seq', 'j.id', 'j.name', 'j.received_at', 'j.verdict', 'a.name as actor'])
          .where('j.agency_id', '=', meta.agency.agencyId)
          .where('j.parent_id', 'is', null)
        if (input.before !== undefined) found = found.where('j.seq', '<', input.before)
        if (input.verdict) found = found.where('j.verdict', '=', input.verdict)
        const rows = await found.orderBy('j.seq', 'desc').limit(input.limit).execute()
        return {
          rows: rows.map(row => ({
            seq: row.seq,
            id: row.id,
            name: row.name,
            titleZh: titleOf(row.name).zh,
            titleEn: titleOf(row.name).en,
            actor: row.actor,
            receivedAt: row.received_at,
            verdict: row.verdict,
          })),
        }
      },
    }),
    onQuery(history, {
      async run(db, input, meta) {
        const rows = await db
          .selectFrom('change as c')
          .innerJoin('journal as j', join =>
            join.onRef('j.agency_id', '=', 'c.agency_id').onRef('j.id', '=', 'c.command_id'),
          )
          .leftJoin('account as a', join =>
            join.onRef('a.agency_id', '=', 'j.agency_id').onRef('a.account_id', '=', 'j.actor_id'),
          )
          .select(['c.n', 'c.op', 'c.before', 'c.after', 'j.name', 'j.received_at', 'a.name as actor'])
          .where('c.agency_id', '=', meta.agency.agencyId)
          .where('c.table_name', '=', input.table)
          .where('c.row_id', '=', input.rowId)
          .orderBy('c.n')
          .limit(1_000)
          .execute()
        return {
          rows: rows.map(row => ({
            n: row.n,
            op: row.op,
            command: row.name,
            titleZh: titleOf(row.name).zh,
            titleEn: titleOf(row.name).en,
            actor: row.actor,
            at: row.received_at,
            before: row.before,
            after: row.after,
          })),
        }
      },
    }),
  ]
}

interface Right {
  module: string
  name: string
  kind: 'command' | 'query' | 'measure' | 'file' | 'upload' | 'task'
  titleZh: string
  titleEn: string
  roles: string[]
}

/** One line per capability, from the declarations themselves, so that the page cannot differ from the rule. */
export function rightsOf(modules: readonly Module[]): Right[] {
  const rows: Right[] = []
  for (const module of modules) {
    const add = (kind: Right['kind'], name: string, title: Both, who: readonly string[]) => {
      const shown = who.filter(role => role !== 'system')
      if (shown.length > 0) {
        rows.push({ module: module.name, name, kind, titleZh: title.zh, titleEn: title.en, roles: shown })
      }
    }
    for (const { contract } of module.commands) add('command', contract.name, contract.title, contract.roles)
    for (const { contract } of module.queries) add('query', contract.name, contract.title, contract.roles)
    for (const one of module.measures ?? []) add('measure', one.key, one.title, one.roles)
    for (const one of module.files ?? []) add('file', one.name, one.title, one.roles)
    for (const one of module.uploads ?? []) add('upload', one.name, one.title, one.roles)
    for (const one of module.tasks ?? []) add('task', one.name, one.title, one.roles)
  }
  return rows
}

/** The kernel as a module, made over the others. */
export function books(others: readonly Module[]): Module {
  const titles = new Map<string, Both>()
  for (const module of others) {
    for (const { contract } of module.commands) titles.set(contract.name, contract.title)
  }
  const own: Module = {
    name: 'kernel',
    title: { zh: '账册', en: 'Books' },
    commands,
    queries: [
      reviewQuery,
      alertQuery,
      ...journalQueries(name => titles.get(name) ?? { zh: name, en: name }),
      onQuery(rights, { run: async () => ({ rows: rightsOf([...others, own]) }) }),
    ],
    problems: [kernelProblems],
  }
  for (const { contract } of commands) titles.set(contract.name, contract.title)
  return own
}
