import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { subjectsProblems } from './contracts.ts'
import { proposeOldSubjects } from './forgetting.ts'
import { queries } from './queries.ts'
import { watches } from './watches.ts'

export { type BoxedFact, settle } from './settle.ts'

export const subjects: Module = {
  name: 'subjects',
  title: { zh: '查验对象', en: 'Subjects' },
  commands,
  queries,
  watches,
  routines: [proposeOldSubjects],
  problems: [subjectsProblems],
  constraints: {
    subject_erasure_once: () => subjectsProblems.proposedAlready(),
  },
}
