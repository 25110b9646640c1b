// Handlers of the kernel's own capabilities. The module is made over the others, because rights and titles come
// from their contracts.
import { commandsOn } from '../command.ts'
import type { Both, ProblemAnswer } from '../contract.ts'
import type { Module } from '../module.ts'
import { kernelProblems } from '../problem.ts'
import { queriesOn } from '../query.ts'
import type { KernelTables } from '../tables.ts'
import { asOfQuery } from './as-of.ts'
import { alertRoutine } from './alerts/clock.ts'
import { alertCommands } from './alerts/commands.ts'
import { alertProblems } from './alerts/problems.ts'
import { alertPushes } from './alerts/push.ts'
import { alertQueries } from './alerts/queries.ts'
import { acceptReview, activity, dismissReview, reviews, rights } from './contracts.ts'
import { type BooksTables, historyQuery, isSealedWhole, namesIn, shownFields } from './history.ts'

const onCommand = commandsOn<KernelTables>()
const onQuery = queriesOn<BooksTables>()

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
  ...alertCommands,
]

type TitleOf = (name: string) => Both

const reviewQuery = (titleOf: TitleOf) =>
  onQuery(reviews, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const found = db
        .selectFrom('review as r')
        .where('r.agency_id', '=', agencyId)
        .where('r.state', '=', input.state)
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .innerJoin('journal as j', join =>
          join.onRef('j.agency_id', '=', 'r.agency_id').onRef('j.id', '=', 'r.command_id'),
        )
        .leftJoin('account as a', join =>
          join.onRef('a.agency_id', '=', 'r.agency_id').onRef('a.account_id', '=', 'r.actor_id'),
        )
        .selectAll('r')
        .select(['j.input', 'a.name as actor'])
        .orderBy('r.held_at', 'desc')
        .orderBy('r.review_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      const shown = rows.map(row => ({
        reviewId: row.review_id,
        commandId: row.command_id,
        name: row.name,
        titleZh: titleOf(row.name).zh,
        titleEn: titleOf(row.name).en,
        version: row.version,
        actor: row.actor,
        input: isSealedWhole(row.input) ? null : shownFields(row.input),
        reason: row.reason as ProblemAnswer,
        heldAt: row.held_at,
        state: row.state,
        settledAt: row.settled_at,
        settledWhy: row.settled_why,
      }))
      const names = await namesIn(
        db,
        agencyId,
        shown.map(row => row.input),
      )
      return { total, rows: shown, names }
    },
  })

const activityQuery = (titleOf: TitleOf) =>
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
  })

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
  const watches = new Map(others.flatMap(one => one.watches ?? []).map(one => [one.key, one]))
  /** What a newer app sent, or an older one did, may have a name that nobody here knows any more. */
  const titleOf: TitleOf = name =>
    titles.get(name) ?? { zh: `本系统不认识的操作(${name})`, en: `A command unknown here (${name})` }
  const own: Module = {
    name: 'kernel',
    title: { zh: '账册', en: 'Books' },
    commands,
    queries: [
      reviewQuery(titleOf),
      ...alertQueries(watches),
      activityQuery(titleOf),
      historyQuery(titleOf),
      asOfQuery,
      onQuery(rights, { run: async () => ({ rows: rightsOf([...others, own]) }) }),
    ],
    routines: [alertRoutine],
    followUps: alertPushes(watches),
    problems: [kernelProblems, alertProblems],
  }
  for (const { contract } of commands) titles.set(contract.name, contract.title)
  titles.set('kernel.unreadable', { zh: '无法识别的上报', en: 'An entry that could not be read' })
  return own
}
