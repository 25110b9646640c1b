import type { Module } from '../../kernel/module.ts'
import { listCommands } from './commands-list.ts'
import { resultCommands } from './commands-results.ts'
import { ruleCommands } from './commands-rules.ts'
import { siteCommands } from './commands-site.ts'
import { screeningProblems } from './contracts.ts'
import { files } from './files.ts'
import { measures } from './measures.ts'
import { deskQueries } from './queries-desk.ts'
import { myQueries } from './queries-my.ts'
import { progressQueries } from './queries-progress.ts'
import { uploads } from './uploads.ts'
import { tubeUploads } from './uploads-tubes.ts'
import { watches } from './watches.ts'

const idTaken = () => screeningProblems.idTaken()

export const screening: Module = {
  name: 'screening',
  title: { zh: '采样', en: 'Sampling' },
  commands: [...siteCommands, ...listCommands, ...resultCommands, ...ruleCommands],
  queries: [...myQueries, ...progressQueries, ...deskQueries],
  measures,
  watches,
  files,
  uploads: [...uploads, ...tubeUploads],
  problems: [screeningProblems],
  constraints: {
    tube_pkey: idTaken,
    tube_code_key: () => screeningProblems.tubeUsed({ code: '', site: '', time: '', people: 0 }),
    tube_box_pkey: idTaken,
    tube_box_seal_key: () => screeningProblems.sealUsed({ seal: '' }),
    retest_pkey: idTaken,
    retest_once: idTaken,
    site_queue_pkey: idTaken,
  },
}
