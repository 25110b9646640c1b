import { listQueries } from './queries-lists.ts'
import { postQueries } from './queries-post.ts'
import { unfilledQueries } from './unfilled.ts'

export const queries = [...postQueries, ...listQueries, ...unfilledQueries]
