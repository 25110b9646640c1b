import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { postsProblems } from './contracts.ts'
import { files } from './files.ts'
import { listFiles } from './list-files.ts'
import { measures } from './measures.ts'
import { queries } from './queries.ts'
import { readGeoJson } from './upload-geojson.ts'
import { errorRows, readSheet } from './upload-sheet.ts'
import { watches } from './watches.ts'

export type { DayDemand } from './expand.ts'
export { inUseOn, weekdayOf } from './expand.ts'
export { groundAt } from './ground-at.ts'
export {
  demandFor,
  type Pattern,
  type PostForRoster,
  type PostOnPaper,
  type PostOfOperation,
  patternsOf,
  postsByIds,
  postsFor,
  postsOfAgency,
  postsOnPaper,
  type ZoneForRoster,
  zonesFor,
} from './reads.ts'
export { isInRound, type RoundSite, roundSites } from './round-reads.ts'
export { suitsWorn, type SuitsWorn } from './suits.ts'
export { type Copies, copiesOf, demandMark, typicalDemand, typicalOn } from './typical-demand.ts'

const idTaken = () => postsProblems.idTaken()
const unknownUnit = () => postsProblems.unknownUnit()

export const posts: Module = {
  name: 'posts',
  title: { zh: '点位', en: 'Posts' },
  commands,
  queries,
  measures,
  watches,
  files: [...files, ...listFiles],
  uploads: [readSheet, errorRows, readGeoJson],
  problems: [postsProblems],
  constraints: {
    zone_pkey: idTaken,
    zone_name_key: () => postsProblems.zoneNameTaken(),
    zone_check: () => postsProblems.endBeforeStart({ name: '' }),
    post_pkey: idTaken,
    post_code_key: () => postsProblems.codeTaken({ code: '' }),
    post_agency_id_unit_id_fkey: unknownUnit,
    sampling_round_pkey: idTaken,
    camera_pkey: idTaken,
    shift_pattern_pkey: idTaken,
    pattern_name_key: () => postsProblems.patternNameTaken(),
    demand_pkey: idTaken,
  },
}
