import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { peopleProblems } from './contracts.ts'
import { files } from './files.ts'
import { listFiles } from './list-files.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { uploads } from './uploads.ts'
import { watches } from './watches.ts'

export {
  type Away,
  awayBetween,
  type OfficerName,
  officerNames,
  type RosterOfficer,
  rosterOfficers,
  type UnitName,
  unitNames,
  unitSubtree,
} from './exports.ts'
export { keptMappings } from './import-people.ts'
export { type OfficerOffice, officerOffices } from './offices.ts'
export {
  type ClosedLoopTeam,
  closedLoopTeams,
  type TeamWithMembers,
  teamsBetween,
  teamsOfKind,
} from './team-reads.ts'
export { unitPlaces } from './unit-places.ts'

export const people: Module = {
  name: 'people',
  title: { zh: '警力', en: 'People' },
  commands,
  queries,
  measures,
  watches,
  files: [...files, ...listFiles],
  uploads,
  problems: [peopleProblems],
  constraints: {
    unit_pkey: () => peopleProblems.unitExists(),
    unit_name_key: () => peopleProblems.unitNameTaken(),
    unit_agency_id_parent_id_fkey: () => peopleProblems.unitMissing(),
    officer_pkey: () => peopleProblems.officerExists(),
    officer_badge_key: () => peopleProblems.badgeTaken({ badge: '' }),
    officer_attached_has_home: () => peopleProblems.homeAgencyNeeded(),
    officer_agency_id_unit_id_fkey: () => peopleProblems.unitMissing(),
    officer_check: () => peopleProblems.endsBeforeItBegins(),
    officer_skill_agency_id_officer_id_fkey: () => peopleProblems.officerMissing(),
    availability_pkey: () => peopleProblems.availabilityExists(),
    availability_agency_id_officer_id_fkey: () => peopleProblems.officerMissing(),
    secondment_pkey: () => peopleProblems.availabilityExists(),
    secondment_agency_id_officer_id_fkey: () => peopleProblems.officerMissing(),
    partner_pkey: () => peopleProblems.partnerExists(),
    team_pkey: () => peopleProblems.teamExists(),
    team_name_key: () => peopleProblems.teamNameTaken(),
    team_agency_id_leader_id_fkey: () => peopleProblems.officerMissing(),
    team_member_agency_id_officer_id_fkey: () => peopleProblems.officerMissing(),
  },
}
