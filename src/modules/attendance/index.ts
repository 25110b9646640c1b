import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { attendanceProblems } from './contracts.ts'
import { files } from './files.ts'
import { handoverFiles } from './handover-files.ts'
import { handoverMeasures } from './handover-measures.ts'
import { handoverProblems } from './handover-problems.ts'
import { handoverQueries } from './handover-queries.ts'
import { handoverWatches } from './handover-watches.ts'
import { loopQueries } from './loop-queries.ts'
import { loopWatches } from './loop-watches.ts'
import { measures } from './measures.ts'
import { readsWorked } from '../roster/index.ts'
import { queries } from './queries.ts'
import { teamFiles } from './team-files.ts'
import { teamMeasures } from './team-measures.ts'
import { teamProblems } from './team-problems.ts'
import { teamQueries } from './team-queries.ts'
import { teamWatches } from './team-watches.ts'
import { watches } from './watches.ts'
import { workedSourceOfCheckIns } from './worked-source.ts'

export {
  attendanceAt,
  type AttendanceNow,
  countByPost,
  type PresentFilter,
  type PresentRow,
  presentAt,
  type SeatNow,
} from './present.ts'
export { agencyOf } from './scope.ts'

readsWorked(workedSourceOfCheckIns)

const idTaken = () => attendanceProblems.idTaken()
const unknownOfficer = () => attendanceProblems.unknownOfficer()

export const attendance: Module = {
  name: 'attendance',
  title: { zh: '考勤', en: 'Attendance' },
  commands,
  queries: [...queries, ...handoverQueries, ...teamQueries, ...loopQueries],
  measures: [...measures, ...handoverMeasures, ...teamMeasures],
  watches: [...watches, ...handoverWatches, ...teamWatches, ...loopWatches],
  files: [...files, ...handoverFiles, ...teamFiles],
  problems: [attendanceProblems, handoverProblems, teamProblems],
  constraints: {
    team_post_pkey: () => teamProblems.idTaken(),
    team_post_once: () => teamProblems.postHeld({ team: '' }),
    loop_order_pkey: () => teamProblems.idTaken(),
    loop_objection_pkey: () => teamProblems.idTaken(),
    presence_pkey: idTaken,
    presence_once: () => attendanceProblems.anotherPresence(),
    presence_agency_id_officer_id_fkey: unknownOfficer,
    absence_pkey: idTaken,
    absence_once: () => attendanceProblems.alreadyAbsent({ name: '' }),
    stand_in_pkey: idTaken,
    stand_in_agency_id_officer_id_fkey: unknownOfficer,
    handover_pkey: idTaken,
    handover_once: () => handoverProblems.alreadyGiven({ time: '' }),
    handover_matter_pkey: idTaken,
    handover_naming_pkey: idTaken,
    handover_naming_agency_id_officer_id_fkey: unknownOfficer,
    handover_naming_once: () => attendanceProblems.changedMeanwhile(),
    handover_relief_pkey: idTaken,
    handover_relief_once: () => handoverProblems.alreadyRelieved({ name: '' }),
  },
}
