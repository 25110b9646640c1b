import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { comparisonFiles } from './comparison-files.ts'
import { livedCommands } from './commands-lived.ts'
import { restCommands } from './commands-rest.ts'
import { swapCommands } from './commands-swaps.ts'
import { whatIfCommands } from './commands-what-if.ts'
import { restProblems, rosterProblems, swapProblems, whatIfProblems } from './contracts.ts'
import { files } from './files.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { preferenceCommands } from './commands-preference.ts'
import { specialDayCommands } from './commands-special-days.ts'
import { boundTask } from './bound-task.ts'
import { solveTask } from './solve-task.ts'
import { watches } from './watches.ts'
import { leadWatches } from './watches-leads.ts'
import { restWatches } from './watches-rest.ts'
import { swapFiles } from './swap-files.ts'
import { swapRoutines, swapWatches } from './watches-swaps.ts'
import { whatIfTask } from './what-if-task.ts'

export { dutiesOfOfficers, type OfficerDuty } from './duties-of.ts'
export { type Ledger, ledgerOf } from './ledger.ts'
export { engineProblem } from './ledger-problem.ts'
export { type Leader, leadersAt } from './lead-reads.ts'
export {
  holdsOf,
  joined,
  longestFirst,
  memberOn,
  membersOf,
  type Stand,
  type Stretch,
  staffOf,
  type TeamHold,
} from './hold-stretches.ts'
export { type MoveTold, repairTold, swapTold } from './moves-told.ts'
export {
  coverageAt,
  type OnDutyPost,
  type OnDutyRow,
  onDutyAt,
  onDutyPosts,
  type PostCoverage,
} from './on-duty.ts'
export { type Publication, publicationOf, type PublishedDuty, publishedDuties } from './published.ts'
export { type RestRules, rulesOn } from './rest.ts'
export {
  type StandInAsk,
  type StandInBarred,
  type StandInCandidate,
  type StandInLook,
  standInBarred,
  whoCanStandIn,
} from './stand-in.ts'
export { msTogether, readsWorked, seatWord, type WorkedBand, type WorkedSource } from './worked.ts'

export const roster: Module = {
  name: 'roster',
  title: { zh: '排班', en: 'Roster' },
  commands: [
    ...commands,
    ...swapCommands,
    ...livedCommands,
    ...restCommands,
    ...specialDayCommands,
    ...whatIfCommands,
    ...preferenceCommands,
  ],
  queries,
  measures,
  watches: [...watches, ...swapWatches, ...leadWatches, ...restWatches],
  routines: swapRoutines,
  files: [...files, ...swapFiles, ...comparisonFiles],
  tasks: [solveTask, boundTask, whatIfTask],
  problems: [rosterProblems, swapProblems, restProblems, whatIfProblems],
  constraints: {
    roster_plan_pkey: () => rosterProblems.planExists(),
    what_if_pkey: () => whatIfProblems.whatIfExists(),
    what_if_name_key: () => whatIfProblems.whatIfNameTaken(),
    swap_request_pkey: () => swapProblems.swapExists(),
    rest_grant_pkey: () => restProblems.restExists(),
    rest_grant_once: () => restProblems.restExists(),
    rest_order_pkey: () => restProblems.restExists(),
    rest_order_once: () => restProblems.restOrderedAlready({ name: '' }),
    assignment_no_overlap: () => rosterProblems.twoPosts(),
    assignment_length: () => rosterProblems.dutyTooLong(),
  },
}
