import type { Module } from '../../kernel/module.ts'
import { routines } from './by-the-clock.ts'
import { commands } from './commands.ts'
import { commandpostProblems, mobiliseProblems } from './contracts.ts'
import { files } from './files.ts'
import { followUps } from './follow-ups.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { uploads } from './uploads.ts'
import { watches } from './watches.ts'

export {
  changesEntered,
  type LogLine,
  logLines,
  type OpenDifficulty,
  openDifficulties,
} from './at-a-glance.ts'
export { dutyPostsAround } from './own-posts.ts'
export { inScope } from './scope.ts'

const idTaken = () => commandpostProblems.idTaken()

export const commandpost: Module = {
  name: 'commandpost',
  title: { zh: '指挥部', en: 'Command post' },
  commands,
  queries,
  measures,
  watches,
  followUps,
  routines,
  files,
  uploads,
  problems: [commandpostProblems, mobiliseProblems],
  constraints: {
    duty_entry_pkey: idTaken,
    duty_entry_corrected_once: idTaken,
    difficulty_pkey: idTaken,
    directive_pkey: idTaken,
    directive_addressee_pkey: idTaken,
    directive_addressee_once: idTaken,
    directive_due: () => commandpostProblems.duePast({ days: 366 }),
    enclosure_pkey: idTaken,
    recall_pkey: idTaken,
    visit_pkey: idTaken,
    visit_promise_pkey: idTaken,
    meeting_pkey: idTaken,
    meeting_decision_pkey: idTaken,
  },
}
