// Teams across units, and the partners of other organisations.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import {
  addMembers,
  addPartner,
  changePartner,
  changeTeam,
  dissolveTeam,
  formTeam,
  peopleProblems,
  removeMember,
} from './contracts.ts'
import { anyOf, needOfficer, needOfficers, needSpan, type PeopleDb, todayOf } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = commandsOn<PeopleTables>()
type Tx = CommandTx<PeopleTables>

interface TeamDays {
  teamId: string
  kind: string
  beginsOn: string
  endsOn: string | null
}
interface Stay {
  officerId: string
  beginsOn: string
  endsOn: string | null
}

const overlap = (a: Omit<Stay, 'officerId'>, b: Omit<Stay, 'officerId'>) =>
  (a.endsOn === null || b.beginsOn <= a.endsOn) && (b.endsOn === null || a.beginsOn <= b.endsOn)

async function needTeam(db: PeopleDb, meta: CommandMeta, teamId: string) {
  const row = await db
    .selectFrom('team')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('team_id', '=', teamId)
    .executeTakeFirst()
  if (!row) throw peopleProblems.teamMissing()
  if (row.ends_on !== null && row.ends_on < todayOf(meta)) {
    throw peopleProblems.teamOver({ name: row.name, day: row.ends_on })
  }
  return row
}

/** Where these officers are members already: of this team, and of closed-loop teams. */
function staysOf(db: PeopleDb, meta: CommandMeta, teamId: string, officerIds: readonly string[]) {
  return db
    .selectFrom('team_member as m')
    .innerJoin('team as t', join =>
      join.onRef('t.agency_id', '=', 'm.agency_id').onRef('t.team_id', '=', 'm.team_id'),
    )
    .select(['m.officer_id', 'm.begins_on', 'm.ends_on', 't.team_id', 't.kind', 't.name'])
    .select('t.ends_on as team_ends_on')
    .where('m.agency_id', '=', meta.agency.agencyId)
    .where('m.officer_id', '=', anyOf(officerIds))
    .where(({ or, eb }) => or([eb('t.team_id', '=', teamId), eb('t.kind', '=', 'closedLoop')]))
    .orderBy('m.officer_id')
    .orderBy('m.begins_on')
    .orderBy('t.team_id')
    .execute()
}

async function enlist(tx: Tx, meta: CommandMeta, team: TeamDays, members: readonly Stay[]): Promise<void> {
  if (members.length === 0) return
  const ids = members.map(one => one.officerId)
  const names = new Map(
    (await needOfficers(tx.db, meta.agency.agencyId, ids)).map(row => [row.officer_id, row.name]),
  )
  const there = (await staysOf(tx.db, meta, team.teamId, [...new Set(ids)])).map(row => ({
    officerId: row.officer_id,
    beginsOn: row.begins_on,
    endsOn: row.ends_on ?? row.team_ends_on,
    teamId: row.team_id,
    closed: row.kind === 'closedLoop',
    name: row.name,
  }))
  for (const member of members) {
    needSpan(member.beginsOn, member.endsOn)
    const inside =
      member.beginsOn >= team.beginsOn &&
      (team.endsOn === null || (member.endsOn ?? team.endsOn) <= team.endsOn)
    if (!inside) throw peopleProblems.memberOutsideTeam()
    const stay = { ...member, endsOn: member.endsOn ?? team.endsOn }
    const name = names.get(member.officerId) ?? ''
    const clash = there.filter(one => one.officerId === member.officerId && overlap(one, stay))
    if (clash.some(one => one.teamId === team.teamId)) throw peopleProblems.memberTwice({ name })
    const loop = team.kind === 'closedLoop' && clash.find(one => one.closed)
    if (loop) throw peopleProblems.closedLoopTwice({ name, team: loop.name })
    there.push({ ...stay, teamId: team.teamId, closed: false, name: '' })
  }
  tx.write(
    tx.db.insertInto('team_member').values(
      members.map(member => ({
        agency_id: meta.agency.agencyId,
        team_id: team.teamId,
        officer_id: member.officerId,
        begins_on: member.beginsOn,
        ends_on: member.endsOn,
      })),
    ),
  )
}

