import { queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { officer, officers, peopleProblems, type SkillKind } from './contracts.ts'
import { officersFound } from './officer-filters.ts'
import { officerRows } from './officer-rows.ts'
import type { PeopleDb } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = queriesOn<PeopleTables>()

/** Absences and secondments of the last weeks stay in the drawer, so that a leader sees what has just ended. */
const pastDays = 30

async function grantsOf(db: PeopleDb, agencyId: string, officerId: string, today: string) {
  const rows = await db
    .selectFrom('officer_skill')
    .select(['skill', 'valid_from', 'valid_until'])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .orderBy('skill')
    .execute()
  return rows.map(row => ({
    skill: row.skill as SkillKind,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    valid: (row.valid_from ?? today) <= today && (row.valid_until ?? today) >= today,
  }))
}

async function absencesOf(db: PeopleDb, agencyId: string, officerId: string, since: string) {
  const rows = await db
    .selectFrom('availability')
    .select(['availability_id', 'state', 'no_nights', 'begins_at', 'ends_at', 'reason'])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .where('withdrawn', '=', false)
    .where('ends_at', '>', `${since}T00:00:00Z`)
    .orderBy('begins_at', 'desc')
    .orderBy('availability_id')
    .limit(200)
    .execute()
  return rows.map(row => ({
    availabilityId: row.availability_id,
    state: row.state as 'unavailable' | 'limited',
    noNights: row.no_nights,
    beginsAt: row.begins_at,
    endsAt: row.ends_at,
    hasReason: row.reason !== null,
  }))
}

async function secondmentsOf(db: PeopleDb, agencyId: string, officerId: string, since: string) {
  const rows = await db
    .selectFrom('secondment')
    .select(['secondment_id', 'to_whom', 'begins_on', 'ends_on'])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .where('withdrawn', '=', false)
    .where('ends_on', '>=', since)
    .orderBy('begins_on', 'desc')
    .orderBy('secondment_id')
    .limit(200)
    .execute()
  return rows.map(row => ({
    secondmentId: row.secondment_id,
    toWhom: row.to_whom,
    beginsOn: row.begins_on,
    endsOn: row.ends_on,
  }))
}

async function teamsOf(db: PeopleDb, agencyId: string, officerId: string) {
  const rows = await db
    .selectFrom('team_member as m')
    .innerJoin('team as t', join =>
      join.onRef('t.agency_id', '=', 'm.agency_id').onRef('t.team_id', '=', 'm.team_id'),
    )
    .select(['t.team_id', 't.name', 't.kind', 't.leader_id', 't.ends_on as team_ends_on'])
    .select(['m.begins_on', 'm.ends_on'])
    .where('m.agency_id', '=', agencyId)
    .where('m.officer_id', '=', officerId)
    .orderBy('m.begins_on', 'desc')
    .orderBy('t.team_id')
    .limit(200)
    .execute()
  return rows.map(row => ({
    teamId: row.team_id,
    name: row.name,
    kind: row.kind,
    beginsOn: row.begins_on,
    endsOn: row.ends_on ?? row.team_ends_on,
    leads: row.leader_id === officerId,
  }))
}

export const officerQueries = [
  on(officers, {
    async run(db, input, meta) {
      const found = await officersFound(db, input, meta)
      const [{ total }, rows] = await Promise.all([
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
        officerRows(db, found, input, meta),
      ])
      return { total, rows }
    },
  }),

  on(officer, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const { officerId } = input
      const today = dutyDayOf(meta.agency, meta.now)
      const found = (await officersFound(db, { books: 'all' }, meta)).where('o.officer_id', '=', officerId)
      const [row] = await officerRows(db, found, { offset: 0, limit: 1 }, meta)
      if (!row) throw peopleProblems.officerMissing()
      const since = addDays(today, -pastDays)
      const [grants, absences, secondments, teams] = await Promise.all([
        grantsOf(db, agencyId, officerId, today),
        absencesOf(db, agencyId, officerId, since),
        secondmentsOf(db, agencyId, officerId, since),
        teamsOf(db, agencyId, officerId),
      ])
      return { ...row, grants, absences, secondments, teams }
    },
  }),
]
