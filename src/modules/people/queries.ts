import type { HandledQuery } from '../../kernel/query.ts'
import { openingQueries } from './queries-opening.ts'
import { officerQueries } from './queries-officers.ts'
import { teamQueries } from './queries-teams.ts'
import { unitQueries } from './queries-units.ts'

export const queries: HandledQuery[] = [...unitQueries, ...officerQueries, ...openingQueries, ...teamQueries]
