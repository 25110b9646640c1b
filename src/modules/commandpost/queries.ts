import { difficultyQueries } from './queries-difficulties.ts'
import { directiveQueries } from './queries-directives.ts'
import { logQueries } from './queries-log.ts'
import { meetingQueries } from './meeting-queries.ts'
import { recallPeople } from './recall-people.ts'
import { recallQueries } from './recall-queries.ts'
import { taskQueries } from './queries-tasks.ts'
import { visitQueries } from './visit-queries.ts'

export const queries = [
  ...logQueries,
  ...difficultyQueries,
  ...directiveQueries,
  ...taskQueries,
  ...recallQueries,
  ...recallPeople,
  ...visitQueries,
  ...meetingQueries,
]
