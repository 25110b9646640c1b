// Reading saved what-ifs with what has changed under them, and what may be supposed at all.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { z } from 'zod'
import { accountNames } from '../access/index.ts'
import { unitNames } from '../people/index.ts'
import {
  type DayDemand,
  demandFor,
  demandMark,
  postsFor,
  typicalDemand,
  typicalOn,
  zonesFor,
} from '../posts/index.ts'
import { keeper } from './cache.ts'
import type { Supposition, supposables, whatIfRow } from './contracts.ts'
import { inputTables, keptInputs, problemTables, type RosterSpan } from './inputs.ts'
import { newestVersion, type RosterDb } from './published.ts'
import { unitsBelow } from './what-if-suppose.ts'

const any = (db: RosterDb) => db as unknown as Kysely<AnyTables>

export type WhatIfRow = z.output<typeof whatIfRow>
export interface WhatIfChoice {
  operationId?: string
  whatIfId?: string
}

export interface ReadRow {
  row: WhatIfRow
  result: unknown
}

/** Each with its result only where one is asked for: a list needs three figures of it. */
export async function readWhatIfs(
  db: RosterDb,
  agency: AgencySettings,
  choice: WhatIfChoice,
): Promise<ReadRow[]> {
  const { agencyId } = agency
  const brief = sql<Brief>`jsonb_build_object('open', result -> 'open', 'more', result -> 'more',
    'spare', result -> 'spare', 'rosterVersion', result -> 'rosterVersion')`
  let asked = db
    .selectFrom('what_if')
    .select(['what_if_id', 'operation_id', 'name', 'from_day', 'until_day', 'suppositions', 'revision'])
    .select(['demand_mark', 'made_at', 'saved_at', 'saved_by', brief.as('brief')])
    .where('agency_id', '=', agencyId)
  if (choice.operationId) asked = asked.where('operation_id', '=', choice.operationId)
  if (choice.whatIfId) asked = asked.select('result').where('what_if_id', '=', choice.whatIfId)
  const rows = await asked.orderBy('saved_at', 'desc').orderBy('what_if_id').execute()
  const accounts = [...new Set(rows.flatMap(row => row.saved_by ?? []))]
  const names = await accountNames(db as never, agencyId, accounts)
  const found: ReadRow[] = []
  for (const row of rows) {
    const span = { operationId: row.operation_id, fromDay: row.from_day, untilDay: row.until_day }
    const [mark, version] = await Promise.all([
      markOf(db, agencyId, span),
      newestVersion(db, agencyId, span.operationId, span.fromDay, span.untilDay),
    ])
    const { open, more, spare, rosterVersion } = row.brief
    found.push({
      result: 'result' in row ? row.result : null,
      row: {
        whatIfId: row.what_if_id,
        ...span,
        name: row.name,
        suppositions: row.suppositions as Supposition[],
        revision: row.revision,
        madeAt: row.made_at,
        savedAt: row.saved_at,
        savedBy: names.get(row.saved_by ?? '')?.name ?? null,
        open,
        more,
        spare,
        demandChanged: mark !== row.demand_mark,
        rosterChanged: version !== rosterVersion,
      },
    })
  }
  return found
}

interface Brief {
  open: number
  more: WhatIfRow['more']
  spare: WhatIfRow['spare']
  rosterVersion: number | null
}

const marksKept = keeper(100)

function markOf(db: RosterDb, agencyId: string, span: RosterSpan): Promise<string> {
  const { operationId, fromDay, untilDay } = span
  const about = `mark ${operationId} ${fromDay} ${untilDay}`
  return marksKept(any(db), { agencyId, about, tables: inputTables.demand }, async () =>
    demandMark(await demandFor(any(db), agencyId, operationId, fromDay, untilDay)),
  )
}

/** Names of zones, posts and units that suppositions are about; one that is gone has none. */
export async function namesIn(
  db: RosterDb,
  agencyId: string,
  rows: readonly WhatIfRow[],
): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const operationId of new Set(rows.map(row => row.operationId))) {
    const [zones, posts] = await Promise.all([
      zonesFor(any(db), agencyId, operationId),
      postsFor(any(db), agencyId, operationId),
    ])
    for (const { zoneId, name } of zones) found[zoneId] = name
    for (const { postId, name } of posts) found[postId] = name
  }
  for (const [unitId, { shortName }] of await unitNames(any(db), agencyId)) found[unitId] = shortName
  const wanted = new Set(rows.flatMap(row => row.suppositions.flatMap(idsIn)))
  return Object.fromEntries(Object.entries(found).filter(([id]) => wanted.has(id)))
}

function idsIn(one: Supposition): string[] {
  if (one.kind === 'zones') return [one.likeZoneId]
  if (one.kind === 'rounds') return [one.likePostId]
  if (one.kind === 'closed') return [one.postId]
  return one.kind === 'absent' && one.unitId !== null ? [one.unitId] : []
}

// ---------------------------------------------------------------------------------------------- what may be supposed

const supposableKept = keeper(4)

export function readSupposables(
  db: RosterDb,
  agency: AgencySettings,
  span: RosterSpan,
  now: string,
): Promise<OutputOf<typeof supposables>> {
  const { agencyId } = agency
  const about = `supposables ${span.operationId} ${span.fromDay} ${span.untilDay}`
  const tables = [...problemTables, 'zone', 'zone_stage']
  return supposableKept(any(db), { agencyId, about, tables }, () => supposablesOf(db, agency, span, now))
}

async function supposablesOf(db: RosterDb, agency: AgencySettings, span: RosterSpan, now: string) {
  const { agencyId } = agency
  const inputs = await keptInputs(any(db), agency, span, now)
  const posts = [...inputs.posts.values()]
  const postIds = posts.map(post => post.postId)
  const [zones, units, typical] = await Promise.all([
    zonesFor(any(db), agencyId, span.operationId),
    unitNames(any(db), agencyId),
    typicalDemand(any(db), agencyId, span, postIds),
  ])
  const byPost = Map.groupBy(typical, line => line.postId)
  const headsOf = (lines: readonly DayDemand[]) =>
    typicalOn(lines, span.fromDay).reduce((sum, line) => sum + (line.skill === null ? line.heads : 0), 0)
  const needed = new Set(inputs.demand.map(line => line.postId))
  const skills = new Map<string, number>()
  for (const officer of inputs.officers) {
    for (const { skill } of officer.skills) skills.set(skill, (skills.get(skill) ?? 0) + 1)
  }
  return {
    zones: zones.map(({ zoneId, name, kind, liftedAt }) => {
      const inside = posts.filter(post => post.zoneId === zoneId)
      const heads = headsOf(inside.flatMap(post => byPost.get(post.postId) ?? []))
      return { zoneId, name, kind, lifted: liftedAt !== null, posts: inside.length, heads }
    }),
    posts: posts.map(({ postId, name, kind }) => ({
      postId,
      name,
      kind,
      heads: headsOf(byPost.get(postId) ?? []),
      needed: needed.has(postId),
    })),
    units: [...units].map(([unitId, { shortName: name }]) => {
      const inside = unitsBelow(units, unitId)
      return { unitId, name, people: inputs.officers.filter(one => inside.has(one.unitId)).length }
    }),
    skills: [...skills].sort(([a], [b]) => (a < b ? -1 : 1)).map(([skill, people]) => ({ skill, people })),
    people: inputs.officers.length,
    rules: inputs.rules,
  }
}
