import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { rosterProblems } from './contracts.ts'
import { files } from './files.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { solveTask } from './solve-task.ts'
import { watches } from './watches.ts'

export {
  coverageAt,
  type OnDutyPost,
  type OnDutyRow,
  onDutyAt,
  onDutyPosts,
  type PostCoverage,
} from './on-duty.ts'

export const roster: Module = {
  name: 'roster',
  title: { zh: '排班', en: 'Roster' },
  commands,
  queries,
  measures,
  watches,
  files,
  tasks: [solveTask],
  problems: [rosterProblems],
  constraints: {
    roster_plan_pkey: () => rosterProblems.planExists(),
    assignment_no_overlap: () => rosterProblems.twoPosts(),
    assignment_length: () => rosterProblems.dutyTooLong(),
  },
}
