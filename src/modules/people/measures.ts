// Figures about people: persons and teams, each with the list behind it.
import type { Kysely } from 'kysely'
import { type CountUnit, everyone } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { type OfficerKind, officers, ownKinds, type teamKinds, teams } from './contracts.ts'
import { onBooks } from './officer-filters.ts'
import { peopleDb } from './people-db.ts'
import { sql } from 'kysely'

async function onBooksOf(
  anyDb: Kysely<AnyTables>,
  span: Span,
  kinds: readonly OfficerKind[],
  absent: boolean,
): Promise<number> {
  let found = onBooks(peopleDb(anyDb).selectFrom('officer as o'), span.from, span.until).where(
    'o.kind',
    '=',
    sql<string>`any (${[...kinds]}::text[])`,
  )
  if (absent) {
    found = found.where(sql<boolean>`exists (select from availability a where a.agency_id = o.agency_id
      and a.officer_id = o.officer_id and not a.withdrawn and a.state = 'unavailable'
      and a.begins_at < ${span.ends}::timestamptz and a.ends_at > ${span.begins}::timestamptz)`)
  }
  const row = await found.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return row.n
}

function officersMeasure(
  key: string,
  zh: string,
  en: string,
  kinds: readonly OfficerKind[],
  absent = false,
): Measure {
  return {
    key,
    title: { zh, en },
    unit: 'person',
    roles: everyone,
    count: (db, span) => onBooksOf(db, span, kinds, absent),
    records: {
      query: officers,
      input: span => ({
        kinds,
        between: { from: span.from, until: span.until },
        ...(absent ? { unavailableBetween: { begins: span.begins, ends: span.ends } } : {}),
      }),
    },
  }
}

function teamsMeasure(
  key: string,
  zh: string,
  en: string,
  kind: (typeof teamKinds)[number],
  unit: CountUnit,
): Measure {
  return {
    key,
    title: { zh, en },
    unit,
    roles: everyone,
    async count(anyDb, span) {
      const row = await peopleDb(anyDb)
        .selectFrom('team')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('kind', '=', kind)
        .where('begins_on', '<=', span.until)
        .where(({ or, eb }) => or([eb('ends_on', 'is', null), eb('ends_on', '>=', span.from)]))
        .executeTakeFirstOrThrow()
      return row.n
    },
    records: {
      query: teams,
      input: span => ({ kind, between: { from: span.from, until: span.until } }),
    },
  }
}

export const measures: Measure[] = [
  officersMeasure('people.officers', '在册民警、辅警、职工', 'Officers on the books', ownKinds),
  officersMeasure('people.attached', '支援警力', 'Attached officers', ['attached']),
  officersMeasure(
    'people.unavailable',
    '不可用警力',
    'Officers unavailable',
    [...ownKinds, 'attached'],
    true,
  ),
  teamsMeasure('teams.commandoTeams', '突击队', 'Commando teams', 'commando', 'team'),
  teamsMeasure('teams.temporaryBranches', '临时党支部', 'Temporary branches', 'branch', 'team'),
  teamsMeasure('teams.pioneerPosts', '先锋岗', 'Pioneer posts', 'pioneerPost', 'post'),
  teamsMeasure('teams.volunteerTeams', '志愿队', 'Volunteer teams', 'volunteer', 'team'),
]