const formingCommands = [
  on(formTeam, {
    async handle(tx, input, meta) {
      needSpan(input.beginsOn, input.endsOn)
      if (input.leaderId !== null) await needOfficer(tx.db, meta.agency.agencyId, input.leaderId)
      tx.write(
        tx.db.insertInto('team').values({
          agency_id: meta.agency.agencyId,
          team_id: input.teamId,
          name: input.name.trim(),
          kind: input.kind,
          leader_id: input.leaderId,
          begins_on: input.beginsOn,
          ends_on: input.endsOn,
        }),
      )
      await enlist(tx, meta, input, input.members)
      return {}
    },
  }),

  on(changeTeam, {
    async handle(tx, input, meta) {
      await needTeam(tx.db, meta, input.teamId)
      if (input.leaderId !== null) await needOfficer(tx.db, meta.agency.agencyId, input.leaderId)
      tx.write(
        tx.db
          .updateTable('team')
          .set({ name: input.name.trim(), leader_id: input.leaderId })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('team_id', '=', input.teamId),
        { rows: 1, otherwise: peopleProblems.teamMissing() },
      )
      return {}
    },
  }),

  on(dissolveTeam, {
    async handle(tx, input, meta) {
      const team = await needTeam(tx.db, meta, input.teamId)
      needSpan(team.begins_on, input.endsOn)
      const { agencyId } = meta.agency
      tx.write(
        tx.db
          .updateTable('team')
          .set({ ends_on: input.endsOn })
          .where('agency_id', '=', agencyId)
          .where('team_id', '=', input.teamId),
        { rows: 1, otherwise: peopleProblems.teamMissing() },
      )
      tx.write(
        tx.db
          .deleteFrom('team_member')
          .where('agency_id', '=', agencyId)
          .where('team_id', '=', input.teamId)
          .where('begins_on', '>', input.endsOn),
      )
      tx.write(
        tx.db
          .updateTable('team_member')
          .set({ ends_on: input.endsOn })
          .where('agency_id', '=', agencyId)
          .where('team_id', '=', input.teamId)
          .where(({ or, eb }) => or([eb('ends_on', 'is', null), eb('ends_on', '>', input.endsOn)])),
      )
      return {}
    },
  }),
]

const memberCommands = [
  on(addMembers, {
    async handle(tx, input, meta) {
      const row = await needTeam(tx.db, meta, input.teamId)
      const team = { teamId: input.teamId, kind: row.kind, beginsOn: row.begins_on, endsOn: row.ends_on }
      await enlist(tx, meta, team, input.members)
      return {}
    },
  }),

  on(removeMember, {
    async handle(tx, input, meta) {
      await needTeam(tx.db, meta, input.teamId)
      await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
      const stays = await tx.db
        .selectFrom('team_member')
        .select('begins_on')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('team_id', '=', input.teamId)
        .where('officer_id', '=', input.officerId)
        .where(({ or, eb }) => or([eb('ends_on', 'is', null), eb('ends_on', '>', input.endsOn)]))
        .orderBy('begins_on')
        .execute()
      if (stays.length === 0) throw peopleProblems.memberMissing()
      for (const { begins_on } of stays) {
        const gone = { rows: 1, otherwise: peopleProblems.memberMissing() }
        // A stay that would begin only after the last day never comes about.
        const write = begins_on > input.endsOn ? tx.db.deleteFrom('team_member') : undefined
        const change = tx.db.updateTable('team_member').set({ ends_on: input.endsOn })
        const statement = (write ?? change) as typeof change
        tx.write(
          statement
            .where('agency_id', '=', meta.agency.agencyId)
            .where('team_id', '=', input.teamId)
            .where('officer_id', '=', input.officerId)
            .where('begins_on', '=', begins_on),
          gone,
        )
      }
      return {}
    },
  }),
]

const partnerCommands = [
  on(addPartner, {
    handle(tx, input, meta) {
      tx.write(
        tx.db.insertInto('partner').values({
          agency_id: meta.agency.agencyId,
          partner_id: input.partnerId,
          name: input.name.trim(),
          kind: input.kind,
          organisation: input.organisation.trim(),
          phone: input.phone,
        }),
      )
      return {}
    },
  }),

  on(changePartner, {
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('partner')
          .set({
            name: input.name.trim(),
            kind: input.kind,
            organisation: input.organisation.trim(),
            active: input.active,
            ...(input.phone === undefined ? {} : { phone: input.phone }),
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('partner_id', '=', input.partnerId),
        { rows: 1, otherwise: peopleProblems.partnerMissing() },
      )
      return {}
    },
  }),
]

export const teamCommands = [...formingCommands, ...memberCommands, ...partnerCommands]
