// Figures of effort really made. One band worked at a post is one presence, and one presence is one deployment; what
// was planned stays with the roster.
import { type Kysely, sql } from 'kysely'
import { type CountUnit, everyone, type QueryContract, type Role } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { officerNames } from '../people/index.ts'
import { absences, deployments, deskReaders, presences } from './contracts.ts'
import { type DeploymentFilter, deploymentCount } from './deployment-rows.ts'
import { agencyOf } from './scope.ts'

interface Declared {
  key: string
  zh: string
  en: string
  roles?: readonly Role[]
  query: QueryContract
  filter?: Record<string, unknown>
  count: Measure['count']
}

function measure({ key, zh, en, roles = everyone, query, filter = {}, count }: Declared): Measure {
  const unit: CountUnit = 'person-shift'
  return {
    key,
    title: { zh, en },
    unit,
    roles,
    count,
    records: { query, input: ({ from, until }: Span) => ({ from, until, ...filter }) },
  }
}

function effort(key: string, zh: string, en: string, filter: DeploymentFilter = {}): Measure {
  return measure({
    key,
    zh,
    en,
    query: deployments,
    filter: { ...filter },
    count: async (db, span) =>
      deploymentCount(db, (await agencyOf(db)).agencyId, span.from, span.until, filter),
  })
}

/** Of the officers whom the scope shows, so that the figure is as large as the list behind it. */
async function ofSeen(db: Kysely<AnyTables>, officerIds: readonly string[]): Promise<number> {
  const seen = await officerNames(db, (await agencyOf(db)).agencyId, [...new Set(officerIds)].sort())
  return officerIds.filter(id => seen.has(id)).length
}

async function lateOfficers(db: Kysely<AnyTables>, span: Span): Promise<string[]> {
  const { rows } = await sql<{ officer_id: string }>`
    select officer_id from presence where voided_at is null and late_minutes > 0
      and day between ${span.from}::date and ${span.until}::date order by officer_id, presence_id`.execute(db)
  return rows.map(row => row.officer_id)
}

async function absentOfficers(db: Kysely<AnyTables>, span: Span): Promise<string[]> {
  const { rows } = await sql<{ officer_id: string }>`
    select officer_id from absence where ended_at is null
      and day between ${span.from}::date and ${span.until}::date order by officer_id, absence_id`.execute(db)
  return rows.map(row => row.officer_id)
}

export const measures: readonly Measure[] = [
  effort(
    'roster.zoneDeployments',
    '封控区、管控区、隔离酒店投入警力',
    'Deployments to zones and isolation hotels',
    {
      kinds: ['isolationHotel'],
      zoneKinds: ['sealed', 'control'],
    },
  ),
  effort('roster.samplingDeployments', '核酸采样投入警力', 'Deployments to sampling', {
    kinds: ['samplingSite'],
  }),
  effort('attendance.present', '到岗警力', 'Deployments worked'),
  measure({
    key: 'attendance.late',
    zh: '迟到',
    en: 'Came late',
    roles: deskReaders,
    query: presences,
    filter: { late: true },
    count: async (db, span) => ofSeen(db, await lateOfficers(db, span)),
  }),
  measure({
    key: 'attendance.absent',
    zh: '未到岗',
    en: 'Did not come',
    roles: deskReaders,
    query: absences,
    count: async (db, span) => ofSeen(db, await absentOfficers(db, span)),
  }),
]
