import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { encountersProblems } from './contracts-problems.ts'
import { files } from './files.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { routines } from './routines.ts'
import { watches } from './sightings.ts'

const idTaken = () => encountersProblems.idTaken()

export const encounters: Module = {
  name: 'encounters',
  title: { zh: '查验', en: 'Encounters' },
  commands,
  queries,
  measures,
  watches,
  routines,
  files,
  problems: [encountersProblems],
  constraints: {
    emergency_passage_pkey: idTaken,
    holding_pkey: idTaken,
    encounter_rule_pkey: idTaken,
  },
}
